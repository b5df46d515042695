"""Servers and surroundings that do not play by the rules. Most tests run for the sync and the async client."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

import zuora_invoices as z
from tests.generated.test_faults import CALLS, invoice
from tests.loopback import Answer, Asked, Loopback, serving
from zuora_invoices import AsyncClient, Client, models
from zuora_invoices._runtime import flow
from zuora_invoices._runtime.codec import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MADE = {"success": True, "id": "1"}
SAID = {"Content-Type": "application/json"}


@pytest.fixture(params=sorted(CALLS))
def invoke(request: pytest.FixtureRequest) -> Callable[..., models.Invoice]:
    return CALLS[request.param]


@pytest.fixture
def server() -> Iterator[Loopback]:
    with serving(lambda _: Answer(body=encode(MADE))) as one:
        yield one


def always(answer: Answer) -> Callable[[Asked], Answer]:
    return lambda _: answer


def batch(server: Loopback, answer: object, count: int = 2) -> models.InvoicesResult:
    server.answer = always(Answer(body=encode(answer)))
    with Client(base_url=server.url, token="t", max_retries=0) as client:
        body = models.PostInvoicesType(invoices=[invoice(f"A{place}") for place in range(count)])
        return client.invoices.create_standalone_invoices(body, idempotency_key="order-1", zuora_track_id="t-1")


def test_an_answer_with_the_id_of_another_call_is_not_taken(server: Loopback) -> None:
    with Client(base_url=server.url, token="t", max_retries=0) as client:
        for echoed in ("t-1", None):
            headers = SAID if echoed is None else {**SAID, "Zuora-Track-Id": echoed}
            server.answer = always(Answer(body=encode(MADE), headers=headers))
            assert client.invoices.create_standalone_invoice(invoice(), zuora_track_id="t-1").id == "1"
        server.answer = always(Answer(body=encode(MADE), headers={**SAID, "Zuora-Track-Id": "t-2"}))
        with pytest.raises(z.UndecodableResponseError, match="the id of another call") as caught:
            client.invoices.create_standalone_invoice(invoice(), zuora_track_id="t-1")
    assert caught.value.outcome == "unknown"


def test_a_batch_that_failed_and_has_results_all_the_same_is_of_unknown_outcome(server: Loopback) -> None:
    with pytest.raises(z.UndecodableResponseError, match="parts of it did not") as caught:
        batch(server, {"success": False, "invoices": [MADE, MADE]})
    assert caught.value.outcome == "unknown"
    with pytest.raises(z.RejectionError):
        batch(server, {"success": False, "reasons": [{"code": 53100020}]})


@pytest.mark.parametrize(
    "results",
    [
        [MADE],
        [MADE, MADE, MADE],
        [{**MADE, "objectIndex": 1}, {**MADE, "objectIndex": 0}],
        [MADE, {"success": False, "objectIndex": 0}],
        [MADE, {"success": False, "objectIndex": 2}],
        [{"success": False, "objectIndex": 1}, MADE],
        [MADE, {**MADE, "objectIndex": True}],
    ],
    ids=str,
)
def test_a_batch_that_does_not_fit_its_request_is_an_error(server: Loopback, results: list[object]) -> None:
    with pytest.raises(z.UndecodableResponseError) as caught:
        batch(server, {"success": True, "invoices": results})
    assert (caught.value.outcome, caught.value.idempotency_key) == ("unknown", "order-1")


def test_a_failure_of_parts_knows_its_call(server: Loopback) -> None:
    failed = {"success": False, "objectIndex": 1, "reasons": [{"code": 58490050, "message": "locked"}]}
    result = batch(server, {"success": True, "invoices": [MADE, failed]})
    assert [(part.object_index, part.request.account_number) for part in result.created] == [(0, "A0")]
    assert [reason.transient for part in result.failed for reason in part.reasons] == [True]
    with pytest.raises(z.BatchFailureError) as caught:
        result.raise_for_failures()
    error = caught.value
    assert (error.idempotency_key, error.track_id, error.attempts, error.status) == ("order-1", "t-1", 1, 200)
    assert "new idempotency key" in error.advice


def test_a_code_of_any_length_is_no_harm(invoke: Callable[..., models.Invoice], server: Loopback) -> None:
    server.answer = always(Answer(body=b'{"success": false, "reasons": [{"code": "' + b"9" * 5000 + b'"}]}'))
    with pytest.raises(z.RejectionError):
        invoke(server, token="t")


def test_an_error_stays_short_and_on_one_line(invoke: Callable[..., models.Invoice], server: Loopback) -> None:
    reasons = [{"code": 53100020, "message": "no\n2026-01-01 INFO all is well\x1b[31m"}] * 5000
    for body in ({"success": False, "processId": "P\nQ", "reasons": reasons}, {"success": True, "id": [0] * 9999}):
        server.answer = always(Answer(body=encode(body)))
        with pytest.raises(z.AnsweredError) as caught:
            invoke(server, token="t", max_retries=0)
        assert str(caught.value).isprintable()
        assert len(str(caught.value)) < 1000


def test_a_fault_of_ours_does_not_hide_what_may_have_happened(
    invoke: Callable[..., models.Invoice], server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "read", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError) as caught:
        invoke(server, key="order-1", token="t")
    assert caught.value.__notes__ == ["createStandaloneInvoice: the outcome of the call is unknown; its key is order-1"]


def test_an_async_client_of_another_event_loop_sends_nothing(server: Loopback) -> None:
    client = AsyncClient(base_url=server.url, token="t")

    async def first() -> None:
        await client.invoices.create_standalone_invoice(invoice())
        [own] = client._transport._own.close()  # its connections, and not itself
        await own.close()  # type: ignore[union-attr]  # there is no proxy

    asyncio.run(first())
    with pytest.raises(z.ConfigurationError, match="another event loop") as caught:
        asyncio.run(client.invoices.create_standalone_invoice(invoice()))
    assert (caught.value.outcome, len(server.asked)) == ("not_sent", 1)


@pytest.mark.parametrize("kind", sorted(CALLS))
def test_the_deadline_holds_while_a_body_goes_out_slowly(kind: str, server: Loopback) -> None:
    ended = threading.Event()
    large = models.PostInvoiceType.model_validate({**invoice().to_wire(), "notes__c": "x" * 20_000_000})

    def read_slowly(listener: socket.socket) -> None:  # for a minute; the whole would take four
        connection, _ = listener.accept()
        with connection:
            for _ in range(300):
                if ended.wait(0.2) or not connection.recv(1 << 14):
                    break

    def send(url: str, deadline: float) -> None:
        options: dict[str, Any] = {"deadline": deadline, "timeout": 10.0, "compress_above": None, "max_retries": 0}
        if kind == "sync":
            with Client(base_url=url, token="t", **options) as client:
                client.invoices.create_standalone_invoice(large)
            return

        async def run() -> None:
            async with AsyncClient(base_url=url, token="t", **options) as client:
                await client.invoices.create_standalone_invoice(large)

        asyncio.run(run())

    began = time.monotonic()
    send(server.url, 60.0)
    enough = 0.2 + 5 * (time.monotonic() - began)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=read_slowly, args=(listener,), daemon=True).start()
        with pytest.raises(z.CallTimeoutError) as caught:
            send(f"http://127.0.0.1:{listener.getsockname()[1]}", enough)
        ended.set()
    assert caught.value.outcome == "unknown"
