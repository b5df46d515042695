"""Numbers of invoices: unique, in sequence, and found soon however many are in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sandbox.billing.biller import Biller, order_of, tenant_with
from zuora_invoices_sandbox.billing import numbering
from zuora_invoices_sandbox.refusal import Refused
from zuora_invoices_sandbox.store import NumberTakenError

if TYPE_CHECKING:
    from collections.abc import Callable

    from zuora_invoices_sandbox.records import InvoiceRecord
    from zuora_invoices_sandbox.store import Transaction

TENANT = tenant_with()
SEQUENCE = TENANT.sequence_sets[0]


class Crowded:
    """A database in which other invoices have numbers; it counts how often it is asked."""

    def __init__(self, is_taken: Callable[[int], bool]) -> None:
        self.looks = 0
        self._is_taken = is_taken
        self._next = 0

    def serial(self, tenant: str, name: str, start: int = 1, count: int = 1) -> int:  # noqa: ARG002 - as a transaction has it
        first = max(self._next, start)
        self._next = first + count
        return first

    def is_taken(self, tenant: str, number: str, following: object = ()) -> bool:  # noqa: ARG002 - as above
        self.looks += 1
        return self._is_taken(int(number.removeprefix("INV")))

    def next(self) -> str:
        return numbering.next_number(SEQUENCE, TENANT, self)  # type: ignore[arg-type] # it has what is needed


def test_numbers_follow_each_other(biller: Biller) -> None:
    assert [biller(order_of()).number for _ in range(3)] == ["INV00000001", "INV00000002", "INV00000003"]


def test_each_set_counts_for_itself(biller: Biller) -> None:
    numbers = [biller(order_of(sequenceSet=name)).number for name in ("Yearly", "Default", "Yearly")]
    assert numbers == ["2024-0100", "INV00000001", "2024-0101"]


def test_a_number_may_outgrow_its_digits(transaction: Transaction) -> None:
    biller = Biller(transaction, tenant_with({"/sequenceSets/0/start": 9, "/sequenceSets/0/digits": 1}))
    assert [biller(order_of()).number for _ in range(2)] == ["INV9", "INV10"]


def test_a_chosen_number_can_be_had_once(biller: Biller) -> None:
    biller(order_of(invoiceNumber="N-1"))
    with pytest.raises(Refused, match="N-1 is already in use"):
        biller(order_of(invoiceNumber="N-1"))


def test_what_the_sequence_has_given_cannot_be_chosen(biller: Biller) -> None:
    number = biller(order_of()).number
    with pytest.raises(Refused, match=number):
        biller(order_of(invoiceNumber=number))


def test_numbers_that_were_chosen_ahead_are_stepped_over(transaction: Transaction) -> None:
    biller = Biller(transaction, tenant_with({"/sequenceSets/0/start": 8, "/sequenceSets/0/digits": 1}))
    chosen = ["INV9", "INV90", "INV9x", "INV11"]
    assert [biller(order_of(invoiceNumber=number)).number for number in chosen] == chosen
    assert [biller(order_of()).number for _ in range(4)] == ["INV8", "INV10", "INV12", "INV13"]


def test_a_few_numbers_in_the_way_cost_no_others() -> None:
    crowded = Crowded(lambda number: number <= 7)
    assert [crowded.next(), crowded.next()] == ["INV00000008", "INV00000009"]


def test_a_million_numbers_in_the_way_cost_a_few_looks() -> None:
    crowded = Crowded(lambda number: number <= 1_000_000)
    first = int(crowded.next().removeprefix("INV"))
    assert 1_000_000 < first < 3_000_000
    assert crowded.looks < 30
    assert int(crowded.next().removeprefix("INV")) == first + 1


def test_it_ends_where_no_number_is_free() -> None:
    crowded = Crowded(lambda _: True)
    with pytest.raises(Refused) as refused:
        crowded.next()
    assert [one.code for one in refused.value.reasons] == [58491361]
    assert crowded.looks < 100


def test_of_two_transactions_that_want_a_number_the_slower_is_refused(
    biller: Biller, transaction: Transaction, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken_meanwhile(tenant: str, invoice: InvoiceRecord) -> None:
        raise NumberTakenError(invoice.number)

    monkeypatch.setattr(transaction, "add", taken_meanwhile)
    with pytest.raises(Refused) as refused:
        biller(order_of(invoiceNumber="N-1"))
    assert [one.code for one in refused.value.reasons] == [58491130]
