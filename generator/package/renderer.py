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
from generator.package.layout import layout
from generator.package.models import render_models
from generator.package.operations import operation_files
from generator.python.naming import TAKEN_BY_BULK
from generator.python.source import NOTICE, docstring, quoted, row
from generator.runtime import (
    answers,
    bulk,
    echo,
    errors,
    events,
    options,
    reasons,
    resending,
    streams,
    unread,
    violations,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.api.model import (
        Api,
        Choice,
        Operation,
        Parameter,
        RequestBody,
        Resource,
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
_BULK: Final = ("bulk", bulk.__all__)
"""And what where there are runs of any number of elements."""
_BULK_NAMES: Final = TAKEN_BY_BULK | bulk.BulkOptions.__annotations__.keys()
_STREAMS: Final = (
    ("streams", streams.__all__),
    ("downloads", ("streamed",)),
    ("errors", ("StreamBrokenError",)),
)
"""As well where answers are streams, or bytes or texts, which can be taken as such."""
_CALL_ERRORS: Final = """What a method raises, where a call does not succeed:
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
    has_bulk = any(one.bulk for one in operations)
    files = {
        "__init__.py": environment.get_template("__init__.py.jinja").render(
            shared,
            exports=(
                *_EXPORTS,
                *([_FILES] if api.takes_files else []),
                *([_BULK] if has_bulk else []),
                *(_STREAMS if api.gives_streams else []),
            ),
        ),
        **_models(api, models, shared),
        "_operations/__init__.py": environment.get_template("_operations.py.jinja").render(shared),
        "client.py": environment.get_template("client.py.jinja").render(
            shared,
            user_agent=f"{package}/{_token(api.version)}",
            environment=package.upper(),
            default_server=_default_server(api),
            known_servers=known(api.servers) if any(one.servers for one in operations) else [],
        ),
        "__main__.py": environment.get_template("__main__.py.jinja").render(
            shared, package=package, environment=package.upper()
        ),
        "resources/__init__.py": environment.get_template("resources.py.jinja").render(shared),
    }
    template = environment.get_template("operations.py.jinja")
    for module, file in operation_files(api).items():
        files[f"_operations/{module}.py"] = template.render(shared, file=file)
    resource_template = environment.get_template("resource.py.jinja")
    for resource in api.resources:
        files[f"resources/{resource.module}.py"] = resource_template.render(shared, resource=resource)
    return files


def _models(api: Api, models: Models, shared: Mapping[str, object]) -> dict[str, str]:
    environment, modules = _environment(), layout(api)
    if not modules:
        return {"models.py": environment.get_template("models.py.jinja").render(shared, models=models)}
    files = {
        "__init__": environment.get_template("models_init.py.jinja").render(shared, models=models, modules=modules),
        "_base": environment.get_template("models_base.py.jinja").render(shared, models=models),
    }
    template = environment.get_template("models_part.py.jinja")
    places = {name: place for place, name in enumerate(models.sources)}
    for module in modules:
        sources = [models.sources[name] for name in sorted(module.models, key=places.__getitem__)]
        files[module.name] = template.render(shared, module=module, sources=sources)
    return {f"models/{name}.py": source for name, source in files.items()}


def _runtime() -> dict[str, str]:
    """The hand-written half of the package, word for word."""
    files = sorted(RUNTIME.rglob("*.py"))
    return {f"_runtime/{one.relative_to(RUNTIME).as_posix()}": one.read_text(encoding="utf-8") for one in files}


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
        "arguments": _arguments,
        "bulk_doc": _bulk_doc,
        "bulk_keywords": _bulk_keywords,
        "bulk_parameters": _bulk_parameters,
        "caller": choices.caller,
        "client_doc": _client_doc,
        "command": _command,
        "first_sentence": _first_sentence,
        "given": choices.given,
        "gives": choices.gives,
        "in_docstring": _in_docstring,
        "keywords": _keywords,
        "one_line": _one_line,
        "operation_doc": _operation_doc,
        "package_doc": _package_doc,
        "positional": _positional,
        "program_name": _program_name,
        "quoted": quoted,
        "resource_doc": _resource_doc,
        "row": row,
    }
    return environment


def _in_docstring(text: str) -> str:
    """A piece of spec text for the middle of a docstring line."""
    return docstring(" ".join(text.split()), 0).removeprefix('"""').removesuffix('"""').replace("\n", " ").strip()


def _one_line(text: str) -> str:
    """A piece of spec text as it stands in a list."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())


def _program_name(package: str) -> str:
    """What a package is called as a command."""
    return package.strip("_").replace("_", "-")


def _command(operation: Operation) -> str:
    parts = [operation.name, operation.constant, _one_line(operation.summary or operation.id)]
    return ", ".join([*map(quoted, parts), *([f"bulk={quoted(operation.bulk.name)}"] if operation.bulk else [])])


def _token(text: str) -> str:
    """A text as a header can carry it."""
    return re.sub(r"[^!-~]+", "-", text)


def _first_sentence(text: str) -> str:
    first, stop, _ = text.partition(". ")
    return first + stop.strip() if stop else text


def _default_server(api: Api) -> str:
    absolute = [server.url for server in api.servers if server.url.startswith(("https://", "http://"))]
    return f" = {quoted(absolute[0])}" if len(absolute) == len(api.servers) == 1 else ""


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


def _arguments(operation: Operation) -> str:
    """The arguments of a call by their names, but for the body, as a dict."""
    chosen = [*["content_type"] * bool(operation.bodies), *["accept"] * bool(operation.accepts)]
    names = [*(one.name for one in operation.parameters), *chosen]
    return f"{{{', '.join(f'{quoted(name)}: {name}' for name in names)}}}"


def _bulk_parameters(operation: Operation) -> list[tuple[str, str]]:
    """Parameters that all requests of a run have in common, and the names of their arguments."""
    shared = (one for one in operation.parameters if not (one.idempotency_key or one.correlation_id))
    return [(one.name, f"{one.name}_" if one.name in _BULK_NAMES else one.name) for one in shared]


def _bulk_keywords(operation: Operation) -> list[str]:
    names = dict(_bulk_parameters(operation))
    shared = sorted((one for one in operation.parameters if one.name in names), key=lambda one: not one.required)
    return [
        f"{names[one.name]}: {one.type.plain}"
        if one.required
        else f"{names[one.name]}: {_optional(one.type.plain)} = None"
        for one in shared
    ]


def _bulk_doc(operation: Operation, flavour: Mapping[str, str]) -> str:
    texts = {one.name: one.description for one in operation.parameters}
    parts = [f"    {name}: {' '.join(texts[own].split())}" for own, name in _bulk_parameters(operation) if texts[own]]
    text = _BULK_DOC.format(
        name=operation.name,
        elements=_ELEMENTS,
        parameters="".join(f"\n{one}" for one in parts),
        **flavour,
    )
    return docstring(text, 8)


_ELEMENTS: Final = (
    "Models, or their wire data, each alone or as `(reference, model)`. A reference is the "
    "caller's own id of an element; left out, it is the position, from 0. They are gone through as they are needed."
)
_BULK_DOC: Final = """`{name}` for any number of elements, each done once

Takes as many requests as are needed, several at once, each as full as the description allows. What goes out is
written to a journal first: the same call again, after whatever happened, goes on where it ended, and does nothing
twice. Nothing is sent before the run is gone through, in `{with} ... as run:`; see `{prefix}BulkRun`.

Args:
    elements: {elements}
    journal: The path of the file that keeps what was done; it is made where there is none.{parameters}
    options: For the requests of this run; see `Options`.
    bulk: See `BulkOptions`.

Raises:
    ConfigurationError: an option is unfit. Nothing was sent."""


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


def _operation_doc(operation: Operation, resource: Resource, flavour: Mapping[str, str]) -> str:
    """What a method does; one that is awaited says the rest where its twin that blocks does."""
    told = [operation.summary or operation.id]
    deprecated = ["Deprecated."] * operation.deprecated
    if flavour["wait"]:
        told += [*deprecated, f"Arguments and errors are those of `{resource.class_name}.{operation.name}`."]
        return docstring("\n\n".join(told), 8)
    paragraphs = [*told, operation.description, *deprecated]
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
    paragraphs.append(f"Raises:\n    ApiError: it did not succeed; `{resource.class_name}` lists the kinds.")
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


def _resource_doc(resource: Resource, flavour: Mapping[str, str]) -> str:
    reused = any(one.lifetime is not None for operation in resource.operations for one in operation.parameters)
    text = resource.description or f"The operations on {resource.name}."
    errors = [] if flavour["wait"] else [_CALL_ERRORS.format(reused=_REUSED if reused else "")]
    return docstring("\n\n".join((text, *errors)), 4)


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
