"""What a change leaves to be looked at: texts with an old bound, and no others; a file of facts."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from generator.document import load
from generator.review import comparison
from generator.review import hints as hinted
from generator.review.revision import Revision
from tests.generator.sources import described

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.review.change import Hint

S = {"type": "string"}
A = {"type": "array", "items": S}
O = {"type": "object"}  # noqa: E741 - as in the schemas
N = {"type": "number"}


def between(base: dict[str, Any], head: dict[str, Any], folder: Path, facts: str | None = None) -> tuple[Hint, ...]:
    """Of two states of components; `operation` has further members of the operation that takes a `Pet`."""
    revisions = []
    for name, schemas in (("base", dict(base)), ("head", dict(head))):
        around = schemas.pop("operation", {})
        body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}
        operation = {"operationId": "put", "requestBody": body, "responses": {"204": {"description": "It."}}, **around}
        file = folder / f"{name}.json"
        text = json.dumps(described({"/pets": {"put": operation}}, schemas=schemas), indent=1)
        file.write_text(text, encoding="utf-8")
        revisions.append(Revision(name, load(file), None, {}, ()))
    before, after = revisions
    return hinted.hints(comparison.compare(before, after), before.document, after.document, facts)


def hints(
    field: dict[str, Any],
    new: dict[str, Any],
    folder: Path,
    facts: str | None = None,
    around: Mapping[str, Any] = MappingProxyType({}),
) -> tuple[Hint, ...]:
    """Of an edit of a field of a pet; `pet` has further members of its schema, `operation` of what takes it."""
    base, head = (
        {
            "Pet": {"type": "object", "properties": {"tagNames": {**field, **more}}, **around.get("pet", {})},
            "operation": around.get("operation", {}),
        }
        for more in ({}, new)
    )
    return between(base, head, folder, facts)


OLD = [
    (
        {**S, "maxLength": 32},
        {"maxLength": 20},
        "A name of at most 32 characters.",
        "at most 32 characters",
        "32",
        "20",
    ),
    ({**S, "maxLength": 32}, {"maxLength": 64}, "Up to 32.", "Up to 32", "32", "64"),
    ({**S, "maxLength": 32}, {"maxLength": 64}, "A 32-character name.", "32 character name", "32", "64"),
    ({**S, "maxLength": 32}, {"maxLength": 64}, "1 to 32 characters.", "32 characters", "32", "64"),
    ({**S, "minLength": 8}, {"minLength": 9}, "No fewer than 8 letters.", "No fewer than 8 letters", "8", "9"),
    ({**A, "maxItems": 1000}, {"maxItems": 500}, "Holds up to 1,000 items.", "up to 1,000 items", "1,000", "500"),
    ({**A, "maxItems": 2}, {"maxItems": 3}, "At most two tags.", "At most two tags", "2", "3"),
    ({**A, "minItems": 1}, {"minItems": 2}, "One or more tags.", "One", "1", "2"),
    ({**N, "maximum": 100}, {"maximum": 90}, "Percent, at most 100.", "at most 100", "100", "90"),
    ({**N, "maximum": 30}, {"maximum": 40}, "Within 30 days.", "Within 30 days", "30", "40"),
    ({**N, "minimum": 0.5}, {"minimum": 1}, "At least 0.5.", "At least 0.5", "0.5", "1"),
    ({**N, "exclusiveMinimum": 0}, {"exclusiveMinimum": 5}, "More than 0.", "More than 0", "0", "5"),
    ({**N, "exclusiveMaximum": 10}, {"exclusiveMaximum": 12}, "Less than 10.", "Less than 10", "10", "12"),
    ({**O, "maxProperties": 5}, {"maxProperties": 4}, "Up to 5 keys.", "Up to 5 keys", "5", "4"),
    ({**O, "minProperties": 1}, {"minProperties": 2}, "At least one.", "At least one", "1", "2"),
]


@pytest.mark.parametrize(("field", "new", "text", "said", "was", "now"), OLD, ids=[one[2] for one in OLD])
def test_a_text_that_gives_the_old_bound_is_pointed_at(
    field: Any, new: Any, text: str, said: str, was: str, now: str, tmp_path: Path
) -> None:
    (found,) = hints({**field, "description": text}, new, tmp_path)
    assert found.message == f'the text still says "{said}": the bound was {was}, it is {now}'
    assert found.location is not None
    line = (tmp_path / "head.json").read_text(encoding="utf-8").splitlines()[found.location.line - 1]
    assert json.dumps(text) in line


@pytest.mark.parametrize(
    ("text", "field", "new"),
    [
        ("An id of 36 digits, tried at most 32 times.", {**S, "maxLength": 32}, {"maxLength": 20}),
        ("Sorted by the first 32 of them.", {**S, "maxLength": 32}, {"maxLength": 20}),
        ("Since version 32.", {**S, "maxLength": 32}, {"maxLength": 20}),
        ("At least 32 characters.", {**S, "maxLength": 32}, {"maxLength": 20}),
        ("Up to 32 items.", {**S, "maxLength": 32}, {"maxLength": 20}),
        ("At most 20 characters, was 32 characters at most.", {**S, "maxLength": 32}, {"maxLength": 20}),
        ("At most 20 characters.", {**S, "maxLength": 32}, {"maxLength": 20}),
        ("Each has at most 10 characters.", {**A, "maxItems": 10}, {"maxItems": 5}),
        ("Read at most 10 times.", {**A, "maxItems": 10}, {"maxItems": 5}),
        ("At most 10 a minute.", {**A, "maxItems": 10}, {"maxItems": 5}),
        ("Together they hold at most 10 tags.", {**A, "maxItems": 10}, {"maxItems": 5}),
        ("In 2024 there were 100 of them.", {**N, "maximum": 100}, {"maximum": 90}),
        ("With at most 100 digits.", {**N, "maximum": 100}, {"maximum": 90}),
        ("Of at most 32 characters.", {**S, "maxLength": 32}, {"pattern": "^a"}),
        ("Of at most 32 characters.", S, {"maxLength": 20}),
    ],
)
def test_other_numbers_are_no_alarm(text: str, field: Any, new: Any, tmp_path: Path) -> None:
    assert hints({**field, "description": text}, new, tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "field", "new", "is_meant"),
    [
        ("Takes a pet with up to 1,000 names.", {**A, "maxItems": 1000}, {"maxItems": 500}, True),
        ("Takes a pet with up to 1,000 tag names.", {**A, "maxItems": 1000}, {"maxItems": 500}, True),
        ("Takes up to 50 pets and 1,000 names.", {**A, "maxItems": 1000}, {"maxItems": 500}, True),
        ("Takes up to 1,000 pets.", {**A, "maxItems": 1000}, {"maxItems": 500}, False),
        ("Takes up to 1,000 names over all pets.", {**A, "maxItems": 1000}, {"maxItems": 500}, False),
        ("`tagNames` may have at most 32 characters.", {**S, "maxLength": 32}, {"maxLength": 20}, True),
        ("Tag names may have at most 32 characters.", {**S, "maxLength": 32}, {"maxLength": 20}, True),
        ("An id has at most 32 characters.", {**S, "maxLength": 32}, {"maxLength": 20}, False),
    ],
)
@pytest.mark.parametrize("where", ["operation", "pet"])
def test_what_holds_a_field_has_to_name_it(
    where: str, text: str, field: Any, new: Any, is_meant: bool, tmp_path: Path
) -> None:
    around = {where: {"description": text}}
    assert len(hints(field, new, tmp_path, around=around)) == is_meant


def test_a_bound_that_is_gone_leaves_its_text(tmp_path: Path) -> None:
    name = {**S, "description": "At most 32 characters."}
    base, head = ({"Pet": {"properties": {"name": one}}} for one in ({**name, "maxLength": 32}, name))
    (found,) = between(base, head, tmp_path)
    assert found.message.endswith("the bound was 32, there is none any more")


def test_a_total_is_told_by_texts_about_totals(tmp_path: Path) -> None:
    tags = {"type": "array", "items": A, "description": "All lists together hold at most 9 tags, each at most 9 tags."}
    pet = {"type": "object", "properties": {"tags": tags}}
    base, head = ({"Pet": {**pet, "x-max-total-items": {"tags": limit}}} for limit in (9, 8))
    (found,) = between(base, head, tmp_path)
    assert found.message == 'the text still says "at most 9 tags": the bound was 9, it is 8'


def test_a_text_beside_a_reference_speaks_of_what_is_referred_to(tmp_path: Path) -> None:
    pet = {"properties": {"a": {"$ref": "#/components/schemas/Name", "description": "At most 32 characters."}}}
    base, head = ({"Pet": pet, "Name": {**S, "maxLength": limit}} for limit in (32, 20))
    (found,) = between(base, head, tmp_path)
    assert found.message == 'the text still says "At most 32 characters": the bound was 32, it is 20'


# -- a file of facts --------------------------------------------------------------------------------------------------


def test_a_file_of_facts_is_named_where_a_property_changes(tmp_path: Path) -> None:
    (found,) = hints({**S, "maxLength": 32}, {"maxLength": 20}, tmp_path, facts="tests/facts.py")
    assert found.location is None
    assert found.message == (
        "`tests/facts.py` restates the facts of the description: change them there too for `Pet.tagNames`"
    )


def test_a_file_of_facts_is_not_named_for_a_text(tmp_path: Path) -> None:
    assert hints({**S, "description": "It."}, {"description": "Them."}, tmp_path, facts="tests/facts.py") == ()
