"""The sandbox for httpx2's clients in the same process, without a socket; it fails them as a network would.

What comes of a request is decided once, by `_Result`; the two transports only wait in their own ways.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import httpx2
from anyio import CapacityLimiter, sleep, to_thread
from anyio.lowlevel import RunVar

from zuora_invoices_sandbox.messages import Headers, Request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from zuora_invoices_sandbox.messages import Answer, Delivery
    from zuora_invoices_sandbox.protocols import Delivers

_THREADS: Final = 256
"""Requests of one event loop that are worked on at once: more than a tenant's concurrency in any test."""
_limiter: Final = RunVar[CapacityLimiter]("zuora_sandbox_threads")


class SandboxTransport(httpx2.BaseTransport):
    """A way into a sandbox for `httpx2.Client` and our own; scheme and host of addresses do not matter.

    Raises, as network connections do:
        httpx2.RemoteProtocolError: the connection ended before the answer did.
        httpx2.ReadTimeout: the answer comes later than the caller waits.
    """

    def __init__(self, sandbox: Delivers) -> None:
        self._sandbox = sandbox

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer of the sandbox."""
        delivery = self._sandbox.deliver(_converted(request, request.read()))
        result = _result(request, delivery)
        time.sleep(result.seconds)
        return result.end()


class AsyncSandboxTransport(httpx2.AsyncBaseTransport):
    """The same for `httpx2.AsyncClient` and our own.

    A caller who is cancelled does not undo what the sandbox does: it goes on to its end in a thread, as a server would.
    """

    def __init__(self, sandbox: Delivers) -> None:
        self._sandbox = sandbox

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer of the sandbox."""
        sandbox_request = _converted(request, await request.aread())
        delivery = await to_thread.run_sync(
            self._sandbox.deliver, sandbox_request, abandon_on_cancel=True, limiter=_threads()
        )
        result = _result(request, delivery)
        await sleep(result.seconds)
        return result.end()


def _threads() -> CapacityLimiter:
    """The limiter of the running event loop: one cannot be shared by several."""
    limiter = _limiter.get(None)
    if limiter is None:
        _limiter.set(limiter := CapacityLimiter(_THREADS))
    return limiter


def _converted(request: httpx2.Request, body: bytes) -> Request:
    return Request(
        method=request.method,
        path=request.url.path,
        query=request.url.query.decode("ascii"),
        headers=Headers((name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw),
        body=body,
    )


@dataclass(frozen=True, slots=True)
class _Result:
    """What comes of a request: after so many seconds an answer or an error."""

    seconds: float
    outcome: httpx2.Response | httpx2.TransportError

    def end(self) -> httpx2.Response:
        """The answer, unless it is an error."""
        if isinstance(self.outcome, httpx2.TransportError):
            raise self.outcome
        return self.outcome


def _result(request: httpx2.Request, delivery: Delivery) -> _Result:
    patience = request.extensions.get("timeout", {}).get("read")
    if patience is not None and delivery.delay > patience:
        return _Result(patience, httpx2.ReadTimeout("The read operation timed out", request=request))
    if delivery.answer is None:
        message = "Server disconnected without sending a response."
        return _Result(delivery.delay, httpx2.RemoteProtocolError(message, request=request))
    return _Result(delivery.delay, _response(request, delivery.answer, delivery.cut))


def _response(request: httpx2.Request, answer: Answer, cut: int | None) -> httpx2.Response:
    body = b"" if request.method == "HEAD" else answer.body
    headers = [*answer.headers, ("Content-Length", str(len(answer.body)))]
    return httpx2.Response(
        answer.status,
        headers=[(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        stream=_Body(body, len(body) if cut is None else cut),
        extensions={"http_version": b"HTTP/1.1"},
        request=request,
    )


class _Body(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A body of which so many bytes come."""

    def __init__(self, body: bytes, cut: int) -> None:
        self._body = body
        self._cut = cut

    def __iter__(self) -> Iterator[bytes]:
        if come := self._body[: self._cut]:
            yield come
        if self._cut < len(self._body):
            received = f"received {len(come)} bytes, expected {len(self._body)}"
            raise httpx2.RemoteProtocolError(
                f"peer closed connection without sending complete message body ({received})"
            )

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self:
            yield part
