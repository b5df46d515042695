"""What `encoding` says of a form that the client does not write: media types, headers, and parts within parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.api.media import MULTIPART, essence, is_binary, is_typed
from generator.diagnostics import Consequence, Severity, rule
from generator.document.tree import Array, Json, Node, Object
from generator.normalization.enforcement import with_unchecked
from generator.normalization.files import FILE
from generator.normalization.shapes import ANNOTATIONS, array, kinds, only_annotated, takes_null

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UNSUPPORTED_ENCODING = rule(
    "unsupported-encoding",
    Severity.WARNING,
    "a part of a form has headers, or parts of its own, that the client does not write",
    Consequence.LEFT_OUT,
)

POSITIONS: Final = ("prefixEncoding", "itemEncoding")
"""The encodings of parts without names (OpenAPI 3.2)."""
_OWN: Final = frozenset(("content-type", "content-disposition", "content-length"))
"""Headers of a part that the client writes itself."""
_STYLES: Final = ("style", "explode", "allowReserved")
_STRING: Final[dict[str, Json]] = {"type": "string"}
_FILE: Final[dict[str, Json]] = {"type": "string", FILE: True}
_MOST_OPTIONS: Final = 3
"""So many choices within each other are looked into."""


def unwritten(media: Node, media_type: str) -> Iterator[tuple[Node, str]]:
    """Where a form asks for more than its client writes, and what that is."""
    if media_type != MULTIPART:
        return  # only parts have headers and parts
    for key in POSITIONS:
        if (said := media.child(key)) is not None:
            yield said, f"`{key}` is about parts without names, and a form has none"
    for name, encoding in media.members_of("encoding"):
        headers = [one for one, _ in encoding.members_of("headers") if one.lower() not in _OWN]
        if headers:
            yield encoding["headers"], f"the headers of the part {name!r} are not sent: {', '.join(headers)}"
        for key in ("encoding", *POSITIONS):
            if (said := encoding.child(key)) is not None:
                yield said, f"the part {name!r} is written as it is, without parts of its own"


def encoded(media: Node) -> dict[str, list[str]]:
    """The media types that each field of a form may have, but where a style says how it is written."""
    return {
        name: [one.strip() for one in encoding.text("contentType").split(",") if one.strip()]
        for name, encoding in media.members_of("encoding")
        if encoding.object.keys().isdisjoint(_STYLES)
    }


def as_it_is(field: Node, listed: list[str], expanded: Callable[[Node], Object], *, in_parts: bool) -> Object | None:
    """The schema of a field that the client does not write in any of its media types: of a text, or of a file.

    None where it writes the field: as JSON, as the text that a value is by itself, or as the file that it is. Which of
    several media types a part is of can be said of a file alone.
    """
    essences = [essence(one) for one in listed]
    if not listed or any(is_typed(one, "response") or one in ("*/*", "application/*") for one in essences):
        return None
    flat = expanded(field)
    if flat.get("readOnly") is True:
        return None
    own = Node(field.document, field.pointer, flat, field.location)
    items = own.child("items") if "array" in kinds(flat) and set(kinds(flat)) <= {"array", "null"} else None
    one = items if items is not None else own
    binary = all(map(is_binary, essences))
    is_file = in_parts and binary and only_annotated(expanded(one))
    if is_file or _is_text(own, expanded, _MOST_OPTIONS):
        return None
    options = [Object(_FILE, one.location)] if in_parts else []
    if not in_parts or (not binary and len(listed) == 1 and "*" not in listed[0]):
        options.insert(0, Object(_STRING, one.location))
    if takes_null(one, "request") and not only_annotated(one.object):
        options.append(Object({"type": "null"}, one.location))
    made = options[0] if len(options) == 1 else Object({"anyOf": Array(options, one.location)}, one.location)
    if items is not None:
        made = flat.changed({"items": made})
    else:
        made = made.changed({key: value for key, value in flat.items() if key in ANNOTATIONS})
        made = made.changed({key: value for key, value in field.object.items() if key.startswith("x-")})
    return with_unchecked(made, [f"that it is {', '.join(listed)}"])


def _is_text(node: Node, expanded: Callable[[Node], Object], depth: int, *, alone: bool = False) -> bool:
    """Whether a value is a text by itself (a string, a number, a truth), or a list of such unless it stands `alone`."""
    flat = expanded(node)
    own = Node(node.document, node.pointer, flat, node.location)
    items = own.child("items")
    if "array" in kinds(flat) and (alone or items is None or not _is_text(items, expanded, depth, alone=True)):
        return False
    if kinds(flat):
        return "object" not in kinds(flat)
    if "const" in flat or "enum" in flat:
        return not any(isinstance(one, Array | Object) for one in (flat.get("const"), *array(flat.get("enum"))))
    options = [*own.elements_of("anyOf"), *own.elements_of("oneOf")]
    return depth > 0 and bool(options) and all(_is_text(one, expanded, depth - 1, alone=alone) for one in options)
