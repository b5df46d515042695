"""A run over many descriptions, several at once: each result is kept as it comes, so a run that was stopped goes on."""

from __future__ import annotations

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING, Final, TypeAlias

from tests.corpus.trial import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from tests.corpus.trial import Depth

Attempt: TypeAlias = "Callable[[Path, str], Outcome]"

_SMALLEST: Final = 160_000
"""What the smallest description costs beside others, in bytes: processes begin, and packages are imported."""


def run(
    chosen: dict[str, Path], kept: Path, attempt: Attempt, depths: Collection[Depth], workers: int, *, again: bool
) -> list[Outcome]:
    """What becomes of each of the descriptions; what the file `kept` knows already, as deep or deeper, is not done."""
    kept.parent.mkdir(exist_ok=True)
    known = {one.name: one for one in _read(kept)}
    done = {name: one for name, one in known.items() if name not in chosen or (not again and one.reaches(depths))}
    _write(kept, done.values())  # what was cut short goes, so that what comes begins a line
    waiting = {name: file for name, file in chosen.items() if name not in done}
    progress = _Progress(chosen, waiting)
    with kept.open("a", encoding="utf-8") as results:
        for outcome in _attempts(waiting, attempt, workers):
            done[outcome.name] = outcome
            results.write(outcome.as_json() + "\n")
            results.flush()
            progress.tell(outcome)
    return [done[name] for name in chosen]


def _attempts(waiting: dict[str, Path], attempt: Attempt, workers: int) -> Iterator[Outcome]:
    with ThreadPoolExecutor(workers) as pool:
        # The largest first, so that none of them is alone at the end.
        order = sorted(waiting, key=lambda name: -waiting[name].stat().st_size)
        futures = [pool.submit(attempt, waiting[name], name) for name in order]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _read(kept: Path) -> Iterator[Outcome]:
    """What is done; a line that a kill cut short is not."""
    for line in kept.read_text("utf-8").splitlines() if kept.exists() else ():
        try:
            yield Outcome(**json.loads(line))
        except ValueError:
            continue


def _write(kept: Path, outcomes: Iterable[Outcome]) -> None:
    """As a whole or not at all."""
    made = kept.with_suffix(".new")
    made.write_text("".join(one.as_json() + "\n" for one in outcomes), encoding="utf-8")
    os.replace(made, kept)


class _Progress:
    """How far a run is, by the work that is left, and how long that takes at the pace until now."""

    def __init__(self, chosen: dict[str, Path], waiting: dict[str, Path]) -> None:
        self._work = {name: _SMALLEST + file.stat().st_size for name, file in chosen.items()}
        self._all = sum(self._work.values())
        self._left = sum(self._work[name] for name in waiting)
        self._here = 0
        self._number = len(chosen) - len(waiting)
        self._started = time.monotonic()

    def tell(self, outcome: Outcome) -> None:
        """Say what became of one, and how far the run is."""
        self._number += 1
        self._left -= self._work[outcome.name]
        self._here += self._work[outcome.name]
        minutes = (time.monotonic() - self._started) * self._left / self._here / 60
        share = f"{100 * (self._all - self._left) // self._all} % done, {minutes:.0f} min left"
        line = f"{self._number}/{len(self._work)} ({share}) {outcome.name}: {_told(outcome)}"
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{line[:120]}" + ("" if self._left else "\n"))
        else:
            sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


def _told(outcome: Outcome) -> str:
    wrong = sum(map(len, outcome.faults.values()))
    return outcome.cause or (f"{wrong} of {outcome.operations} calls not right" if wrong else "fine")
