"""An invoice that was created is returned, whatever stands in a field beside what says so."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Final

import httpx2
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

import zuora_invoices
from tests.description import SCHEMAS, exact
from zuora_invoices import Client, Unread, models
from zuora_invoices._runtime.codec import encode

law = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])

TELLING: Final = frozenset(SCHEMAS["Invoice"]["required"])
PROPERTIES: Final[dict[str, Any]] = SCHEMAS["Invoice"]["properties"]
_VALUES: Final = {"string": "text", "number": Decimal("12.50"), "integer": 3, "boolean": False}


def _good(wire: str, schema: dict[str, Any]) -> object:
    """A value for a field, as the description has it."""
    if "const" in schema:
        return schema["const"]
    if "x-datetime-format" in schema:
        return "2026-11-21 10:00:00"
    if schema.get("format") == "date":
        return "2026-11-21"
    kind = schema.get("type", "string")
    return _VALUES[kind if isinstance(kind, str) else kind[0]]


GOOD: Final[dict[str, object]] = {
    **{wire: _good(wire, schema) for wire, schema in PROPERTIES.items()},
    "weight__c": Decimal("2.50"),
    "newField": [1],
}
FIELDS: Final = {info.serialization_alias or name: name for name, info in models.Invoice.model_fields.items()}
BESIDE: Final = sorted(FIELDS.keys() - TELLING)
_ECHO: Final = SCHEMAS["Invoice"]["x-echo"]
ECHOED: Final = frozenset((*_ECHO["same"], *_ECHO["sums"]))
"""Fields of the answer by which it is told whether it is for the request, where they can be read."""
JSON: Final = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=12)
    | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
FAILED: Final[dict[str, object]] = {"success": False, "reasons": [{"code": 58490020, "message": "No."}]}


def order(**changes: object) -> models.PostInvoiceType:
    item = {"amount": _VALUES["number"], "serviceStartDate": "2026-11-21", "chargeName": "Set-up"}
    return models.PostInvoiceType.model_validate(
        {"accountNumber": "A1", "invoiceDate": "2026-11-21", "invoiceItems": [item], **changes}
    )


def client(body: object, **options: Any) -> Client:
    content = body if isinstance(body, bytes) else encode(body)
    transport = httpx2.MockTransport(
        lambda _: httpx2.Response(200, content=content, headers={"Content-Type": "application/json"})
    )
    http_client = httpx2.Client(transport=transport)
    return Client(base_url="https://z.example", token="t", http_client=http_client, **options)


def created(body: object, **options: Any) -> models.Invoice:
    return client(body, **options).invoices.create_standalone_invoice(order())


def is_odd(wire: str, value: object) -> bool:
    try:
        models.Invoice.model_validate({**GOOD, wire: value})
    except ValidationError:
        return True
    return False


EXPECTED: Final = created(GOOD)


def test_the_good_answer_has_every_field() -> None:
    assert EXPECTED.unread == ()
    assert EXPECTED.to_wire().keys() == GOOD.keys()
    assert FIELDS.keys() == PROPERTIES.keys()


@law
@given(st.sampled_from(BESIDE), JSON)
def test_one_odd_field_is_none_and_listed_and_everything_else_is_equal(wire: str, value: object) -> None:
    assume(is_odd(wire, value))
    invoice = created({**GOOD, wire: value})
    [one] = invoice.unread
    assert (one.path, exact(one.value)) == (wire, exact(value))
    assert invoice.to_wire() == {**EXPECTED.to_wire(), wire: None}
    with pytest.raises(zuora_invoices.UndecodableResponseError) as caught:
        created({**GOOD, wire: value}, strict_answers=True)
    assert caught.value.outcome == "unknown"


@law
@given(st.dictionaries(st.sampled_from(BESIDE), JSON, max_size=6))
def test_several_odd_fields_are_no_other_thing(changes: dict[str, object]) -> None:
    odd = {wire for wire, value in changes.items() if is_odd(wire, value)}
    assume(ECHOED & changes.keys() <= odd)
    invoice = created({**GOOD, **changes})
    assert {one.path for one in invoice.unread} == odd
    assert all(getattr(invoice, FIELDS[wire]) is None for wire in odd)
    untouched = EXPECTED.to_wire().keys() - changes.keys()
    assert {name: invoice.to_wire()[name] for name in untouched} == {
        name: EXPECTED.to_wire()[name] for name in untouched
    }


@law
@given(st.integers(0, 2), st.sampled_from(BESIDE), JSON)
def test_one_odd_element_of_a_batch_changes_nothing_for_the_others(place: int, wire: str, value: object) -> None:
    assume(is_odd(wire, value))
    elements: list[dict[str, object]] = [GOOD, GOOD, GOOD, FAILED]
    elements[place] = {**GOOD, wire: value}
    batch = models.PostInvoicesType(invoices=[order()] * 4)
    result = client({"success": True, "invoices": elements}).invoices.create_standalone_invoices(batch)
    assert [part.object_index for part in result.created] == [0, 1, 2]
    assert ([part.object_index for part in result.failed], result.unknown) == ([3], ())
    assert [one.path for one in result.unread] == [f"invoices[{place}].{wire}"]
    for part in result.created:
        assert [one.path for one in part.result.unread] == ([wire] if part.object_index == place else [])
        assert (part.result == EXPECTED) is (part.object_index != place)


@law
@given(st.integers(0, 2), JSON)
def test_an_element_that_tells_nothing_is_unknown_and_the_others_are_known(place: int, value: object) -> None:
    assume(not isinstance(value, dict) or value.keys().isdisjoint(("success", "id")))
    elements: list[object] = [GOOD, GOOD, FAILED]
    elements.insert(place, value)
    batch = models.PostInvoicesType(invoices=[order()] * 4)
    result = client({"success": True, "invoices": elements}).invoices.create_standalone_invoices(batch)
    [part] = result.unknown
    assert (part.object_index, exact(part.result), part.request) == (place, exact(value), order())
    assert (len(result.created), len(result.failed)) == (2, 1)
    with pytest.raises(zuora_invoices.BatchFailureError) as caught:
        result.raise_for_failures()
    assert (caught.value.outcome, caught.value.unknown) == ("unknown", result.unknown)


@law
@given(st.sampled_from(sorted(TELLING)), JSON)
def test_what_tells_of_success_is_not_guessed(wire: str, value: object) -> None:
    assume(is_odd(wire, value) and value not in (False, 0.0))  # 0 is taken for false: that says failure
    with pytest.raises(zuora_invoices.UndecodableResponseError) as caught:
        created({**GOOD, wire: value})
    assert caught.value.outcome == "unknown"


def test_it_is_logged_without_its_value_and_recorded(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "zuora_invoices")
    with zuora_invoices.answers() as answers:
        invoice = created({**GOOD, "amount": {"private": 1}})
    assert invoice.unread == (Unread("amount", {"private": 1}, invoice.unread[0].reason),)
    assert answers[0].unread == invoice.unread
    [line] = [record.getMessage() for record in caplog.records]
    assert "amount" in line
    assert "private" not in line


def test_an_option_for_a_client_a_copy_and_a_call() -> None:
    odd = client({**GOOD, "amount": "much"})
    assert odd.invoices.create_standalone_invoice(order()).amount is None
    with pytest.raises(zuora_invoices.UndecodableResponseError):
        odd.with_options(strict_answers=True).invoices.create_standalone_invoice(order())
    with pytest.raises(zuora_invoices.UndecodableResponseError):
        odd.invoices.create_standalone_invoice(order(), options={"strict_answers": True})
    lenient = client({**GOOD, "amount": "much"}, strict_answers=True)
    assert lenient.invoices.create_standalone_invoice(order(), options={"strict_answers": False}).amount is None


@pytest.mark.parametrize(
    ("element", "told"),
    [
        ({**GOOD, "id": 3}, "invoices[0].id: must be a string"),
        ({**FAILED, "reasons": 1}, "invoices[0].reasons: must be a list"),
        ({"id": "3"}, "invoices[0].success: is required"),
        ({**GOOD, "id": None, "amount": ""}, "invoices[0].id: must be a string; invoices[0].amount: must be a number"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_at_its_place_on_the_wire(element: object, told: str) -> None:
    strict = client({"success": True, "invoices": [element]}, strict_answers=True)
    with pytest.raises(zuora_invoices.UndecodableResponseError) as caught:
        strict.invoices.create_standalone_invoices(models.PostInvoicesType(invoices=[order()]))
    assert str(caught.value).partition("cannot read the answer: ")[2].startswith(told)


def test_a_day_is_never_guessed_from_a_number() -> None:
    for wire in ("invoiceDate", "dueDate", "createdDate"):
        for value in (0, 20261121, "0", "20261121", 1.5):
            invoice = created({**GOOD, wire: value})
            assert (getattr(invoice, FIELDS[wire]), [one.path for one in invoice.unread]) == (None, [wire])


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2025-10-15 13:53:36", datetime(2025, 10, 15, 13, 53, 36)),
        ("2025-10-15T13:53:36", datetime(2025, 10, 15, 13, 53, 36)),
        ("2025-10-15T13:53:36.308Z", datetime(2025, 10, 15, 13, 53, 36, 308000, UTC)),
        ("2025-10-15T13:53:36+02:00", datetime(2025, 10, 15, 13, 53, 36, 0, timezone(timedelta(hours=2)))),
    ],
)
def test_times_are_read_in_the_forms_that_the_vendor_writes(text: str, time: datetime) -> None:
    invoice = created({**GOOD, "createdDate": text})
    assert invoice.created_date is not None
    assert (invoice.created_date, invoice.created_date.utcoffset()) == (time, time.utcoffset())
    again = TypeAdapter(models.Invoice).validate_python(invoice.to_wire())
    assert (again.created_date, invoice.invoice_date) == (time, date(2026, 11, 21))


def test_a_byte_order_mark_before_an_answer() -> None:
    assert created(b"\xef\xbb\xbf" + encode(GOOD)) == EXPECTED
