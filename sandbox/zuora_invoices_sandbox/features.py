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
    from collections.abc import Iterator, Mapping, Sequence

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
    return list(_ungated(type(order), [order], tenant.features, (), listed=False))


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
def _leading(
    model: type[RequestModel], features: frozenset[Feature]
) -> tuple[tuple[str, str, type[RequestModel]], ...]:
    """Python and wire names, and models, of the fields in whose objects there may be such fields."""
    fields = fields_of(model)
    return tuple(
        (fields.names[wire], wire, inner)
        for wire, inner in fields.inner.items()
        if _closed(inner, features) or _leading(inner, features)
    )


def _ungated(
    kind: type[RequestModel], models: Sequence[RequestModel], features: frozenset[Feature], path: Path, *, listed: bool
) -> Iterator[Reason]:
    """The reasons for models of one kind: those of an array at a path, or the one that stands there itself."""
    closed, leading = _closed(kind, features), _leading(kind, features)
    for place, model in enumerate(models):
        given = model.model_fields_set
        if not closed.keys().isdisjoint(given):
            for name, (wire, feature) in closed.items():
                if name in given:
                    where = spelled((*path, place, wire) if listed else (*path, wire))
                    message = f"{where} needs {feature}, which this tenant does not have"
                    yield reason(kind, wire, Category.RULE, message)
        for name, wire, inner in leading:
            if (value := model.__dict__.get(name)) is not None:
                at = (*path, place, wire) if listed else (*path, wire)
                many = isinstance(value, list)
                yield from _ungated(inner, value if many else [value], features, at, listed=many)
