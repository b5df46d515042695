"""What is stored: invoices with their items, contacts, and answers under idempotency keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

Json: TypeAlias = "bool | int | str | Decimal | date | datetime | list[Json] | dict[str, Json] | None"
"""A value of JSON, with `Decimal` for numbers and dates as such: what the client's codec writes exactly."""


class ItemRecord(NamedTuple):
    """One line of an invoice: an item (`kind` is `item`), or a discount on the item before it (`discount`)."""

    kind: str
    name: str
    amount: Decimal
    """As billed: rounded by the currency, tax included where the line is tax-inclusive."""
    amount_without_tax: Decimal
    tax_amount: Decimal
    quantity: Decimal
    document: dict[str, Json]
    """The line as it was asked for, by wire names, with what the catalog put over it."""


@dataclass(frozen=True, slots=True)
class InvoiceRecord:
    """One invoice. `document` is the body of the answer that tells of it, without `success`, by wire names."""

    id: str
    number: str
    account_id: str
    account_number: str
    status: str
    currency: str
    invoice_date: date
    due_date: date
    amount: Decimal
    amount_without_tax: Decimal
    tax_amount: Decimal
    tax_exempt_amount: Decimal
    discount: Decimal
    balance: Decimal
    created_at: datetime
    created_by: str
    document: dict[str, Json]
    items: tuple[ItemRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """What the invoices in one currency come to."""

    currency: str
    count: int
    amount: Decimal
    tax_amount: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """A contact that a request made, by wire names."""

    id: str
    account_id: str
    document: dict[str, Json]


@dataclass(frozen=True, slots=True)
class SnapshotRecord:
    """A copy of a contact as it was when an invoice was made."""

    id: str
    contact_id: str
    document: dict[str, Json]


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """The answer to the first request with an idempotency key."""

    key: str
    tenant: str
    method: str
    target: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    at: datetime
