"""What is written as a generator lets go of what it holds, however it ends."""

from __future__ import annotations

import asyncio
import gc
import weakref
from contextlib import suppress
from operator import call
from typing import TYPE_CHECKING, Any

import pytest

from generator.runtime.running import run, run_async

if TYPE_CHECKING:
    from collections.abc import Callable, Generator


def holding(do: Callable[[], Any], done: list[str], end: Callable[[], Any]) -> Generator[Callable[[], Any], Any, Any]:
    """Does something, and something else in the end; within another generator, as most are."""

    def inner() -> Generator[Callable[[], Any], Any, Any]:
        try:
            return (yield do)
        finally:
            done.append("to be ended")
            yield end
            done.append("ended")

    return (yield from inner())


@pytest.mark.parametrize("error", [ValueError(), KeyboardInterrupt(), asyncio.CancelledError()])
def test_whatever_fails_is_thrown_in(flavour: str, error: BaseException) -> None:
    done: list[str] = []

    def fail() -> None:
        raise error

    async def fail_async() -> None:
        raise error

    async def nothing() -> None:
        pass

    async def awaited() -> None:
        with pytest.raises(type(error)) as caught:
            await run_async(holding(fail_async, done, nothing), call)
        assert caught.value is error

    if flavour == "sync":
        with pytest.raises(type(error)) as caught:
            run(holding(fail, done, lambda: None), call)
        assert caught.value is error
    else:
        asyncio.run(awaited())
    assert done == ["to be ended", "ended"]


def test_the_result(flavour: str) -> None:
    async def seven() -> int:
        return 7

    done: list[str] = []
    if flavour == "sync":
        assert run(holding(lambda: 7, done, lambda: 8), call) == 7
    else:
        assert asyncio.run(_once(holding(seven, done, seven))) == 7
    assert done == ["to be ended", "ended"]


async def _once(decisions: Generator[Callable[[], Any], Any, Any]) -> object:
    return await run_async(decisions, call)


def test_for_a_coroutine_that_is_closed_nothing_more_is_done() -> None:
    done: list[str] = []
    called: list[str] = []

    class Waiting:
        def __await__(self) -> Generator[None, None, None]:
            yield

    def end() -> Waiting:
        called.append("end")
        return Waiting()

    coroutine = run_async(holding(Waiting, done, end), call)
    coroutine.send(None)
    coroutine.close()
    with pytest.raises(RuntimeError, match="reuse"):
        coroutine.send(None)
    assert (done, called) == (["to be ended", "ended"], [])


class FaultError(Exception):
    pass


def test_a_failure_is_gone_when_nobody_has_it(flavour: str) -> None:
    """Nothing leads from its traceback back to it, so no search for garbage is needed."""
    known: list[weakref.ref[FaultError]] = []

    def fail() -> None:
        error = FaultError()
        known.append(weakref.ref(error))
        try:
            raise error
        finally:
            del error

    async def fail_async() -> None:
        fail()

    def failing() -> Generator[Callable[[], Any], Any, Any]:
        return (yield fail if flavour == "sync" else fail_async)

    async def awaited() -> None:
        with suppress(FaultError):
            await run_async(failing(), call)
        assert known[0]() is None

    gc.disable()
    try:
        if flavour == "sync":
            with suppress(FaultError):
                run(failing(), call)
            assert known[0]() is None
        else:
            asyncio.run(awaited())
    finally:
        gc.enable()
