"""The quick path of our own requests: with it and without it the same errors and the same bytes."""

from __future__ import annotations

import copy
import pickle
import threading
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import mutations
from zuora_invoices import RequestValidationError, models
from zuora_invoices._runtime import quick, request
from zuora_invoices._runtime.model import WireModel
from zuora_invoices._runtime.operation import Body, Operation, Parameter
from zuora_invoices._runtime.options import Settings
from zuora_invoices._runtime.origins import Origins
from zuora_invoices._runtime.values import same_json

TAX: dict[str, Any] = {
    "name": "VAT",
    "tax_amount": Decimal("1.90"),
    "tax_date": date(2026, 11, 21),
    "tax_mode": "TaxExclusive",
    "tax_rate": 19,
    "tax_rate_type": "Percentage",
    "tax_code": "A",
}
ITEM: dict[str, Any] = {"amount": "10.50", "service_start_date": "2026-11-01", "charge_name": "Work"}
INVOICE: dict[str, Any] = {"account_number": "A1", "invoice_date": date(2026, 11, 21), "invoice_items": [ITEM, ITEM]}
# Any: classes of models, and fields of many types.
BASE: dict[Any, dict[str, Any]] = {
    models.Contact: {"first_name": "A", "last_name": "B"},
    models.CustomRate: {"currency": "EUR", "custom_fx_rate": "1.1"},
    models.PostTaxationItemType: TAX,
    models.PostDiscountItemType: {"amount": -1, "charge_name": "Less"},
    models.PostInvoiceItemType: ITEM,
    models.PostInvoiceType: INVOICE,
    models.PostInvoicesType: {"invoices": [INVOICE, {**INVOICE, "colour__c": "red"}]},
}
RED: dict[str, Any] = {"colour__c": "red"}
VERSION = Parameter("Zuora-Version", "version", "header", str)


def outcome(model: object, kind: Any, version: str | None) -> tuple[object, ...]:
    """What becomes of a call with a body."""
    operation: Operation[object] = Operation(
        "add", "POST", "/", parameters=(VERSION,), body=Body("application/json", kind)
    )
    try:
        found = request.draft(operation, {"version": version}, model, Settings())
    except RequestValidationError as error:
        return str(error), error.violations
    return found.content, found.body


def same(one: object, other: object) -> bool:
    """Whether two values are the same as an error and as JSON, NaN too."""
    return repr(one) == repr(other)


@settings(max_examples=150)
@given(st.data())
def test_the_quick_path_is_never_seen(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(BASE)))
    model = mutations.mutated(data.draw, mutations.made(data.draw, kind, BASE))
    version = data.draw(st.sampled_from([None, "223.0", "224.0"]))
    first, *quickly = outcome(model, kind, version)
    with patch.object(request, "sent", lambda *_: None):
        second, *slowly = outcome(model, kind, version)
    assert first == second
    if isinstance(first, str):
        assert same(quickly, slowly)
    else:
        assert same_json(quickly[0], slowly[0])


@pytest.mark.parametrize("kind", list(BASE))
def test_each_class_takes_the_quick_path(kind: Any) -> None:
    assert quick.sent(kind(**BASE[kind]), {}, Origins()) is not None


def test_a_field_that_is_written_in_a_way_of_its_own_does_not() -> None:
    item = models.PostInvoiceItemType(**ITEM, charge_date=datetime(2026, 11, 21, 10))
    assert quick.sent(item, {}, Origins()) is None


def test_what_has_no_seal_is_checked() -> None:
    item = models.PostInvoiceItemType(**ITEM)
    others = [
        copy.copy(item),
        copy.deepcopy(item),
        item.model_copy(),
        pickle.loads(pickle.dumps(item)),  # noqa: S301
        models.PostInvoiceItemType.model_construct(**vars(item)),
    ]
    assert [quick.sent(one, {}, Origins()) for one in others] == [None] * 5
    assert quick.sent(item, {}, Origins()) is not None


def test_what_looks_inside_is_asked_again() -> None:
    """The items of an invoice can change twice: once before the batch is made, and back before it is sent."""
    items = [models.PostInvoiceItemType(**ITEM) for _ in range(501)]
    invoices = [models.PostInvoiceType(**{**INVOICE, "invoice_items": items}) for _ in range(2)]
    kept = invoices[0].invoice_items
    invoices[0].invoice_items = kept[:1]
    batch = models.PostInvoicesType(invoices=invoices)
    invoices[0].invoice_items = kept
    message, *_ = outcome(batch, models.PostInvoicesType, None)
    assert "at most 1000 are allowed" in str(message)


def test_a_newer_field_depends_on_the_call() -> None:
    rates = [models.CustomRate(currency="EUR", custom_fx_rate=Decimal("1.1"))]
    invoice = models.PostInvoiceType(**INVOICE, custom_rates=rates)
    assert quick.sent(invoice, {"Zuora-Version": "223.0"}, Origins()) is None
    assert quick.sent(invoice, {"Zuora-Version": "224.0"}, Origins()) is not None


def test_the_parts_of_a_batch_are_the_objects_that_were_passed_in() -> None:
    origins = Origins()
    batch = models.PostInvoicesType(**BASE[models.PostInvoicesType])
    found: Any = quick.sent(batch, {}, origins)
    assert [origins.of(one) for one in found.wire_field("invoices")] == batch.invoices
    assert all(
        origins.of(one) is given for one, given in zip(found.wire_field("invoices"), batch.invoices, strict=True)
    )


def test_more_sets_of_names_than_are_kept() -> None:
    for number in range(600):
        names: dict[str, Any] = {f"a{number}__c": number, "b__c": "x"}
        contact = models.Contact(first_name="A", last_name="B", **names)
        content, _ = outcome(contact, models.Contact, None)
        assert content == f'{{"firstName":"A","lastName":"B","a{number}__c":{number},"b__c":"x"}}'.encode()


def test_threads_that_change_a_model_never_send_what_was_not_checked() -> None:
    invoice = models.PostInvoiceType(**INVOICE)
    items = invoice.invoice_items
    other = [models.PostInvoiceItemType(**{**ITEM, "amount": Decimal(7)})]
    stop = threading.Event()

    def change() -> None:
        while not stop.is_set():
            invoice.invoice_items = other
            invoice.invoice_items = items

    changer = threading.Thread(target=change)
    changer.start()
    try:
        for _ in range(300):
            content, _ = outcome(invoice, models.PostInvoiceType, None)
            assert isinstance(content, bytes)
            assert (content.count(b'"amount":10.50'), content.count(b'"amount":7')) in ((2, 0), (0, 1))
    finally:
        stop.set()
        changer.join()


def test_a_class_that_was_made_anew_is_read_anew() -> None:
    class Extended(models.CustomRate):
        note: str | None = None

    first = Extended(currency="EUR", custom_fx_rate=Decimal(1), note="n")
    assert quick.sent(first, {}, Origins()) is not None
    Extended.model_rebuild(force=True)
    assert quick.sent(first, {}, Origins()) is None
    assert outcome(first, Extended, None)[0] == b'{"currency":"EUR","customFxRate":1,"note":"n"}'
    second = Extended(currency="EUR", custom_fx_rate=Decimal(1), note="n")
    assert quick.sent(second, {}, Origins()) is not None


def test_what_is_sent_shows_its_fields() -> None:
    found = quick.sent(models.PostInvoiceType(**INVOICE, **RED), {}, Origins())
    assert found is not None
    assert found.declared("accountNumber") == "A1"
    assert found.declared("colour__c") is None
    assert found.wire_field("colour__c") == "red"
    assert found.wire_field("nothing") is None
    assert found.to_wire() == models.PostInvoiceType(**INVOICE, **RED).to_wire()
    assert not isinstance(found, WireModel)
