"""What rules mean, in words: for one, for some, for all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import generator.pipeline
from generator.diagnostics import REGISTRY
from generator.review.catalogue import CHANGES
from generator.review.change import Wire
from generator.review.explain import UnknownRuleError, as_markdown, as_text

assert generator.pipeline  # importing it enters the rules of every stage

ROOT = Path(__file__).parents[3]
WRITE = ".venv/bin/python -m generator explain --format markdown > generator/review/RULES.md"


def test_no_id_means_two_things() -> None:
    assert not set(CHANGES) & set(REGISTRY)


def test_a_change() -> None:
    assert as_text(["property-became-required"]) == (
        "property-became-required\n"
        "  an optional property is required now\n"
        "  On the wire: breaking in a request, compatible in an answer.\n"
        "  A request without it, which was fine, is refused. An answer promises more than before.\n"
    )
    assert "  On the wire: breaking.\n" in as_text(["property-removed"])
    assert "  On the wire: docs only.\n" in as_text(["tag-moved"])
    assert "breaking; values that are tried on both sides decide.\n" in as_text(["pattern-changed"])


def test_a_rule_of_validation() -> None:
    assert as_text(["unused-component"]) == (
        "unused-component\n  a component should be referred to\n  A warning. It does nothing to the client.\n"
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


def test_the_document_begins_with_the_verdicts_of_every_change() -> None:
    told = as_markdown()
    rows = re.findall(r"^\| \[`(.*)`\]\(#(.*)\) \| ([^|]*) \| ([^|]*) \| [^|]* \|$", told, re.MULTILINE)
    assert [(shown, linked) for shown, linked, *_ in rows] == [(id_, id_) for id_ in CHANGES]
    verdicts = {id_: (request, response) for id_, _, request, response in rows}
    assert verdicts["property-became-required"] == ("breaking", "compatible")
    assert verdicts["tag-moved"] == ("docs only", "docs only")
    assert verdicts["pattern-changed"] == ("values decide", "values decide")


def test_the_document_in_the_repository_is_what_the_rules_say() -> None:
    # In a fresh process: other tests may have imported more than the document's own writer needs, or less.
    code = "import sys; from generator.review.explain import as_markdown; sys.stdout.write(as_markdown())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    kept = (ROOT / "generator" / "review" / "RULES.md").read_text(encoding="utf-8")
    assert kept.isascii()  # so no terminal writes it in another way
    assert WRITE in kept
    assert kept == done.stdout, f"RULES.md is not what the rules say; write it anew: {WRITE}"


def test_the_readme_lists_what_does_something_to_the_client() -> None:
    # In a fresh process, for the same reason; `UPDATE_CASES=1` writes the list anew.
    code = "import sys; from generator.review.explain import consequences; sys.stdout.write(consequences())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    readme = ROOT / "generator" / "README.md"
    head, begin, rest = readme.read_text(encoding="utf-8").partition("| consequence | rule |")
    listed, end, tail = f"{begin}{rest}".partition("\n\n")
    assert begin
    if os.environ.get("UPDATE_CASES") == "1":
        readme.write_text(f"{head}{done.stdout[:-1]}{end}{tail}", encoding="utf-8")
        listed = done.stdout[:-1]
    assert f"{listed}\n" == done.stdout, "the README's list is not what the rules say: UPDATE_CASES=1"


def test_an_unknown_id_names_those_that_are_near() -> None:
    with pytest.raises(UnknownRuleError) as caught:
        as_text(["property-remove", "tag-moved", "zzzz", ""])
    first, second, third = str(caught.value).splitlines()
    assert first.startswith("there is no rule 'property-remove'; near are property-removed")
    assert second == "there is no rule 'zzzz'"
    assert third == "there is no rule ''"
    with pytest.raises(UnknownRuleError, match=r"'max-l'; near are .*max-length"):
        as_markdown(["max-l"])


# -- the texts of the catalogue ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("id_", CHANGES)
def test_a_text_is_of_one_form(id_: str) -> None:
    change = CHANGES[id_]
    assert re.fullmatch(r"[a-z`][^\n]*[^.\s]", change.summary)
    assert re.fullmatch(r"[A-Z`][^\n]*\.", change.explanation)
    for text in (change.summary, change.explanation):
        assert "  " not in text
        assert text.count("`") % 2 == 0
    # A rule that it refers to is one that there is.
    other = {name for name in re.findall(r"`([a-z]+(?:-[a-z]+)+)`", change.explanation) if not name.startswith("x-")}
    assert other - {"date-time"} <= set(CHANGES)


_WORDS = {Wire.BREAKING: "break", Wire.COMPATIBLE: "compatible", Wire.DOCS: "docs only"}


def test_a_verdict_that_is_milder_or_worse_than_the_usual_one_is_explained() -> None:
    found: set[tuple[str, Wire]] = set()
    for case in (ROOT / "tests" / "cases" / "review").iterdir():
        for line in (case / "expected.txt").read_text(encoding="utf-8").splitlines():
            if said := re.match(r"(breaking|compatible|docs) \w+ ([a-z-]+) (request|response|both) ", line):
                change, wire = CHANGES[said[2]], Wire(said[1])
                usual = change.response if said[3] == "response" else change.request
                found |= {(change.id, wire)} - {(change.id, usual)}
    assert ("security-scheme-changed", Wire.COMPATIBLE) in found
    assert [(id_, wire) for id_, wire in sorted(found) if _WORDS[wire] not in CHANGES[id_].explanation] == []
