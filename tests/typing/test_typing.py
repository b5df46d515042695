"""What type checkers say of code that uses the package: nothing where it is right, a line each where it is wrong."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.description import ROOT

HERE = Path(__file__).parent
USAGE = HERE / "usage.py"
MISUSE = HERE / "misuse.py"
MARK = re.compile(r"  # error: ([a-z-]+)$")


def marked() -> dict[int, str]:
    """Line of misuse.py -> mypy's code of the mistake there."""
    lines = enumerate(MISUSE.read_text(encoding="utf-8").splitlines(), start=1)
    return {number: found[1] for number, line in lines if (found := MARK.search(line))}


def run(*arguments: str) -> str:
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


def test_there_are_mistakes_of_every_kind() -> None:
    assert len(marked()) >= 30
    assert {"arg-type", "call-arg", "attr-defined", "assignment", "index", "union-attr"} <= set(marked().values())
    assert MARK.search(USAGE.read_text(encoding="utf-8")) is None


def test_mypy_accepts_the_usage_and_marks_each_mistake() -> None:
    found: dict[int, set[str]] = {}
    for line in run("mypy", "--strict", "--output", "json", str(USAGE), str(MISUSE)).splitlines():
        finding = json.loads(line)
        if finding["severity"] == "error":
            assert Path(finding["file"]).name == MISUSE.name, line
            found.setdefault(finding["line"], set()).add(finding["code"])
    assert {number: code if code in found.get(number, ()) else None for number, code in marked().items()} == marked()
    assert set(found) == set(marked())


@pytest.mark.slow
def test_basedpyright_accepts_the_usage_and_marks_each_mistake(tmp_path: Path) -> None:
    # A configuration of its own, as that of the repository leaves the mistakes out.
    config = {
        "include": [str(USAGE), str(MISUSE)],
        "extraPaths": [str(ROOT / "generated")],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
    }
    project = tmp_path / "pyrightconfig.json"
    project.write_text(json.dumps(config), encoding="utf-8")
    options = ("--outputjson", "--level", "error", "--pythonpath", sys.executable, "--project", str(project))
    report = json.loads(run("basedpyright", *options))
    assert report["summary"]["filesAnalyzed"] == 2
    findings = report["generalDiagnostics"]
    assert [one for one in findings if Path(one["file"]).name != MISUSE.name] == []
    assert {one["range"]["start"]["line"] + 1 for one in findings} == set(marked())


@pytest.mark.parametrize("checker", ["mypy", "basedpyright", "ruff"])
def test_the_mistakes_are_left_out_of_the_checks_of_the_repository(checker: str) -> None:
    config = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = config.partition(f"[tool.{checker}]\n")[2].partition("\n[")[0]
    assert re.search(r"^(extend-)?exclude = .*tests/typing/misuse", section, re.MULTILINE)
