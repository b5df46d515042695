"""Small descriptions, and schemas of any form, for the tests of samples and witnesses."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from generator.document.parser import parse
from generator.document.tree import Document, Node, Object


def document(**schemas: Any) -> Document:
    text = json.dumps({"openapi": "3.1.1", "components": {"schemas": schemas}})
    root, _ = parse(text, "api.json")
    assert isinstance(root, Object)
    return Document(root, ("api.json",))


def node(described: Document, name: str = "Root") -> Node:
    found = described.find(f"/components/schemas/{name}")
    assert found is not None
    return found


NAMES = st.sampled_from("abc")
SMALL = st.integers(0, 4)
LITERALS: st.SearchStrategy[Any] = st.sampled_from(["a", "bb", "", 0, 1, 5, True, None, [], {"a": 1}])
STRINGS = st.fixed_dictionaries(
    {"type": st.just("string")},
    optional={
        "minLength": SMALL,
        "maxLength": SMALL,
        "pattern": st.sampled_from(["^[ab]+$", "^a", r"\d", "b$", "^[A-Z]{2,3}$"]),
        "format": st.sampled_from(["date", "uuid", "email"]),
    },
)
NUMBERS = st.fixed_dictionaries(
    {"type": st.sampled_from(["number", "integer"])},
    optional={"minimum": SMALL, "maximum": SMALL, "exclusiveMaximum": SMALL, "multipleOf": st.sampled_from([2, 3])},
)
LEAVES: st.SearchStrategy[Any] = (
    STRINGS
    | NUMBERS
    | st.sampled_from([{}, True, {"type": "null"}, {"type": "boolean"}, {"type": ["string", "null"]}, {"const": "a"}])
    | st.builds(lambda values: {"enum": values}, st.lists(LITERALS, min_size=1, max_size=3, unique_by=repr))
    | st.builds(lambda names: {"required": names}, st.lists(NAMES, min_size=1, max_size=2, unique=True))
)


def grown(schemas: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    named = st.dictionaries(NAMES, schemas, min_size=1, max_size=3)
    names = st.lists(NAMES, max_size=2, unique=True)
    several = st.lists(schemas, min_size=1, max_size=3)
    objects = st.fixed_dictionaries(
        {"type": st.just("object")},
        optional={
            "properties": named,
            "required": names,
            "additionalProperties": schemas | st.just(False),
            "patternProperties": st.dictionaries(st.sampled_from(["^x", "^a"]), schemas, max_size=1),
            "minProperties": st.integers(0, 3),
            "maxProperties": SMALL,
            "dependentRequired": st.dictionaries(NAMES, names, max_size=2),
            "propertyNames": st.just({"maxLength": 1}),
            "unevaluatedProperties": schemas | st.just(False),
            "dependentSchemas": st.dictionaries(NAMES, schemas, min_size=1, max_size=1),
        },
    )
    arrays = st.fixed_dictionaries(
        {"type": st.just("array")},
        optional={
            "items": schemas,
            "minItems": st.integers(0, 3),
            "maxItems": SMALL,
            "uniqueItems": st.booleans(),
            "contains": schemas,
            "prefixItems": several,
            "unevaluatedItems": schemas | st.just(False),
            "minContains": st.integers(0, 2),
            "maxContains": st.integers(0, 2),
        },
    )
    return (
        objects
        | arrays
        | st.builds(lambda key, each: {key: each}, st.sampled_from(["anyOf", "oneOf", "allOf"]), several)
        | st.builds(lambda schema, other: {**plain(schema), "not": other}, schemas, schemas)
        | st.builds(
            lambda schema, key, each: {**plain(schema), key: each},
            objects,
            st.sampled_from(["anyOf", "oneOf"]),
            several,
        )
        | st.builds(lambda one, then, other: {"if": one, "then": then, "else": other}, schemas, schemas, schemas)
    )


def plain(schema: Any) -> dict[str, Any]:
    return schema if isinstance(schema, dict) else {}


SCHEMAS = st.recursive(LEAVES, grown, max_leaves=8)

PATIENT = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.nested_given], max_examples=150)
"""Making strings for patterns runs hypothesis within hypothesis."""
