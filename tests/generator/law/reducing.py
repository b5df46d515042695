"""The smallest case that still breaks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.generator.law.descriptions import Case


def smallest(case: Case, breaks: Callable[[Case], bool]) -> Case:
    """The case with all left out that can be: members, elements, levels of nesting."""
    found = True
    while found:
        found = False
        for other in _smaller(case):
            if breaks(other):
                case, found = other, True
                break
    return case


def _smaller(case: Case) -> Iterator[Case]:
    for name in case.schemas:
        if name != "Root" and f"schemas/{name}'" not in repr({**case.schemas, name: {}}):
            yield replace(case, schemas={key: one for key, one in case.schemas.items() if key != name})
    for name, schema in case.schemas.items():
        if name != "Root":
            yield replace(case, schemas=_inlined(case.schemas, name, schema))
    for name, schema in case.schemas.items():
        for other in _reduced(schema):
            if isinstance(other, dict) and typed(other):
                yield replace(case, schemas={**case.schemas, name: other})
    for place, value in enumerate(case.values):
        for made in _reduced(value):
            yield replace(case, values=(*case.values[:place], made, *case.values[place + 1 :]))


def _inlined(schemas: dict[str, Any], name: str, schema: Any) -> dict[str, Any]:
    def put(value: Any) -> Any:
        if isinstance(value, dict):
            return (
                schema if value == {"$ref": f"#/components/schemas/{name}"} else {k: put(v) for k, v in value.items()}
            )
        return [put(one) for one in value] if isinstance(value, list) else value

    return {key: put(one) for key, one in schemas.items() if key != name}


def _reduced(value: Any) -> Iterator[Any]:
    """Smaller values, the smallest first."""
    if isinstance(value, dict):
        yield from (member for member in value.values() if isinstance(member, dict))
        yield from (one for member in value.values() if isinstance(member, list) for one in member)
        yield from (one for member in value.values() if isinstance(member, dict) for one in member.values())
        for key in value:
            yield {name: member for name, member in value.items() if name != key}
        for key, member in value.items():
            yield from ({**value, key: other} for other in _reduced(member))
    elif isinstance(value, list):
        yield from (value[:place] + value[place + 1 :] for place in range(len(value)))
        for place, element in enumerate(value):
            yield from ([*value[:place], other, *value[place + 1 :]] for other in _reduced(element))


def typed(schema: Any) -> bool:
    """Whether a schema says its type where it says more of one: without that it means what nobody wants."""
    if isinstance(schema, list):
        return all(map(typed, schema))
    if not isinstance(schema, dict):
        return True
    about = {"properties", "required", "items", "additionalProperties", "minLength", "minimum", "format", "nullable"}
    fields = isinstance(schema.get("properties"), dict)
    inner = [value for key, value in schema.items() if key not in ("properties", "enum", "const", "required")]
    inner += [*schema["properties"].values()] if fields else []
    return (not about & set(schema) or "type" in schema or "allOf" in schema) and all(map(typed, inner))
