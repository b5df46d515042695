"""Answers over ASGI, also those that do not come, or come late, or in part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from anyio import sleep

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Scope, Send

    from zuora_invoices_sandbox.messages import Delivery

HANG_UP: Final = "zuora_sandbox_hang_up"
"""Where the state of a scope has the function that ends its connection; `server` puts it there."""


async def send_delivery(delivery: Delivery, scope: Scope, send: Send) -> None:
    """Send an answer over an ASGI connection, or do to it what the delivery says.

    Raises:
        ConnectionAbortedError: the connection is to end, and the server has no way to end it. Servers take it for a
            fault of the application: before an answer they say 500, and within one they close the connection.
    """
    await sleep(delivery.delay)
    answer = delivery.answer
    if answer is None:
        _hang_up(scope, reset=True)
        return
    headers = [*answer.headers, ("Content-Length", str(len(answer.body)))]
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    if delivery.cut is None or delivery.cut >= len(answer.body):
        await send({"type": "http.response.body", "body": answer.body})
        return
    await send({"type": "http.response.body", "body": answer.body[: delivery.cut], "more_body": True})
    _hang_up(scope, reset=False)


def _hang_up(scope: Scope, *, reset: bool) -> None:
    end: Callable[[bool], None] | None = scope.get("state", {}).get(HANG_UP)
    if end is None:
        raise ConnectionAbortedError("the connection ends here, but the server has no way to end it")
    end(reset)
