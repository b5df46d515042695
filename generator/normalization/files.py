"""Files in forms: which fields of a form hold files, and how that is marked for those who name the type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.api.media import essence, is_binary
from generator.document.tree import Array, Json, Node, Object
from generator.normalization.shapes import ANNOTATIONS, kinds, only_annotated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

FILE: Final = "x-file"
"""On a normalized schema: a value is a file."""
_DEEPEST: Final = 3
"""Files stand in lists and choices of so many levels: a list that may be null, of files that may be."""


def with_files(
    fields: Node, encodings: Mapping[str, list[str]], expanded: Callable[[Node], Object]
) -> Iterator[tuple[str, Object]]:
    """The fields of a form that are files, or lists or choices with files among them, with each file marked as one."""
    for name, member in fields.members():
        listed = [essence(one) for one in encodings.get(name, ())]
        if (marked := _marked(member, listed, expanded, _DEEPEST)) is not None:
            yield name, marked


def _marked(node: Node, encoding: list[str], expanded: Callable[[Node], Object], depth: int) -> Object | None:
    """The schema with what is a file in it marked; none if nothing is."""
    flat = expanded(node)
    own = Node(node.document, node.pointer, flat, flat.location)
    if _is_file(own, encoding):
        return _noted(flat, _file(flat))
    if _may_be_file(flat, encoding):
        other = flat.changed({}, drop=_notes(flat))
        return _noted(flat, {"anyOf": Array([_file(flat), other], flat.location)})
    changes: dict[str, Json] = {}
    items = own.child("items")
    if depth and items is not None and (made := _marked(items, encoding, expanded, depth - 1)) is not None:
        changes["items"] = made
    for key in ("anyOf", "oneOf") if depth and not kinds(flat) else ():
        options = [*own.elements_of(key)]
        found = [_marked(one, encoding, expanded, depth - 1) for one in options]
        if any(found):
            both = zip(options, found, strict=True)
            changes[key] = Array([one.value if made is None else made for one, made in both], flat.location)
    return flat.changed(changes) if changes else None


def _file(schema: Object) -> Object:
    return Object({"type": schema.get("type", "string"), FILE: True}, schema.location)


def _is_file(node: Node, encoding: list[str]) -> bool:
    """Whether a schema is of a file: of bytes that no encoding makes a text."""
    said = node.object
    if not {*kinds(said)} <= {"string", "null"} or kinds(said) == ["null"] or "contentEncoding" in said:
        return False
    media_type = node.text("contentMediaType")
    if node.text("format") == "binary" or (media_type and not media_type.startswith("text/")):
        return media_type != "application/json"
    return _says_nothing(said) and bool(encoding) and all(map(is_binary, encoding))


def _may_be_file(schema: Object, encoding: list[str]) -> bool:
    """Whether a value can be a file as well as what its schema says.

    Bytes have no type in OpenAPI 3.1, so what is said to have none is a file by default; others mean any value by that.
    A text that is said to go out as a picture is one as a rule, though by its schema it is a text.
    """
    if _says_nothing(schema):
        return not any(one.endswith("json") for one in encoding)
    is_string = kinds(schema) == ["string"] and _says_nothing(schema.changed({}, drop=["type"]))
    return is_string and bool(encoding) and all(map(is_binary, encoding))


def _says_nothing(schema: Object) -> bool:
    return only_annotated(schema) and "default" not in schema


def _noted(schema: Object, made: Mapping[str, Json]) -> Object:
    """What is made of a schema, with what that says besides of its field."""
    notes = {key: schema[key] for key in _notes(schema)}
    return Object({**notes, **made}, schema.location, schema.places)


def _notes(schema: Object) -> list[str]:
    return [key for key in schema if key in (*ANNOTATIONS, "readOnly", "writeOnly") or key.startswith("x-")]
