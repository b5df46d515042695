"""The sandbox as users run it: a program of its own, which a test can kill."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]


@dataclass(frozen=True)
class Program:
    """One that runs, and what it said that callers need."""

    running: subprocess.Popen[str]
    url: str
    client_id: str
    client_secret: str
    errors: Path
    """What it writes to standard error."""

    def kill(self) -> None:
        """End it at once, by SIGKILL, whatever it is doing."""
        self.running.kill()
        self.running.wait()

    def memory(self, name: str = "VmRSS") -> int:
        """Bytes that it occupies; `VmHWM` for the most it ever did. Linux alone tells."""
        for line in Path(f"/proc/{self.running.pid}/status").read_text("ascii").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024
        raise LookupError(name)


@contextmanager
def program(database: str, folder: Path, *options: str) -> Iterator[Program]:
    """Run it until the block ends; the folder takes what it writes to standard error."""
    errors = folder / "errors.txt"
    with errors.open("a", encoding="utf-8") as sink:
        running = subprocess.Popen(
            [sys.executable, "-m", "zuora_invoices_sandbox", "--port", "0", "--database", database, *options],
            stdout=subprocess.PIPE,
            stderr=sink,
            encoding="utf-8",
        )
    try:
        banner = _banner(running, errors)
        yield Program(running, banner["base URL"], banner["client id"], banner["client secret"], errors)
    finally:
        running.kill()
        running.communicate()


def _banner(running: subprocess.Popen[str], errors: Path) -> dict[str, str]:
    """Name -> value of what it says when it takes calls."""
    banner: dict[str, str] = {}
    for line in running.stdout or ():
        if line.startswith("  "):
            banner[line[:17].strip()] = line[17:].strip()
        elif banner:
            return banner
    raise AssertionError(f"the sandbox did not start: {errors.read_text('utf-8')}")
