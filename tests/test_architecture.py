"""The reader of imports that other tests rely on overlooks none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.architecture import circle, graph, imports, upward

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def house(tmp_path: Path) -> Path:
    package = tmp_path / "house"
    (package / "cellar").mkdir(parents=True)
    for name in ("__init__", "attic", "hall", "cellar/__init__", "cellar/wine"):
        (package / f"{name}.py").write_text("", encoding="utf-8")
    return package


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import house.hall", {"hall"}),
        ("from house import hall", {"hall"}),
        ("from .hall import door", {"hall"}),
        ("from . import hall", {"hall"}),
        ("from . import window", {""}),
        ("from .cellar import wine", {"cellar.wine"}),
        ("from .cellar import stairs", {"cellar"}),
        ("from .cellar.wine import bottle", {"cellar.wine"}),
        ("if TYPE_CHECKING:\n    from .hall import door", {"hall"}),
        ("def climb():\n    from .hall import door", {"hall"}),
        ("import housekeeping, os", set()),
    ],
)
def test_no_import_is_overlooked(house: Path, text: str, found: set[str]) -> None:
    (house / "attic.py").write_text(text, encoding="utf-8")
    assert graph(house)["attic"] == found


def test_imports_upwards_and_sideways_are_told(house: Path) -> None:
    (house / "cellar" / "wine.py").write_text("from ..hall import door\nfrom .. import attic", encoding="utf-8")
    floors = [["attic", "hall"], ["cellar"], [""]]
    assert upward(graph(house), floors) == ["cellar.wine imports attic", "cellar.wine imports hall"]
    assert upward({"attic": {"hall"}}, floors) == ["attic imports hall"]


def test_circles_are_told(house: Path) -> None:
    assert circle(graph(house)) == []
    assert set(circle({"hall": {"attic"}, "attic": {"hall"}})) == {"hall", "attic"}


def test_libraries_are_told_too(house: Path) -> None:
    (house / "hall.py").write_text("import os.path\nfrom json import loads", encoding="utf-8")
    assert imports(house / "hall.py") == {"os.path", "json", "json.loads"}
