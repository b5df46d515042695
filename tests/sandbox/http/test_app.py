"""The application: what it says itself, before the sandbox is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sandbox.http.raw import connection
from zuora_invoices_sandbox import Sandbox
from zuora_invoices_sandbox.http import app
from zuora_invoices_sandbox.http.server import running

if TYPE_CHECKING:
    import pytest

HEAD = b"POST /v1/invoices HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n"


def test_a_body_that_does_not_come_is_given_up_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "PATIENCE", 0.1)
    with Sandbox() as sandbox, running(sandbox) as url, connection(url) as one:
        one.sendall(HEAD + b"{")
        came = b""
        while not came.endswith(b"}"):
            part = one.recv(65_536)
            assert part, came
            came += part
    assert came.startswith(b"HTTP/1.1 408 ")
    assert b'"code":90000090,"message":"The body did not come within 0.1 seconds. Send the request again."' in came
