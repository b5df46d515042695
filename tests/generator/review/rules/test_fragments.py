"""Fragments of JSON Schema in one form: it means the same, and equal forms come of equal meanings."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document.parser import parse
from generator.document.tree import Document, Node, Object
from generator.review.rules.fragments import canonical, number, read, text


def node(schema: Any, **schemas: Any) -> Node:
    root, _ = parse(json.dumps({**schemas, "it": schema}), "api.json")
    assert isinstance(root, Object)
    return Document(root, ("api.json",)).node["it"]


def form(schema: Any, **schemas: Any) -> str:
    return text(canonical(node(schema, **schemas)))


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (True, "true"),
        (False, "false"),
        ({}, "true"),
        ("none", "true"),
        ({"title": "T", "x-mark": 1, "default": 3, "readOnly": True}, "true"),
        ({"const": 1.50}, '{"enum":[1.5]}'),
        ({"const": "x", "enum": ["x", "y"]}, '{"enum":["x"]}'),
        ({"enum": ["b", "a", "b", None], "type": ["string"]}, '{"enum":["a","b"]}'),
        ({"type": ["string"], "minLength": 0}, '{"type":"string"}'),
        ({"type": ["number", "integer"]}, '{"type":"number"}'),
        ({"allOf": [{"type": "string"}]}, '{"type":"string"}'),
        ({"allOf": [{"allOf": [{"minimum": 1}, True]}, {"maximum": 2}]}, '{"maximum":2,"minimum":1}'),
        ({"allOf": [{"minimum": 1}, {"minimum": 2}]}, '{"allOf":[{"minimum":2}],"minimum":1}'),
        ({"anyOf": [{"minimum": 1}, {"anyOf": [{"maximum": 1}]}]}, '{"anyOf":[{"maximum":1},{"minimum":1}]}'),
        ({"anyOf": [{"type": "null"}, {}]}, "true"),
        ({"anyOf": [False, {"type": "null"}]}, '{"type":"null"}'),
        ({"oneOf": [{"type": "null"}]}, '{"type":"null"}'),
        ({"oneOf": [{"type": "null"}, {"type": "null"}]}, '{"oneOf":[{"type":"null"},{"type":"null"}]}'),
        ({"not": {"not": {"type": "null"}}}, '{"type":"null"}'),
        ({"not": {}}, "false"),
        ({"if": {"type": "null"}}, "true"),
        ({"required": ["b", "a", "b"]}, '{"required":["a","b"]}'),
        ({"properties": {"title": {"title": "gone"}}}, '{"properties":{"title":true}}'),
        ({"enum": [{"title": "kept"}]}, '{"enum":[{"title":"kept"}]}'),
        ({"$ref": "#/nowhere"}, '{"$ref":"#/nowhere"}'),
        ({"$ref": "#/it"}, '{"$ref":"#0"}'),
        ({"items": {"$ref": "#/it"}}, '{"items":{"$ref":"#0"}}'),
        ({"$ref": "#/named", "maxLength": 3}, '{"maxLength":3,"type":"string"}'),
        ({"$ref": "#/named", "description": "other"}, '{"type":"string"}'),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_each_form(schema: Any, expected: str) -> None:
    assert form(schema, named={"type": "string", "description": "words"}) == expected


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("0", "0"),
        ("-0.0", "0"),
        ("100", "100"),
        ("1E2", "100"),
        ("1.10", "1.1"),
        ("-0.05", "-0.05"),
        ("-12.5", "-12.5"),
        ("1E+40", "1E40"),
        ("15E-40", "15E-40"),
        ("12345678901234567890123456789012345", "12345678901234567890123456789012345"),
    ],
)
def test_a_number_is_written_in_one_way(value: str, written: str) -> None:
    assert number(Decimal(value)) == written


@given(st.decimals(allow_nan=False, allow_infinity=False) | st.integers())
def test_numbers_keep_their_value(value: Decimal) -> None:
    assert Decimal(number(value)) == value
    assert read(text(value)) == value


VALUES = st.recursive(
    st.sampled_from([None, True, False, 0, 1, 2, 5, "", "x", "xy"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=4,
)
TYPES = st.sampled_from(["string", "integer", "number", "null", "object", "array", "boolean"])
KEYWORDS: dict[str, st.SearchStrategy[Any]] = {
    "type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True),
    "enum": st.lists(VALUES, max_size=3, unique_by=json.dumps),
    "const": VALUES,
    "minLength": st.integers(0, 2),
    "maximum": st.integers(0, 3),
    "required": st.lists(st.sampled_from("ab"), max_size=2, unique=True),
    "uniqueItems": st.booleans(),
    "additionalProperties": st.booleans(),
    "title": st.just("T"),
}
SCHEMAS: st.SearchStrategy[Any] = st.recursive(
    st.booleans() | st.fixed_dictionaries({}, optional=KEYWORDS),
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "type": KEYWORDS["type"],
            "required": KEYWORDS["required"],
            "additionalProperties": inner,
            "properties": st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
            "items": inner,
            "not": inner,
            "if": inner,
            "then": inner,
            "else": inner,
            **{word: st.lists(inner, min_size=1, max_size=3) for word in ("allOf", "anyOf", "oneOf")},
        },
    ),
    max_leaves=8,
)


@given(schema=SCHEMAS, value=VALUES)
def test_the_form_means_what_the_fragment_means(schema: Any, value: Any) -> None:
    made = form(schema)
    assert jsonschema_rs.validator_for(json.loads(made)).is_valid(value) is jsonschema_rs.validator_for(
        schema
    ).is_valid(value), made


@given(schema=SCHEMAS)
def test_the_form_of_a_form_is_the_form(schema: Any) -> None:
    made = form(schema)
    assert form(json.loads(made)) == made


@given(schema=SCHEMAS, other=SCHEMAS)
def test_order_and_wrapping_do_not_matter(schema: Any, other: Any) -> None:
    assert form({"allOf": [schema, other]}) == form({"allOf": [other, {"allOf": [schema]}]})
    assert form({"anyOf": [schema, other]}) == form({"anyOf": [other, schema, schema]})
    assert form({"oneOf": [schema, other]}) == form({"oneOf": [other, schema]})
    assert form({"$ref": "#/named"}, named=schema) == form(schema)
