"""Measuring in rounds: every contestant once a round, in turn, so that what slows the machine slows all alike."""

from __future__ import annotations

import json
import statistics
import subprocess
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.bench.environment import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import Self

    from tests.bench.environment import Command, Environment


class NotMeasuredError(Exception):
    """A contestant cannot take part; says why."""


@dataclass
class Series:
    """What one contestant took in each round, `None` where it took no part, and why if it never can."""

    taken: list[float | None] = field(default_factory=list)
    fault: str | None = None

    @property
    def median(self) -> float | None:
        """The median of the rounds that it took part in."""
        taken = [one for one in self.taken if one is not None]
        return statistics.median(taken) if taken else None


def ratio(ours: Series, theirs: Series) -> float | None:
    """The median of ours / theirs, round by round, over the rounds that both took part in."""
    pairs = zip(ours.taken, theirs.taken, strict=False)
    ratios = [a / b for a, b in pairs if a is not None and b is not None]
    return statistics.median(ratios) if ratios else None


def alternate(
    contestants: Mapping[str, Callable[[], float]],
    rounds: int,
    limits: Mapping[str, int] | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> dict[str, Series]:
    """A B C, A B C, ...: each contestant once a round, after one time each that does not count.

    `limits` says of contestants that are slow in how many rounds they take part; they skip the one that does not count.
    """
    limits = limits or {}
    series = {name: Series() for name in contestants}
    for number in range(-1, rounds):
        progress(number + 1)
        for name, run in contestants.items():
            one = series[name]
            taken: float | None = None
            if one.fault is None and (name not in limits or 0 <= number < limits[name]):
                try:
                    taken = run()
                except NotMeasuredError as error:
                    one.fault = str(error)
            if number >= 0:
                one.taken.append(taken)
    return series


class Worker:
    """A program in a process of its own, that runs one round when it is told to; `with` ends it."""

    def __init__(self, name: str, url: str, environment: Environment) -> None:
        command: Command = [environment.python, "-m", "tests.bench.worker", name, url]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment.variables(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        self._fault: str | None = None
        self._tasks: list[str] | None = None
        self._calls: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def run(self, task: str, budget: float, at_least: int = 1) -> float:
        """Seconds a call in one round of a task; the first time finds how many calls fill the budget of seconds.

        Raises:
            NotMeasuredError: the program cannot be prepared, has no such task, or failed.
        """
        if self._tasks is None and self._fault is None:
            self._tasks = self._report().get("tasks", [])
        if self._fault is not None:
            raise NotMeasuredError(self._fault)
        if task not in self._calls:
            self._ordered(task, at_least)  # connections are opened, caches filled
            once = self._ordered(task, at_least) / at_least
            self._calls[task] = max(at_least, round(budget / once))
        calls = self._calls[task]
        return self._ordered(task, calls) / calls

    def _ordered(self, task: str, calls: int) -> float:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps({"task": task, "calls": calls}) + "\n")
            self._process.stdin.flush()
        except OSError:
            raise NotMeasuredError("the program ended") from None
        report = self._report()
        if "failed" in report:
            raise NotMeasuredError(report["failed"])
        seconds: float = report["seconds"]
        return seconds

    def _report(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        report: dict[str, Any] = json.loads(line) if line else {"failed": "the program ended"}
        if "tasks" not in report and self._tasks is None:
            self._fault = report["failed"]
        return report


@contextmanager
def workers(names: Iterable[str], url: str, environment: Environment) -> Iterator[dict[str, Worker]]:
    """Programs, started together, as some take seconds to import."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(Worker(name, url, environment)) for name in names}


@contextmanager
def serving(environment: Environment) -> Iterator[str]:
    """The address of the server, until the block ends."""
    process = subprocess.Popen(
        [environment.python, "-m", "tests.bench.server"],
        cwd=ROOT,
        env=environment.variables(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.communicate()  # closes its standard input, which ends it
