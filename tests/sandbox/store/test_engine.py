"""What a URL can be, and what is said of one that cannot be opened: one line, no password."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import sys
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import update

from tests.sandbox.store.samples import add, an_invoice
from zuora_invoices_sandbox.store import Store, StoreError
from zuora_invoices_sandbox.store.tables import meta

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "hunter2"


def refusal(url: str) -> str:
    with pytest.raises(StoreError) as caught:
        Store(url)
    text = str(caught.value)
    assert "\n" not in text
    assert PASSWORD not in text
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return text


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "no database is named"),
        ("  ", "no database is named"),
        (f"mysql://me:{PASSWORD}@localhost/x", "mysql:// is no database that is known here"),
        (f"postgresql+asyncpg://me:{PASSWORD}@localhost/x", "postgresql+asyncpg:// is no database"),
        (f"postgresql://me:{PASSWORD}@localhost:port/x", "a postgresql:// URL cannot be read"),
        (f"postgresql://me:{PASSWORD}@[::1/x", "a postgresql:// URL cannot be read"),
        (f"postgresql://me:{PASSWORD}@127.0.0.1:1/x", "postgresql://127.0.0.1:1/x: connection"),
        (f"postgres://127.0.0.1:1/x?user=me&password={PASSWORD}", "postgresql://127.0.0.1:1/x: connection"),
        (f"postgresql://127.0.0.1:1/x?no_such_setting={PASSWORD}", "postgresql://127.0.0.1:1/x: "),
    ],
)
def test_urls_that_lead_nowhere(url: str, message: str) -> None:
    assert refusal(url).startswith(message)


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    assert refusal(str(tmp_path)) == f"{tmp_path} is a directory and no database"
    assert refusal(str(tmp_path / "no" / "x.db")).startswith(f"{tmp_path}/no/x.db cannot be opened: No such file")
    text = tmp_path / "text"
    text.write_text("not a database, but long enough to be looked at " * 100, encoding="utf-8")
    assert refusal(f"sqlite:///{text}") == f"{text}: file is not a database"


def test_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (id INTEGER)")
    connection.close()
    before = path.read_bytes()
    assert refusal(str(path)) == f"{path}: the file is another program's database"
    assert path.read_bytes() == before


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_database_of_another_version(database: str) -> None:
    store = Store(database)
    with store._writing() as transaction:
        transaction.connection.execute(update(meta).where(meta.c.name == "version").values(value="0"))
    store.close()
    assert "tables of version 0, this sandbox needs 2" in refusal(database)


def test_password_that_is_wrong(postgresql_url: str) -> None:
    host = postgresql_url.partition("host=")[2]
    assert "no_such_user" in refusal(f"postgresql://no_such_user:{PASSWORD}@/x?host={host}")


def test_database_of_another_encoding(postgresql_url: str) -> None:
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
        try:
            assert "encoding is LATIN1; it must be UTF8" in refusal(re.sub("/test_[0-9]+", "/latin", postgresql_url))
        finally:
            connection.execute("DROP DATABASE latin")


def test_driver_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert refusal("postgresql://localhost/x").startswith("PostgreSQL needs psycopg: pip install")


@pytest.mark.parametrize("form", ["{}", "sqlite:///{}", "sqlite:////{}"])
def test_forms_of_a_path(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"a b%20{os.fsdecode('ü'.encode())}.db"
    store = Store(form.format(path if form == "{}" else str(path).replace("%", "%25")))
    add(store, an_invoice("INV1"))
    store.close()
    assert path.exists()


@pytest.mark.parametrize("form", [":memory:", "sqlite://", "sqlite:///:memory:"])
def test_forms_of_memory(form: str) -> None:
    store = Store(form)
    add(store, an_invoice("INV1"))
    assert store.count("t") == 1
    assert repr(store) == "Store(':memory:')"
    store.close()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_forms_of_postgresql(postgresql_url: str, scheme: str) -> None:
    store = Store(postgresql_url.replace("postgresql", scheme, 1))
    assert repr(store).startswith("Store('postgresql:///test_")
    store.close()


@pytest.mark.skipif(os.name != "posix", reason="permissions of files are different there")
def test_file_is_private(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    store = Store(str(path))
    assert {stat.S_IMODE(found.stat().st_mode) for found in tmp_path.iterdir()} == {0o600}
    store.close()


def test_settings_of_a_file(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "x.db"))
    with store._reading() as transaction:
        found = {
            name: transaction.connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "wal_autocheckpoint", "busy_timeout")
        }
    store.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "wal_autocheckpoint": 8000, "busy_timeout": 30_000}


def test_connections_that_the_server_ended_are_replaced(postgresql_url: str) -> None:
    store = Store(postgresql_url)
    add(store, an_invoice("INV1"))
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    add(store, an_invoice("INV2"))
    assert store.count("t") == 2
    store.close()


def test_server_that_goes_away_in_a_transaction(postgresql_url: str) -> None:
    store = Store(postgresql_url)
    with psycopg.connect(postgresql_url, autocommit=True) as connection:

        def interrupted() -> None:
            with store.transaction() as transaction:
                transaction.add("t", an_invoice("INV1"))
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                transaction.add("t", an_invoice("INV2"))

        with pytest.raises(StoreError) as caught:
            interrupted()
    assert "\n" not in str(caught.value)
    assert store.count("t") == 0
    store.close()
