"""The server over real sockets: connections that end, callers who speak no HTTP or none in time, and its own end."""

from __future__ import annotations

import signal
import socket
import struct
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.sandbox.http.raw import CHUNKED, NO_HTTP, POST, connection, rest
from tests.sandbox.stand_in import DONE, TEXT, StandIn
from zuora_invoices_sandbox.http import protocol, server
from zuora_invoices_sandbox.http.server import listening, running, serve
from zuora_invoices_sandbox.messages import Answer, Delivery, Request

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
BIG = Answer(200, b"x" * 3_000_000)
DELIVERIES = {
    "/drop": Delivery(None),
    "/cut": Delivery(DONE, cut=10),
    "/cut-all": Delivery(DONE, cut=0),
    "/cut-big": Delivery(BIG, cut=2_000_000),
    "/big": Delivery(BIG),
    "/late": Delivery(DONE, delay=0.6),
    "/late-drop": Delivery(None, delay=0.05),
    "/too-late": Delivery(DONE, delay=600.0),
}


def as_its_path_says(request: Request) -> Delivery:
    return DELIVERIES.get(request.path, Delivery(DONE))


@pytest.fixture(scope="module")
def service() -> StandIn:
    return StandIn(as_its_path_says)


@pytest.fixture(scope="module")
def url(service: StandIn) -> Iterator[str]:
    with running(service) as base_url:
        yield base_url


@pytest.fixture
def client(url: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=url, trust_env=False, timeout=20.0, verify=False) as one:
        yield one


def test_what_is_written_goes_out_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Headers and body are written apart; without this the body waits for an acknowledgement, up to 40 ms."""
    seen: list[int] = []
    made = protocol.SandboxProtocol.connection_made

    def connection_made(self: protocol.SandboxProtocol, transport: asyncio.Transport) -> None:
        made(self, transport)
        seen.append(transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    monkeypatch.setattr(protocol.SandboxProtocol, "connection_made", connection_made)
    with running(StandIn(as_its_path_says)) as base_url:
        assert httpx2.get(f"{base_url}/done", trust_env=False).status_code == 200
    assert seen
    assert all(seen)


def drip(one: socket.socket, part: bytes) -> None:
    for _ in range(1000):
        one.sendall(part)
        time.sleep(0.02)


def whole_answer(one: socket.socket) -> bytes:
    """The answer to one request, on a connection that goes on."""
    came = b""
    while not came.endswith(TEXT):
        part = one.recv(65_536)
        assert part, "the connection ended"
        came += part
    return came


# -- answers -----------------------------------------------------------------------------------------------------------


def test_a_request_comes_in_and_its_answer_goes_out(client: httpx2.Client, service: StandIn) -> None:
    response = client.post("/v1/invoices?a=%20b", content=b"{}", headers={"X-One": "1"})
    assert (response.status_code, response.content) == (200, TEXT)
    assert response.headers["content-length"] == str(len(TEXT))
    assert "uvicorn" not in str(response.headers)
    asked = service.asked[-1]
    assert (asked.method, asked.path, asked.query, asked.body) == ("POST", "/v1/invoices", "a=%20b", b"{}")
    assert (asked.headers["x-one"], asked.peer) == ("1", "127.0.0.1")


def test_a_connection_serves_many_requests(url: str) -> None:
    with connection(url) as one:
        for number in range(5):
            one.sendall(b"GET /%d HTTP/1.1\r\nHost: a\r\n\r\n" % number)
            assert whole_answer(one).startswith(b"HTTP/1.1 200 ")


def test_a_drop_is_a_reset(url: str) -> None:
    with connection(url) as one:
        one.sendall(b"POST /drop HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}")
        with pytest.raises(ConnectionResetError):
            one.recv(1)


def test_a_cut_body_has_fewer_bytes_than_it_says_and_then_the_connection_ends(url: str) -> None:
    with connection(url) as one:
        one.sendall(b"GET /cut HTTP/1.1\r\nHost: a\r\n\r\n")
        head, _, body = rest(one).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert f"content-length: {len(TEXT)}".encode() in head.lower()
    assert body == TEXT[:10]


def test_a_cut_comes_after_all_the_bytes_before_it(url: str) -> None:
    with connection(url) as one:
        one.sendall(b"GET /cut-big HTTP/1.1\r\nHost: a\r\n\r\n")
        assert len(rest(one).partition(b"\r\n\r\n")[2]) == 2_000_000


def test_a_client_takes_them_for_what_they_are(client: httpx2.Client) -> None:
    for path in ("/drop", "/drop", "/late-drop", "/cut", "/cut-all", "/drop", "/cut-big"):
        with pytest.raises((httpx2.RemoteProtocolError, httpx2.ReadError)):
            client.post(path, content=b"{}")
        assert client.get("/").content == TEXT
    assert len(client.get("/big").content) == 3_000_000


def test_a_late_answer(client: httpx2.Client) -> None:
    assert client.get("/late").content == TEXT
    with pytest.raises(httpx2.ReadTimeout):
        client.get("/late", timeout=0.05)
    assert client.get("/").content == TEXT


def test_faults_leave_no_trace_in_the_log(client: httpx2.Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        for path in ("/drop", "/cut", "/late-drop"):
            with pytest.raises((httpx2.RemoteProtocolError, httpx2.ReadError)):
                client.get(path)
        client.get("/")
    assert not [record for record in caplog.records if record.name.startswith(("uvicorn", "asyncio"))]


# -- callers who speak no HTTP -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", NO_HTTP.values(), ids=NO_HTTP.keys())
@pytest.mark.parametrize("whole", [True, False], ids=["at once", "in parts"])
def test_what_is_no_http_is_refused(client: httpx2.Client, url: str, raw: bytes, whole: bool) -> None:
    with connection(url) as one:
        try:
            for part in [raw] if whole else [raw[:25], raw[25:60], raw[60:]]:
                one.sendall(part)
        except ConnectionError:
            pass  # it has heard enough
        answer = rest(one)
    assert answer.startswith(b"HTTP/1.1 4") or not answer
    assert client.get("/").content == TEXT


@pytest.mark.parametrize("raw", [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET / HTTP/9.9\r\nHost: a\r\n\r\nabc\r\n\r\n"])
def test_newer_versions_are_spoken_to_in_our_own(url: str, raw: bytes) -> None:
    with connection(url) as one:
        one.sendall(raw)
        assert rest(one).startswith(b"HTTP/1.1 200 ")  # what there is no operation for, the application refuses


def test_what_is_no_http_is_refused_behind_a_good_request_too(url: str) -> None:
    with connection(url) as one:
        one.sendall(b"GET /one HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n\r\n")
        answer = rest(one)
    assert answer.count(b"HTTP/1.1 200 ") == 1
    assert answer.count(b"HTTP/1.1 400 ") == 1


def test_a_body_that_turns_bad_while_it_is_waited_for(url: str, service: StandIn, client: httpx2.Client) -> None:
    before = len(service.asked)
    with connection(url) as one:
        one.sendall(CHUNKED + b"2\r\nab\r\n")
        client.get("/")  # so that the server has taken it
        one.sendall(b"nonsense\r\n")
        assert not rest(one)
    assert len(service.asked) == before + 1


def test_requests_in_a_row_are_answered_in_order(url: str, service: StandIn) -> None:
    with connection(url) as one:
        one.sendall(b"".join(b"GET /%d HTTP/1.1\r\nHost: a\r\n\r\n" % number for number in range(20)))
        one.sendall(b"GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        answer = rest(one)
    assert answer.count(b"HTTP/1.1 200 ") == 21
    assert [asked.path for asked in service.asked[-21:]] == [*[f"/{number}" for number in range(20)], "/last"]


def test_requests_behind_one_that_is_dropped_are_not_carried_out(url: str, service: StandIn) -> None:
    with connection(url) as one:
        one.sendall(b"GET /first HTTP/1.1\r\nHost: a\r\n\r\n" + b"GET /drop HTTP/1.1\r\nHost: a\r\n\r\n" * 2)
        answer = rest(one)
    assert answer.count(b"HTTP/1.1 ") <= 1  # a reset may take the first one with it
    assert [asked.path for asked in service.asked[-2:]] == ["/first", "/drop"]


@pytest.mark.parametrize("upgrade", [b"websocket", b"h2c"])
def test_no_other_protocol_is_offered(url: str, upgrade: bytes) -> None:
    with connection(url) as one:
        one.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close, Upgrade\r\nUpgrade: " + upgrade + b"\r\n\r\n")
        assert rest(one).startswith(b"HTTP/1.1 200 ")


# -- callers who take their time ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("begin", [b"", b"GET / HT", POST + b"Content-Length: 9\r\n\r\nab"])
def test_who_does_not_get_on_is_let_go(monkeypatch: pytest.MonkeyPatch, begin: bytes) -> None:
    monkeypatch.setattr(protocol, "PATIENCE", 0.2)
    service = StandIn()
    with running(service) as url, connection(url) as one:
        one.sendall(begin)
        assert rest(one) == b""
        assert not service.asked


def test_who_gets_on_too_slowly_is_let_go_whatever_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "PATIENCE", 0.3)
    with running(StandIn()) as url, connection(url) as one:
        one.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        with pytest.raises(ConnectionError):
            drip(one, b"X: a\r\n")


@pytest.mark.slow
def test_the_clock_begins_anew_with_each_request_and_stands_still_while_one_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(protocol, "PATIENCE", 1.5)
    service = StandIn(lambda _: Delivery(DONE, delay=0.6))
    with running(service) as url, connection(url) as one:
        for _ in range(3):
            one.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            assert whole_answer(one)


def test_a_caller_who_goes_away_within_a_body_is_not_answered(url: str, service: StandIn) -> None:
    before = len(service.asked)
    with connection(url) as one:
        one.sendall(POST + b"Content-Length: 9\r\n\r\nab")
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    for _ in range(6000):
        if service.over[-1:] == ["went away"]:
            break
        time.sleep(0.01)
    assert service.over[-1:] == ["went away"]
    assert len(service.asked) == before


def test_connections_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "MOST_CONNECTIONS", 5)
    with running(StandIn()) as url, ExitStack() as stack:
        address = ("127.0.0.1", urlsplit(url).port or 0)
        held = [stack.enter_context(socket.create_connection(address, timeout=20.0)) for _ in range(5)]
        for _ in range(4):
            with suppress(ConnectionResetError):  # it can come as early as here
                assert rest(stack.enter_context(socket.create_connection(address, timeout=20.0))) == b""
        for one in held[:4]:
            one.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            assert rest(one).endswith(TEXT)
        with httpx2.Client(trust_env=False) as client:
            assert client.get(url).content == TEXT  # there is room again


# -- its own end -------------------------------------------------------------------------------------------------------


def test_the_end_of_the_block_is_the_end_of_the_server() -> None:
    with running(StandIn()) as url:
        pass
    with pytest.raises(ConnectionRefusedError), connection(url):
        pass


def test_a_stream_without_end_does_not_hold_it_up(caplog: pytest.LogCaptureFixture) -> None:
    service = StandIn()
    with running(service) as url, connection(url) as one:
        one.sendall(b"GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
        came = b""
        while b"first" not in came:
            came += one.recv(65_536)
    assert service.over == ["/stream"]
    assert not caplog.records  # as there would be if the time had run out that other requests may take


@pytest.mark.slow
def test_nor_does_an_answer_that_takes_for_ever(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(server, "STOPPING", 1)
    service = StandIn(as_its_path_says)
    with running(service) as url, connection(url) as one:
        one.sendall(b"GET /too-late HTTP/1.1\r\nHost: a\r\n\r\n")
        while not service.asked:
            time.sleep(0.01)
    assert service.over == ["/too-late"]
    logged = [record.getMessage() for record in caplog.records if record.name.startswith(("uvicorn", "asyncio"))]
    assert logged == ["Cancel 1 running task(s), timeout graceful shutdown exceeded"]


def test_a_port_in_use_is_said(url: str) -> None:
    port = urlsplit(url).port or 0
    with pytest.raises(OSError, match=rf"cannot listen on 127\.0\.0\.1, port {port}: Address already in use"):
        serve(StandIn(), "127.0.0.1", port, lambda _: None)


@pytest.mark.parametrize(("host", "port"), [("no.such.host.invalid", 0), ("127.0.0.1", 99_999), ("192.0.2.1", 0)])
def test_an_address_that_is_not_ours_is_said(host: str, port: int) -> None:
    with pytest.raises(OSError, match=f"cannot listen on {host}, port {port}: .+"):
        listening(host, port)


def test_it_listens_where_it_is_told_to() -> None:
    try:
        with running(StandIn(), "::1") as url:
            assert url.startswith("http://[::1]:")
            with httpx2.Client(trust_env=False) as client:
                assert client.get(url).content == TEXT
    except OSError as error:
        pytest.skip(f"there is no IPv6 here: {error}")


SERVING = """
import sys
from tests.sandbox.http.raw import CHUNKED, NO_HTTP, POST, connection, rest
from tests.sandbox.stand_in import StandIn
from zuora_invoices_sandbox.http.server import serve
serve(StandIn(), "127.0.0.1", 0, lambda url: print(url, flush=True))
print("closed", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVING], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        url = child.stdout.readline().decode().strip()
        with httpx2.Client(trust_env=False) as client:  # its connection stays open
            assert client.get(url).content == TEXT
            child.send_signal(number)
            out, err = child.communicate(timeout=30)
    assert (child.returncode, out, err) == (0, b"closed\n", b"")
