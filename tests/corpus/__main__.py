"""`make corpus`: try the generator on what others have written, and on request another one on the same.

Results are kept, a line of JSON each, and what is done for this state of the generator is not done again: a run that
was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench import environment
from tests.corpus import peer, report, trial
from tests.corpus.documents import listed, sample
from tests.corpus.running import run
from tests.corpus.trial import ROOT, Limits
from tests.public.files import fetch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tests.corpus.trial import Depth

RESULTS: Final = Path(__file__).parent / "results"
README: Final = ROOT / "generator" / "README.md"
_DEPTHS: Final[dict[str, frozenset[Depth]]] = {
    "import": frozenset({"import"}),
    "call": frozenset({"call"}),
    "types": frozenset({"call", "types"}),
}
_TRYING: Final = ("calling.py", "importing.py", "opening.py", "requests.py", "trial.py", "values.py", "wire.py")
_EPILOG: Final = """\
examples:
  make corpus                                     everything: generate, import, call
  make corpus ARGS='--sample 250 --seed 7'        some of it
  make corpus ARGS='--sample 40 --depth types'    type-check what is made as well
  make corpus ARGS='--only "stripe.com*"'         one of them; results of other names are kept
  make corpus ARGS='--only "stripe.com*" --again' do anew what is done of it
  make corpus ARGS='--peer --readme'              openapi-python-client on the same; the table goes into the README"""


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
    limits = Limits(options.seconds, int(options.memory * (1 << 30)))
    kept = RESULTS / f"{_digest(_own_files())}.jsonl"
    attempt = partial(trial.attempt, depths=depths, limits=limits)
    found = {report.OURS: run(chosen, kept, attempt, depths, options.workers, again=options.again)}
    if options.peer:
        binaries = environment.install(environment.FOLDER).parent
        name = f"{peer.NAME} {peer.version()}"
        theirs = RESULTS / f"{name.replace(' ', '-')}-{_digest([Path(peer.__file__)])}.jsonl"
        other = partial(peer.attempt, limits=limits, binaries=binaries)
        found[name] = run(chosen, theirs, other, {"import"}, options.workers, again=options.again)
    sys.stdout.write(report.as_markdown(found))
    sys.stderr.write(f"each of them: {os.path.relpath(kept)}\n")
    if options.readme:
        report.write_into(README, report.dated(found, limits=limits, day=_day(kept), whole=len(listed())))
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
    parser.add_argument("--peer", action="store_true", help="try openapi-python-client on the same descriptions")
    parser.add_argument("--readme", action="store_true", help="write the table into the README of the generator")
    parser.add_argument("--workers", metavar="N", type=int, default=os.cpu_count() or 1, help="how many at once")
    parser.add_argument("--seconds", metavar="N", type=int, default=120, help="what a step may take (120)")
    parser.add_argument("--memory", metavar="GIB", type=float, default=6, help="what a step may use (6)")
    parser.add_argument("--again", action="store_true", help="do anew what is done of them")
    return parser


def _own_files() -> Iterable[Path]:
    """What the results depend on: the generator, and what tries it."""
    for file in sorted((ROOT / "generator").rglob("*")):
        if file.suffix in {".py", ".j2", ".jinja"} and file.is_file():
            yield file
    for name in _TRYING:
        yield Path(__file__).with_name(name)


def _day(kept: Path) -> date:
    """The day of the last of the results."""
    return datetime.fromtimestamp(kept.stat().st_mtime, UTC).date()


def _digest(files: Iterable[Path]) -> str:
    """A name for a state of files."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:12]


if __name__ == "__main__":
    sys.exit(main())
