"""Quotas over time, places for requests under way, and requests from one address."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.gates.tenants import tenant
from zuora_invoices_sandbox.clock import Clock
from zuora_invoices_sandbox.gates.limits import Limits, PeerLimits
from zuora_invoices_sandbox.refusal import Category, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def frozen(at: datetime = NOON) -> Clock:
    clock = Clock()
    clock.freeze(at)
    return clock


def limits(clock: Clock, **values: object) -> Limits:
    return Limits(tenant(limits=dict(values)), clock)


def headers_of(limits: Limits) -> dict[str, str]:
    return dict(limits.headers())


def quota(limit: int, remaining: int, reset: int) -> dict[str, str]:
    return {"RateLimit-Limit": str(limit), "RateLimit-Remaining": str(remaining), "RateLimit-Reset": str(reset)}


def wait_of(admit: Callable[[], None]) -> int:
    """Seconds that a call has to wait, 0 if it may go on."""
    try:
        admit()
    except Refused as refused:
        (one,) = refused.reasons
        ((name, seconds),) = refused.headers
        found = (refused.status, one.category, name)
    else:
        return 0
    assert found == (429, Category.LIMIT, "Retry-After")
    return int(seconds)


def test_the_headers_tell_of_the_window_with_the_least_left() -> None:
    clock = frozen()
    gate = limits(clock, per_minute=3, per_hour=4, per_day=100)
    assert headers_of(gate) == quota(3, 3, 60)
    gate.admit()
    clock.move(20)
    assert headers_of(gate) == quota(3, 2, 40)
    clock.move(40)
    assert headers_of(gate) == quota(4, 3, 3540)
    gate.admit()
    assert headers_of(gate) == quota(4, 2, 3540)


def test_a_used_up_quota_refuses_until_its_window_is_over() -> None:
    clock = frozen()
    gate = limits(clock, per_minute=2)
    assert [wait_of(gate.admit) for _ in range(4)] == [0, 0, 60, 60]
    assert headers_of(gate) == quota(2, 0, 60)
    clock.move(59.5)
    assert wait_of(gate.admit) == 1
    clock.move(0.5)
    assert wait_of(gate.admit) == 0
    assert headers_of(gate) == quota(2, 1, 60)


def test_a_window_begins_with_its_first_request() -> None:
    clock = frozen()
    gate = limits(clock, per_minute=1)
    clock.move(59)
    gate.admit()
    clock.move(1)
    assert wait_of(gate.admit) == 59


def test_of_two_used_up_windows_the_longer_one_says_how_long_to_wait() -> None:
    gate = limits(frozen(), per_minute=2, per_hour=2, per_day=2)
    assert [wait_of(gate.admit) for _ in range(3)] == [0, 0, 86_400]


def test_what_is_refused_is_not_counted() -> None:
    clock = frozen()
    gate = limits(clock, per_minute=1, per_hour=3)
    assert [wait_of(gate.admit) for _ in range(5)] == [0, 60, 60, 60, 60]
    clock.move(60)
    assert headers_of(gate)["RateLimit-Limit"] == "1"
    gate.admit()
    clock.move(60)
    gate.admit()
    assert wait_of(gate.admit) == 3480


def test_reset_forgets() -> None:
    gate = limits(frozen(), per_minute=1)
    gate.admit()
    gate.reset()
    assert wait_of(gate.admit) == 0


@pytest.mark.parametrize("at", [datetime.min, datetime.max])
def test_any_moment_will_do(at: datetime) -> None:
    gate = limits(frozen(at.replace(tzinfo=UTC)), per_minute=1)
    assert [wait_of(gate.admit) for _ in range(2)] == [0, 60]


@given(
    quotas=st.tuples(st.integers(1, 4), st.integers(1, 8), st.integers(1, 12)),
    steps=st.lists(st.one_of(st.none(), st.floats(-100_000, 200_000), st.floats(0, 90)), max_size=60),
)
def test_no_window_ever_admits_more_than_its_quota(quotas: tuple[int, int, int], steps: list[float | None]) -> None:
    clock = frozen()
    gate = limits(clock, per_minute=quotas[0], per_hour=quotas[1], per_day=quotas[2])
    admitted: list[datetime] = []
    for step in steps:
        if step is not None:
            clock.move(step)
            admitted = admitted if step >= 0 else []  # before a window's begin it is empty again
            continue
        wait = wait_of(gate.admit)
        if wait:
            assert headers_of(gate)["RateLimit-Remaining"] == "0"
            assert headers_of(gate)["RateLimit-Reset"] == str(wait)
            clock.move(wait)
            gate.admit()
        admitted.append(clock.now())
        # Windows begin with their first request, so that two of them at most touch any span as long as one.
        for limit, seconds in zip(quotas, (60, 3_600, 86_400), strict=True):
            since = clock.now() - timedelta(seconds=seconds)
            assert sum(moment > since for moment in admitted) <= 2 * limit - 1


def test_places_are_given_back_however_a_request_ends() -> None:
    gate = limits(frozen(), concurrency={"limit": 2, "type": "high-volume transactions"})
    with gate.place() as first, gate.place() as second:
        assert dict(first)["Concurrency-Limit-Remaining"] == "1"
        assert dict(second)["Concurrency-Limit-Remaining"] == "0"
        with pytest.raises(Refused) as refused, gate.place():
            pytest.fail("there is no place left")
    assert refused.value.status == 429
    assert [one.category for one in refused.value.reasons] == [Category.LIMIT]
    assert refused.value.headers == second
    assert refused.value.headers == (
        ("Concurrency-Limit-Type", "high-volume transactions"),
        ("Concurrency-Limit-Limit", "2"),
        ("Concurrency-Limit-Remaining", "0"),
    )
    for _ in range(3):
        with contextlib.suppress(ZeroDivisionError), gate.place() as again:
            raise ZeroDivisionError
        assert dict(again)["Concurrency-Limit-Remaining"] == "1"


def test_threads_share_one_quota() -> None:
    gate = limits(frozen(), per_minute=50)
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda _: wait_of(gate.admit), range(200)))
    assert waits.count(0) == 50


def test_each_address_has_its_own_minute() -> None:
    clock = frozen()
    peers = PeerLimits(2, clock)
    assert [peers.admit("10.0.0.1") for _ in range(3)] == [0, 0, 60]
    clock.move(45)
    assert [peers.admit("10.0.0.2") for _ in range(3)] == [0, 0, 60]
    assert peers.admit("10.0.0.1") == 15
    clock.move(15)
    assert peers.admit("10.0.0.1") == 0


def test_the_addresses_that_are_remembered_are_bounded() -> None:
    clock = frozen()
    peers = PeerLimits(1, clock)
    for number in range(5_000):
        assert peers.admit(str(number)) == 0
    assert len(peers) == 1_000
    assert peers.admit("4999") == 60


def test_a_clock_that_goes_back_lets_an_address_in_again() -> None:
    clock = frozen()
    peers = PeerLimits(1, clock)
    peers.admit("10.0.0.1")
    clock.move(-3_600)
    assert peers.admit("10.0.0.1") == 0
    assert peers.admit("10.0.0.1") == 60
