"""The parameters of operations: those that a caller gives, and how they are written."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from generator.api.media import FIELD_STYLES, FORM, MULTIPART, is_text, is_typed
from generator.api.model import Parameter
from generator.api.security import TOKEN
from generator.diagnostics import Consequence, Severity, rule
from generator.document.grammar import place_of
from generator.document.tree import Array
from generator.python import naming
from generator.python.typeref import TypeRef, described, type_ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.diagnostics import Diagnostic
    from generator.document.tree import Node

CLIENT_HEADER = rule(
    "client-header", Severity.WARNING, "a header parameter is the client's own business", Consequence.NONE
)
CREDENTIAL_PARAMETER = rule(
    "credential-parameter",
    Severity.WARNING,
    "a parameter is a credential, which the client sends by itself",
    Consequence.NONE,
)
NESTED_PARAMETER = rule(
    "nested-parameter",
    Severity.WARNING,
    "what stands within an array or an object of a parameter has no form in OpenAPI; the client writes it as JSON",
    Consequence.MENDED,
)
UNSUPPORTED_PARAMETER = rule(
    "unsupported-parameter",
    Severity.ERROR,
    "a parameter is written in a way that the client cannot write",
    Consequence.LEFT_OUT,
)


Credentials: TypeAlias = "frozenset[tuple[str, str]]"
"""Where the credentials of an operation go, and their names there; headers in lower case."""

OWN_HEADERS: Final = frozenset(
    [
        "accept",
        "accept-encoding",
        "authorization",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "cookie",
        "host",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
    ]
)
"""Headers that belong to the client, not to its caller."""

_SAID_ELSEWHERE: Final = frozenset(("accept", "accept-encoding", "authorization", "content-encoding", "content-type"))
_NAMES_A_BODY: Final = frozenset(("content_type",))
_NAMES_AN_ANSWER: Final = frozenset(("accept",))
"""The arguments by which a call names one of several media types."""
_TEXT: Final = TypeRef("str", "str")
_STYLES: Final = {
    "path": ("simple", "label", "matrix"),
    "query": FIELD_STYLES,
    "header": ("simple",),
    "cookie": ("form",),
    "querystring": ("simple",),
}


def parameters(
    operation: Node,
    timestamps: Mapping[str, str],
    credentials: Credentials,
    has_choice: bool,
    found: list[Diagnostic],
) -> Iterator[Parameter]:
    """The parameters of a normalized operation that its caller gives; what is to be said of others goes to `found`.

    Where its answers are a choice, that has a name of its own.
    """
    body = operation.child("requestBody")
    is_choice = body is not None and sum(1 for _ in body.members_of("content")) > 1
    taken = (_NAMES_A_BODY if is_choice else frozenset()) | (_NAMES_AN_ANSWER if has_choice else frozenset())
    for node, name in _named(_written(operation, credentials, found), taken):
        where, wire = node.text("in"), node.text("name")
        style = _style(node)
        content = next((media for _, media in node.members_of("content")), None)
        explode = node.child("explode")
        yield Parameter(
            wire_name=wire,
            name=name,
            where=where,
            type=_TEXT if _is_text(node) else type_ref((content or node).object.get("schema"), "request", timestamps),
            required=node.is_true("required"),
            style=style,
            explode=style == "form" if explode is None else explode.value is True,
            reserved=where == "query" and node.is_true("allowReserved"),
            json=_is_json(node),
            idempotency_key=node.is_true("x-idempotency-key"),
            max_length=_max_length(node) if node.is_true("x-idempotency-key") else None,
            lifetime=_lifetime(node) if node.is_true("x-idempotency-key") else None,
            correlation_id=node.is_true("x-correlation-id"),
            description=described(node, (content or node).child("schema")),
        )


def _named(nodes: Iterable[Node], taken: frozenset[str]) -> Iterator[tuple[Node, str]]:
    """Parameters with their names: those that differ in their place alone, in the main, have it in the name."""
    listed = list(nodes)
    places: dict[str, set[str]] = {}
    for node in listed:
        places.setdefault(naming.argument(node.text("name")), set()).add(node.text("in"))
    wires: dict[int, str] = {}
    for number, node in enumerate(listed):
        wire = node.text("name")
        wires[number] = f"{wire} {node.text('in')}" if len(places[naming.argument(wire)]) > 1 else wire
    names = naming.distinct(wires, naming.argument, taken, naming.chosen(dict(enumerate(listed))))
    return zip(listed, names.values(), strict=True)


def _written(operation: Node, credentials: Credentials, found: list[Diagnostic]) -> Iterator[Node]:
    """The parameters that a caller gives and the client can write."""
    for node in operation.elements_of("parameters"):
        where, wire = node.text("in"), node.text("name")
        schema = node.child("schema")
        if where == "header" and wire.lower() in OWN_HEADERS:
            if wire.lower() not in _SAID_ELSEWHERE:
                found.append(CLIENT_HEADER.at(node.location, f"{wire!r} is written by the client, not by its caller"))
        elif place_of(node) in credentials:
            message = f"{wire!r} is a credential: it is given to the client, not to each call"
            found.append(CREDENTIAL_PARAMETER.at(node.location, message, operation.pointer))
        elif not _fault(node):
            yield node
            if schema is not None and _style(node) != "deepObject" and not _is_flat(schema):
                message = f"{wire!r}: what is inside is written as JSON"
                found.append(NESTED_PARAMETER.at(node.location, message, operation.pointer))


def is_sendable(operation: Node, credentials: Credentials, found: list[Diagnostic]) -> bool:
    """Whether a caller can give all that a normalized operation requires; what cannot be written goes to `found`."""
    lost = [(node, fault) for node in _given(operation, credentials) if (fault := _fault(node))]
    is_left_out = any(node.is_true("required") for node, _ in lost)
    for node, fault in lost:
        what = "the operation is left out" if is_left_out else "the parameter is left out"
        found.append(UNSUPPORTED_PARAMETER.at(node.location, f"{what}: {fault}", operation.pointer))
    return not is_left_out


def limits(operation: Node, credentials: Credentials) -> Iterator[str]:
    """What a method cannot be given, a sentence each."""
    for node in _given(operation, credentials):
        if fault := _fault(node):
            yield f"Left out is the {node.text('in')} parameter {fault}."


def _given(operation: Node, credentials: Credentials) -> Iterator[Node]:
    """The parameters that are not the client's own business."""
    for node in operation.elements_of("parameters"):
        is_own = node.text("in") == "header" and node.text("name").lower() in OWN_HEADERS
        if not is_own and place_of(node) not in credentials:
            yield node


def _style(node: Node) -> str:
    return node.text("style", "form" if node.text("in") in ("query", "cookie") else "simple")


def takes_gzip(operation: Node) -> bool:
    """Whether the server takes a compressed body: its `Content-Encoding` lists `gzip`, by name."""
    for node in operation.elements_of("parameters"):
        if node.text("in") == "header" and node.text("name").lower() == "content-encoding":
            schema = node.at("schema")
            listed = schema.resolve() if schema else node
            return listed.text("const") == "gzip" or any(one.value == "gzip" for one in listed.elements_of("enum"))
    return False


def _fault(node: Node) -> str:
    """Why the client cannot write a parameter; empty where it can."""
    where, wire, style = node.text("in"), node.text("name"), _style(node)
    if where in ("header", "cookie") and not TOKEN.fullmatch(wire):
        return f"{wire!r}, which cannot be the name of a {where}"
    content = [*node.members_of("content")]
    if (where == "querystring" and not content) or not all(_is_written(*one, where) for one in content):
        form = ", nor a form without `encoding`" if where == "querystring" else ""
        return f"{wire!r}, which is neither JSON, nor text{form}"
    if style not in _STYLES.get(where, ()):
        return f"{wire!r}, which cannot be of style {style!r} in a {where}"
    return ""


def _is_written(kind: str, media: Node, where: str) -> bool:
    """Whether a parameter can be written in a media type; a form is one where it is the whole query."""
    if kind in (FORM, MULTIPART):
        return kind == FORM and where == "querystring" and "encoding" not in media.object
    return is_text(kind) or is_typed(kind, "request")


def _is_text(node: Node) -> bool:
    return any(is_text(kind) and not is_typed(kind, "request") for kind, _ in node.members_of("content"))


def _is_json(node: Node) -> bool:
    return any(kind != FORM and is_typed(kind, "request") for kind, _ in node.members_of("content"))


def _max_length(parameter: Node) -> int | None:
    most = parameter.at("schema", "maxLength")
    return int(most.value) if most is not None and isinstance(most.value, int | Decimal) else None


def _lifetime(parameter: Node) -> int | None:
    seconds = parameter.object.get("x-idempotency-key-lifetime")
    return seconds if isinstance(seconds, int) else None


def _is_flat(schema: Node) -> bool:
    """Whether a value is a scalar, or an array or object of scalars: nothing else has a form in a URL or a header."""
    node = schema.resolve()
    inner = [
        node.child("items"),
        node.child("additionalProperties"),
        *(one for _, one in node.members_of("properties")),
    ]
    options = all(_is_flat(option) for option in node.elements_of("anyOf"))
    return options and all(_is_scalar(one) for one in inner if one is not None)


def _is_scalar(schema: Node) -> bool:
    node = schema.resolve()
    kinds = node.object.get("type")
    structured = {"array", "object"} & set(kinds if isinstance(kinds, Array) else [kinds])
    return not structured and all(_is_scalar(option) for option in node.elements_of("anyOf"))
