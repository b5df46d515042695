"""A database that fails under a running sandbox: what the caller is told is so, and the next call works."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import psycopg
import pytest

from zuora_invoices._runtime.codec import decode, encode
from zuora_invoices_sandbox import Sandbox, StoreError
from zuora_invoices_sandbox.messages import Headers, Request
from zuora_invoices_sandbox.store.transaction import _lock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from zuora_invoices_sandbox.calls import Call

ITEM = {"amount": 19, "chargeName": "Set-up", "serviceStartDate": "2026-11-22"}
ORDER = {"accountNumber": "A00000001", "invoiceDate": "2026-11-22", "invoiceItems": [ITEM]}
LONG = {**ORDER, "invoiceItems": [{**ITEM, "description": "x" * 400}] * 1000}


class Caller:
    """Calls with a token that was fetched while the database was well."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        form = {
            "grant_type": "client_credentials",
            "client_id": sandbox.client_id,
            "client_secret": sandbox.client_secret,
        }
        headers = Headers([("Content-Type", "application/x-www-form-urlencoded")])
        answer = sandbox.deliver(Request("POST", "/oauth/token", "", headers, urlencode(form).encode())).answer
        assert answer is not None
        body: Any = decode(answer.body)
        self._token = body["access_token"]

    def __call__(self, key: str, order: object = ORDER) -> Call:
        headers = [
            ("Authorization", f"Bearer {self._token}"),
            ("Content-Type", "application/json"),
            ("Idempotency-Key", key),
        ]
        self._sandbox.deliver(Request("POST", "/v1/invoices", "", Headers(headers), encode(order)))
        return self._sandbox.calls[-1]


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Sandbox]:
    with Sandbox(database=str(tmp_path / "sandbox.db")) as sandbox:
        yield sandbox


@pytest.mark.parametrize("room", [2, 40])
def test_a_disk_that_is_full(sqlite: Sandbox, caplog: pytest.LogCaptureFixture, room: int) -> None:
    call = Caller(sqlite)
    assert call("first").outcome == "created 1"
    with sqlite.store._engine.connect() as connection:  # the one connection that there is
        used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {used + room}")
    assert call("second", LONG).status == 500
    assert "database or disk is full" in caplog.text
    assert len(sqlite.invoices) == 1
    with sqlite.store._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert call("second", LONG).outcome == "created 1"
    assert call("second", LONG).outcome == "replayed"
    assert [one.number for one in sqlite.invoices] == ["INV00000001", "INV00000002"]


def test_a_file_that_is_deleted_takes_no_invoices(
    sqlite: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """They would be gone at the end of the program, though somebody was told that they are there."""
    call = Caller(sqlite)
    assert call("first").outcome == "created 1"
    file = tmp_path / "sandbox.db"
    file.rename(tmp_path / "another.db")
    assert call("second").status == 500
    assert "sandbox.db was deleted or replaced while in use" in caplog.text
    assert not file.exists()
    file.touch()
    assert call("second").status == 500
    with pytest.raises(StoreError, match="was deleted or replaced"):
        len(sqlite.invoices)
    (tmp_path / "another.db").rename(file)
    assert call("second").outcome == "created 1"


def test_closed(database: str, caplog: pytest.LogCaptureFixture) -> None:
    sandbox = Sandbox(database=database)
    call = Caller(sandbox)
    sandbox.close()
    assert call("key").status == 500
    assert "is closed" in caplog.text
    with pytest.raises(StoreError, match="is closed"):
        len(sandbox.invoices)
    sandbox.close()  # once more is nothing


def test_to_close_waits_for_the_call_under_way(database: str) -> None:
    sandbox = Sandbox(database=database)
    with ThreadPoolExecutor(1) as pool:
        with sandbox.store.transaction() as transaction:
            with pytest.raises(RuntimeError, match="this thread is in a transaction"):
                sandbox.close()
            closed = pool.submit(sandbox.close)
            assert transaction.serial("t", "a") == 1
            assert not closed.done()
        closed.result()


@contextmanager
def waiting(url: str, sandbox: Sandbox) -> Iterator[psycopg.Connection]:
    """Others hold the lock of the tenant: calls stop there, in their transactions."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_lock("tenant", sandbox.tenant.id)])
        yield connection


def test_a_connection_that_is_cut_under_way(postgresql_url: str) -> None:
    with Sandbox(database=postgresql_url) as sandbox, ThreadPoolExecutor(1) as pool:
        call = Caller(sandbox)
        assert call("first").outcome == "created 1"
        with waiting(postgresql_url, sandbox) as other:
            second = pool.submit(call, "second")
            cut = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            while not other.execute(cut).fetchall():
                pass
            assert second.result().status == 500
        assert len(sandbox.invoices) == 1
        assert call("second").outcome == "created 1"
        assert len(sandbox.invoices) == 2


def test_a_server_that_was_started_again(postgresql_url: str) -> None:
    """All connections of the pool are worthless, and nobody notices."""
    with Sandbox(database=postgresql_url) as sandbox:
        call = Caller(sandbox)
        assert call("first").outcome == "created 1"
        with psycopg.connect(postgresql_url, autocommit=True) as other:
            cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            assert other.execute(f"{cut} AND pid <> pg_backend_pid()").fetchall()
        assert [call("second").outcome, call("first").outcome] == ["created 1", "replayed"]


class Wire:
    """Stands between a sandbox and PostgreSQL, and can lose the answer to a COMMIT."""

    def __init__(self, folder: Path, server: str) -> None:
        self.loses = False
        self._server = server
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listener = self._socket()
        self._listener.bind(str(folder / ".s.PGSQL.5432"))
        self._listener.listen()
        self._start(self._accept)

    def close(self) -> None:
        for one in self._ends:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for one in self._ends:
            one.close()

    def _socket(self) -> socket.socket:
        self._ends.append(socket.socket(socket.AF_UNIX))
        return self._ends[-1]

    def _start(self, work: Callable[..., None], *arguments: socket.socket) -> None:
        self._threads.append(threading.Thread(target=work, args=arguments))
        self._threads[-1].start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                self._ends.append(near)
                far = self._socket()
                far.connect(self._server)
                self._start(self._carry, near, far)
                self._start(self._carry, far, near)

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                if self.loses and b"COMMIT\0" in data and data[:1] != b"Q":  # what the server says when it is done
                    self.loses = False
                    break
                sink.sendall(data)
        for one in (source, sink):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


def test_whether_it_was_committed_is_not_known(postgresql_url: str, tmp_path: Path) -> None:
    """The caller is told of a failure that says nothing of the invoice; the same key again tells."""
    name, _, folder = postgresql_url.partition("?host=")
    wire = Wire(tmp_path, f"{folder}/.s.PGSQL.5432")
    with Sandbox(database=f"{name}?host={tmp_path}") as sandbox:
        call = Caller(sandbox)
        assert call("first").outcome == "created 1"
        wire.loses = True
        lost = call("second")
        assert (lost.status, [one.code for one in lost.reasons]) == (500, [90000060])
        assert not wire.loses
        assert len(sandbox.invoices) == 2
        again = call("second")
        assert (again.outcome, again.created) == ("replayed", (sandbox.invoices[1].id,))
        assert len(sandbox.invoices) == 2
    wire.close()
