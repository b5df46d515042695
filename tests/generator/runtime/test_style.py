"""The table of OpenAPI's styles: each cell of it, and what the table does not say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.runtime.style import header_text, path_segment, query_pairs

if TYPE_CHECKING:
    from generator.runtime.operation import Style

ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}


@pytest.mark.parametrize(
    ("style", "explode", "text", "array", "members"),
    [
        ("simple", False, "blue", "blue,black,brown", "R,100,G,200,B,150"),
        ("simple", True, "blue", "blue,black,brown", "R=100,G=200,B=150"),
        ("label", False, ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
        ("label", True, ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
        ("matrix", False, ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
        ("matrix", True, ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"),
    ],
)
def test_paths(style: Style, explode: bool, text: str, array: str, members: str) -> None:
    assert path_segment("color", "blue", style, explode) == text
    assert path_segment("color", ARRAY, style, explode) == array
    assert path_segment("color", OBJECT, style, explode) == members


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("form", False, "blue", "color=blue"),
        ("form", True, "blue", "color=blue"),
        ("form", False, "", "color="),
        ("form", False, ARRAY, "color=blue,black,brown"),
        ("form", True, ARRAY, "color=blue&color=black&color=brown"),
        ("form", False, OBJECT, "color=R,100,G,200,B,150"),
        ("form", True, OBJECT, "R=100&G=200&B=150"),
        ("spaceDelimited", False, ARRAY, "color=blue%20black%20brown"),
        ("spaceDelimited", False, OBJECT, "color=R%20100%20G%20200%20B%20150"),
        ("pipeDelimited", False, ARRAY, "color=blue%7Cblack%7Cbrown"),
        ("pipeDelimited", False, OBJECT, "color=R%7C100%7CG%7C200%7CB%7C150"),
        ("deepObject", True, OBJECT, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        (
            "deepObject",
            True,
            {"R": {"a": [1, {"b": None, "c": "d"}]}, "G": None},
            "color%5BR%5D%5Ba%5D%5B0%5D=1&color%5BR%5D%5Ba%5D%5B1%5D%5Bc%5D=d",
        ),
    ],
)
def test_queries(style: Style, explode: bool, value: object, expected: str) -> None:
    assert "&".join(query_pairs("color", value, style, explode)) == expected


@pytest.mark.parametrize(
    ("value", "explode", "expected"),
    [
        ("a b/ü", False, "a b/ü"),
        (ARRAY, False, "blue,black,brown"),
        (ARRAY, True, "blue,black,brown"),
        (OBJECT, False, "R,100,G,200,B,150"),
        (OBJECT, True, "R=100,G=200,B=150"),
        (True, False, "true"),
        ([1, Decimal("2.50")], False, "1,2.50"),
    ],
)
def test_headers(value: object, explode: bool, expected: str) -> None:
    assert header_text(value, explode) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "true"),
        (False, "false"),
        (Decimal("1E+3"), "1000"),
        (Decimal("19.90"), "19.90"),
        (date(2026, 11, 21), "2026-11-21"),
        (0, "0"),
    ],
)
def test_scalars(value: object, expected: str) -> None:
    assert query_pairs("q", value, "form", True) == [f"q={expected}"]
    assert path_segment("q", value, "simple", False) == expected


@pytest.mark.parametrize("value", [[None], {"a": None}])
def test_null_is_no_python_word(value: Any) -> None:
    for explode in (False, True):
        assert "None" not in "&".join(query_pairs("q", value, "form", explode))


@given(text=st.text(max_size=20))
def test_no_text_leaves_its_place(text: str) -> None:
    for segment in (path_segment("p", text, "simple", False), path_segment("p", [text, "x"], "matrix", True)):
        assert not set(segment) & set("/?#& %\n") - {"%"}
    assert unquote(path_segment("p", text, "simple", False)) == text
    assert parse_qsl("&".join(query_pairs("a&b", text, "form", True)), keep_blank_values=True) == [("a&b", text)]
    (pair,) = query_pairs("a", {text: text}, "deepObject", True)
    assert parse_qsl(pair, keep_blank_values=True) == [(f"a[{text}]", text)]
    assert (
        parse_qsl("&".join(query_pairs("a", [text, text], "form", True)), keep_blank_values=True) == [("a", text)] * 2
    )
