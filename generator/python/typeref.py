"""The Python type of a normalized schema, as it stands in models, in signatures and in `_operations.py`."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from generator.document.tree import Array, Json, Object
from generator.python.pattern import fault, portable, pythonic
from generator.python.source import AMONG, AS_TEXT, EXACTLY_ONE, MATCHES, TAGGED, UNIQUE, annotation, literal, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

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


class Writing(msgspec.Struct, frozen=True):
    """How types are written in some place: `home` is how classes are reached there."""

    home: str = "models."
    later: Collection[str] = ()
    """The classes and aliases that come later, whose names stand in quotes."""
    circle: Collection[str] = ()
    """Aliases that are made of each other: of those that come later, a list or a map stands in quotes as a whole."""
    literal: Callable[[Json], str] = literal

    def has_quoted(self, schema: Json) -> bool:
        """Whether a name in the type of a schema stands in quotes."""
        return bool(self.later) and any(name in self.later for name in named_in(schema))

    def is_whole(self, schema: Json) -> bool:
        """Whether a list or a map stands in quotes itself."""
        return bool(self.circle) and any(name in self.later and name in self.circle for name in named_in(schema))


_IN_SIGNATURES: Final = Writing()
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


def type_ref(schema: Json, side: Side, timestamps: Mapping[str, str], writing: Writing = _IN_SIGNATURES) -> TypeRef:
    """The type of any normalized schema."""
    if not isinstance(schema, Object):
        return TypeRef("Any", "Any")
    reference = schema.get("$ref")
    if isinstance(reference, str):
        name = reference.rpartition("/")[2]
        reached = f'"{writing.home}{name}"' if name in writing.later else f"{writing.home}{name}"
        return TypeRef(reached, reached)
    options = schema.get("anyOf")
    if isinstance(options, Array):
        made = [type_ref(option, side, timestamps, writing) for option in options]
        if without_null(schema) is not schema and "x-exactly-one" not in schema and TAG not in schema:
            made = [TypeRef(one.plain, one.checked, (), one.alternatives) for one in made]
        union = _union(options, [_annotated(one) for one in made], writing)
        return TypeRef(union.plain, union.checked, bounds(schema), union.alternatives)
    special = scalar(schema, side, timestamps)
    if special is not None:
        made_of = special
    elif values(schema):
        made_of = _literal(values(schema), writing)
    elif writing.is_whole(schema):
        made_of = _of_kind(schema, side, timestamps, replace(writing, later=()))
        made_of = TypeRef(made_of.plain, quoted(made_of.checked))
    else:
        made_of = _of_kind(schema, side, timestamps, writing)
    return TypeRef(made_of.plain, made_of.checked, bounds(schema), made_of.alternatives)


def named_in(value: Json) -> Iterator[str]:
    """The names of the schemas that a normalized one refers to."""
    if isinstance(value, Object):
        reference = value.get("$ref")
        if isinstance(reference, str):
            yield reference.rpartition("/")[2]
    if isinstance(value, Object | Array):
        for member in value.values() if isinstance(value, Object) else value:
            yield from named_in(member)


def annotated(type_: TypeRef) -> str:
    """The checked type with its bounds: `Annotated[str, Field(max_length=255)]`."""
    return _annotated(type_).checked


def _annotated(type_: TypeRef) -> TypeRef:
    if not type_.metadata:
        return type_
    return TypeRef(type_.plain, f"Annotated[{type_.checked}, {annotation(type_.metadata)}]", (), type_.alternatives)


def _of_kind(schema: Object, side: Side, timestamps: Mapping[str, str], writing: Writing) -> TypeRef:
    kind = schema.get("type")
    if kind == "array":
        item = _annotated(type_ref(schema.get("items", _any(schema)), side, timestamps, writing))
        return TypeRef(f"list[{item.plain}]", f"list[{item.checked}]")
    if kind == "object" or (kind is None and "additionalProperties" in schema):
        values_of = schema.get("additionalProperties")
        inner = values_of if isinstance(values_of, Object) else _any(schema)
        value = _annotated(type_ref(inner, side, timestamps, writing))
        return TypeRef(f"dict[str, {value.plain}]", f"dict[str, {value.checked}]")
    if isinstance(kind, str) and kind in _SCALARS:
        return TypeRef(_SCALARS[kind], _SCALARS[kind])
    return TypeRef("Any", "AnyJson" if side == "request" else "Any")


def _any(schema: Object) -> Object:
    return Object({}, schema.location)


def _literal(listed: Iterable[Json], writing: Writing) -> TypeRef:
    text = f"Literal[{', '.join(map(writing.literal, listed))}]"
    return TypeRef(text, text, (), (text,))


def _union(options: Array, made: list[TypeRef], writing: Writing) -> TypeRef:
    # A bare None does not take part in `|` before a type does, so it goes last.
    listed = sorted(made, key=lambda one: one.plain == "None")
    plain = tuple(dict.fromkeys(part for one in listed for part in one.options))
    checked = list(dict.fromkeys(one.checked for one in listed))
    if all(option == _NULL or (isinstance(option, Object) and "const" in option) for option in options):
        checked = _one_literal(checked)
    joined = _by_name(checked) if writing.has_quoted(options) else " | ".join(checked)
    return TypeRef(" | ".join(plain), joined, (), plain)


def _one_literal(options: list[str]) -> list[str]:
    """Values that are listed one by one, as a single type."""
    literals = [one.removeprefix("Literal[").removesuffix("]") for one in options if one.startswith("Literal[")]
    others = [one for one in options if not one.startswith("Literal[")]
    return [f"Literal[{', '.join(literals)}]", *others] if literals and set(others) <= {"None"} else options


def _by_name(options: list[str]) -> str:
    """A choice of types without `|`, which takes no names in quotes."""
    real = [one for one in options if one != "None"]
    union = real[0] if len(real) == 1 else f"Union[{', '.join(real)}]"
    return union if real == options else f"Optional[{union}]"
