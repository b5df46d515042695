"""The Python type of a normalized schema, as it stands in models, in signatures and in `_operations.py`."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import msgspec

from generator.document.tree import Array, Json, Object
from generator.python.pattern import fault, portable, pythonic
from generator.python.source import AMONG, AS_TEXT, EXACTLY_ONE, MATCHES, TAGGED, UNIQUE, annotation, literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.document.grammar import Side
    from generator.document.tree import Node


class TypeRef(msgspec.Struct, frozen=True):
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
    "minProperties": "min_length",
    "maxProperties": "max_length",
}
"""JSON Schema's word -> pydantic's."""

SIZES: Final = ("minProperties", "maxProperties")
"""Those of maps; of objects with fields they are rules between these."""

TAG: Final = "discriminator"
"""In a normalized choice: the `name` of the tag, the class of each of its `tags`, and of an `unknown` one."""
_NULL: Final = {"type": "null"}
_SCALARS: Final = {"string": "str", "integer": "int", "boolean": "bool", "null": "None"}


def bounds(schema: Object) -> tuple[tuple[str, Json], ...]:
    """The bounds of a value as arguments of pydantic's `Field`; those that its type cannot be asked are left out.

    Those of a value that may be null are the bounds of what it is else.
    """
    found: list[tuple[str, Json]] = []
    if "x-exactly-one" in schema:
        found.append((EXACTLY_ONE, schema["x-exactly-one"]))
    if TAG in schema:
        found.append((TAGGED, schema[TAG]))
    whole, schema = schema, without_null(schema)
    kinds = _kinds(schema)
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
    if not all(isinstance(value, str) for value in values(schema)):
        null = [] if schema is whole else [None]
        found.append((AMONG, Array([*values(schema), *null], schema.location)))
    return tuple(found)


def _pattern(name: str, pattern: str, *, as_text: bool) -> Iterator[tuple[str, Json]]:
    """The bound for the engine that can check it, if there is one."""
    if (linear := portable(pattern)) is not None:
        yield (f"{AS_TEXT}.{name}" if as_text else name), linear
    elif (searched := pythonic(pattern)) is not None:
        yield f"{AS_TEXT}.matches" if as_text else MATCHES, searched


def described(node: Node, schema: Node | None = None, more: Iterable[str] = ()) -> str:
    """What a node says of itself, and what its schema, itself if none is given, demands and no client can check."""
    text, unchecked = node.text("description"), "; ".join(dict.fromkeys((*_unchecked(schema or node), *more)))
    return (
        "\n\n".join(filter(None, (text.rstrip(), f"Not checked before sending: {unchecked}."))) if unchecked else text
    )


def _unchecked(schema: Node) -> Iterator[str]:
    """What of a schema, or of what is in it and has no name of its own, is not checked."""
    pattern = schema.text("pattern")
    if fault(pattern):
        yield f"that it matches the pattern `{pattern}`"
    yield from (str(one.value) for one in schema.elements_of("x-unchecked"))
    if "properties" not in schema.object:
        inner = (schema.child("items"), schema.child("additionalProperties"), *schema.elements_of("anyOf"))
        for one in inner:
            if one is not None:
                yield from _unchecked(one)


def values(schema: Object) -> list[Json]:
    """The values that a schema lists, if it does."""
    listed = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return list(listed) if isinstance(listed, list) else []


def without_null(schema: Object) -> Object:
    """What a value is if it is not null, where it may be that; where there are several such schemas, the choice."""
    options = schema.get("anyOf")
    real = [one for one in options if one != _NULL] if isinstance(options, Array) else []
    return real[0] if len(real) == 1 and isinstance(real[0], Object) else schema


def applies(word: str, schema: Object) -> bool:
    """Whether a bound can be checked on values of the schema's Python type."""
    kinds = _kinds(schema)
    if word in ("minLength", "maxLength", "pattern"):
        return kinds == {"string"}
    if word in ("minItems", "maxItems", "uniqueItems"):
        return kinds == {"array"}
    if word in SIZES:
        return kinds == {"object"} and "properties" not in schema
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
    strict = side == "request"
    if schema.get("x-file") is True:
        return TypeRef("Upload", "Upload")
    if kind == "number":
        return TypeRef("Decimal", "Number" if strict else "AnsweredNumber")
    if kind == "integer":
        return TypeRef("int", "Integer")
    if values(schema) and not all(isinstance(value, str | int) for value in values(schema)):
        return TypeRef("Any", "AnyJson")
    if kind != "string" or values(schema):
        return None
    own_form = schema.get("x-datetime-format")
    if isinstance(own_form, str):
        return TypeRef("datetime", f"{'' if strict else 'Answered'}{timestamps[own_form]}")
    if form == "date":
        return TypeRef("date", "Date" if strict else "AnsweredDate")
    if form == "date-time":
        return TypeRef("datetime", "Instant" if strict else "AnsweredTime")
    return TypeRef("str", "Email") if form == "email" and strict else None


def type_ref(schema: Json, side: Side, timestamps: Mapping[str, str], home: str = "models.") -> TypeRef:
    """The type of any normalized schema; `home` is how named ones are reached."""
    if not isinstance(schema, Object):
        return TypeRef("Any", "Any")
    reference = schema.get("$ref")
    if isinstance(reference, str):
        name = f"{home}{reference.rpartition('/')[2]}"
        return TypeRef(name, name)
    options = schema.get("anyOf")
    if isinstance(options, Array):
        made = [type_ref(option, side, timestamps, home) for option in options]
        real = without_null(schema)
        if real is schema:
            union = _union([_annotated(one) for one in made])
            return TypeRef(union.plain, union.checked, bounds(schema), union.alternatives)
        inner = [TypeRef(one.plain, one.checked, (), one.alternatives) for one in made]
        union = _union(inner if not {"x-exactly-one", TAG} & set(schema) else map(_annotated, made))
        return TypeRef(union.plain, union.checked, bounds(schema), union.alternatives)
    special = scalar(schema, side, timestamps)
    if special is not None:
        made_of = special
    elif values(schema):
        made_of = _literal(values(schema))
    else:
        made_of = _of_kind(schema, schema.get("type"), side, timestamps, home)
    return TypeRef(made_of.plain, made_of.checked, bounds(schema), made_of.alternatives)


def annotated(type_: TypeRef) -> str:
    """The checked type with its bounds: `Annotated[str, Field(max_length=255)]`."""
    return _annotated(type_).checked


def _annotated(type_: TypeRef) -> TypeRef:
    if not type_.metadata:
        return type_
    return TypeRef(type_.plain, f"Annotated[{type_.checked}, {annotation(type_.metadata)}]", (), type_.alternatives)


def _of_kind(schema: Object, kind: Json, side: Side, timestamps: Mapping[str, str], home: str) -> TypeRef:
    if kind == "array":
        item = _annotated(type_ref(schema.get("items", _any(schema)), side, timestamps, home))
        return TypeRef(f"list[{item.plain}]", f"list[{item.checked}]")
    if kind == "object" or (kind is None and "additionalProperties" in schema):
        values_of = schema.get("additionalProperties")
        inner = values_of if isinstance(values_of, Object) else _any(schema)
        value = _annotated(type_ref(inner, side, timestamps, home))
        return TypeRef(f"dict[str, {value.plain}]", f"dict[str, {value.checked}]")
    if isinstance(kind, str) and kind in _SCALARS:
        return TypeRef(_SCALARS[kind], _SCALARS[kind])
    return TypeRef("Any", "AnyJson" if side == "request" else "Any")


def _any(schema: Object) -> Object:
    return Object({}, schema.location)


def _literal(listed: Iterable[Json]) -> TypeRef:
    text = f"Literal[{', '.join(map(literal, listed))}]"
    return TypeRef(text, text, (), (text,))


def _union(options: Iterable[TypeRef]) -> TypeRef:
    # A bare None does not take part in `|` before a type does, so it goes last.
    listed = sorted(options, key=lambda one: one.plain == "None")
    plain = tuple(dict.fromkeys(part for one in listed for part in one.options))
    checked = dict.fromkeys(one.checked for one in listed)
    return TypeRef(" | ".join(plain), " | ".join(checked), (), plain)
