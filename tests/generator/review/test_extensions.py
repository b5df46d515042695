"""What a change of each extension does, on the side where it means something and on the other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator.review.extensions import MEANINGS, compare_extensions
from tests.generator.review.test_annotations import USE, nodes

if TYPE_CHECKING:
    from generator.document.grammar import Side

ROOT = Path(__file__).parents[3]


def told(base: list[Any], head: list[Any], side: Side | None) -> list[str]:
    found = [*compare_extensions(nodes(*base), nodes(*head), side, [USE])]
    return [f"{one.wire} {one.rule}: {one.message}" for one in found]


def kinds(base: Any, head: Any, side: Side | None) -> list[str]:
    return [line.partition(":")[0] for line in told([base], [head], side)]


def test_every_extension_that_the_generator_reads_has_a_meaning() -> None:
    text = (ROOT / "generator" / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(x-[a-z-]+)` \|", text, re.MULTILINE)) == set(MEANINGS)


@pytest.mark.parametrize("name", MEANINGS)
@pytest.mark.parametrize("side", ["request", "response"])
def test_an_extension_means_something_where_it_is_read(name: str, side: Side) -> None:
    value = {"x-max-total-items": {"pets": 1}, "x-minimum-version": {"header": "V", "version": "1"}}.get(name, True)
    meaning = MEANINGS[name]
    found = [*compare_extensions(nodes({}), nodes({name: value}), side, [USE])]
    expected = meaning.rule.id if meaning.side in (None, side) else "reader-extension-changed"
    assert [one.rule for one in found] == [expected]


@pytest.mark.parametrize(
    ("base", "head"),
    [
        ({"x-note": {"a": 1, "b": [1, 2]}}, {"x-note": {"b": [1, 2], "a": 1.0}}),
        ({"x-retry": {"statuses": [429, 503]}}, {"x-retry": {"statuses": [503, 429]}}),
        ({"x-failure": False}, {}),
        ({"x-minimum-version": {"header": "Version", "version": "2"}},
         {"x-minimum-version": {"version": "2.0", "header": "version"}}),
        ({"x-max-total-items": {"a": 1, "b": 2}}, {"x-max-total-items": {"b": 2, "a": 1}}),
    ],
)  # fmt: skip
def test_what_says_the_same(base: Any, head: Any) -> None:
    assert kinds(base, head, "request") == kinds(head, base, "request") == []


VERSION = "x-minimum-version"


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        ({VERSION: {"header": "V", "version": "2.9"}}, {VERSION: {"header": "V", "version": "2.10"}},
         ["breaking extension-tightened: may be sent with `V` from 2.10 on, was from 2.9 on"]),
        ({VERSION: {"header": "V", "version": "2.10"}}, {VERSION: {"header": "V", "version": "2.9"}},
         ["compatible extension-loosened: may be sent with `V` from 2.9 on, was from 2.10 on"]),
        ({VERSION: {"header": "V", "version": "2"}}, {VERSION: {"header": "W", "version": "2"}},
         ["breaking extension-tightened: may be sent with `W` from 2 on, was every one",
          "compatible extension-loosened: may be sent with every `V`, was from 2 on"]),
        ({}, {VERSION: {"header": "V", "version": "2"}},
         ["breaking extension-tightened: may be sent with `V` from 2 on, was every one"]),
        ({"x-max-total-items": {"a": 10}}, {"x-max-total-items": {"b": 2000}},
         ["breaking extension-tightened: `b` may hold at most 2,000 elements in all, was any number",
          "compatible extension-loosened: `a` may hold any number of elements in all, was at most 10"]),
        ({"x-max-total-items": {"a": 10}}, {},
         ["compatible extension-loosened: `a` may hold any number of elements in all, was at most 10"]),
        ({"x-note": "a"}, {"x-note": {"a": [{"b": 1}], "c": 2}},
         ['docs reader-extension-changed: `x-note` is an object of 2 members, was "a"']),
        ({"x-note": [[1]]}, {"x-note": [[2]]}, ["docs reader-extension-changed: `x-note` is another"]),
        ({"x-note": "a" * 500}, {}, [f'docs reader-extension-changed: `x-note` is gone, was "{"a" * 56}...']),
    ],
)  # fmt: skip
def test_what_is_told(base: Any, head: Any, expected: list[str]) -> None:
    assert told([base], [head], "request") == expected


def test_bounds_of_several_objects_hold_at_once() -> None:
    apart = [{"x-max-total-items": {"a": 10}}, {"x-max-total-items": {"a": 5, "b": 1}}]
    assert told(apart, [{"x-max-total-items": {"b": 1, "a": 5}}], "request") == []
    versions = [{VERSION: {"header": "V", "version": "1"}}, {VERSION: {"header": "v", "version": "3"}}]
    assert told(versions, [{VERSION: {"header": "V", "version": "3"}}], "request") == []


def test_the_outermost_of_several_values_counts() -> None:
    assert told([{"x-note": 1}, {"x-note": 2}], [{"x-note": 1}], None) == []
