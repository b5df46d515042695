"""Programs at another time and place: another wall clock, time zone and locale. Linux alone.

Where the C compiler that makes the clock is missing, or what makes a locale, such tests are skipped, unless the
environment variable REQUIRE_ELSEWHERE is set: then they fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NoReturn

import pytest

if TYPE_CHECKING:
    from datetime import datetime

Locale = Literal["C", "de_DE.ISO-8859-1"]

_CLOCK: Final = Path(__file__).with_name("wall_clock.c")


@dataclass(frozen=True)
class Elsewhere:
    """A wall clock that begins at a moment or goes by so much beside this machine's, a zone, and a locale.

    The clock goes `pace` times slower than it should; waits take as long as ever.
    """

    clock: datetime | timedelta
    zone: str
    locale: Locale
    pace: int = 1

    def variables(self, folder: Path) -> dict[str, str]:
        """What a process needs in its environment to be there; what that takes is made in the folder."""
        return {
            "LD_PRELOAD": str(self._preload(folder)),
            "LC_ALL": self.locale,
            "LOCPATH": str(self._locales(folder)),
            "PYTHONCOERCECLOCALE": "0",
            "PYTHONIOENCODING": "",
            "PYTHONUTF8": "0",
            "TZ": self.zone,
        }

    def _preload(self, folder: Path) -> Path:
        if sys.platform != "linux":
            _missing("a preload for clocks needs Linux")
        compiler = shutil.which("cc")
        if compiler is None:
            _missing("there is no C compiler: cc is not on the path")
        here = int(time.time())
        there = here + self.clock.total_seconds() if isinstance(self.clock, timedelta) else self.clock.timestamp()
        made = folder / "wall_clock.so"
        values = [f"-DFROM={here}LL", f"-DTO={int(there)}LL", f"-DPACE={self.pace}"]
        command = [compiler, "-shared", "-fPIC", "-Wall", "-Werror", *values, "-o", str(made), str(_CLOCK)]
        subprocess.run(command, check=True)
        return made

    def _locales(self, folder: Path) -> Path:
        language, _, charset = self.locale.partition(".")
        if charset:
            program = shutil.which("localedef")
            if program is None:
                _missing("there is nothing that makes locales: localedef is not on the path")
            command = [program, "-i", language, "-f", charset, str(folder / self.locale)]
            if subprocess.run(command, capture_output=True, check=False).returncode:
                _missing(f"localedef has no sources of {self.locale}: they come with Debian's package locales")
        return folder


def _missing(reason: str) -> NoReturn:
    if os.environ.get("REQUIRE_ELSEWHERE"):
        pytest.fail(f"{reason}, and REQUIRE_ELSEWHERE is set")
    pytest.skip(reason)
