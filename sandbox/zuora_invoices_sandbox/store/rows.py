"""Records to rows of tables, and back."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final, cast

from zuora_invoices_sandbox.records import ContactRecord, InvoiceRecord, ItemRecord, KeptAnswer, SnapshotRecord

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import RowMapping

_Record = InvoiceRecord | ItemRecord | ContactRecord | SnapshotRecord | KeptAnswer
_COLUMNS: Final[Mapping[type[_Record], tuple[str, ...]]] = {
    kind: tuple(field.name for field in fields(kind) if field.name != "items")
    for kind in (InvoiceRecord, ItemRecord, ContactRecord, SnapshotRecord, KeptAnswer)
}
"""Columns have the names of fields. The items of an invoice are rows of their own."""


def row_of(record: _Record, **more: str | int) -> dict[str, Any]:
    """The record's columns, and others that the table has. Any: columns are of many types."""
    row: dict[str, Any] = {name: getattr(record, name) for name in _COLUMNS[type(record)]}
    row.update(more)
    return row


def invoice_of(row: RowMapping, items: tuple[ItemRecord, ...]) -> InvoiceRecord:
    """A row of invoices, and its items."""
    return InvoiceRecord(**{name: row[name] for name in _COLUMNS[InvoiceRecord]}, items=items)


def item_of(row: RowMapping) -> ItemRecord:
    """A row of items."""
    return ItemRecord(**{name: row[name] for name in _COLUMNS[ItemRecord]})


def contact_of(row: RowMapping) -> ContactRecord:
    """A row of contacts."""
    return ContactRecord(**{name: row[name] for name in _COLUMNS[ContactRecord]})


def answer_of(row: RowMapping) -> KeptAnswer:
    """A row of answers."""
    columns = {name: row[name] for name in _COLUMNS[KeptAnswer]}
    columns["headers"] = tuple((name, value) for name, value in cast("list[list[str]]", row["headers"]))
    return KeptAnswer(**columns)
