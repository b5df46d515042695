"""What a package says of itself: the docstrings of the package, of clients, of resources and of their methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.package.signatures import bulk_parameters, media_types
from generator.python.source import docstring

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.api.model import Api, Operation, Parameter, Resource

_CALL_ERRORS: Final = """What a method raises, where a call does not succeed:
    RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.{reused}
    TokenError: no token could be had.
    StatusError: the status says failure.
    RejectionError: the status says success, the body says failure.
    UndecodableResponseError: the answer is not of a described type, or is one to another request.
    ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out."""
_REUSED: Final = """
    KeyReusedError: the idempotency key went out with another body before. Nothing was sent."""
_CONTENT_TYPE: Final = (
    "The media type of the body. Left out, the type of `body` decides, and of what tells nothing, as a dict, it is {}."
)
_ACCEPT: Final = "The media type of the answer. Left out, it is {}."
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
_PACKAGE: Final = """`Client` and `AsyncClient` make the calls, `models` has what they take and bring.
A call that does not succeed raises an `ApiError`, whatever the status of the answer."""
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


def of_package(api: Api) -> str:
    """What the package is, and what it does not check or have."""
    limits = [
        *_limits("Not checked before sending, though the description says it:", api.unchecked),
        *_limits("Left out, though the description has it:", api.left_out),
    ]
    parts = [f"{api.title}: a typed client, sync and async.", _PACKAGE, *limits, api.description]
    return docstring("\n\n".join(parts), 0)


def of_client(api: Api, flavour: Mapping[str, str], environment: str) -> str:
    """How a client is made, by `Client` or `AsyncClient`."""
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


def _servers(api: Api) -> str:
    if not api.servers:
        return ""
    named = [f"`{one.url}` ({one.description})" if one.description else f"`{one.url}`" for one in api.servers]
    return f" One of: {', '.join(named)}." if len(named) > 1 else f" {named[0]} by default."


def of_resource(resource: Resource, flavour: Mapping[str, str]) -> str:
    """What a group of operations is about, and how its calls fail."""
    reused = any(one.lifetime is not None for operation in resource.operations for one in operation.parameters)
    text = resource.description or f"The operations on {resource.name}."
    errors = [] if flavour["wait"] else [_CALL_ERRORS.format(reused=_REUSED if reused else "")]
    return docstring("\n\n".join((text, *errors)), 4)


def of_operation(operation: Operation, resource: Resource, flavour: Mapping[str, str]) -> str:
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
        described.append(("content_type", _CONTENT_TYPE.format(media_types(operation)[0])))
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


def _parameter_text(one: Parameter) -> str:
    return f"{one.description} Left out, the client makes one." if one.idempotency_key else one.description


def of_bulk(operation: Operation, flavour: Mapping[str, str]) -> str:
    """What a method for any number of elements does."""
    texts = {one.name: one.description for one in operation.parameters}
    parts = [f"    {name}: {' '.join(texts[own].split())}" for own, name in bulk_parameters(operation) if texts[own]]
    text = _BULK_DOC.format(
        name=operation.name,
        elements=_ELEMENTS,
        parameters="".join(f"\n{one}" for one in parts),
        **flavour,
    )
    return docstring(text, 8)


def _limits(title: str, texts: Sequence[str]) -> Iterator[str]:
    """What the client does not do, as a list; nothing where there is none."""
    if texts:
        items = (f"    {' '.join(text.split())}" for text in texts)
        yield "\n".join((title, *items))
