"""Whatever is no page and no reference is the operations' to answer, however odd its target."""

from __future__ import annotations

import pytest

from tests.sandbox.http.raw import connection, rest
from zuora_invoices_sandbox import Sandbox
from zuora_invoices_sandbox.http.server import running


@pytest.mark.parametrize(
    "target", ["/v1/invoices%0A", "/v1/invoices%0D%0AX:%201", "http://a/v1/invoices", "*", "//v1/invoices", "/%00"]
)
def test_an_odd_target_is_answered_as_others_are_and_logged(target: str) -> None:
    with Sandbox() as sandbox, running(sandbox) as url, connection(url) as one:
        one.sendall(f"OPTIONS {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        head, _, body = rest(one).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 404 ")
        assert b"application/json" in head
        assert b'"success":false' in body
        assert [call.status for call in sandbox.calls] == [404]
