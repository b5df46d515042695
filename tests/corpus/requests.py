"""What a call of an operation is to say, chosen from the description alone; and whether a request says just that.

A value is one that jsonschema-rs accepts under the description's own schema, so what is equal to it is accepted too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from email.parser import BytesParser
from email.policy import HTTP
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from generator.api.media import essence, is_stream, preference, stream_of
from generator.api.parameters import OWN_HEADERS
from generator.document.grammar import WITHOUT_CONTENT, place_of
from generator.normalization.streams import elements
from tests.corpus import wire
from tests.corpus.opening import SECRET
from tests.corpus.values import Values, fields
from tests.corpus.wire import Style, texts
from tests.generator.law.judging import same

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx2

    from generator.document.grammar import Side
    from generator.document.index import Operation
    from generator.document.tree import Document, Node
    from generator.normalization.streams import Element

FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
_DEFAULTS: Final = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}


@dataclass(frozen=True)
class Argument:
    """A value for a parameter."""

    style: Style
    json: bool
    value: Any


@dataclass(frozen=True)
class Payload:
    """A body, or an answer: the media type and the value; a text or bytes where the media type has no structure."""

    media_type: str
    value: Any
    event: str = ""
    """The name of the events of a stream; its `value` is a list of what comes in it."""


@dataclass(frozen=True)
class Call:
    """What a call says, and what it is answered with."""

    arguments: tuple[Argument, ...]
    body: Payload | None
    status: int
    answer: Payload | None


class Caller:
    """Chooses what the calls of one description say: `full` ones say all that may be said, others as little."""

    def __init__(self, document: Document) -> None:
        self._values: dict[Side, Values] = {side: Values(document, side) for side in ("request", "response")}

    def call(self, operation: Operation, *, full: bool) -> Call:
        """A call of an operation.

        Raises:
            NoValueError: there is no value for something that it needs.
        """
        listed = {place_of(node): node for node in operation.parameters}
        keys = _keys(operation.node)
        arguments = tuple(self._arguments(list(listed.values()), keys, full=full))
        status, answer = self._answer(operation.node, full=full)
        return Call(arguments, self._body(operation.node, full=full), status, answer)

    def _arguments(self, parameters: list[Node], keys: frozenset[tuple[str, str]], *, full: bool) -> Iterator[Argument]:
        for node in parameters:
            where, name = node.text("in"), node.text("name")
            required = node.is_true("required")
            is_own = (where == "header" and name.lower() in OWN_HEADERS) or (where, name.lower()) in keys
            if is_own or where not in _DEFAULTS or not name or not (required or full):
                continue
            media_type, content = next(iter(node.members_of("content")), ("", None))
            schema = (content or node).child("schema")
            found = next(self._values["request"].of(schema, _has_a_form, full=full), None)
            if found is None:
                if required:
                    raise self._values["request"].none(f"{where} parameter {name!r}", schema)
                continue
            style = node.text("style", _DEFAULTS[where])
            explode = node.child("explode")
            exploded = style == "form" if explode is None else explode.value is True
            yield Argument(Style(name, where, style, exploded), _is_json(essence(media_type)), found)

    def _body(self, operation: Node, *, full: bool) -> Payload | None:
        node = operation.child("requestBody")
        if node is None or not (node.resolve().is_true("required") or full):
            return None
        return self._payload(node.resolve(), "request", full=full)

    def _answer(self, operation: Node, *, full: bool) -> tuple[int, Payload | None]:
        listed = {status: node.resolve() for status, node in operation.members_of("responses")}
        status = next((one for one in listed if one.startswith("2")), None) or (
            "default" if "default" in listed else ""
        )
        if not status:
            return 200, None
        number = 200 if status == "default" else int(status[:1] + status[1:].upper().replace("X", "0"))
        if status in WITHOUT_CONTENT:
            return number, None
        return number, self._payload(listed[status], "response", full=full)

    def _payload(self, node: Node, side: Side, *, full: bool) -> Payload | None:
        listed = list(node.members_of("content"))
        if not listed:
            return None
        media_type, media = min(listed, key=lambda one: _liking(one[0], side))
        plain = essence(media_type)
        if is_stream(plain, side) and (found := elements(media.resolve(), stream_of(plain), lambda one: one.object)):
            return self._stream(media_type, found[0], full=full)
        schema = media.child("schema")
        is_text = schema is not None and schema.resolve().text("type") == "string"
        if (plain.startswith("text/") and plain != "text/json") or (plain == FORM and is_text):
            return Payload(media_type, "text")
        is_form = plain in (FORM, MULTIPART)
        if not (_is_json(plain) or (is_form and side == "request")):
            return Payload(media_type, b"\x00bytes\xff")
        # A call whose body is null would have none.
        fits = _has_fields if is_form else _is_something if side == "request" else _is_any
        for value in self._values[side].of(schema, fits, full=full):
            return Payload(media_type, _with_files(value, schema) if plain == MULTIPART and schema else value)
        raise self._values[side].none(f"{side} body", schema, is_object=is_form)

    def _stream(self, media_type: str, one: Element, *, full: bool) -> Payload:
        if one.is_text:
            return Payload(media_type, ["text"], one.event)
        for value in self._values["response"].of(one.schema, _is_any, full=full):
            return Payload(media_type, [value], one.event)
        raise self._values["response"].none("what comes in a stream", one.schema, is_object=False)


def _is_json(media_type: str) -> bool:
    return media_type in ("application/json", "text/json") or media_type.endswith("+json")


def _keys(operation: Node) -> frozenset[tuple[str, str]]:
    """Where the API keys of an operation go, and their names: the client is given them, not each call."""
    root = operation.document.node
    asked = operation.child("security") or root.child("security")
    names = {name for way in (asked.elements() if asked else ()) for name in way.object}
    schemes = (root.at("components", "securitySchemes", name) for name in names)
    return frozenset((one.resolve().text("in"), one.resolve().text("name").lower()) for one in schemes if one)


def _liking(media_type: str, side: Side) -> int:
    found = preference(essence(media_type), side)
    return 5 if found is None else found


def _with_files(value: dict[str, Any], schema: Node) -> dict[str, Any]:
    """The fields of a form, with bytes where they are files."""
    known = fields(schema)
    return {name: _file(member, known[name]) if name in known else member for name, member in value.items()}


def _file(value: Any, schema: Node) -> Any:
    node = schema.resolve()
    items = node.child("items")
    if isinstance(value, list) and items is not None:
        return [_file(one, items) for one in value]
    media_type = node.text("contentMediaType")
    is_file = node.text("format") == "binary" or (bool(media_type) and not media_type.startswith("text/"))
    return value.encode() if isinstance(value, str) and is_file else value


def _is_any(_: Any) -> bool:
    return True


def _is_something(value: Any) -> bool:
    return value is not None


def _has_fields(value: Any) -> bool:
    """Whether a value can be a form."""
    return isinstance(value, dict) and all(one == "" or _has_a_form(one) for one in value.values())


def _has_a_form(value: Any) -> bool:
    """Whether a value can be read again from a URL or a header in each style: no null, nothing empty, no separators."""
    if value is None or value in ("", [], {}):
        return False
    if isinstance(value, dict):
        return all(_is_a_part(one) for pair in value.items() for one in pair)
    if isinstance(value, list):
        return all(map(_is_a_part, value))
    return not isinstance(value, str) or (
        value.isascii() and value.isprintable() and value == value.strip() and value not in (".", "..")
    )


def _is_a_part(value: Any) -> bool:
    return _has_a_form(value) and not (isinstance(value, str) and set(value) & set(" ,;|/.=&"))


def faults(call: Call, operation: Operation, base: str, request: httpx2.Request) -> Iterator[str]:
    """What a request says in another way, or of another thing, than the call was meant to."""
    if request.method != operation.method.upper():
        yield f"the method is {request.method}"
    target = request.url.raw_path.decode()
    path, _, query = target.partition("?")
    # Some tell operations of one path apart by a fragment or a query, which is not sent, or is no part of the path.
    template, _, fixed = operation.path.partition("#")[0].partition("?")
    segments = wire.in_path(template, path.removeprefix(base))
    if segments is None:
        yield f"the path is {path}"
        return
    found = wire.pairs(query)
    known = set[str]()
    for name, value in wire.pairs(fixed):
        filled = next((part for key, text in found if key == name if (part := wire.in_path(value, text))), None)
        if filled is None and (name, value) not in found:
            yield f"the query has no {name}, which the path has"
        segments |= filled or {}
        known.add(name)
    for one in call.arguments:
        like, said = texts(one.value), None
        if one.style.where == "query":
            said, names = wire.of_query(one.style, found, like)
            known |= {one.style.name} if one.json else names
            if one.json:
                said = next((value for name, value in found if name == one.style.name), None)
        elif one.style.where == "path":
            if f"{{{one.style.name}}}" in operation.path.partition("#")[2]:
                continue  # as fragments are not
            text = segments.get(one.style.name)
            said = text if one.json or text is None else wire.of_segment(one.style, text, like)
        elif one.style.where == "header":
            text = request.headers.get(one.style.name)
            said = text if one.json or text is None else wire.of_header(text, one.style.explode, like)
        else:
            listed = [
                (name.strip(), value) for name, value in wire.pairs(request.headers.get("cookie", "").replace(";", "&"))
            ]
            said, _ = wire.of_query(one.style, listed, like)
        if one.json:
            said = texts(json.loads(unquote(str(said)), parse_float=Decimal)) if said is not None else None
        if not same(said, like):
            yield f"{one.style.where} parameter {one.style.name!r} says {said!r}, not {like!r}"
    if strangers := {name for name, value in found if value != SECRET} - known:
        yield f"the query has {', '.join(sorted(strangers))} besides"
    yield from _body_faults(call.body, request)


def _body_faults(body: Payload | None, request: httpx2.Request) -> Iterator[str]:
    if body is None:
        if request.content:
            yield "there is a body"
        return
    value: Any = body.value
    media_type = request.headers.get("content-type", "")
    if essence(media_type) != essence(body.media_type) and "*" not in body.media_type:
        yield f"the body is {media_type}, not {body.media_type}"
        return
    if isinstance(body.value, bytes) or (
        isinstance(body.value, str) and (media_type.startswith("text/") or essence(media_type) == FORM)
    ):
        meant = body.value.encode() if isinstance(body.value, str) else body.value
        if request.content != meant and request.content.strip(b'"') != meant:
            yield f"the body is {request.content[:80]!r}"
        return
    if essence(media_type) == FORM:
        said = _form(request.content.decode(), value)
    elif essence(media_type) == MULTIPART:
        said = _parts(request, value)
    else:
        said, meant_json = json.loads(request.content, parse_float=Decimal), body.value
        if not same(said, meant_json):
            yield f"the body is {str(said)[:200]}, not {str(meant_json)[:200]}"
        return
    if not same(said, texts(body.value)):
        yield f"the form says {said!r}, not {texts(body.value)!r}"


def _form(content: str, value: dict[str, Any]) -> wire.Texts:
    found = wire.pairs(content)
    said: dict[str, wire.Texts] = {}
    for name, member in value.items():
        like = texts(member)
        deep = any(key.startswith(f"{name}[") for key, _ in found)
        exact = next((text for key, text in found if key == name), None)
        if isinstance(like, dict) and exact is not None:
            said[name] = texts(json.loads(unquote(exact.replace("+", " ")), parse_float=Decimal))
            continue
        style = Style(name, "query", "deepObject" if deep else "form", explode=True)
        one, _ = wire.of_query(style, found, like)
        said[name] = one if one is not None else ""
    return said


def _parts(request: httpx2.Request, value: dict[str, Any]) -> wire.Texts:
    header = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(header + request.content)
    said: dict[str, list[bytes]] = {}
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        said.setdefault(str(part.get_param("name", header="content-disposition")), []).append(
            content if isinstance(content, bytes) else b""
        )
    return {name: _part(found, value.get(name)) for name, found in said.items()}


def _part(found: list[bytes], member: Any) -> wire.Texts:
    if isinstance(member, list):
        return [_part([one], like) for one, like in zip(found, member, strict=True)]
    if isinstance(member, dict):
        return texts(json.loads(found[0], parse_float=Decimal))
    return texts(
        found[0]
        if isinstance(member, bytes)
        else found[0].decode()
        if isinstance(member, str)
        else json.loads(found[0], parse_float=Decimal)
    )
