"""JSON values: their types, their equality as JSON Schema sees it, and how a message shows them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeGuard

from generator.document.tree import Array, Json, Node, Object

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

TYPES: Final = ("array", "boolean", "integer", "null", "number", "object", "string")


def is_number(value: Json) -> TypeGuard[int | Decimal]:
    """Whether a value is a number; `true` is none."""
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def type_of(value: Json) -> str:
    """The JSON Schema type of a value; `1.0` is an integer."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, Decimal):
        return "integer" if value == value.to_integral_value() else "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, Array) else "object"


def fits(value: Json, types: frozenset[str]) -> bool:
    """Whether a value is of one of the types; integers are numbers."""
    kind = type_of(value)
    return kind in types or (kind == "integer" and "number" in types)


def canonical(value: Json) -> Hashable:
    """A key that two values share when JSON Schema holds them for equal: `1` and `1.0`, but not `1` and `true`."""
    if isinstance(value, Object):
        return "object", frozenset((key, canonical(member)) for key, member in value.items())
    if isinstance(value, Array):
        return "array", tuple(canonical(element) for element in value)
    return ("boolean", value) if isinstance(value, bool) else value


def show(value: Json, limit: int = 60) -> str:
    """A value as JSON-like text of bounded length."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Object):
        return f"an object of {len(value)} members"
    if isinstance(value, Array):
        return f"an array of {len(value)} elements"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= limit else f"{text[: limit - 3]}..."


def declared_types(schema: Node) -> frozenset[str] | None:
    """The types that a schema's own `type` allows; `None` when it says nothing usable. 3.0's `nullable` counts."""
    kind = schema.object.get("type")
    listed = [kind] if isinstance(kind, str) else list(kind) if isinstance(kind, Array) else []
    types = {each for each in listed if isinstance(each, str) and each in TYPES}
    if not types or len(types) != len(listed):
        return None
    return frozenset(types | {"null"}) if schema.is_true("nullable") else frozenset(types)


def allows(schema: Node, value: Json, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a value is of a schema's type and among its values, all that it is composed of included."""
    if schema.pointer in seen or not isinstance(schema.value, Object):
        return schema.value is not False
    seen |= {schema.pointer}
    types, listed, only = declared_types(schema), schema.child("enum"), schema.child("const")
    key = canonical(value)
    return (
        (types is None or fits(value, types))
        and (listed is None or any(canonical(one.value) == key for one in listed.elements()))
        and (only is None or canonical(only.value) == key)
        and ((target := schema.target) is None or allows(target, value, seen))
        and all(allows(one, value, seen) for one in schema.elements_of("allOf"))
        and all(
            any(allows(one, value, seen) for one in options)
            for word in ("anyOf", "oneOf")
            if (options := list(schema.elements_of(word)))
        )
    )


def strings(node: Node | None) -> Iterator[tuple[str, Node]]:
    """The texts among the elements of an array."""
    for element in node.elements() if node else ():
        if isinstance(element.value, str):
            yield element.value, element
