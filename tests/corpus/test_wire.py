"""What a request says is read by the tables of OpenAPI, and not by what the client does."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.corpus import wire
from tests.corpus.wire import Style, texts

LIST, OBJECT = ["blue", "black"], {"R": "100", "G": "200"}


@pytest.mark.parametrize(
    ("style", "explode", "text", "value"),
    [
        ("simple", False, "blue", "blue"),
        ("simple", False, "a%20b%2Fc", "a b/c"),
        ("simple", False, "blue,black", LIST),
        ("simple", True, "blue,black", LIST),
        ("simple", False, "R,100,G,200", OBJECT),
        ("simple", True, "R=100,G=200", OBJECT),
        ("label", False, ".blue", "blue"),
        ("label", False, ".blue,black", LIST),
        ("label", True, ".blue.black", LIST),
        ("label", False, ".R,100,G,200", OBJECT),
        ("label", True, ".R=100.G=200", OBJECT),
        ("matrix", False, ";color=blue", "blue"),
        ("matrix", False, ";color=blue,black", LIST),
        ("matrix", True, ";color=blue;color=black", LIST),
        ("matrix", False, ";color=R,100,G,200", OBJECT),
        ("matrix", True, ";R=100;G=200", OBJECT),
    ],
)
def test_segments(style: str, explode: bool, text: str, value: Any) -> None:
    assert wire.of_segment(Style("color", "path", style, explode), text, value) == value


@pytest.mark.parametrize(
    ("style", "explode", "query", "value", "names"),
    [
        ("form", True, "color=blue", "blue", {"color"}),
        ("form", True, "color=blue&color=black", LIST, {"color"}),
        ("form", False, "color=blue,black", LIST, {"color"}),
        ("form", False, "color=blue%2Cblack,x", ["blue,black", "x"], {"color"}),
        ("form", True, "R=100&G=200", OBJECT, {"R", "G"}),
        ("form", False, "color=R,100,G,200", OBJECT, {"color"}),
        ("spaceDelimited", False, "color=blue%20black", LIST, {"color"}),
        ("spaceDelimited", False, "color=blue+black", LIST, {"color"}),
        ("pipeDelimited", False, "color=blue%7Cblack", LIST, {"color"}),
        ("pipeDelimited", False, "color=blue|black", LIST, {"color"}),
        ("form", True, "color=%7B%22a%22:1.0%7D&color=b", [{"a": "1"}, "b"], {"color"}),
        ("form", True, "R=[1,2]&G=200", {"R": ["1", "2"], "G": "200"}, {"R", "G"}),
        ("deepObject", True, "color%5BR%5D=100&color[G]=200", OBJECT, {"color[R]", "color[G]"}),
        ("deepObject", True, "color[a][b]=1&color[c][]=2&color[c][]=3", {"a": {"b": "1"}, "c": ["2", "3"]}, None),
        ("deepObject", True, "color[c][0][d]=2", {"c": [{"d": "2"}]}, None),
    ],
)
def test_queries(style: str, explode: bool, query: str, value: Any, names: set[str] | None) -> None:
    said, taken = wire.of_query(Style("color", "query", style, explode), wire.pairs(query), value)
    assert said == value
    assert names is None or taken == names


@pytest.mark.parametrize(
    "query", ["color=blue&color=black", "", "colour=blue"], ids=["said twice", "not said", "another name"]
)
def test_a_query_that_does_not_say_it(query: str) -> None:
    said, _ = wire.of_query(Style("color", "query", "form", True), wire.pairs(query), "blue")
    assert said != "blue"


@pytest.mark.parametrize(
    ("template", "path", "found"),
    [
        ("/a/{x}/b/{y}", "/a/1/b/2%2F3", {"x": "1", "y": "2%2F3"}),
        ("/a/{x}:cancel", "/a/1:cancel", {"x": "1"}),
        ("/a/{x}:cancel", "/a/1%3Acancel", {"x": "1"}),
        ("/a b/{x}.{y}", "/a%20b/1.json", {"x": "1", "y": "json"}),
        ("/a/{x}", "/b/1", None),
        ("/a/{x}", "/a/", None),
    ],
)
def test_paths(template: str, path: str, found: dict[str, str] | None) -> None:
    assert wire.in_path(template, path) == found


def test_scalars_are_compared_as_texts() -> None:
    value = {"a": [True, None, 1, Decimal("1.50"), "x"], "b": None, "c": Decimal("1E+2"), "d": "-0.0"}
    assert texts(value) == {"a": ["true", "null", "1", "1.5", "x"], "c": "100", "d": "0"}
