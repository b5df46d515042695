"""Rules between fields: each form of JSON Schema as a condition, and the condition means the same."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.api.conditions import UnsayableError, condition
from generator.document.parser import parse
from generator.package.models import call
from generator.runtime import constraints

if TYPE_CHECKING:
    from generator.api.model import Condition
    from generator.document.tree import Json


@functools.lru_cache(maxsize=4096)
def read(text: str) -> Json:
    return parse(text, "rule.json")[0]


def said(rule: Any) -> Condition:
    return condition(read(json.dumps(rule)))


def made(rule: Any) -> constraints.Condition:
    """The condition that the generated code makes."""
    found = eval(call(said(rule)), {**vars(constraints), "Decimal": __import__("decimal").Decimal})  # noqa: S307
    assert isinstance(found, constraints.Condition)
    return found


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"required": ["a"]}, "Present('a')"),
        ({"required": ["a", "b"]}, "Present('a', 'b')"),
        ({"not": {"required": ["a", "b"]}}, "Not(Present('a', 'b'))"),
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, "AnyOf(Present('a'), Present('b'))"),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, "OneOf(Present('a'), Present('b'))"),
        ({"allOf": [{"required": ["a"]}, {"required": ["b"]}]}, "AllOf(Present('a'), Present('b'))"),
        ({"allOf": [{"required": ["a"]}]}, "Present('a')"),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, "When(Present('a'), Present('b'))"),
        ({"if": {"required": ["a"]}, "else": {"required": ["b"]}}, "When(Not(Present('a')), Present('b'))"),
        ({"dependentRequired": {"a": ["b", "c"]}}, "When(Present('a'), Present('b', 'c'))"),
        ({"dependentSchemas": {"a": {"required": ["b"]}}}, "When(Present('a'), Present('b'))"),
        ({"properties": {"a": {"const": 1}}}, "In('a', 1)"),
        ({"properties": {"a": {"const": None}}}, "In('a', None)"),
        ({"properties": {"a": {"const": True}}}, "In('a', True)"),
        ({"properties": {"a": {"enum": ["x", 2, None]}}}, "In('a', 'x', 2, None)"),
        ({"properties": {"a": {"type": "string", "const": "x"}}}, "In('a', 'x')"),
        ({"properties": {"a": {"required": ["b"]}}}, "Inside('a', Present('b'))"),
        ({"properties": {"a": {"items": {"required": ["b"]}}}}, "Inside('a', Present('b'))"),
        ({"properties": {"a": {"items": {"properties": {"b": {"const": "x"}}}}}}, "Inside('a', In('b', 'x'))"),
        ({"properties": {"a": {"not": {"required": ["b"]}}}}, "Inside('a', Not(Present('b')))"),
        ({"minProperties": 1}, "Count(1, None)"),
        ({"maxProperties": 3}, "Count(0, 3)"),
        ({"required": ["a"], "properties": {"a": {"const": "x"}}}, "AllOf(Present('a'), In('a', 'x'))"),
        ({"description": "why", "title": "t", "type": "object", "required": ["a"]}, "Present('a')"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_form(rule: Any, expected: str) -> None:
    assert call(said(rule)).replace('"', "'") == expected


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        (True, "True"),
        ({}, "nothing"),
        ({"description": "only words"}, "nothing"),
        ({"not": {}}, "nothing"),
        ({"required": []}, "required"),
        ({"minLength": 3}, "minLength"),
        ({"additionalProperties": False}, "additionalProperties"),
        ({"patternProperties": {"x": {}}}, "patternProperties"),
        ({"propertyNames": {"maxLength": 3}}, "propertyNames"),
        ({"$ref": "#/x"}, r"\$ref"),
        ({"properties": {"a": {"minLength": 3}}}, "minLength"),
        ({"properties": {"a": {"maximum": 3}}}, "maximum"),
        ({"properties": {"a": {"pattern": "x"}}}, "pattern"),
        ({"properties": {"a": {"$ref": "#/x"}}}, r"\$ref"),
        ({"properties": {"a": {"contains": {}}}}, "contains"),
        ({"properties": {"a": True}}, "True"),
        ({"properties": {"a": {"enum": [{"x": 1}]}}}, "enum"),
        ({"properties": {"a": {"const": [1]}}}, "const"),
        ({"properties": {"a": {"type": "string"}}, "required": ["a"]}, "type"),
        ({"if": {"minLength": 3}, "then": {"required": ["a"]}}, "minLength"),
        ({"dependentSchemas": {"a": {"minimum": 1}}}, "minimum"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_said_is_said_to_be_so(rule: Any, word: str) -> None:
    with pytest.raises(UnsayableError, match=word):
        said(rule)


# -- agreement with JSON Schema ---------------------------------------------------------------------------------------

NAMES = st.sampled_from("abc")
SCALARS = st.sampled_from(["x", "y", 1, 0, True, False, None])
NAMED = st.lists(NAMES, min_size=1, max_size=3, unique=True)
VALUES = st.builds(lambda value: {"const": value}, SCALARS) | st.builds(
    lambda values: {"enum": values}, st.lists(SCALARS, min_size=1, max_size=3, unique_by=repr)
)
LEAVES: st.SearchStrategy[Any] = (
    st.builds(lambda names: {"required": names}, NAMED)
    | st.builds(lambda name, value: {"properties": {name: value}}, NAMES, VALUES)
    | st.builds(lambda name, value: {"properties": {name: value}, "required": [name]}, NAMES, VALUES)
    | st.builds(lambda name, others: {"dependentRequired": {name: others}}, NAMES, NAMED)
    | st.builds(lambda count: {"minProperties": count}, st.integers(0, 3))
    | st.builds(lambda count: {"maxProperties": count}, st.integers(0, 3))
    | st.builds(lambda names: {"properties": {"o": {"type": "object", "required": names}}}, NAMED).map(
        lambda rule: {"properties": {"o": {"required": rule["properties"]["o"]["required"]}}}
    )
    | st.builds(lambda names: {"properties": {"l": {"items": {"required": names}}}}, NAMED)
)


def grown(rules: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(rules, min_size=1, max_size=3)
    return (
        st.builds(lambda rule: {"not": rule}, rules)
        | st.builds(lambda word, each: {word: each}, st.sampled_from(["anyOf", "oneOf", "allOf"]), several)
        | st.builds(lambda one, then: {"if": one, "then": then}, rules, rules)
        | st.builds(lambda one, then, other: {"if": one, "then": then, "else": other}, rules, rules, rules)
        | st.builds(lambda name, rule: {"dependentSchemas": {name: rule}}, NAMES, rules)
    )


RULES = st.recursive(LEAVES, grown, max_leaves=6)
INNER = st.dictionaries(NAMES, SCALARS, max_size=3)
OBJECTS = st.builds(
    lambda plain, inner, listed: {**plain, **({"o": inner} if inner is not None else {}),
                                  **({"l": listed} if listed is not None else {})},
    st.dictionaries(NAMES, SCALARS, max_size=3),
    st.none() | INNER,
    st.none() | st.lists(INNER, max_size=2),
)  # fmt: skip


@given(rule=RULES, fields=OBJECTS)
def test_a_condition_holds_where_the_schema_does(rule: Any, fields: dict[str, Any]) -> None:
    try:
        condition_ = made(rule)
    except UnsayableError:
        assume(False)
        return
    valid = jsonschema_rs.validator_for(rule).is_valid(fields)
    assert condition_.holds(fields) is valid, condition_
    assert bool(list(condition_.failures(fields))) is not valid
    assert bool(list(condition_.refusals(fields))) is valid
    assert str(condition_)


def test_the_law_is_put_to_rules_that_hold_and_to_rules_that_do_not() -> None:
    rule = {"if": {"required": ["a"]}, "then": {"required": ["b"]}}
    assert made(rule).holds({"a": 1, "b": 1})
    assert not made(rule).holds({"a": 1})
