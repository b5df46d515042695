"""The Python type of a normalized schema, as it stands in signatures and in `_operations.py`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from generator.document.tree import Array, Json, Object
from generator.python.pattern import fault, portable, pythonic
from generator.python.source import AMONG, AS_TEXT, MATCHES, UNIQUE, annotation, literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.document.grammar import Side
    from generator.document.tree import Node


@dataclass(frozen=True, slots=True)
class TypeRef:
    """A Python type: `plain` as a user sees it (`Decimal`), `checked` as the runtime checks it (`Number`).

    `metadata` are the bounds of the outermost value, as arguments of pydantic's `Field`.
    """

    plain: str
    checked: str
    metadata: tuple[tuple[str, Json], ...] = ()
    alternatives: tuple[str, ...] = ()
    """The plain types of a union."""

    @property
    def options(self) -> tuple[str, ...]:
        """The plain types that it is a choice of; itself if it is none."""
        return self.alternatives or (self.plain,)


BOUNDS: Final = {
    "minLength": "min_length",
    "maxLength": "max_length",
    "minItems": "min_length",
    "maxItems": "max_length",
    "minimum": "ge",
    "maximum": "le",
    "exclusiveMinimum": "gt",
    "exclusiveMaximum": "lt",
    "multipleOf": "multiple_of",
    "pattern": "pattern",
}
"""JSON Schema's word -> pydantic's."""

_SCALARS: Final = {"string": "str", "integer": "int", "boolean": "bool", "null": "None"}


def bounds(schema: Object) -> tuple[tuple[str, Json], ...]:
    """The bounds of a value as arguments of pydantic's `Field`; those that its type cannot be asked are left out."""
    kinds = _kinds(schema)
    found: list[tuple[str, Json]] = []
    for word, name in BOUNDS.items():
        value = schema.get(word)
        if value is None or not applies(word, schema) or "x-datetime-format" in schema:
            continue  # a form of its own says more than any bound of a string
        if isinstance(value, str):
            found += _pattern(name, value, as_text=_is_timely(schema))
        elif name in ("min_length", "max_length") and _is_timely(schema):
            found.append((f"{AS_TEXT}.{name}", value))
        elif kinds == {"integer"} and isinstance(value, Decimal):
            found.append(_whole(name, value))
        else:
            found.append((name, value))
    if schema.get("uniqueItems") is True and kinds == {"array"}:
        found.append((UNIQUE, True))
    values = schema.get("enum", Array([schema["const"]], schema.location) if "const" in schema else None)
    if kinds == {"number"} and isinstance(values, Array):
        found.append((AMONG, values))
    return tuple(found)


def _pattern(name: str, pattern: str, *, as_text: bool) -> Iterator[tuple[str, Json]]:
    """The bound for the engine that can check it, if there is one."""
    if (linear := portable(pattern)) is not None:
        yield (f"{AS_TEXT}.{name}" if as_text else name), linear
    elif (searched := pythonic(pattern)) is not None:
        yield f"{AS_TEXT}.matches" if as_text else MATCHES, searched


def described(node: Node, schema: Node | None = None) -> str:
    """What a node says of itself, and what its schema, itself if none is given, demands and no client can check."""
    text, pattern = node.text("description"), (schema or node).text("pattern")
    unchecked = f"Not checked before sending: that it matches the pattern `{pattern}`." if fault(pattern) else ""
    return "\n\n".join(filter(None, (text.rstrip(), unchecked))) if unchecked else text


def applies(word: str, schema: Object) -> bool:
    """Whether a bound can be checked on values of the schema's Python type."""
    kinds = _kinds(schema)
    if word in ("minLength", "maxLength", "pattern"):
        return kinds == {"string"} and (schema.get("format") != "binary" or "x-datetime-format" in schema)
    if word in ("minItems", "maxItems", "uniqueItems"):
        return kinds == {"array"}
    if word == "multipleOf" and kinds == {"integer"}:
        value = schema.get(word)
        return not isinstance(value, Decimal) or value == value.to_integral_value()
    return bool(kinds) and kinds <= {"number", "integer"}


def _is_timely(schema: Object) -> bool:
    """Whether a value is a date or a time in Python, and a text only when it is sent."""
    return schema.get("format") in ("date", "date-time") and "x-datetime-format" not in schema


def _kinds(schema: Object) -> set[str]:
    """The types of a schema besides `null`."""
    kind = schema.get("type")
    return {one for one in (kind if isinstance(kind, Array) else [kind]) if isinstance(one, str) and one != "null"}


def _whole(name: str, value: Decimal) -> tuple[str, int]:
    """A bound of integers that is itself no integer, as the nearest integer within it."""
    if value == value.to_integral_value():
        return name, int(value)
    return ("ge", math.ceil(value)) if name in ("ge", "gt") else ("le", math.floor(value))


def scalar(schema: Object, side: Side, timestamps: Mapping[str, str]) -> TypeRef | None:
    """The type of a string or number with a meaning of its own; `None` where plain Python types do."""
    kind, form = schema.get("type"), schema.get("format")
    kinds = [one for one in kind if one != "null"] if isinstance(kind, Array) else [kind]
    strict = side == "request"
    if kinds == ["number"]:
        return TypeRef("Decimal", "Number")
    if kinds != ["string"] or "enum" in schema or "const" in schema:
        return None
    own_form = schema.get("x-datetime-format")
    if isinstance(own_form, str):
        return TypeRef("datetime", timestamps[own_form])
    if form == "date":
        return TypeRef("date", "Date" if strict else "date")
    if form == "date-time":
        return TypeRef("datetime", "Instant" if strict else "datetime")
    if form == "email" and strict:
        return TypeRef("str", "Email")
    return TypeRef("bytes", "bytes") if form == "binary" else None


def type_ref(schema: Json, side: Side, timestamps: Mapping[str, str]) -> TypeRef:
    """The type of any normalized schema; named ones are `models.Name`."""
    if not isinstance(schema, Object):
        return TypeRef("Any", "Any")
    reference = schema.get("$ref")
    if isinstance(reference, str):
        name = f"models.{reference.rpartition('/')[2]}"
        return TypeRef(name, name)
    if ("const" in schema or "enum" in schema) and schema.get("type") != "number":
        values = schema["enum"] if isinstance(schema.get("enum"), Array) else [schema.get("const")]
        return _literal(values if isinstance(values, list) else [values])
    options = schema.get("anyOf")
    if isinstance(options, Array):
        return _union([_annotated(type_ref(option, side, timestamps)) for option in options])
    special = scalar(schema, side, timestamps)
    kind = schema.get("type")
    nullable = isinstance(kind, Array) and "null" in kind
    if special is not None:
        made = special
    elif isinstance(kind, Array):
        made = _union([_of_kind(schema, one, side, timestamps) for one in kind if one != "null"])
    else:
        made = _of_kind(schema, kind, side, timestamps)
    made = _union([made, TypeRef("None", "None")]) if nullable else made
    return TypeRef(made.plain, made.checked, bounds(schema), made.alternatives)


def annotated(type_: TypeRef) -> str:
    """The checked type with its bounds: `Annotated[str, Field(max_length=255)]`."""
    return _annotated(type_).checked


def _annotated(type_: TypeRef) -> TypeRef:
    if not type_.metadata:
        return type_
    return TypeRef(type_.plain, f"Annotated[{type_.checked}, {annotation(type_.metadata)}]", (), type_.alternatives)


def _of_kind(schema: Object, kind: Json, side: Side, timestamps: Mapping[str, str]) -> TypeRef:
    if kind == "array":
        item = _annotated(type_ref(schema.get("items"), side, timestamps))
        return TypeRef(f"list[{item.plain}]", f"list[{item.checked}]")
    if kind == "object" or (kind is None and "additionalProperties" in schema):
        value = _annotated(type_ref(schema.get("additionalProperties"), side, timestamps))
        return TypeRef(f"dict[str, {value.plain}]", f"dict[str, {value.checked}]")
    if kind == "number":
        return TypeRef("Decimal", "Number")
    if isinstance(kind, str) and kind in _SCALARS:
        return TypeRef(_SCALARS[kind], _SCALARS[kind])
    return TypeRef("Any", "AnyJson" if side == "request" else "Any")


def _literal(values: Iterable[Json]) -> TypeRef:
    listed = [value for value in values if isinstance(value, str | int | bool)]
    parts = [f"Literal[{', '.join(map(literal, listed))}]"] if listed else []
    parts += ["None"] if None in values else []
    text = " | ".join(parts)
    return TypeRef(text, text, (), tuple(parts))


def _union(options: Iterable[TypeRef]) -> TypeRef:
    # A bare None does not take part in `|` before a type does, so it goes last.
    listed = sorted(options, key=lambda one: one.plain == "None")
    plain = tuple(dict.fromkeys(part for one in listed for part in one.options))
    checked = dict.fromkeys(one.checked for one in listed)
    return TypeRef(" | ".join(plain), " | ".join(checked), (), plain)
