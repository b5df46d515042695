"""The whole sandbox against callers who mean no good: 4XX or the end of the connection, never 500, and it lives on."""

from __future__ import annotations

import gzip
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.sandbox.http.raw import NO_HTTP, connection, rest
from zuora_invoices import Client, models
from zuora_invoices_sandbox import Sandbox
from zuora_invoices_sandbox.http.server import running

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGETS = [
    b"*",
    b"//",
    b"/v1/invoices/../invoices",
    b"/v1%2Finvoices",
    b"/%00",
    b"/%ff%fe",
    b"/%",
    b"/v1/invoices?" + b"a=b&" * 5_000,
    b"/" + b"a/" * 10_000,
    b"http://elsewhere/v1/invoices",
    b"elsewhere:443",
    b"/v1/invoices;a=b",
    b"/oauth/token/",
    b"/static/../../../../etc/passwd",
    b"/static/%2e%2e/%2e%2e/server.py",
]
METHODS = [b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"PATCH", b"OPTIONS", b"TRACE", b"CONNECT", b"BREW", b"post"]
BODIES = {
    "nothing": b"",
    "noise": bytes(range(256)) * 10,
    "deep arrays": b"[" * 500_000,
    "deep objects": b'{"a":' * 200_000,
    "a long number": b'{"a": ' + b"9" * 1_000_000 + b"}",
    "a large exponent": b'{"invoiceItems": [{"amount": 1e999999999}]}',
    "a lone surrogate": b'{"accountNumber": "\\ud800"}',
    "not UTF-8": b'{"accountNumber": "\xff"}',
    "no object": b'"text"',
    "twenty megabytes": b'{"comments": "' + b"x" * 20_000_000 + b'"}',
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as one:
        yield one


@pytest.fixture(scope="module")
def url(sandbox: Sandbox) -> Iterator[str]:
    with running(sandbox) as base_url:
        yield base_url


@pytest.fixture(scope="module")
def token(sandbox: Sandbox, url: str) -> bytes:
    form = f"grant_type=client_credentials&client_id={sandbox.client_id}&client_secret={sandbox.client_secret}"
    head = f"POST /oauth/token HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {len(form)}\r\n"
    answer = answer_to(url, f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}".encode())
    found = answer.partition(b'"access_token":"')[2].partition(b'"')[0]
    assert len(found) > 50
    return found


def answer_to(url: str, raw: bytes) -> bytes:
    """What is answered until the connection ends."""
    with connection(url) as one:
        with suppress(ConnectionError):  # it has heard enough
            one.sendall(raw)
        return rest(one)


def is_refused(answer: bytes) -> bool:
    return answer.startswith(b"HTTP/1.1 4") or not answer


@pytest.mark.parametrize("raw", NO_HTTP.values(), ids=NO_HTTP.keys())
def test_what_is_no_http_is_refused(url: str, raw: bytes) -> None:
    assert is_refused(answer_to(url, raw))


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target[:30].decode())
@pytest.mark.parametrize("method", METHODS, ids=bytes.decode)
def test_no_method_and_no_target_breaks_it(url: str, method: bytes, target: bytes) -> None:
    answer = answer_to(url, method + b" " + target + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 4"), answer[:300]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
@pytest.mark.parametrize("path", [b"/v1/invoices", b"/v1/invoices/batch", b"/oauth/token"], ids=bytes.decode)
def test_no_body_breaks_it(sandbox: Sandbox, url: str, token: bytes, path: bytes, body: bytes, packed: bool) -> None:
    head = b"POST " + path + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n"
    head += b"Authorization: Bearer " + token + b"\r\n"
    before = len(sandbox.invoices)
    if packed:
        body = gzip.compress(body, 9)
        head += b"Content-Encoding: gzip\r\n"
    answer = answer_to(url, head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    refused = is_refused(answer) or (answer.startswith(b"HTTP/1.1 200 ") and b'"success":false' in answer)
    assert refused, answer[:300]
    assert len(sandbox.invoices) == before


def test_it_lives_on(sandbox: Sandbox, url: str, token: bytes) -> None:
    head = b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 1\r\n"
    head += b"Authorization: Bearer " + token + b"\r\n\r\n"
    for line in (b"GET /v1/invoices", b"POST /nowhere", b"POST /v1/invoices"):
        assert is_refused(answer_to(url, line + head + b"{"))
    day = sandbox.clock.now().date()
    item = models.PostInvoiceItemType(amount=Decimal("19.99"), service_start_date=day, charge_name="Set-up")
    account = sandbox.tenant.accounts[0].number
    order = models.PostInvoiceType(account_number=account, invoice_date=day, invoice_items=[item])
    with Client(base_url=url, client_id=sandbox.client_id, client_secret=sandbox.client_secret) as client:
        made = client.invoices.create_standalone_invoice(order)
    assert [one.id for one in sandbox.invoices][-1:] == [made.id]
    assert {call.status for call in sandbox.calls} >= {200, 400, 404, 405}
    assert not [call.status for call in sandbox.calls if call.status and call.status >= 500]
