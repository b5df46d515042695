"""What a database needs to be a store: made by the first process that opens it, found by all others."""

from __future__ import annotations

import secrets
from functools import cache
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect, make_url, select, text
from sqlalchemy.schema import CreateIndex, CreateTable

from .errors import StoreError
from .tables import VERSION, meta, metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.schema import ExecutableDDLElement

_LOCK: Final = 0x5A75_6F72_6100
"""The advisory lock of PostgreSQL under which tables are made; any number will do that others do not use."""


def prepare(connection: Connection) -> tuple[bytes, bool]:
    """Make what is missing in the database; gives its secret, and whether it was new.

    The connection is in a transaction that writes.

    Raises:
        StoreError: the database is of another version, of another program, or cannot hold all text.
    """
    postgresql = connection.dialect.name == "postgresql"
    if postgresql:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            raise StoreError(f"the database's encoding is {encoding}; it must be UTF8")
    tables = inspect(connection).get_table_names()
    is_new = meta.name not in tables
    if is_new:
        # A file that is named by mistake is left alone. A PostgreSQL database is often shared on purpose.
        if tables and not postgresql:
            raise StoreError("the file is another program's database")
        for statement in _creation(connection.dialect.name):
            connection.exec_driver_sql(statement)
        connection.execute(
            meta.insert(),
            [
                {"name": "version", "value": VERSION},
                {"name": "secret", "value": secrets.token_hex(32)},
            ],
        )
    found = dict(iter(connection.execute(select(meta.c.name, meta.c.value))))
    if found.get("version") != VERSION or "secret" not in found:
        version = found.get("version", "none")
        raise StoreError(f"the database has tables of version {version}, this sandbox needs {VERSION}: use another one")
    return bytes.fromhex(found["secret"]), is_new


@cache
def _creation(dialect: str) -> tuple[str, ...]:
    """What makes the tables. To write it takes longer than to run it, and tests make databases all the time."""
    kind = make_url(f"{dialect}://").get_dialect()()
    made: list[ExecutableDDLElement] = [CreateTable(table) for table in metadata.sorted_tables]
    made += [CreateIndex(index) for table in metadata.sorted_tables for index in table.indexes]
    return tuple(str(one.compile(dialect=kind)) for one in made)
