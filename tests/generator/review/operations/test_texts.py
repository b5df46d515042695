"""Parameters and headers are texts: a text that may be any is wider than a number, and a list than one value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from generator.document import load, upgrade
from generator.review.comparison import compare
from generator.review.revision import Revision
from tests.generator.sources import getting, written

if TYPE_CHECKING:
    from pathlib import Path

TEXT, WHOLE = {"type": "string"}, {"type": "integer"}
ONE, TWO = {"enum": ["a"], **TEXT}, {"enum": ["a", "b"], **TEXT}
WIDER = ["compatible type-widened"]
OTHER = ["breaking type-changed"]


def several(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


def told(folder: Path, base: dict[str, Any], head: dict[str, Any]) -> list[str]:
    sides = [
        Revision(name, upgrade(load(written(description, folder))), None, {}, ())
        for name, description in (("base", base), ("head", head))
    ]
    return sorted(f"{one.wire} {one.rule}" for one in compare(*sides))


def sent(schema: dict[str, Any], **parameter: Any) -> dict[str, Any]:
    return getting({"204": {"description": "ok"}}, [{"name": "a", "in": "query", "schema": schema, **parameter}])


@pytest.mark.parametrize(
    ("base", "head", "there", "back"),
    [
        (WHOLE, TEXT, WIDER, OTHER),
        ({"type": "boolean"}, {**TEXT, "description": "It."}, [*WIDER, "docs description-changed"], None),
        (WHOLE, {**TEXT, "pattern": "^[a-z]$"}, OTHER, OTHER),
        (WHOLE, {"type": ["string", "null"]}, WIDER, OTHER),
        ({"type": ["integer", "null"]}, {"type": ["string", "null"]}, WIDER, OTHER),
        ({"type": ["integer", "null"]}, TEXT, ["breaking type-changed"], OTHER),
        (WHOLE, {**TEXT, "enum": ["a"]}, OTHER, OTHER),
        (TEXT, several(TEXT), WIDER, OTHER),
        (WHOLE, several(TEXT), WIDER * 2, OTHER),
        (ONE, several(TWO), ["compatible enum-value-added", *WIDER], None),
        (TWO, several(ONE), ["breaking enum-value-removed", *WIDER], None),
        (TEXT, several(TEXT, maxItems=3, uniqueItems=True), WIDER, OTHER),
        (TEXT, several(TEXT, minItems=2), OTHER, OTHER),
        (several(WHOLE), several(WHOLE, maxItems=9), ["breaking max-items-lowered"], ["compatible max-items-raised"]),
        (TEXT, several(TEXT, contains={"const": "a"}), OTHER, OTHER),
    ],
)
def test_what_is_sent_in_a_query(
    tmp_path: Path, base: dict[str, Any], head: dict[str, Any], there: list[str], back: list[str] | None
) -> None:
    assert told(tmp_path, sent(base), sent(head)) == there
    if back is not None:
        assert told(tmp_path, sent(head), sent(base)) == back


def test_a_list_that_is_one_text_is_another_thing(tmp_path: Path) -> None:
    for parameter in ({"explode": False}, {"style": "pipeDelimited"}, {"in": "header"}):
        base, head = sent(TEXT, **parameter), sent(several(TEXT), **parameter)
        assert told(tmp_path, base, head) == OTHER


def test_what_has_a_media_type_has_the_types_of_that(tmp_path: Path) -> None:
    parameters = [
        {"name": "a", "in": "query", "content": {"application/json": {"schema": one}}} for one in (WHOLE, TEXT)
    ]
    base, head = (getting({"204": {"description": "ok"}}, [one]) for one in parameters)
    assert told(tmp_path, base, head) == OTHER


def test_a_header_of_an_answer_may_become_a_number(tmp_path: Path) -> None:
    base, head = (getting({"200": {"description": "ok", "headers": {"X-A": {"schema": one}}}}) for one in (TEXT, WHOLE))
    assert told(tmp_path, base, head) == ["compatible type-narrowed"]
    assert told(tmp_path, head, base) == OTHER


def test_the_same_schema_in_json_keeps_its_types(tmp_path: Path) -> None:
    def both(schema: dict[str, Any]) -> dict[str, Any]:
        made = sent({"$ref": "#/components/schemas/Id"})
        body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Id"}}}}
        made["paths"]["/pets"]["get"]["requestBody"] = body
        return {**made, "components": {"schemas": {"Id": schema}}}

    assert told(tmp_path, both(WHOLE), both(TEXT)) == [*OTHER, *WIDER]
