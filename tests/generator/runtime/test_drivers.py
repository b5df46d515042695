"""The two drivers do what a flow asks for, and let go of it however they end."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from typing import TYPE_CHECKING, Any

import anyio
import pytest

from generator.runtime.drivers import drive, drive_async
from generator.runtime.exchange import AsyncExchange, Exchange, Opened, Part
from generator.runtime.http import Request, TransportError
from generator.runtime.steps import CallFunction, Close, ExclusiveStep, Flow, Lock, Open, Receive, Send, Wait
from tests.generator.runtime.flows import BASE, LOST, PET

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator

    from generator.runtime.http import Reply

SEND = Send(Request("GET", BASE, "/", {}), 1, float("inf"), 10)


class Sends:
    """Answers or fails."""

    def __init__(self, result: Reply | BaseException = PET) -> None:
        self.result = result

    def send(self, step: Send) -> Reply:
        assert step is SEND
        if isinstance(self.result, BaseException):
            raise self.result
        return self.result

    def begin(self, step: Send) -> Opened:
        return Opened(self.send(step), Exchange(self._parts()))

    def _parts(self) -> Generator[bytes, float, None]:
        until = yield b""
        yield b"%d" % until


class AsyncSends(Sends):
    async def send(self, step: Send) -> Reply:  # type: ignore[override]  # the same, awaited
        await asyncio.sleep(0)
        return super().send(step)

    async def begin(self, step: Send) -> Opened:  # type: ignore[override]  # as above
        return Opened(await self.send(step), await AsyncExchange.begun(self._parts_async()))

    async def _parts_async(self) -> AsyncGenerator[bytes, float]:
        until = yield b""
        yield b"%d" % until


def run(flow: Callable[[], Flow[Any]], result: Reply | BaseException, flavour: str) -> object:
    if flavour == "sync":
        return drive(flow(), Sends(result))
    return asyncio.run(drive_async(flow(), AsyncSends(result)))


pytestmark = pytest.mark.parametrize("flavour", ["sync", "async"])


def test_an_answer_that_is_opened(flavour: str) -> None:
    def flow() -> Flow[list[object]]:
        opened: Opened = yield Open(SEND)
        part: object = yield Receive(opened.exchange, 7)
        closed: object = yield Close(opened.exchange)
        more: object = yield Receive(opened.exchange, 8)
        return [opened.head, part, closed, more]

    assert run(flow, PET, flavour) == [PET, Part(b"7"), None, None]


def test_what_comes_back(flavour: str) -> None:
    def flow() -> Flow[list[object]]:
        waited: object = yield Wait(0.001)
        asked: object = yield CallFunction(lambda: "text", float("inf"))
        odd: object = yield CallFunction(lambda: b"text", float("inf"))
        reply: object = yield SEND
        inner: object = yield ExclusiveStep(Lock(), lambda: iter_of("inner"), float("inf"))
        return [waited, asked, odd, reply, inner]

    def iter_of(value: str) -> Flow[str]:
        yield SEND
        return value

    assert run(flow, PET, flavour) == [None, "text", None, PET, "inner"]


@pytest.mark.parametrize("fault", [LOST, ValueError("x")])
def test_what_fails_is_thrown_in_and_may_be_treated(fault: Exception, flavour: str) -> None:
    def flow() -> Flow[object]:
        try:
            yield SEND
        except type(fault) as error:
            yield Wait(0)
            return error
        return None

    assert run(flow, fault, flavour) is fault

    def careless() -> Flow[object]:
        yield SEND
        return None

    with pytest.raises(type(fault)) as caught:
        run(careless, fault, flavour)
    assert caught.value is fault


def test_a_flow_is_closed_however_it_ends(flavour: str) -> None:
    ended: list[str] = []

    def flow() -> Flow[None]:
        try:
            yield SEND
        finally:
            ended.append("closed")

    with pytest.raises(KeyboardInterrupt):
        run(flow, KeyboardInterrupt(), flavour)
    assert ended == ["closed"]


def test_a_lock_lets_one_through_at_a_time(flavour: str) -> None:
    lock = Lock()
    inside: list[int] = []
    most: list[int] = []

    def within() -> Flow[None]:
        inside.append(1)
        most.append(len(inside))
        yield Wait(0.002)
        inside.pop()

    def flow() -> Flow[None]:
        yield ExclusiveStep(lock, within, float("inf"))

    if flavour == "sync":
        threads = [threading.Thread(target=drive, args=(flow(), Sends())) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    else:

        async def all_at_once() -> None:
            await asyncio.gather(*(drive_async(flow(), AsyncSends()) for _ in range(20)))

        asyncio.run(all_at_once())
    assert most == [1] * 20


@pytest.mark.parametrize("fault", [None, LOST, KeyboardInterrupt()])
def test_a_lock_opens_however_one_leaves(fault: BaseException | None, flavour: str) -> None:
    lock = Lock()

    def flow() -> Flow[object]:
        def within() -> Flow[object]:
            return (yield SEND)

        return (yield ExclusiveStep(lock, within, time.monotonic() + 60))

    for result in (fault or PET, PET):
        if isinstance(result, BaseException):
            with pytest.raises(type(result)):
                run(flow, result, flavour)
        else:
            assert run(flow, result, flavour) is PET


def test_who_waits_longer_than_it_may_is_told(flavour: str) -> None:
    lock = Lock()

    def flow() -> Flow[None]:
        yield ExclusiveStep(lock, flow, time.monotonic() + 0.02)

    async def held() -> None:
        async with lock.tasks:
            await asyncio.create_task(drive_async(flow(), AsyncSends()))

    def blocked() -> None:
        with lock.threads:
            drive(flow(), Sends())

    with pytest.raises(TransportError, match="not renewed in time") as caught:
        blocked() if flavour == "sync" else asyncio.run(held())
    assert (caught.value.sent, caught.value.timeout) == (False, True)
    assert not lock.threads.locked()


def test_a_child_of_a_fork_finds_the_lock_open(flavour: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = Lock()
    with lock.threads:
        monkeypatch.setattr(os, "getpid", lambda: -1)
        assert lock.threads.acquire(timeout=0)
        lock.threads.release()
        monkeypatch.undo()
        assert lock.threads.locked()


def test_a_task_that_is_cancelled_lets_go(flavour: str) -> None:
    lock = Lock()

    def within() -> Flow[None]:
        yield Wait(60)

    def flow(inner: Callable[[], Flow[None]]) -> Flow[None]:
        yield ExclusiveStep(lock, inner, float("inf"))

    async def cancelling() -> None:
        first = asyncio.create_task(drive_async(flow(within), AsyncSends()))
        second = asyncio.create_task(drive_async(flow(within), AsyncSends()))
        await asyncio.sleep(0.01)
        for task in (second, first):
            task.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        with anyio.fail_after(1):
            await drive_async(flow(flow_of_nothing), AsyncSends())

    def flow_of_nothing() -> Flow[None]:
        yield Wait(0)

    asyncio.run(cancelling())
