"""The service: what it asks in which order, and that it answers whatever happens."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, Final

import pytest

from tests.sandbox.documented.front import NOW, ONE, Front, opened, order, tenant
from zuora_invoices_sandbox import operations
from zuora_invoices_sandbox.messages import Headers, Request
from zuora_invoices_sandbox.store import StoreError, Transaction

WRONG: Final[list[tuple[str, dict[str, str], int]]] = [
    ("fault", {"Zuora_Sandbox_Fault": "503"}, 503),
    ("path", {}, 404),
    ("quota", {}, 429),
    ("token", {"Authorization": "Bearer x"}, 401),
    ("permission", {}, 403),
    ("header", {"Zuora_Track_Id": ":"}, 400),
    ("media type", {"Content_Type": "text/plain"}, 415),
    ("body", {}, 400),
    ("fields", {}, 200),
]
"""What can be wrong with a call, in the order of the gates."""


def send(front: Front, wrong: set[str]) -> int:
    """The status of a call with which so much is wrong."""
    front.client = 1 if "permission" in wrong else 0
    front.token()
    for _ in range(10 if "quota" in wrong else 0):
        front.create()
    headers = {name: value for what, given, _ in WRONG if what in wrong for name, value in given.items()}
    body: Any = b"{" if "body" in wrong else order(accountNumber="none") if "fields" in wrong else order()
    return front.post(body, "/v1/nothing" if "path" in wrong else ONE, **headers).status


@pytest.mark.parametrize(("first", "second"), list(pairwise(WRONG)), ids=lambda one: one[0])
def test_of_two_things_that_are_wrong_the_earlier_gate_tells(first: Any, second: Any) -> None:
    with opened(tenant(limits={"per_minute": 10})) as front:
        assert send(front, {first[0], second[0]}) == first[2]
        assert not any(invoice.document["comments"] for invoice in front.sandbox.invoices)


@pytest.mark.parametrize("last", range(len(WRONG)))
def test_of_all_that_is_wrong_the_first_gate_tells(last: int) -> None:
    with opened(tenant(limits={"per_minute": 10})) as front:
        assert send(front, {one[0] for one in WRONG[last:]}) == WRONG[last][2]


@pytest.mark.parametrize("error", [StoreError("the disk is full"), RuntimeError("a fault of ours"), RecursionError()])
def test_a_failure_of_its_own_is_500_and_leaves_nothing(
    front: Front, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    def fail(*_: Any) -> None:
        raise error

    front.token()
    monkeypatch.setattr(Transaction, "keep", fail)  # the last thing that is done
    with caplog.at_level(logging.ERROR):
        answer = front.post(order(), Idempotency_Key="k", Zuora_Track_Id="mine")
    assert (answer.status, set(answer.body), answer.codes) == (500, {"reasons"}, [90000060])
    assert str(error) not in answer.raw.decode() or not str(error)
    assert answer.headers["Zuora-Track-Id"] == "mine"
    assert len(answer.headers["Zuora-Request-Id"]) == 36
    assert [record.exc_info is not None for record in caplog.records] == [True]
    assert front.sandbox.calls[-1].status == 500
    monkeypatch.undo()
    assert not front.sandbox.invoices
    assert front.post(order(), Idempotency_Key="k").body["invoiceNumber"] == "INV00000001"


def test_places_are_free_again_however_a_call_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    one_place = tenant().limits.concurrency.model_copy(update={"limit": 1})

    def fail(*_: Any) -> None:
        raise RuntimeError("for a test")

    with opened(tenant(limits={"concurrency": one_place})) as front:
        for body in (order(accountNumber="none"), b"{"):
            front.post(body)
        front.post(order(), Authorization=None)
        with monkeypatch.context() as broken:
            broken.setattr(operations, "bill", fail)
            assert front.create().status == 500
        assert front.create().headers["Concurrency-Limit-Remaining"] == "0"


def test_a_fault_goes_wrong_with_a_refusal_too(front: Front) -> None:
    front.post({}, Zuora_Sandbox_Fault="slow; seconds=0")
    assert (front.sandbox.calls[-1].status, front.sandbox.calls[-1].fault) == (200, "slow")


def test_the_log_has_every_call_with_what_came_of_it(front: Front) -> None:
    front.create()
    front.create(accountNumber="none")
    front.post(b"{")
    front.post(order(), Authorization=None)
    calls = [(call.at, call.target, call.status, call.user is None) for call in front.sandbox.calls]
    assert calls == [
        (NOW, "/oauth/token", 200, True),
        (NOW, ONE, 200, False),
        (NOW, ONE, 200, False),
        (NOW, ONE, 400, False),
        (NOW, ONE, 401, True),
    ]


def test_threads_share_it(front: Front) -> None:
    front.token()
    start = threading.Barrier(8)

    def create(place: int) -> list[int]:
        start.wait(30)
        return [front.post(order(), Idempotency_Key=f"{place}/{number}").status for number in range(5)]

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(create, range(8))) == [[200] * 5] * 8
    assert [one.number for one in front.sandbox.invoices] == [f"INV{number:08}" for number in range(1, 41)]


@pytest.mark.parametrize("method", ["", "post", "P\x00ST", "\udcff", "OPTIONS", "X" * 1000])
@pytest.mark.parametrize("path", ["", "*", "/", "/v1/invoices", "/oauth/token", "/\udcff", "/" + "x" * 10_000])
def test_it_never_raises(front: Front, method: str, path: str) -> None:
    delivery = front.sandbox.deliver(Request(method, path, "\udcff", Headers([("a", "b"), ("", "\xff")]), b"\xff"))
    assert delivery.answer is not None
    assert 400 <= delivery.answer.status < 500
    assert len(delivery.answer.body) < 1_000
