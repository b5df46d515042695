"""From a URL to an engine: what SQLite and PostgreSQL need to be told."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import URL, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool, StaticPool

from .errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

MEMORY: Final = ":memory:"
BEGIN: Final = "sandbox_begin"
"""Option of a connection: how its transactions begin in SQLite."""
IMMEDIATE: Final = "BEGIN IMMEDIATE"
"""For what is going to write: what reads first and writes later could not wait for another one that writes."""

_WAIT: Final = 30
"""Seconds until a lock of another process, or a free connection, is no longer waited for."""
_LOGGED: Final = 8000
"""Pages, of 4 KiB, that SQLite has in its log before it copies them into the file, which takes two more waits for the
disk."""
_CACHED: Final = 64 << 10
"""KiB of its file that SQLite keeps in memory at most. Ids are anywhere in their indexes, so that with as little as it
keeps by itself most pages of these are read again, and again, for each invoice."""
_CONNECT: Final = 10
_POSTGRESQL: Final = ("postgresql", "postgres", "postgresql+psycopg")
_FORMS: Final = "give :memory:, a path, sqlite:///path or postgresql://user:password@host/database"


def open_engine(url: str) -> Engine:
    """An engine for `:memory:`, a path, `sqlite:///path` or `postgresql://...`; only SQLite's file is touched.

    Raises:
        StoreError: it is none of these, or PostgreSQL's driver is missing.
    """
    place = _place(url)
    if place.drivername == "sqlite":
        return _sqlite(place.database or MEMORY)
    return _postgresql(place)


def write_ahead(engine: Engine) -> None:
    """Let SQLite's readers and its writer not wait for each other; the file remembers it. Not for a file of others."""
    if engine.dialect.name == "sqlite":
        with engine.execution_options(**{BEGIN: ""}).connect() as connection:  # it cannot be done in a transaction
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")


def display_name(url: str) -> str:
    """The database's name for people: nothing of a password."""
    place = _place(url)
    if place.drivername == "sqlite":
        return place.database or MEMORY
    return f"postgresql://{place.host or ''}{f':{place.port}' if place.port else ''}/{place.database or ''}"


def _place(url: str) -> URL:
    scheme, separator, _ = url.partition("://")
    if not separator:
        if not url.strip():
            raise StoreError(f"no database is named: {_FORMS}")
        return URL.create("sqlite", database=url if url == MEMORY else str(Path(url).expanduser()))
    if scheme not in {"sqlite", *_POSTGRESQL}:
        raise StoreError(f"{scheme}:// is no database that is known here: {_FORMS}")
    try:
        found = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(f"a {scheme}:// URL cannot be read: {_FORMS}") from None  # the cause shows the password
    return found if scheme == "sqlite" else found.set(drivername="postgresql+psycopg")


def _sqlite(path: str) -> Engine:
    if path != MEMORY:
        _make_private(Path(path))
    opened = _identity(path)
    engine = create_engine(
        URL.create("sqlite", database=path),
        hide_parameters=True,
        poolclass=StaticPool if path == MEMORY else QueuePool,
        connect_args={"check_same_thread": False, "timeout": _WAIT},
    )

    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # SQLAlchemy says BEGIN, below; the driver must not
        cursor = connection.cursor()
        # FULL: what was acknowledged survives a power cut; it costs a fraction of a millisecond a commit more.
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute(f"PRAGMA wal_autocheckpoint = {_LOGGED}")
        cursor.execute(f"PRAGMA cache_size = -{_CACHED}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begins(connection: Connection) -> None:
        if _identity(path) != opened:
            # What is written to a file without a name is gone when it is closed.
            raise StoreError(f"{path} was deleted or replaced while in use; start again to go on")
        if statement := connection.get_execution_options().get(BEGIN, "BEGIN"):
            connection.exec_driver_sql(statement)

    return engine


def _identity(path: str) -> tuple[int, int] | None:
    """Which file has this path; `None` if there is none, as in memory."""
    try:
        found = os.stat(path)  # noqa: PTH116 - for each transaction, and Path takes three times as long
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _make_private(path: Path) -> None:
    """Make the file, for the user alone: it holds the secret that signs tokens."""
    if path.is_dir():
        raise StoreError(f"{path} is a directory and no database")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(f"{path} cannot be opened: {error.strerror}") from None


def _postgresql(place: URL) -> Engine:
    try:
        engine = create_engine(
            place,
            hide_parameters=True,
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,  # a server that was started again is no reason to fail
            pool_size=10,
            pool_timeout=_WAIT,
            connect_args={} if "connect_timeout" in place.query else {"connect_timeout": _CONNECT},
        )
    except ModuleNotFoundError:
        raise StoreError('PostgreSQL needs psycopg: pip install "zuora-invoices[sandbox]"') from None

    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        # A process that hangs in a transaction must not stop the others for good.
        cursor.execute(f"SET lock_timeout = '{_WAIT}s'")
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{2 * _WAIT}s'")
        cursor.close()
        connection.commit()

    return engine
