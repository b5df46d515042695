"""A review for a terminal: width, colours, and texts that would steer it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.review.forms import as_text, messages
from tests.generator.review.samples import EVERYTHING, HOSTILE_TEXTS, MANY, SAMPLES, hostile, many

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
ANY = st.text(max_size=80) | st.lists(st.sampled_from(HOSTILE_TEXTS), max_size=4).map(" ".join)


@pytest.mark.parametrize("name", SAMPLES)
def test_colours_add_nothing_but_colours(name: str) -> None:
    plain, coloured = as_text(SAMPLES[name]), as_text(SAMPLES[name], colour=True)
    assert "\x1b" not in plain
    assert coloured != plain
    assert ESCAPE.sub("", coloured) == plain


@pytest.mark.parametrize("width", [1, 40, 72, 100, 300])
def test_a_line_is_longer_than_the_width_only_for_one_word(width: int) -> None:
    for line in as_text(EVERYTHING, width=width).splitlines():
        if len(line) > width and "{" not in line:  # a value is shortened instead, to no less than 40 characters
            label = r"(?:wire|Python|felt by|pointer|waived|value)?"
            assert re.fullmatch(rf" *{label} *(?:`[^`]*`|\S)+", line), line


@pytest.mark.parametrize("width", [20, 60, 100])
def test_code_is_never_broken(width: int) -> None:
    lines = as_text(EVERYTHING, width=width).splitlines()
    for code in ("`https://api.example.com/v1`", "`DELETE /pets/{id}`", "`POST /pets`"):
        assert any(code in line for line in lines)
    for line in lines:
        assert line.count("`") % 2 == 0, line


def test_the_verdict_is_the_first_line_and_breaks_come_first() -> None:
    said = as_text(EVERYTHING, width=200)
    assert said.startswith("Breaking: 4 changes on the wire and 1 in Python only")
    titles = [line for line in said.splitlines() if re.fullmatch(r"[A-Z ]+ \(\d+\)", line)]
    assert titles == ["BREAKING (5)", "COMPATIBLE (3)", "DOCS ONLY (3)"]


def test_every_use_and_symbol_of_a_break_is_listed() -> None:
    said = as_text(EVERYTHING, width=200)
    for change in MANY:
        if change.is_breaking:
            for use in change.uses:
                assert use.operation in said
                assert use.path in said
            for symbol in messages.symbols(change)[0]:
                assert symbol.message in said
    assert "and 7 more operations" in said  # of a change that breaks nobody


def test_everything_around_the_changes_is_there() -> None:
    said = " ".join(as_text(EVERYTHING, width=200).split())
    for part in (
        *map(str, (*EVERYTHING.findings, *EVERYTHING.problems)),
        *(EVERYTHING.drift or ()),
        *EVERYTHING.notes,
        "models.py: +120 -48",
        "waived until 2027-01-31: Nobody sends it; agreed in the meeting of May",
        EVERYTHING.versions.explanation[1:],
        EVERYTHING.base,
        EVERYTHING.head,
    ):
        assert part in said


def test_a_large_review_is_whole() -> None:
    assert as_text(many(3_000)).count("[property-became-required]") == 3_000


@given(ANY, st.booleans())
def test_no_text_steers_the_terminal_or_a_workflow(words: str, colour: bool) -> None:
    said = ESCAPE.sub("", as_text(hostile(words), colour=colour, width=30))
    assert all(mark.isprintable() or mark == "\n" for mark in said)
    assert "##[" not in said
    assert not [line for line in said.split("\n") if line.lstrip().startswith("::")]
