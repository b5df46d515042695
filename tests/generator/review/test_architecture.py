"""The floors of the review, checked on its sources: who imports whom, for types alone and inside functions too."""

from __future__ import annotations

from pathlib import Path

from tests.architecture import circle, graph, imports, room, sources, upward

GENERATOR = Path(__file__).parents[3] / "generator"
REVIEW = GENERATOR / "review"

FLOORS = [
    [""],
    ["report", "page"],
    ["verdict", "comparison", "forms"],
    ["explain", "hints", "versions", "waivers", "operations", "surface"],
    ["schemas"],
    ["annotations", "extensions", "evidence"],
    ["places"],
    ["catalogue", "rules"],
    ["change", "nodes", "prose", "revision", "sources", "tags"],
]
"""From the top down: what stands on a floor imports only what stands below it; "" is the door."""
COMPARES = {"comparison"}
JUDGES = {"explain", "forms", "hints", "page", "prose", "sources", "verdict", "versions", "waivers"}
"""What has changes from `comparison`, and no part in making them."""
SHARED = {"change", "nodes", "revision", "catalogue", "places", "rules"}
"""What both of them may use: data, places, rules between fields in words."""


def inside() -> dict[str, set[str]]:
    """Who imports whom in the review, by their names below it."""
    return {
        one.removeprefix("review").lstrip("."): {
            other.removeprefix("review").lstrip(".") for other in needed if room(other) == "review"
        }
        for one, needed in graph(GENERATOR).items()
        if room(one) == "review"
    }


def reached(rooms: set[str]) -> set[str]:
    """Rooms, and all that they need."""
    known = inside()
    found, waiting = set[str](), {one for one in known if room(one) in rooms}
    while waiting:
        found |= waiting
        waiting = {needed for one in waiting for needed in known[one]} - found
    return {room(one) for one in found}


def test_imports_go_downwards_only() -> None:
    assert {room(one) for one in inside()} == {one for floor in FLOORS for one in floor}
    assert upward(inside(), FLOORS) == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert inside()["schemas.level"] >= {"schemas.facets"}, "what is imported for types alone counts"
    assert circle(inside()) == []


def test_who_compares_is_apart_from_who_judges_and_shows() -> None:
    assert reached(COMPARES) & reached(JUDGES) <= SHARED
    assert "forms" not in reached({"verdict", "sources", "explain"})


def test_one_file_runs_another_program() -> None:
    assert [file.name for file in sources(REVIEW) if "subprocess" in imports(file)] == ["sources.py"]
