"""Laws of what is stored: numbers, text, moments and documents come back digit for digit, whatever the database."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, inspect, select

from tests.sandbox.store.samples import NOON, a_contact, add, an_answer, an_invoice
from zuora_invoices._runtime.codec import encode
from zuora_invoices_sandbox.store import Store, StoreError
from zuora_invoices_sandbox.store.tables import contacts, invoices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zuora_invoices_sandbox.records import ContactRecord, InvoiceRecord, Json

# A server is slower than most functions that hypothesis calls; the store is only asked, never left changed.
_stored = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


class _UndoneError(Exception):
    pass


@contextmanager
def undone(store: Store) -> Iterator[Callable[[InvoiceRecord], InvoiceRecord]]:
    """A function that stores an invoice and reads it again; nothing of it stays."""
    with pytest.raises(_UndoneError), store.transaction() as transaction:  # noqa: PT012 - an example is one transaction

        def there_and_back(invoice: InvoiceRecord) -> InvoiceRecord:
            transaction.add("t", invoice)
            found = store.invoice("t", invoice.id)
            assert found is not None
            return found

        yield there_and_back
        raise _UndoneError


amounts = st.builds(
    lambda digits, places, negative: Decimal(f"{'-' if negative else ''}{digits}E-{places}"),
    st.integers(0, 10**60 - 1),
    st.integers(0, 40),
    st.booleans(),
)


@_stored
@given(amounts, amounts, amounts)
def test_money(store: Store, amount: Decimal, discount: Decimal, balance: Decimal) -> None:
    with undone(store) as there_and_back:
        found = there_and_back(replace(an_invoice("INV1"), amount=amount, discount=discount, balance=balance))
    expected = [f"{value or value.copy_abs():f}" for value in (amount, discount, balance)]
    assert [f"{value:f}" for value in (found.amount, found.discount, found.balance)] == expected


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("1.10", "1.10"),
        ("0", "0"),
        ("0.000", "0.000"),
        ("-0.00", "0.00"),
        ("1E+5", "100000"),
        ("1E-9", "0.000000001"),
        ("-1234567890123456789012345678901234567890.12345678901234567890", None),
        ("9" * 60, None),
        ("0." + "0" * 59 + "1", None),
    ],
)
def test_digits(store: Store, value: str, stored: str | None) -> None:
    with undone(store) as there_and_back:
        found = there_and_back(replace(an_invoice("INV1"), amount=Decimal(value)))
    assert f"{found.amount:f}" == (stored or value)
    assert found.amount == Decimal(value)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(store: Store, value: str) -> None:
    with pytest.raises(StoreError, match="is no amount"):
        add(store, replace(an_invoice("INV1"), amount=Decimal(value)))
    assert store.count("t") == 0


texts = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\0\x1a01"), max_size=20)


@_stored
@given(texts, texts)
def test_text(store: Store, name: str, beginning: str) -> None:
    with undone(store) as there_and_back:
        invoice = an_invoice(beginning + name, account=name)
        assert there_and_back(invoice) == invoice
        if beginning:
            assert [found for _, found in store.invoices("t", search=beginning)] == [invoice]


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | amounts.filter(lambda value: not (value.is_zero() and value.is_signed()))
    | texts
    | st.dates()
    | st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-8))])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@_stored
@given(st.dictionaries(texts, values, max_size=5))
def test_documents_encode_to_the_same_bytes(store: Store, document: dict[str, Json]) -> None:
    with undone(store) as there_and_back:
        found = there_and_back(replace(an_invoice("INV1"), document=document))
    assert encode(found.document) == encode(document)


def test_dates_in_documents_come_back_as_strings(store: Store) -> None:
    with undone(store) as there_and_back:
        found = there_and_back(replace(an_invoice("INV1"), document={"a": date(2026, 2, 1), "b": NOON}))
    assert found.document == {"a": "2026-02-01", "b": "2026-11-22T12:00:00.123456Z"}


@pytest.mark.parametrize(
    "moment",
    [
        NOON,
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 11, 22, 1, tzinfo=timezone(timedelta(hours=5, minutes=45))),
    ],
)
def test_moments(store: Store, moment: datetime) -> None:
    with undone(store) as there_and_back:
        found = there_and_back(replace(an_invoice("INV1"), created_at=moment))
    assert found.created_at == moment
    assert found.created_at.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StoreError), store.transaction() as transaction:
        transaction.keep(an_answer(at=datetime(2026, 1, 1)))


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), date(2028, 2, 29)])
def test_days(store: Store, day: date) -> None:
    with undone(store) as there_and_back:
        found = there_and_back(replace(an_invoice("INV1"), invoice_date=day, due_date=day))
    assert (found.invoice_date, found.due_date) == (day, day)


def test_money_is_a_number_for_those_who_look_into_postgresql(postgresql_url: str) -> None:
    store = Store(postgresql_url)
    columns = {column["name"]: str(column["type"]) for column in inspect(store._engine).get_columns(invoices.name)}
    store.close()
    assert columns["amount"] == "NUMERIC"


def test_a_column_may_be_empty(store: Store) -> None:
    """Types pass on what is missing; a document that is null is a document."""
    contact: ContactRecord = a_contact()
    with store._writing() as transaction:
        connection = transaction.connection
        row = {"tenant": "t", "id": contact.id, "account_id": "", "document": None}
        connection.execute(insert(contacts), row)
        assert connection.execute(select(contacts.c.document, contacts.c.account_id)).one() == (None, "")
