"""A database of a sandbox with many invoices, made of one that is there: quicker than creating them one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import BigInteger, String, cast, func, insert, literal, select
from sqlalchemy import text as sql

from zuora_invoices_sandbox.store.engine import open_engine
from zuora_invoices_sandbox.store.tables import answers, invoices

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Table

_AT_ONCE: Final = 50_000
_SPREAD: Final = 2_654_435_761
"""Odd, so that multiples of it differ modulo a power of two, and lie all over it as hashes do."""


def fill(database: str, count: int) -> None:
    """Have so many invoices in the database, each with its items and with an answer kept under a key.

    There has to be an invoice, made with a key, of which they are copies under numbers, ids and keys of their own.
    """
    engine = open_engine(database)
    with engine.begin() as connection:
        model = connection.execute(select(func.min(invoices.c.serial))).scalar_one()
        last: int = connection.execute(select(func.max(invoices.c.serial))).scalar_one()
        there: int = connection.execute(select(func.count()).select_from(invoices)).scalar_one()
        for first in range(last + 1, last + 1 + count - there, _AT_ONCE):
            end = min(first + _AT_ONCE, last + 1 + count - there)
            _copy(connection, model, first, end)
        if connection.dialect.name == "postgresql":
            sequence = func.pg_get_serial_sequence(invoices.name, "serial")
            connection.execute(select(func.setval(sequence, last + count)))
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(sql("ANALYZE"))
    engine.dispose()


def _copy(connection: Connection, model: int, first: int, end: int) -> None:
    numbers = select(literal(first, BigInteger).label("i")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.i + 1).where(numbers.c.i < end - 1))
    hashed = (numbers.c.i * literal(_SPREAD, BigInteger)) % literal(2**32, BigInteger)
    own: dict[Table, dict[str, ColumnElement[int] | ColumnElement[str]]] = {
        invoices: {"serial": numbers.c.i, "id": _text("filled-", hashed), "number": _text("OLD", hashed)},
        answers: {"key": _text("key-", hashed)},
    }
    wanted = {
        invoices: invoices.c.serial == model,
        answers: answers.c.key == select(func.min(answers.c.key)).scalar_subquery(),
    }
    for table, changed in own.items():
        chosen = [changed.get(column.name, column) for column in table.c]
        query = select(*chosen).select_from(table.join(numbers, literal(1) == 1)).where(wanted[table])
        connection.execute(insert(table).from_select([column.name for column in table.c], query))


def _text(prefix: str, number: ColumnElement[int]) -> ColumnElement[str]:
    return literal(prefix, String) + cast(number, String)
