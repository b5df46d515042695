"""What rules mean, in words: for one, for some, for all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import generator.pipeline
from generator.diagnostics import REGISTRY
from generator.review import explain
from generator.review.catalogue import CHANGES
from generator.review.explain import UnknownRuleError, as_markdown, as_text

assert generator.pipeline  # importing it enters the rules of every stage


def test_no_id_means_two_things() -> None:
    assert not set(CHANGES) & set(REGISTRY)


def test_a_change() -> None:
    assert as_text(["property-became-required"]) == (
        "property-became-required\n"
        "  an optional property is required now\n"
        "  On the wire: breaking in a request, compatible in an answer.\n"
        "  A request without it, which was fine, is refused. In an answer it is a promise more.\n"
    )
    assert "  On the wire: breaking.\n" in as_text(["property-removed"])
    assert "  On the wire: docs only.\n" in as_text(["tag-moved"])
    assert "breaking; values that are tried on both sides decide.\n" in as_text(["pattern-changed"])


def test_a_rule_of_validation() -> None:
    assert as_text(["unused-component"]) == (
        "unused-component\n  a component should be referred to\n  A warning: it is said, and stops nothing.\n"
    )


def test_some_in_the_order_asked_for_each_once() -> None:
    told = as_text(["openapi", "tag-moved", "openapi"])
    assert re.findall(r"^\S.*$", told, re.MULTILINE) == ["openapi", "tag-moved"]


def test_all() -> None:
    assert re.findall(r"^\S.*$", as_text(), re.MULTILINE) == [*CHANGES, *sorted(REGISTRY)]
    assert all(len(line) <= 60 for line in as_text(width=60).splitlines())


@pytest.mark.parametrize("id_", [*CHANGES, *REGISTRY])
def test_each_says_a_line_or_more(id_: str) -> None:
    lines = as_text([id_]).splitlines()
    assert lines[0] == id_
    assert len(lines) >= 3
    assert all(line.startswith("  ") and line.strip() for line in lines[1:])
    assert as_markdown([id_]).startswith(f"### `{id_}`\n\n")


def test_the_document_has_every_rule_once() -> None:
    told = as_markdown()
    assert re.findall(r"^### `(.*)`$", told, re.MULTILINE) == list(CHANGES)
    assert re.findall(r"^\| `(.*?)` \| (?:error|warning) \| [^|]", told, re.MULTILINE) == sorted(REGISTRY)
    assert told.endswith("|\n")
    assert told == as_markdown()
    assert all(len(line) <= 120 for line in told.splitlines() if not line.startswith("|"))


def test_an_unknown_id_names_those_that_are_near() -> None:
    with pytest.raises(UnknownRuleError) as caught:
        as_text(["property-remove", "tag-moved", "zzzz", ""])
    first, second, third = str(caught.value).splitlines()
    assert first.startswith("there is no rule 'property-remove'; near are property-removed")
    assert second == "there is no rule 'zzzz'"
    assert third == "there is no rule ''"
    with pytest.raises(UnknownRuleError, match=r"'max-l'; near are .*max-length"):
        as_markdown(["max-l"])


def test_the_document_of_the_rules_is_what_they_say() -> None:
    file = Path(explain.__file__).with_name("RULES.md")
    told = "write it anew: python -m generator explain --format markdown > generator/review/RULES.md"
    assert file.read_text(encoding="utf-8") == as_markdown(), told
