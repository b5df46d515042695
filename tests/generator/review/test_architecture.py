"""The floors of the review, checked on its sources: imports go down, those for types alone and inside functions too."""

from __future__ import annotations

import ast
import functools
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

REVIEW = Path(__file__).parents[3] / "generator" / "review"
PACKAGE = "generator.review"

FLOORS = (
    {"change", "revision", "sources"},
    {"catalogue", "rules"},
    {"places"},
    {"annotations", "extensions", "evidence"},
    {"schemas"},
    {"operations", "surface"},
    {"comparison"},
    {"explain", "versions", "waivers"},
    {"verdict"},
    {"forms"},
    {"page"},
)
"""The files and folders of the review from the bottom up; those on one floor know nothing of each other."""
SHARED = {"change", "revision", "catalogue", "places", "rules"}
"""What both those who compare and those who judge and show may use: data, places, rules between fields in words."""
JUDGES = {"explain", "forms", "page", "sources", "verdict", "versions", "waivers"}
"""What has changes from `comparison`, and no part in making them."""


def modules() -> dict[str, Path]:
    """Dotted name below the review -> file; a folder goes by its own name."""
    files = sorted(file for file in REVIEW.rglob("*.py") if "__pycache__" not in file.parts)
    names = [".".join(file.relative_to(REVIEW).with_suffix("").parts).removesuffix(".__init__") for file in files]
    return {name: file for name, file in zip(names, files, strict=True) if name != "__init__"}


@functools.cache
def imports() -> dict[str, frozenset[str]]:
    """Module -> all others of the review that it imports, wherever in the file, and for whatever."""
    known = modules()
    found: dict[str, frozenset[str]] = {}
    for name, file in known.items():
        named = set[str]()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert not any(one.name.startswith(PACKAGE) for one in node.names), (name, ast.unparse(node))
            if isinstance(node, ast.ImportFrom):
                assert not node.level, (name, ast.unparse(node))
                for one in node.names:
                    paths = (f"{node.module}.{one.name}", node.module or "")
                    near = (path.removeprefix(f"{PACKAGE}.") for path in paths)
                    named |= {next((path for path in near if path in known), name)}
        found[name] = frozenset(named - {name})
    return found


def top(module: str) -> str:
    return module.partition(".")[0]


def reached(*names: str) -> set[str]:
    """Files and folders of the review, and all that they need."""
    found, waiting = set[str](), {name for name in imports() if top(name) in names}
    while waiting:
        found |= waiting
        waiting = {needed for name in waiting for needed in imports()[name]} - found
    return {top(name) for name in found}


def test_every_file_and_folder_has_a_floor() -> None:
    placed = [name for floor in FLOORS for name in floor]
    assert sorted(placed) == sorted({top(name) for name in modules()})


@pytest.mark.parametrize("module", sorted(modules()))
def test_imports_go_down(module: str) -> None:
    floors = {name: height for height, floor in enumerate(FLOORS) for name in floor}
    for needed in imports()[module]:
        assert top(needed) == top(module) or floors[top(needed)] < floors[top(module)], needed


def test_no_imports_go_round_in_a_circle() -> None:
    assert imports()["verdict"] >= {"change", "versions", "waivers"}
    assert imports()["schemas.level"] >= {"schemas.facets"}, "what is imported for types alone counts"
    TopologicalSorter(imports()).prepare()


def test_who_compares_is_apart_from_who_judges_and_shows() -> None:
    assert reached("comparison") & reached(*JUDGES) <= SHARED
    assert "forms" not in reached("verdict", "sources", "explain")


def test_one_file_runs_another_program() -> None:
    users = [name for name, file in modules().items() if "subprocess" in file.read_text(encoding="utf-8")]
    assert users == ["sources"]
