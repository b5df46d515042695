"""Our own connections: shared, bounded in time and size, and whole after cancellations."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import json
import operator
import random
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import httpx2
import msgspec
import pytest

from generator.runtime import connections, network
from generator.runtime.address import parse
from generator.runtime.core import AsyncClient, SyncClient
from generator.runtime.errors import (
    AnsweredError,
    ApiError,
    CallTimeoutError,
    ConfigurationError,
    ConnectionFailedError,
    UndecodableResponseError,
)
from generator.runtime.http11 import Http11
from generator.runtime.line import Line
from generator.runtime.options import Options
from generator.runtime.running import run
from tests.generator.runtime.flows import ADD, GET, PET, Pet
from tests.generator.runtime.wire import TOKEN, AsyncPets, Pets, call, enough, raw, trickle
from tests.loopback import Answer, Asked, Loopback, serving

if TYPE_CHECKING:
    from concurrent.futures import Future

    from generator.runtime.exchange import Part
    from generator.runtime.line import Attempt


def test_connections_are_used_again(flavour: str) -> None:
    numbers = itertools.count(1)

    def counting(connection: socket.socket) -> None:
        which, asked = next(numbers), b"a request"
        while asked:
            connection.sendall(_answer(b'{"success": true, "name": "%d"}' % which))
            asked = connection.recv(65536)

    with raw(counting) as url:
        found = call(url, flavour, times=5)
    assert isinstance(found, Pet)
    assert found.name == "1"


def _answer(body: bytes, more: bytes = b"") -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%b\r\n"
    return head % (len(body), more) + body


@pytest.mark.parametrize("head", [b"Connection: close\r\n", b""])
def test_a_connection_that_a_server_will_close_is_not_used_again(flavour: str, head: bytes) -> None:
    """As it says, or as HTTP/1.0 has it."""
    asked: SimpleQueue[bytes] = SimpleQueue()

    def once(connection: socket.socket) -> None:
        connection.sendall(_answer(PET.content, head).replace(b"1.1", b"1.1" if head else b"1.0"))
        asked.put(connection.recv(65536))

    with raw(once) as url:
        assert isinstance(call(url, flavour, times=3), Pet)
        assert [asked.get(timeout=60) for _ in range(3)] == [b"", b"", b""]


def test_a_connection_is_not_kept_for_longer_than_servers_keep_it(
    flavour: str, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_IDLE", 0.0)
    opened: list[Http11] = []

    def counted() -> Http11:
        opened.append(Http11())
        return opened[-1]

    monkeypatch.setattr(connections, "Http11", counted)
    assert isinstance(call(server.url, flavour, times=3), Pet)
    assert len(opened) == 3


def test_what_is_said_before_an_answer_is_passed_over(flavour: str) -> None:
    def hinting(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + _answer(PET.content))
        connection.recv(1)

    with raw(hinting) as url:
        assert isinstance(call(url, flavour), Pet)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "the server closed the connection without an answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Le", "the server closed the connection without an answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", "received 1 bytes, expected 9"),
        (b"SMTP ready\r\n\r\n", "illegal status line"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"a" * 200_000, "too long"),
        (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", "without a pending proposal"),
    ],
)
def test_an_answer_that_is_none_leaves_the_outcome_unknown(flavour: str, text: bytes, words: str) -> None:
    def odd(connection: socket.socket) -> None:
        with suppress(OSError):  # a client that has read enough
            connection.sendall(text)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass

    with raw(odd) as url, pytest.raises(ConnectionFailedError, match=words) as caught:
        call(url, flavour, ADD, {"name": "Rex"})
    assert caught.value.outcome == "unknown"


def test_a_small_request_leaves_as_one_piece(flavour: str) -> None:
    pieces: list[bytes] = []

    def whole(connection: socket.socket) -> None:
        pieces.append(connection.recv(65536))
        connection.sendall(_answer(PET.content))

    with raw(whole, after=b"") as url:
        assert isinstance(call(url, flavour, ADD, {"name": "Rex"}), Pet)
    assert pieces[0].endswith(b'{"name":"Rex"}')


def test_of_a_large_request_nothing_waits_or_is_lost(flavour: str, server: Loopback) -> None:
    body = {"name": "".join(map(chr, range(32, 127))) * 40_000}
    assert isinstance(call(server.url, flavour, ADD, body, compress_above=None), Pet)
    assert json.loads(server.last.body) == body


def test_an_answer_may_come_before_all_was_read(flavour: str) -> None:
    """The server ends the connection then, so what is left of the request cannot be sent."""

    def refusing(connection: socket.socket) -> None:
        connection.sendall(_answer(b"{}").replace(b"200 OK", b"413 Too Large"))

    body = {"name": "x" * 30_000_000}
    with raw(refusing) as url, pytest.raises(ApiError) as caught:
        call(url, flavour, ADD, body, compress_above=None)
    if flavour == "sync":
        assert isinstance(caught.value, AnsweredError)
        assert caught.value.status == 413
    else:  # event loops take no more from a connection that broke
        assert caught.value.outcome == "unknown"


def test_a_server_that_reads_no_more_is_waited_for_no_longer_than_may_be(flavour: str) -> None:
    release = threading.Event()

    def stuck(connection: socket.socket) -> None:
        connection.sendall(_answer(b"{}"))  # which nobody gets to know, as it cannot be the answer to all
        release.wait(60)

    with raw(stuck) as url, pytest.raises(CallTimeoutError) as caught:
        call(url, flavour, ADD, {"name": "x" * 30_000_000}, compress_above=None, timeout=0.3)
    release.set()
    assert caught.value.outcome == "unknown"


def test_a_connection_over_which_not_all_went_is_not_used_again(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though an answer came, the server would take the next request for the rest of this one."""
    lines: list[Line] = []
    write = Line.write

    def failing(self: Line, part: Part, attempt: Attempt) -> None:
        lines.append(self)
        write(self, part, attempt)
        raise BrokenPipeError

    monkeypatch.setattr(Line, "write", failing)
    assert isinstance(call(server.url, "sync", times=2), Pet)
    assert lines[0] is not lines[1]


def test_a_call_that_connects_while_its_client_is_closed_is_not_sent(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = SyncClient(server.url, TOKEN, "", "a", None, {"max_retries": 0})
    connect = Line.to

    def closing(*arguments: Any) -> Line:
        client.close()
        return connect(*arguments)

    monkeypatch.setattr(Line, "to", closing)
    with pytest.raises(ConnectionFailedError, match="closed meanwhile") as caught:
        Pets(client).get()
    assert (caught.value.outcome, server.asked) == ("not_sent", [])


def test_each_line_is_closed_whatever_happens_with_others() -> None:
    first, second, third = Mock(), Mock(side_effect=OSError), Mock()
    with pytest.raises(OSError):  # noqa: PT011 - that very one
        run(network._all([first, second, third]), operator.call)
    assert all(one.call_count == 1 for one in (first, second, third))


def test_to_close_a_client_ends_its_calls_in_other_threads() -> None:
    """They close their connections themselves: the number of a socket that is closed is soon that of another one."""
    asked, ended = threading.Event(), SimpleQueue[bytes]()

    def wait(connection: socket.socket) -> None:
        asked.set()
        ended.put(connection.recv(1))

    with raw(wait) as url, ThreadPoolExecutor(1) as threads:
        client = SyncClient(url, TOKEN, "", "a", None, {"max_retries": 0, "timeout": 3600, "deadline": None})
        under_way = threads.submit(Pets(client).get)
        assert asked.wait(60)
        client.close()
        with pytest.raises(ConnectionFailedError, match="closed meanwhile") as caught:
            under_way.result(60)
        assert caught.value.outcome == "unknown"
        assert ended.get(timeout=60) == b""


def test_an_answer_that_has_come_is_taken_though_the_deadline_passed_since(
    flavour: str, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadline = enough(server.url, flavour)
    next_part = Http11.next_part

    def slow(self: Http11) -> Any:
        time.sleep(deadline)
        return next_part(self)

    def answer(connection: socket.socket) -> None:
        connection.sendall(_answer(PET.content))
        connection.recv(1)

    monkeypatch.setattr(Http11, "next_part", slow)
    with raw(answer) as url:
        assert isinstance(call(url, flavour, deadline=deadline), Pet)


def test_headers_of_a_request(server: Loopback, flavour: str) -> None:
    call(server.url, flavour, ADD, {"name": "Rex"})
    headers = dict(server.last.headers)
    assert headers.pop("idempotency-key")
    assert headers == {
        "host": server.url.removeprefix("http://"),
        "user-agent": "agent/1",
        "accept": "application/json",
        "accept-encoding": "gzip",
        "authorization": "Bearer t0ken-value",
        "content-type": "application/json",
        "content-length": "14",
    }


def test_a_post_without_a_body_says_so(server: Loopback, flavour: str) -> None:
    """Some servers answer 411 otherwise."""
    call(server.url, flavour, msgspec.structs.replace(GET, method="POST"))
    assert server.last.headers["content-length"] == "0"
    call(server.url, flavour)
    assert "content-length" not in server.last.headers


def test_compression_both_ways(flavour: str) -> None:
    def answer(asked: Asked) -> Answer:
        assert asked.headers["accept-encoding"] == "gzip"
        assert gzip.decompress(asked.body) == b'{"name":"Rex"}'
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        return Answer(body=gzip.compress(PET.content), headers=headers)

    with serving(answer) as server:
        for way in (None, httpx2.Client() if flavour == "sync" else httpx2.AsyncClient):
            assert isinstance(call(server.url, flavour, ADD, {"name": "Rex"}, http_client=way, compress_above=0), Pet)
            if isinstance(way, httpx2.Client):
                way.close()


@pytest.mark.parametrize("given", [False, True])
def test_the_deadline_holds_though_a_server_feeds_byte_by_byte(server: Loopback, flavour: str, given: bool) -> None:
    way = (httpx2.Client() if flavour == "sync" else httpx2.AsyncClient) if given else None
    deadline = enough(server.url, flavour, http_client=way)
    with raw(trickle) as url, pytest.raises(CallTimeoutError) as caught:
        call(url, flavour, http_client=way, deadline=deadline, timeout=5)
    assert caught.value.outcome == "unknown"
    if isinstance(way, httpx2.Client):
        way.close()


def test_the_timeout_is_of_each_piece_and_the_deadline_of_the_whole(server: Loopback, flavour: str) -> None:
    def silent(connection: socket.socket) -> None:
        connection.recv(1)

    short, long = enough(server.url, flavour), 90.0
    with raw(silent) as url:
        for timeout, deadline in ((short, long), (long, short), (short, None)):
            began = time.monotonic()
            with pytest.raises(CallTimeoutError) as caught:
                call(url, flavour, timeout=timeout, deadline=deadline)
            assert 0.9 * short < time.monotonic() - began < long
            assert caught.value.outcome == "unknown"


@pytest.mark.parametrize("option", [Options(deadline=0.1, max_retries=0), Options(timeout=0.1, max_retries=0)])
def test_waiting_for_a_free_connection_is_held_to_its_time(
    flavour: str, option: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "_CONNECTIONS", 1)
    release = threading.Event()

    def answer(asked: Asked) -> Answer:
        release.wait(60)
        return Answer(body=PET.content)

    def failing(error: ApiError, slow: Future[object] | asyncio.Task[object]) -> None:
        assert isinstance(error, CallTimeoutError)
        assert error.outcome == "not_sent"
        assert "no connection was free" in str(error)
        assert not slow.done()
        release.set()

    with serving(answer) as server:
        if flavour == "sync":
            with SyncClient(server.url, TOKEN, "", "a", None, {}) as client, ThreadPoolExecutor(1) as threads:
                slow = threads.submit(Pets(client).get)
                while not server.asked:
                    time.sleep(0.005)
                with pytest.raises(ApiError) as caught:
                    Pets(client.with_options(**option)).get()
                failing(caught.value, slow)
                assert isinstance(slow.result(), Pet)
        else:

            async def run() -> None:
                async with AsyncClient(server.url, TOKEN, "", "a", None, {}) as client:
                    slow = asyncio.create_task(AsyncPets(client).get())
                    while not server.asked:  # noqa: ASYNC110 - the server is a thread
                        await asyncio.sleep(0.005)
                    with pytest.raises(ApiError) as caught:
                        await AsyncPets(client.with_options(**option)).get()
                    failing(caught.value, slow)
                    assert isinstance(await slow, Pet)

            asyncio.run(run())


def test_no_more_of_an_answer_is_taken_than_may_be(flavour: str) -> None:
    taken: list[int] = []

    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n")
        try:
            while True:
                taken.append(connection.send(b" " * 65536))
        except OSError:
            pass

    with raw(endless) as url, pytest.raises(UndecodableResponseError, match="larger than 100000 bytes"):
        call(url, flavour, max_response_bytes=100_000)
    assert sum(taken) < 50_000_000


@pytest.mark.parametrize("head", ["Content-Length: 32\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n20\r\n"])
def test_what_comes_behind_an_answer_is_not_that_to_the_next_call(flavour: str, head: str) -> None:
    numbers = itertools.count(1)

    def twice(connection: socket.socket) -> None:
        asked = b"a request"
        while asked:
            end = "\r\n0\r\n\r\n" if "chunked" in head else ""
            body = f'{{"success": true, "name": "{next(numbers):03}"}}'
            answer = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{head}{body}{end}"
            connection.sendall(2 * answer.encode())
            asked = connection.recv(65536)

    with raw(twice) as url:
        found = call(url, flavour, times=3)
    assert isinstance(found, Pet)
    assert found.name == "003"


def test_a_connection_that_a_server_closed_meanwhile_is_not_used_again(flavour: str) -> None:
    closed = threading.Semaphore(0)

    def once(connection: socket.socket) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(PET.content)
        connection.sendall(head + PET.content)
        connection.shutdown(socket.SHUT_WR)
        closed.release()

    with raw(once) as url:
        if flavour == "sync":
            with SyncClient(url, TOKEN, "", "a", None, {"max_retries": 0}) as client:
                for _ in range(3):
                    Pets(client).get()
                    assert closed.acquire(timeout=60)
        else:

            async def run() -> None:
                async with AsyncClient(url, TOKEN, "", "a", None, {"max_retries": 0}) as client:
                    for _ in range(3):
                        await AsyncPets(client).get()
                        assert await asyncio.to_thread(closed.acquire, timeout=60)

            asyncio.run(run())


def test_threads_that_come_first_at_once_share_one_pool(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[network.Pool] = []

    class Slow(network.Pool):
        def __init__(self, *, secure: bool) -> None:
            time.sleep(0.05)
            super().__init__(secure=secure)
            made.append(self)

    monkeypatch.setattr(network, "Pool", Slow)
    with SyncClient(server.url, TOKEN, "", "a", None, {}) as client, ThreadPoolExecutor(16) as threads:
        assert all(isinstance(one, Pet) for one in threads.map(lambda _: Pets(client).get(), range(32)))
    assert len(made) == 1


def test_certificates_are_read_for_https_alone(server: Loopback, flavour: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError

    monkeypatch.setattr("httpx2.create_ssl_context", refuse)
    assert isinstance(call(server.url, flavour), Pet)
    with pytest.raises(ConfigurationError, match="cannot open connections"):
        call(server.url.replace("http:", "https:"), flavour)


def test_ipv6(flavour: str) -> None:
    try:
        listening = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("no IPv6 here")
    with listening:
        port = listening.getsockname()[1]
        heads: list[bytes] = []

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                heads.append(connection.recv(65536))
                head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                connection.sendall(head % len(PET.content) + PET.content)

        thread = threading.Thread(target=serve)
        thread.start()
        assert isinstance(call(f"http://[::1]:{port}", flavour), Pet)
        thread.join()
    assert f"Host: [::1]:{port}\r\n".encode() in heads[0]


def test_calls_that_are_cancelled_leave_no_broken_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_CONNECTIONS", 10)
    moments = random.Random(7)  # noqa: S311 - it keeps no secret

    def answer(asked: Asked) -> Answer:
        time.sleep(0.005)
        return Answer(body=PET.content)

    async def run() -> None:
        async with AsyncClient(server.url, TOKEN, "", "a", None, {"max_retries": 0}) as client:
            pets = AsyncPets(client)
            calls = [asyncio.create_task(pets.get()) for _ in range(50)]

            async def cancel(task: asyncio.Task[object]) -> None:
                await asyncio.sleep(moments.uniform(0, 0.04))
                task.cancel()

            await asyncio.gather(*map(cancel, calls[:30]))
            done = await asyncio.gather(*calls, return_exceptions=True)
            assert all(isinstance(one, Pet | asyncio.CancelledError) for one in done), done
            assert all(isinstance(one, Pet) for one in done[30:])
            assert sum(isinstance(one, asyncio.CancelledError) for one in done) > 5
            after = await asyncio.gather(*(pets.get() for _ in range(100)))
            assert all(isinstance(one, Pet) for one in after)
            own = client._transport._own.to(parse(server.url))
            assert isinstance(own, network.AsyncPool)
            assert len(own._connections) <= 10
            assert own._free.value == 10

    with serving(answer) as server:
        asyncio.run(run())
