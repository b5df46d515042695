"""The quick path of our own requests: with it and without it the same errors and the same bytes."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests import mutations
from zuora_invoices import RequestValidationError, models
from zuora_invoices._runtime import model as model_base
from zuora_invoices._runtime import quick, request
from zuora_invoices._runtime.codec import encode
from zuora_invoices._runtime.operation import Body, Operation, Parameter
from zuora_invoices._runtime.options import Settings
from zuora_invoices._runtime.origins import Origins
from zuora_invoices._runtime.schemas import UnsureError, fields_of
from zuora_invoices._runtime.twins import KINDS
from zuora_invoices._runtime.values import same_json
from zuora_invoices._runtime.wire import WireModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


@pytest.fixture(autouse=True)
def nothing_is_known() -> Iterator[None]:
    """Let the quick path know nothing, and forget what it learns: what it keeps of a class has a bound."""
    with patch.dict(KINDS, clear=True):
        yield


@contextmanager
def slowly() -> Iterator[None]:
    """Let pydantic do all of it."""
    with (
        patch.object(model_base, "fill", lambda *_: False),
        patch.object(model_base, "made", side_effect=UnsureError),
        patch.object(request, "sent", lambda *_: None),
    ):
        yield


@settings(max_examples=150)
@given(st.data())
def test_the_quick_path_is_never_seen_where_models_are_sent(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(BASE)))
    model = mutations.mutated(data.draw, mutations.made(data.draw, kind, BASE))
    version = data.draw(st.sampled_from([None, "223.0", "224.0"]))
    first, *quickly = outcome(model, kind, version)
    with slowly():
        second, *otherwise = outcome(model, kind, version)
    assert first == second
    if isinstance(first, str):
        assert same(quickly, otherwise)
    else:
        assert same_json(quickly[0], otherwise[0])


def made(make: Callable[[], object]) -> object:
    """What becomes of an attempt to make a model."""
    try:
        return mutations.shown(make())
    except ValidationError as error:
        return str(error), repr(error.errors(include_url=False))


@settings(max_examples=150)
@given(st.data())
def test_nor_is_it_seen_where_models_are_made(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(BASE)))
    fields = mutations.fields(data.draw, kind, BASE, 2)
    ways: list[Callable[[], object]] = [lambda: kind(**fields), lambda: kind.model_validate(fields)]
    with slowly():
        otherwise = [made(make) for make in ways]
    assert [made(make) for make in ways] == otherwise


# A new release of pydantic or msgspec that says things differently fails here, and with nobody who uses the client.
@pytest.mark.parametrize("kind", list(BASE))
def test_each_class_takes_the_quick_path(kind: Any) -> None:
    model = kind(**BASE[kind])
    assert quick.fill(model, BASE[kind])
    assert quick.sent(model, {}, Origins()) is not None
    assert [name for name, field in fields_of(kind, kind.__pydantic_core_schema__).items() if field.read is None] == []


def test_so_does_a_field_that_is_written_in_a_way_of_its_own() -> None:
    fields: dict[str, Any] = {**ITEM, "charge_date": datetime(2026, 11, 21, 10)}
    item = models.PostInvoiceItemType(**fields)
    assert quick.fill(item, fields)
    found = quick.sent(item, {}, Origins())
    assert found is not None
    assert found.declared("chargeDate") == datetime(2026, 11, 21, 10)
    assert b'"chargeDate":"2026-11-21 10:00:00"' in encode(found)


def test_so_does_what_was_changed_or_came_in_another_way() -> None:
    item = models.PostInvoiceItemType(**ITEM)
    others = [
        copy.copy(item),
        copy.deepcopy(item),
        item.model_copy(update={"amount": "7", "quantity": 2.5}),
        pickle.loads(pickle.dumps(item)),  # noqa: S301
        models.PostInvoiceItemType.model_construct(item.model_fields_set, **vars(item)),
    ]
    item.amount = Decimal(7)
    assert [one for one in (item, *others) if quick.sent(one, {}, Origins()) is None] == []


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
    sent = found.wire_field("invoices")
    for asked in (sent, [*sent]):
        assert list(map(id, origins.of_all(asked))) == list(map(id, batch.invoices))


def test_more_sets_of_names_than_are_kept() -> None:
    for number in range(600):
        names: dict[str, Any] = {f"a{number}__c": number, "b__c": "x"}
        contact = models.Contact(first_name="A", last_name="B", **names)
        content, _ = outcome(contact, models.Contact, None)
        assert content == f'{{"firstName":"A","lastName":"B","a{number}__c":{number},"b__c":"x"}}'.encode()


def test_sets_of_very_many_names_are_not_kept() -> None:
    names: dict[str, Any] = {f"a{number}__c": number for number in range(1000)}
    fields = {"first_name": "A", "last_name": "B", **names}
    contact = models.Contact(**fields)
    assert not quick.fill(contact, fields)
    assert quick.sent(contact, {}, Origins()) is None
    content, _ = outcome(contact, models.Contact, None)
    assert isinstance(content, bytes)
    assert content.endswith(b'"a999__c":999}')


def test_very_long_names_are_not_kept() -> None:
    fields: dict[str, Any] = {"first_name": "A", "last_name": "B", "a" * 5000 + "__c": 1}
    contact = models.Contact(**fields)
    assert not quick.fill(contact, fields)
    assert quick.sent(contact, {}, Origins()) is None
    content, _ = outcome(contact, models.Contact, None)
    assert isinstance(content, bytes)
    assert content.endswith(b'a__c":1}')


FIRST = """
import os, sys, threading
from zuora_invoices import models
from zuora_invoices._runtime import quick
from zuora_invoices._runtime.codec import encode
from zuora_invoices._runtime.origins import Origins

BODIES = []

def made(number):
    item = models.PostInvoiceItemType(amount=number, service_start_date="2026-11-01", charge_name="Work")
    return models.PostInvoiceType(account_number="A", invoice_date="2026-11-21", invoice_items=[item])

def work():
    for number in range(20):
        invoice = made(number)
        body = quick.sent(invoice, {}, Origins())
        expected = encode(invoice.to_wire())
        assert body is None or encode(body) == expected
        BODIES.append(expected)

def together():
    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    assert (len(BODIES), len(set(BODIES))) == (160, 20)
    assert quick.sent(made(1), {}, Origins()) is not None

sys.setswitchinterval(1e-5)
together()
if hasattr(os, "fork"):
    BODIES.clear()
    child = os.fork()
    if not child:
        together()
        os._exit(7)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
"""


def test_threads_that_come_first_at_once_and_forks_make_the_same() -> None:
    """In a process of its own, as nothing may be known of the classes yet."""
    folder = Path(models.__file__).parents[1]
    command = [sys.executable, "-W", "error", "-c", FIRST]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(folder)}, check=True)


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

    fields: dict[str, Any] = {"currency": "EUR", "custom_fx_rate": Decimal(1), "note": "n"}
    first = Extended(**fields)
    assert quick.fill(first, fields)
    Extended.__annotations__["note"] = Literal["m"]
    Extended.model_fields["note"].annotation = Literal["m"]
    Extended.model_rebuild(force=True)
    assert not quick.fill(first, fields)
    assert quick.sent(first, {}, Origins()) is None
    assert "note" in str(outcome(first, Extended, None)[0])
    assert Extended(**{**fields, "note": "m"}).note == "m"
    assert quick.fill(first, {**fields, "note": "m"})


def test_what_is_sent_shows_its_fields() -> None:
    found = quick.sent(models.PostInvoiceType(**INVOICE, **RED), {}, Origins())
    assert found is not None
    assert found.declared("accountNumber") == "A1"
    assert found.declared("colour__c") is None
    assert found.wire_field("colour__c") == "red"
    assert found.wire_field("nothing") is None
    assert found.to_wire() == models.PostInvoiceType(**INVOICE, **RED).to_wire()
    assert not isinstance(found, WireModel)
