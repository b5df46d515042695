"""Transactions of several threads that the database commits as one.

A commit has to reach the disk, which takes longer than most transactions do. So who ends a transaction while others
wait to begin theirs leaves it open to them, and waits for it to be committed; who ends one while nobody waits commits
them all. What each of them did is undone alone, and what they stored is written together. A caller without others has
each of his committed at its end.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .errors import StoreError, first_line
from .transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine


class Groups:
    """Gives the database's turn to one thread after another; the transactions of those who wait for it are one.

    SQLite lets one transaction write at a time, and so does a tenant in PostgreSQL. Those of this process queue here,
    instead of asking again and again, or each over a connection of its own.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._waiting = 0
        self._open: _Group | None = None
        self._closed = False

    def check_open(self) -> None:
        """Raise StoreError after `close`: a new connection would find an empty database, or make one."""
        if self._closed:
            raise StoreError(f"{self._name} is closed")

    def close(self) -> None:
        """Give the turn to nobody any more, and close all connections."""
        with self._taken():
            self._commit()
            self._closed = True
            self._engine.dispose()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """The turn, when all that was written before is committed."""
        with self._taken():
            self.check_open()
            self._commit()
            yield

    @contextmanager
    def member(self) -> Iterator[Transaction]:
        """A transaction; that it is committed is sure when the block has been left, and not before.

        Raises:
            StoreError: the group was not committed, by the fault of another one.
        """
        with self._taken():
            self.check_open()
            group = self._open = self._open or _Group(self._engine)
            try:
                with group.transaction.member() as member:
                    yield group.transaction
            except BaseException as error:
                if group.transaction.is_lost:  # nothing is left of what the group has done
                    self._open = None
                    group.undo(error)
                raise
        group.ended.wait()
        if (fault := group.fault or member.fault) is not None:
            raise StoreError(f"{self._name}: {first_line(fault)}")

    @contextmanager
    def _taken(self) -> Iterator[None]:
        self._count(1)
        try:
            self._turn.acquire()
        except BaseException:  # an interruption; somebody may count on us
            self._count(-1)
            with self._turn:
                self._commit_if_last()
            raise
        self._count(-1)
        try:
            yield
        finally:
            try:
                self._commit_if_last()
            finally:
                self._turn.release()

    def _count(self, more: int) -> None:
        with self._counting:
            self._waiting += more

    def _commit_if_last(self) -> None:
        with self._counting:
            is_last = not self._waiting
        if is_last:
            self._commit()

    def _commit(self) -> None:
        group, self._open = self._open, None
        if group is not None:
            group.commit()


class _Group:
    """What is committed as one."""

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.connect()
        try:
            self._whole = self._connection.begin()
        except BaseException:
            self._connection.close()
            raise
        self.transaction = Transaction(self._connection)
        self.ended = threading.Event()
        self.fault: Exception | None = None
        """Why nothing of it was committed, or why that is not known."""

    def commit(self) -> None:
        """Commit all that its members did and tell them."""
        try:
            self.transaction.complete()
            self._whole.commit()
        except BaseException as error:
            self.undo(error)
            raise
        self._end()

    def undo(self, error: BaseException) -> None:
        """Undo all that its members did and tell them."""
        self.fault = error if isinstance(error, Exception) else StoreError("the commit was interrupted")
        try:
            self._whole.rollback()
        finally:
            self._end()

    def _end(self) -> None:
        try:
            self._connection.close()
        finally:
            self.ended.set()
