"""Rules between fields: from a fragment of JSON Schema to a condition that the runtime can check."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from generator.api.model import Condition
from generator.document.tree import Array, Json, Object

if TYPE_CHECKING:
    from collections.abc import Iterable

_SILENT: Final = frozenset(("description", "title", "$comment", "then", "else", "type"))


class UnsayableError(Exception):
    """A rule has no form as a condition; the message says which keyword."""


def condition(rule: Json) -> Condition:
    """The condition that says what a fragment of JSON Schema says about the fields of an object.

    Raises:
        UnsayableError: there is none.
    """
    if not isinstance(rule, Object):
        raise UnsayableError(f"{rule!r} is no schema")
    parts = [part for key, value in rule.items() if key not in _SILENT for part in _part(key, value, rule)]
    return _together(parts)


def _part(key: str, value: Json, rule: Object) -> Iterable[Condition]:
    match key, value:
        case "required", Array() if value:
            yield Condition("Present", tuple(map(str, value)))
        case "not", Object():
            yield Condition("Not", (condition(value),))
        case "anyOf", Array():
            yield Condition("AnyOf", tuple(condition(branch) for branch in value))
        case "oneOf", Array():
            yield Condition("OneOf", tuple(condition(branch) for branch in value))
        case "allOf", Array():
            yield from (condition(branch) for branch in value)
        case "if", _:
            given = condition(value)
            if "then" in rule:
                yield Condition("When", (given, condition(rule["then"])))
            if "else" in rule:
                yield Condition("When", (Condition("Not", (given,)), condition(rule["else"])))
        case "dependentRequired", Object():
            for name, others in value.items():
                if isinstance(others, Array):
                    yield Condition(
                        "When", (Condition("Present", (name,)), Condition("Present", tuple(map(str, others))))
                    )
        case "dependentSchemas", Object():
            for name, schema in value.items():
                yield Condition("When", (Condition("Present", (name,)), condition(schema)))
        case "properties", Object():
            yield from (part for name, schema in value.items() for part in _value_of(name, schema))
        case (("minProperties" | "maxProperties"), int()):
            yield Condition("Count", (value, None) if key == "minProperties" else (0, value))
        case _:
            raise UnsayableError(f"{key!r} cannot be checked between fields")


def _value_of(name: str, schema: Json) -> Iterable[Condition]:
    """What is demanded of the value of one field."""
    if not isinstance(schema, Object):
        raise UnsayableError(f"of {name!r} the rule demands {schema!r}, which cannot be checked")
    for key, value in schema.items():
        match key, value:
            case "type", _ if "const" in schema or "enum" in schema:
                continue  # the values have that type
            case "const", (str() | int() | Decimal() | None):
                yield Condition("In", (name, value))
            case "enum", Array() if all(isinstance(one, str | int | Decimal | None) for one in value):
                yield Condition("In", (name, *value))
            case "items", Object():
                yield Condition("Inside", (name, condition(value)))
            case (("properties" | "required" | "not" | "anyOf" | "oneOf" | "allOf" | "if"), _):
                yield Condition("Inside", (name, _together(list(_part(key, value, schema)))))
            case _ if key not in _SILENT - {"type"}:
                raise UnsayableError(f"of {name!r} the rule demands {key!r}, which cannot be checked between fields")


def _together(parts: list[Condition]) -> Condition:
    if not parts:
        raise UnsayableError("the rule says nothing about fields")
    return parts[0] if len(parts) == 1 else Condition("AllOf", tuple(parts))
