"""The statements that a transaction runs, built once for each kind of database, as building them takes its time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Integer, bindparam, delete, func, insert, make_url, select, text
from sqlalchemy.dialects import postgresql, sqlite

from .prepared import Prepared
from .tables import answers, contacts, invoices, sequences, snapshots

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.sql import ClauseElement

PURGED_AT_ONCE = 4
"""So many expired answers are deleted for each that is kept: more than come in, and few enough not to be felt."""

NUMBERS_AT_ONCE = 100
"""So many numbers of invoices are looked up at most: more than one call needs."""


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements whose parameters have the names of columns, but for those that are named below."""

    add_invoice: Prepared
    add_contact: Prepared
    add_snapshot: Prepared
    next: Prepared
    """Parameters `tenant` and `name` of a sequence; gives its next number, or no row if none was ever taken."""
    take: Prepared
    """Parameters tenant, name, and next, which is from now on the next number."""
    add: Prepared
    """Parameters tenant, name, and next, which is added."""
    keep: Prepared
    expired: Prepared
    """Parameters `before`, and how many at `most`; gives keys of answers, which nobody else replaces then."""
    purge: Prepared
    """Parameter `key`. Apart from the above: as one statement, PostgreSQL may look through all answers for it."""
    kept: Prepared
    """Parameter `key`."""
    numbers: Prepared
    """Parameters tenant, `first` and `last`; gives numbers of invoices from the one to the other, the first of many.

    By their order they are found in their own index. PostgreSQL makes its plan when there are no invoices yet, and any
    index that begins with the tenant looks as good to it.
    """
    contact: Prepared
    lock: Prepared
    """Parameter `lock`, the number of an advisory lock of PostgreSQL, which is waited for."""
    try_lock: Prepared
    """The same, but where another one has it, `is_held` is false."""
    begin: Prepared
    """A savepoint; no parameters, as the two below."""
    end: Prepared
    """The last savepoint."""
    undo: Prepared
    """What was done since the last savepoint."""


@cache
def statements(dialect: str) -> Statements:
    """Those for `sqlite` or `postgresql`."""
    driver = make_url("postgresql+psycopg://" if dialect == "postgresql" else "sqlite://").get_dialect()()
    upsert: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert  # the two have no common type
    expired = select(answers.c.key).where(answers.c.at < bindparam("before", type_=answers.c.at.type))
    expired = expired.order_by(answers.c.at).limit(bindparam("most", type_=Integer())).with_for_update(skip_locked=True)
    taken = upsert(sequences)
    one_sequence = [sequences.c.tenant, sequences.c.name]
    kept = upsert(answers)
    lock = bindparam("lock", type_=BigInteger())

    def inserting(statement: ClauseElement, table: Table) -> Prepared:
        return Prepared(statement, [column.name for column in table.c if column is not invoices.c.serial], driver)

    return Statements(
        add_invoice=inserting(insert(invoices), invoices),
        add_contact=inserting(insert(contacts), contacts),
        add_snapshot=inserting(insert(snapshots), snapshots),
        next=Prepared(
            select(sequences.c.next).where(
                sequences.c.tenant == bindparam("tenant"), sequences.c.name == bindparam("name")
            ),
            ("tenant", "name"),
            driver,
        ),
        take=inserting(
            taken.on_conflict_do_update(index_elements=one_sequence, set_={"next": taken.excluded.next}), sequences
        ),
        add=inserting(
            taken.on_conflict_do_update(
                index_elements=one_sequence, set_={"next": sequences.c.next + taken.excluded.next}
            ),
            sequences,
        ),
        keep=inserting(
            kept.on_conflict_do_update(
                index_elements=[answers.c.key],
                set_={column.name: kept.excluded[column.name] for column in answers.c if not column.primary_key},
            ),
            answers,
        ),
        expired=Prepared(expired, ("before", "most"), driver),
        purge=Prepared(delete(answers).where(answers.c.key == bindparam("key")), ("key",), driver),
        kept=Prepared(select(answers).where(answers.c.key == bindparam("key")), ("key",), driver),
        numbers=Prepared(
            select(invoices.c.number)
            .where(
                invoices.c.tenant == bindparam("tenant"),
                invoices.c.number >= bindparam("first"),
                invoices.c.number <= bindparam("last"),
            )
            .order_by(invoices.c.number)
            .limit(NUMBERS_AT_ONCE),
            ("tenant", "first", "last"),
            driver,
        ),
        contact=Prepared(
            select(contacts).where(contacts.c.tenant == bindparam("tenant"), contacts.c.id == bindparam("id")),
            ("tenant", "id"),
            driver,
        ),
        lock=Prepared(select(func.pg_advisory_xact_lock(lock)), ("lock",), driver),
        try_lock=Prepared(select(func.pg_try_advisory_xact_lock(lock).label("is_held")), ("lock",), driver),
        begin=Prepared(text("SAVEPOINT attempt"), (), driver),
        end=Prepared(text("RELEASE SAVEPOINT attempt"), (), driver),
        undo=Prepared(text("ROLLBACK TO SAVEPOINT attempt"), (), driver),
    )
