"""The sandbox in process: what comes of a delivery, over the sync and the async transport alike."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING, TypeAlias

import httpx2
import pytest

from tests.sandbox.stand_in import DONE, TEXT, StandIn
from zuora_invoices_sandbox.http.transports import AsyncSandboxTransport, SandboxTransport
from zuora_invoices_sandbox.messages import Answer, Delivery, Request

if TYPE_CHECKING:
    from collections.abc import Callable

Fetch: TypeAlias = "Callable[[StandIn, httpx2.Request], httpx2.Response]"


def blocking(service: StandIn, request: httpx2.Request) -> httpx2.Response:
    with httpx2.Client(transport=SandboxTransport(service)) as client:
        return client.send(request)


def awaiting(service: StandIn, request: httpx2.Request) -> httpx2.Response:
    async def run() -> httpx2.Response:
        async with httpx2.AsyncClient(transport=AsyncSandboxTransport(service)) as client:
            return await client.send(request)

    return asyncio.run(run())


@pytest.fixture(params=[blocking, awaiting])
def fetch(request: pytest.FixtureRequest) -> Fetch:
    found: Fetch = request.param
    return found


def post(patience: float | None = None) -> httpx2.Request:
    timeout = httpx2.Timeout(patience).as_dict()
    url = "https://rest.example/v1/invoices?a=%20b"
    return httpx2.Request("POST", url, content=b"{}", headers={"X-One": "1"}, extensions={"timeout": timeout})


def test_a_request_comes_in_and_its_answer_goes_out(fetch: Fetch) -> None:
    service = StandIn()
    response = fetch(service, post())
    assert (response.status_code, response.content) == (200, TEXT)
    assert response.headers["content-type"] == "application/json;charset=utf-8"
    assert response.headers["content-length"] == str(len(TEXT))
    (asked,) = service.asked
    assert (asked.method, asked.path, asked.query, asked.body) == ("POST", "/v1/invoices", "a=%20b", b"{}")
    assert (asked.headers["x-one"], asked.headers["content-length"], asked.peer) == ("1", "2", "127.0.0.1")


def test_a_body_that_is_streamed_comes_in_whole() -> None:
    service = StandIn()

    async def parts() -> object:
        for part in (b"one ", b"two"):
            yield part

    blocking(service, httpx2.Request("POST", "http://sandbox/", content=iter([b"one ", b"two"])))
    awaiting(service, httpx2.Request("POST", "http://sandbox/", content=parts()))  # type: ignore[arg-type] # it is one
    assert [asked.body for asked in service.asked] == [b"one two"] * 2


def test_what_is_compressed_is_read_by_the_client(fetch: Fetch) -> None:
    import gzip

    packed = Answer(200, gzip.compress(TEXT), (("Content-Encoding", "gzip"),))
    assert fetch(StandIn(lambda _: Delivery(packed)), post()).content == TEXT


def test_head_has_no_body(fetch: Fetch) -> None:
    response = fetch(StandIn(), httpx2.Request("HEAD", "http://sandbox/"))
    assert (response.content, response.headers["content-length"]) == (b"", str(len(TEXT)))


def test_a_drop_is_a_connection_that_ended(fetch: Fetch) -> None:
    with pytest.raises(httpx2.RemoteProtocolError, match="without sending a response"):
        fetch(StandIn(lambda _: Delivery(None)), post())


@pytest.mark.parametrize("cut", [0, 10, len(TEXT) - 1])
def test_a_cut_body_ends_in_its_midst(fetch: Fetch, cut: int) -> None:
    with pytest.raises(httpx2.RemoteProtocolError, match=f"received {cut} bytes, expected {len(TEXT)}"):
        fetch(StandIn(lambda _: Delivery(DONE, cut=cut)), post())


def test_the_bytes_before_the_cut_come() -> None:
    service = StandIn(lambda _: Delivery(DONE, cut=10))
    came: list[bytes] = []
    with (
        httpx2.Client(transport=SandboxTransport(service)) as client,
        client.stream("GET", "http://sandbox/") as response,
        pytest.raises(httpx2.RemoteProtocolError),
    ):
        came.extend(response.iter_raw())
    assert came == [TEXT[:10]]


def test_who_does_not_wait_long_enough_gets_a_timeout(fetch: Fetch) -> None:
    delay = 60.0
    service = StandIn(lambda _: Delivery(DONE, delay=delay))
    began = time.monotonic()
    with pytest.raises(httpx2.ReadTimeout):
        fetch(service, post(patience=0.01))
    assert time.monotonic() - began < delay  # it did not wait for the answer
    assert len(service.asked) == 1


def test_who_waits_gets_the_answer(fetch: Fetch) -> None:
    service = StandIn(lambda _: Delivery(DONE, delay=0.01))
    assert fetch(service, post(patience=5.0)).content == TEXT
    assert fetch(service, post(patience=None)).content == TEXT


def test_an_answer_that_is_late_and_then_dropped(fetch: Fetch) -> None:
    with pytest.raises(httpx2.ReadTimeout):
        fetch(StandIn(lambda _: Delivery(None, delay=60.0)), post(patience=0.01))


def test_what_goes_wrong_within_is_not_hidden(fetch: Fetch) -> None:
    def broken(_: Request) -> Delivery:
        raise LookupError("a fault of the sandbox itself")

    with pytest.raises(LookupError):
        fetch(StandIn(broken), post())


def test_a_caller_who_is_cancelled_does_not_undo_what_is_done() -> None:
    begun, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def slow(_: Request) -> Delivery:
        begun.set()
        assert may_end.wait(30)
        ended.set()
        return Delivery(DONE)

    service = StandIn(slow)

    async def run() -> None:
        call = asyncio.create_task(AsyncSandboxTransport(service).handle_async_request(post()))
        assert await asyncio.to_thread(begun.wait, 30)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert not ended.is_set()
        may_end.set()
        assert await asyncio.to_thread(ended.wait, 30)

    asyncio.run(run())


def test_one_transport_serves_many_at_once_and_several_event_loops() -> None:
    together = threading.Barrier(60)

    def meet(_: Request) -> Delivery:
        together.wait(30)  # it breaks unless all are there at the same time
        return Delivery(DONE)

    transport = AsyncSandboxTransport(StandIn(meet))

    async def run() -> list[int]:
        async with httpx2.AsyncClient(transport=transport) as client:
            answers = await asyncio.gather(*[client.get("http://sandbox/", timeout=None) for _ in range(60)])
        return [one.status_code for one in answers]

    assert asyncio.run(run()) == [200] * 60
    assert asyncio.run(run()) == [200] * 60
