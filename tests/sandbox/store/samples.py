"""Records to store."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from zuora_invoices_sandbox.records import ContactRecord, InvoiceRecord, ItemRecord, KeptAnswer, SnapshotRecord

if TYPE_CHECKING:
    from zuora_invoices_sandbox.records import Json
    from zuora_invoices_sandbox.store import Store

NOON: Final = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
DAY: Final = timedelta(hours=24)
EVIL: Final = "a\0b\x1a0\x1a1'\"%_\\ \u2028 \U0001f4b6 \U0010ffff"


def an_item(name: str = "Support", amount: str = "1.10") -> ItemRecord:
    money = Decimal(amount)
    document: dict[str, Json] = {
        "itemName": name,
        "amount": money,
        "big": Decimal("12345678901234567890.0123456789"),
        "none": None,
    }
    return ItemRecord("item", name, money, money, Decimal("0.00"), Decimal(1), document)


def an_invoice(
    number: str,
    *items: ItemRecord,
    account: str = "A-1",
    status: str = "Draft",
    id: str | None = None,  # noqa: A002 - the field's name
) -> InvoiceRecord:
    return InvoiceRecord(
        id=id or f"id-{number}",
        number=number,
        account_id=f"id-of-{account}",
        account_number=account,
        status=status,
        currency="EUR",
        invoice_date=date(2026, 11, 22),
        due_date=date(2026, 12, 22),
        amount=Decimal("1.10"),
        amount_without_tax=Decimal("1.000"),
        tax_amount=Decimal("0.10"),
        tax_exempt_amount=Decimal(0),
        discount=Decimal("-0.5"),
        balance=Decimal("1.1"),
        created_at=NOON,
        created_by="an-user",
        document={"invoiceNumber": number, "amount": Decimal("1.10"), "lines": [{"n": 1}, True, None, EVIL]},
        items=items,
    )


def a_contact(id: str = "c1") -> ContactRecord:  # noqa: A002 - the field's name
    return ContactRecord(id, "id-of-A-1", {"firstName": EVIL, "taxRate": Decimal("0.10")})


def a_snapshot(id: str = "s1") -> SnapshotRecord:  # noqa: A002 - the field's name
    return SnapshotRecord(id, "c1", {"firstName": EVIL})


def an_answer(key: str = "k1", tenant: str = "t", at: datetime = NOON, body: bytes = b"\x00\xff") -> KeptAnswer:
    return KeptAnswer(key, tenant, "POST", "/v1/invoices?a=b", 200, (("Zuora-Track-Id", "1"), ("x", "")), body, at)


def add(store: Store, *invoices: InvoiceRecord, tenant: str = "t") -> None:
    with store.transaction() as transaction:
        for invoice in invoices:
            transaction.add(tenant, invoice)


def numbers(store: Store, tenant: str = "t") -> list[str]:
    """Of what is stored, the newest first."""
    return [invoice.number for _, invoice in store.invoices(tenant)]
