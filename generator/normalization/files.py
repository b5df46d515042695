"""Files in forms: which fields of a form hold files, and how that is marked for those who name the type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.document.tree import Object

if TYPE_CHECKING:
    from generator.document.tree import Node

FILE: Final = "x-file"
"""On a normalized schema: a value is a file."""


def holds_files(field: Node) -> bool:
    """Whether a field of a form is a file, or an array of files."""
    node = field.resolve()
    items = node.child("items")
    return _is_file(node) or (items is not None and _is_file(items.resolve()))


def with_files(field: Node) -> Object:
    """The schema of a field that is a file, or an array of files, with what is a file marked as one."""
    node = field.resolve()
    if _is_file(node):
        return _file(node)
    return node.object.changed({"items": _file(node["items"].resolve())})


def _is_file(node: Node) -> bool:
    """Whether a schema is of a file: of bytes that no encoding makes a text."""
    kind = node.object.get("type")
    if kind not in ("string", ["string", "null"]):
        return False
    media_type = node.text("contentMediaType")
    is_binary = node.text("format") == "binary" or (bool(media_type) and not media_type.startswith("text/"))
    return is_binary and "contentEncoding" not in node.object and media_type != "application/json"


def _file(node: Node) -> Object:
    kept = {key: value for key, value in node.object.items() if key in ("description", "deprecated", "title")}
    return Object({**kept, "type": node.object["type"], FILE: True}, node.location, node.object.places)
