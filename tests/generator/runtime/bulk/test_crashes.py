"""A process that ends at any point: each statement to the journal, each step of the protocol, each moment of a request.

It ends as by SIGKILL: what was not committed is gone, and nothing is tidied up. Whatever happens, nothing is made twice
and nothing is lost, and what a journal says is what the server did.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.runtime import keys
from generator.runtime.bulk import BulkRun, Journal, schema
from generator.runtime.bulk.judging import Exchange
from generator.runtime.drivers import drive
from tests.generator.runtime.bulk.world import DAY, World, caller, later, wishes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from generator.runtime.bulk.batches import Batch
    from generator.runtime.bulk.protocol import Step

NAMES = ("a", "b", "bad", "moody", "poison", "c", "d", "e", "f", "g")
WELL = frozenset(name for name in NAMES if name not in ("bad", "poison"))
FAULTS: Any = ["none", "none", "unsent", "before", "after", "429", "503", "busy", "full", "html"]


class KilledError(BaseException):
    """The process has ended."""


@dataclass
class Bomb:
    """Ends the process at its nth moment."""

    at: int | None
    now: int = 0
    gone: bool = False

    def tick(self, _: object = None) -> None:
        self.now += 1
        if self.now == self.at:
            self.gone = True
        if self.gone:
            raise KilledError


@dataclass
class Watched:
    """A connection of which each statement is a moment, before and after it."""

    inner: sqlite3.Connection
    bomb: Bomb
    statements: list[str] = field(default_factory=list)

    @property
    def in_transaction(self) -> bool:
        return self.inner.in_transaction

    def execute(self, statement: str, *values: Any) -> Any:
        return self._done(self.inner.execute, statement, *values)

    def executemany(self, statement: str, values: Any) -> Any:
        return self._done(self.inner.executemany, statement, values)

    def close(self) -> None:
        if not self.bomb.gone:
            self.inner.close()

    def _done(self, function: Any, statement: str, *values: Any) -> Any:
        if statement.lstrip().startswith("SELECT"):
            return function(statement, *values)
        self.bomb.tick()
        found = function(statement, *values)
        self.bomb.tick()
        return found


class MortalRun(BulkRun[Any, Any]):
    """A run whose requests are sent one by one, each step of which is a moment."""

    bomb: Bomb

    def _perform(self, step: Step) -> object:
        self.bomb.tick()
        found = super()._perform(step)
        self.bomb.tick()
        return found

    def _start(self, batch: Batch) -> None:
        try:
            exchange = Exchange(batch, drive(self._call(batch), self._sender))
        except Exception as error:  # noqa: BLE001 - as the threads do, but for the end of the process
            exchange = Exchange(batch, error=error)
        self._ended.put(exchange)


@contextmanager
def watched(bomb: Bomb) -> Iterator[list[Watched]]:
    """All connections are watched, and none outlives the process."""
    made: list[Watched] = []
    connect, held = schema._connected, schema._held

    def connected(path: Path) -> Any:
        made.append(Watched(connect(path), bomb))
        return made[-1]

    def holding(path: Path) -> Any:
        made.append(Watched(held(path), bomb))
        return made[-1]

    with mock.patch.object(schema, "_connected", connected), mock.patch.object(schema, "_held", holding):
        yield made


def mortal(
    journal: Path, world: World, at: int | None, names: Sequence[str]
) -> tuple[Path, dict[str, str] | None, int]:
    """A run that ends at a moment; where its journal is then, what it told if it came to its end, and how far it came.

    The journal of a process that was killed is a copy of its files, as they were at that moment.
    """
    bomb = Bomb(at)
    world.watch = bomb.tick
    told: dict[str, str] | None = None
    with watched(bomb) as connections:
        try:
            with MortalRun(caller(max_retries=1), world, wishes(*names), journal, {"workers": 2, "tries": 60}) as run:
                MortalRun.bomb = run.bomb = bomb
                told = {part.reference: part.outcome for part in run}
        except KilledError:
            told = None
        kept = journal.parent.with_name(f"{journal.parent.name}+") / journal.name
        kept.parent.mkdir()
        for end in ("", "-wal", ".new"):
            if (file := journal.with_name(journal.name + end)).exists():
                shutil.copy(file, kept.with_name(kept.name + end))
        for one in connections:
            one.inner.close()
    world.watch = lambda _: None
    return kept, told, bomb.now


def to_the_end(journal: Path, world: World, names: Sequence[str]) -> tuple[Path, dict[str, str]]:
    """Runs until one tells all; a server is well again in the end."""
    world.faults = ()
    told: dict[str, str] | None = None
    for _ in range(3):
        journal, told, _ = mortal(journal, world, None, names)
        if told is not None and "unknown" not in told.values():
            return journal, told
    raise AssertionError(told)


def check(journal: Path, world: World, told: dict[str, str], names: Sequence[str]) -> None:
    """Nothing twice, nothing lost, and the journal says what the server did."""
    assert Counter(world.made) == Counter(one for one in names if one in WELL)
    assert told == {one: "created" if one in WELL else "rejected" for one in names}
    with Journal(journal) as opened:
        found = {one.reference: (one.outcome, one.result) for one in opened.parts()}
        assert opened.status().under_way == opened.status().waiting == 0
    assert {one: outcome for one, (outcome, _) in found.items()} == told
    numbers = {name: f"P{number}" for number, name in enumerate(world.made, 1)}
    assert {one: result["number"] for one, (_, result) in found.items() if result is not None} == numbers
    bodies: dict[str, bytes] = {}
    for key, content, _ in world.sent:
        assert bodies.setdefault(key, content) == content


def test_a_run_that_nobody_ends_is_the_one_that_all_others_come_to() -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World()
        journal, told = to_the_end(_journal(folder), world, NAMES)
        check(journal, world, told, NAMES)


@settings(max_examples=25)
@given(
    st.lists(st.integers(1, 160), max_size=4),
    st.lists(st.sampled_from(FAULTS), max_size=25),
    st.lists(st.sampled_from(NAMES), min_size=1, unique=True),
)
def test_wherever_processes_end_and_whatever_calls_meet(ends: list[int], faults: list[Any], names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(schema, "SYNCHRONOUS", "OFF"):
        world, journal = World(faults=faults), _journal(folder)
        for at in ends:
            journal, _, _ = mortal(journal, world, at, names)
        journal, told = to_the_end(journal, world, names)
        check(journal, world, told, names)


@settings(max_examples=15)
@given(
    st.lists(st.integers(1, 160), min_size=1, max_size=3),
    st.lists(st.sampled_from(FAULTS), max_size=15),
    st.sampled_from([DAY - 700, DAY - 500, DAY + 10, 25 * 3600, -25 * 3600]),
)
def test_wherever_processes_end_and_keys_die_nothing_is_made_twice(
    ends: list[int], faults: list[Any], moved: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(schema, "SYNCHRONOUS", "OFF"):
        world, journal = World(faults=faults), _journal(folder)
        for at in ends:
            journal, _, _ = mortal(journal, world, at, NAMES)
        world.clock += abs(moved)
        with mock.patch.object(keys, "now", later(moved)):
            world.faults = ()
            journal, told, _ = mortal(journal, world, None, NAMES)
            assert told is not None
            assert max(Counter(world.made).values(), default=0) <= 1
            assert {one for one, outcome in told.items() if outcome == "created"} <= set(world.made)
            with Journal(journal) as opened:
                for one, outcome in told.items():
                    if outcome == "unknown":
                        opened.settle(one, done=one in world.made)
            journal, told, _ = mortal(journal, world, None, NAMES)
        assert Counter(world.made) == Counter(WELL)
        assert told == {one: "created" if one in WELL else "rejected" for one in NAMES}


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["none", "after", "before", "busy"])
def test_every_moment_of_a_run_is_one_to_go_on_from(fault: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        *_, moments = mortal(_journal(folder), World(faults=[fault] * 9), None, NAMES)
    assert moments > 100
    for at in range(1, moments + 1):
        with tempfile.TemporaryDirectory() as folder:
            world = World(faults=[fault] * 9)
            journal, _, _ = mortal(_journal(folder), world, at, NAMES)
            journal, told = to_the_end(journal, world, NAMES)
            check(journal, world, told, NAMES)


def _journal(folder: str) -> Path:
    path = Path(folder) / "run" / "november.db"
    path.parent.mkdir()
    return path
