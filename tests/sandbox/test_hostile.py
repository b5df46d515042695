"""Requests that are malformed, huge, deep, slow or meant to harm: a 4XX or the end of the connection, and never a 500.

After each of them the sandbox answers the next call.
"""

from __future__ import annotations

import functools
import gzip
import json
import logging
import socket
import threading
import zlib
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandbox.program import program
from zuora_invoices_sandbox import Sandbox
from zuora_invoices_sandbox.http.server import running
from zuora_invoices_sandbox.messages import Headers, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

SINGLE, BATCH = "/v1/invoices", "/v1/invoices/batch"
ORDER: Final = {
    "accountNumber": "A00000001",
    "invoiceDate": "2026-11-21",
    "invoiceItems": [{"amount": 1, "serviceStartDate": "2026-11-21", "chargeName": "Work"}],
}
MEGABYTE: Final = 2**20


@dataclass(frozen=True)
class Target:
    """A sandbox behind a socket, and a token for it."""

    url: str
    token: str

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        parts = urlsplit(self.url)
        return str(parts.hostname), int(parts.port or 80)

    def raw(self, sent: bytes | Iterable[bytes], *, is_whole: bool = True) -> int | None:
        """The status of what comes back for some bytes; `None` if the connection ends without any.

        After what is not whole the sending side ends, or the sandbox would wait for the rest.
        """
        with socket.create_connection(self.address, timeout=60) as connection:
            with suppress(OSError):  # it may have heard enough
                for part in (sent,) if isinstance(sent, bytes) else sent:
                    connection.sendall(part)
                if not is_whole:
                    connection.shutdown(socket.SHUT_WR)
            with suppress(ConnectionError):
                if line := connection.makefile("rb").readline(1000):
                    return int(line.split()[1])
        return None

    def head(self, *lines: str, method: str = "POST", path: str = SINGLE) -> bytes:
        """A request without its body."""
        common = [f"Host: {self.address[0]}", f"Authorization: Bearer {self.token}", "Connection: close"]
        return "\r\n".join([f"{method} {path} HTTP/1.1", *common, *lines, "", ""]).encode("latin-1")

    def post(self, body: bytes, *lines: str, path: str = SINGLE) -> int | None:
        """The status for a body."""
        return self.raw(
            self.head(f"Content-Length: {len(body)}", "Content-Type: application/json", *lines, path=path) + body
        )

    def is_well(self) -> bool:
        """Whether a good order is billed."""
        headers = {"Authorization": f"Bearer {self.token}"}
        # Without certificates, as to read them takes longer than the call.
        answer = httpx2.post(self.url + SINGLE, json=ORDER, headers=headers, timeout=60, verify=False)
        return answer.json()["success"] is True


@dataclass(frozen=True)
class Served(Target):
    """One in this process."""

    sandbox: Sandbox


def token(url: str, client_id: str, client_secret: str) -> str:
    form = {"client_id": client_id, "client_secret": client_secret, "grant_type": "client_credentials"}
    return str(httpx2.post(f"{url}/oauth/token", data=form).json()["access_token"])


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def served(request: pytest.FixtureRequest) -> Iterator[Served]:
    with ExitStack() as stack:
        database = ":memory:"
        if request.param == "postgresql":
            database = stack.enter_context(request.getfixturevalue("postgresql_server").fresh())
        sandbox = stack.enter_context(Sandbox(database=database))
        url = stack.enter_context(running(sandbox))
        yield Served(url, token(url, sandbox.client_id, sandbox.client_secret), sandbox)


@pytest.fixture(autouse=True)
def unharmed(served: Served, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing failed, nothing is logged as an error, and the next call is answered."""
    caplog.set_level(logging.WARNING)
    yield
    assert served.is_well()
    assert [call for call in served.sandbox.calls if call.status is None or call.status >= 500] == []
    assert [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR] == []


@functools.cache
def bomb() -> bytes:
    """200 megabytes of spaces, which gzip makes a thousand times smaller."""
    packer = zlib.compressobj(9, wbits=31)
    spaces = b" " * MEGABYTE
    return b"".join([*(packer.compress(spaces) for _ in range(200)), packer.flush()])


def order(text: str) -> bytes:
    """An order whose amount is written so."""
    return json.dumps(ORDER).replace('"amount": 1', f'"amount": {text}').encode()


DEEP = 100_000
BODIES: dict[str, bytes] = {
    "empty": b"",
    "no JSON": b"<xml/>",
    "cut": json.dumps(ORDER).encode()[:-3],
    "two values": b"{}{}",
    "an array": b"[]",
    "null": b"null",
    "a number": b"1",
    "not UTF-8": b'{"comments": "\xff\xfe"}',
    "UTF-16": json.dumps(ORDER).encode("utf-16"),
    "a lone surrogate": b'{"accountNumber": "\\ud800", "comments": "\\udfff"}',
    "NUL": json.dumps({**ORDER, "comments": "\0"}).encode(),
    "deep arrays": b"[" * DEEP,
    "deep arrays that end": b'{"x__c": ' + b"[" * DEEP + b"]" * DEEP + b"}",
    "deep objects": b'{"a":' * DEEP,
    "deep, as far as it is JSON": b'{"x__c": ' + b"[" * 900 + b"]" * 900 + b"}",
    "a huge exponent": order("1e999999999"),
    "a tiny exponent": order("1e-999999999"),
    "an exponent beyond any": order("1e" + "9" * 5000),
    "many digits": order("9" * 1_000_000),
    "many decimals": order("0." + "9" * 1_000_000),
    "NaN": order("NaN"),
    "Infinity": order("-Infinity"),
    "many keys": json.dumps({**ORDER, **{f"k{number}": 0 for number in range(50_000)}}).encode(),
    "many custom fields": json.dumps({**ORDER, **{f"k{number}__c": "1e9" for number in range(2_000)}}).encode(),
    "one key many times": b'{"comments": "a"' + b', "comments": "b"' * 50_000 + b"}",
    "a key that is a program": b'{"__proto__": {}, "__class__": "x", "constructor": 1, "model_config": {}}',
    "many items": json.dumps({**ORDER, "invoiceItems": [{}] * 20_000}).encode(),
    "SQL": json.dumps({**ORDER, "invoiceNumber": "'; DROP TABLE invoices; --"}).encode(),
    "too long a string": json.dumps({**ORDER, "comments": "x" * MEGABYTE}).encode(),
}


ODD: Final = {"NUL", "many custom fields"}
"""Bodies that keep to the description all the same."""


@pytest.mark.parametrize("path", [SINGLE, BATCH])
@pytest.mark.parametrize("name", sorted(BODIES))
def test_a_hostile_body_is_refused(served: Served, name: str, path: str) -> None:
    before = len(served.sandbox.invoices)
    status = served.post(BODIES[name], path=path)
    assert status == 200 or (status is not None and 400 <= status < 500)
    assert len(served.sandbox.invoices) == before + (name in ODD and path == SINGLE)


PACKED: dict[str, tuple[bytes | Callable[[], bytes], int]] = {
    "a bomb": (bomb, 413),  # made by the test, as it takes a while
    "a bomb in a bomb": (lambda: gzip.compress(bomb()), 400),
    "no gzip": (b"{}", 400),
    "cut": (gzip.compress(json.dumps(ORDER).encode())[:-9], 400),
    "a wrong sum": (gzip.compress(json.dumps(ORDER).encode())[:-8] + b"\0" * 8, 400),
    "more behind it": (gzip.compress(json.dumps(ORDER).encode()) + b"more", 400),
    "two members": (gzip.compress(b"{") + gzip.compress(b"}"), 400),
    "empty": (b"", 400),
}


@pytest.mark.parametrize("name", sorted(PACKED))
def test_hostile_gzip_is_refused(served: Served, name: str) -> None:
    body, status = PACKED[name]
    assert served.post(body if isinstance(body, bytes) else body(), "Content-Encoding: gzip") == status


@pytest.mark.parametrize("coding", ["br", "deflate", "gzip, gzip", "identity, gzip", "x" * 5000, "\x7f", ""])
def test_another_encoding_is_refused(served: Served, coding: str) -> None:
    status = served.post(b"x", f"Content-Encoding: {coding}")
    assert status is not None
    assert 400 <= status < 500


BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "noise": bytes(range(256)) * 10,
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 500,
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/9": b"POST /v1/invoices HTTP/9.9\r\nHost: a\r\n\r\n",
    "no version": b"POST /v1/invoices\r\n\r\n",
    "no host": b"POST /v1/invoices HTTP/1.1\r\n\r\n",
    "a line without end": b"POST /" + b"a" * MEGABYTE,
    "a header without end": b"POST /v1/invoices HTTP/1.1\r\nHost: a\r\nA: " + b"a" * MEGABYTE,
    "many headers": b"POST /v1/invoices HTTP/1.1\r\nHost: a\r\n" + b"A: a\r\n" * 50_000 + b"\r\n",
    "a space before the colon": b"POST /v1/invoices HTTP/1.1\r\nHost : a\r\n\r\n",
    "a folded header": b"POST /v1/invoices HTTP/1.1\r\nHost: a\r\nA: a\r\n b\r\n\r\n",
    "NUL in a header": b"POST /v1/invoices HTTP/1.1\r\nHost: a\r\nA: \0\r\n\r\n",
    "a bare line feed": b"POST /v1/invoices HTTP/1.1\nHost: a\n\n",
    "two lengths": b"POST /v1/invoices HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
    "a negative length": b"POST /v1/invoices HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n{}",
    "a huge length": b"POST /v1/invoices HTTP/1.1\r\nHost: a\r\nContent-Length: " + b"9" * 30 + b"\r\n\r\n{}",
    "a length and chunks": b"POST /v1/invoices HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a bad chunk": b"POST /v1/invoices HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "a huge chunk": b"POST /v1/invoices HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx",
    "an unknown transfer": b"POST /v1/invoices HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
    "a body cut off": b"POST /v1/invoices HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{",
    "a path of dots": b"POST /v1/../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
    "a path with bad escapes": b"POST /%ff%fe%zz/%00 HTTP/1.1\r\nHost: a\r\n\r\n",
    "an address as the path": b"POST http://elsewhere/v1/invoices HTTP/1.1\r\nHost: a\r\n\r\n",
    "CONNECT": b"CONNECT elsewhere:443 HTTP/1.1\r\nHost: elsewhere\r\n\r\n",
    "an upgrade": b"GET /v1/invoices HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n",
}


CUT = {"nothing", "noise", "TLS", "no version", "a bare line feed", "a huge length", "a huge chunk", "a body cut off"}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_what_is_no_http_ends(served: Served, name: str) -> None:
    status = served.raw(BROKEN[name], is_whole=name not in CUT)
    assert status is None or 400 <= status < 500


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW", "x" * 1000])
@pytest.mark.parametrize("path", [SINGLE, BATCH, "/oauth/token"])
def test_no_other_method_is_taken(served: Served, method: str, path: str) -> None:
    headers = {"Authorization": f"Bearer {served.token}"}
    answer = httpx2.request(method, served.url + path, headers=headers, verify=False)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"


texts = st.text(st.characters(codec="latin-1", exclude_characters="\r\n\0"), max_size=300)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=50),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=20), inner, max_size=5),
    max_leaves=20,
)
NAMES = ("Idempotency-Key", "Zuora-Track-Id", "Zuora-Version", "Zuora-Entity-Ids", "Zuora-Org-Ids", "Accept-Encoding")
MORE = ("Content-Type", "Content-Encoding", "Authorization", "Zuora-Sandbox-Fault", "Cookie", "Range", "Expect")
calm = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


@given(
    method=st.sampled_from(["POST", "GET", "PUT", ""]) | texts,
    path=st.sampled_from([SINGLE, BATCH, "/oauth/token"]) | texts,
    query=texts,
    headers=st.lists(st.tuples(st.sampled_from(NAMES + MORE), texts), max_size=6),
    body=st.binary(max_size=300) | values.map(lambda value: json.dumps(value).encode()),
    is_known=st.booleans(),
)
@calm
def test_nothing_makes_the_core_fail(
    served: Served, method: str, path: str, query: str, headers: list[tuple[str, str]], body: bytes, is_known: bool
) -> None:
    known = [("Authorization", f"Bearer {served.token}"), ("Content-Type", "application/json")] if is_known else []
    asked = [pair for pair in headers if not (is_known and pair[0] in MORE)]
    answer = served.sandbox.deliver(Request(method, path, query, Headers([*known, *asked]), body)).answer
    assert answer is not None
    assert answer.status == 200 or 400 <= answer.status < 500
    for name, value in answer.headers:
        assert "\n" not in f"{name}{value}"


@pytest.mark.slow
@given(changes=st.dictionaries(st.sampled_from([*ORDER, "customRates", "billToContact", "x__c", "dueDate"]), values))
@calm
def test_an_order_of_anything_is_answered(served: Served, changes: dict[str, object]) -> None:
    known = [("Authorization", f"Bearer {served.token}"), ("Content-Type", "application/json")]
    body = json.dumps({**ORDER, **changes}).encode()
    answer = served.sandbox.deliver(Request("POST", SINGLE, headers=Headers(known), body=body)).answer
    assert answer is not None
    assert answer.status in (200, 400)


def test_slow_callers_keep_nobody_waiting(served: Served) -> None:
    slow: list[socket.socket] = []
    try:
        for number in range(200):
            connection = socket.create_connection(served.address)
            slow.append(connection)
            head = served.head("Content-Length: 1000", "Content-Type: application/json")
            connection.sendall(head[:20] if number % 2 else head + b"{")
        assert served.is_well()
    finally:
        for connection in slow:
            connection.close()


def test_requests_in_a_row_on_one_connection_are_answered_in_order(served: Served) -> None:
    body = b"{"
    one = served.head(f"Content-Length: {len(body)}", "Content-Type: application/json") + body
    many = one.replace(b"Connection: close\r\n", b"") * 20 + one
    with closing(socket.create_connection(served.address, timeout=60)) as connection:
        connection.sendall(many)
        answers = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answers.count(b"HTTP/1.1 400 ") == 21


@pytest.mark.slow
def test_memory_is_bounded(tmp_path: Path, served: Served) -> None:
    """Of the program as users run it: 100 MB in chunks, bombs and deep bodies from several callers at once."""
    with program(":memory:", tmp_path) as running_program:
        good = token(running_program.url, running_program.client_id, running_program.client_secret)
        victim = Target(running_program.url, good)
        assert victim.is_well()
        before = running_program.memory()
        chunk = b"%x\r\n" % MEGABYTE + b" " * MEGABYTE + b"\r\n"
        chunked = victim.head("Transfer-Encoding: chunked", "Content-Type: application/json")
        attacks = [
            lambda: victim.raw([chunked, *([chunk] * 100), b"0\r\n\r\n"]),
            lambda: victim.post(bomb(), "Content-Encoding: gzip"),
            lambda: victim.post(BODIES["deep arrays that end"]),
            lambda: victim.post(b" " * (100 * MEGABYTE)),
        ]
        statuses: list[int | None] = []
        threads = [threading.Thread(target=lambda do=attack: statuses.append(do())) for attack in attacks * 2]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(statuses) == len(threads)
        assert all(status is None or 400 <= status < 500 for status in statuses)
        assert victim.is_well()
        assert running_program.memory("VmHWM") - before < 200 * MEGABYTE
        assert running_program.errors.read_text("utf-8") == ""
