"""Samples: what is made of each keyword, and that something of it is accepted."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from hypothesis import assume, given

from generator.review.evidence.samples import MOST, samples
from generator.review.evidence.validation import Validators, text
from tests.generator.review.random_schemas import PATIENT, SCHEMAS, document, node

if TYPE_CHECKING:
    from generator.document.grammar import Side
    from generator.review.rules.fragments import Plain


def made(schema: Any, side: Side = "request", **shared: Any) -> tuple[Plain, ...]:
    return samples([node(document(Root=schema, **shared))], side)


def texts(schema: Any, side: Side = "request", **shared: Any) -> list[str]:
    return [text(one) for one in made(schema, side, **shared)]


S = {"type": "string"}
O = {"type": "object"}  # noqa: E741 - as in the schemas


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"enum": ["a", 1, None]}, ['"a"', "1", "null"]),
        ({"const": {"a": 1}}, ['{"a":1}']),
        ({**S, "minLength": 3, "maxLength": 5}, ['"aa"', '"aaa"', '"aaaa"', '"aaaaa"', '"aaaaaa"']),
        ({**S, "pattern": "^x{2}$"}, ['"xx"', '"x"', '"xxx"']),
        ({**S, "pattern": "^[a-z]+$", "minLength": 7}, ['"aaaaaaa"']),
        ({**S, "format": "date"}, ['"2024-02-29"', '"2023-02-29"']),
        ({**S, "format": "date-time", "maxLength": 23}, ['"2024-02-29T12:00:00.00Z"', '"2024-02-29T12:00:00.000Z"']),
        ({**S, "format": "email", "minLength": 16}, ['"aaaa@example.org"']),
        ({"type": "number", "maximum": 3}, ["3", "2", "4", "2.9", "3.1"]),
        ({"type": "number", "multipleOf": 7}, ["7", "14", "21", "3.5"]),
        ({"type": "integer", "minimum": 5, "multipleOf": 4}, ["4", "5", "8"]),
        ({"type": "boolean"}, ["true", "false"]),
        ({"type": "null"}, ["null"]),
        ({"type": "array", "minItems": 2, "items": {"const": 7}}, ["[7]", "[7,7]", "[7,7,7]"]),
        ({"type": "array", "items": {"enum": [1, 2]}, "uniqueItems": True}, ["[]", "[1]", "[1,2]", "[1,1]"]),
        (
            {**O, "properties": {"a": {"const": 1}, "b": {"const": 2}}, "required": ["a"]},
            ['{"a":1}', "{}", '{"a":1,"b":2}'],
        ),
        ({**O, "properties": {"a": {"const": 1}}}, ['{"extra":"x"}', '{"a":1}', '{"a":1,"extra":"x"}'][1:2]),
        ({**O, "properties": {"extra": {}}, "required": ["extra"]}, ['{"extra":"x","other":"x"}']),
        ({**O, "patternProperties": {"^x-[a-z]$": {"const": 1}}}, ['{"x-a":1}']),
        ({**O, "maxProperties": 2}, ['{"extra":"x","extra0":"x"}', '{"extra":"x","extra0":"x","extra1":"x"}']),
        (
            {**O, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
            ["{}", '{"a":"x"}', '{"b":"x"}', '{"a":"x","b":"x"}'],
        ),
        ({**S, "default": "given", "examples": ["quoted"]}, ['"given"', '"quoted"']),
        ({"anyOf": [{"const": 1}, {"allOf": [{"const": 2}]}]}, ["1", "2"]),
    ],
    ids=lambda value: json.dumps(value)[:60],
)
def test_what_is_made(schema: Any, expected: list[str]) -> None:
    assert set(expected) <= set(texts(schema))


def test_nested_values_vary_one_at_a_time() -> None:
    inner = {**O, "properties": {"n": {"type": "integer", "maximum": 7}, "m": S}, "required": ["n", "m"]}
    found = texts({**O, "properties": {"list": {"type": "array", "items": inner}}, "required": ["list"]})
    assert '{"list":[{"n":8,"m":""}]}' in found
    assert '{"list":[{"n":7,"m":""}]}' in found
    assert not [one for one in found if '"n":7,"m":"a"' in one]


def test_of_many_schemas_at_once() -> None:
    described = document(A={**S, "minLength": 2}, B={**S, "pattern": "^b"}, C={"enum": ["a", "bb", "b"]})
    schemas = [node(described, name) for name in "ABC"]
    validators = Validators(described, "request")
    assert [one for one in samples(schemas, "request") if validators.accepts(schemas, one)] == ["bb"]
    assert samples([], "request")


def test_hidden_properties_are_left_out() -> None:
    schema = {
        **O,
        "properties": {"id": {**S, "readOnly": True}, "secret": {**S, "writeOnly": True}, "name": S},
        "required": ["id", "secret", "name"],
        "examples": [{"id": "1", "secret": "2", "name": "3"}],
    }
    assert not [one for one in texts(schema) if '"id"' in one]
    assert not [one for one in texts(schema, "response") if '"secret"' in one]
    assert texts(schema)[0] == '{"secret":"","name":""}'


def test_there_are_not_too_many_and_they_are_not_too_large() -> None:
    wide = {**O, "properties": {f"p{at}": {"type": "array", "maxItems": 900, "items": S} for at in range(60)}}
    found = made({**wide, "oneOf": [{"required": [f"p{at}"]} for at in range(40)]})
    assert len(found) == MOST
    assert max(len(text(one)) for one in found) <= 20_000
    assert len(set(map(text, found))) == len(found)


def test_text_tells_numbers_apart() -> None:
    values: list[Plain] = [1, Decimal("1.0"), "1", True, None, "null", [1], {"1": 1}, 'a"b', "a\\b", "a\nb"]
    assert len({text(one) for one in values}) == len(values)
    assert text({"b": 1, "a": [Decimal("0.10")]}) == '{"b":1,"a":[0.10]}'
    assert text({"b": 1, "a": 2}, is_sorted=True) == '{"a":2,"b":1}'


@pytest.mark.slow
@PATIENT
@given(schema=SCHEMAS)
def test_something_is_accepted_unless_nothing_can_be(schema: Any) -> None:
    described = document(Root=schema)
    validators = Validators(described, "request")
    assume(str(jsonschema_rs.canonicalize(schema, validate_formats=True).satisfiability()) == "yes")
    tried = samples([node(described)], "request")
    assert any(validators.accepts([node(described)], one) for one in tried), list(islice(tried, 20))


@pytest.mark.slow
@PATIENT
@given(schema=SCHEMAS)
def test_the_same_schema_gives_the_same_values(schema: Any) -> None:
    assert texts(schema) == texts(schema)
