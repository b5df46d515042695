"""Documented: faults on demand, as a caller without our client sees them; and time. Each test is one clause."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from tests.sandbox.documented.front import NOW, Front, opened, order
from zuora_invoices._runtime.codec import encode
from zuora_invoices_sandbox import Fault, FaultPolicy, Sandbox
from zuora_invoices_sandbox.faults import HEADER

FAULT = HEADER.replace("-", "_")


def sent(front: Front, fault: str, **headers: str) -> Any:
    return front.post(order(), **{FAULT: fault}, **headers)


def billed(front: Front) -> int:
    return len(front.sandbox.invoices)


def test_dropped_before_it_is_worked_on(front: Front) -> None:
    with pytest.raises(httpx2.RemoteProtocolError):
        sent(front, "drop-before", Idempotency_Key="k")
    assert billed(front) == 0
    assert front.post(order(), Idempotency_Key="k").body["success"] is True


def test_dropped_after_it_was_stored(front: Front) -> None:
    with pytest.raises(httpx2.RemoteProtocolError):
        sent(front, "drop-after", Idempotency_Key="k")
    assert billed(front) == 1
    assert front.post(order(), Idempotency_Key="k").body["id"] == front.sandbox.invoices[0].id
    assert billed(front) == 1


def test_the_body_is_cut(front: Front) -> None:
    with pytest.raises(httpx2.RemoteProtocolError, match="without sending complete message body"):
        sent(front, "cut-body")
    assert billed(front) == 1


def test_slow(front: Front) -> None:
    headers = {"Authorization": f"Bearer {front.token()}", "Content-Type": "application/json"}
    impatient = httpx2.Client(transport=front.sandbox.transport(), base_url="https://sandbox", timeout=0.05)
    with pytest.raises(httpx2.ReadTimeout):
        impatient.post("/v1/invoices", content=encode(order()), headers={**headers, HEADER: "slow; seconds=60"})
    assert billed(front) == 1
    assert sent(front, "slow; seconds=0").body["success"] is True


@pytest.mark.parametrize(
    ("fault", "status", "categories", "retry_after"),
    [
        ("429", 429, [70], None),
        ("429-retry-after", 429, [70], "1"),
        ("429-retry-after; seconds=2.5", 429, [70], "3"),
        ("500", 500, [60], None),
        ("503", 503, [61], None),
        ("401", 401, [11], None),
    ],
)
def test_an_answer_instead_of_work(
    front: Front, fault: str, status: int, categories: list[int], retry_after: str | None
) -> None:
    answer = sent(front, fault, Idempotency_Key="k", Zuora_Track_Id="mine")
    assert (answer.status, answer.categories) == (status, categories)
    assert answer.headers.get("Retry-After") == retry_after
    assert answer.headers["Zuora-Track-Id"] == "mine"
    assert set(answer.body) == {"reasons"} if status >= 500 else answer.body["success"] is False
    assert ("WWW-Authenticate" in answer.headers) == (status == 401)
    assert billed(front) == 0
    assert front.post(order(), Idempotency_Key="k").body["success"] is True


def test_a_page_of_a_proxy(front: Front) -> None:
    answer = sent(front, "502")
    assert (answer.status, answer.headers["Content-Type"]) == (502, "text/html")
    assert b"<html>" in answer.raw
    assert billed(front) == 0


@pytest.mark.parametrize(("fault", "category"), [("locked", 50), ("temporary", 61)])
def test_a_transient_rejection_is_kept(front: Front, fault: str, category: int) -> None:
    answer = sent(front, fault, Idempotency_Key="k")
    assert (answer.status, answer.body["success"], answer.categories) == (200, False, [category])
    assert front.post(order(), Idempotency_Key="k").raw == answer.raw
    assert billed(front) == 0


def test_a_header_counts_the_calls_with_its_key(front: Front) -> None:
    statuses = [sent(front, "503; times=2", Idempotency_Key="k").status for _ in range(3)]
    assert statuses == [503, 503, 200]
    assert sent(front, "503; times=2", Idempotency_Key="other").status == 503
    assert [sent(front, "503").status for _ in range(3)] == [503] * 3  # without a key there is nothing to count by


@pytest.mark.parametrize("text", ["", "504", "500; often=2", "500; times=0", "slow; seconds=-1", "slow; seconds=nan"])
def test_a_header_that_says_no_fault_is_400(front: Front, text: str) -> None:
    answer = sent(front, text)
    assert (answer.status, answer.body["success"]) == (400, False)
    assert billed(front) == 0


def test_a_token_can_fail_too(front: Front) -> None:
    one = front.sandbox.tenant.clients[0]
    form = httpx2.QueryParams(
        {"client_id": one.client_id, "client_secret": one.client_secret, "grant_type": "client_credentials"}
    )
    headers = {"Content_Type": "application/x-www-form-urlencoded", "Zuora_Sandbox_Token_Fault": "503"}
    assert front.send("POST", "/oauth/token", str(form).encode(), **headers).status == 503


def test_faults_can_be_ordered_for_the_next_calls(front: Front) -> None:
    front.sandbox.faults.next(Fault.UNAVAILABLE, times=2)
    front.sandbox.faults.next(Fault.TOO_MANY)
    assert [front.create().status for _ in range(4)] == [503, 503, 429, 200]


def statuses(seed: int) -> list[int]:
    with opened(faults=FaultPolicy(0.5, [Fault.UNAVAILABLE, Fault.TOO_MANY], seed=seed)) as front:
        return [front.create().status for _ in range(30)]


def test_a_policy_is_seeded() -> None:
    assert statuses(1) == statuses(1) != statuses(2)
    assert set(statuses(1)) == {200, 429, 503}


def test_a_reset_brings_back_the_policy_and_the_time() -> None:
    policy = FaultPolicy(1, [Fault.UNAVAILABLE])
    with opened(faults=policy) as front:
        assert front.create().status == 503
        front.sandbox.faults.policy = None
        assert front.create().status == 200
        front.sandbox.faults.next(Fault.TOO_MANY)
        front.sandbox.clock.run()
        front.sandbox.reset()
        assert front.sandbox.faults.policy == policy
        assert front.sandbox.clock.now() == NOW
        assert [front.create().status for _ in range(2)] == [503, 503]
        assert (len(front.sandbox.invoices), len(front.sandbox.calls)) == (0, 2)


def test_calls_tell_what_happened_to_them(front: Front) -> None:
    front.create()
    with pytest.raises(httpx2.RemoteProtocolError):
        sent(front, "drop-after", Idempotency_Key="k")
    front.post(order(), Idempotency_Key="k")
    _, first, dropped, replayed = front.sandbox.calls
    assert (first.status, first.fault, first.replayed) == (200, None, False)
    assert (dropped.status, dropped.fault) == (None, Fault.DROP_AFTER)
    assert (replayed.status, replayed.replayed) == (200, True)


def test_time_stands_still_moves_and_runs_on() -> None:
    with Sandbox() as sandbox:
        sandbox.clock.freeze(NOW)
        front = Front(sandbox)
        assert [front.made().created_at for _ in range(2)] == [NOW, NOW]
        sandbox.clock.move(timedelta(minutes=-1))
        assert front.made().created_at == NOW - timedelta(minutes=1)
        sandbox.clock.run()
        while sandbox.clock.now() <= NOW - timedelta(minutes=1):  # the machine's clock may go slowly
            time.sleep(0.001)
        assert timedelta() < front.made().created_at - (NOW - timedelta(minutes=1)) < timedelta(minutes=10)
        sandbox.clock.reset()
        front.tokens.clear()
        front.made()
