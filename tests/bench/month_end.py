"""Month end as a whole: a file of lines, billed by `..._bulk` and by the command, against a plain loop of calls."""

from __future__ import annotations

import re
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench import fresh, payload
from tests.bench.measurements import rate_row, row_of
from tests.bench.rounds import Series, alternate
from tests.bench.sandboxes import STUB, Bench

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.bench.environment import Environment
    from tests.bench.measurements import Settings
    from tests.bench.table import Row

BATCHES: Final = 813
"""Of 50 orders and 123 lines: with its headers, the file has 100,000 lines."""
FEW_BATCHES: Final = 82
SQLITE: Final = "sandbox on SQLite"
LOOP: Final = "a plain loop"
WAYS: Final = {
    LOOP: "loop(url, folder, count)",
    "1 worker": "bulk(url, folder, count, 1)",
    "4 workers": "bulk(url, folder, count, 4)",
    "16 workers": "bulk(url, folder, count, 16)",
    "the command": "command(url, folder)",
}
"""What bills the file -> its call."""
_CODE: Final = """
from pathlib import Path
from tests.bench.programs.month_end import bulk, command, loop
folder, count = Path({folder!r}), {count}
{call}
"""


def measure_month_end(
    environment: Environment,
    stub: str,
    settings: Settings,
    pattern: str = "",
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[Row]:
    """The rows whose words match the pattern; `stub` is the server of canned answers."""
    wanted = re.compile(pattern, re.IGNORECASE)
    batches = BATCHES if settings.slow_rounds > 1 else FEW_BATCHES
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), environment, settings, say)
        count = payload.write_month(bench.folder / payload.MONTH, batches)
        for server, url, rounds in ((STUB, stub + payload.MONTH_PREFIX, settings.slow_rounds), (SQLITE, None, 1)):
            ways = [way for way in WAYS if way != LOOP and wanted.search(f"{_name(server, way)} / {LOOP}")]
            if ways:
                yield from _compared(bench, server, url, ways, count, rounds)


def _compared(bench: Bench, server: str, url: str | None, ways: list[str], count: int, rounds: int) -> Iterator[Row]:
    spent: dict[str, list[fresh.Spent]] = {way: [] for way in (LOOP, *ways)}

    def billed(way: str) -> float:
        found = _billed(bench, url, way, count)
        spent[way].append(found)
        return found.seconds / count

    found = alternate(
        {way: partial(billed, way) for way in spent},
        rounds,
        dict.fromkeys(spent, rounds),
        progress=lambda number: bench.say(f"month end on {server}: round {number} of {rounds}"),
    )
    for way in ways:
        what = _name(server, way)
        yield rate_row(what, LOOP, found[way], found[LOOP])
        processor, peak = ({name: _of(found[name], spent[name], part) for name in (way, LOOP)} for part in (1, 2))
        yield row_of(what, f"{LOOP}: processor", "s", processor[way], processor[LOOP])
        yield row_of(what, f"{LOOP}: peak memory", "MiB", peak[way], peak[LOOP])


def _of(found: Series, spent: list[fresh.Spent], part: int) -> Series:
    return Series([each[part] for each in spent], found.fault)


def _billed(bench: Bench, url: str | None, way: str, count: int) -> fresh.Spent:
    """The file, billed once in a fresh interpreter; without a URL by a sandbox that has nothing yet."""
    with ExitStack() as stack:
        if url is None:
            url = stack.enter_context(bench.serving(stack.enter_context(bench.database("SQLite"))))
        try:
            code = _CODE.format(folder=str(bench.folder), count=count, call=WAYS[way])
            return fresh.run(code, bench.environment, url)
        finally:
            for file in bench.folder.glob("month.db*"):
                file.unlink()


def _name(server: str, way: str) -> str:
    return f"month end on {server}: {way}"
