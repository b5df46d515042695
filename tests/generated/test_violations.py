"""What is wrong with a request is the same, by path, rule and message, where its model is made and where it is sent."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel, ValidationError

import zuora_invoices
from tests.description import SCHEMAS, Node
from tests.generated.test_rules import BATCH, INVOICE, ITEM, REQUESTS, python_names
from zuora_invoices import RequestValidationError, Violation, models, violations
from zuora_invoices._operations.invoices import CREATE_STANDALONE_INVOICE, CREATE_STANDALONE_INVOICES
from zuora_invoices._runtime.operation import Body, Operation
from zuora_invoices._runtime.options import Settings
from zuora_invoices._runtime.request import draft

if TYPE_CHECKING:
    from zuora_invoices._runtime.model import RequestModel

JUNK: list[Any] = [None, "", "x", "x" * 300, "2026-02-30", 0, -1, 1.5, Decimal("1E+40"), True, [], [{}], [5], {}, b"x"]
OPERATIONS = {"PostInvoiceType": CREATE_STANDALONE_INVOICE, "PostInvoicesType": CREATE_STANDALONE_INVOICES}


def made(kind: type[RequestModel], value: object) -> tuple[Violation, ...]:
    try:
        kind.model_validate(value)
    except ValidationError as error:
        return violations(error)
    return ()


def sent(schema: str, value: object) -> tuple[Violation, ...]:
    body = Body("application/json", REQUESTS[schema][0], required=True)
    operation: Operation[Any] = OPERATIONS.get(schema, Operation("op", "POST", "/", body=body))
    try:
        draft(operation, {}, value, Settings())
    except RequestValidationError as error:
        return error.violations
    return ()


@pytest.mark.parametrize("schema", REQUESTS)
def test_junk_in_every_field(schema: str) -> None:
    kind, least = REQUESTS[schema]
    names = python_names(kind)
    found: set[str] = set()
    for junk in JUNK:
        everywhere = dict.fromkeys(names, junk)
        for value in (everywhere, {**everywhere, **least}, {names[name]: junk for name in names}):
            assert made(kind, value) == sent(schema, value)
            found |= {one.path for one in made(kind, value)}
    assert found >= set(names)


@pytest.mark.parametrize("schema", REQUESTS)
def test_what_is_missing_unknown_or_against_a_rule_between_fields(schema: str) -> None:
    kind, least = REQUESTS[schema]
    everything = dict.fromkeys(SCHEMAS[schema]["properties"], "x")
    values: list[Any] = [{}, everything, {**least, "odd": 1}, {**everything, "odd__c": {}}, [], "x", ITEM]
    for value in values:
        assert made(kind, value) == sent(schema, value)
        assert made(kind, value) or value is ITEM


WRONG: Node = {**INVOICE, "invoiceItems": [ITEM, {**ITEM, "amount": "much", "chargeName": None}]}


def test_paths_lead_through_lists_and_objects() -> None:
    batch = {**BATCH, "invoices": [INVOICE, WRONG, {}]}
    found = {one.path: one.rule for one in made(models.PostInvoicesType, batch)}
    assert (
        found.items()
        >= {
            "invoices[1].invoiceItems[1].amount": "type",
            "invoices[1].invoiceItems[1].chargeName": "type",
            "invoices[2].invoiceDate": "required",
            "invoices[2].accountId": "constraint",
        }.items()
    )
    assert made(models.PostInvoicesType, batch) == sent("PostInvoicesType", batch)


class Order(BaseModel):
    """A model of the caller's own, with one of ours in it."""

    number: str
    invoice: models.PostInvoiceType


def test_within_a_model_of_the_callers_own() -> None:
    with pytest.raises(ValidationError) as caught:
        Order.model_validate({"number": "7", "invoice": WRONG})
    assert [(f"invoice.{one.path}", one.rule, one.message) for one in made(models.PostInvoiceType, WRONG)] == [
        (one.path, one.rule, one.message) for one in violations(caught.value)
    ]


def test_it_is_public() -> None:
    assert {"Violation", "violations"} <= set(zuora_invoices.__all__)
