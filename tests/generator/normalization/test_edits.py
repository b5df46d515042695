"""Changes to a document by pointer: made in one go, places kept, what is not touched shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.document.loader import load
from generator.normalization.edits import REMOVED, edited

if TYPE_CHECKING:
    from pathlib import Path

    from generator.document.tree import Document
    from generator.normalization.edits import Edit

TEXT = """\
openapi: 3.1.1
a: {b: 1, c/d: [x, y, z]}
e: {f: {g: 1}}
"""


def document(folder: Path) -> Document:
    (folder / "api.yaml").write_text(TEXT, encoding="utf-8")
    return load(folder / "api.yaml")


def test_without_edits_it_is_the_same(tmp_path: Path) -> None:
    one = document(tmp_path)
    assert edited(one, []) is one
    assert edited(one, [("", REMOVED)]) is one


def test_members_and_elements_are_set_removed_and_added(tmp_path: Path) -> None:
    one = document(tmp_path)
    edits: list[Edit] = [
        ("/a/b", REMOVED),
        ("/a/new", 5),
        ("/a/c~1d/0", REMOVED),
        ("/a/c~1d/1", "Y"),
        ("/a/c~1d/-", "last"),
        ("/a/c~1d/-", "very last"),
    ]
    made = edited(one, edits)
    assert made.root["a"] == {"c/d": ["Y", "z", "last", "very last"], "new": 5}
    assert made.root["e"] is one.root["e"], "what is not touched is shared"
    assert one.root["a"] == {"b": 1, "c/d": ["x", "y", "z"]}


def test_places_stay_with_what_they_are_of(tmp_path: Path) -> None:
    made = edited(document(tmp_path), [("/a/c~1d/0", REMOVED), ("/e/f/g", 2)])
    found = [made.find("/a/c~1d/0"), made.find("/a/c~1d/1"), made.find("/e/f/g")]
    assert [(one.location.line, one.location.column) for one in found if one] == [(2, 20), (2, 23), (3, 9)]


def test_what_is_replaced_as_a_whole_takes_edits_inside_it_along(tmp_path: Path) -> None:
    made = edited(document(tmp_path), [("/e/f/g", 2), ("/e/f", 3), ("/e/f/h", 4)])
    assert made.root["e"] == {"f": 3}


def test_an_edit_below_nothing_makes_nothing(tmp_path: Path) -> None:
    assert edited(document(tmp_path), [("/none/at/all", 1)]).root == document(tmp_path).root
