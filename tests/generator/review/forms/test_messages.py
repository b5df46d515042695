"""The words that all forms share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from generator.diagnostics import Diagnostic, Location, Severity
from generator.review.change import Change, Evidence, Level, Review, SymbolChange, SymbolKind, Use, Wire
from generator.review.forms import headline, messages
from generator.review.forms.messages import Span
from tests.generator.review.samples import (
    BREAK,
    DOCS_ONLY,
    EVERYTHING,
    MANY,
    NOTHING,
    ONE_BREAK,
    SAID,
    TEXTS,
    WAIVER,
    at,
    versions,
)

if TYPE_CHECKING:
    from generator.document.grammar import Side

PYTHON_ONLY = replace(BREAK, wire=Wire.DOCS)
COMPATIBLE = replace(BREAK, wire=Wire.COMPATIBLE, python=Level.MINOR)
WAIVED = replace(BREAK, waiver=WAIVER)
ERROR = Diagnostic(Location("spec/openapi.yaml", 1, 1), "invalid-example", Severity.ERROR, "wrong")
WARNING = replace(ERROR, severity=Severity.WARNING)


LATER = "info.version may stay as it is until the release, which needs"
NEEDS = "needs version 0.3.0, info.version says 0.2.0"


def broken(*changes: Change) -> Review:
    if any(one.is_breaking and not one.waiver for one in changes):
        return replace(ONE_BREAK, changes=changes)
    return replace(ONE_BREAK, changes=changes, versions=versions(needed="0.2.1", level=Level.MINOR))


@pytest.mark.parametrize(
    ("review", "verdict"),
    [
        (NOTHING, "No change in meaning"),
        (DOCS_ONLY, "Docs only: 2 changes; info.version 0.2.1 is enough"),
        (ONE_BREAK, "Breaking: 1 change on the wire; needs version 0.3.0, info.version says 0.2.0"),
        (SAID, "Breaking: 1 change on the wire; info.version 0.3.0 is enough"),
        (
            EVERYTHING,
            f"Breaking: 4 changes on the wire and 1 in Python only (1 waived); {NEEDS}",
        ),
        (
            broken(PYTHON_ONLY),
            "Breaking: 1 change in Python only; needs version 0.3.0, info.version says 0.2.0",
        ),
        (
            broken(*[PYTHON_ONLY] * 2),
            "Breaking: 2 changes in Python only; needs version 0.3.0, info.version says 0.2.0",
        ),
        (broken(COMPATIBLE), "Compatible: 1 change breaks nobody; asks for version 0.2.1, info.version says 0.2.0"),
        (
            broken(*[COMPATIBLE] * 2, *TEXTS),
            "Compatible: 2 changes break nobody; asks for version 0.2.1, info.version says 0.2.0",
        ),
        (broken(WAIVED), "Breaking: 1 change on the wire (waived); asks for version 0.2.1, info.version says 0.2.0"),
        (
            replace(ONE_BREAK, versions=versions("one", "two", needed="", level=Level.MAJOR)),
            "Breaking: 1 change on the wire; needs a later version, info.version says two",
        ),
        (
            replace(SAID, versions=versions(head="1" * 90, level=Level.MAJOR, head_says_it=True)),
            f"Breaking: 1 change on the wire; info.version {'1' * 39}… is enough",
        ),
    ],
)
def test_the_verdict_is_one_line(review: Review, verdict: str) -> None:
    assert headline.verdict(review) == verdict


@pytest.mark.parametrize(
    ("review", "outcome"),
    [
        (NOTHING, "May land: nobody breaks"),
        (DOCS_ONLY, "May land: nobody breaks"),
        (ONE_BREAK, "May not land: take the break back, raise info.version to 0.3.0, or waive it"),
        (broken(*[BREAK] * 2), "May not land: take the 2 breaks back, raise info.version to 0.3.0, or waive them"),
        (broken(WAIVED), f"May land: what breaks is waived; {LATER} 0.2.1"),
        (broken(COMPATIBLE), f"May land: nobody breaks; {LATER} 0.2.1"),
        (
            replace(broken(COMPATIBLE), versions=versions("one", needed="", level=Level.MINOR)),
            f"May land: nobody breaks; {LATER} a later one",
        ),
        (broken(WAIVED, BREAK), "May not land: take the break back, raise info.version to 0.3.0, or waive it"),
        (SAID, "May land: info.version 0.3.0 says that it breaks"),
        (replace(NOTHING, findings=(WARNING,)), "May land: nobody breaks"),
        (replace(NOTHING, findings=(ERROR, WARNING)), "May not land: mend 1 error in the description"),
        (replace(SAID, problems=(ERROR, ERROR)), "May not land: mend 2 errors in the waivers"),
        (
            replace(ONE_BREAK, problems=(ERROR,), versions=versions(needed="", level=Level.MAJOR)),
            "May not land: take the break back, raise info.version, or waive it; mend 1 error in the waivers",
        ),
    ],
)
def test_the_outcome_says_what_to_do(review: Review, outcome: str) -> None:
    assert headline.outcome(review) == outcome
    assert outcome.startswith("May land") is review.passes


def test_every_change_is_of_one_level() -> None:
    parts = [messages.of_level(EVERYTHING, level) for level in Level]
    assert sorted(map(repr, MANY)) == sorted(repr(one) for part in parts for one in part)
    assert all(one.is_breaking for one in parts[0])
    assert not any(one.is_breaking for part in parts[1:] for one in part)


@pytest.mark.parametrize(
    ("change", "wire", "python"),
    [
        (BREAK, "breaking in requests", "major"),
        (replace(BREAK, side="response"), "breaking in answers", "major"),
        (replace(BREAK, side=None), "breaking", "major"),
        (COMPATIBLE, "compatible in requests", "minor"),
        (PYTHON_ONLY, "no change", "major"),
        (TEXTS[0], "no change", "no change"),
        (replace(TEXTS[0], symbols=BREAK.symbols), "no change", "patch"),
    ],
)
def test_both_verdicts_of_a_change(change: Change, wire: str, python: str) -> None:
    assert (messages.wire(change), messages.python(change, ONE_BREAK)) == (wire, python)


def test_what_nobody_looked_at_in_python_is_not_called_unchanged() -> None:
    unknown = replace(ONE_BREAK, generated=None)
    assert messages.python(TEXTS[0], unknown) == "not known"
    assert messages.python(BREAK, unknown) == "major"


def test_the_place_is_in_the_head_or_said_to_be_in_the_base() -> None:
    assert messages.place(BREAK) == "spec/openapi.yaml:43:9"
    assert messages.place(replace(BREAK, after=None)) == "spec/openapi.yaml:41:9 in the base"
    assert messages.place(replace(BREAK, after=None, before=None)) == "no place"
    assert messages.pointer(replace(BREAK, after=at("/a", 1))) == "/a"
    assert messages.pointer(replace(BREAK, after=None, before=None)) == ""


def test_uses_are_grouped_by_operation() -> None:
    felt, more = messages.uses(MANY[0])
    assert more == 0
    assert list(map(str, felt)) == [
        "GET /orders/{id} · 200 response · status",
        "GET /orders · 200 response · items[*].status, items[*].replaces.status",
    ]
    both = replace(
        BREAK, uses=(Use("POST /a", "request body", "b"), Use("POST /a", "200 response", ""), Use("x", "", ""))
    )
    assert [str(one) for one in messages.uses(both)[0]] == ["POST /a · request body · b; 200 response", "x"]


def test_a_use_is_told_once() -> None:
    assert messages.uses(replace(BREAK, uses=BREAK.uses * 3)) == messages.uses(BREAK)


@pytest.mark.parametrize(
    ("number", "shown", "left"), [(0, 0, 0), (1, 1, 0), (3, 3, 0), (4, 4, 0), (5, 3, 2), (10, 3, 7)]
)
def test_the_first_few_and_how_many_more(number: int, shown: int, left: int) -> None:
    """One more than the few is shown: to leave it out would take as much room."""
    change = replace(
        BREAK,
        uses=tuple(Use(f"GET /{index}", "", "") for index in range(number)),
        symbols=tuple(replace(BREAK.symbols[0], symbol=str(index)) for index in range(number)),
    )
    felt, more = messages.uses(change, 3)
    assert ([one.operation for one in felt], more) == ([f"GET /{index}" for index in range(shown)], left)
    symbols, more = messages.symbols(change, 3)
    assert ([one.symbol for one in symbols], more) == ([str(index) for index in range(shown)], left)


def test_the_worst_symbols_come_first() -> None:
    patch, minor, major = (replace(BREAK.symbols[0], level=level) for level in reversed(Level))
    assert messages.symbols(replace(BREAK, symbols=(patch, minor, major)))[0] == (major, minor, patch)


def test_a_new_name_is_told_once() -> None:
    gone = SymbolChange("m.A", SymbolKind.REMOVED, Level.MAJOR, "m.A", "m.B", "`m.A` renamed to `m.B`")
    come = SymbolChange("m.B", SymbolKind.ADDED, Level.MINOR, "m.A", "m.B", "`m.B` added, the new name of `m.A`")
    other = SymbolChange("m.C", SymbolKind.ADDED, Level.MINOR, "", "int", "`m.C` added")
    assert messages.symbols(replace(BREAK, symbols=(come, gone, other))) == ((gone, other), 0)
    assert messages.symbols(replace(BREAK, symbols=(come, other))) == ((come, other), 0)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("plain", (Span("plain"),)),
        ("`a` and `b c`", (Span("a", code=True), Span(" and "), Span("b c", code=True))),
        ("one ` alone", (Span("one ` alone"),)),
        ("``", (Span("``"),)),
        ("a ` on this\nand ` on that line", (Span("a ` on this\nand ` on that line"),)),
        ("", ()),
    ],
)
def test_backticks_hold_code(text: str, spans: tuple[Span, ...]) -> None:
    assert messages.spans(text) == spans


@pytest.mark.parametrize(
    ("before", "after", "side", "said"),
    [
        (True, False, "request", "was accepted, is refused: why"),
        (False, True, "request", "was refused, is accepted: why"),
        (True, False, "response", "could come, may not come now: why"),
        (False, True, "response", "could not come, may come now: why"),
        (True, False, None, "was accepted, is refused: why"),
    ],
)
def test_the_evidence_is_told_by_direction(before: bool, after: bool, side: Side | None, said: str) -> None:
    evidence = Evidence(1, before, after, " why ")
    change = replace(BREAK, evidence=evidence, side=side)
    assert messages.disagreement(change) == said
    assert messages.disagreement(replace(change, evidence=replace(evidence, reason=""))) == said.removesuffix(": why")
    assert messages.disagreement(replace(change, evidence=None)) == ""


def test_a_long_text_in_the_reason_is_cut_short() -> None:
    evidence = Evidence("a" * 99, accepted_before=True, accepted_after=False, reason=f'"{"a" * 99}" is no "{"b" * 40}"')
    said = messages.disagreement(replace(BREAK, evidence=evidence))
    assert said == f'was accepted, is refused: "aaaaaaaaaaaa…" is no "{"b" * 40}"'


def test_a_review_in_a_line() -> None:
    assert headline.summary(ONE_BREAK) == (
        "spec/openapi.yaml against origin/main (1f2e3d4): Breaking: 1 change on the wire; needs version 0.3.0, "
        "info.version says 0.2.0. May not land: take the break back, raise info.version to 0.3.0, or waive it"
    )
    assert headline.summary(replace(NOTHING, head="a\nb\u202e")) == (
        "a b\\u202e against origin/main (1f2e3d4): No change in meaning. May land: nobody breaks"
    )
