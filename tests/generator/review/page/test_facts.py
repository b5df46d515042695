"""What a schema says, in short words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from generator import loader
from generator.review.page.facts import layers, of_schema, rules, type_words
from tests.generator.sources import sending, written

if TYPE_CHECKING:
    from pathlib import Path

    from generator.document import Node

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
    ("schema", "words"),
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
def test_types_are_said_in_short_words(schema: dict[str, Any] | bool, words: str, tmp_path: Path) -> None:
    assert type_words(read(schema, tmp_path)) == words


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


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, "at least one of a, b"),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, "exactly one of a, b"),
        ({"not": {"required": ["a", "b"]}}, "not a and b together"),
        ({"not": {"required": ["a"]}}, "no a"),
        ({"dependentRequired": {"a": ["b", "c"]}}, "with a: b and c"),
        ({"if": {"properties": {"a": {"const": 1}}}, "then": {"required": ["b"]}}, "with a is 1: b"),
    ],
)
@pytest.mark.parametrize("is_nested", [True, False])
def test_rules_are_said_in_words(schema: dict[str, Any], words: str, is_nested: bool, tmp_path: Path) -> None:
    of = read({"type": "object", **({"allOf": [schema]} if is_nested else schema)}, tmp_path)
    (rule,) = rules(of)
    assert rule.words == words
    assert len(of) == 1, "a rule is no layer"
    assert not any(word in json.dumps([fact.text for fact in of_schema(of)]) for word in ("required", "anyOf", "not"))
