"""What speed there is, as ratios against peers in one run: `make bench`. Measures, and judges nothing."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from pathlib import Path

from tests.bench.environment import FOLDER, Environment, prepare
from tests.bench.measurements import Settings, measure
from tests.bench.month_end import measure_month_end
from tests.bench.reviews import measure_commands, measure_reviews
from tests.bench.rounds import serving
from tests.bench.sandboxes import measure_sandboxes
from tests.bench.table import layout

QUICK = Settings(rounds=3, budget=0.05, slow_rounds=1)


def main(arguments: list[str] | None = None) -> None:
    """Prepare what is missing, measure, print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds: a first impression in half a minute")
    parser.add_argument(
        "--only", default="", metavar="PATTERN", help="rows whose `what / peer` the pattern is found in"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows to a file as well")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the peers live")
    parser.add_argument("--no-peers", action="store_true", help="make no environment: what this one has, and no other")
    parser.add_argument("--specs", type=Path, metavar="DIR", help="public descriptions to review as well, YAML or JSON")
    chosen = parser.parse_args(arguments)
    environment = Environment(Path(sys.executable)) if chosen.no_peers else prepare(chosen.folder.absolute())
    settings = QUICK if chosen.quick else Settings()
    started = time.monotonic()
    with serving(environment) as url:
        rows = list(measure(environment, url, settings, chosen.only, _say))
        rows += measure_sandboxes(environment, url, settings, chosen.only, _say)
        rows += measure_month_end(environment, url, settings, chosen.only, _say)
    rows += measure_reviews(environment, chosen.specs, settings, chosen.only, _say)
    rows += measure_commands(settings, chosen.only, _say)
    _say("")
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    _print(layout(rows, colour=colour) if rows else f"no row matches {chosen.only!r}")
    _print(
        f"\nratio: ours / peer's, the median of {settings.rounds} rounds; below 1 we are ahead. Figures are medians."
        f"\n{time.monotonic() - started:.0f} s on Python {platform.python_version()}, {os.cpu_count()} processors."
    )
    if chosen.json:
        about = {"python": platform.python_version(), "processors": os.cpu_count(), "rounds": settings.rounds}
        chosen.json.write_text(json.dumps({**about, "rows": [row.as_json() for row in rows]}, indent=2) + "\n", "utf-8")


def _say(what: str) -> None:
    """What is going on, on one line that the next replaces; nothing where no one is looking."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{what}")
        sys.stderr.flush()


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
