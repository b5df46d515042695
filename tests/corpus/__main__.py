"""`make corpus`: try the generator on what others have written.

Results are kept, a line of JSON each, and what is done for this state of the generator is not done again: a run that
was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.corpus import report
from tests.corpus.documents import listed, sample
from tests.corpus.trial import ROOT, Limits, Outcome, attempt
from tests.public.files import fetch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.corpus.trial import Depth

RESULTS: Final = Path(__file__).parent / "results"
_DEPTHS: Final[dict[str, frozenset[Depth]]] = {
    "import": frozenset({"import"}),
    "call": frozenset({"call"}),
    "types": frozenset({"call", "types"}),
}
_EPILOG: Final = """\
examples:
  make corpus                                     everything: generate, import, call
  make corpus ARGS='--sample 250 --seed 7'        some of it
  make corpus ARGS='--sample 40 --depth types'    type-check what is made as well
  make corpus ARGS='--only "stripe.com*"'         one of them; results of other names are kept
  make corpus ARGS='--again'                      do anew what is done"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for and print the report; the results are in tests/corpus/results/."""
    options = _parser().parse_args(arguments)
    fetch()
    chosen = listed(options.only)
    if options.sample is not None:
        chosen = sample(chosen, options.sample, options.seed)
    if not chosen:
        sys.stderr.write(f"no description is called {options.only}\n")
        return 2
    depths = _DEPTHS[options.depth]
    results = RESULTS / f"{_state()}-{'-'.join(sorted(depths))}.jsonl"
    if options.again:
        results.unlink(missing_ok=True)
    RESULTS.mkdir(exist_ok=True)
    done = {one.name: one for one in _read(results)}
    waiting = {name: file for name, file in chosen.items() if name not in done}
    limits = Limits(options.seconds, int(options.memory * (1 << 30)))
    with results.open("a", encoding="utf-8") as kept:
        for number, outcome in enumerate(_attempts(waiting, depths, limits, options.workers), 1):
            done[outcome.name] = outcome
            kept.write(outcome.as_json() + "\n")
            kept.flush()
            _progress(number, len(waiting), outcome)
    sys.stdout.write(report.as_markdown([done[name] for name in chosen]))
    sys.stderr.write(f"each of them: {os.path.relpath(results)}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make corpus",
        description="Tries the generator on public descriptions.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sample", metavar="N", type=int, help="so many of them, the same each time")
    parser.add_argument("--seed", metavar="N", type=int, default=7, help="another sample (7)")
    parser.add_argument("--only", metavar="PATTERN", default="", help="those whose names are like this")
    parser.add_argument("--depth", choices=tuple(_DEPTHS), default="call", help="how far to go (call)")
    parser.add_argument("--workers", metavar="N", type=int, default=os.cpu_count() or 1, help="how many at once")
    parser.add_argument("--seconds", metavar="N", type=int, default=120, help="what a step may take (120)")
    parser.add_argument("--memory", metavar="GIB", type=float, default=6, help="what a step may use (6)")
    parser.add_argument("--again", action="store_true", help="forget what is done")
    return parser


def _attempts(waiting: dict[str, Path], depths: frozenset[Depth], limits: Limits, workers: int) -> Iterator[Outcome]:
    with ThreadPoolExecutor(workers) as pool:
        # The largest first, so that none of them is alone at the end.
        order = sorted(waiting, key=lambda name: -waiting[name].stat().st_size)
        futures = [pool.submit(attempt, waiting[name], name, depths, limits) for name in order]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _read(results: Path) -> Iterator[Outcome]:
    """What is done; a line that a kill cut short is not."""
    for line in results.read_text("utf-8").splitlines() if results.exists() else ():
        try:
            yield Outcome(**json.loads(line))
        except ValueError:
            continue


def _state() -> str:
    """A name for this state of the generator and of what tries it."""
    digest = hashlib.sha256()
    for folder in (ROOT / "generator", Path(__file__).parent):
        for file in sorted(folder.rglob("*")):
            if file.suffix in {".py", ".j2", ".jinja"} and file.is_file():
                digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def _progress(number: int, total: int, outcome: Outcome) -> None:
    wrong = sum(map(len, outcome.faults.values()))
    what = outcome.cause or (f"{wrong} of {outcome.operations} calls not right" if wrong else "fine")
    line = f"{number}/{total} {time.strftime('%H:%M:%S')} {outcome.name}: {what}"
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{line[:120]}" + ("" if number < total else "\n"))
    else:
        sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
