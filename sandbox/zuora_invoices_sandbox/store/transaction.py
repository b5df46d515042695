"""What calls do with the database, each of them all or nothing.

What is stored is set aside first, and written when all calls have ended that are committed together: many rows by one
statement, and none of what was refused meanwhile. What is read earlier is written before.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError

from .errors import NumberTakenError
from .pending import Level, Member
from .rows import answer_of, contact_of, row_of
from .statements import NUMBERS_AT_ONCE, PURGED_AT_ONCE, statements
from .tables import COUNT, answers, contacts, invoices, sequences, snapshots

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection

    from zuora_invoices_sandbox.records import ContactRecord, InvoiceRecord, KeptAnswer, SnapshotRecord

    from .prepared import Prepared

_LAPSED: Final = timedelta(hours=48)
"""Answers this much older than a new one are deleted: twice what they are kept for, as clocks can be moved."""


class Transaction:
    """Reads and writes of one transaction; made by `Store.transaction`. One thread at a time uses it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.is_lost = False
        """Whether no attempt can be undone alone: SQLite undoes all where a disk is full; a server may be gone."""
        self._shared = connection.dialect.name == "postgresql"
        self._statements = statements(connection.dialect.name)
        self._adding = self._statements.add_invoice
        self._locked: frozenset[str] = frozenset()
        self._added: dict[str, int] = {}
        self._next: dict[tuple[str, str], int] = {}
        """Tenant and name of a sequence that was asked -> its next number; nobody else takes any before the end."""
        self._taken: frozenset[tuple[str, str]] = frozenset()
        """Those of which numbers were taken and not written down."""
        self._numbers: dict[tuple[str, str], bool] = {}
        """Tenant and number -> whether an invoice has it, where that is known, as of all that are set aside."""
        self._kept = 0
        """How many answers were kept, by those too who were undone."""
        self._lapsed: datetime | None = None
        """Answers that are older are forgotten, a few for each that is kept."""
        self._levels = [Level(is_begun=True)]
        """The transaction, and the attempts under way in it, each within the one before it."""
        self._ended: list[Member] = []
        """Those who are done, but for what they set aside."""

    @property
    def connection(self) -> Connection:
        """For what is done apart from calls."""
        self._settle()
        return self._connection

    def hold(self, key: str) -> bool:
        """Take an idempotency key until the transaction ends; false if another one has it right now.

        In SQLite there is no other one: a transaction waits for the one before it. Who wants a refusal instead of
        waiting looks after the keys in use before it asks for a transaction.
        """
        if not self._shared:
            return True
        found = self._statements.try_lock.first(self._connection, {"lock": _lock("key", key)})
        return found is not None and found["is_held"]

    def kept(self, key: str, since: datetime) -> KeptAnswer | None:
        """The answer under an idempotency key of any tenant, if it was kept at that time or later."""
        self._write_if_any(self._statements.keep, key=key)
        row = self._statements.kept.first(self._connection, {"key": key})
        return None if row is None or row["at"] < since else answer_of(row)

    def keep(self, answer: KeptAnswer) -> None:
        """Keep an answer under its key, in the place of an older one; and forget a few that lapsed long ago."""
        self._levels[-1].add({self._statements.keep: [row_of(answer)]})
        self._kept += 1
        self._lapsed = answer.at - _LAPSED

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What is done inside is undone if an exception leaves it; the transaction goes on all the same.

        That holds for faults of the database too: what is set aside is written at the end.
        """
        with self.draft():
            yield
            self.write()

    @contextmanager
    def draft(self) -> Iterator[None]:
        """The same, but what is set aside inside may be written later: a fault of the database is one of the whole."""
        before = self._locked, dict(self._added), dict(self._next), self._taken
        level = Level()
        self._levels.append(level)
        try:
            yield
            if level.is_begun:
                self._statements.end.run(self._connection, [{}])
        except BaseException as error:
            self._levels.pop()
            self._locked, self._added, self._next, self._taken = before  # locks that were taken inside are free again
            self._numbers = {(row["tenant"], row["number"]): True for row in self._set_aside(self._adding)}
            if level.is_begun:
                self.is_lost = True
                self._statements.undo.run(self._connection, [{}])
                self._statements.end.run(self._connection, [{}])
                self.is_lost = False
            elif isinstance(error, DBAPIError):
                # A statement has failed, and there is no savepoint before it. PostgreSQL takes no more then, and says
                # yes to a COMMIT that undoes all; SQLite may have undone all, and commits the next one by itself.
                self.is_lost = True
            raise
        self._levels.pop()
        self._levels[-1].add(level.rows)

    @contextmanager
    def member(self) -> Iterator[Member]:
        """One call of those that are committed together; what it does is undone alone, as in a draft.

        What it gives says after `complete` whether that was stored.
        """
        member = Member(dict(self._next), self._taken)
        with self.draft():
            yield member
            level = self._levels[-1]
            if level.is_begun:
                self.write()  # all of it within one savepoint
            member.rows, level.rows = level.rows, {}
        member.has_numbers = self._next != member.next
        self._ended.append(member)

    def complete(self) -> None:
        """Write all, before the commit; a member of whom the database refuses it has a `fault`.

        Where one has no others, it is a fault of the whole.
        """
        if len(self._ended) > 1:
            ended, self._ended = self._ended, []
            if self._refusal(*ended) is not None:
                self._write_each(ended)
        self.flush()

    def _write_each(self, ended: list[Member]) -> None:
        """Write what these did, but for those of whom the database refuses it.

        Their numbers are free again. Who took numbers later would leave a gap in the sequences, and is undone as well.
        """
        fault: Exception | None = None
        for member in ended:
            member.fault = (fault if member.has_numbers else None) or self._refusal(member)
            if member.fault is None:
                continue
            for row in member.rows.get(self._adding, ()):
                self._added[row["tenant"]] -= 1
            if member.has_numbers and fault is None:
                fault, self._next, self._taken = member.fault, member.next, member.taken

    def _refusal(self, *members: Member) -> Exception | None:
        """Write what they did, all of it or nothing; gives why the database refuses it."""
        try:
            with self.attempt():
                for member in members:
                    self._levels[-1].add(member.rows)
        except Exception as error:
            if self.is_lost:
                raise
            return error
        return None

    def serial(self, tenant: str, name: str, start: int = 1, count: int = 1) -> int:
        """Take `count` numbers of a sequence and give the first. `start` counts when the sequence is first used.

        Numbers of a transaction, or an attempt, that is undone are given again: a sequence has no gaps.
        """
        self._lock(tenant)
        sequence = tenant, name
        first = self._next.get(sequence)
        if first is None:
            found = self._statements.next.first(self._connection, {"tenant": tenant, "name": name})
            first = start if found is None else found["next"]
        self._next[sequence] = first + count
        self._taken |= {sequence}
        return first

    def is_taken(self, tenant: str, number: str, following: Iterable[str] = ()) -> bool:
        """Whether the tenant has an invoice with this number; nobody else takes it before the end.

        `following` are numbers of which the same may be asked next, in the order of text.
        """
        self._lock(tenant)
        if (known := self._numbers.get((tenant, number))) is None:
            asked = [number, *following] if self._numbers else [number]  # who asks once may well ask no more
            found = self._taken_between(tenant, number, asked[-1])
            if len(found) >= NUMBERS_AT_ONCE:  # and perhaps there are more
                asked, found = [number], self._taken_between(tenant, number, number)
            for one in asked:  # some that are set aside may be known already
                self._numbers.setdefault((tenant, one), one in found)
            known = number in found
        return known

    def _taken_between(self, tenant: str, first: str, last: str) -> set[str]:
        wanted = {"tenant": tenant, "first": first, "last": last}
        return {row["number"] for row in self._statements.numbers.all(self._connection, wanted)}

    def contact(self, tenant: str, id: str) -> ContactRecord | None:  # noqa: A002 - what it is called everywhere
        """The contact with this id that a request has made."""
        self._write_if_any(self._statements.add_contact, tenant=tenant, id=id)
        row = self._statements.contact.first(self._connection, {"tenant": tenant, "id": id})
        return None if row is None else contact_of(row)

    def add_contact(self, tenant: str, contact: ContactRecord) -> None:
        """Store a contact."""
        self._lock(tenant)
        self._levels[-1].add({self._statements.add_contact: [row_of(contact, tenant=tenant)]})

    def add_snapshot(self, tenant: str, snapshot: SnapshotRecord) -> None:
        """Store a snapshot."""
        self._lock(tenant)
        self._levels[-1].add({self._statements.add_snapshot: [row_of(snapshot, tenant=tenant)]})

    def add(self, tenant: str, invoice: InvoiceRecord) -> None:
        """Store an invoice with its items.

        Raises:
            NumberTakenError: the tenant has an invoice with its number. Nothing is stored.
        """
        if self.is_taken(tenant, invoice.number):
            raise NumberTakenError(invoice.number)
        self._numbers[tenant, invoice.number] = True
        self._added[tenant] = self._added.get(tenant, 0) + 1
        self._levels[-1].add({self._adding: [row_of(invoice, tenant=tenant)]})

    def write(self) -> None:
        """Write what is set aside."""
        if self._ended or any(level.rows for level in self._levels):
            self._settle()

    def flush(self) -> None:
        """Write all: what is set aside, what was taken of sequences, and how many invoices were added."""
        self._settle()
        if self._kept:
            most = PURGED_AT_ONCE * self._kept
            expired = self._statements.expired.all(self._connection, {"before": self._lapsed, "most": most})
            if expired:
                self._statements.purge.run(self._connection, expired)
            self._kept = 0
        for tenant, count in self._added.items():
            self._statements.add.run(self._connection, [{"tenant": tenant, "name": COUNT, "next": count}])
        self._added = {}
        for tenant, name in sorted(self._taken):
            following = self._next[tenant, name]
            self._statements.take.run(self._connection, [{"tenant": tenant, "name": name, "next": following}])
        self._taken = frozenset()

    def count(self, tenant: str) -> int:
        """How many invoices the tenant has."""
        self.flush()
        found = self._statements.next.first(self._connection, {"tenant": tenant, "name": COUNT})
        return found["next"] if found else 0

    def forget(self, tenant: str) -> None:
        """Delete all of a tenant. See `Store.reset`."""
        self._lock(tenant)
        for table in (invoices, contacts, snapshots, sequences, answers):
            self.connection.execute(delete(table).where(table.c.tenant == tenant))
        self._numbers = {}
        self._added.pop(tenant, None)
        self._next = {one: number for one, number in self._next.items() if one[0] != tenant}
        self._taken = frozenset(one for one in self._taken if one[0] != tenant)

    def _lock(self, tenant: str) -> None:
        """Let one transaction at a time write what is a tenant's.

        Sequences would make them wait for each other anyway. Without an order two of them that take the same sequences
        and numbers in a different one would wait for each other for ever.
        """
        if self._shared and tenant not in self._locked:
            self._statements.lock.first(self._connection, {"lock": _lock("tenant", tenant)})
            self._locked |= {tenant}

    def _set_aside(self, statement: Prepared) -> Iterator[dict[str, Any]]:
        """The rows that are set aside for this statement."""
        pending = [one.rows for one in self._ended] + [one.rows for one in self._levels]
        return (row for rows in pending for row in rows.get(statement, ()))

    def _write_if_any(self, statement: Prepared, **columns: str) -> None:
        """Write what is set aside, if a row of it for this statement has these values."""
        if any(columns.items() <= row.items() for row in self._set_aside(statement)):
            self._settle()

    def _settle(self) -> None:
        """Write what is set aside; what each attempt under way does is in a savepoint of its own from now on."""
        self.is_lost = bool(self._ended)  # if it fails to write what they did, that cannot be undone alone
        for member in self._ended:
            self._levels[0].add(member.rows)
        self._ended = []
        for level in self._levels:
            if not level.is_begun:
                self._statements.begin.run(self._connection, [{}])
                level.is_begun = True
            for statement, rows in level.rows.items():
                statement.run(self._connection, rows)
            level.rows = {}
            self.is_lost = False  # the first of them has what they did


def _lock(kind: str, name: str) -> int:
    """Number of an advisory lock, 64 bits with a sign."""
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8, person=kind.encode()).digest()
    return int.from_bytes(digest, "big", signed=True)
