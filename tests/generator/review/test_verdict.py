"""The report made of changes: their order, what excuses them, and what stands around them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator import pipeline
from generator.api.model import Api
from generator.diagnostics import Consequence, Diagnostic, Location, Severity
from generator.document.tree import Document, Object
from generator.review import report, verdict
from generator.review.change import (
    Change,
    FileChange,
    Level,
    Place,
    Review,
    Use,
    Waiver,
    Wire,
)
from generator.review.revision import Revision

if TYPE_CHECKING:
    from generator.document.tree import Json

TODAY = date(2026, 7, 1)
NOWHERE = Location("spec/openapi.yaml", 1, 1)


def document(version: Json = "1.0.0") -> Document:
    info = Object({"title": "Pets", "version": version}, NOWHERE)
    root: dict[str, Json] = {"openapi": "3.1.1", "info": info, "paths": Object({}, NOWHERE)}
    return Document(Object(root, NOWHERE), ("a.yaml",))


def revision(label: str, version: str = "1.0.0", **files: str) -> Revision:
    return Revision(label, document(version), None, files, ())


BASE, HEAD = revision("main (1a2b3c4)"), revision("spec/openapi.yaml")


def error(line: int, severity: Severity = Severity.ERROR) -> Diagnostic:
    return Diagnostic(Location("spec/openapi.yaml", line, 1), "some-rule", severity, "wrong")


def fatal(line: int) -> Diagnostic:
    return replace(error(line), consequence=Consequence.FATAL)


def place(line: int, pointer: str = "/a", file: str = "spec/openapi.yaml") -> Place:
    return Place(pointer, Location(file, line, 3))


def change(rule: str = "property-removed", wire: Wire = Wire.BREAKING, line: int = 1, **more: object) -> Change:
    return replace(Change(rule, "It changed", wire, after=place(line)), **more)


def waiver(pointer: str = "/a", expires: str = "2026-12-31") -> Waiver:
    return Waiver("property-removed", pointer, "Agreed.", expires, Location("spec/waivers.yaml", 2, 5))


def review(
    *changes: Change, base: Revision = BASE, head: Revision = HEAD, waivers: tuple[Waiver, ...] = (), **more: object
) -> Review:
    return verdict.review(base, head, changes, (waivers, ()), today=TODAY, **more)  # type: ignore[arg-type] # the same


# -- order ------------------------------------------------------------------------------------------------------------

ORDER = (
    change(line=9, python=Level.MAJOR),
    change(line=5),
    change(line=10, before=place(1)),
    replace(change(line=10), after=place(10, "/b")),
    replace(change(line=2), after=None, before=place(11)),
    replace(change(line=2), after=place(1, file="spec/z.yaml")),
    change("component-renamed", Wire.COMPATIBLE, 3, python=Level.MAJOR),
    change("component-renamed", Wire.DOCS, 1, python=Level.MAJOR),
    change("pattern-added", Wire.COMPATIBLE, 2, python=Level.MINOR),
    change("pattern-added", Wire.COMPATIBLE, 1),
    change("property-added", Wire.COMPATIBLE, 1),
    change("property-added", Wire.COMPATIBLE, 1, side="request"),
    change("property-added", Wire.COMPATIBLE, 1, side="response"),
    change("property-added", Wire.COMPATIBLE, 1, side="response", uses=(Use("GET /a", "", ""),)),
    change("property-added", Wire.COMPATIBLE, 1, side="response", message="Later"),
    change("description-changed", Wire.DOCS),
)


def test_changes_stand_in_the_order_in_which_they_are_read() -> None:
    assert review(*ORDER).changes == ORDER
    assert review(*reversed(ORDER)).changes == ORDER


@given(st.permutations(ORDER))
def test_the_order_does_not_depend_on_that_of_the_comparison(changes: list[Change]) -> None:
    assert review(*changes) == review(*ORDER)


def described(*paths: str) -> Revision:
    """A description with these paths, each with a POST and a GET."""
    item = Object({method: Object({}, NOWHERE) for method in ("post", "get")}, NOWHERE)
    root = document().root.changed({"paths": Object(dict.fromkeys(paths, item), NOWHERE)})
    return Revision("x", Document(root, ("a.yaml",)), None, {}, ())


FELT = (
    Use("GET /b", "200 response", "pets[*].a"),
    Use("POST /b", "request body", "a"),
    Use("POST /b", "request body", "b"),
    Use("POST /b", "request body", "pets[*]"),
    Use("POST /b", "request body", "pet.young[*].a"),
    Use("POST /b", "200 response", ""),
    Use("GET /a", "", ""),
    Use("POST /gone", "request body", "a"),
    Use("GET /elsewhere", "", ""),
)


def test_uses_stand_by_operation_in_the_order_of_the_descriptions_and_short_ways_first() -> None:
    changed = change(uses=(FELT[5], *reversed(FELT)))
    told = review(changed, base=described("/gone", "/b"), head=described("/b", "/a"))
    assert [str(use) for use in told.changes[0].uses] == [
        "GET /b · 200 response · pets[*].a",
        "POST /b · 200 response",
        "POST /b · 200 response",
        "POST /b · request body · b",
        "POST /b · request body · a",
        "POST /b · request body · pets[*]",
        "POST /b · request body · pet.young[*].a",
        "GET /a",
        "POST /gone · request body · a",
        "GET /elsewhere",
    ]


def test_what_has_no_place_comes_first_among_its_like() -> None:
    nowhere = replace(change(), after=None)
    assert review(change(), nowhere).changes == (nowhere, change())


# -- waivers ----------------------------------------------------------------------------------------------------------


def test_a_waived_break_comes_after_the_others_and_does_not_fail() -> None:
    waived = replace(change(line=1), after=place(1, "/b"))
    told = review(waived, change(line=9), waivers=(waiver("/b"),))
    assert [one.waiver for one in told.changes] == [None, waiver("/b")]
    assert not told.passes
    assert not told.problems
    assert review(waived, waivers=(waiver("/b"),)).unwaived == ()


def test_an_expired_waiver_is_an_error_and_excuses_nothing() -> None:
    told = review(change(), waivers=(waiver(expires="2026-06-30"),), head=revision("h", "2.0.0"))
    assert [one.rule for one in told.problems] == ["waiver-expired"]
    assert told.unwaived
    assert not told.passes
    assert review(change(), waivers=(waiver(expires="2026-07-01"),)).unwaived == ()


def test_an_unused_waiver_and_a_faulty_file_are_errors_in_order() -> None:
    late, early = error(9), Diagnostic(Location("spec/waivers.yaml", 1, 1), "waiver-invalid", Severity.ERROR, "wrong")
    told = verdict.review(BASE, HEAD, (), ((waiver(),), (early, late)), today=TODAY)
    assert [(one.location.line, one.rule) for one in told.problems] == [
        (9, "some-rule"),
        (1, "waiver-invalid"),
        (2, "waiver-unused"),
    ]
    assert not told.passes


# -- versions ---------------------------------------------------------------------------------------------------------


def test_a_break_that_the_version_says_may_land() -> None:
    assert review(change()).versions.needed == "2.0.0"
    assert not review(change()).passes
    told = review(change(), head=revision("h", "2.0.0"), package_version="1.0.0")
    assert told.passes
    assert (told.versions.base, told.versions.head, told.versions.package) == ("1.0.0", "2.0.0", "1.0.0")


@pytest.mark.parametrize(("value", "text"), [("1", "1"), (2, "2"), (None, ""), (Object({}, NOWHERE), "")])
def test_any_version_is_read(value: Json, text: str) -> None:
    told = review(base=replace(BASE, document=document(value)))
    assert told.versions.base == text


def test_a_description_without_info_has_no_version() -> None:
    members: dict[str, Json] = {"openapi": "3.1.1", "info": 3}
    bare = Document(Object(members, NOWHERE), ("a.yaml",))
    assert review(head=replace(HEAD, document=bare)).versions.head == ""


# -- findings, files, notes -------------------------------------------------------------------------------------------


def test_findings_are_those_of_the_head() -> None:
    warning = error(1, Severity.WARNING)
    told = review(base=replace(BASE, findings=(error(2),)), head=replace(HEAD, findings=(warning,)))
    assert told.findings == (warning,)
    assert told.passes
    assert not review(head=replace(HEAD, findings=(warning, error(2)))).passes


def test_what_could_not_be_looked_at_is_noted() -> None:
    assert review(base=replace(BASE, findings=(error(1),))).notes == ()
    told = review(
        base=replace(BASE, findings=(error(1), fatal(2), fatal(3))),
        head=replace(HEAD, findings=(error(3), fatal(4))),
    )
    first, second = told.notes
    assert first.startswith("What changes in Python is not known: the base has 2 errors: spec/openapi.yaml:2:1: error[")
    assert first.endswith("]: wrong and so on")
    assert second == ("What changes in Python is not known: the head has 1 error")


def test_drift_is_told_where_there_is_a_package_on_both_sides() -> None:
    made = revision("h", **{"models.py": "a\n"})
    assert review(head=made, drift=["b", "a"]).drift == ("a", "b")
    assert review(head=made, drift=[]).drift == ()
    assert review(head=made).drift is None
    assert review(drift=["a"]).drift is None
    assert review(head=made, drift=["a"]).passes


def generated(before: dict[str, str], after: dict[str, str]) -> tuple[FileChange, ...] | None:
    return review(base=revision("b", **before), head=revision("h", **after)).generated


def test_the_size_of_the_generated_diff() -> None:
    before = {"a": "1\n2\n3\n", "b": "1\n", "c": "1\n2\n", "same": "x\n"}
    after = {"a": "0\n1\n3\n4\n", "c": "1\n2", "new": "1\n2\n3\n", "same": "x\n"}
    assert generated(before, after) == (
        FileChange("a", 2, 1),
        FileChange("b", 0, 1),
        FileChange("c", 1, 1),
        FileChange("new", 3, 0),
    )
    assert generated(before, before) == ()
    assert generated({}, after) is None
    assert generated(before, {}) is None


def test_an_empty_file_that_comes_or_goes_is_told() -> None:
    assert generated({"a": "x", "old": ""}, {"a": "x", "new": ""}) == (
        FileChange("new", 0, 0),
        FileChange("old", 0, 0),
    )


LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n"])).map("".join)


@given(LINES, LINES)
def test_lines_added_and_removed_add_up(before: str, after: str) -> None:
    for one in generated({"f": before, "g": ""}, {"f": after, "g": ""}) or ():
        assert one.added - one.removed == after.count("\n") - before.count("\n")
        assert 0 <= one.added <= after.count("\n")
        assert (one.added, one.removed) != (0, 0)


def test_a_few_lines_in_a_large_file_are_few() -> None:
    lines = [f'  "name{number}": {{\n' if number % 3 else "  },\n" for number in range(30_000)]
    edited = [*lines[:100], "new\n", *lines[100:29_000], "new\n", *lines[29_001:]]
    assert generated({"f": "".join(lines)}, {"f": "".join(edited)}) == (FileChange("f", 2, 1),)


# -- through the pipeline ---------------------------------------------------------------------------------------------

PETS = """\
openapi: 3.0.3
info: {title: Pets, version: "1.0.0"}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses: {"200": {description: All., content: {application/json: {schema: {$ref: "pet.yaml"}}}}}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "api.yaml").write_text(PETS, encoding="utf-8")
    (tmp_path / "pet.yaml").write_text("{type: string, nullable: true}\n", encoding="utf-8")
    return tmp_path


def test_a_survey_holds_what_generate_gives(here: Path) -> None:
    told = pipeline.begin_survey(Path("api.yaml"), "pets", "mine").revision()
    output = pipeline.generate(Path("api.yaml"), "pets")
    assert told.label == "mine"
    assert isinstance(told.api, Api)
    assert told.files == output.files
    assert told.findings == output.diagnostics == ()
    assert told.document.root["openapi"] == "3.1.1"
    assert told.document.node["components"]["schemas"]["pet"].value == {"type": ["string", "null"]}
    assert told.document.files == ("api.yaml", "pet.yaml")


def test_a_survey_of_a_copy(here: Path) -> None:
    original = pipeline.begin_survey(Path("api.yaml"), "pets", "mine").revision()
    (here / "copy").mkdir()
    for name in ("api.yaml", "pet.yaml"):
        (here / name).rename(here / "copy" / name)
    assert pipeline.begin_survey(Path("api.yaml"), "pets", "mine", Path("copy")).revision() == original


def test_a_survey_of_a_faulty_description_has_its_document(here: Path) -> None:
    (here / "api.yaml").write_text("openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {}\n", encoding="utf-8")
    told = pipeline.begin_survey(Path("api.yaml"), "pets", "mine").revision()
    assert told.api is None
    assert told.files == {}
    assert [one.severity for one in told.findings] == ["error"]
    assert told.document.root["openapi"] == "3.1.1"
    assert pipeline.inspect(Path("api.yaml")) == (None, "", told.findings)
    assert pipeline.generate(Path("api.yaml"), "pets") == pipeline.Output({}, told.findings)


def test_the_report_compares_and_judges(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = pipeline.begin_survey(Path("api.yaml"), "pets", "head").revision()
    base = replace(head, label="base")
    (here / "waivers.yaml").write_text(
        "waivers: [{rule: property-removed, pointer: /a, reason: Agreed., expires: 2026-07-01}]\n", encoding="utf-8"
    )
    asked = []

    def compare(before: Revision, after: Revision) -> tuple[Change, ...]:
        asked.append((before.label, after.label))
        return (change(),)

    monkeypatch.setattr("generator.review.comparison.compare", compare)
    told = report.compare(base, head, waived=Path("waivers.yaml"), today=TODAY, package_version="3", drift=["x"])
    assert asked == [("base", "head")]
    known = report.compare(base, head, changes=(), waived=Path("none.yaml"), today=TODAY)
    assert (known.changes, len(asked)) == ((), 1)
    assert [one.waiver and one.waiver.reason for one in told.changes] == ["Agreed."]
    assert (told.drift, told.generated, told.versions.package) == (("x",), (), "3")
    assert not report.compare(base, head, waived=Path("none.yaml"), today=TODAY).passes
