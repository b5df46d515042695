"""Which fields need a feature that a tenant may not have, from `x-requires-feature` in the description."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from .fields import fields_of
from .findings import spelled
from .refusal import Category, reason
from .tenant.model import Feature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zuora_invoices import models
    from zuora_invoices._runtime.model import RequestModel

    from .fields import Path
    from .refusal import Reason
    from .tenant.model import Tenant

_KEYWORD: Final = "x-requires-feature"


def ungated(order: models.PostInvoiceType, tenant: Tenant) -> list[Reason]:
    """A reason for each field, however deep in the order, that the tenant has not the feature for.

    A field that is given counts, whatever its value: an empty array too.
    """
    return list(_ungated(order, tenant.features, ()))


@cache
def gates() -> Mapping[str, Mapping[str, Feature]]:
    """Schema -> wire name -> the feature that the field needs; under `""` the headers."""
    document = json.loads(resources.files("zuora_invoices").joinpath("openapi.json").read_bytes())["components"]
    found = {
        schema: {name: Feature(one[_KEYWORD]) for name, one in definition["properties"].items() if _KEYWORD in one}
        for schema, definition in document["schemas"].items()
    }
    headers = document["parameters"].values()
    found[""] = {one["name"]: Feature(one[_KEYWORD]) for one in headers if _KEYWORD in one}
    return found


@lru_cache(maxsize=256)
def _closed(model: type[RequestModel], features: frozenset[Feature]) -> Mapping[str, tuple[str, Feature]]:
    """Python name -> wire name and feature of the fields that a tenant with these features has not."""
    names = fields_of(model).names
    gated = gates()[model.__name__]
    return {names[wire]: (wire, feature) for wire, feature in gated.items() if feature not in features}


@lru_cache(maxsize=256)
def _leading(model: type[RequestModel], features: frozenset[Feature]) -> tuple[tuple[str, str], ...]:
    """Python and wire names of the fields in whose objects there may be such fields."""
    fields = fields_of(model)
    return tuple(
        (fields.names[wire], wire)
        for wire, inner in fields.inner.items()
        if _closed(inner, features) or _leading(inner, features)
    )


def _ungated(model: RequestModel, features: frozenset[Feature], path: Path) -> Iterator[Reason]:
    kind = type(model)
    closed = _closed(kind, features)
    if not closed.keys().isdisjoint(model.model_fields_set):
        for name, (wire, feature) in closed.items():
            if name in model.model_fields_set:
                message = f"{spelled((*path, wire))} needs {feature}, which this tenant does not have"
                yield reason(kind, wire, Category.RULE, message)
    for name, wire in _leading(kind, features):
        value = model.__dict__.get(name)
        if isinstance(value, list):
            for place, element in enumerate(value):
                yield from _ungated(element, features, (*path, wire, place))
        elif value is not None:
            yield from _ungated(value, features, (*path, wire))
