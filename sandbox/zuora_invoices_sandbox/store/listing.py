"""Queries of the invoices that are stored."""

from __future__ import annotations

from decimal import localcontext
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, union_all

from zuora_invoices_sandbox.money import ZERO, arithmetic
from zuora_invoices_sandbox.records import Total

from .rows import invoice_of
from .tables import invoices

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, CompoundSelect, Connection

    from zuora_invoices_sandbox.records import InvoiceRecord

_ACCOUNTS: Final = (invoices.c.account_number, invoices.c.account_id)
_SEARCHED: Final = (invoices.c.number, *_ACCOUNTS, invoices.c.id)
_LOOKED_AT: Final = 1000
"""Of the values of one column that begin with what is searched, so many are looked at, the greatest first."""
_LAST: Final = "\U0010ffff"
_GREATEST_SERIAL: Final = 2**63 - 1


def newest(
    connection: Connection, tenant: str, *, search: str, status: str, before: int | None, limit: int
) -> list[tuple[int, InvoiceRecord]]:
    """Invoices with serial numbers, the newest first. See `Store.invoices`."""
    wanted: list[ColumnElement[bool]] = [invoices.c.tenant == tenant]
    if status:
        wanted.append(invoices.c.status == status)
    if before is not None:
        wanted.append(invoices.c.serial < min(before, _GREATEST_SERIAL))
    if search:
        found = connection.execute(_meant(tenant, search, status, before, limit))
        serials = {
            row.serial
            for row in found
            if (not status or row.status == status) and (before is None or row.serial < before)
        }
        # A query of its own: in one with the other the planner may choose to walk through all invoices.
        wanted = [invoices.c.serial.in_(sorted(serials, reverse=True)[:limit])]
    query = select(invoices).where(*wanted).order_by(invoices.c.serial.desc()).limit(limit)
    return [(row["serial"], invoice_of(row)) for row in connection.execute(query).mappings()]


def one(connection: Connection, tenant: str, id: str) -> InvoiceRecord | None:  # noqa: A002 - what it is called everywhere
    """The tenant's invoice with this id."""
    query = select(invoices).where(invoices.c.tenant == tenant, invoices.c.id == id)
    row = connection.execute(query).mappings().first()
    return None if row is None else invoice_of(row)


def totals(connection: Connection, tenant: str) -> list[Total]:
    """Sums by currency, in the order of its code. See `Store.totals`."""
    columns = (invoices.c.amount, invoices.c.tax_amount, invoices.c.balance)
    mine = invoices.c.tenant == tenant
    if connection.dialect.name == "postgresql":
        sums = [func.sum(column, type_=column.type).label(column.name) for column in columns]
        query = select(invoices.c.currency, func.count().label("count"), *sums).where(mine)
        rows = connection.execute(query.group_by(invoices.c.currency).order_by(invoices.c.currency)).mappings()
        return [Total(**row) for row in rows]
    found: dict[str, Total] = {}  # SQLite's own sum is one of floating point
    query = select(invoices.c.currency, *columns).where(mine)
    with localcontext(arithmetic()):
        for currency, amount, tax, balance in connection.execute(query):
            so_far = found.get(currency, Total(currency, 0, ZERO, ZERO, ZERO))
            found[currency] = Total(
                currency, so_far.count + 1, so_far.amount + amount, so_far.tax_amount + tax, so_far.balance + balance
            )
    return [found[currency] for currency in sorted(found)]


def _meant(tenant: str, search: str, status: str, before: int | None, limit: int) -> CompoundSelect[int, str]:
    """Serial numbers and statuses of invoices that the text may mean; each part follows an index and ends soon.

    What begins with the text comes in the order of its column. To look through all of it for the newest, or for those
    of some status, could take as long as there are invoices; so only accounts that are given whole are asked in full.
    """
    chosen = select(invoices.c.serial, invoices.c.status).where(invoices.c.tenant == tenant)
    account = chosen
    if status:  # not as the bare column, of which the planner would rather take the index, however many there are
        account = account.where(func.coalesce(invoices.c.status, "") == status)
    if before is not None:
        account = account.where(invoices.c.serial < min(before, _GREATEST_SERIAL))
    beginning = [
        chosen.where(column >= search, column <= search + _LAST)
        .order_by(column.desc(), invoices.c.serial.desc())
        .limit(_LOOKED_AT)
        for column in _SEARCHED
    ]
    whole = [account.where(column == search).order_by(invoices.c.serial.desc()).limit(limit) for column in _ACCOUNTS]
    # SQLite takes an order within a union only in a query within it.
    parts = [part.subquery() for part in (*beginning, *whole)]
    return union_all(*(select(part.c.serial, part.c.status) for part in parts))
