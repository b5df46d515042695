"""Whole commands, from the start of the program to its end: reviews against `redocly diff`, and others of ours."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import pairs
from tests.bench.environment import ROOT
from tests.bench.measurements import AHEAD, OURS, row_of
from tests.bench.rounds import NotMeasuredError, Series, alternate
from tests.bench.table import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.bench.environment import Command, Environment
    from tests.bench.measurements import Settings
    from tests.bench.pairs import Pair

REDOCLY = "redocly diff"
LIMIT = 2.0
"""What a review of our spec may take at most, in seconds."""
TIMES = 1.5
"""How many times as long as `redocly diff` it may take."""
COMMANDS = {"generate of our spec": "generate", "validate of our spec": "validate"}
SHORT = 0.6
"""What either may take at most, in seconds."""
OUR_SPEC, PUBLIC = "review of our spec", "review of public descriptions"


def measure_reviews(
    environment: Environment,
    specs: Path | None,
    settings: Settings,
    pattern: str = "",
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[Row]:
    """The rows of reviews whose words match the pattern: of our spec, and of each description in a folder."""
    wanted = re.compile(pattern, re.IGNORECASE)
    with tempfile.TemporaryDirectory() as folder:
        if any(wanted.search(f"{OUR_SPEC} / {peer}") for peer in (REDOCLY, "the limit")):
            pair = pairs.of_ours(Path(folder))
            found = _compete(OUR_SPEC, pair, environment, settings.rounds, say)
            yield row_of(OUR_SPEC, "the limit", "ms", found[OURS], Series([LIMIT] * settings.rounds), AHEAD, 1e3)
            yield row_of(OUR_SPEC, REDOCLY, "ms", found[OURS], found[REDOCLY], TIMES, 1e3)
        files = sorted(file for file in specs.iterdir() if file.suffix in {".json", ".yaml", ".yml"}) if specs else []
        if not files and wanted.search(f"{PUBLIC} / {REDOCLY}"):
            where = "no folder with descriptions is given: --specs DIR" if specs is None else f"{specs} has none"
            yield Row(PUBLIC, REDOCLY, "ms", None, None, None, fault=where)
        for file in files:
            what = f"review of {file.name}"
            if wanted.search(f"{what} / {REDOCLY}"):
                found = _compete(what, pairs.of_public(file, Path(folder)), environment, settings.slow_rounds, say)
                yield row_of(what, REDOCLY, "ms", found[OURS], found[REDOCLY], None, 1e3)


def measure_commands(
    settings: Settings, pattern: str = "", say: Callable[[str], None] = lambda _: None
) -> Iterator[Row]:
    """The rows of our other commands whose words match the pattern."""
    wanted = re.compile(pattern, re.IGNORECASE)
    for what, command in COMMANDS.items():
        if wanted.search(f"{what} / the limit"):
            progress = partial(_told, say, what, settings.rounds)
            found = alternate({OURS: partial(_command, command)}, settings.rounds, progress=progress)
            yield row_of(what, "the limit", "ms", found[OURS], Series([SHORT] * settings.rounds), AHEAD, 1e3)


def _told(say: Callable[[str], None], what: str, rounds: int, number: int) -> None:
    say(f"{what}: round {number} of {rounds}")


def _compete(
    what: str, pair: Pair, environment: Environment, rounds: int, say: Callable[[str], None]
) -> dict[str, Series]:
    return alternate(
        {OURS: partial(_ours, pair), REDOCLY: partial(_redocly, pair, environment)},
        rounds,
        progress=partial(_told, say, what, rounds),
    )


def _ours(pair: Pair) -> float:
    command: Command = [sys.executable, "-m", "generator", "review", "--base", pair.base, "--head", pair.head]
    return _timed([*command, "--format", "json"], {"PYTHONPATH": str(ROOT)}, fine=(0, 1))


def _command(name: str) -> float:
    """What is made goes into an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        made: Command = ["--output", folder] if name == "generate" else []
        command: Command = [sys.executable, "-m", "generator", name, *made, "--format", "json"]
        return _timed(command, {"PYTHONPATH": str(ROOT)}, fine=(0,), may_find_nothing=True)


def _redocly(pair: Pair, environment: Environment) -> float:
    """The program itself, without the shell and the npm around it, and with nothing sent or fetched."""
    node = shutil.which("node")
    if node is None or environment.modules is None:
        raise NotMeasuredError("no Node.js, no npm, or none of its peers were made")
    program = environment.modules / "@redocly" / "cli" / "bin" / "cli.js"
    command: Command = [node, program, "diff", pair.base, pair.head, "--format", "json", "--fail-on", "none"]
    return _timed(command, {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}, fine=(0,))


def _timed(
    command: Command, variables: dict[str, str], fine: tuple[int, ...], *, may_find_nothing: bool = False
) -> float:
    """Seconds that a command takes, whose output has to be JSON: else it measured something else.

    Raises:
        NotMeasuredError: it fails, or prints anything else.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    started = time.perf_counter()
    done = subprocess.run(
        command, cwd=ROOT, env={**kept, **variables}, capture_output=True, encoding="utf-8", check=False
    )
    seconds = time.perf_counter() - started
    try:
        report = json.loads(done.stdout)
    except ValueError:
        report = None
    if done.returncode not in fine or not (report or (may_find_nothing and report == [])):
        raise NotMeasuredError(done.stderr.strip().rpartition("\n")[2] or f"it ended with {done.returncode}")
    return seconds
