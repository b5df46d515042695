"""The statements that a transaction runs, built once for each kind of database, as building them takes its time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from .tables import answers, contacts, invoices, items, sequences, snapshots

if TYPE_CHECKING:
    from sqlalchemy.sql.base import Executable

PURGED_AT_ONCE = 4
"""So many expired answers are deleted when one is kept: more than come in, and few enough not to be felt."""


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements whose parameters have the names of columns, but for those that are named below."""

    add_invoice: Executable
    """Gives the serial number, or no row if the number is taken."""
    add_item: Executable
    add_contact: Executable
    add_snapshot: Executable
    next: Executable
    """Parameters `tenant` and `name` of a sequence; gives its next number, or no row if none was ever taken."""
    take: Executable
    """Parameters tenant, name, and next, which is from now on the next number."""
    add: Executable
    """Parameters tenant, name, and next, which is added."""
    keep: Executable
    purge: Executable
    """Parameter `before`."""
    kept: Executable
    """Parameters `key` and `since`."""
    number: Executable
    contact: Executable


@cache
def statements(dialect: str) -> Statements:
    """Those for `sqlite` or `postgresql`."""
    upsert: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert  # the two have no common type
    expired = select(answers.c.key).where(answers.c.at < bindparam("before", type_=answers.c.at.type))
    expired = expired.order_by(answers.c.at).limit(PURGED_AT_ONCE).with_for_update(skip_locked=True)
    taken = upsert(sequences)
    one_sequence = [sequences.c.tenant, sequences.c.name]
    kept = upsert(answers)
    return Statements(
        add_invoice=upsert(invoices)
        .on_conflict_do_nothing(index_elements=[invoices.c.tenant, invoices.c.number])
        .returning(invoices.c.serial),
        add_item=insert(items),
        add_contact=insert(contacts),
        add_snapshot=insert(snapshots),
        next=select(sequences.c.next).where(
            sequences.c.tenant == bindparam("tenant"), sequences.c.name == bindparam("name")
        ),
        take=taken.on_conflict_do_update(index_elements=one_sequence, set_={"next": taken.excluded.next}),
        add=taken.on_conflict_do_update(
            index_elements=one_sequence, set_={"next": sequences.c.next + taken.excluded.next}
        ),
        keep=kept.on_conflict_do_update(
            index_elements=[answers.c.key],
            set_={column.name: kept.excluded[column.name] for column in answers.c if not column.primary_key},
        ),
        purge=delete(answers).where(answers.c.key.in_(expired)),
        kept=select(answers).where(answers.c.key == bindparam("key"), answers.c.at >= bindparam("since")),
        number=select(invoices.c.serial).where(
            invoices.c.tenant == bindparam("tenant"), invoices.c.number == bindparam("number")
        ),
        contact=select(contacts).where(contacts.c.tenant == bindparam("tenant"), contacts.c.id == bindparam("id")),
    )
