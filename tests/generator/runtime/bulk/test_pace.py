"""How many requests may be under way, after which answers; time is made up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.runtime.bulk.pace import Pace, Seen
from generator.runtime.operation import LimitHeaders

NAMED = LimitHeaders("left", "reset", "at-once", "at-once-left")


def pace(workers: int = 8, rate: float | None = None) -> Pace:
    return Pace(workers, rate, NAMED)


def see(one: Pace, status: int = 200, at: float = 0.0, began: float = 0.0, **headers: str) -> None:
    one.see(Seen(at, began, status, {name.replace("_", "-"): value for name, value in headers.items()}))


def test_it_begins_with_all_workers_and_is_halved_by_429() -> None:
    one = pace()
    assert one.workers == 8
    see(one, 429, at=5.0, began=1.0)
    assert one.workers == 4
    see(one, 429, at=6.0, began=2.0)  # it went out before the first one came back
    assert one.workers == 4
    for number in range(3):
        see(one, 429, at=10.0 + number, began=9.0 + number)
    assert one.workers == 1


def test_it_grows_by_one_for_a_round_of_successes_up_to_all_workers() -> None:
    one = pace()
    see(one, 429, at=1.0)
    for _ in range(5):
        see(one)
    assert one.workers == 5
    for _ in range(100):
        see(one)
    assert one.workers == 8
    see(one, 503)
    assert one.workers == 8


def test_no_calls_left_in_a_window_is_to_wait_for_the_next() -> None:
    one = pace()
    see(one, at=10.0, left="0", reset="20")
    assert one.wait(10.0, 0) == 20.0
    assert one.wait(31.0, 0) == 0.0
    see(one, at=31.0, left="3", reset="20")
    assert (one.workers, one.wait(31.0, 0)) == (3, 0.0)


def test_never_more_than_the_server_takes_at_once() -> None:
    one = pace()
    see(one, at_once="3")
    assert one.workers == 3
    see(one, at_once="40")
    assert one.workers == 8
    see(one, at_once="40", at_once_left="0")
    assert one.workers == 7


def test_a_rate_is_kept() -> None:
    one = pace(rate=2.0)
    assert one.wait(100.0, 0) == 0.0
    one.started(100.0)
    assert one.wait(100.1, 1) == 100.5 - 100.1
    assert one.wait(100.5, 8) is None


def test_what_is_no_number_says_nothing() -> None:
    one = pace()
    see(one, left="many", reset="soon", at_once="nan")
    see(one, left="-1", reset="inf")
    assert (one.workers, one.wait(0.0, 0)) == (8, 0.0)
    silent = Pace(8, None, None)
    see(silent, left="0", reset="20")
    assert silent.wait(0.0, 0) == 0.0


@given(st.lists(st.tuples(st.sampled_from([200, 400, 429, 500]), st.integers(0, 9), st.integers(0, 9))))
def test_there_is_always_one_and_never_more_than_workers(answers: list[tuple[int, int, int]]) -> None:
    one = pace(4)
    for number, (status, left, limit) in enumerate(answers):
        see(one, status, at=number, began=number, left=str(left), reset="1", at_once=str(limit))
        assert 1 <= one.workers <= 4
        assert (one.wait(number, 0) or 0.0) <= 1.0
