"""What messages are made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.wording import counted, listed, printable, shortened, visible


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 changes"), (1, "1 change"), (2, "2 changes"), (2000, "2,000 changes")]
)
def test_things_are_counted(number: int, said: str) -> None:
    assert counted(number, "change") == said


@pytest.mark.parametrize(
    ("words", "limit", "said"),
    [
        ("", 4, ""),
        ("a", 4, "a"),
        ("ab", 4, "a or b"),
        ("abc", 4, "a, b or c"),
        ("abcd", 4, "a, b, c or d"),
        ("abcde", 4, "a, b, c or 2 more"),
    ],
)
def test_words_are_listed(words: str, limit: int, said: str) -> None:
    assert listed(words, "or", limit) == said


@given(st.text())
def test_what_is_printable_is_one_visible_line(text: str) -> None:
    said = printable(text)
    assert said.isprintable()
    assert printable(said) == said
    assert printable("plain, with\n two  blanks \u00e4\u4e2d") == "plain, with two blanks \u00e4\u4e2d"


@given(st.text())
def test_what_is_visible_has_every_character_but_those_that_are_kept(text: str) -> None:
    assert visible(text).isprintable()
    assert visible(visible(text)) == visible(text)
    assert visible(text, "\n").split("\n") == [visible(line) for line in text.split("\n")]
    assert visible("a\n\tb\u3000c d", "\n\t\u3000") == "a\n\tb\u3000c d"
    assert visible("\u202e\x1b\U000e0041\u2028\x0b\n") == "\\u202e\\u001b\\udb40\\udc41\\u2028\\u000b\\u000a"


@given(st.text(max_size=50), st.integers(2, 30))
def test_a_shortened_text_is_its_beginning(text: str, most: int) -> None:
    said = shortened(text, most)
    assert len(said) <= most
    assert text == said or text.startswith(said[:-1])
