"""Which connection a request takes, which are kept, and which lines are to be closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from generator.runtime import connections
from generator.runtime.connections import Connection, Connections

if TYPE_CHECKING:
    from generator.runtime.line import Line

HERE, THERE = ("here", 443), ("there", 443)


class Quiet:
    """A line on which nothing comes, unless it is said to."""

    def __init__(self) -> None:
        self.ended = False

    def is_readable(self) -> bool:
        return self.ended


class Over:
    """What was said over a connection, of which all has been said, or not."""

    def __init__(self, *, ended: bool) -> None:
        self._ended = ended

    def ended(self) -> bool:
        return self._ended


def taken(pool: Connections[Line], server: tuple[str, int] = HERE) -> Connection[Line]:
    """A connection that was taken and opened; none had to be closed for it."""
    connection, stale = pool.take(server)
    assert stale == []
    connection.line = connection.line or cast("Line", Quiet())
    connection.http = cast("Any", Over(ended=True))
    return connection


def test_the_one_that_came_back_last_is_taken_first() -> None:
    pool: Connections[Line] = Connections(9)
    first, second, other = taken(pool), taken(pool), taken(pool, THERE)
    assert len({first, second, other}) == len(pool) == 3
    for one in (second, other, first):
        assert pool.give_back(one) == []
    assert [taken(pool), taken(pool), taken(pool, THERE)] == [first, second, other]
    assert taken(pool) not in {first, second, other}


def test_what_ended_meanwhile_is_closed_and_not_taken() -> None:
    pool: Connections[Line] = Connections(9)
    good, bad = taken(pool), taken(pool)
    for one in (good, bad):
        pool.give_back(one)
    cast("Quiet", bad.line).ended = True
    assert pool.take(HERE) == (good, [bad.line])
    assert len(pool) == 1


def test_what_is_old_is_closed_wherever_it_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    pool: Connections[Line] = Connections(9)
    old = [taken(pool), taken(pool, THERE)]
    monkeypatch.setattr(connections, "_IDLE", 0.0)
    for one in old:
        pool.give_back(one)
    fresh, stale = pool.take(HERE)
    assert stale == [one.line for one in old]
    assert fresh not in old


@pytest.mark.parametrize("fault", ["more is to come", "not all was sent", "it was never opened"])
def test_what_cannot_be_used_again_is_not_kept(fault: str) -> None:
    pool: Connections[Line] = Connections(9)
    one = taken(pool)
    line = one.line
    if fault == "not all was sent":
        one.whole = False
    else:
        one.http = cast("Any", Over(ended=False))
    if fault == "it was never opened":
        one.line = None
    assert pool.give_back(one) == ([] if one.line is None else [line])
    assert len(pool) == 0


def test_kept_ones_make_room_for_those_to_other_servers() -> None:
    pool: Connections[Line] = Connections(3)
    first, second, third = taken(pool), taken(pool), taken(pool)
    for one in (first, second):
        pool.give_back(one)
    connection, stale = pool.take(THERE)
    assert (stale, len(pool)) == ([first.line], 3)
    assert connection not in {first, second, third}


def test_at_the_end_all_are_closed_and_none_is_kept() -> None:
    pool: Connections[Line] = Connections(9)
    used, kept = taken(pool), taken(pool)
    pool.give_back(kept)
    assert pool.end() == [kept.line, used.line]
    assert pool.give_back(used) == [used.line]
    assert len(pool) == 0
