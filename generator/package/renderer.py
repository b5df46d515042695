"""Api -> {path: text}: models, the client through the Jinja templates, and the runtime.

What the templates lay out is decided here, in Python.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2

from generator.api.servers import known
from generator.package import choices
from generator.package.formatter import format_sources
from generator.package.models import render_models
from generator.python.source import NOTICE, docstring, literal, quoted, row
from generator.python.typeref import annotated
from generator.runtime import answers, echo, errors, events, options, reasons, resending, streams, unread, violations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.api.model import (
        Api,
        Category,
        Choice,
        Element,
        Encoding,
        FailureBody,
        Operation,
        Parameter,
        RequestBody,
        Resource,
        Response,
        SecurityScheme,
    )
    from generator.package.models import Models

RUNTIME: Final = Path(__file__).parents[1] / "runtime"
_TEMPLATES: Final = Path(__file__).parent / "templates"
_FLAVOURS: Final = (
    {"prefix": "", "base": "SyncResource", "core": "SyncClient", "define": "def", "wait": "", "with": "with"},
    {
        "prefix": "Async",
        "base": "AsyncResource",
        "core": "AsyncClient",
        "define": "async def",
        "wait": "await ",
        "with": "async with",
    },
)
_EXPORTS: Final = (
    ("errors", errors.__all__),
    ("resending", resending.__all__),
    ("echo", echo.__all__),
    ("reasons", reasons.__all__),
    ("violations", violations.__all__),
    ("events", events.__all__),
    ("answers", answers.__all__),
    ("unread", unread.__all__),
    ("options", options.__all__),
    # What a caller may want to say of his own variables.
    ("auth", ("AsyncToken", "Token")),
    ("transport", ("AsyncHttpClient", "HttpClient")),
    ("values", ("Json",)),
)
"""What the package shows of its runtime: modules, and their names."""
_FILES: Final = ("files", ("File",))
"""And what it shows where there are forms with files."""
_STREAMS: Final = (("streams", streams.__all__), ("downloads", ("streamed",)))
"""As well where answers are streams, or bytes or texts, which can be taken as such."""
_CALL_ERRORS: Final = """Raises:
    RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.{reused}
    TokenError: no token could be had.
    StatusError: the status says failure.
    RejectionError: the status says success, the body says failure.
    UndecodableResponseError: the answer is not of a described type, or is one to another request.
    ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out."""


_REUSED: Final = """
    KeyReusedError: the idempotency key went out with another body before. Nothing was sent."""


def render(api: Api, package: str) -> dict[str, str]:
    """The package named `package`: its files by their paths in it."""
    return {**format_sources(_generated(api, render_models(api), package)), **_runtime(), "py.typed": ""}


def _generated(api: Api, models: Models, package: str) -> dict[str, str]:
    """The half of the package that the description gives."""
    environment = _environment()
    shared = {"api": api, "notice": NOTICE, "flavours": _FLAVOURS}
    operations = [one for resource in api.resources for one in resource.operations]
    files = {
        "__init__.py": environment.get_template("__init__.py.jinja").render(
            shared,
            exports=(*_EXPORTS, *([_FILES] if api.takes_files else []), *(_STREAMS if api.gives_streams else [])),
        ),
        "models.py": environment.get_template("models.py.jinja").render(shared, models=models),
        "_operations.py": environment.get_template("_operations.py.jinja").render(shared, operations=operations),
        "client.py": environment.get_template("client.py.jinja").render(
            shared,
            user_agent=f"{package}/{_token(api.version)}",
            environment=package.upper(),
            default_server=_default_server(api),
            known_servers=known(api.servers) if any(one.servers for one in operations) else [],
        ),
        "resources/__init__.py": environment.get_template("resources.py.jinja").render(shared),
    }
    resource_template = environment.get_template("resource.py.jinja")
    for resource in api.resources:
        files[f"resources/{resource.module}.py"] = resource_template.render(shared, resource=resource)
    return files


def _runtime() -> dict[str, str]:
    """The hand-written half of the package, word for word."""
    return {f"_runtime/{path.name}": path.read_text(encoding="utf-8") for path in sorted(RUNTIME.glob("*.py"))}


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Python source, not HTML; spec text comes through the filters below
    )
    environment.filters |= {
        "annotated": annotated,
        "caller": choices.caller,
        "client_doc": _client_doc,
        "failure_body": _failure_body,
        "first_sentence": _first_sentence,
        "given": choices.given,
        "gives": choices.gives,
        "in_all": choices.in_all,
        "in_docstring": _in_docstring,
        "keywords": _keywords,
        "operation_doc": _operation_doc,
        "package_doc": _package_doc,
        "parameter": _parameter,
        "positional": _positional,
        "quoted": quoted,
        "request_body": _request_body,
        "resource_doc": _resource_doc,
        "response": _response,
        "row": row,
        "security_scheme": _security_scheme,
    }
    return environment


def _in_docstring(text: str) -> str:
    """A piece of spec text for the middle of a docstring line."""
    return docstring(" ".join(text.split()), 0).removeprefix('"""').removesuffix('"""').replace("\n", " ").strip()


def _token(text: str) -> str:
    """A text as a header can carry it."""
    return re.sub(r"[^!-~]+", "-", text)


def _first_sentence(text: str) -> str:
    first, stop, _ = text.partition(". ")
    return first + stop.strip() if stop else text


def _default_server(api: Api) -> str:
    absolute = [server.url for server in api.servers if server.url.startswith(("https://", "http://"))]
    return f" = {quoted(absolute[0])}" if len(absolute) == len(api.servers) == 1 else ""


def _parameter(one: Parameter) -> str:
    """The arguments that make a parameter, without those that are as by default."""
    parts = [quoted(one.wire_name), quoted(one.name), quoted(one.where), annotated(one.type)]
    style, explode = ("simple", False)
    for name, value, default in (
        ("required", one.required, False),
        ("style", one.style, style),
        ("explode", one.explode, explode),
        ("reserved", one.reserved, False),
        ("json", one.json, False),
        ("idempotency_key", one.idempotency_key, False),
        ("max_length", one.max_length, None),
        ("lifetime", one.lifetime, None),
        ("correlation_id", one.correlation_id, False),
    ):
        if value != default:
            parts.append(f"{name}={literal(value)}")
    return ", ".join(parts)


def _request_body(one: RequestBody) -> str:
    made = f"{quoted(one.media_type)}, {annotated(one.type)}, required={one.required}"
    made += ", gzip=True" * one.gzip
    return f"{made}, encoding={row(map(_encoding, one.encoding))}" if one.encoding else made


def _encoding(one: Encoding) -> str:
    named = {"media_type": one.media_type, "style": one.style, "explode": one.explode or None}
    parts = [f"{name}={literal(value)}" for name, value in named.items() if value is not None]
    return f"Encoding({', '.join([quoted(one.name), *parts])})"


def _response(one: Response) -> str:
    parts = [quoted(one.status)]
    if one.media_type is not None and one.type is not None:
        parts += [quoted(one.media_type), annotated(one.type)]
    elif one.media_type is not None:
        parts += [quoted(one.media_type), f"elements={row(map(_element, one.elements))}"]
    return ", ".join(parts)


def _element(one: Element) -> str:
    parts = [annotated(one.type), *([f"event={quoted(one.event)}"] if one.event else []), *(["text=True"] * one.text)]
    return f"Element({', '.join(parts)})"


def _security_scheme(one: SecurityScheme) -> str:
    parts = [quoted(one.kind), quoted(one.argument), quoted(one.wire_name)]
    if one.token_url is not None:
        parts.append(f"token_url={quoted(one.token_url)}")
    if one.scopes:
        parts.append(f"scopes={row(map(quoted, one.scopes))}")
    return ", ".join(parts)


def _failure_body(one: FailureBody) -> str:
    names = {"reasons": one.reasons, "code": one.code, "message": one.message, "process_id": one.process_id}
    parts = [f"{name}={quoted(value)}" for name, value in names.items() if value is not None]
    if one.categories:
        parts += [f"modulo={one.modulo}", f"categories={row(map(_category, one.categories))}"]
    return ", ".join(parts)


def _category(one: Category) -> str:
    marks = "".join(f", {name}=True" for name in ("transient", "early") if getattr(one, name))
    return f"Category({one.number}, {quoted(one.title)}{marks})"


def _positional(operation: Operation) -> list[str]:
    """What a call is about, in the order of the path, then the body."""
    paths = sorted(
        (one for one in operation.parameters if one.where == "path"),
        key=lambda one: operation.path.find(f"{{{one.wire_name}}}"),
    )
    parts = [f"{one.name}: {one.type.plain}" for one in paths]
    if operation.body is not None:
        optional = "" if operation.body.required else " | None = None"
        parts.append(f"body: {_body_type(operation.body, *operation.bodies)}{optional}")
    return parts


def _keywords(operation: Operation, choice: Choice | None = None) -> list[str]:
    """Everything else, by name alone; what is required comes first.

    With a choice the media type of the answer is one of it, and required where it is not the first choice.
    """
    others = sorted((one for one in operation.parameters if one.where != "path"), key=lambda one: not one.required)
    listed = [
        f"{one.name}: {one.type.plain}" if one.required else f"{one.name}: {_optional(one.type.plain)} = None"
        for one in others
    ]
    if operation.bodies:
        named = ", ".join(map(quoted, _media_types(operation)))
        listed.append(f"content_type: Literal[{named}] | None = None")
    if operation.accepts:
        can_be_left_out = choice in (None, operation.choices[0])
        listed.append(choices.accept(operation.choices if choice is None else [choice], can_be_left_out))
    return listed


def _media_types(operation: Operation) -> list[str]:
    return [one.media_type for one in (operation.body, *operation.bodies) if one is not None]


def _body_type(*bodies: RequestBody) -> str:
    """What a body may be, in whichever media type."""
    if len(bodies) == 1:
        return bodies[0].type.plain
    options = dict.fromkeys(option for one in bodies for option in one.type.options)
    return "Any" if "Any" in options else " | ".join(sorted(options, key=lambda one: one == "None"))


def _optional(plain: str) -> str:
    return plain if plain == "Any" or plain.endswith("| None") else f"{plain} | None"


def _operation_doc(operation: Operation) -> str:
    paragraphs = [operation.summary or operation.id, operation.description]
    if operation.deprecated:
        paragraphs.append("Deprecated.")
    paragraphs += [*operation.limits, *_own_servers(operation)]
    described = [(one.name, _parameter_text(one)) for one in operation.parameters]
    if operation.body is not None:
        described.insert(0, ("body", operation.body.description))
    if operation.bodies:
        described.append(("content_type", _CONTENT_TYPE.format(_media_types(operation)[0])))
    if operation.accepts:
        by_itself = operation.choices[0].media_types or operation.accepts[:1]
        described.append(("accept", _ACCEPT.format(" or ".join(by_itself))))
    described.append(("options", "For this call alone; see `Options`."))
    parts = [f"    {name}: {' '.join(text.split())}" for name, text in described if text]
    paragraphs.append("\n".join(["Args:", *parts]))
    reused = any(one.lifetime is not None for one in operation.parameters)
    paragraphs.append(_CALL_ERRORS.format(reused=_REUSED if reused else ""))
    return docstring("\n\n".join(text for text in paragraphs if text), 8)


def _own_servers(operation: Operation) -> Iterator[str]:
    if operation.servers:
        first, *others = [f"`{one}`" for one in operation.servers]
        more = f" (others: {', '.join(others)})" if others else ""
        yield f"Its server is {first}{more}; see `base_url`."


_CONTENT_TYPE: Final = (
    "The media type of the body. Left out, the type of `body` decides, and of what tells nothing, as a dict, it is {}."
)
_ACCEPT: Final = "The media type of the answer. Left out, it is {}."


def _parameter_text(one: Parameter) -> str:
    return f"{one.description} Left out, the client makes one." if one.idempotency_key else one.description


def _resource_doc(resource: Resource) -> str:
    return docstring(resource.description or f"The operations on {resource.name}.", 4)


def _client_doc(api: Api, flavour: Mapping[str, str], environment: str) -> str:
    waits = "awaits" if flavour["wait"] else "blocks"
    lines = [
        f"A client that {waits}. Use it in `{flavour['with']}`, or close it.",
        "Args:\n    base_url: Where the API is."
        + _servers(api)
        + _OWN_SERVERS * any(one.servers for resource in api.resources for one in resource.operations)
        + "".join(f"\n    {name}: {_CREDENTIALS.get(name, 'An API key.')}" for name in api.credentials)
        + "\n    http_client: An httpx2 client or transport of your own to use; it is not closed with this client."
        + "\n    options: See `Options`; each can be changed later by `with_options`, or for one call by `options=`.",
        *_environment_words(api, environment),
        "Raises:\n    ConfigurationError: `base_url` is not an address, or something else is unfit.",
    ]
    return docstring("\n\n".join(lines), 4)


def _environment_words(api: Api, environment: str) -> Iterator[str]:
    if api.credentials:
        names = ", ".join(f"`{environment}_{name.upper()}`" for name in api.credentials)
        yield f"Without any credential among the arguments, these environment variables are read: {names}."


_OWN_SERVERS: Final = (
    " Operations with a server of their own are called there; at another `base_url` than the API's, this is called"
    " in place of every host."
)
_CREDENTIALS: Final = {
    "token": "The bearer token, or a function that gives the one to use; it is asked before each attempt.",
    "client_id": "The id for which the token endpoint gives tokens.",
    "client_secret": "The secret that goes with it. A token is used until shortly before its end, then renewed.",
    "username": "The user of basic authentication.",
    "password": "The password of basic authentication.",
}


def _servers(api: Api) -> str:
    if not api.servers:
        return ""
    named = [f"`{one.url}` ({one.description})" if one.description else f"`{one.url}`" for one in api.servers]
    return f" One of: {', '.join(named)}." if len(named) > 1 else f" {named[0]} by default."


_PACKAGE: Final = """`Client` and `AsyncClient` make the calls, `models` has what they take and bring.
A call that does not succeed raises an `ApiError`, whatever the status of the answer."""


def _package_doc(api: Api) -> str:
    limits = [
        *_limits("Not checked before sending, though the description says it:", api.unchecked),
        *_limits("Left out, though the description has it:", api.left_out),
    ]
    parts = [f"{api.title}: a typed client, sync and async.", _PACKAGE, *limits, api.description]
    return docstring("\n\n".join(parts), 0)


def _limits(title: str, texts: Sequence[str]) -> Iterator[str]:
    """What the client does not do, as a list; nothing where there is none."""
    if texts:
        items = (f"    {' '.join(text.split())}" for text in texts)
        yield "\n".join((title, *items))
