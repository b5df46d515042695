"""Answers over ASGI where the server is not ours: it has no way to end a connection."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.sandbox.stand_in import DONE, TEXT, StandIn
from zuora_invoices_sandbox.http.delivery import send_delivery
from zuora_invoices_sandbox.messages import Delivery

if TYPE_CHECKING:
    from starlette.types import Message


def sent(delivery: Delivery, messages: list[Message], scope: dict[str, Any] | None = None) -> None:
    """Send it; `scope` is of ASGI, which has no closer type."""

    async def send(message: Message) -> None:
        messages.append(message)

    asyncio.run(send_delivery(delivery, scope or {"type": "http"}, send))


def test_an_answer_needs_nothing_of_the_server() -> None:
    async def run() -> httpx2.Response:
        app: Any = StandIn().app()  # httpx2 has types of its own for it
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app)) as client:
            return await client.post("http://sandbox/", content=b"{}")

    response = asyncio.run(run())
    assert (response.status_code, response.content, response.headers["content-length"]) == (200, TEXT, str(len(TEXT)))


def test_a_drop_is_an_error_before_anything_is_sent() -> None:
    messages: list[Message] = []
    with pytest.raises(ConnectionAbortedError):
        sent(Delivery(None), messages)
    assert messages == []


def test_a_cut_is_an_error_within_the_body() -> None:
    messages: list[Message] = []
    with pytest.raises(ConnectionAbortedError):
        sent(Delivery(DONE, cut=10), messages)
    assert [message.get("body", b"") for message in messages] == [b"", TEXT[:10]]
    assert messages[-1]["more_body"] is True


def test_a_cut_behind_the_end_cuts_nothing() -> None:
    messages: list[Message] = []
    sent(Delivery(DONE, cut=len(TEXT)), messages)
    assert messages[-1] == {"type": "http.response.body", "body": TEXT}


def test_a_server_that_can_end_connections_is_told_to() -> None:
    ended: list[bool] = []
    scope = {"type": "http", "state": {"zuora_sandbox_hang_up": ended.append}}
    sent(Delivery(None), [], scope)
    sent(Delivery(DONE, cut=1), [], scope)
    assert ended == [True, False]
