"""Texts, examples and deprecation of places that may be made of several objects."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document.parser import parse
from generator.document.tree import Document, Node, Object
from generator.review.annotations import compare_annotations, worded
from generator.review.change import Use

USE = Use("GET /pets", "200 response", "name")


def nodes(*objects: Any) -> list[Node]:
    """One node for each object, as they hold together."""
    value, _ = parse(json.dumps({str(at): one for at, one in enumerate(objects)}), "it.json")
    assert isinstance(value, Object)
    return [member for _, member in Document(value, ("it.json",)).node.members()]


def told(base: list[Any], head: list[Any]) -> list[str]:
    found = [*compare_annotations(nodes(*base), nodes(*head), "response", [USE])]
    assert all(one.uses == (USE,) and one.side == "response" for one in found)
    return [f"{one.rule}: {one.message}" for one in found]


@pytest.mark.parametrize(
    ("base", "head"),
    [
        ([{"$ref": "#/x"}, {"description": "A"}], [{"$ref": "#/x", "description": "A"}, {}]),
        ([{"description": "A"}], [{}, {"title": ""}, {"description": "A\n"}]),
        (
            [{"description": "A"}, {"description": "B"}],
            [{"description": "A"}, {"description": "A"}, {"description": "B"}],
        ),
        ([{"deprecated": False}], [{}]),
        ([{"deprecated": True}, {}], [{}, {"deprecated": True}]),
        ([{"example": 1}], [{"examples": [1]}]),
        ([{"examples": [1, "1", {"a": 1, "b": 2}]}], [{"examples": [{"b": 2, "a": 1}]}, {"examples": ["1", 1]}]),
        (
            [{"examples": {"a": {"value": 1}, "b": {"value": 2}}}],
            [{"examples": {"b": {"value": 2}, "a": {"value": 1}}}],
        ),
        ([{"externalDocs": {"url": "/a", "description": "A"}}], [{"externalDocs": {"description": "A", "url": "/a"}}]),
    ],
)
def test_what_says_the_same(base: list[Any], head: list[Any]) -> None:
    assert told(base, head) == []
    assert told(head, base) == []


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        ([{"description": "A"}], [{"description": "B"}, {"description": "A"}],
         'description-changed: `description` changed: "B", was "A"'),
        ([{}], [{"title": "Pet"}], 'description-changed: `title` is new: "Pet"'),
        ([{"summary": "A pet"}], [{}], 'description-changed: `summary` is gone: "A pet"'),
        ([{"description": "a b"}], [{"description": "a\n\nb"}],
         "description-changed: `description` has other line breaks or spaces"),
        ([{"example": 1}], [{"example": True}], "example-changed: an example is true, was 1"),
        ([{"examples": [1, 2]}], [{"examples": [2]}], "example-changed: an example is gone: 1"),
        ([{}], [{"example": None}], "example-changed: an example is new: null"),
        ([{"examples": {"a": {"value": 1}}}], [{"examples": {"a": {"value": 2}}}],
         "example-changed: the example `a` is another"),
        ([{}], [{}, {"deprecated": True}], "deprecated: this is deprecated now"),
        ([{"deprecated": True}], [{"deprecated": False}], "undeprecated: this is no longer deprecated"),
    ],
)  # fmt: skip
def test_what_is_told(base: list[Any], head: list[Any], expected: str) -> None:
    assert told(base, head) == [expected]


WORDS = st.lists(st.sampled_from(["a", "pet", "with", "legs", "x" * 50]), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_how_a_text_differs_is_short_and_quotes_what_is_there(before: str, after: str) -> None:
    if before == after:
        return
    message = worded("`description`", before, after)
    assert len(message) <= 120
    assert "\n" not in message
    for text, mark in ((after, 'changed: "'), (after, 'is new: "'), (after, 'more words: "'), (before, 'was "')):
        if mark in message:
            quoted = message.partition(mark)[2].partition('"')[0].removesuffix("…")
            assert quoted.strip() in text
