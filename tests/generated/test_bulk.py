"""Bulk runs of the generated client over more elements than anybody would want to have in memory."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.description import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MANY = 300_000
MEMORY = 150
"""MiB; Python with the client takes 50 of them, and so many models alone would take ten times as much."""


def run(journal: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.generated.many", str(journal), str(MANY)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_elements(tmp_path: Path) -> None:
    for _ in ("sent", "told again"):
        found = run(tmp_path / "november.db")
        assert found["counts"] == {"created": MANY}
        assert found["memory"] < MEMORY
