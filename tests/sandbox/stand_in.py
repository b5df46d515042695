"""A service that bills nobody: it answers as a test tells it to, by any of the ways in."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from zuora_invoices_sandbox.http.delivery import send_delivery
from zuora_invoices_sandbox.messages import JSON, Answer, Delivery, Headers, Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

TEXT = b'{"success": true, "note": "0123456789"}'
DONE = Answer(200, TEXT, (("Content-Type", JSON),))


class StandIn:
    """Remembers what it was asked."""

    def __init__(self, deliver: Callable[[Request], Delivery] = lambda _: Delivery(DONE)) -> None:
        self.asked: list[Request] = []
        self.over: list[str] = []
        """The kind of each ASGI call that came to its end, whatever it was."""
        self._deliver = deliver
        self._lock = threading.Lock()

    def deliver(self, request: Request) -> Delivery:
        delivery = self._deliver(request)
        with self._lock:
            self.asked.append(request)
        return delivery

    def app(self) -> ASGIApp:
        return self._call

    async def _call(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http"
        body = b""
        while (message := await receive())["type"] == "http.request":
            body += message["body"]
            if not message["more_body"]:
                break
        else:
            self.over.append("went away")
            return
        headers = Headers((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"])
        request = Request(scope["method"], scope["path"], scope["query_string"].decode(), headers, body)
        try:
            if request.path == "/stream":
                await send({"type": "http.response.start", "status": 200, "headers": []})
                await send({"type": "http.response.body", "body": b"first", "more_body": True})
                await receive()
                return
            await send_delivery(self.deliver(request), scope, send)
        finally:
            self.over.append(request.path)
