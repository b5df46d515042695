"""What is written as a generator gives what is to be done, is sent what came of it, and so decides for sync and async.

What fails is thrown into it, an interrupt and a cancellation too, so that it can let go of what it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator

Item = TypeVar("Item")
Result = TypeVar("Result")


def run(decisions: Generator[Item, Any, Result], perform: Callable[[Item], object]) -> Result:
    """Do all that is to be done, and come back with the result."""
    value: object = None
    failure: BaseException | None = None
    try:
        while True:
            item = decisions.send(value) if failure is None else decisions.throw(failure)
            value = failure = None
            try:
                value = perform(item)
            except BaseException as error:  # noqa: BLE001 - as said
                failure = error
    except StopIteration as end:
        result: Result = end.value
        return result
    finally:
        failure = None  # which leads back here, so that only a search for garbage would find it


async def run_async(decisions: Generator[Item, Any, Result], perform: Callable[[Item], Awaitable[object]]) -> Result:
    """The same, awaiting; nothing more is done once whoever awaits it has closed it."""
    value: object = None
    failure: BaseException | None = None
    closed = False
    try:
        while True:
            item = decisions.send(value) if failure is None else decisions.throw(failure)
            value = failure = None
            try:
                value = None if closed else await perform(item)
            except GeneratorExit:
                closed, failure = True, _ClosedError()
            except BaseException as error:  # noqa: BLE001 - as said
                failure = error
    except StopIteration as end:
        result: Result = end.value
        return result
    except _ClosedError:
        raise GeneratorExit from None
    finally:
        failure = None  # as above


class _ClosedError(BaseException):
    """In the place of GeneratorExit, at which generators within generators may not give anything more to be done."""
