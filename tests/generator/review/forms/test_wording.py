"""The words that all forms share."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Diagnostic, Location, Severity
from generator.review.change import Change, Evidence, Level, Review, SymbolChange, SymbolKind, Use, Waiver, Wire
from generator.review.forms import wording
from generator.review.forms.wording import Span
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
    array_of,
    at,
    object_of,
    versions,
)

if TYPE_CHECKING:
    from generator.ir import Side

PYTHON_ONLY = replace(BREAK, wire=Wire.DOCS)
COMPATIBLE = replace(BREAK, wire=Wire.COMPATIBLE, python=Level.MINOR)
WAIVED = replace(BREAK, waiver=WAIVER)
ERROR = Diagnostic(Location("spec/openapi.yaml", 1, 1), "invalid-example", Severity.ERROR, "wrong")
WARNING = replace(ERROR, severity=Severity.WARNING)


NEEDS = "needs version 0.3.0, info.version says 0.2.0"


def broken(*changes: Change) -> Review:
    return replace(ONE_BREAK, changes=changes)


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
        (broken(WAIVED), "Breaking: 1 change on the wire (waived); needs version 0.3.0, info.version says 0.2.0"),
        (broken(COMPATIBLE), "Compatible: 1 change breaks nobody; needs version 0.3.0, info.version says 0.2.0"),
        (
            broken(*[COMPATIBLE] * 2, *TEXTS),
            "Compatible: 2 changes break nobody; needs version 0.3.0, info.version says 0.2.0",
        ),
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
    assert wording.verdict(review) == verdict


@pytest.mark.parametrize(
    ("review", "outcome"),
    [
        (NOTHING, "May land: nobody breaks"),
        (DOCS_ONLY, "May land: nobody breaks"),
        (ONE_BREAK, "May not land: take the break back, raise info.version to 0.3.0, or waive it"),
        (broken(*[BREAK] * 2), "May not land: take the 2 breaks back, raise info.version to 0.3.0, or waive them"),
        (broken(WAIVED), "May land: what breaks is waived"),
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
    assert wording.outcome(review) == outcome
    assert outcome.startswith("May land") is review.passes


def test_every_change_is_of_one_level() -> None:
    parts = [wording.of_level(EVERYTHING, level) for level in Level]
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
    assert (wording.wire(change), wording.python(change)) == (wire, python)


def test_the_place_is_in_the_head_or_said_to_be_in_the_base() -> None:
    assert wording.place(BREAK) == "spec/openapi.yaml:43:9"
    assert wording.place(replace(BREAK, after=None)) == "spec/openapi.yaml:41:9 in the base"
    assert wording.place(replace(BREAK, after=None, before=None)) == "no place"
    assert wording.pointer(replace(BREAK, after=at("/a", 1))) == "/a"
    assert wording.pointer(replace(BREAK, after=None, before=None)) == ""


def test_uses_are_grouped_by_operation() -> None:
    felt, more = wording.uses(MANY[0])
    assert more == 0
    assert list(map(str, felt)) == [
        "GET /orders/{id} · 200 response · status",
        "GET /orders · 200 response · items[*].status, items[*].replaces.status",
    ]
    both = replace(
        BREAK, uses=(Use("POST /a", "request body", "b"), Use("POST /a", "200 response", ""), Use("x", "", ""))
    )
    assert [str(one) for one in wording.uses(both)[0]] == ["POST /a · request body · b; 200 response", "x"]


def test_a_use_is_told_once() -> None:
    assert wording.uses(replace(BREAK, uses=BREAK.uses * 3)) == wording.uses(BREAK)


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
    felt, more = wording.uses(change, 3)
    assert ([one.operation for one in felt], more) == ([f"GET /{index}" for index in range(shown)], left)
    symbols, more = wording.symbols(change, 3)
    assert ([one.symbol for one in symbols], more) == ([str(index) for index in range(shown)], left)


def test_the_worst_symbols_come_first() -> None:
    patch, minor, major = (replace(BREAK.symbols[0], level=level) for level in reversed(Level))
    assert wording.symbols(replace(BREAK, symbols=(patch, minor, major)))[0] == (major, minor, patch)


@pytest.mark.parametrize(
    ("kind", "message", "said"),
    [
        (SymbolKind.CHANGED, "m.Pet.age: int, was str", ("+m.Pet.age", ": ", "+int", ", was ", "+str")),
        (SymbolKind.CHANGED, "m.Pet.age is required", ("+m.Pet.age", " is required")),
        (SymbolKind.REMOVED, "m.Pet.age removed", ("+m.Pet.age", " removed")),
        (SymbolKind.ADDED, "a name `x` is new", ("a name ", "+x", " is new")),
        (SymbolKind.REMOVED, "m.Pet.age", ("+m.Pet.age",)),
    ],
)
def test_a_symbol_is_code_and_what_became_of_it_is_prose(kind: SymbolKind, message: str, said: tuple[str, ...]) -> None:
    spans = wording.symbol(SymbolChange("m.Pet.age", kind, Level.MAJOR, "str", "int", message))
    assert tuple("+" * span.code + span.text for span in spans if span.text) == said


def test_a_symbol_without_a_name_is_said_in_prose() -> None:
    assert wording.symbol(SymbolChange("", SymbolKind.ADDED, Level.MINOR, "", "", "much is new"))[-1] == Span(
        "much is new"
    )


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("plain", (Span("plain"),)),
        ("`a` and `b c`", (Span("a", code=True), Span(" and "), Span("b c", code=True))),
        ("one ` alone", (Span("one ` alone"),)),
        ("``", (Span("``"),)),
        ("", ()),
    ],
)
def test_backticks_hold_code(text: str, spans: tuple[Span, ...]) -> None:
    assert wording.phrase(text) == spans


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
    assert wording.disagreement(change) == said
    assert wording.disagreement(replace(change, evidence=replace(evidence, reason=""))) == said.removesuffix(": why")
    assert wording.disagreement(replace(change, evidence=None)) == ""


def test_a_payload_keeps_every_digit_and_shows_what_is_hidden() -> None:
    value = object_of(
        price=Decimal("0.10000000000000000001"), big=10**30, text="a\u202eb\x1b\u00e4", list=array_of(1, None)
    )
    said = wording.payload(value, 200)
    assert said == (
        '{"price": 0.10000000000000000001, "big": 1000000000000000000000000000000, '
        '"text": "a\\u202eb\\u001b\u00e4", "list": [1, null]}'
    )
    assert wording.payload(value, 20) == said[:19] + "…"


def test_waivers_are_told_once_with_the_number_of_their_breaks() -> None:
    other = Waiver("x", "/x", "r", "2027-01-01", Location("spec/waivers.yaml", 1, 1))
    unused = replace(COMPATIBLE, waiver=Waiver("y", "/y", "r", "2027-01-01", Location("a", 1, 1)))
    review = broken(WAIVED, BREAK, replace(WAIVED, waiver=other), WAIVED, unused)
    assert wording.waivers(review) == ((other, 1), (WAIVER, 2))


def test_what_is_not_known_is_not_called_fine() -> None:
    unknown = replace(NOTHING, drift=None, generated=None)
    assert wording.drift(NOTHING) == "Drift of the generated package: none"
    assert wording.drift(unknown) == "Drift of the generated package: not looked at"
    assert wording.drift(replace(NOTHING, drift=("a",))) == (
        "Drift of the generated package: 1 file is not what the head gives; regenerate"
    )
    assert wording.generated(NOTHING) == "Generated diff: none"
    assert wording.generated(unknown) == "Generated diff: not known, as one of the sides gives no package"
    assert wording.generated(EVERYTHING) == "Generated diff: 2 files, +151 -48"


def test_versions_are_told_against_what_is_needed() -> None:
    assert wording.versions(NOTHING) == "Versions: nothing asks for another than 0.2.0"
    assert wording.versions(SAID) == (
        "Versions: 0.3.0 is needed after 0.2.0, info.version 0.3.0 is enough, the package's 0.3.0 is enough"
    )
    alone = replace(ONE_BREAK, versions=versions("one", "two", None, "", Level.MAJOR))
    assert (
        wording.versions(alone) == "Versions: which is needed cannot be said after one, info.version two is not enough"
    )


@given(st.text())
def test_what_is_printable_is_one_visible_line(text: str) -> None:
    said = wording.printable(text)
    assert said.isprintable()
    assert wording.printable(said) == said
    assert wording.printable("plain, with\n two  blanks \u00e4\u4e2d") == "plain, with two blanks \u00e4\u4e2d"


@given(st.text(max_size=50), st.integers(2, 30))
def test_a_shortened_text_is_its_beginning(text: str, most: int) -> None:
    said = wording.shortened(text, most)
    assert len(said) <= most
    assert text == said or text.startswith(said[:-1])
