"""Workflow commands: one a line, whatever the texts are; severities, places, order."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator import diagnostics
from generator.review.change import Change, Level, Review, Wire
from generator.review.forms import as_github
from tests.generator.review.samples import (
    BREAK,
    EVERYTHING,
    HOSTILE_TEXTS,
    NOTHING,
    ONE_BREAK,
    SAID,
    TEXTS,
    WAIVER,
    hostile,
)

COMMAND = re.compile(
    r"::(?P<severity>error|warning|notice) (?:file=(?P<file>[^:,]*),line=(?P<line>\d+),col=(?P<col>\d+),)?"
    r"title=(?P<title>[^:,]*)::(?P<message>.*)"
)
ANY = st.text(max_size=80) | st.lists(st.sampled_from(HOSTILE_TEXTS), max_size=4).map(" ".join)


def commands(review: Review) -> list[dict[str, str | None]]:
    found = [COMMAND.fullmatch(line) for line in as_github(review).split("\n")[:-1]]
    assert None not in found
    return [one.groupdict() for one in found if one]


def of(change: Change, review: Review = ONE_BREAK) -> list[dict[str, str | None]]:
    return [one for one in commands(replace(review, changes=(change,))) if one["title"] == change.rule]


@pytest.mark.parametrize(
    ("change", "review", "severity"),
    [
        (BREAK, ONE_BREAK, "error"),
        (replace(BREAK, wire=Wire.DOCS), ONE_BREAK, "error"),
        (replace(BREAK, python=Level.PATCH), ONE_BREAK, "error"),
        (replace(BREAK, waiver=WAIVER), ONE_BREAK, "warning"),
        (BREAK, SAID, "warning"),
        (replace(BREAK, wire=Wire.COMPATIBLE, python=Level.MINOR), ONE_BREAK, "notice"),
        (replace(BREAK, wire=Wire.COMPATIBLE, python=Level.PATCH), SAID, "notice"),
    ],
)
def test_a_change_is_as_bad_as_it_is(change: Change, review: Review, severity: str) -> None:
    (found,) = of(change, review)
    assert found["severity"] == severity


@pytest.mark.parametrize("change", [*TEXTS, replace(BREAK, wire=Wire.DOCS, python=Level.MINOR)])
def test_texts_are_not_annotated(change: Change) -> None:
    assert of(change) == []


def test_no_change_is_no_annotation() -> None:
    assert as_github(NOTHING) == ""


def test_the_verdict_is_annotated_where_the_review_does_not_pass() -> None:
    first = commands(ONE_BREAK)[0]
    assert (first["severity"], first["title"], first["file"]) == ("error", "spec review", None)
    assert str(first["message"]).startswith("Breaking: 1 change on the wire; needs version 0.3.0")
    assert [one["title"] for one in commands(SAID)] == [BREAK.rule]


def test_a_change_stands_at_its_line_in_the_head() -> None:
    (found,) = of(BREAK)
    assert (found["file"], found["line"], found["col"]) == ("spec/openapi.yaml", "43", "9")


def test_what_stands_in_the_base_alone_is_at_no_line() -> None:
    """A line number of the base would point at something else in the head."""
    (found,) = of(replace(BREAK, after=None))
    assert found["file"] is None
    assert str(found["message"]).startswith(f"{BREAK.message} (spec/openapi.yaml:41:9 in the base)%0A")


def test_the_message_holds_what_a_reviewer_asks() -> None:
    (found,) = of(replace(BREAK, waiver=WAIVER))
    assert str(found["message"]).split("%0A") == [
        "`name` is required now, and was optional",
        "on the wire: breaking in requests",
        "in Python: major; `models.Pet.name` is `str`, was `str | None`",
        "felt by: POST /pets · request body · name | PUT /pets/{id} · request body · name",
        '{"age": 3, "weight": 4.10} was accepted, is refused: "name" is a required property',
        "waived until 2027-01-31: Nobody sends it; agreed in the meeting of May",
    ]


def test_findings_and_problems_are_written_as_validation_writes_them() -> None:
    assert as_github(EVERYTHING).endswith(diagnostics.as_github((*EVERYTHING.problems, *EVERYTHING.findings)))


@given(ANY)
def test_a_text_never_ends_its_command(words: str) -> None:
    plain = [(one["severity"], one["title"], one["line"]) for one in commands(hostile("plain"))]
    assert [(one["severity"], one["title"], one["line"]) for one in commands(hostile(words))] == plain


@given(ANY)
def test_every_character_of_a_change_is_visible(words: str) -> None:
    assert all(str(one["message"]).isprintable() for one in commands(hostile(words)))
