"""The registry, the order, and the three written forms of findings."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from generator import diagnostics
from generator.diagnostics import Consequence, Diagnostic, DiagnosticError, Location, Severity

HERE = Location("spec/a,b.yaml", 3, 7)
ERROR = Diagnostic(HERE, "some-rule", Severity.ERROR, "50% of it:\nwrong")
WARNING = Diagnostic(Location("spec/a,b.yaml", 2, 9), "other-rule", Severity.WARNING, "odd")


def test_a_finding_is_one_line() -> None:
    assert str(WARNING) == "spec/a,b.yaml:2:9: warning[other-rule]: odd"
    assert diagnostics.as_text([WARNING]) == "spec/a,b.yaml:2:9: warning[other-rule]: odd\n"


def test_a_rule_reports_on_one_line() -> None:
    rule = diagnostics.Rule("r", Severity.ERROR, "s", Consequence.MENDED)
    found = rule.at(HERE, "two\nlines  and   blanks", "/paths")
    assert found.message == "two lines and blanks"
    assert (found.rule, found.severity, found.location) == ("r", Severity.ERROR, HERE)
    assert (found.consequence, found.pointer) == (Consequence.MENDED, "/paths")


def test_in_a_file_of_one_line_the_pointer_is_said_too() -> None:
    long = replace(ERROR, location=Location("a.json", 1, 4000), pointer="/info", message="m")
    assert str(long) == "a.json:1:4000 (/info): error[some-rule]: m"
    assert str(replace(long, location=Location("a.json", 1, 1))) == "a.json:1:1: error[some-rule]: m"
    assert str(replace(long, location=HERE)) == "spec/a,b.yaml:3:7: error[some-rule]: m"


def test_findings_are_sorted_by_place_and_said_once() -> None:
    assert diagnostics.arrange([ERROR, WARNING, ERROR]) == (WARNING, ERROR)


def test_what_stands_in_one_place_of_a_file_is_said_once() -> None:
    here, there = (replace(ERROR, pointer=pointer) for pointer in ("/a", "/b"))
    assert diagnostics.arrange([there, here]) == (here,)


def test_lines_sort_as_numbers() -> None:
    ninth, tenth = (Diagnostic(Location("a", line, 1), "r", Severity.ERROR, "m") for line in (9, 10))
    assert diagnostics.arrange([tenth, ninth]) == (ninth, tenth)


def test_errors_are_told_from_warnings() -> None:
    assert diagnostics.has_errors([WARNING, ERROR])
    assert not diagnostics.has_errors([WARNING])
    assert not diagnostics.has_errors([])


def test_github_form_escapes_what_would_end_a_property() -> None:
    written = diagnostics.as_github([ERROR])
    assert written == ("::error file=spec/a%2Cb.yaml,line=3,col=7,title=some-rule::50%25 of it:%0Awrong\n")


def test_characters_that_cannot_be_seen_are_spelled_out() -> None:
    hidden = replace(ERROR, message="a\u202eb\x1b[31m", rule="some\u200brule")
    assert "title=some\\u200brule::a\\u202eb\\u001b[31m\n" in diagnostics.as_github([hidden])
    assert "error[some\\u200brule]: a\\u202eb\\u001b[31m\n" in diagnostics.as_text([hidden])


def test_a_command_without_a_place() -> None:
    assert diagnostics.command("notice", "a: b", None, "one", "", "two\n::error::") == (
        "::notice title=a%3A b::one%0A%0Atwo ::error::\n"
    )


def test_json_form() -> None:
    (written,) = json.loads(diagnostics.as_json([WARNING]))
    assert written == {
        "file": "spec/a,b.yaml",
        "line": 2,
        "column": 9,
        "pointer": "",
        "rule": "other-rule",
        "severity": "warning",
        "consequence": "none",
        "message": "odd",
    }
    assert json.loads(diagnostics.as_json([])) == []


def test_an_id_is_declared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnostics, "REGISTRY", {})
    declared = diagnostics.rule("a-rule", Severity.ERROR, "one", Consequence.NONE)
    assert dict(diagnostics.REGISTRY) == {"a-rule": declared}
    with pytest.raises(ValueError, match="a-rule"):
        diagnostics.rule("a-rule", Severity.WARNING, "two", Consequence.NONE)


def test_an_error_carries_its_findings_in_order() -> None:
    error = DiagnosticError([ERROR, WARNING, WARNING])
    assert error.diagnostics == (WARNING, ERROR)
    assert str(error).splitlines()[0] == str(WARNING)
