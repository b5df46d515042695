"""Formats Python source with ruff, the same way on every machine; removes the imports that a file does not need."""

from __future__ import annotations

import subprocess
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ruff import find_ruff_bin  # type: ignore[import-untyped] # it has no py.typed

from generator.python.source import WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PROGRAM: Final = find_ruff_bin()  # once: what it asks Python for is not to be asked by two threads at a time
_ALIKE: Final = ("--isolated", "--no-cache", "--quiet", "--config", f"line-length={WIDTH}", "--target-version", "py311")

_IMPORTS: Final = ("--per-file-ignores", "__init__.py:F401", "--config", "lint.isort.split-on-trailing-comma=false")


def meanwhile(make: Callable[[], dict[str, str]]) -> Callable[[], dict[str, str]]:
    """What gives, when it is called, what is made meanwhile: it waits for other programs for the most part."""
    made: list[dict[str, str]] = []
    failed: list[Exception] = []

    def work() -> None:
        try:
            made.append(make())
        except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True)  # who is interrupted waits for nothing
    thread.start()

    def given() -> dict[str, str]:
        thread.join()
        if failed:
            raise failed[0]
        return made[0]

    return given


def format_sources(files: Mapping[str, str]) -> dict[str, str]:
    """The files with every `.py` among them formatted; paths are relative.

    Raises:
        RuntimeError: ruff refuses a file, which is a fault of a template.
    """
    with tempfile.TemporaryDirectory(prefix="generator-") as folder:
        root = Path(folder)
        sources = {path: text for path, text in files.items() if path.endswith(".py")}
        for path, text in sources.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        # __init__.py is left its imports: they are what it exports. Elsewhere names go that a file does not need, and
        # an import that they had broken into several lines is one line again.
        _ruff("check", "--fix", "--select", "F401,I001,TC005", *_IMPORTS, folder)
        _ruff("format", folder)
        return {**files, **{path: (root / path).read_text(encoding="utf-8") for path in sources}}


def _ruff(command: str, *arguments: str) -> None:
    # The program itself: `python -m ruff` takes three times as long.
    line = [_PROGRAM, command, *_ALIKE, *arguments]
    run = subprocess.run(line, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if run.returncode:
        raise RuntimeError(f"ruff {command} failed: {run.stdout}{run.stderr}")
