"""The quick tests pass on any day, in any zone and in any locale: they are run elsewhere, in a process of their own.

In every other place they are run backwards, as what leans on tests before it fails where several processes share them.

Which are run where: each file of tests in all places, so that a new one is, but for those of `PURE` that import nothing
of `FEELING`. These try functions of a description, for which time and place do not exist; each is run in one place, by
turns.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from tests.elsewhere import Elsewhere

pytestmark = pytest.mark.slow

ROOT: Final = Path(__file__).parents[2]
YEAR: Final = timedelta(days=365)
PLACES: Final = {
    "a year ago": Elsewhere(-YEAR, "Pacific/Kiritimati", "C"),
    "a year from now": Elsewhere(YEAR, "America/St_Johns", "de_DE.ISO-8859-1"),
    "a 29 February": Elsewhere(datetime(2028, 2, 29, 12, tzinfo=UTC), "America/St_Johns", "C"),
    "the last second of a year": Elsewhere(
        datetime(2027, 12, 31, 23, 59, 59, tzinfo=UTC), "Pacific/Kiritimati", "de_DE.ISO-8859-1", pace=10_000
    ),
}
PURE: Final = ("bench", "generator", "typing")
FEELING: Final = re.compile(r"^\s*(?:import|from) (?:datetime|locale|os|subprocess|time)\b", re.MULTILINE)


def elsewhere_alone() -> list[Path]:
    """The files of tests that one place is enough for."""
    files = [file for folder in PURE for file in sorted((ROOT / "tests" / folder).rglob("test_*.py"))]
    return [file for file in files if not FEELING.search(file.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("place", PLACES)
def test_the_place_is_another(place: str, tmp_path: Path) -> None:
    there = PLACES[place]
    code = "import sys, time; print(time.time(), time.tzname[0], sys.stdout.encoding)"
    variables = {**os.environ, **there.variables(tmp_path)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=variables, capture_output=True, encoding="ascii", check=True)
    moment, zone, encoding = done.stdout.split()
    expected = there.clock if isinstance(there.clock, datetime) else datetime.now(UTC) + there.clock
    assert abs(datetime.fromtimestamp(float(moment), UTC) - expected) < timedelta(minutes=10)
    assert (zone, encoding) == (
        {"Pacific/Kiritimati": "+14", "America/St_Johns": "NST"}[there.zone],
        {"C": "ascii", "de_DE.ISO-8859-1": "iso8859-1"}[there.locale],
    )


@pytest.mark.parametrize("place", PLACES)
def test_the_quick_tests_pass_there(place: str, tmp_path: Path) -> None:
    turn = list(PLACES).index(place)
    left_out = [file for number, file in enumerate(elsewhere_alone()) if number % len(PLACES) != turn]
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not slow", "-p", "no:cacheprovider"]
    command += [f"--ignore={file}" for file in left_out]
    command += ["-p", "tests.backwards"] if turn % 2 else []
    # In CI the examples of laws are the same each time: what fails here fails for the place.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    variables = {**kept, **PLACES[place].variables(tmp_path), "CI": "true"}
    # A folder with a short name: the paths of sockets have room for 108 bytes.
    with tempfile.TemporaryDirectory() as folder:
        command += [f"--basetemp={folder}/t"]
        done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, encoding="latin-1", check=False)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
