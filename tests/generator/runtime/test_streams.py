"""Answers that are taken as they come, over connections of our own and over those of callers."""

from __future__ import annotations

import asyncio
import gzip
import io
import itertools
import logging
import pickle
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, Literal

import anyio
import httpx2
import pytest
from msgspec import structs

from generator.runtime import model
from generator.runtime.answers import answers
from generator.runtime.core import AsyncClient, AsyncResource, SyncClient, SyncResource
from generator.runtime.downloads import streamed
from generator.runtime.errors import (
    ApiError,
    ConfigurationError,
    NotFoundError,
    RejectionError,
    UndecodableResponseError,
)
from generator.runtime.events import GiveUpEvent
from generator.runtime.exchange import Opened, Part
from generator.runtime.http import Reply
from generator.runtime.operation import Element, Operation, Response
from generator.runtime.streams import AsyncStream, ServerSentEvent, Stream, StreamBrokenError
from tests.generator.runtime.flows import BEARER, FAILURE, KEY, Failure, lines, shown_by
from tests.generator.runtime.wire import TOKEN, raw
from tests.loopback import Answer, Asked, serving

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from generator.runtime.steps import Send


class Tick(model.ResponseModel):
    price: int
    note: str | None = None


class Pong(model.ResponseModel):
    at: int


FAILED = Response("4XX", "application/json", Failure)
EVENTS = "text/event-stream"


def operation(*elements: Element, media_type: str = EVENTS, **named: Any) -> Operation[Any]:
    described = (Response("200", media_type, elements=elements), FAILED)
    return Operation("ticks", "GET", "/ticks", responses=described, security=((BEARER,),), failure=FAILURE, **named)


TICKS = operation(Element(Tick))
LINES = operation(Element(Tick), media_type="application/jsonl")
FILE: Operation[Any] = Operation("file", "GET", "/file", responses=(Response("200", "image/png", bytes), FAILED))
TEXT: Operation[Any] = Operation("text", "GET", "/text", responses=(Response("200", "text/csv", str), FAILED))


class Ticks(SyncResource):
    def get(self, called: Operation[Any] = TICKS, **arguments: object) -> Any:
        return self._choose(called, arguments)

    def file(self, called: Operation[bytes] = FILE) -> bytes:
        return self._call(called, {})


class AsyncTicks(AsyncResource):
    async def get(self, called: Operation[Any] = TICKS, **arguments: object) -> Any:
        return await self._choose(called, arguments)

    async def file(self, called: Operation[bytes] = FILE) -> bytes:
        return await self._call(called, {})


class Taken:
    """What came of a stream, and the error that ended it."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self.error: ApiError | None = None
        self.stream: Any = None

    @property
    def data(self) -> list[Any]:
        return [getattr(one, "data", one) for one in self.items]


def taken(url: str, flavour: str, called: Operation[Any] = TICKS, way: Any = None, **options: Any) -> Taken:
    """Take a stream to its end."""
    result = Taken()
    options = {"backoff": 0, **options}

    def sync() -> None:
        with SyncClient(url, TOKEN, "", "agent/1", way, options) as client, Ticks(client).get(called) as stream:  # type: ignore[arg-type]  # made up
            result.stream = stream
            for item in stream:
                result.items.append(item)

    async def awaited() -> None:
        async with (
            closing(way),
            AsyncClient(url, TOKEN, "", "agent/1", way, options) as client,  # type: ignore[arg-type]  # made up
            await AsyncTicks(client).get(called) as stream,
        ):
            result.stream = stream
            async for item in stream:
                result.items.append(item)

    try:
        if flavour == "sync":
            sync()
        else:
            asyncio.run(awaited())
    except ApiError as error:
        result.error = error
    return result


def giving(
    content: bytes, media_type: str = EVENTS, headers: dict[str, str] | None = None, status: int = 200
) -> Callable[[Asked], Answer]:
    return lambda _: Answer(status, content, {"Content-Type": media_type, **(headers or {})})


def events(*data: str) -> bytes:
    return "".join(f"data: {one}\n\n" for one in data).encode()


@asynccontextmanager
async def closing(way: Any) -> AsyncIterator[Any]:
    """Of what a caller brings."""
    try:
        yield way
    finally:
        if way is not None:
            await way.aclose()


@pytest.fixture(params=["own", "transport"])
def way(request: pytest.FixtureRequest, flavour: str) -> Iterator[Any]:
    """Over whose connections a call goes."""
    if request.param == "own":
        yield None
    elif flavour == "sync":
        with httpx2.HTTPTransport(verify=False) as transport:  # which is quicker made
            yield transport
    else:
        yield httpx2.AsyncHTTPTransport(verify=False)


# -- what comes ------------------------------------------------------------------------------------------------------


def test_events_are_typed(flavour: str, way: Any) -> None:
    content = b'id: 7\nevent: tick\nretry: 20\ndata: {"price":\ndata: 1}\n\n' + events('{"price": 2, "other": 3}')
    with serving(giving(content, f"{EVENTS}; charset=utf-8")) as server:
        found = taken(server.url, flavour, way=way)
    assert found.items == [
        ServerSentEvent(Tick(price=1), "tick", "7", 20),
        ServerSentEvent(Tick.model_validate({"price": 2, "other": 3}), "message", "7"),
    ]
    assert isinstance(found.stream, Stream if flavour == "sync" else AsyncStream)
    assert (found.stream.status, found.stream.headers["content-type"]) == (200, f"{EVENTS}; charset=utf-8")
    assert server.last.headers["accept"] == f"{EVENTS}, application/json"


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("application/jsonl", b'{"price":1}\n{"price":2}'),
        ("application/x-ndjson", b'{"price":1}\n\n{"price":2}\n'),
        ("text/plain", b'{"price":1}\n\n{"price":2}\n'),
    ],
)
def test_lines_of_json(media_type: str, content: bytes) -> None:
    with serving(giving(content, media_type)) as server:
        found = taken(server.url, "sync", LINES)
    assert (found.items, found.error) == ([Tick(price=1), Tick(price=2)], None)


def test_events_of_several_names(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    named = operation(Element(Tick, "tick"), Element(str, "note", is_text=True), Element(Pong, "message"))
    content = (
        b'event: tick\ndata: {"price": 1}\n\nevent: note\ndata: [DONE]\n\nevent: new\ndata: ?\n\ndata: {"at": 2}\n\n'
    )
    with serving(giving(content)) as server:
        found = taken(server.url, "sync", named)
    assert found.data == [Tick(price=1), "[DONE]", Pong(at=2)]
    assert "ticks: an event of a name that is not described is passed over" in lines(caplog.records)


def test_a_mark_ends_a_stream_that_goes_on(flavour: str) -> None:
    with raw(held(chunk(events('{"price": 1}', "[DONE]")))) as url:
        assert taken(url, flavour).data == [Tick(price=1)]


@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_a_stream_may_be_packed(flavour: str, size: int) -> None:
    packed = gzip.compress(events(*(f'{{"price": {price}}}' for price in range(50))))
    parts = [packed[place : place + size] for place in range(0, len(packed), size)]
    with raw(whole(*parts, header=b"Content-Encoding: gzip\r\n")) as url:
        assert [one.price for one in taken(url, flavour).data] == [*range(50)]


def test_an_odd_field_is_none_and_told(caplog: pytest.LogCaptureFixture) -> None:
    with serving(giving(events('{"price": 1, "note": 5}'))) as server:
        assert taken(server.url, "sync").data[0].note is None
        assert "fields of the answer that cannot be read: note" in caplog.text
        strict = taken(server.url, "sync", strict_answers=True)
    assert isinstance(strict.error, UndecodableResponseError)


def test_a_stream_is_recorded_and_told_of_when_it_begins() -> None:
    told: list[Any] = []
    with serving(giving(events('{"price": 1}'))) as server, answers() as recorded:
        found = taken(server.url, "sync", hooks=[told.append])
    assert [one.value for one in recorded] == [found.stream]
    assert [type(one).__name__ for one in told] == ["RequestEvent", "ResponseEvent"]


def test_no_more_comes_behind_the_end() -> None:
    with (
        serving(giving(events('{"price": 1}'))) as server,
        SyncClient(server.url, TOKEN, "", "agent/1", None, {}) as client,
    ):
        stream = Ticks(client).get()
        assert len([*stream]) == 1
        assert [*stream] == []
        stream.close()
        stream.close()
        assert [*stream] == []


# -- what goes wrong -------------------------------------------------------------------------------------------------


def test_before_the_head_is_accepted_all_is_as_ever(flavour: str) -> None:
    told = [Answer(503), Answer(drop=True), giving(events('{"price": 1}'))(None)]  # type: ignore[arg-type]  # unused
    with serving(lambda _: told.pop(0)) as server:
        found = taken(server.url, flavour)
    assert found.data == [Tick(price=1)]
    assert len(server.asked) == 3


def test_a_failure_is_read_whole(flavour: str) -> None:
    body = b'{"success": false, "reasons": [{"code": 4711, "message": "no"}]}'
    with serving(giving(body, "application/json", status=404)) as server:
        error = taken(server.url, flavour).error
    assert isinstance(error, NotFoundError)
    assert isinstance(error.body, Failure)
    assert [one.code for one in error.reasons] == [4711]


@pytest.mark.parametrize("end", ["closed", "within a chunk"])
def test_a_connection_that_breaks_says_so_and_nothing_is_sent_again(flavour: str, way: Any, end: str) -> None:
    asked: list[int] = []

    def answer(connection: socket.socket) -> None:
        asked.append(1)
        connection.sendall(HEAD + chunk(events('{"price": 1}')) + (b"ff\r\ndata" if end != "closed" else b""))

    told: list[Any] = []
    with raw(answer) as url:
        found = taken(url, flavour, operation(Element(Tick), parameters=(KEY,)), way, hooks=[told.append])
    assert found.data == [Tick(price=1)]
    error = found.error
    assert isinstance(error, StreamBrokenError)
    assert (error.status, error.outcome, error.attempts, error.resend) == (200, "unknown", 1, "same_key")
    assert error.headers["content-type"] == EVENTS
    assert str(error).startswith("ticks: 200: the stream broke off: ")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - our own bytes
    assert [type(one) for one in told][-1] is GiveUpEvent
    assert asked == [1]


def test_nothing_more_comes_in_time(flavour: str) -> None:
    with raw(held(chunk(events('{"price": 1}')))) as url:
        found = taken(url, flavour, timeout=0.1)
    assert found.data == [Tick(price=1)]
    assert isinstance(found.error, StreamBrokenError)
    assert "Timeout" in str(found.error)


def test_the_deadline_is_for_the_head_alone() -> None:
    class Sender:
        """Tells until when what may come."""

        def __init__(self) -> None:
            self.untils: list[float] = []
            self.parts = [*map(Part, (events('{"price": 1}'), events('{"price": 2}')))]

        def begin(self, step: Send) -> Opened:
            self.untils.append(step.until)
            return Opened(Reply(200, {"content-type": EVENTS}, b""), self)  # type: ignore[arg-type]  # it does as such

        def receive(self, until: float) -> Part | None:
            self.untils.append(until)
            return self.parts.pop(0) if self.parts else None

        send: Any = None

    sender = Sender()
    client = SyncClient("http://h", TOKEN, "", "agent/1", None, {"deadline": 5})
    client._transport = sender  # type: ignore[assignment]  # as above
    began = time.monotonic()
    assert [one.data.price for one in Ticks(client).get()] == [1, 2]
    head, *others = sender.untils
    assert began + 5 <= head < float("inf")
    assert others == [float("inf")] * 3


class Waits(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """Tells how long at most it would wait for the head of an answer, and for a piece of it."""

    def __init__(self) -> None:
        self.of_head = self.of_piece = 0.0

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        waits = request.extensions["timeout"]
        self.of_head = waits["read"]
        transport = self

        class Body(httpx2.SyncByteStream, httpx2.AsyncByteStream):
            def __iter__(self) -> Iterator[bytes]:
                transport.of_piece = waits["read"]
                yield events('{"price": 1}')

            async def __aiter__(self) -> AsyncIterator[bytes]:
                for part in self:
                    yield part

        return httpx2.Response(200, headers={"Content-Type": EVENTS}, stream=Body())

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return self._answer(request)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        return self._answer(request)


def test_what_a_caller_brings_waits_for_a_piece_as_long_as_the_timeout_says(flavour: str) -> None:
    way = Waits()
    assert len(taken("http://h", flavour, way=way, timeout=60, deadline=5).items) == 1
    assert way.of_head <= 5
    assert way.of_piece == 60


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (events("{"), "not JSON"),
        (events('{"note": "a"}'), "price"),
        (b"data: ", "ends within an event"),
        (events('{"price": 1, "note": "' + "x" * 3000 + '"}'), "larger than 2000 bytes"),
    ],
)
def test_an_element_that_cannot_be_read(flavour: str, content: bytes, said: str) -> None:
    with serving(giving(events('{"price": 1}') + content)) as server:
        found = taken(server.url, flavour, max_response_bytes=2000)
    assert found.data == [Tick(price=1)]
    assert isinstance(found.error, UndecodableResponseError)
    assert said in str(found.error)


def test_packing_that_is_broken(flavour: str) -> None:
    packed = gzip.compress(events('{"price": 1}'))
    for content, said in ((packed[:-3], "ends early"), (b"rubbish", "gzip is broken")):
        with serving(giving(content, EVENTS, {"Content-Encoding": "gzip"})) as server:
            error = taken(server.url, flavour).error
        assert isinstance(error, UndecodableResponseError)
        assert said in str(error)


@pytest.mark.parametrize(
    ("media_type", "headers", "said"),
    [
        ("application/json", {}, "text/event-stream was to come, and application/json did"),
        ("application/jsonl", {}, "text/event-stream was to come, and application/jsonl did"),
        (EVENTS, {"Content-Encoding": "br"}, "encoded as 'br'"),
    ],
)
def test_a_success_that_is_no_such_stream(flavour: str, media_type: str, headers: dict[str, str], said: str) -> None:
    with serving(giving(b"{}", media_type, headers)) as server:
        error = taken(server.url, flavour).error
    assert isinstance(error, UndecodableResponseError)
    assert said in str(error)


def test_an_element_can_say_that_the_call_failed() -> None:
    class Refusal(Failure):
        success: Literal[False]

    with serving(giving(events('{"success": false}'))) as server:
        error = taken(server.url, "sync", operation(Element(Tick | Refusal))).error
    assert isinstance(error, RejectionError)


@pytest.mark.parametrize("data", ['{"price": "t0ken-value"}', "t0ken-value", '{"price": 1, "note": ["t0ken-value"]}'])
def test_secrets_stay_secret(flavour: str, data: str) -> None:
    with serving(giving(events(data), EVENTS, {"Echo": "t0ken-value"})) as server:
        found = taken(server.url, flavour, strict_answers=True)
    assert isinstance(found.error, UndecodableResponseError)
    assert "t0ken-value" not in shown_by(found.error)
    assert found.stream.headers["echo"] == "***"


# -- the connection is let go of -------------------------------------------------------------------------------------

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def chunk(content: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(content), content)


def whole(*parts: bytes, header: bytes = b"") -> Callable[[socket.socket], None]:
    """An answer in chunks."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(HEAD.replace(b"\r\n\r\n", b"\r\n" + header + b"\r\n"))
        for part in parts:
            connection.sendall(chunk(part))
        connection.sendall(b"0\r\n\r\n")

    return answer


def held(*parts: bytes, gone: threading.Event | None = None) -> Callable[[socket.socket], None]:
    """An answer that has no end, until nobody is there any longer."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(HEAD + b"".join(parts))
        if connection.recv(1) == b"" and gone is not None:
            gone.set()

    return answer


@contextmanager
def watched() -> Iterator[tuple[str, threading.Event]]:
    """A server whose stream has no end, and the event that its caller is gone."""
    gone = threading.Event()
    with raw(held(chunk(events('{"price": 1}')), gone=gone)) as url:
        yield url, gone


ENDS = ("block", "close", "exception", "forgotten", "error", "cancelled")


@pytest.mark.parametrize("end", ENDS)
def test_the_connection_is_let_go_of(flavour: str, way: Any, end: str) -> None:
    if end == "cancelled" and flavour == "sync":
        pytest.skip("only what is awaited can be cancelled")
    called = operation(Element(Pong)) if end == "error" else TICKS
    with watched() as (url, gone):
        if flavour == "sync":
            client = SyncClient(url, TOKEN, "", "agent/1", way, {})
            _end(Ticks(client).get(called), end)  # which nobody has any longer
            assert gone.wait(30)
            client.close()
        else:

            async def run() -> None:
                async with closing(way), AsyncClient(url, TOKEN, "", "agent/1", way, {}) as client:
                    await _end_async(await AsyncTicks(client).get(called), end)
                    assert await anyio.to_thread.run_sync(gone.wait, 30)

            asyncio.run(run())


def _end(stream: Any, end: str) -> None:
    if end == "error":
        with pytest.raises(UndecodableResponseError):
            next(stream)
        return
    assert next(stream).data.price == 1
    if end == "block":
        with stream:
            pass
    elif end == "exception":
        with pytest.raises(ZeroDivisionError), stream:
            raise ZeroDivisionError
    elif end == "close":
        stream.close()


async def _end_async(stream: Any, end: str) -> None:
    if end == "error":
        with pytest.raises(UndecodableResponseError):
            await anext(stream)
        return
    assert (await anext(stream)).data.price == 1
    if end == "block":
        async with stream:
            pass
    elif end == "exception":
        with pytest.raises(ZeroDivisionError):
            async with stream:
                raise ZeroDivisionError
    elif end == "close":
        await stream.close()
    elif end == "cancelled":
        waiting = asyncio.create_task(anext(stream))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        with pytest.raises(StreamBrokenError, match="was interrupted"):  # and not the end of the stream
            await anext(stream)


@pytest.mark.parametrize("closing_it", [False, True])
def test_while_another_waits_a_stream_is_closed_and_not_taken(flavour: str, way: Any, closing_it: bool) -> None:
    go = threading.Event()
    logs: list[object] = []

    def answer(connection: socket.socket) -> None:
        connection.sendall(HEAD + chunk(events('{"price": 1}')))
        assert go.wait(30)
        connection.sendall(chunk(events('{"price": 2}')) + b"0\r\n\r\n")

    with raw(answer) as url:
        if flavour == "sync":
            rest = _waited_for(url, way, go, closing_it, [logs.append])
        else:
            rest = asyncio.run(_waited_for_async(url, way, go, closing_it, [logs.append]))
    assert rest == ([] if closing_it else [2])
    assert not [one for one in logs if isinstance(one, GiveUpEvent)]


def _waited_for(url: str, way: Any, go: threading.Event, closing_it: bool, hooks: list[Any]) -> list[int]:
    """What comes to who waits while another comes."""
    rest: list[int] = []
    with (
        SyncClient(url, TOKEN, "", "agent/1", way, {"hooks": hooks}) as client,
        Ticks(client).get() as stream,
    ):
        next(stream)
        waiting = threading.Thread(target=lambda: rest.extend(one.data.price for one in stream))
        waiting.start()
        while not stream._source._turn.locked():
            time.sleep(0.001)
        if closing_it:
            stream.close()
        else:
            with pytest.raises(RuntimeError, match="another thread or task is waiting"):
                next(stream)
        go.set()
        waiting.join()
        assert list(stream) == []
    return rest


async def _waited_for_async(url: str, way: Any, go: threading.Event, closing_it: bool, hooks: list[Any]) -> list[int]:
    async with (
        closing(way),
        AsyncClient(url, TOKEN, "", "agent/1", way, {"hooks": hooks}) as client,
        await AsyncTicks(client).get() as stream,
    ):
        await anext(stream)

        async def take() -> list[int]:
            return [one.data.price async for one in stream]

        waiting = asyncio.create_task(take())
        await asyncio.sleep(0)
        if closing_it:
            await stream.close()
        else:
            with pytest.raises(RuntimeError, match="another thread or task is waiting"):
                await anext(stream)
        go.set()
        rest = await waiting
        assert [one async for one in stream] == []
    return rest


def test_a_connection_is_used_again_after_a_stream(flavour: str) -> None:
    places: list[str] = []

    def answer(connection: socket.socket) -> None:
        for _ in range(2):
            places.append(str(connection.getpeername()))
            whole(events('{"price": 1}'))(connection)
            connection.recv(65536)

    with raw(answer) as url:
        if flavour == "sync":
            with SyncClient(url, TOKEN, "", "agent/1", None, {}) as client:
                for _ in range(2):
                    assert len([*Ticks(client).get()]) == 1
        else:

            async def run() -> None:
                async with AsyncClient(url, TOKEN, "", "agent/1", None, {}) as client:
                    for _ in range(2):
                        assert len([one async for one in await AsyncTicks(client).get()]) == 1

            asyncio.run(run())
    assert len(set(places)) == 1
    assert len(places) == 2


# -- bytes -----------------------------------------------------------------------------------------------------------


def written(url: str, flavour: str, called: Operation[Any], target: Any, way: Any = None, **options: Any) -> int:
    if flavour == "sync":
        with SyncClient(url, TOKEN, "", "agent/1", way, options) as client:  # type: ignore[arg-type]  # made up
            return streamed(Ticks(client).file)(called).write_to(target)

    async def run() -> int:
        async with closing(way), AsyncClient(url, TOKEN, "", "agent/1", way, options) as client:  # type: ignore[arg-type]  # made up
            return await (await streamed(AsyncTicks(client).file)(called)).write_to(target)

    return asyncio.run(run())


PICTURE = bytes(range(256)) * 1000


@pytest.mark.parametrize("packed", [False, True])
def test_bytes_go_to_a_file(flavour: str, way: Any, tmp_path: Path, packed: bool) -> None:
    content, headers = (gzip.compress(PICTURE), {"Content-Encoding": "gzip"}) if packed else (PICTURE, {})
    file = tmp_path / "picture.png"
    with serving(giving(content, "image/png", headers)) as server:
        assert written(server.url, flavour, FILE, file, way, max_response_bytes=100) == len(PICTURE)
        assert file.read_bytes() == PICTURE
        assert written(server.url, flavour, TEXT, str(file)) == len(PICTURE)
        assert written(server.url, flavour, FILE, into := io.BytesIO()) == len(PICTURE)
    assert into.getvalue() == PICTURE
    assert [one.name for one in tmp_path.iterdir()] == ["picture.png"]


def test_half_a_file_is_none(flavour: str, way: Any, tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    file.write_bytes(b"before")
    with (
        serving(lambda _: Answer(200, PICTURE, {"Content-Type": "image/png"}, cut=True)) as server,
        pytest.raises(StreamBrokenError),
    ):
        written(server.url, flavour, FILE, file, way)
    assert [one.name for one in tmp_path.iterdir()] == ["picture.png"]
    assert file.read_bytes() == b"before"


def test_two_that_go_to_one_file_are_not_mixed(flavour: str, tmp_path: Path) -> None:
    file, more = tmp_path / "picture.png", threading.Event()

    def slow(connection: socket.socket) -> None:
        connection.sendall(HEAD.replace(b"text/event-stream", b"image/png") + chunk(PICTURE))
        more.wait(30)
        connection.sendall(chunk(PICTURE) + b"0\r\n\r\n")

    with raw(slow) as url, serving(giving(b"other", "image/png")) as server, ThreadPoolExecutor() as pool:
        first = pool.submit(written, url, flavour, FILE, file)
        while not (any(tmp_path.iterdir()) or first.done()):
            time.sleep(0.01)
        assert written(server.url, flavour, FILE, file) == len(b"other")
        assert file.read_bytes() == b"other"
        more.set()
        assert first.result() == 2 * len(PICTURE)
    assert file.read_bytes() == 2 * PICTURE
    assert [one.name for one in tmp_path.iterdir()] == ["picture.png"]


def test_bytes_behind_a_stream_are_not_those_of_the_next_one(flavour: str) -> None:
    numbers = itertools.count(1)

    def twice(connection: socket.socket) -> None:
        asked = b"a request"
        while asked:
            answer = HEAD.replace(b"text/event-stream", b"image/png") + chunk(b"%d" % next(numbers)) + b"0\r\n\r\n"
            connection.sendall(2 * answer)
            asked = connection.recv(65536)

    def sync(url: str) -> list[bytes]:
        with SyncClient(url, TOKEN, "", "agent/1", None, {}) as client:
            return [b"".join(streamed(Ticks(client).file)(FILE)) for _ in range(3)]

    async def awaited(url: str) -> list[bytes]:
        async with AsyncClient(url, TOKEN, "", "agent/1", None, {}) as client:
            return [b"".join([one async for one in await streamed(AsyncTicks(client).file)(FILE)]) for _ in range(3)]

    with raw(twice) as url:
        assert (sync(url) if flavour == "sync" else asyncio.run(awaited(url))) == [b"1", b"2", b"3"]


def test_a_folder_is_no_file(flavour: str, tmp_path: Path) -> None:
    with serving(giving(PICTURE, "image/png")) as server, pytest.raises(IsADirectoryError):
        written(server.url, flavour, FILE, tmp_path)
    assert [*tmp_path.iterdir()] == []


def test_what_another_closes_is_no_file(flavour: str) -> None:
    class Closing(io.BytesIO):
        """A file at the writing to which another thread or task closes the stream."""

        stream: Any = None

        def write(self, content: Any) -> int:
            if flavour == "sync":
                self.stream.close()
            else:
                anyio.from_thread.run(self.stream.close)
            return super().write(content)

    def sync(url: str) -> None:
        with SyncClient(url, TOKEN, "", "agent/1", None, {}) as client:
            file = Closing()
            file.stream = streamed(Ticks(client).file)()
            file.stream.write_to(file)

    async def awaited(url: str) -> None:
        async with AsyncClient(url, TOKEN, "", "agent/1", None, {}) as client:
            file = Closing()
            file.stream = await streamed(AsyncTicks(client).file)()
            await file.stream.write_to(file)

    with (
        serving(giving(PICTURE, "image/png")) as server,
        pytest.raises(StreamBrokenError, match="closed before its end"),
    ):
        sync(server.url) if flavour == "sync" else asyncio.run(awaited(server.url))


def test_bytes_come_in_parts_of_bounded_size() -> None:
    """However much a small answer unpacks to."""
    bomb = gzip.compress(b"\0" * 20_000_000)
    with (
        serving(giving(bomb, "image/png", {"Content-Encoding": "gzip"})) as server,
        SyncClient(server.url, TOKEN, "", "agent/1", None, {}) as client,
        streamed(Ticks(client).file)() as stream,
    ):
        sizes = [len(part) for part in stream]
    assert sum(sizes) == 20_000_000
    assert max(sizes) <= 64 * 1024


def test_only_bytes_and_texts_can_be_streamed(flavour: str) -> None:
    shaped = structs.replace(FILE, responses=(Response("200", "application/json", Tick),))
    with serving(giving(b'{"price": 1}', "application/json")) as server:
        with pytest.raises(ConfigurationError, match="read as a whole: application/json"):
            written(server.url, flavour, shaped, "x")
        assert server.asked == []
    with pytest.raises(TypeError, match="method of a client"):
        streamed(lambda: b"")
    with pytest.raises(TypeError, match="method of a client"):
        streamed(io.BytesIO().read)


def test_a_failure_of_a_download(flavour: str, tmp_path: Path) -> None:
    with serving(giving(b'{"success": false}', "application/json", status=404)) as server, pytest.raises(NotFoundError):
        written(server.url, flavour, FILE, tmp_path / "x")
    assert not [*tmp_path.iterdir()]
