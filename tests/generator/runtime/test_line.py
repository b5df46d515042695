"""Lines with TLS: whom they trust, and that each step of them is held to its time; others are in `test_network`."""

from __future__ import annotations

import asyncio
import itertools
import socket
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import anyio
import pytest
import trustme

from generator.runtime.address import parse
from generator.runtime.async_line import AsyncLine
from generator.runtime.errors import CallTimeoutError, ConnectionFailedError
from generator.runtime.exchange import Part
from generator.runtime.line import Attempt, Line
from tests.generator.runtime.flows import ADD, PET, Pet
from tests.generator.runtime.wire import call, raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CORK = getattr(socket, "TCP_CORK", socket.TCP_NODELAY)
AUTHORITY = trustme.CA(key_type=trustme.KeyType.ECDSA)
CERTIFICATE = AUTHORITY.issue_cert("localhost", "127.0.0.1")
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(PET.content) + PET.content
)


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority is one of those that the environment names."""
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


@contextmanager
def serving_tls(answer: Callable[[ssl.SSLSocket], object]) -> Iterator[str]:
    """A server with a certificate for localhost."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.set_alpn_protocols(["h2", "http/1.1"])
    CERTIFICATE.configure_cert(context)

    def serve(connection: socket.socket) -> None:
        with suppress(OSError), context.wrap_socket(connection, server_side=True) as secure:
            answer(secure)

    with raw(serve, after=b"") as url:
        yield url.replace("http:", "https:")


def _answering(bodies: list[bytes]) -> Callable[[ssl.SSLSocket], None]:
    """Answers each request of a connection, and remembers what came."""

    def answer(connection: ssl.SSLSocket) -> None:
        assert connection.selected_alpn_protocol() == "http/1.1"
        while part := connection.recv(65536):
            head, _, body = part.partition(b"\r\n\r\n")
            length = next(
                (int(one.split()[1]) for one in head.splitlines() if one.lower().startswith(b"content-length")), 0
            )
            while len(body) < length:
                body += connection.recv(65536)
            bodies.append(body)
            connection.sendall(ANSWER)
        bodies.append(b"the end")

    return answer


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_calls_go_over_one_line_with_tls(flavour: str, host: str) -> None:
    bodies: list[bytes] = []
    body = {"name": "x" * 1_000_000}
    with serving_tls(_answering(bodies)) as url:
        found = call(url.replace("127.0.0.1", host), flavour, ADD, body, compress_above=None, times=3)
    assert isinstance(found, Pet)
    assert list(map(len, bodies[:3])) == [len('{"name":""}') + 1_000_000] * 3


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
@pytest.mark.usefixtures("trusted")
def test_the_certificate_has_to_be_of_the_host_that_was_named(
    flavour: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.CERTIFICATE", AUTHORITY.issue_cert(host))
    with serving_tls(_answering([])) as url:
        assert isinstance(call(url.replace("127.0.0.1", host), flavour), Pet)
        other = {"localhost": "127.0.0.1", "127.0.0.1": "localhost"}[host]
        with pytest.raises(ConnectionFailedError, match="VERIFY_FAILED"):
            call(url.replace("127.0.0.1", other), flavour)


@pytest.mark.parametrize("fault", ["nobody trusts it", "it is of another host", "it speaks no TLS"])
def test_what_shows_no_right_certificate_gets_no_request(
    flavour: str, fault: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies: list[bytes] = []
    if fault != "nobody trusts it":
        request.getfixturevalue("trusted")
    if fault == "it is of another host":
        monkeypatch.setattr(f"{__name__}.CERTIFICATE", AUTHORITY.issue_cert("example.com"))
    plain = fault == "it speaks no TLS"
    server = raw(lambda connection: connection.sendall(ANSWER), after=b"") if plain else serving_tls(_answering(bodies))
    with server as url, pytest.raises(ConnectionFailedError, match=r"WRONG_VERSION|VERIFY_FAILED") as caught:
        call(url.replace("http:", "https:"), flavour, ADD, {"name": "Rex"})
    assert caught.value.outcome == "not_sent"
    assert bodies == []


@pytest.mark.usefixtures("trusted")
def test_a_server_that_never_shakes_hands_is_waited_for_no_longer_than_may_be(flavour: str) -> None:
    ended = threading.Event()
    with raw(lambda _: ended.wait(60), after=b"") as url, pytest.raises(CallTimeoutError) as caught:
        call(url.replace("http:", "https:"), flavour, timeout=0.3)
    ended.set()
    assert caught.value.outcome == "not_sent"


def test_no_step_begins_after_the_deadline() -> None:
    late = Attempt(timeout=9, until=time.monotonic())
    with raw(lambda _: None, after=b"") as url, pytest.raises(TimeoutError, match="deadline"):
        Line.to(parse(url), None, late)
    assert Attempt(timeout=9, until=float("inf")).left() == 9
    assert Attempt(timeout=9, until=time.monotonic() + 5).left() <= 5


def test_the_deadline_holds_between_connecting_and_shaking_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[socket.socket] = []
    connect = socket.create_connection
    attempt = Attempt(timeout=60, until=float("inf"))

    def slow(*arguments: Any) -> socket.socket:
        made.append(connect(*arguments))
        attempt.until = time.monotonic()
        return made[-1]

    monkeypatch.setattr(socket, "create_connection", slow)
    with raw(lambda connection: connection.recv(1), after=b"") as url:
        with pytest.raises(TimeoutError, match="deadline"):
            Line.to(parse(url), ssl.create_default_context(), attempt)
        assert made[0].fileno() == -1


def test_a_line_sends_at_once_and_is_quiet_until_something_comes() -> None:
    told = threading.Event()

    def speaking(connection: socket.socket) -> None:
        told.wait(60)
        connection.sendall(b"x")

    with raw(speaking, after=b"") as url:
        line = Line.to(parse(url), None, Attempt(timeout=60, until=float("inf")))
        assert line._socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert not line.is_readable()
        told.set()
        assert line.read(Attempt(timeout=60, until=float("inf"))) == Part(b"x")
        line.close()


@pytest.mark.usefixtures("trusted")
def test_a_line_that_was_stopped_says_nothing_without_tls() -> None:
    with serving_tls(lambda connection: connection.recv(1)) as url:
        line = Line.to(parse(url), _client_side(), Counting())
        line.stop()
        assert isinstance(line._socket, ssl.SSLSocket)
        assert line._socket.version()
        with pytest.raises(OSError, match=r"[Ee]OF|[Pp]ipe|[Cc]onnection"):
            line.write(Part(b"secret"), Counting())
        line.close()
        line.stop()


def test_a_line_that_was_closed_counts_as_ended() -> None:
    with raw(lambda connection: connection.recv(1), after=b"") as url:
        line = Line.to(parse(url), None, Attempt(timeout=60, until=float("inf")))
        line.close()
        pairs = [socket.socketpair() for _ in range(20)]  # one of them is where it was
        assert line.is_readable()
        for one in itertools.chain(*pairs):
            one.close()


def test_a_line_is_closed_also_for_those_who_were_cancelled() -> None:
    ended: SimpleQueue[bytes] = SimpleQueue()

    async def run(url: str) -> bool:
        line = await AsyncLine.to(parse(url), None, Attempt(timeout=60, until=float("inf")))
        with anyio.CancelScope() as scope:
            scope.cancel()
            await line.close()
            return True
        return False

    with raw(lambda connection: ended.put(connection.recv(1)), after=b"") as url:
        assert asyncio.run(run(url))
        assert ended.get(timeout=60) == b""


class Counting(Attempt):
    """Knows how many steps were taken."""

    def __init__(self) -> None:
        super().__init__(timeout=60, until=float("inf"))
        self.steps = 0

    def left(self) -> float:
        self.steps += 1
        return super().left()


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("secure", [False, True])
def test_the_time_of_a_step_is_that_of_a_piece(flavour: str, secure: bool) -> None:
    """However long all of it takes."""
    came: SimpleQueue[int] = SimpleQueue()

    def read(connection: socket.socket) -> None:
        count = 0
        while count < 1_000_000:
            count += len(connection.recv(65536))
        came.put(count)
        connection.recv(1)

    async def write(url: str, part: Part, attempt: Counting) -> int:
        line = await AsyncLine.to(parse(url), _client_side() if secure else None, Counting())
        await line.write(part, attempt)
        try:
            return await asyncio.to_thread(came.get, timeout=60)
        finally:
            await line.close()

    attempt, part = Counting(), Part(b"x" * 1_000_000)
    with serving_tls(read) if secure else raw(read, after=b"") as url:
        if flavour == "async":
            assert asyncio.run(write(url, part, attempt)) == 1_000_000
        else:
            line = Line.to(parse(url), _client_side() if secure else None, Counting())
            line.write(part, attempt)
            assert came.get(timeout=60) == 1_000_000
            line.close()
    assert attempt.steps >= 1_000_000 / 65536


def _client_side() -> ssl.SSLContext:
    context = ssl.create_default_context()
    AUTHORITY.configure_trust(context)
    return context


def _two_at_once(connection: ssl.SSLSocket) -> None:
    """Sends an answer that nobody asked for behind the first one, in a record of its own that comes with it."""
    number = 0
    while connection.recv(65536):
        number += 1
        connection.setsockopt(socket.IPPROTO_TCP, CORK, 1)
        for _ in range(2 if number == 1 else 1):
            connection.sendall(ANSWER.replace(b"Rex", b"%03d" % number))
            number += 1
        connection.setsockopt(socket.IPPROTO_TCP, CORK, 0)


def _more_than_is_taken_at_once(connection: ssl.SSLSocket) -> None:
    """The same, and both together are more than TLS asks an event loop for."""
    number = 0
    while connection.recv(65536):
        number += 1
        time.sleep(0.05)  # all of it is to be there at once, as with a server that thinks
        connection.sendall(_long(number, 60_000) + (_long(99, 14_000) if number == 1 else b""))


def _long(number: int, size: int) -> bytes:
    body = b'{"success": true, "name": "%03d"%b}' % (number, b" " * size)
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


def _end_of_tls(connection: ssl.SSLSocket, answer: bytes = ANSWER) -> None:
    """Says that TLS ends, but leaves the connection open."""
    connection.recv(65536)
    connection.sendall(answer)
    connection.settimeout(0.0)
    with suppress(OSError):
        connection.unwrap()
    connection.settimeout(60)
    socket.socket.recv(connection, 65536)


def _end_of_tls_is_the_end(connection: ssl.SSLSocket) -> None:
    """The same, behind an answer of no length."""
    _end_of_tls(connection, ANSWER.replace(b"Content-Length", b"X-Length"))


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("serve", [_two_at_once, _more_than_is_taken_at_once, _end_of_tls, _end_of_tls_is_the_end])
def test_of_a_line_that_says_more_than_was_asked_no_more_is_heard(
    flavour: str, serve: Callable[[ssl.SSLSocket], None]
) -> None:
    with serving_tls(serve) as url:
        found = call(url, flavour, times=3)
        assert isinstance(found, Pet)
        assert found.name in {"Rex", "001"}


@pytest.mark.usefixtures("trusted")
def test_a_server_that_ends_while_hands_are_shaken_got_no_request(flavour: str) -> None:
    def ending(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.shutdown(socket.SHUT_WR)

    with raw(ending, after=b"") as url, pytest.raises(ConnectionFailedError) as caught:
        call(url.replace("http:", "https:"), flavour)
    assert caught.value.outcome == "not_sent"


def test_each_address_of_a_host_is_tried(flavour: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody listens at one of them, another one may do."""
    known = socket.getaddrinfo

    def found(host: str | bytes, port: int, *arguments: Any, **named: Any) -> list[Any]:
        if host not in ("several.example", b"several.example"):
            return known(host, port, *arguments, **named)
        here = known("127.0.0.1", port, type=socket.SOCK_STREAM)
        return [*((*one[:4], ("127.0.0.2", port)) for one in here), *here]

    monkeypatch.setattr(socket, "getaddrinfo", found)

    def answer(connection: socket.socket) -> None:
        connection.sendall(ANSWER)
        connection.recv(1)

    with raw(answer) as url:
        assert isinstance(call(url.replace("127.0.0.1", "several.example"), flavour), Pet)
