"""Every kind of change has a case that trips it and one that comes close and does not.

`tests/cases/review/<rule-id>/` holds `base.yaml`, `trips.yaml`, `passes.yaml` and `expected.txt`: what changes from
base to trips, with the operations that feel it and the values that show it. What has an `openapi` member is a
description; what has none is a JSON Schema, which `PUT /things` takes and answers, so that each rule on schemas is seen
both ways.
`UPDATE_CASES=1 pytest tests/generator/review/test_cases.py` writes the expectations anew: read the diff.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.document.loader import load
from generator.document.parser import parse
from generator.document.tree import Document, Object
from generator.document.upgrader import upgrade
from generator.pipeline import begin_survey
from generator.review import comparison, verdict
from generator.review.catalogue import CHANGES
from generator.review.revision import Revision

if TYPE_CHECKING:
    from generator.document.grammar import Side
    from generator.review.change import Change, Place

CASES = Path(__file__).parents[2] / "cases" / "review"
IDS = sorted(case.name for case in CASES.iterdir())
UPDATE = os.environ.get("UPDATE_CASES") == "1"

ONE_WAY: dict[str, Side] = {
    "extension-tightened": "request",
    "extension-loosened": "request",
    "property-became-read-only": "request",
    "property-became-write-only": "response",
}
"""Rules on schemas that mean something on one side alone, by their nature."""

OF_NAMES = {"component-renamed", "names-changed"}
"""Rules on names in Python, which the package shows."""

AROUND = """
openapi: 3.1.1
info: {title: Things, version: "1"}
paths:
  /things:
    put:
      operationId: putThing
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Thing'}
      responses:
        '200':
          description: The thing.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Thing'}
components:
  schemas: {}
"""


def compared(base: Revision, head: Revision) -> tuple[Change, ...]:
    """All changes between two descriptions, in the order of the report."""
    told = verdict.review(base, head, comparison.compare(base, head), ((), ()), today=date(2026, 1, 1))
    return told.changes


@functools.cache
def read(case: str, name: str) -> Revision:
    """A file of a case, as a description; a package is made where names are what it is about."""
    file = f"{name}.yaml"
    with contextlib.chdir(CASES / case):
        value, found = parse(Path(file).read_text(encoding="utf-8"), file)
        assert not found, found
        if case in OF_NAMES:
            return begin_survey(Path(file), "things", name).revision()
        document = upgrade(load(Path(file))) if is_description(case) else around(value, file)
        return Revision(name, document, None, {}, ())


def around(schema: object, file: str) -> Document:
    """A small description in which a schema is sent and answered."""
    root, _ = parse(AROUND, "around.yaml")
    assert isinstance(root, Object)
    thing = schema if isinstance(schema, Object) else None
    assert thing is not None or isinstance(schema, bool), "a schema is an object, or true or false"
    components = Object({"schemas": Object({"Thing": thing if thing is not None else bool(schema)}, root.location)},
                        root.location)  # fmt: skip
    return Document(root.changed({"components": components}), (file,))


def is_description(case: str) -> bool:
    value, _ = parse((CASES / case / "base.yaml").read_text(encoding="utf-8"), "base.yaml")
    return isinstance(value, Object) and "openapi" in value


def changes(case: str, name: str) -> tuple[Change, ...]:
    return compared(read(case, "base"), read(case, name))


def shown(place: Place | None) -> tuple[str, str]:
    return (str(place.location), place.pointer or "/") if place is not None else ("-", "-")


def lines(change: Change) -> list[str]:
    """A change as it stands in `expected.txt`: what, where it was and is, who feels it, and the value that shows it."""
    (before, old), (after, new) = shown(change.before), shown(change.after)
    listed = [
        f"{change.wire} {change.python} {change.rule} {change.side or 'both'} {before} -> {after}: {change.message}",
        f"    {old} -> {new}",
        *(f"    {use}" for use in change.uses),
        *(f"    {symbol.level} {symbol.message}" for symbol in change.symbols),
    ]
    if (found := change.evidence) is not None:
        was, now = ("accepted" if one else "refused" for one in (found.accepted_before, found.accepted_after))
        listed.append(f"    {json.dumps(found.value, default=str)} was {was}, is {now} {found.reason}".rstrip())
    return listed


def test_every_kind_of_change_has_a_case() -> None:
    assert set(IDS) == set(CHANGES)


@pytest.mark.parametrize("case", IDS)
def test_the_case_is_whole(case: str) -> None:
    assert case in CHANGES
    names = {"base.yaml", "trips.yaml", "passes.yaml", "expected.txt"}
    assert {file.name for file in (CASES / case).iterdir()} == names


@pytest.mark.parametrize("case", IDS)
def test_trips(case: str) -> None:
    found = changes(case, "trips")
    text = "".join(f"{line}\n" for change in found for line in lines(change))
    expected = CASES / case / "expected.txt"
    if UPDATE:
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    sides = {change.side for change in found if change.rule == case}
    if is_description(case):
        assert sides
    elif case in ONE_WAY:
        assert sides == {ONE_WAY[case]}
    else:
        assert sides >= {"request", "response"}


@pytest.mark.parametrize("case", IDS)
def test_passes(case: str) -> None:
    texts = [(CASES / case / f"{name}.yaml").read_text(encoding="utf-8") for name in ("passes", "base")]
    assert texts[0] != texts[1], "the same description comes close to nothing"
    assert case not in {change.rule for change in changes(case, "passes")}


@pytest.mark.parametrize("case", IDS)
@pytest.mark.parametrize("name", ["base", "trips", "passes"])
def test_nothing_changes_from_a_description_to_itself(case: str, name: str) -> None:
    assert compared(read(case, name), read(case, name)) == ()
