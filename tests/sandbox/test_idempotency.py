"""Keys: the ones under way in a program, and what is kept of an answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.documented.front import Front, opened, order
from zuora_invoices_sandbox import idempotency
from zuora_invoices_sandbox.idempotency import Running
from zuora_invoices_sandbox.messages import Answer, Headers, Request
from zuora_invoices_sandbox.refusal import Refused
from zuora_invoices_sandbox.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
REQUEST = Request("POST", "/v1/invoices")
ANSWER = Answer(418, bytes(range(256)), (("A", "1"), ("A", "2"), ("B", "\xff")))


@pytest.fixture
def store() -> Iterator[Store]:
    opened_store = Store()
    yield opened_store
    opened_store.close()


def kept(
    store: Store, key: str | None, request: Request = REQUEST, tenant: str = "t", at: datetime = NOW
) -> Answer | None:
    with store.transaction() as transaction:
        return idempotency.kept(transaction, key, request, tenant, at)


def keep(store: Store, key: str | None, answer: Answer = ANSWER, at: datetime = NOW) -> None:
    with store.transaction() as transaction:
        idempotency.keep(transaction, key, REQUEST, "t", at, answer)


def test_a_key_is_held_once_and_free_again_after_an_error() -> None:
    running = Running()
    with running.hold("a"), running.hold("b"), pytest.raises(Refused) as refused, running.hold("a"):
        pass
    assert refused.value.status == 409
    with pytest.raises(ZeroDivisionError), running.hold("a"):
        raise ZeroDivisionError
    with running.hold("a"), pytest.raises(Refused), running.hold("a"):
        pass
    with running.hold("a"):
        pass


def test_calls_without_a_key_do_not_hold_each_other_up() -> None:
    running = Running()
    with running.hold(None), running.hold(None):
        pass


def test_an_answer_comes_back_as_it_was(store: Store) -> None:
    keep(store, "k")
    assert kept(store, "k") == ANSWER
    assert kept(store, "K") is None


def test_without_a_key_nothing_is_kept(store: Store) -> None:
    keep(store, None)
    assert kept(store, None) is None


@pytest.mark.parametrize(
    ("after", "is_kept"),
    [
        (timedelta(hours=23, minutes=59, seconds=59), True),
        (timedelta(hours=24), True),
        (timedelta(hours=24, microseconds=1), False),
        (timedelta(days=-400), True),  # the clock went back
    ],
)
def test_an_answer_is_kept_for_a_day(store: Store, after: timedelta, *, is_kept: bool) -> None:
    keep(store, "k")
    assert (kept(store, "k", at=NOW + after) is not None) == is_kept


def test_an_answer_takes_the_place_of_one_that_has_lapsed(store: Store) -> None:
    keep(store, "k")
    keep(store, "k", Answer(200), NOW + timedelta(hours=25))
    assert kept(store, "k", at=NOW + timedelta(hours=26)) == Answer(200)


@pytest.mark.parametrize(
    ("request_", "tenant"),
    [
        (REQUEST, "other"),
        (Request("PATCH", "/v1/invoices"), "t"),
        (Request("POST", "/v1/invoices/batch"), "t"),
        (Request("POST", "/v1/invoices", "a=1"), "t"),
    ],
)
def test_a_key_of_another_call_is_refused_until_it_lapses(store: Store, request_: Request, tenant: str) -> None:
    keep(store, "k")
    with pytest.raises(Refused) as refused:
        kept(store, "k", request_, tenant)
    assert refused.value.status == 422
    assert kept(store, "k", request_, tenant, NOW + timedelta(hours=25)) is None


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF), min_size=1, max_size=255))
def test_any_key_that_the_description_allows_replays(key: str) -> None:
    with opened() as front:
        first, again = (front.post(order(), Idempotency_Key=key) for _ in range(2))
        assert first.status == 200
        assert first.raw == again.raw
        assert len(front.sandbox.invoices) == 1


def test_a_key_given_twice_is_malformed_and_keeps_nothing(front: Front) -> None:
    headers = [("Idempotency-Key", "k"), ("Idempotency-Key", "k"), ("Authorization", f"Bearer {front.token()}")]
    request = Request("POST", "/v1/invoices", "", Headers([*headers, ("Content-Type", "application/json")]), b"{}")
    for _ in range(2):
        delivery = front.sandbox.deliver(request)
        assert delivery.answer is not None
        assert delivery.answer.status == 400
        assert not front.sandbox.calls[-1].replayed
    assert front.post(order(), Idempotency_Key="k, k").body["success"] is True
