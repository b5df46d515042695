"""Bodies that are forms: which ones the client can write, and which of their fields are files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.api.media import FIELD_STYLES, essence, has_parts, is_form, preference
from generator.document.tree import Node, Object, escape
from generator.normalization.shapes import kinds

if TYPE_CHECKING:
    from generator.normalization.composition import Composer


def can_write(media_type: str, entry: Node) -> bool:
    """Whether the client can write a body of this media type, and the fields of a form as they are to be written."""
    if preference(essence(media_type), "request") is None:
        return False
    kind = essence(media_type)
    fields = [one for _, one in entry.members_of("encoding")] if is_form(kind) and not has_parts(kind) else []
    return all(
        one.text("style", "form") in FIELD_STYLES and one.text("contentType", "text/plain") == "text/plain"
        for one in fields
    )


def with_files(schema: Node, composer: Composer) -> Node:
    """The schema of a form of several parts, in which fields of bytes are files."""
    flat = composer.expanded(schema)
    fields = flat.get("properties")
    if not isinstance(fields, Object):
        return schema
    nodes = {
        name: Node(schema.document, f"{schema.pointer}/properties/{escape(name)}", one, fields.location)
        for name, one in fields.items()
    }
    files = {name: made for name, node in nodes.items() if (made := _file(node)) is not None}
    if not files:
        return schema
    changed = flat.changed({"properties": fields.changed(files)})
    return Node(schema.document, schema.pointer, changed, schema.location)


def _file(node: Node) -> Object | None:
    """The schema of bytes, or of a list of them, where a field is that; `None` where it is anything else."""
    said = node.resolve().object
    items = node.resolve().child("items") if "array" in kinds(said) else None
    if items is not None:
        item = _bytes(items.resolve().object)
        return said.changed({"items": item}) if item is not None else None
    return _bytes(said)


def _bytes(said: Object) -> Object | None:
    is_binary = said.get("format") == "binary" or (
        isinstance(said.get("contentMediaType"), str) and "contentEncoding" not in said
    )
    if "string" not in kinds(said) or not is_binary:
        return None
    return said.changed({"format": "binary"}, drop=("contentMediaType",))
