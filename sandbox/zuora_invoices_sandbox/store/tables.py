"""The tables. Their names begin with `sandbox_`, so that they can share a database with others.

Whatever a call does finds its rows by an index, however many there are; `invoices` are found by tenant and then by
number, by id, by account or by status, the newest first.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Date, Index, Integer, LargeBinary, MetaData, Table

from .columns import AnyText, Document, Moment, Money

VERSION: Final = "2"
"""Of the tables below; a database with another version is refused."""

metadata: Final = MetaData()

_Serial = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts by itself in INTEGER only

invoices: Final = Table(
    "sandbox_invoices",
    metadata,
    Column("serial", _Serial, primary_key=True, autoincrement=True),
    Column("tenant", AnyText, nullable=False),
    Column("id", AnyText, nullable=False),
    Column("number", AnyText, nullable=False),
    Column("account_id", AnyText, nullable=False),
    Column("account_number", AnyText, nullable=False),
    Column("status", AnyText, nullable=False),
    Column("currency", AnyText, nullable=False),
    Column("invoice_date", Date, nullable=False),
    Column("due_date", Date, nullable=False),
    Column("amount", Money, nullable=False),
    Column("amount_without_tax", Money, nullable=False),
    Column("tax_amount", Money, nullable=False),
    Column("tax_exempt_amount", Money, nullable=False),
    Column("discount", Money, nullable=False),
    Column("balance", Money, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", AnyText, nullable=False),
    Column("document", Document, nullable=False),
    Column("items", Document, nullable=False),  # nobody looks for one of them
    sqlite_autoincrement=True,  # serials are never given again, even after a reset
)
Index("sandbox_invoices_number", invoices.c.tenant, invoices.c.number, unique=True)
Index("sandbox_invoices_id", invoices.c.tenant, invoices.c.id, unique=True)
Index("sandbox_invoices_account", invoices.c.tenant, invoices.c.account_number, invoices.c.serial)
Index("sandbox_invoices_account_id", invoices.c.tenant, invoices.c.account_id, invoices.c.serial)
Index("sandbox_invoices_status", invoices.c.tenant, invoices.c.status, invoices.c.serial)
Index("sandbox_invoices_newest", invoices.c.tenant, invoices.c.serial)

contacts: Final = Table(
    "sandbox_contacts",
    metadata,
    Column("tenant", AnyText, primary_key=True),
    Column("id", AnyText, primary_key=True),
    Column("account_id", AnyText, nullable=False),
    Column("document", Document, nullable=False),
)

snapshots: Final = Table(
    "sandbox_snapshots",
    metadata,
    Column("tenant", AnyText, primary_key=True),
    Column("id", AnyText, primary_key=True),
    Column("contact_id", AnyText, nullable=False),
    Column("document", Document, nullable=False),
)

COUNT: Final = ""
"""The sequence that says how many invoices a tenant has: to count a million takes too long for a page."""

sequences: Final = Table(
    "sandbox_sequences",
    metadata,
    Column("tenant", AnyText, primary_key=True),
    Column("name", AnyText, primary_key=True),
    Column("next", BigInteger, nullable=False),
)

answers: Final = Table(
    "sandbox_answers",
    metadata,
    # Of all tenants, as a key that another tenant has used is refused.
    Column("key", AnyText, primary_key=True),
    Column("tenant", AnyText, nullable=False, index=True),
    Column("method", AnyText, nullable=False),
    Column("target", AnyText, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", Document, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)

meta: Final = Table(
    "sandbox_meta",
    metadata,
    Column("name", AnyText, primary_key=True),
    Column("value", AnyText, nullable=False),
)
