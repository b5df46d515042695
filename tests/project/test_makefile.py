"""What `make` makes, and when; nothing is installed here: it says what it would do, or cleans a folder of the test."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from zuora_invoices_sandbox.__main__ import _parser

ROOT = Path(__file__).parents[2]
MAKE = shutil.which("make") or "make"
PYTHON = f"PYTHON={sys.executable}"
STAMPS = [f".venv/.{name}-{sys.version_info.major}.{sys.version_info.minor}" for name in ("required", "ready")]

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the Makefile, and an environment that is up to date."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / ".venv").mkdir()
    for age, name in enumerate(reversed(["requirements.txt", "pyproject.toml", *STAMPS])):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1_000_000_000 - age, 1_000_000_000 - age))
    return tmp_path


def would_do(folder: Path, *arguments: str) -> list[str]:
    command = [MAKE, "--dry-run", "--no-print-directory", PYTHON, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()


def test_an_environment_that_is_up_to_date_is_used(folder: Path) -> None:
    assert would_do(folder, "regenerate") == [".venv/bin/python -m generator generate"]


def test_a_sandbox_is_served_as_it_is_by_itself(folder: Path) -> None:
    assert would_do(folder, "sandbox") == [".venv/bin/zuora-invoices-sandbox "]


def test_a_change_of_what_is_installed_installs_it_again_and_nothing_else(folder: Path) -> None:
    (folder / "pyproject.toml").touch()
    done = would_do(folder, "regenerate")
    assert [line for line in done if "pip install" in line and "--editable" in line]
    assert not [line for line in done if "-m venv" in line or "requirements.txt" in line]


@pytest.mark.parametrize("change", ["requirements.txt", STAMPS[0]])
def test_another_lock_or_another_python_makes_the_environment_anew(folder: Path, change: str) -> None:
    if change in STAMPS:
        (folder / change).unlink()
    else:
        (folder / change).touch()
    done = would_do(folder, "regenerate")
    assert [line for line in done if "-m venv --clear .venv" in line]
    assert [line for line in done if "--require-hashes -r requirements.txt" in line]
    assert [line for line in done if "--editable" in line]


@pytest.mark.parametrize("tag", ["v0.1.0", "a b;c#$HOME`d`", "it's", "$(shell touch made)"])
def test_a_tag_is_one_word_whatever_it_holds(folder: Path, tag: str) -> None:
    said = "\n".join(would_do(folder, "build", f"TAG={tag}", "REPOSITORY=https://example.com/a"))
    words = shlex.split(said.partition("tests.release dist")[2].replace("\\\n", ""))
    assert words == [f"--tag={tag}", "--repository=https://example.com/a"]
    assert not (folder / "made").exists()


MADE = (
    *(".venv/bin/python", "dist/a.whl", ".mypy_cache/a", ".pytest_cache/a", ".ruff_cache/a"),
    *(
        ".hypothesis/a",
        "tests/public/fetched/a",
        ".schemathesis/a",
        "__pycache__/a.pyc",
        "tests/a/__pycache__/a.pyc",
        "generator/__pycache__/a.pyc",
    ),
    *("zuora-sandbox.db", "zuora-sandbox.db-wal", "zuora-sandbox.db-shm", "zuora-sandbox.db-journal"),
)
KEPT = (
    *("Makefile", "requirements.txt", "pyproject.toml", "generated/zuora_invoices/client.py", "sandbox/a.py"),
    *("zuora-sandbox.db.backup", "own.db", "tenant.yaml", "review.html", "build/a", "own/__pycache__/a.pyc"),
)


def test_clean_removes_what_was_made_and_no_more(folder: Path) -> None:
    for name in (*MADE, *KEPT):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    for _ in range(2):  # there is nothing left to remove the second time
        subprocess.run([MAKE, PYTHON, "clean"], cwd=folder, capture_output=True, check=True)
        assert {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()} == set(KEPT)


def test_clean_knows_where_the_sandbox_keeps_its_invoices() -> None:
    assert _parser().get_default("database") == MADE[-4]


def test_git_ignores_all_that_make_makes(tmp_path: Path) -> None:
    git = shutil.which("git") or "git"
    shutil.copy(ROOT / ".gitignore", tmp_path)
    subprocess.run([git, "init", "--quiet"], cwd=tmp_path, check=True)
    done = subprocess.run(
        [git, "check-ignore", *MADE], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.splitlines() == list(MADE)
