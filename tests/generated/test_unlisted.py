"""Fields that the description does not know yet, sent by both clients because the caller says so."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from tests.generated.test_faults import invoice
from tests.loopback import Answer, Asked, Loopback, serving
from zuora_invoices import AsyncClient, Client, RequestValidationError, models
from zuora_invoices._runtime.codec import decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterator

FAILED = {"success": False, "reasons": [{"code": 58490020}]}


@pytest.fixture
def server() -> Iterator[Loopback]:
    """Loses the first answer, then fails the second invoice of two."""

    def answer(asked: Asked) -> Answer:
        results = [{"success": True, "id": "1"}, FAILED]
        count = len(decode(asked.body)["invoices"])  # type: ignore[arg-type, index, call-overload]  # as it was sent
        status = 503 if len(one.asked) == 1 else 200
        return Answer(status, encode({"success": True, "invoices": results[2 - count :]}))

    with serving(answer) as one:
        yield one


def order(number: str) -> models.PostInvoiceType:
    """An invoice with a new field, and an item with another."""
    wire: dict[str, Any] = invoice(number).to_wire()
    wire["novelRate"] = Decimal("9007199254740993.10")
    wire["invoiceItems"][0]["novelParts"] = [{"share": Decimal("0.30")}, None]
    return models.PostInvoiceType.model_validate(wire, extra="allow")


def bill(kind: str, server: Loopback, *orders: models.PostInvoiceType, key: str) -> models.InvoicesResult:
    body = models.PostInvoicesType(invoices=list(orders))
    options: dict[str, Any] = {"base_url": server.url, "token": "t", "backoff": 0}
    if kind == "sync":
        with Client(**options) as client:
            return client.invoices.create_standalone_invoices(body, idempotency_key=key)

    async def run() -> models.InvoicesResult:
        async with AsyncClient(**options) as client:
            return await client.invoices.create_standalone_invoices(body, idempotency_key=key)

    return asyncio.run(run())


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_batch_with_new_fields_is_sent_sent_again_and_its_failures_anew(kind: str, server: Loopback) -> None:
    result = bill(kind, server, invoice("A0"), order("A1"), key="order-1")
    lost, first = server.asked
    assert lost.body == first.body
    assert lost.headers["idempotency-key"] == first.headers["idempotency-key"] == "order-1"
    for text in (b'"novelRate":9007199254740993.10', b'"novelParts":[{"share":0.30},null]'):
        assert first.body.count(text) == 1
    bill(kind, server, *(part.request for part in result.failed), key="order-2")
    assert decode(server.last.body) == {"invoices": [decode(encode(order("A1").to_wire()))]}


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_no_other_fault_gets_through(kind: str, server: Loopback) -> None:
    one = order("A1")
    one.comments = "x" * 256
    assert one.model_extra is not None
    one.model_extra["novelRate"] = {"share": object()}
    other = invoice("A2")
    other.model_extra["novelRate"] = 1  # type: ignore[index]  # it is none only where nothing unknown could be
    with pytest.raises(RequestValidationError) as caught:
        bill(kind, server, one, other, key="order-1")
    assert [found.path for found in caught.value.violations] == [
        "invoices[0].comments",
        "invoices[0].novelRate",
        "invoices[1].novelRate",
    ]
    assert not server.asked


def test_without_the_word_it_is_refused() -> None:
    with pytest.raises(ValidationError, match="novelRate"):
        models.PostInvoiceType.model_validate({**invoice().to_wire(), "novelRate": 1})
