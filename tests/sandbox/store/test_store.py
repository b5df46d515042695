"""What goes into a store comes out of it, in every kind of database."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import make_url

from tests.sandbox.store.samples import (
    DAY,
    EVIL,
    NOON,
    a_contact,
    a_snapshot,
    add,
    an_answer,
    an_invoice,
    an_item,
    numbers,
)
from zuora_invoices_sandbox.records import Total
from zuora_invoices_sandbox.store import NumberTakenError, Store, StoreError, Transaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from zuora_invoices_sandbox.records import InvoiceRecord


def test_invoice_comes_back_as_it_was(store: Store) -> None:
    invoice = an_invoice("INV1", an_item("first"), an_item(EVIL, "-99999999999.999999999"), an_item("third"))
    add(store, invoice)
    assert store.invoice("t", invoice.id) == invoice
    assert [found for _, found in store.invoices("t")] == [invoice]
    found = store.invoice("t", invoice.id)
    assert found is not None
    # Equal numbers can have other digits.
    assert (str(found.amount), str(found.amount_without_tax)) == ("1.10", "1.000")
    assert str(found.items[0].document["amount"]) == "1.10"


def test_any_text_comes_back(store: Store) -> None:
    invoice = an_invoice(EVIL, account=EVIL)
    add(store, invoice)
    assert store.invoice("t", invoice.id) == invoice
    assert [found for _, found in store.invoices("t", search=EVIL[:4])] == [invoice]
    with store.transaction() as transaction:
        assert transaction.is_taken("t", EVIL)
        assert not transaction.is_taken("t", EVIL.replace("\0", ""))


def test_empty_store(store: Store) -> None:
    assert store.invoices("t") == []
    assert store.invoice("t", "none") is None
    assert store.count("t") == 0
    with store.transaction() as transaction:
        assert not transaction.is_taken("t", "INV1")
        assert transaction.contact("t", "none") is None
        assert transaction.kept("none", NOON) is None


def test_newest_first_page_by_page(store: Store) -> None:
    add(store, *[an_invoice(f"INV{n}", status="Posted" if n % 2 else "Draft") for n in range(5)])
    add(store, an_invoice("INV0"), tenant="other")
    first = store.invoices("t", limit=2)
    assert [invoice.number for _, invoice in first] == ["INV4", "INV3"]
    assert first[0][0] > first[1][0]
    rest = store.invoices("t", before=first[-1][0])
    assert [invoice.number for _, invoice in rest] == ["INV2", "INV1", "INV0"]
    assert [invoice.number for _, invoice in store.invoices("t", status="Posted")] == ["INV3", "INV1"]
    assert store.invoices("t", before=first[0][0] + 10**30, limit=5) == first + rest
    assert (store.count("t"), store.count("other"), store.count("none")) == (5, 1, 0)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("INV", ["INV-3", "INV-2", "INV-1"]),
        ("INV-2", ["INV-2"]),
        ("inv", []),
        ("NV", []),
        ("B-", ["INV-3", "INV-2"]),
        ("id-of-A", ["INV-1"]),
        ("id-INV-1", ["INV-1"]),
        ("%", []),
        ("_", []),
        ("id", ["X", "INV-3", "INV-2", "INV-1"]),
    ],
)
def test_search(store: Store, search: str, found: list[str]) -> None:
    add(store, an_invoice("INV-1", account="A-1"), an_invoice("INV-2", account="B-1"))
    add(store, an_invoice("INV-3", account="B-2", status="Posted"), an_invoice("X", id="xyz", account="~"))
    assert [invoice.number for _, invoice in store.invoices("t", search=search)] == found
    posted = [invoice.number for _, invoice in store.invoices("t", search=search, status="Posted")]
    assert posted == [number for number in found if number == "INV-3"]


def test_search_goes_on_page_by_page(store: Store) -> None:
    add(store, *[an_invoice(f"INV{n}", account="A") for n in range(7)])
    seen: list[str] = []
    before: int | None = None
    while page := store.invoices("t", search="A", before=before, limit=3):
        seen += [invoice.number for _, invoice in page]
        before = page[-1][0]
    assert seen == [f"INV{n}" for n in range(6, -1, -1)]


def test_rolls_back_whole(store: Store) -> None:
    def interrupted() -> None:
        with store.transaction() as transaction:
            transaction.add("t", an_invoice("INV1", an_item()))
            transaction.add_contact("t", a_contact())
            transaction.add_snapshot("t", a_snapshot())
            transaction.serial("t", "invoice")
            transaction.keep(an_answer())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert store.count("t") == 0
    with store.transaction() as transaction:
        assert transaction.contact("t", "c1") is None
        assert transaction.kept("k1", NOON) is None
        assert transaction.serial("t", "invoice") == 1
        transaction.add_snapshot("t", a_snapshot())
        transaction.add("t", an_invoice("INV1", an_item()))


def test_number_is_taken_once_for_each_tenant(store: Store) -> None:
    with store.transaction() as transaction:
        transaction.add("t", an_invoice("INV1", an_item()))
        with pytest.raises(NumberTakenError, match="INV1"):
            transaction.add("t", an_invoice("INV1", an_item(), an_item(), id="another"))
        transaction.add("t", an_invoice("INV2"))
        transaction.add("other", an_invoice("INV1"))
        assert transaction.is_taken("t", "INV1")
        assert not transaction.is_taken("t", "INV3")
        assert transaction.is_taken("other", "INV1")
    with store.transaction() as transaction, pytest.raises(NumberTakenError):
        transaction.add("t", an_invoice("INV2", id="yet another"))
    assert numbers(store) == ["INV2", "INV1"]
    assert store.invoice("t", "another") is None


@pytest.mark.parametrize("others", [0, 150])
def test_numbers_that_follow_are_known_as_they_are(store: Store, others: int) -> None:
    """However many others lie between them, and whatever is added or undone meanwhile."""
    wanted = ["N1", "N3", "N5", "N7"]
    add(store, an_invoice("N3"), *[an_invoice(f"N2-{n:03}") for n in range(others)])

    def add_and_fail(transaction: Transaction) -> None:
        with transaction.draft():
            transaction.add("t", an_invoice("N7"))
            assert transaction.is_taken("t", "N7")
            transaction.write()
            raise LookupError

    with store.transaction() as transaction:
        assert not transaction.is_taken("t", "N0", iter(wanted))
        assert not transaction.is_taken("t", "N1", iter(wanted[1:]))
        transaction.add("t", an_invoice("N5"))
        assert [transaction.is_taken("t", number) for number in wanted] == [False, True, True, False]
        with pytest.raises(LookupError):
            add_and_fail(transaction)
        assert [transaction.is_taken("t", number) for number in wanted] == [False, True, True, False]
        assert not transaction.is_taken("other", "N3")


@pytest.mark.parametrize("kind", [Transaction.attempt, Transaction.draft])
@pytest.mark.parametrize("is_written", [False, True])
def test_attempts_are_undone_alone(
    store: Store, kind: Callable[[Transaction], AbstractContextManager[None]], is_written: bool
) -> None:
    def try_and_fail(transaction: Transaction, *invoices: InvoiceRecord) -> None:
        with kind(transaction):
            transaction.add_contact("t", a_contact())
            transaction.add_snapshot("t", a_snapshot())
            for invoice in invoices:
                transaction.serial("t", "invoice")
                transaction.add("t", invoice)
            if is_written:
                transaction.write()
            raise LookupError

    with store.transaction() as transaction:
        with pytest.raises(LookupError):
            try_and_fail(transaction, an_invoice("INV1"), an_invoice("INV2", an_item()))
        with kind(transaction):
            assert transaction.serial("t", "invoice") == 1
            transaction.add("t", an_invoice("INV2", an_item()))
            with pytest.raises(LookupError):
                try_and_fail(transaction, an_invoice("INV3"))
            assert transaction.contact("t", "c1") is None
            with pytest.raises(NumberTakenError), kind(transaction):
                transaction.add("t", an_invoice("INV2", id="x"))
            transaction.add_contact("t", a_contact())
            transaction.add_snapshot("t", a_snapshot())
        assert transaction.contact("t", "c1") == a_contact()
        transaction.add("t", an_invoice("INV4"))
        transaction.add("t", an_invoice("INV3"))
    assert numbers(store) == ["INV3", "INV4", "INV2"]


def test_what_is_counted_in_a_draft_is_undone_with_it(store: Store) -> None:
    """Though nothing else was written in it."""

    def count_and_fail(transaction: Transaction) -> None:
        with transaction.draft():
            assert transaction.serial("t", "a") == 2
            assert store.count("t") == 1
            raise LookupError

    with store.transaction() as transaction:
        transaction.add("t", an_invoice("INV1"))
        assert transaction.serial("t", "a") == 1
        transaction.write()
        with pytest.raises(LookupError):
            count_and_fail(transaction)
        assert transaction.serial("t", "a") == 2
    assert store.count("t") == 1
    with store.transaction() as transaction:
        assert transaction.serial("t", "a") == 3


def test_store_fault_in_an_attempt_leaves_the_transaction_usable(store: Store) -> None:
    with store.transaction() as transaction:
        transaction.add("t", an_invoice("INV1", id="same"))
        with pytest.raises(Exception, match=r"(?i)unique"), transaction.attempt():
            transaction.add("t", an_invoice("INV2", id="same"))
        transaction.add("t", an_invoice("INV3"))
    assert numbers(store) == ["INV3", "INV1"]


def test_sequences(store: Store) -> None:
    with store.transaction() as transaction:
        assert transaction.serial("t", "a") == 1
        assert transaction.serial("t", "a", count=50) == 2
        assert transaction.serial("t", "a", start=9) == 52
        assert transaction.serial("t", "b", start=1000, count=3) == 1000
        assert transaction.serial("other", "b") == 1
    with store.transaction() as transaction:
        assert transaction.serial("t", "a") == 53
        assert transaction.serial("t", "b") == 1003


def test_answers(store: Store) -> None:
    with store.transaction() as transaction:
        assert transaction.hold("k1")
        transaction.keep(an_answer())
        assert transaction.kept("k1", NOON - DAY) == an_answer()
    with store.transaction() as transaction:
        assert transaction.kept("k1", NOON) == an_answer()
        assert transaction.kept("k1", NOON + timedelta(microseconds=1)) is None
        newer = an_answer(tenant="other", at=NOON + DAY, body=b"{}")
        transaction.keep(newer)
        assert transaction.kept("k1", NOON) == newer


def test_lapsed_answers_go_away_little_by_little(store: Store) -> None:
    with store.transaction() as transaction:
        for n in range(20):
            transaction.keep(an_answer(f"old-{n}", at=NOON))
    later = NOON + 3 * DAY
    left = []
    for n in range(6):
        with store.transaction() as transaction:
            transaction.keep(an_answer(f"new-{n}", at=later))
        with store.transaction() as transaction:
            left.append(sum(transaction.kept(f"old-{m}", NOON) is not None for m in range(20)))
            assert transaction.kept("new-0", later) is not None
    assert left == [16, 12, 8, 4, 0, 0]


def test_an_answer_that_another_program_replaces_is_not_forgotten(postgresql_url: str) -> None:
    later = NOON + 3 * DAY
    impatient = make_url(postgresql_url).update_query_dict({"options": "-c lock_timeout=5s"})
    one, another = Store(impatient.render_as_string(hide_password=False)), Store(postgresql_url)
    with one.transaction() as transaction:
        transaction.keep(an_answer("k1", at=NOON))
        transaction.keep(an_answer("k2", at=NOON))
    with another.transaction() as replacing:
        replacing.keep(an_answer("k1", at=later))
        replacing.write()
        with one.transaction() as transaction:  # it does not wait for the other one either
            transaction.keep(an_answer("k3", at=later))
    with one.transaction() as transaction:
        kept = [transaction.kept(key, NOON) for key in ("k1", "k2", "k3")]
    assert [answer and answer.at for answer in kept] == [later, None, later]
    one.close()
    another.close()


def test_answers_of_the_last_day_stay(store: Store) -> None:
    with store.transaction() as transaction:
        for n in range(9):
            transaction.keep(an_answer(f"k{n}", at=NOON + n * timedelta(hours=3)))
        assert all(transaction.kept(f"k{n}", NOON) for n in range(9))


def test_count_follows_what_is_undone(store: Store) -> None:
    def try_and_fail(transaction: Transaction) -> None:
        with transaction.attempt():
            transaction.add("t", an_invoice("INV3"))
            assert store.count("t") == 3
            transaction.add("t", an_invoice("INV2", id="x"))

    add(store, an_invoice("INV1"))
    with store.transaction() as transaction:
        transaction.add("t", an_invoice("INV2"))
        with pytest.raises(NumberTakenError):
            try_and_fail(transaction)
        assert store.count("t") == 2
        transaction.add("t", an_invoice("INV3"))
        transaction.add("other", an_invoice("INV3"))
    assert (store.count("t"), store.count("other")) == (3, 1)
    assert len(store.invoices("t")) == 3


def test_search_looks_at_the_greatest_and_at_whole_accounts(store: Store) -> None:
    """1,000 of what begins so, in the order of the column; all of an account."""
    add(store, *[an_invoice(f"INV{n:05}", account="A", status="Old" if n < 5 else "New") for n in range(1010)])
    found = store.invoices("t", search="INV", limit=2000)
    assert [invoice.number for _, invoice in found] == [f"INV{n:05}" for n in range(1009, 9, -1)]
    assert store.invoices("t", search="INV", status="Old") == []
    found = store.invoices("t", search="A", status="Old")
    assert [invoice.number for _, invoice in found] == [f"INV{n:05}" for n in range(4, -1, -1)]
    found = store.invoices("t", search="A", before=found[1][0])
    assert [invoice.number for _, invoice in found] == ["INV00002", "INV00001", "INV00000"]


def test_contacts(store: Store) -> None:
    with store.transaction() as transaction:
        transaction.add_contact("t", a_contact())
        transaction.add_contact("other", replace(a_contact(), account_id="b"))
        assert transaction.contact("t", "c1") == a_contact()
    with store.transaction() as transaction:
        assert transaction.contact("t", "c1") == a_contact()
        found = transaction.contact("other", "c1")
    assert found is not None
    assert found.account_id == "b"


def test_reset_is_of_one_tenant(store: Store) -> None:
    for tenant in ("t", "other"):
        add(store, an_invoice("INV1", an_item()), tenant=tenant)
        with store.transaction() as transaction:
            transaction.serial(tenant, "a")
            transaction.add_contact(tenant, a_contact())
            transaction.add_snapshot(tenant, a_snapshot())
            transaction.keep(an_answer(f"key-{tenant}", tenant))
    ((serial, _),) = store.invoices("t")
    secret = store.secret
    store.reset("t")
    assert (store.count("t"), store.count("other")) == (0, 1)
    with store.transaction() as transaction:
        assert transaction.serial("t", "a") == 1
        assert transaction.serial("other", "a") == 2
        assert transaction.contact("t", "c1") is None
        assert transaction.contact("other", "c1") == a_contact()
        assert transaction.kept("key-t", NOON) is None
        assert transaction.kept("key-other", NOON) is not None
        transaction.add_snapshot("t", a_snapshot())
        transaction.add("t", an_invoice("INV1"))
    assert store.invoices("t")[0][1].items == ()  # those of the one before are gone
    assert store.invoices("t")[0][0] > serial
    assert store.secret == secret


def test_a_transaction_sees_what_it_did_and_others_do_not(store: Store, database: str) -> None:
    with store.transaction() as transaction:
        transaction.add("t", an_invoice("INV1"))
        assert numbers(store) == ["INV1"]
        if database != ":memory:":  # there, others wait for the end
            with ThreadPoolExecutor(1) as pool:
                assert pool.submit(numbers, store).result() == []
    assert numbers(store) == ["INV1"]


def test_no_transaction_within_another_one(store: Store) -> None:
    with store.transaction() as transaction:
        with pytest.raises(RuntimeError, match="in a transaction already"), store.transaction():
            pass
        with pytest.raises(RuntimeError, match="in a transaction already"):
            store.reset("t")
        transaction.add("t", an_invoice("INV1"))
    assert numbers(store) == ["INV1"]


def test_threads_share_a_store(store: Store) -> None:
    """Nobody sees a lock, no number is given twice, whatever order tenants and sequences are used in."""
    threads, rounds = 8, 10
    start = threading.Barrier(threads)

    def work(me: int) -> list[int]:
        start.wait()
        taken = []
        for n in range(rounds):
            with store.transaction() as transaction:
                assert transaction.hold(f"{me}-{n}")
                names = ("a", "b") if (me + n) % 2 else ("b", "a")
                first, second = (transaction.serial("t", name) for name in names)
                number = first if names[0] == "a" else second
                transaction.add("t", an_invoice(f"INV{number:05}", an_item()))
                transaction.keep(an_answer(f"{me}-{n}"))
                taken.append(number)
            assert store.invoices("t", search=f"INV{number:05}")
        return taken

    with ThreadPoolExecutor(threads) as pool:
        taken = [number for numbers in pool.map(work, range(threads)) for number in numbers]
    assert sorted(taken) == list(range(1, threads * rounds + 1))
    assert store.count("t") == threads * rounds


def test_two_in_memory_know_nothing_of_each_other() -> None:
    one, other = Store(), Store(":memory:")
    add(one, an_invoice("INV1"))
    assert (one.count("t"), other.count("t")) == (1, 0)
    assert one.secret != other.secret
    one.close()
    add(other, an_invoice("INV1"))
    assert other.count("t") == 1
    other.close()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_what_is_stored_is_there_again(database: str) -> None:
    first = Store(database)
    add(first, an_invoice("INV1", an_item()))
    first.close()
    second = Store(database)
    assert numbers(second) == ["INV1"]
    assert second.secret == first.secret
    assert len(second.secret) == 32
    second.close()


def test_a_fault_is_one_line_without_what_was_to_be_stored(store: Store) -> None:
    secret = "a very secret name"
    add(store, an_invoice("INV1", id="same"))
    with pytest.raises(StoreError) as caught:
        add(store, an_invoice("INV2", an_item(secret), id="same"))
    text = str(caught.value)
    assert "\n" not in text
    assert secret not in text
    assert "INV2" not in text
    assert store.count("t") == 1


def test_totals_are_exact_and_by_currency(store: Store) -> None:
    assert store.totals("t") == []
    euros = [replace(an_invoice(f"E{place}"), amount=Decimal("0.1")) for place in range(30)]
    yen = replace(an_invoice("Y"), currency="AYEN", amount=Decimal("12345678901234567.89"), balance=Decimal(7))
    add(store, *euros, yen)
    add(store, an_invoice("other"), tenant="another")
    tax = Decimal("0.10")
    assert store.totals("t") == [
        Total("AYEN", 1, Decimal("12345678901234567.89"), tax, Decimal(7)),
        Total("EUR", 30, Decimal("3.0"), 30 * tax, Decimal(33)),
    ]
