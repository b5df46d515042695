"""Every rule of reading and validating has a case that trips it and one that does not.

`tests/cases/rules/<rule-id>/bad/` holds a description and `expected.txt`, the exact findings; `good/` holds one like it
with no finding at all.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator import diagnostics
from generator.diagnostics import DiagnosticError, Rule
from generator.document import files, loader, parser
from generator.validation import rules, validator

CASES = Path(__file__).parents[2] / "cases" / "rules"
IDS = sorted(case.name for case in CASES.iterdir())
TESTED_ELSEWHERE = {"too-large": "takes millions of values: test_loader.py lowers the limit"}


def declared() -> dict[str, Rule]:
    """The rules of files, loader, parser, validator and rules package; other stages have cases of their own."""
    constants = [value for module in (files, loader, parser, validator) for value in vars(module).values()]
    own = [value for value in constants if isinstance(value, Rule)]
    return {each.id: each for each in [*own, *(check.rule for check in rules.CHECKS)]}


def findings(directory: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(directory)
    try:
        found = validator.validate(loader.load(Path("openapi.yaml")))
    except DiagnosticError as error:
        found = error.diagnostics
    return diagnostics.as_text(found)


def test_every_rule_has_cases_and_every_case_a_rule() -> None:
    assert set(IDS) | set(TESTED_ELSEWHERE) == set(declared())
    assert not set(IDS) & set(TESTED_ELSEWHERE)
    assert all((CASES / case / kind / "openapi.yaml").is_file() for case in IDS for kind in ("bad", "good"))


@pytest.mark.parametrize("rule", declared().values(), ids=lambda rule: rule.id)
def test_a_rule_is_well_named(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule.id)
    assert diagnostics.REGISTRY[rule.id] is rule
    assert rule.summary
    assert "\n" not in rule.summary


@pytest.mark.parametrize("case", IDS)
def test_bad(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = findings(CASES / case / "bad", monkeypatch)
    assert found == (CASES / case / "bad" / "expected.txt").read_text(encoding="utf-8")
    assert f"{declared()[case].severity}[{case}]: " in found


@pytest.mark.parametrize("case", IDS)
def test_good(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert findings(CASES / case / "good", monkeypatch) == ""
