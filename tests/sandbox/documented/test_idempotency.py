"""Documented: `Idempotency-Key`. Each test is one clause."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.documented.front import BATCH, EUR_ACCOUNT_ID, NOW, Answer, Front, item, opened, order, tenant
from zuora_invoices_sandbox import operations
from zuora_invoices_sandbox.billing import bill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

KEPT = ("content-type", "zuora-request-id")
"""Headers of the first answer; the others say how things stand now."""


def same(one: Answer, other: Answer) -> bool:
    first, second = ((a.status, a.raw, [a.headers.get(name) for name in KEPT]) for a in (one, other))
    return first == second


@contextmanager
def held(monkeypatch: pytest.MonkeyPatch, front: Front, **headers: str) -> Iterator[Future[Answer]]:
    """A call that is within its transaction for as long as the block runs."""
    inside, release = threading.Event(), threading.Event()

    def slowly(*given: Any) -> Any:
        inside.set()
        assert release.wait(30)
        return bill(*given)

    front.token()
    monkeypatch.setattr(operations, "bill", slowly)
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(front.post, order(), **headers)
        assert inside.wait(30)
        monkeypatch.setattr(operations, "bill", bill)
        try:
            yield first
        finally:
            release.set()


def test_a_success_is_replayed_for_24_hours_and_not_longer(front: Front) -> None:
    first = front.post(order(), Idempotency_Key="k")
    front.sandbox.clock.freeze(NOW.replace(hour=9, minute=59, second=59, day=NOW.day + 1))
    front.tokens.clear()
    assert same(front.post(order(), Idempotency_Key="k"), first)
    assert len(front.sandbox.invoices) == 1
    front.sandbox.clock.move(2)
    again = front.post(order(), Idempotency_Key="k")
    assert again.body["id"] != first.body["id"]
    assert len(front.sandbox.invoices) == 2
    assert same(front.post(order(), Idempotency_Key="k"), again)


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (order(accountNumber="none"), {}, 200),
        (order(unknown=1), {}, 200),
        (b"{", {}, 400),
        (b"\x1f\x8b", {"Content_Encoding": "gzip"}, 400),
        (order(), {"Zuora_Version": "newest"}, 400),
        (order(), {"Zuora_Track_Id": "a:b"}, 400),
        (order(), {"Content_Type": "text/plain"}, 415),
        (b" " * (10 * 2**20 + 1), {}, 413),
    ],
)
def test_a_failure_is_replayed_too(front: Front, body: Any, headers: dict[str, str], status: int) -> None:
    first = front.post(body, Idempotency_Key="k", **headers)
    assert (first.status, first.body["success"]) == (status, False)
    assert same(front.post(order(), Idempotency_Key="k"), first)
    assert not front.sandbox.invoices
    assert front.post(order(), Idempotency_Key="another").body["success"] is True


def test_the_first_answer_is_replayed_to_another_body(front: Front) -> None:
    first = front.post(order(), Idempotency_Key="k")
    assert same(front.post(order(invoiceItems=[item(5)]), Idempotency_Key="k"), first)
    assert same(front.post(b"no JSON at all", Idempotency_Key="k"), first)
    assert len(front.sandbox.invoices) == 1


def test_a_batch_is_replayed(front: Front) -> None:
    first = front.batch(order(), order(accountNumber="none"), Idempotency_Key="k")
    assert same(front.batch(order(), Idempotency_Key="k"), first)
    assert len(front.sandbox.invoices) == 1


def test_calls_without_a_key_are_carried_out_each_time(front: Front) -> None:
    assert front.create().body["id"] != front.create().body["id"]


def test_what_is_replayed_has_the_track_id_and_the_encoding_of_the_call_that_gets_it(front: Front) -> None:
    first = front.post(order(comments="c" * 255), Idempotency_Key="k", Zuora_Track_Id="one")
    again = front.post(order(), Idempotency_Key="k", Zuora_Track_Id="two", Accept_Encoding="gzip")
    assert (first.headers["Zuora-Track-Id"], again.headers["Zuora-Track-Id"]) == ("one", "two")
    assert ("Content-Encoding" in first.headers, again.headers["Content-Encoding"]) == (False, "gzip")
    assert again.body == first.body
    third = front.post(order(), Idempotency_Key="k")
    assert "Zuora-Track-Id" not in third.headers
    assert same(third, first)


def test_the_rate_limit_of_a_replay_is_that_of_now(front: Front) -> None:
    first, again = (front.post(order(), Idempotency_Key="k") for _ in range(2))
    assert int(again.headers["RateLimit-Remaining"]) == int(first.headers["RateLimit-Remaining"]) - 1


def test_a_key_in_use_is_409(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    with held(monkeypatch, front, Idempotency_Key="k") as first:
        second = front.post(order(), Idempotency_Key="k")
        assert (second.status, second.categories) == (409, [50])
    assert same(front.post(order(), Idempotency_Key="k"), first.result())
    assert len(front.sandbox.invoices) == 1


def test_a_key_in_use_by_another_sandbox_on_the_database_is_409(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(database=postgresql_url) as one, opened(database=postgresql_url) as other:
        with held(monkeypatch, one, Idempotency_Key="k") as first:
            second = other.post(order(), Idempotency_Key="k")
            assert (second.status, second.categories) == (409, [50])
        assert same(other.post(order(), Idempotency_Key="k"), first.result())
        assert len(other.sandbox.invoices) == 1


@contextmanager
def at_once(database: str, calls: int) -> Iterator[tuple[Front, Callable[[int, dict[str, Any], str], Answer]]]:
    """Two sandboxes, or one where they cannot share, and how to call them by turns: so many calls begin at once."""
    shared = database != ":memory:"
    with opened(database=database) as one, opened(database=database) if shared else nullcontext(one) as other:
        fronts = [one, other]
        for front in fronts:
            front.token()
        start = threading.Barrier(calls)

        def post(place: int, body: dict[str, Any], key: str) -> Answer:
            start.wait(30)
            return fronts[place % 2].post(body, Idempotency_Key=key)

        yield one, post


def test_of_calls_at_once_one_is_carried_out(database: str) -> None:
    with at_once(database, 8) as (one, post):

        def call(place: int) -> Answer:
            return post(place, order(invoiceNumber="SAME"), "k")

        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(call, range(8)))
        assert {answer.status for answer in answers} <= {200, 409}
        assert len({answer.raw for answer in answers if answer.status == 200}) == 1
        assert all(answer.body["success"] for answer in answers if answer.status == 200)
        assert len(one.sandbox.invoices) == 1


def test_of_calls_at_once_that_want_one_number_one_gets_it(database: str) -> None:
    with at_once(database, 6) as (one, post):

        def call(place: int) -> Answer:
            new = {"firstName": "Ada", "lastName": "King"}
            return post(place, order(invoiceNumber="SAME", billToContact=new), f"{place}")

        with ThreadPoolExecutor(6) as threads:
            answers = list(threads.map(call, range(6)))
        assert sorted(answer.body["success"] for answer in answers) == [False] * 5 + [True]
        assert {tuple(answer.codes) for answer in answers if not answer.body["success"]} == {(58491130,)}
        assert len(one.sandbox.invoices) == 1


def test_a_call_that_breaks_off_frees_its_key(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("for a test")

    monkeypatch.setattr(operations, "bill", broken)
    answer = front.post(order(), Idempotency_Key="k")
    assert (answer.status, set(answer.body)) == (500, {"reasons"})
    monkeypatch.undo()
    assert front.post(order(), Idempotency_Key="k").body["success"] is True
    assert len(front.sandbox.invoices) == 1


@pytest.mark.parametrize("path", [BATCH, "/v1/invoices?zone=1"])
def test_a_key_of_another_url_is_422(front: Front, path: str) -> None:
    front.post(order(), Idempotency_Key="k")
    answer = front.post({"invoices": [order()]}, path, Idempotency_Key="k")
    assert (answer.status, answer.body["success"], answer.categories) == (422, False, [30])
    assert len(front.sandbox.invoices) == 1


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_key_of_another_tenant_on_the_database_is_422(
    kind: str, request: pytest.FixtureRequest, tmp_path: Any
) -> None:
    url = request.getfixturevalue("postgresql_url") if kind == "postgresql" else str(tmp_path / "sandbox.db")
    with opened(database=url) as one, opened(tenant(id="other"), database=url) as other:
        first = one.post(order(), Idempotency_Key="k")
        assert other.post(order(), Idempotency_Key="k").status == 422
        assert same(one.post(order(), Idempotency_Key="k"), first)
        assert (len(one.sandbox.invoices), len(other.sandbox.invoices)) == (1, 0)


def test_another_method_never_gets_to_the_key(front: Front) -> None:
    front.post(order(), Idempotency_Key="k")
    answer = front.send("PATCH", "/v1/invoices", Idempotency_Key="k", Authorization=f"Bearer {front.token()}")
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")


def test_401_403_and_429_are_not_kept() -> None:
    with opened(tenant(limits={"per_minute": 4})) as front:
        assert front.post(order(), Idempotency_Key="k", Authorization="Bearer x").status == 401
        front.client = 1
        assert front.post(order(), Idempotency_Key="k").status == 403
        front.client = 3
        catalog = order(invoiceItems=[item(productRatePlanChargeId="ff8080817cda56fa017cda87999d071b")])
        assert front.post(catalog, Idempotency_Key="k").status == 403
        front.client = 0
        front.create()
        assert front.post(order(), Idempotency_Key="k").status == 429
        front.sandbox.clock.move(60)
        assert front.post(order(), Idempotency_Key="k").body["success"] is True


@pytest.mark.parametrize(("key", "status"), [("k" * 255, 200), ("k" * 256, 400), ("", 400)])
def test_a_key_has_255_characters_at_most(front: Front, key: str, status: int) -> None:
    assert front.post(order(), Idempotency_Key=key).status == status
    assert len(front.sandbox.invoices) == (status == 200)


def test_a_key_outlives_the_sandbox(tmp_path: Any) -> None:
    database = str(tmp_path / "sandbox.db")
    with opened(database=database) as front:
        first = front.post(order(), Idempotency_Key="k")
    with opened(database=database) as front:
        assert same(front.post(order(accountId=EUR_ACCOUNT_ID), Idempotency_Key="k"), first)
        assert len(front.sandbox.invoices) == 1
