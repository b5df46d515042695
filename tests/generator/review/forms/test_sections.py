"""What stands around the changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.diagnostics import Diagnostic, Location, Severity
from generator.review.change import Level, Waiver, Wire
from generator.review.forms import sections
from tests.generator.review.samples import BREAK, EVERYTHING, NOTHING, ONE_BREAK, WAIVER

if TYPE_CHECKING:
    from generator.review.change import Review

ERROR = Diagnostic(Location("spec/openapi.yaml", 1, 1), "invalid-example", Severity.ERROR, "wrong")


def titles(review: Review) -> list[str]:
    return [one.title for one in sections.sections(review)]


def test_what_is_not_there_has_no_section() -> None:
    assert titles(NOTHING) == [
        "Validation of the head: nothing found",
        "Drift of the generated package: none",
        "Generated diff: none",
    ]
    assert not any(one.rows for one in sections.sections(NOTHING))


def test_everything_has_its_section_and_what_is_wrong_comes_first() -> None:
    found = tuple(sections.sections(EVERYTHING))
    assert [one.title for one in found] == [
        "Waivers that are wrong: 1 error",
        "Validation of the head: 1 error, 1 warning",
        "To be looked at: 2",
        "Waivers used: 1",
        "Drift of the generated package: 2 files are not what the head gives; regenerate",
        "Generated diff: 2 files, +151 -48",
        "Not looked at: 1",
    ]
    assert [one.severity for one in found] == [
        *(Severity.ERROR, Severity.ERROR, Severity.WARNING, None, Severity.WARNING, None, None),
    ]
    assert all(one.rows for one in found)


def test_what_is_not_known_is_not_called_fine() -> None:
    unknown = titles(replace(NOTHING, drift=None, generated=None))
    assert "Drift of the generated package: not looked at" in unknown
    assert "Generated diff: not known, as one of the sides gives no package" in unknown
    assert "Drift of the generated package: 1 file is not what the head gives; regenerate" in titles(
        replace(NOTHING, drift=("a",))
    )


def test_a_finding_reads_as_validation_writes_it_and_errors_come_first() -> None:
    warning = replace(ERROR, severity=Severity.WARNING)
    (section,) = (one for one in sections.sections(replace(NOTHING, findings=(warning, ERROR))) if one.rows)
    assert [str(row) for row in section.rows] == [str(ERROR), str(warning)]


def test_waivers_are_told_once_with_the_number_of_their_breaks() -> None:
    waived = replace(BREAK, waiver=WAIVER)
    other = Waiver("x", "/x", "r", "2027-01-01", Location("spec/waivers.yaml", 1, 1))
    unused = replace(BREAK, wire=Wire.COMPATIBLE, python=Level.MINOR, waiver=replace(other, pointer="/y"))
    review = replace(ONE_BREAK, changes=(waived, BREAK, replace(waived, waiver=other), waived, unused))
    assert sections.waivers(review) == ((other, 1), (WAIVER, 2))
    (section,) = (one for one in sections.sections(review) if one.noun == "waiver")
    first, second = map(str, section.rows)
    assert first == "spec/waivers.yaml:1:1: 1 break by `x` at `/x`, waived until 2027-01-01: r"
    assert second == (
        "spec/waivers.yaml:2:5: 2 breaks by `property-removed` at `/components/schemas/Pet/properties/nickname`, "
        "waived until 2027-01-31: Nobody sends it; agreed in the meeting of May"
    )


def test_versions_are_a_sentence() -> None:
    assert sections.versions(NOTHING) == "Versions: nothing changed."
    assert sections.versions(ONE_BREAK).startswith("Versions: what breaks asks for 0.3.0 or later (")
    assert sections.versions(replace(NOTHING, versions=replace(NOTHING.versions, explanation=""))) == ""
