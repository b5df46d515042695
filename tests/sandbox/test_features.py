"""Fields that need a feature: those of the description, wherever they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.description import BUNDLE, SCHEMAS, Node
from tests.generated.test_rules import DISCOUNT, INVOICE, ITEM, REQUESTS, TAX
from tests.sandbox.samples import tenant_with
from tests.sandbox.test_validation import AROUND, NONE
from zuora_invoices_sandbox.features import gates, ungated
from zuora_invoices_sandbox.refusal import Category, reason
from zuora_invoices_sandbox.tenant.model import Feature
from zuora_invoices_sandbox.validation import read_invoice

if TYPE_CHECKING:
    from collections.abc import Iterator

GATED = [
    (schema, field, definition["x-requires-feature"])
    for schema in AROUND
    for field, definition in SCHEMAS[schema]["properties"].items()
    if "x-requires-feature" in definition
]
ALL = frozenset(Feature)


def named(node: object) -> Iterator[str]:
    """Every feature that the description names anywhere."""
    if isinstance(node, dict):
        if "x-requires-feature" in node:
            yield node["x-requires-feature"]
        for member in node.values():
            yield from named(member)
    elif isinstance(node, list):
        for element in node:
            yield from named(element)


def fit(schema: str, field: str) -> object:
    definition: Node = SCHEMAS[schema]["properties"][field]
    if "$ref" in definition:
        return REQUESTS[definition["$ref"].rpartition("/")[2]][1]
    if "enum" in definition:
        return definition["enum"][0]
    return {"boolean": False, "array": [], "string": "x"}[definition["type"]]


def test_the_features_are_those_that_the_description_names() -> None:
    assert set(named(BUNDLE)) == set(map(str, Feature))


def test_headers_need_features_too() -> None:
    assert gates()[""] == {"Zuora-Entity-Ids": Feature.MULTI_ENTITY, "Zuora-Org-Ids": Feature.MULTI_ORG}


@pytest.mark.parametrize(("schema", "field", "feature"), GATED)
def test_a_field_needs_its_feature(schema: str, field: str, feature: str) -> None:
    model, least = REQUESTS[schema]
    around, where = AROUND[schema]
    order = read_invoice(around({**least, field: fit(schema, field)}), NONE)
    assert not ungated(order, tenant_with(ALL))
    clause = f"{where}{field} needs {feature}, which this tenant does not have"
    expected = reason(model, field, Category.RULE, clause)
    assert expected in ungated(order, tenant_with(ALL - {Feature(feature)}))
    assert expected in ungated(order, tenant_with())


def test_every_field_is_told_and_no_other() -> None:
    discount = {**DISCOUNT, "taxItems": [], "SyncDate__NS": "", "x__c": 1}
    body = {
        **INVOICE,
        "currency": "USD",
        "autoPay": True,
        "invoiceItems": [ITEM, {**ITEM, "taxItems": [TAX], "discountItems": [DISCOUNT, discount]}],
    }
    order = read_invoice(body, NONE)
    owned = frozenset({Feature.NETSUITE})
    assert [one.message.partition(" needs ")[0] for one in ungated(order, tenant_with(owned))] == [
        "currency",
        "invoiceItems[1].taxItems",
        "invoiceItems[1].discountItems[1].taxItems",
    ]
    assert not ungated(read_invoice(INVOICE, NONE), tenant_with())
