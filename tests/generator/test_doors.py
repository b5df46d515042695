"""Stages are loaded when a command comes to them, and not before."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.doors import door

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "tests" / "cases" / "generate" / "rules" / "openapi.yaml"
HEAVY = ("generator.package.renderer", "datamodel_code_generator", "jinja2", "generator.review.report")
PROGRAM = """
import sys
from generator.__main__ import main
assert main(sys.argv[2:]) == 0
print(*sorted({*sys.argv[1].split(",")} & {*sys.modules}), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("command", "loaded"),
    [
        (["validate", "--spec", str(SPEC)], []),
        (["generate", "--spec", str(SPEC), "--package", "pets", "--output"], HEAVY[:3]),
        (["explain", "property-removed"], []),
    ],
    ids=lambda one: one[0] if one else "nothing",
)
def test_a_command_loads_what_it_comes_to(command: list[str], loaded: Sequence[str], tmp_path: Path) -> None:
    arguments = [*command, *([str(tmp_path)] if command[-1] == "--output" else [])]
    run = [sys.executable, "-c", PROGRAM, ",".join(HEAVY), *arguments]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1].split() == sorted(loaded)


@pytest.mark.parametrize("name", ["generator.package", "generator.review", "generator.review.forms"])
def test_a_door_leads_to_all_that_it_names(name: str) -> None:
    package = import_module(name)
    for one in package.__all__:
        assert getattr(package, one) is vars(package)[one]
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = package.nothing


def test_a_name_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(vars(import_module("generator.package")), "diff", raising=False)
    load = door("generator.package", {"diff": "writer", "writer": "writer"})
    assert load("diff") is vars(import_module("generator.package"))["diff"]
    assert load("writer") is import_module("generator.package.writer")
