"""The sandbox as an ASGI application: the operations, the page and the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from anyio import CapacityLimiter, fail_after, to_thread
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.routing import Mount, Route

from zuora_invoices_sandbox.answers import late
from zuora_invoices_sandbox.gates.body import MAX_BODY
from zuora_invoices_sandbox.gates.tokens import TOKEN_PATH
from zuora_invoices_sandbox.messages import Delivery, Headers, Request
from zuora_invoices_sandbox.operations import OPERATIONS
from zuora_invoices_sandbox.page import reference
from zuora_invoices_sandbox.page.routes import routes

from .delivery import send_delivery

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from zuora_invoices_sandbox.protocols import Delivers, Served

THREADS: Final = 40
"""Calls that are worked on at once; others wait for their turn."""
PATIENCE: Final = 30.0
"""Seconds in which the body of a request has to come."""


def application(sandbox: Served) -> Starlette:
    """Make the application; everything that is no page and no reference goes to the operations."""
    api = _Api(sandbox)
    first = [Route(path, api) for path in (*OPERATIONS, TOKEN_PATH)]  # most calls are of these
    app = Starlette(routes=[*first, *routes(sandbox), *reference.routes(), Mount("/", api)])
    app.router.default = api  # a mount does not match what has a line break in it, or begins with no slash
    return app


class _Api:
    """What callers of the API get."""

    def __init__(self, sandbox: Delivers) -> None:
        self._sandbox = sandbox
        self._threads: CapacityLimiter | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        http = HttpRequest(scope, receive)
        try:
            body = await _body(http)
        except ClientDisconnect:
            return
        except TimeoutError:
            await send_delivery(Delivery(late(PATIENCE)), scope, send)
            return
        request = Request(
            method=http.method,
            path=scope["path"],
            query=scope["query_string"].decode("latin-1"),
            headers=Headers((name.decode("latin-1"), value.decode("latin-1")) for name, value in http.headers.raw),
            body=body,
            peer=http.client.host if http.client else "",
        )
        if self._threads is None:  # it belongs to the event loop that is running now
            self._threads = CapacityLimiter(THREADS)
        delivery = await to_thread.run_sync(self._sandbox.deliver, request, limiter=self._threads)
        await send_delivery(delivery, scope, send)


async def _body(http: HttpRequest) -> bytes:
    """The body, or as much of it as shows that it is too long; the gate for bodies refuses that."""
    parts: list[bytes] = []
    size = 0
    with fail_after(PATIENCE):
        async for part in http.stream():
            parts.append(part)
            size += len(part)
            if size > MAX_BODY:
                break
    return b"".join(parts)
