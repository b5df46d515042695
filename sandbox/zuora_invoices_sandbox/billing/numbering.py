"""The number of an invoice: one of the caller's choice, or the next one of a sequence set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zuora_invoices.models import PostInvoiceType
from zuora_invoices_sandbox.refusal import Category, Reason, Refused, reason

from .findings import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zuora_invoices_sandbox.store import Transaction
    from zuora_invoices_sandbox.tenant.model import Account, SequenceSet, Tenant

_STEPS: Final = 8
_LEAPS: Final = 40
_AHEAD: Final = 49
"""So many more numbers are looked up with one: a batch needs so many."""


def sequence_of(order: PostInvoiceType, account: Account | None, tenant: Tenant) -> SequenceSet:
    """The sequence set that the order names, else the account's, else the tenant's first.

    Raises:
        Refused: there is no such set.
    """
    text = order.sequence_set if order.sequence_set is not None else account.sequence_set if account else None
    if text is None:
        return tenant.sequence_sets[0]
    sequence = tenant.sequence(text)
    if sequence is None:
        message = f"No sequence set is found with the id or name {excerpt(text)}."
        raise Refused([reason(PostInvoiceType, "sequenceSet", Category.NOT_FOUND, message)])
    return sequence


def taken(number: str) -> Reason:
    """The reason why a number cannot be had twice."""
    return reason(PostInvoiceType, "invoiceNumber", Category.RULE, f"The invoice number {number} is already in use.")


def taken_number(order: PostInvoiceType, tenant: Tenant, transaction: Transaction) -> Iterator[Reason]:
    """A reason, if an invoice of the tenant has the number that the order chooses."""
    if order.invoice_number is not None and transaction.is_taken(tenant.id, order.invoice_number):
        yield taken(order.invoice_number)


def next_number(sequence: SequenceSet, tenant: Tenant, transaction: Transaction) -> str:
    """The next number of a sequence set that no invoice has.

    A few numbers in the way, which callers have chosen, are stepped over one by one. Past those the sequence leaps,
    twice as far each time, so that a million of them cost a few looks and not a million.

    Raises:
        Refused: each of these numbers is in use.
    """
    for attempt in range(_STEPS + _LEAPS):
        step = 1 << max(0, attempt - _STEPS + 1)
        first = transaction.serial(tenant.id, f"sequence/{sequence.id}", sequence.start, step)
        number = _number(sequence, first + step - 1)
        if not transaction.is_taken(tenant.id, number, _following(sequence, first + step - 1)):
            return number
    message = f"The sequence set {sequence.name} finds no number that is free."
    raise Refused([reason(PostInvoiceType, "sequenceSet", Category.TEMPORARY, message)])


def _following(sequence: SequenceSet, count: int) -> Iterator[str]:
    """Numbers behind one, as long as they are of its length: longer ones are others as texts."""
    longer = 10 ** max(sequence.digits, len(str(count)))
    return (_number(sequence, one) for one in range(count + 1, min(count + 1 + _AHEAD, longer)))


def _number(sequence: SequenceSet, count: int) -> str:
    return f"{sequence.prefix}{count:0{sequence.digits}}"
