"""What a schema says, in short words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from generator.document import loader
from generator.review.page.facts import is_union, layers, of_schema, rules, type_name
from tests.generator.sources import sending, written

if TYPE_CHECKING:
    from pathlib import Path

    from generator.document.tree import Node

OTHERS: dict[str, Any] = {
    "Name": {"type": "string", "maxLength": 9},
    "Pet": {"type": "object", "description": "A pet.", "properties": {"name": {"$ref": "#/components/schemas/Name"}}},
    "Loop": {
        "allOf": [{"$ref": "#/components/schemas/Loop"}],
        "type": "array",
        "items": {"$ref": "#/components/schemas/Loop"},
    },
}


def read(schema: dict[str, Any] | bool, folder: Path) -> tuple[Node, ...]:
    document = loader.load(written(sending(schema, **OTHERS), folder))
    return layers([document.node["components"]["schemas"]["Root"]])


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "string"}, "string"),
        ({"type": ["string", "null"]}, "string or null"),
        ({"type": "array", "items": {"type": "integer"}}, "array of integer"),
        ({"type": ["array", "null"], "items": ref("Pet")}, "array of Pet or null"),
        ({"type": "array", "items": {"type": "array", "items": {"type": "string"}}}, "array of array of string"),
        ({"properties": {"a": {}}}, "object"),
        (ref("Name"), "string"),
        ({"allOf": [ref("Name")]}, "string"),
        ({"description": "Whatever."}, "anything"),
        ({"oneOf": [ref("Name"), ref("Pet")]}, ""),
        (True, "anything"),
        (False, "nothing"),
        (ref("Loop"), "array of Loop"),
    ],
)
def test_types_are_said_in_short_words(schema: dict[str, Any] | bool, text: str, tmp_path: Path) -> None:
    assert type_name(read(schema, tmp_path)) == text


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "string", "minLength": 1, "maxLength": 5}, ["string", "min length 1", "max length 5"]),
        ({"minimum": 0, "exclusiveMaximum": 1.5, "multipleOf": 0.1}, ["≥ 0", "< 1.5", "multiple of 0.1"]),
        ({"type": "number", "exclusiveMinimum": 0}, ["number", "> 0"]),
        ({"enum": ["red", "true", "", 1, None]}, ["red", '"true"', '""', "1", "null"]),
        ({"const": "x"}, ["always x"]),
        ({"type": "string", "default": "a b", "format": "date"}, ["string", "default a b", "date"]),
        ({"type": "string", "readOnly": True, "deprecated": True}, ["string", "read only", "deprecated"]),
        ({"type": "string", "readOnly": False}, ["string"]),
        ({"type": "object", "additionalProperties": False}, ["object", "no other fields"]),
        (
            {"type": "array", "items": {"type": "string", "maxLength": 2, "description": "It."}},
            ["array of string", "each max length 2", "Each: It."],
        ),
        ({"type": "string", "x-a": {"b": [1]}, "unknown": 2}, ["string", 'x-a: {"b":[1]}', "unknown: 2"]),
        ({"type": "string", "examples": ["a", "b"]}, ["string", "e.g. a", "e.g. b"]),
        ({"$ref": "#/components/schemas/Pet", "description": "Mine."}, ["object", "Mine."]),
        ({"allOf": [ref("Name"), {"maxLength": 7}]}, ["string", "max length 9", "max length 7"]),
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}], "type": "object"}, ["object"]),
    ],
)  # fmt: skip
def test_everything_is_said_once(schema: dict[str, Any], said: list[str], tmp_path: Path) -> None:
    facts = list(of_schema(read(schema, tmp_path)))
    assert [fact.text for fact in facts if fact.text != "Root"] == said


def test_each_fact_has_the_pointer_of_its_keyword(tmp_path: Path) -> None:
    facts = of_schema(read({"allOf": [ref("Name")], "enum": ["a", "b"]}, tmp_path))
    assert {fact.text: fact.pointer for fact in facts if fact.kind != "name"} == {
        "string": "/components/schemas/Name/type",
        "max length 9": "/components/schemas/Name/maxLength",
        "a": "/components/schemas/Root/enum/0",
        "b": "/components/schemas/Root/enum/1",
    }


AB = {"properties": {"a": {"type": "integer"}, "b": {}, "c": {}}}


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, "at least one of `a` and `b`"),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, "exactly one of `a` and `b`"),
        ({"not": {"required": ["a", "b"]}}, "not both `a` and `b`"),
        ({"not": {"required": ["a"]}}, "`a` is not allowed"),
        ({"dependentRequired": {"a": ["b", "c"]}}, "`a` requires `b` and `c`"),
        (
            {"if": {"properties": {"a": {"const": 1}}, "required": ["a"]}, "then": {"required": ["b"]}},
            "if `a` is `1`, `b` is required",
        ),
        (
            {"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}},
            "at least one of `a` and `c`; `a` requires `b`",
        ),
    ],
)
@pytest.mark.parametrize("is_nested", [True, False])
def test_rules_are_said_in_the_words_of_the_messages(
    schema: dict[str, Any], text: str, is_nested: bool, tmp_path: Path
) -> None:
    of = read({"type": "object", **AB, **({"allOf": [schema]} if is_nested else schema)}, tmp_path)
    (rule,) = rules(of)
    assert rule.text == text
    assert rule.pointer.startswith("/components/schemas/Root/allOf/0" if is_nested else "/components/schemas/Root/")
    assert len(of) == 1, "a rule is no layer"
    assert not any(word in json.dumps([fact.text for fact in of_schema(of)]) for word in ("required", "anyOf", "not"))


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "string", "not": {"enum": ["x", "1"]}}, 'anything but one of `"1"` and `x`'),
        ({"type": "array", "contains": {"const": 3}, "minContains": 2}, "a list, with at least 2 elements being `3`"),
        ({"propertyNames": {"maxLength": 3}}, "an object, each name text of at most 3 characters"),
        ({"if": {"maxLength": 3}, "then": {"pattern": "a"}}, "if text of at most 3 characters, then text that match"),
        ({"if": {"required": ["b"]}, "then": {"properties": {"b": {"minimum": 1}}}}, "any value, if an object with"),
    ],
)
def test_what_is_no_short_fact_is_said_as_a_condition(schema: dict[str, Any], said: str, tmp_path: Path) -> None:
    of = read(schema, tmp_path)
    assert not list(rules(of))
    (condition,) = [fact for fact in of_schema(of) if fact.kind == "condition"]
    assert said in condition.text
    assert not [fact for fact in of_schema(of) if fact.kind == "extension"]


@pytest.mark.parametrize("name", ["anyOf", "oneOf"])
def test_a_choice_of_forms_is_no_rule(name: str, tmp_path: Path) -> None:
    for branches in ([ref("Name"), ref("Pet")], [{"type": "object"}, {"type": "object", "title": "B"}], [True, {}]):
        (layer,) = read({"type": "object", **AB, name: branches}, tmp_path)
        assert is_union(layer, name, [layer])
        assert not list(rules([layer]))
    (layer,) = read({"type": "object", **AB, name: [{"required": ["a"]}, {"required": ["b"]}]}, tmp_path)
    assert not is_union(layer, name, [layer])
