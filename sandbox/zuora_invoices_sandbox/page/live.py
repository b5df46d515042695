"""Server-sent events: the page hears of each call when it happens."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import Response

from .guard import HEADERS, own_host, refused

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

    from zuora_invoices_sandbox.calls import Call, CallLog

LISTENERS: Final = 32
"""Pages that are told at once; one more is told to come back later."""
HEARTBEAT: Final = 10.0
"""Seconds after which something is said even if nothing happened, so that a page knows that it is still heard."""
_HEADERS: Final = {**HEADERS, "Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}


class Live:
    """An ASGI endpoint. A message has the number of the newest call, and how often the log was cleared.

    Messages are about the state and not about each change: however many calls there are, few wait for a slow page.
    """

    def __init__(self, calls: CallLog) -> None:
        self._calls = calls
        self._listeners = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 - as ASGI has it
        request = Request(scope)
        if own_host(request) is None or self._listeners >= LISTENERS:
            status = 403 if own_host(request) is None else 503
            await refused(status, "not here" if status == 403 else "too many pages are open")(scope, receive, send)
            return
        if scope["method"] == "HEAD":  # a stream would have no end, and nothing in it
            await Response(headers=_HEADERS)(scope, receive, send)
            return
        self._listeners += 1
        try:
            await self._tell(receive, send)
        finally:
            self._listeners -= 1

    async def _tell(self, receive: Receive, send: Send) -> None:
        loop, news = asyncio.get_running_loop(), asyncio.Event()

        def listener(_: Call | None) -> None:
            with suppress(RuntimeError):  # the loop has ended, and this listener with it
                loop.call_soon_threadsafe(news.set)

        leave = self._calls.subscribe(listener)
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await send(_start())
            while not gone.done() and not self._calls.closed:
                news.clear()
                calls = self._calls
                await send(_part(f'data: {{"last": {calls.last_number}, "cleared": {calls.clears}}}\n\n'))
                await _either(news, gone)
            with suppress(OSError):
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        except OSError:  # how some servers say that the page is closed
            return
        finally:
            leave()
            gone.cancel()


async def _either(news: asyncio.Event, gone: asyncio.Future[None]) -> None:
    waiting = asyncio.ensure_future(_once(news))
    try:
        await asyncio.wait([waiting, gone], timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()


async def _once(news: asyncio.Event) -> None:
    await news.wait()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _start() -> Message:
    headers = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
    return {"type": "http.response.start", "status": 200, "headers": headers}


def _part(text: str) -> Message:
    return {"type": "http.response.body", "body": text.encode(), "more_body": True}
