"""Document -> Document: what is left is small and regular, so that the builder needs no cleverness.

- Operations hold what they referred to: parameters, bodies, responses.
- Every schema that becomes a Python name stands in `components/schemas` under that name: inline objects are hoisted,
  `allOf` is merged, a schema that both requests and responses use is split (`Pet` is answered, `PetRequest` is sent).
- Every schema says in `x-side` which side it is on. Request schemas have their cross-field rules in `x-constraints`;
  response schemas have none and no bounds, take `null` wherever a field is optional, and any value for an enumeration.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from generator.api.media import (
    FORM,
    MULTIPART,
    essence,
    is_opaque,
    is_stream,
    is_text,
    is_typed,
    preference,
    stream_of,
    with_parameters,
    written_as,
)
from generator.diagnostics import Consequence, Severity, rule
from generator.document.grammar import place_of
from generator.document.index import operations
from generator.document.tree import Array, Document, Json, Node, Object
from generator.normalization.encodings import POSITIONS, UNSUPPORTED_ENCODING, as_it_is, encoded, unwritten
from generator.normalization.methods import sendable
from generator.normalization.schemas import Schemas
from generator.normalization.shapes import kinds
from generator.normalization.streams import Element, elements
from generator.normalization.usages import name_schemas
from generator.python import naming

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.diagnostics import Diagnostic, Rule
    from generator.document.grammar import Side
    from generator.document.index import Operation

IGNORED_MEDIA_TYPE = rule(
    "ignored-media-type",
    Severity.WARNING,
    "a media type of a body or an answer is left out, beside another that the client uses",
    Consequence.LEFT_OUT,
)
UNTYPED_MEDIA_TYPE = rule(
    "untyped-media-type",
    Severity.WARNING,
    "a body, an answer, a parameter or a field is text or bytes to the client, though the description says more of it",
    Consequence.UNCHECKED,
)
IGNORED_CALLBACK = rule(
    "ignored-callback", Severity.WARNING, "a callback or webhook is no part of a client", Consequence.NONE
)

_OF_STRUCTURE: Final = frozenset(("properties", "items", "additionalProperties", "allOf", "anyOf", "oneOf"))
_OF_TEXTS: Final = frozenset(("enum", "const", "pattern", "minLength", "maxLength", "allOf", "anyOf", "oneOf", "not"))
_FORMATS: Final = ("date", "date-time", "email")
"""What a client checks of values whose type it knows."""


def normalize(document: Document) -> Document:
    """See the module; what cannot be normalized is among the diagnostics of the result."""
    return _Normalizer(document).run()


class _Normalizer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.found: list[Diagnostic] = list(document.diagnostics)
        called = (one for one in operations(document) if _is_called(one, document))
        self.operations = [*sendable(called, self.found)]
        self.schemas = Schemas(document, name_schemas(document, self.operations), self.found)
        self._limits: list[str] = []

    def run(self) -> Document:
        root = self.document.root
        paths: dict[str, dict[str, Json]] = {}
        if (webhooks := self.document.node.child("webhooks")) is not None:
            self._find(IGNORED_CALLBACK, webhooks, "the client sends requests, and receives none")
        for operation in self.operations:
            paths.setdefault(operation.path, {})[operation.method] = self._operation(operation)
        items: dict[str, Json] = {path: Object(item, root.location) for path, item in paths.items()}
        known = self.document.node.at("components", "securitySchemes")
        components: dict[str, Json] = {"schemas": Object(self.schemas.components(), root.location)}
        if known is not None:
            components["securitySchemes"] = known.value
        changed = root.changed({"paths": Object(items, root.location), "components": Object(components, root.location)})
        return Document(changed, self.document.files, tuple(self.found), self.document.digest)

    def _operation(self, operation: Operation) -> Object:
        hint = naming.pascal(operation.node.text("operationId"))
        self._limits = []
        if (callbacks := operation.node.child("callbacks")) is not None:
            self._find(IGNORED_CALLBACK, callbacks, "the client sends requests, and receives none")
        changes: dict[str, Json] = {}
        if not operation.node.object.get("servers") and "servers" in operation.item.object:
            changes["servers"] = operation.item.object["servers"]
        parameters = {place_of(one): one for one in operation.parameters}
        changes["parameters"] = Array(
            [self._parameter(one, hint) for one in parameters.values()], operation.node.location
        )
        body = operation.node.at("requestBody")
        if body is not None:
            body = body.resolve()
            content = self._bodies(body, f"{hint}Request")
            changes["requestBody"] = body.object.changed({"content": content})
        responses = operation.node.at("responses")
        if responses is not None:
            changes["responses"] = responses.object.changed(
                {
                    status: self._response(status, response.resolve(), hint)
                    for status, response in responses.members()
                    if not status.startswith("x-")
                }
            )
        changes["x-limits"] = Array(dict.fromkeys(self._limits), operation.node.location)
        return operation.node.object.changed(changes)

    def _parameter(self, parameter: Node, hint: str) -> Object:
        hint += naming.pascal(parameter.text("name"))
        schema = parameter.at("schema")
        if schema is not None:
            return parameter.object.changed({"schema": self.schemas.schema(schema, "request", hint)})
        if (content := parameter.at("content")) is None:
            return parameter.object
        is_written = any(map(is_text, map(essence, content.object)))  # others are left out
        what = f"parameter {parameter.text('name')!r}" if is_written else ""
        return parameter.object.changed({"content": self._content(parameter, "request", hint, what)})

    def _response(self, status: str, response: Node, hint: str) -> Object:
        if status.startswith("2"):
            content = self._answers(response, f"{hint}Response")
        else:
            content = self._content(response, "response", f"{hint}Response{status.title()}")
        changes: dict[str, Json] = {"content": content}
        if (headers := response.child("headers")) is not None:
            named = {name: one.resolve().value for name, one in headers.members()}
            changes["headers"] = Object(named, headers.location)
        return response.object.changed(changes)

    def _answers(self, holder: Node, hint: str) -> Object:
        """The media types of a success, the one that the client likes best first; each type is there once."""
        content = holder.at("content")
        if content is None:
            return Object({}, holder.location)
        made: dict[str, Object] = {}
        entries = dict(content.members())
        used: dict[str, str] = {}
        for kind in sorted(entries, key=lambda one: preference(essence(one), "response")):
            written = essence(kind)
            alike = next((one for one in used if _is_alike(entries, kind, one, "response")), None)
            if alike is not None:
                made.setdefault(written, _as(kind, made[used[alike]], "response"))
            elif written in made:
                message = f"{kind} is left out, as an answer of {written} is there already"
                self._find(IGNORED_MEDIA_TYPE, content, message)
                self._limits.append(f"Left out is a second answer of {written}.")
            else:
                suffix = "Other" if made and not is_stream(written, "response") else ""
                made[written] = self._media(entries[kind], kind, "response", hint + suffix, "answer")
                used[kind] = written
        return Object(made, content.location)

    def _bodies(self, holder: Node, hint: str) -> Object:
        """The media types of a body, the one that the client likes best first; each type is there once."""
        content = holder.at("content")
        if content is None:
            return Object({}, holder.location)
        made: dict[str, Json] = {}
        for kind in sorted(content.object, key=lambda one: preference(essence(one), "request")):
            written = written_as(essence(kind))
            if written in made:
                self._find(IGNORED_MEDIA_TYPE, content, f"{kind} is left out, as a body of {written} is there already")
                self._limits.append(f"Left out is a second body of {written}.")
            else:
                suffix = {FORM: "Form", MULTIPART: "Multipart"}.get(written, "Other") if made else ""
                made[written] = self._media(content[kind], kind, "request", hint + suffix, "body")
        return Object(made, content.location)

    def _content(self, holder: Node, side: Side, hint: str, what: str = "") -> Object:
        """The media type of a parameter or a failure that the client uses."""
        content = holder.at("content")
        entries = dict(content.members()) if content is not None else {}
        chosen = min(entries, key=lambda kind: preference(essence(kind), side), default=None)
        if content is None or chosen is None:
            return Object({}, holder.location)
        alike = [kind for kind in entries if kind != chosen and _is_alike(entries, kind, chosen, side)]
        media = self._media(entries[chosen], chosen, side, hint, what)
        made: dict[str, Json] = {}
        for kind in (chosen, *alike):
            made.setdefault(essence(kind), _as(kind, media, side))
        return Object(made, content.location)

    def _media(self, entry: Node, chosen: str, side: Side, hint: str, what: str) -> Object:
        """What a body, an answer or a parameter is in one media type; nothing is told of what has no name."""
        entry = entry.resolve()
        schema = entry.at("schema")
        if what and (unread := _unread(entry, essence(chosen), side)):
            self._find(UNTYPED_MEDIA_TYPE, entry, f"the {what} is taken as it is: {unread} {chosen}")
            one = {"answer": "An answer", "body": "A body"}.get(what, f"The {what}")
            self._limits.append(f"{one} of {chosen} is taken as it is: what the description says of it is not checked.")
        for place, lost in unwritten(entry, essence(chosen)) if side == "request" else ():
            self._find(UNSUPPORTED_ENCODING, place, lost)
            self._limits.append(f"Left out of its form: {lost}.")
        if is_stream(essence(chosen), side) and (
            found := elements(entry, stream_of(essence(chosen)), self.schemas.composer.expanded)
        ):
            return _as(chosen, self._stream(entry, found, hint), side)
        if schema is None:
            made: Json = Object({}, entry.location)
        elif not is_typed(essence(chosen), side):
            # A text or bytes, whatever the schema says of it: what a caller reads of it is all that is left.
            said = schema.resolve().object
            made = Object({key: said[key] for key in ("pattern",) if key in said}, schema.location)
        elif essence(chosen) in (FORM, MULTIPART):
            in_parts, listed = essence(chosen) == MULTIPART, encoded(entry)
            own = partial(self._as_it_is, entry, listed, in_parts)
            made = self.schemas.form(schema, side, hint, own, listed if in_parts else None)
        else:
            made = self.schemas.schema(schema, side, hint)
        kept = {"encoding": entry.object["encoding"]} if "encoding" in entry.object else {}
        return _as(chosen, Object({"schema": made, **kept}, entry.location), side)

    def _as_it_is(
        self, media: Node, encodings: dict[str, list[str]], in_parts: bool, name: str, field: Node
    ) -> Object | None:
        """The schema of a field of a form whose media type the client does not write."""
        listed = encodings.get(name, [])
        made = as_it_is(field, listed, self.schemas.composer.expanded, in_parts=in_parts)
        if made is not None:
            message = f"the field {name!r} is taken as it is: the client does not write {', '.join(listed)}"
            self._find(UNTYPED_MEDIA_TYPE, media["encoding"][name], message)
        return made

    def _stream(self, media: Node, found: Iterable[Element], hint: str) -> Object:
        """What comes in a stream, one after the other."""
        made: list[Json] = []
        for one in found:
            if one.schema is not None:
                name = naming.pascal(one.event) if one.event else "Item"
                schema = self.schemas.schema(one.schema, "response", hint + name)
            else:
                schema = Object({"type": "string"} if one.is_text else {}, media.location)
            made.append(Object({"event": one.event, "text": one.is_text, "schema": schema}, media.location))
        return Object({"x-elements": Array(made, media.location)}, media.location)

    def _find(self, broken: Rule, place: Node, message: str) -> None:
        self.found.append(broken.at(place.location, message, place.pointer))


def _unread(media: Node, media_type: str, side: Side) -> str:
    """Why what a description says of a text, or of bytes, is no more than that to the client; empty if it is not."""
    if is_opaque(media_type, side):
        is_described = any(key in media.object for key in ("schema", "itemSchema", *POSITIONS))
        return "the client knows nothing of" if is_described else ""
    schema = media.child("schema")
    if schema is None or is_typed(media_type, side) or is_stream(media_type, side):
        return ""
    said = schema.resolve().object
    others = set(kinds(said)) - {"string", "null"} if kinds(said) else _OF_STRUCTURE & set(said)
    checked = side == "request" and (_OF_TEXTS & set(said) or said.get("format") in _FORMATS)
    return "the client does not check what is said of" if others or checked else ""


def _as(media_type: str, media: Object, side: Side) -> Object:
    """What comes in a media type, in another one that is alike: with the parameters of that."""
    written = with_parameters(media_type, side)
    return media.changed({"x-media-type": written} if written else {}, drop=("x-media-type",))


def _is_alike(entries: dict[str, Node], kind: str, chosen: str, side: Side) -> bool:
    """Whether what comes in one media type is in Python what comes in another: the same JSON, text, or bytes."""
    one, other = essence(kind), essence(chosen)
    if side == "request" or is_typed(one, side) != is_typed(other, side):
        return False
    if stream_of(one) != stream_of(other):
        return False
    if is_typed(one, side) or is_stream(one, side):
        first, second = entries[kind].resolve().object, entries[chosen].resolve().object
        return all(first.get(said) == second.get(said) for said in ("schema", "itemSchema"))
    return is_text(one) == is_text(other)


def _is_called(operation: Operation, document: Document) -> bool:
    """Whether a client calls an operation: callbacks and webhooks come to it instead."""
    item = document.node.at("paths", operation.path)
    return item is not None and item.resolve().pointer == operation.item.pointer
