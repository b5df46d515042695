"""What `bill` gives fits the description and the client, is what the store gives back, and is the same each time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import jsonschema_rs
import pytest

from tests.description import BUNDLE, SCHEMAS
from tests.sandbox.billing.biller import NOW, Biller, item_of, order_of, tenant_with
from zuora_invoices import models
from zuora_invoices._runtime.codec import decode, encode
from zuora_invoices_sandbox.ids import Ids
from zuora_invoices_sandbox.refusal import Refused
from zuora_invoices_sandbox.store import Store

SCHEMA = jsonschema_rs.validator_for(
    {**BUNDLE, "$ref": "#/components/schemas/Invoice", "$schema": "https://json-schema.org/draft/2020-12/schema"},
    validate_formats=True,
)
GREATEST = Decimal("9" * 64 + ".99")
WHOLE: dict[str, Any] = {
    "status": "Posted",
    "comments": "hello",
    "billToContact": {"firstName": "Eva", "lastName": "Gil"},
    "SyncDate__NS": "2024-07-11",
    "size__c": Decimal("0.10000000000000000000000000000000000001"),
    "invoiceItems": [
        item_of(GREATEST, quantity=Decimal("1.50"), serviceEndDate="2024-07-31", chargeDate="2024-07-11 02:31:04"),
        item_of(119, taxMode="TaxInclusive", taxCode="VAT", discountItems=[{"amount": -1, "chargeName": "Discount"}]),
    ],
}


@pytest.mark.parametrize("order", [{}, WHOLE], ids=["least", "whole"])
def test_its_document_fits_the_description_and_the_client(biller: Biller, order: dict[str, Any]) -> None:
    body = encode({"success": True, **biller(order_of(**order)).document})
    SCHEMA.validate(decode(body))
    invoice = models.Invoice.model_validate_json(body)
    declared = {name for name, one in SCHEMAS["Invoice"]["properties"].items() if one.get("x-known-from") != "sdk"}
    declared -= {"success", "processId", "requestId"}
    assert declared == {name for name in invoice.to_wire() if not name.endswith("__c")} - {"success"}
    assert invoice.created_date == datetime(2024, 7, 11, 2, 31, 4)


def test_the_greatest_amounts_come_out_as_they_went_in(biller: Biller) -> None:
    invoice = biller(order_of(invoiceItems=[item_of(GREATEST), item_of("0.01")]))
    assert invoice.document["amount"] == invoice.amount == 10**64
    assert encode(invoice.document["balance"]) == b"1" + b"0" * 64
    assert biller(order_of(invoiceItems=[item_of(GREATEST)])).document["balance"] == GREATEST


def test_the_record_agrees_with_its_document(biller: Biller) -> None:
    invoice = biller(order_of(**WHOLE))
    document = invoice.document
    assert [invoice.id, invoice.number, invoice.account_id, invoice.status, invoice.currency] == [
        document[name] for name in ("id", "invoiceNumber", "accountId", "status", "currency")
    ]
    assert [invoice.invoice_date.isoformat(), invoice.due_date.isoformat()] == [
        document["invoiceDate"],
        document["dueDate"],
    ]
    names = ("amount", "amountWithoutTax", "taxAmount", "taxExemptAmount", "discount", "balance")
    assert [
        invoice.amount,
        invoice.amount_without_tax,
        invoice.tax_amount,
        invoice.tax_exempt_amount,
        invoice.discount,
        invoice.balance,
    ] == [document[name] for name in names]
    assert (invoice.account_number, invoice.created_by, invoice.created_at) == (
        "A00000001",
        document["createdById"],
        NOW,
    )
    assert [(one.kind, one.quantity) for one in invoice.items] == [
        ("item", Decimal("1.50")),
        ("item", Decimal(1)),
        ("discount", Decimal(1)),
    ]
    assert "discountItems" not in invoice.items[1].document


def test_the_store_gives_it_back() -> None:
    store = Store(":memory:")
    try:
        with store.transaction() as transaction:
            invoice = Biller(transaction)(order_of(**WHOLE))
        assert store.invoice("cases", invoice.id) == invoice
    finally:
        store.close()


def test_times_are_in_utc(biller: Biller) -> None:
    biller.now = datetime(2024, 7, 11, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    invoice = biller(order_of(status="Posted"))
    assert invoice.document["createdDate"] == "2024-07-12 04:30:00"
    assert invoice.document["postedDate"] == "2024-07-12"
    assert invoice.created_at.tzinfo is UTC


def test_ids_are_those_of_the_seed_and_of_the_serial_number(biller: Biller) -> None:
    first, second = biller(order_of()), biller(order_of())
    assert first.id == Ids(seed=7).derived("invoice", "cases", 1)
    assert second.id == Ids(seed=7).derived("invoice", "cases", 2)


def test_each_reason_is_given_up_to_a_hundred(biller: Biller) -> None:
    def reasons(count: int) -> list[str]:
        items = [item_of(1, serviceEndDate=date(2024, 1, 1)) for _ in range(count)]
        with pytest.raises(Refused) as refused:
            biller(order_of(invoiceItems=items))
        return [one.message for one in refused.value.reasons]

    assert len(reasons(100)) == 100
    assert len(reasons(102)) == 101
    assert reasons(101)[-1] == "at least 1 more thing is wrong"
    assert reasons(1000)[-1] == "at least 900 more things are wrong"


def test_an_order_is_left_as_it_was(biller: Biller) -> None:
    order = order_of(**WHOLE)
    before = order.to_wire()
    biller(order)
    assert order.to_wire() == before


def test_a_tenant_without_a_feature_refuses_its_fields(biller: Biller) -> None:
    biller.tenant = tenant_with({"/features": ["Taxation"]})
    with pytest.raises(Refused) as refused:
        biller(order_of(paymentTerm="Net 30", currency="EUR", templateId="none"))
    assert sorted(one.code for one in refused.value.reasons) == [58490630, 58491230, 58492130, 58492140]


def test_a_reason_does_not_repeat_a_long_text(biller: Biller) -> None:
    long = "9" * 10_000
    texts = dict.fromkeys(("accountId", "accountNumber", "currency", "templateId"), long)
    with pytest.raises(Refused) as unknown:
        biller(order_of(**texts, invoiceItems=[item_of(1, productRatePlanChargeId=long)]))
    with pytest.raises(Refused) as contacts:
        biller(order_of(billToContactId=long))
    reasons = [*unknown.value.reasons, *contacts.value.reasons]
    assert len(reasons) == 6
    assert all(f"{long[:100]}..." in one.message and len(one.message) < 250 for one in reasons)
