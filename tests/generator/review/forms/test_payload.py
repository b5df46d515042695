"""Values that show a change, for readers."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.review.forms.payload import indented, payload
from tests.generator.review.samples import array_of, object_of

if TYPE_CHECKING:
    from generator.document.tree import Json

LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=40)
SMALL = st.recursive(
    LEAVES,
    lambda below: (
        st.lists(below, max_size=5).map(lambda one: array_of(*one))
        | st.dictionaries(st.text(max_size=9), below, max_size=5).map(lambda one: object_of(**one))
    ),
    max_leaves=20,
)


@given(SMALL)
def test_a_small_value_is_whole_and_json(value: Json) -> None:
    assert json.loads(payload(value, 100_000)) == value
    assert json.loads(indented(value, 10_000, 100_000)) == value
    assert "\n" not in payload(value, 100_000)


def test_every_digit_is_kept_and_what_is_hidden_is_shown() -> None:
    value = object_of(
        price=Decimal("0.10000000000000000001"), big=10**30, text="a\u202eb\x1b\u00e4", list=array_of(1, None)
    )
    said = payload(value, 200)
    assert said == (
        '{"price": 0.10000000000000000001, "big": 1000000000000000000000000000000, '
        '"text": "a\\u202eb\\u001b\u00e4", "list": [1, null]}'
    )
    assert payload(value, 20) == said[:19] + "…"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("a" * 40, f'"{"a" * 40}"'),
        ("a" * 2001, '"aaaaaaaaaaaa…" (2,001 characters)'),
        (array_of(*range(12)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]"),
        (array_of(*range(13)), "[0, 1, 2, … 10 more elements]"),
        (object_of(**{f"m{n}": n for n in range(13)}), '{"m0": 0, "m1": 1, "m2": 2, … 10 more members}'),
        (array_of(array_of(), object_of()), "[[], {}]"),
    ],
)
def test_long_texts_and_lists_are_cut_short_and_counted(value: Json, said: str) -> None:
    assert payload(value, 1_000) == said


def test_a_long_value_has_few_lines() -> None:
    value = object_of(**{f"m{n}": array_of("x" * 30) for n in range(5)})
    assert indented(value, 4, 9) == '{\n  "m0": [\n    "xxx…\n  ],\n…'
    assert indented(array_of(1, object_of(a="b")), 9, 99) == '[\n  1,\n  {\n    "a": "b"\n  }\n]'


@pytest.mark.parametrize(
    ("most", "shown"),
    [
        (60, '["word 0", "word 1", "word 2", "word 3", "word 4", "word 5"]'),
        (59, '["word 0", "word 1", "word 2", … 3 more elements]'),
        (40, '["word 0", … 5 more elements]'),
        (28, '["word…, … 5 more elements]'),
    ],
)
def test_a_line_has_as_many_elements_as_there_is_room_for(most: int, shown: str) -> None:
    value = array_of(*(f"word {number}" for number in range(6)))
    assert payload(value, most) == shown
    assert len(shown) <= most
