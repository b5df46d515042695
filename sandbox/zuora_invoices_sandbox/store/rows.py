"""Records to rows of tables, and back."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
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
_item: Final = attrgetter(*(field.name for field in fields(ItemRecord)))
"""An item as it stands among those of its invoice: the values of its fields, in their order."""


def row_of(record: _Record, **more: str) -> dict[str, Any]:
    """The record's columns, and others that the table has. Any: columns are of many types."""
    row: dict[str, Any] = {name: getattr(record, name) for name in _COLUMNS[type(record)]}
    row.update(more)
    if isinstance(record, InvoiceRecord):
        row["items"] = [*map(_item, record.items)]
    return row


def invoice_of(row: RowMapping) -> InvoiceRecord:
    """A row of invoices."""
    columns = {name: row[name] for name in _COLUMNS[InvoiceRecord]}
    columns["items"] = tuple(_item_of(*one) for one in row["items"])
    return InvoiceRecord(**columns)


def _item_of(kind: str, name: str, *more: Any) -> ItemRecord:
    *amounts, document = more
    return ItemRecord(kind, name, *map(as_stored, amounts), document)


def contact_of(row: RowMapping) -> ContactRecord:
    """A row of contacts."""
    return ContactRecord(**{name: row[name] for name in _COLUMNS[ContactRecord]})


def answer_of(row: RowMapping) -> KeptAnswer:
    """A row of answers."""
    columns = {name: row[name] for name in _COLUMNS[KeptAnswer]}
    columns["headers"] = tuple((name, value) for name, value in cast("list[list[str]]", row["headers"]))
    return KeptAnswer(**columns)
