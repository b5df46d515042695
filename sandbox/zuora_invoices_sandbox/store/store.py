"""The store: a database, and the transactions on it."""

from __future__ import annotations

import threading
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from . import listing
from .engine import BEGIN, IMMEDIATE, MEMORY, display_name, open_engine, write_ahead
from .errors import StoreError, first_line
from .groups import Groups
from .schema import prepare
from .transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zuora_invoices_sandbox.records import InvoiceRecord, Total


class Store:
    """State of all tenants in one database; threads may share it.

    `url` is `:memory:`, a path, `sqlite:///path` or `postgresql://user:password@host/database`. Missing tables are
    made. Several processes may open one PostgreSQL database, or one file.

    `secret` is 32 random bytes that are made once for each database; `is_new` tells whether it was made just now.

    Raises:
        StoreError: it cannot be opened, or is of another version.
    """

    def __init__(self, url: str = MEMORY) -> None:
        self._name = display_name(url)
        self._engine = open_engine(url)
        writer = self._engine.execution_options(**{BEGIN: IMMEDIATE})
        self._groups = Groups(writer, self._name)
        self._own = threading.local()
        try:
            with writer.begin() as connection:
                self.secret, self.is_new = prepare(connection)
            write_ahead(self._engine)
        except (StoreError, SQLAlchemyError) as error:
            self._engine.dispose()
            raise StoreError(f"{self._name}: {first_line(error)}") from None

    def __repr__(self) -> str:
        return f"Store({self._name!r})"

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction that commits at the end of the block, and rolls back if an exception leaves it.

        What the same thread reads from the store inside the block is what the transaction sees.

        Raises:
            StoreError: the database fails.
            RuntimeError: the thread has a transaction that is not at its end.
        """
        with self._writing() as transaction:
            yield transaction

    def invoices(
        self, tenant: str, *, search: str = "", status: str = "", before: int | None = None, limit: int = 50
    ) -> list[tuple[int, InvoiceRecord]]:
        """A tenant's invoices with serial numbers, the newest first; `before` is the serial number to go on from.

        `search` finds what a number, an account's number or id, or an invoice's id begins with, in this case of
        letters. Of each of these the 1,000 greatest that begin so are looked at, but all invoices of an account that
        is given whole.
        """
        with self._reading() as transaction:
            return listing.newest(
                transaction.connection, tenant, search=search, status=status, before=before, limit=limit
            )

    def invoice(self, tenant: str, id: str) -> InvoiceRecord | None:  # noqa: A002 - what it is called everywhere
        """The tenant's invoice with this id."""
        with self._reading() as transaction:
            return listing.one(transaction.connection, tenant, id)

    def count(self, tenant: str) -> int:
        """How many invoices the tenant has."""
        with self._reading() as transaction:
            return transaction.count(tenant)

    def totals(self, tenant: str) -> list[Total]:
        """What the tenant's invoices come to, by currency; it looks at all of them."""
        with self._reading() as transaction:
            return listing.totals(transaction.connection, tenant)

    def reset(self, tenant: str) -> None:
        """Forget all of a tenant: invoices, contacts, numbers taken from sequences, and kept answers."""
        with self._writing() as transaction:
            transaction.forget(tenant)

    def close(self) -> None:
        """Close all connections, when a transaction under way has ended; what is in memory is gone.

        Raises:
            RuntimeError: it is this thread that has a transaction.
        """
        self._check_free()
        self._groups.close()

    @contextmanager
    def _writing(self) -> Iterator[Transaction]:
        self._check_free()
        with self._failing(), self._groups.member() as transaction:
            self._own.transaction = transaction
            try:
                yield transaction
            finally:
                self._own.transaction = None

    @contextmanager
    def _reading(self) -> Iterator[Transaction]:
        if (own := self._current()) is not None:
            yield own
            return
        # A database in memory has one connection, which those who write need as well.
        turn = self._groups.alone() if self._name == MEMORY else nullcontext()
        with self._failing(), turn:
            self._groups.check_open()
            with self._engine.connect() as connection:
                connection.begin()  # it would begin by itself, but not for statements that are prepared
                yield Transaction(connection)

    def _check_free(self) -> None:
        if self._current() is not None:
            raise RuntimeError("this thread is in a transaction already")

    def _current(self) -> Transaction | None:
        """The transaction that this thread is in."""
        found: Transaction | None = getattr(self._own, "transaction", None)
        return found

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise StoreError(f"{self._name}: {first_line(error)}") from None
