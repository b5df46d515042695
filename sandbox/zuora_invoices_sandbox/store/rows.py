"""Records to rows of tables, and back."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final, cast

from zuora_invoices_sandbox.records import ContactRecord, InvoiceRecord, ItemRecord, KeptAnswer, SnapshotRecord

from .columns import as_stored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import RowMapping

_Record = InvoiceRecord | ContactRecord | SnapshotRecord | KeptAnswer
_COLUMNS: Final[Mapping[type[_Record], tuple[str, ...]]] = {
    kind: tuple(field.name for field in fields(kind))
    for kind in (InvoiceRecord, ContactRecord, SnapshotRecord, KeptAnswer)
}
"""Columns have the names of fields."""


def row_of(record: _Record, **more: str) -> dict[str, Any]:
    """The record's columns, and others that the table has. Any: columns are of many types."""
    row: dict[str, Any] = {name: getattr(record, name) for name in _COLUMNS[type(record)]}
    row.update(more)
    return row


def invoice_of(row: RowMapping) -> InvoiceRecord:
    """A row of invoices. Its items are stored as the arrays that they are as JSON."""
    columns = {name: row[name] for name in _COLUMNS[InvoiceRecord]}
    columns["items"] = tuple(_with_amounts(ItemRecord(*one)) for one in row["items"])
    return InvoiceRecord(**columns)


def _with_amounts(item: ItemRecord) -> ItemRecord:
    """The item with amounts as they are stored elsewhere; in JSON those without a fraction are integers."""
    return item._replace(
        amount=as_stored(item.amount),
        amount_without_tax=as_stored(item.amount_without_tax),
        tax_amount=as_stored(item.tax_amount),
        quantity=as_stored(item.quantity),
    )


def contact_of(row: Mapping[str, Any]) -> ContactRecord:
    """A row of contacts."""
    return ContactRecord(**{name: row[name] for name in _COLUMNS[ContactRecord]})


def answer_of(row: Mapping[str, Any]) -> KeptAnswer:
    """A row of answers."""
    columns = {name: row[name] for name in _COLUMNS[KeptAnswer]}
    columns["headers"] = tuple((name, value) for name, value in cast("list[list[str]]", row["headers"]))
    return KeptAnswer(**columns)
