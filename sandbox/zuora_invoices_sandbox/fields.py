"""The fields of the request models, as the description has them: their wire names, and which of them hold what."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, TypeAlias, get_args

from annotated_types import MaxLen

from zuora_invoices._runtime.groups import PropertyGroup, groups_of
from zuora_invoices._runtime.model import RequestModel

if TYPE_CHECKING:
    from collections.abc import Mapping

Path: TypeAlias = tuple[str | int, ...]
"""Where something stands in a document: wire names, and places in arrays counted from 0."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What one model declares."""

    names: Mapping[str, str]
    """Wire name -> Python name, in the order of the description."""
    inner: Mapping[str, type[RequestModel]]
    """Wire name -> the model of the object, or of each object of the array, in that field."""
    numbers: frozenset[str]
    """Wire names of the fields that hold numbers."""
    newer: frozenset[str]
    """Wire names of the fields that some calls may not have, by their headers."""
    most: Mapping[str, int]
    """Wire name -> how many elements the array in that field may have, or characters the string."""
    groups: tuple[PropertyGroup[object], ...]
    """The names that are fields by their form, such as those of custom fields."""

    def __contains__(self, wire_name: str) -> bool:
        return wire_name in self.names or any(wire_name in group for group in self.groups)


@cache
def fields_of(model: type[RequestModel]) -> Fields:
    """The fields of a request model."""
    names: dict[str, str] = {}
    inner: dict[str, type[RequestModel]] = {}
    numbers: set[str] = set()
    most: dict[str, int] = {}
    for name, field in model.model_fields.items():
        wire_name = field.serialization_alias or name
        names[wire_name] = name
        most.update((wire_name, one.max_length) for one in field.metadata if isinstance(one, MaxLen))
        for one in _classes(field.annotation):
            if issubclass(one, RequestModel):
                inner[wire_name] = one
            elif issubclass(one, Decimal):
                numbers.add(wire_name)
    newer = frozenset(model.minimum_versions)
    return Fields(names, inner, frozenset(numbers), newer, most, groups_of(model))


def holder(model: type[RequestModel], path: Path) -> tuple[type[RequestModel], str | None]:
    """The model that a path leads to, and the wire name of the field there; `None` for the object as a whole."""
    found: str | None = None
    for step in path:
        if not isinstance(step, str):
            continue
        if found is not None:
            inner = fields_of(model).inner.get(found)
            if inner is None:
                break  # the inside of a custom field
            model = inner
        found = step
    return model, found


def _classes(annotation: object) -> list[type]:
    """The classes that a type is made of: `list[Item] | None` is made of Item and None's."""
    arguments = get_args(annotation)
    if arguments:
        return [one for argument in arguments for one in _classes(argument)]
    return [annotation] if isinstance(annotation, type) else []
