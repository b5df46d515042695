"""Another way to say the same is no change: not on the wire, not in Python.

`tests/cases/refactorings/<name>/` has `base.yaml` and `head.yaml`, two descriptions of one API.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from generator.pipeline import begin_survey
from generator.review.comparison import compare

CASES = Path(__file__).parents[2] / "cases" / "refactorings"
NAMES = sorted(case.name for case in CASES.iterdir())


def test_there_are_ten_at_least() -> None:
    assert len(NAMES) >= 10


@pytest.mark.parametrize("name", NAMES)
def test_nothing_changes(name: str) -> None:
    with contextlib.chdir(CASES / name):
        base, head = (begin_survey(Path(f"{side}.yaml"), "pets", side).revision() for side in ("base", "head"))
    assert base.files, base.findings
    assert head.files, head.findings
    assert compare(base, head) == ()
    assert compare(head, base) == ()
