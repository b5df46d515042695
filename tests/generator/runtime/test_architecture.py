"""The floors of the runtime: every import goes to a lower one, those for type checking too, so there is no circle."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
RUNTIME = ROOT / "generator" / "runtime"
FILES = sorted(RUNTIME.glob("*.py"))

FLOORS = (
    {
        "address",
        "alternatives",
        "answers",
        "compression",
        "lazy",
        "messages",
        "reasons",
        "secret",
        "text",
        "unlisted",
        "values",
        "versions",
    },
    {"codec", "constraints", "groups", "operation", "signature", "violations"},
    {"errors", "http", "model", "style"},
    {"batch", "events", "spelling", "steps"},
    {"drivers", "network", "options"},
    {"request", "retry", "transport"},
    {"response", "tokens"},
    {"auth"},
    {"flow"},
    {"core"},
)
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}


def neighbours(text: str) -> set[str]:
    """The files of the runtime that a file imports, wherever in it that is written."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level:
            found |= {node.module} if node.module else {one.name for one in node.names}
    return found


def libraries(text: str) -> set[str]:
    """The packages outside of the runtime that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {one.name.partition(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).partition(".")[0])
    return found


def source(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def test_every_file_has_one_floor() -> None:
    assert sum(map(len, FLOORS)) == len(FLOOR)
    assert set(FLOOR) == {file.stem for file in FILES} - {"__init__"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_imports_go_to_lower_floors(file: Path) -> None:
    own = FLOOR.get(file.stem, 0)  # the package itself imports nothing
    assert {name: FLOOR[name] for name in neighbours(source(file)) if FLOOR[name] >= own} == {}


@pytest.mark.parametrize(
    "text",
    [
        "from .steps import Send",
        "from . import steps",
        "if TYPE_CHECKING:\n    from .steps import Send",
        "def f():\n    from .steps import Send",
    ],
)
def test_no_import_is_overlooked(text: str) -> None:
    assert neighbours(text) == {"steps"}
    assert libraries(text) == set()


def test_the_readme_has_every_file_in_that_order() -> None:
    readme = source(ROOT / "generator" / "README.md")
    section = readme[readme.index("## The runtime") : readme.index("## The review")]
    rows = [re.findall(r"`(\w+)\.py`", line) for line in section.splitlines() if line.startswith("|")]
    place = {name: number for number, names in enumerate(rows) for name in names}
    assert sum(map(len, rows)) == len(place)
    assert set(place) == set(FLOOR)
    for file in FILES:
        late = {name for name in neighbours(source(file)) if place[name] > place[file.stem]}
        assert not late, (file.stem, late)


def test_two_files_import_the_http_library() -> None:
    users = {file.stem: libraries(source(file)) & {"httpx2", "httpcore2"} for file in FILES}
    assert {name: found for name, found in users.items() if found} == {
        "network": {"httpcore2", "httpx2"},
        "transport": {"httpx2"},
    }


def test_the_package_has_the_runtime_word_for_word() -> None:
    [package] = [folder for folder in (ROOT / "generated").iterdir() if (folder / "py.typed").exists()]
    copied = {file.name: file.read_bytes() for file in (package / "_runtime").glob("*.py")}
    assert copied == {file.name: file.read_bytes() for file in FILES}
