"""What `mending` does to schemas: `FORMS` gives keywords the form that they ask for, `MEANINGS` reads what they say."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from generator.document import index
from generator.document.keywords import form_of
from generator.document.ranges import BOUNDS, empty_ranges
from generator.document.tree import Array, Object
from generator.document.values import TYPES, allows, canonical, declared_types, fits, type_of
from generator.normalization.edits import REMOVED

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from generator.document.tree import Document, Json, Node
    from generator.normalization.edits import Edit

_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")
_FLAGS: Final = {"true": True, "false": False}
_SPELLINGS: Final = {
    **dict.fromkeys(("str", "text", "char", "date", "datetime", "date-time", "uuid", "enum", "file"), "string"),
    **dict.fromkeys(("int", "int32", "int64", "long", "short", "timestamp"), "integer"),
    **dict.fromkeys(("float", "double", "decimal", "numeric"), "number"),
    **dict.fromkeys(("list", "set", "collection"), "array"),
    **dict.fromkeys(("map", "dict", "hash", "json"), "object"),
    **dict.fromkeys(("bool",), "boolean"),
    **dict.fromkeys(("none", "nil"), "null"),
}
"""What people write for a type -> the type."""
_FORMATS: Final = {"file": "binary", "date": "date", "datetime": "date-time", "date-time": "date-time"}
"""What some of these say besides."""


def _is_30(document: Document) -> bool:
    return str(document.root.get("openapi")).startswith("3.0")


def _heard(document: Document, *keywords: str) -> Iterator[Node]:
    """The schemas with any of some keywords that count: in 3.0, nothing beside a `$ref` does."""
    is_30 = _is_30(document)
    return (node for node in index.saying(document, *keywords) if not (is_30 and node.reference is not None))


# -- form -----------------------------------------------------------------------------------------------------------


def _schemas(document: Document) -> Iterator[Edit]:
    """What is no schema says nothing."""
    for node in index.schemas(document):
        if not isinstance(node.value, Object | bool):
            yield node.pointer, Object({}, node.location)


def _keywords(document: Document) -> Iterator[Edit]:
    """A number or a truth in quotes is one; what else has not its form says nothing."""
    is_30 = _is_30(document)
    for node in index.schemas(document):
        if is_30 and node.reference is not None:
            continue
        for key, value in node.object.items():
            form = form_of(key, is_30)
            if form is None or form[1](value):
                continue
            if key in ("exclusiveMinimum", "exclusiveMaximum"):
                yield from _exclusive(node, key, value)
                continue
            member = node[key]
            read = _read(key, value, member)
            yield member.pointer, read if read is not None and form[1](read) else REMOVED


def _exclusive(node: Node, key: str, value: Json) -> Iterator[Edit]:
    """Each version has its own form of it: a bound, or a mark on the other one."""
    limit = key.replace("exclusiveM", "m")
    other = _as_number(value)
    if other is not None:
        yield f"{node.pointer}/{key}", other
    elif value is True and (bound := _as_number(node.object.get(limit))) is not None:
        yield f"{node.pointer}/{key}", bound
        yield f"{node.pointer}/{limit}", REMOVED
    else:
        yield f"{node.pointer}/{key}", REMOVED


def _read(key: str, value: Json, node: Node) -> Json:
    if isinstance(value, str):
        return _FLAGS.get(value.lower(), _as_number(value))
    if key == "required" and isinstance(value, Array):
        names = list(dict.fromkeys(one for one in value if isinstance(one, str)))
        return Array(names, value.location) if names else None
    if key in ("description", "title") and isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return Array([value], node.location) if key == "enum" and isinstance(value, int | Decimal) else None


def _as_number(value: Json) -> int | Decimal | None:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not _NUMBER.fullmatch(value.strip()):
        return None
    number = Decimal(value.strip())
    return int(number) if number == number.to_integral_value() else number


def _types(document: Document) -> Iterator[Edit]:
    """`String` is `string` and `int` is `integer`; what is no type in any spelling says nothing."""
    for node in _heard(document, "type"):
        kind = node["type"]
        if kind.value in TYPES:
            continue
        listed = list(kind.value) if isinstance(kind.value, Array) else [kind.value]
        names = dict.fromkeys(one for each in listed if (one := _spelled(each)))
        if names and len(names) == len(listed) and list(names) == listed:
            continue
        made = next(iter(names)) if len(names) == 1 else Array(names, kind.location)
        yield kind.pointer, made if names else REMOVED
        form = _FORMATS.get(str(kind.value).lower())
        if form is not None and "format" not in node.object:
            yield f"{node.pointer}/format", form


def _spelled(kind: Json) -> str | None:
    if kind is None:
        return "null"
    lower = kind.strip().lower() if isinstance(kind, str) else ""
    return lower if lower in TYPES else _SPELLINGS.get(lower)


# -- meaning --------------------------------------------------------------------------------------------------------


def _nullable(document: Document) -> Iterator[Edit]:
    """`nullable`, of which 3.1 does not know, means what it means in 3.0."""
    for node in () if _is_30(document) else index.saying(document, "nullable"):
        yield node["nullable"].pointer, REMOVED
        kind, null = node.child("type"), Object({"type": "null"}, node.location)
        if not node.is_true("nullable"):
            continue
        if kind is not None:
            types = sorted(declared_types(node) or ())
            yield kind.pointer, Array(dict.fromkeys([*types, "null"]), kind.location)
        elif (choice := node.child("anyOf") or node.child("oneOf")) is not None:
            yield f"{choice.pointer}/-", null
        elif node.reference is not None:
            both = Array([Object({"$ref": node.reference}, node.location), null], node.location)
            yield node["$ref"].pointer, REMOVED
            yield f"{node.pointer}/anyOf", both


def _repeated(document: Document) -> Iterator[Edit]:
    """A value that stands twice in an enum is one of its values."""
    for node in _heard(document, "enum"):
        seen: set[Hashable] = set()
        for element in node.elements_of("enum"):
            key = canonical(element.value)
            if key in seen:
                yield element.pointer, REMOVED
            seen.add(key)


def _values(document: Document) -> Iterator[Edit]:
    """The values of an enum are what they are, also where its type is another."""
    for node in _heard(document, "enum", "const"):
        types = declared_types(node)
        listed = [*node.elements_of("enum"), *([only] if (only := node.child("const")) is not None else ())]
        others = [type_of(one.value) for one in listed if types is not None and not fits(one.value, types)]
        if types is not None and others:
            yield node["type"].pointer, Array(dict.fromkeys([*sorted(types), *others]), node.location)
            if node.child("nullable") is not None:
                yield node["nullable"].pointer, REMOVED  # the types have it


def _ranges(document: Document) -> Iterator[Edit]:
    """Bounds that leave nothing between them are not what is meant, and nobody knows what is."""
    for node in _heard(document, *BOUNDS):
        pairs = list(empty_ranges(node))
        if pairs:
            texts = [f"its {low} and {high}, which leave no value" for low, high in pairs]
            yield f"{node.pointer}/x-unchecked", Array(texts, node.location)
        for key in dict.fromkeys(key for pair in pairs for key in pair):
            yield f"{node.pointer}/{key}", REMOVED


def _defaults(document: Document) -> Iterator[Edit]:
    """A default of another type is read as of the right one, where it can be; else there is none."""
    for node in _heard(document, "default"):
        default = node["default"]
        if allows(node, default.value):
            continue
        other = _other(default.value)
        yield default.pointer, other if other is not None and allows(node, other) else REMOVED


def _other(value: Json) -> Json:
    """The same value as a text, or of what it is the text of."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | Decimal):
        return str(value)
    return _FLAGS.get(value.lower(), _as_number(value)) if isinstance(value, str) else None


FORMS: Final[tuple[Callable[[Document], Iterator[Edit]], ...]] = (_schemas, _keywords, _types)
MEANINGS: Final[tuple[Callable[[Document], Iterator[Edit]], ...]] = (
    *(_nullable, _repeated, _values, _ranges, _defaults),
)
