"""One measured program in a process of its own: prepared once, then told over a pipe to run one round at a time.

`python -m tests.bench.worker NAME URL` imports `tests.bench.programs.NAME`, calls its `prepare(url)`, says on one line
which tasks there are, and answers each line `{"task": ..., "calls": ...}` with `{"seconds": ...}`.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from typing import TextIO

CONCURRENT = 32

Task: TypeAlias = Callable[[int], float]
"""Makes so many calls, and says how many seconds they took together."""

Tasks: TypeAlias = dict[str, Task]


def repeated(call: Callable[[], object]) -> Task:
    """The task of calling this again and again."""

    def run(calls: int) -> float:
        started = time.perf_counter()
        for _ in range(calls):
            call()
        return time.perf_counter() - started

    return run


class Loop:
    """One event loop for all asynchronous tasks of a program, so that its connections stay open between rounds."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()

    def run(self, what: Coroutine[object, object, object]) -> None:
        """Run this to its end."""
        self._runner.run(what)

    def concurrent(self, call: Callable[[], Coroutine[object, object, object]]) -> Task:
        """The task of making calls, 32 of them under way at any time."""

        async def worker(left: list[None]) -> None:
            while left:
                left.pop()
                await call()

        async def everything(calls: int) -> None:
            left: list[None] = [None] * calls
            await asyncio.gather(*(worker(left) for _ in range(CONCURRENT)))

        def run(calls: int) -> float:
            started = time.perf_counter()
            self.run(everything(calls))
            return time.perf_counter() - started

        return run


def expect(read: object, answered: object) -> None:
    """Refuse to measure a program that does not read what was answered."""
    if read != answered:
        raise AssertionError(f"the program read {read!r} where {answered!r} was answered")


def main(name: str, url: str, orders: TextIO, reports: TextIO) -> None:
    """Prepare a program and run what is ordered, until the orders end."""

    def report(what: dict[str, object]) -> None:
        reports.write(json.dumps(what) + "\n")
        reports.flush()

    try:
        tasks: Tasks = importlib.import_module(f"tests.bench.programs.{name}").prepare(url)
    except Exception as error:  # noqa: BLE001 - whatever ails a peer is a line of the table, not the end of the run
        report({"failed": f"{type(error).__name__}: {error}"})
        return
    report({"tasks": sorted(tasks)})
    for line in orders:
        order = json.loads(line)
        try:
            report({"seconds": tasks[order["task"]](order["calls"])})
        except Exception as error:  # noqa: BLE001 - the same
            report({"failed": f"{type(error).__name__}: {error}"})


if __name__ == "__main__":
    # Programs print; the pipe is kept for what this file says.
    own = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    main(sys.argv[1], sys.argv[2], sys.stdin, own)
    os._exit(0)  # without waiting for what a program has running: the vendor's SDK would join a thread for seconds
