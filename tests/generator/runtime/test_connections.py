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


def made(pool: Connections[Line], server: tuple[str, int] = HERE) -> Connection[Line]:
    """A connection that is in use; no line had to be closed for it."""
    connection: Connection[Line] = Connection(server)
    assert pool.equip(connection) == []
    if connection.line is None:
        connection.begin(cast("Line", Quiet()))
        connection.http = cast("Any", Over(ended=True))
    return connection


def test_the_line_that_came_back_last_is_taken_first() -> None:
    pool: Connections[Line] = Connections(9)
    first, second, other = made(pool), made(pool), made(pool, THERE)
    assert len({first.line, second.line, other.line}) == len(pool) == 3
    for one in (second, other, first):
        assert pool.give_back(one) == []
    assert len(pool) == 3
    again = [made(pool), made(pool), made(pool, THERE)]
    assert [(one.line, one.http) for one in again] == [(one.line, one.http) for one in (first, second, other)]
    assert made(pool).line not in {first.line, second.line, other.line}


def test_what_ended_meanwhile_is_closed_and_not_taken() -> None:
    pool: Connections[Line] = Connections(9)
    good, bad = made(pool), made(pool)
    for one in (good, bad):
        pool.give_back(one)
    cast("Quiet", bad.line).ended = True
    fresh: Connection[Line] = Connection(HERE)
    assert pool.equip(fresh) == [bad.line]
    assert fresh.line is good.line
    assert len(pool) == 1


def test_what_is_old_is_closed_wherever_it_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    pool: Connections[Line] = Connections(9)
    old = [made(pool), made(pool, THERE)]
    monkeypatch.setattr(connections, "_IDLE", 0.0)
    for one in old:
        pool.give_back(one)
    fresh: Connection[Line] = Connection(HERE)
    assert pool.equip(fresh) == [one.line for one in old]
    assert fresh.line is None


@pytest.mark.parametrize("fault", ["more is to come", "not all was sent", "it was never opened"])
def test_what_cannot_be_used_again_is_not_kept(fault: str) -> None:
    pool: Connections[Line] = Connections(9)
    one = made(pool)
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
    first, second, _ = made(pool), made(pool), made(pool)
    for one in (first, second):
        pool.give_back(one)
    fresh: Connection[Line] = Connection(THERE)
    assert pool.equip(fresh) == [first.line]
    assert (fresh.line, len(pool)) == (None, 3)


def test_at_the_end_all_are_closed_and_none_is_kept() -> None:
    pool: Connections[Line] = Connections(9)
    used, kept = made(pool), made(pool)
    pool.give_back(kept)
    pool.demand_open()
    assert (pool.end(), pool.in_use()) == ([kept.line], [used.line])
    assert pool.give_back(used) == [used.line]
    assert (len(pool), pool.in_use()) == (0, [])
    with pytest.raises(ConnectionError, match="closed"):
        pool.demand_open()


def test_a_stream_that_is_forgotten_gives_back_its_connection_at_any_moment() -> None:
    """Python may find that nobody has it any longer while this very pool looks for a line."""
    pool: Connections[Line] = Connections(9)
    first, forgotten = made(pool), made(pool)
    pool.give_back(first)

    class Searching(Quiet):
        def is_readable(self) -> bool:
            assert pool.give_back(forgotten) == []
            return True

    first.line = cast("Line", Searching())
    fresh: Connection[Line] = Connection(HERE)
    assert pool.equip(fresh) == [first.line]
    assert fresh.line is forgotten.line
