"""The environment of the vendor's SDK: made once, in .venv, by the hashes of requirements.txt; all tests share it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[3]
REQUIREMENTS: Final = Path(__file__).with_name("requirements.txt")
_NO_INDEX: Final = "(from versions: none)"
"""What pip says when it knows no version at all of a package: there is no index to be reached."""


def python() -> Path:
    """The Python that has the SDK. Skips where there is no network to get it from, unless REQUIRE_VENDOR is set."""
    folder = ROOT / ".venv" / "vendor"
    folder.parent.mkdir(exist_ok=True)
    found = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes() + f"{sys.version} {folder}".encode()).hexdigest()
    stamp = folder / ".stamp"
    # Workers of pytest-xdist are processes: one of them makes it, and the others wait.
    with folder.with_name("vendor.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text("utf-8") != wanted:
            shutil.rmtree(folder, ignore_errors=True)
            _run([sys.executable, "-m", "venv", folder])
            _run(
                [
                    found,
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--require-hashes",
                    "--only-binary=:all:",
                    "-r",
                    REQUIREMENTS,
                ]
            )
            stamp.write_text(wanted, "utf-8")
    return found


def variables() -> dict[str, str]:
    """The environment variables of a process that is to know nothing of ours."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def _run(command: list[str | Path]) -> None:
    done = subprocess.run(
        command, env=variables(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
    )
    if done.returncode == 0:
        return
    if _NO_INDEX in done.stdout and not os.environ.get("REQUIRE_VENDOR"):
        pytest.skip("the vendor's SDK cannot be installed: no package index can be reached")
    pytest.fail(f"the environment of the vendor's SDK cannot be made:\n{done.stdout}")
