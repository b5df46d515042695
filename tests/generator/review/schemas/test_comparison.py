"""Schemas that say the same in another way are the same; what differs is said once, with every way that leads there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.document import load, upgrade
from generator.review.change import Use
from generator.review.schemas import comparison as schemas
from generator.review.schemas import pairs

if TYPE_CHECKING:
    from generator.document.tree import Document
    from generator.review.change import Change

ROOT = Path(__file__).parents[4]
Schema = dict[str, Any] | bool

TEXT = {"type": "string"}
NULL = {"type": "null"}
BOTH = {"type": "object", "properties": {"a": TEXT, "b": TEXT, "c": TEXT}}
CAT = {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "cat"}, "lives": {"type": "integer"}}}
DOG = {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "dog"}}}


def having(*names: str) -> Schema:
    return {"required": list(names)}


def document(folder: Path, name: str, schema: Schema, **components: Schema) -> Document:
    file = folder / f"{name}.json"
    description = {
        "openapi": "3.1.1",
        "info": {"title": "Pets", "version": "1"},
        "components": {"schemas": {"Thing": schema, **components}},
    }
    file.write_text(json.dumps(description), encoding="utf-8")
    return upgrade(load(file))


def compared(base: Document, head: Document, *sides: str) -> tuple[Change, ...]:
    comparison = schemas.SchemaComparison(base, head)
    for side in sides or ("request", "response"):
        before, after = base.find("/components/schemas/Thing"), head.find("/components/schemas/Thing")
        assert before is not None
        assert after is not None
        comparison.compare(before, after, side, Use("PUT /things", "body", ""))  # type: ignore[arg-type] # of a Literal
    return comparison.changes()


def changes(folder: Path, base: Schema, head: Schema, *sides: str) -> tuple[Change, ...]:
    return compared(document(folder, "base", base), document(folder, "head", head), *sides)


EQUAL: dict[str, tuple[Schema, Schema]] = {
    "null in a list of types, and beside": (
        {"type": ["string", "null"], "maxLength": 3},
        {"anyOf": [NULL, {**TEXT, "maxLength": 3}]},
    ),
    "an enumeration, and constants": ({"enum": ["a", "b"]}, {"anyOf": [{"const": "b"}, {"const": "a"}]}),
    "an enumeration in two parts": ({"enum": ["a", "b", 1]}, {"oneOf": [{"enum": [1]}, {"enum": ["b", "a"]}]}),
    "values cut down by a limit": ({"enum": ["a", "bbb"], "maxLength": 2}, {"const": "a"}),
    "limits of other types": ({**TEXT, "maximum": 4}, {**TEXT, "minItems": 1, "properties": {"a": False}}),
    "limits that are none": ({**TEXT, "minLength": 0}, TEXT),
    "limits on whole numbers": ({"type": "integer", "minimum": 3.5}, {"type": "integer", "exclusiveMinimum": 3}),
    "a number in two ways": ({"type": "number", "maximum": 0.1}, {"type": "number", "maximum": 0.10}),
    "limits in parts": ({**TEXT, "maxLength": 3}, {"allOf": [{**TEXT, "maxLength": 3}, {"maxLength": 9}]}),
    "multiples in parts": (
        {"type": "integer", "multipleOf": 6},
        {"type": "integer", "allOf": [{"multipleOf": 2}, {"multipleOf": 3}]},
    ),
    "a choice of one": (TEXT, {"anyOf": [TEXT]}),
    "a choice within a choice": ({"anyOf": [CAT, DOG, TEXT]}, {"anyOf": [TEXT, {"anyOf": [DOG, CAT]}]}),
    "forms that exclude each other": ({"oneOf": [CAT, DOG]}, {"anyOf": [DOG, CAT]}),
    "a choice by types": ({"oneOf": [TEXT, {"type": "integer"}]}, {"type": ["integer", "string"]}),
    "a type excluded": ({"not": NULL}, {"type": ["string", "number", "boolean", "array", "object"]}),
    "everything allowed": (True, {}),
    "nothing allowed": (False, {"allOf": [TEXT, NULL]}),
    "open in words": (BOTH, {**BOTH, "additionalProperties": True}),
    "required in parts": ({**BOTH, "required": ["a", "b"]}, {**BOTH, "allOf": [having("b"), having("a")]}),
    "members in parts": (
        {"type": "object", "properties": {"a": {**TEXT, "maxLength": 3}}},
        {"type": "object", "properties": {"a": TEXT}, "allOf": [{"properties": {"a": {"maxLength": 3}}}]},
    ),
    "not both, thrice": (
        {**BOTH, "not": having("a", "b")},
        {**BOTH, "dependentSchemas": {"a": {"not": having("b")}}},
    ),
    "not both, as a condition": (
        {**BOTH, "not": having("a", "b")},
        {**BOTH, "if": having("b"), "then": {"not": having("a")}},
    ),
    "a needs b": ({**BOTH, "dependentRequired": {"a": ["b"]}}, {**BOTH, "anyOf": [{"not": having("a")}, having("b")]}),
    "exactly one": (
        {**BOTH, "oneOf": [having("a"), having("b")]},
        {**BOTH, "anyOf": [having("b"), having("a")], "not": having("a", "b")},
    ),
    "a rule implied by another": (
        {**BOTH, "required": ["a"]},
        {**BOTH, "required": ["a"], "anyOf": [having("a"), having("b")]},
    ),
    "no elements behind the first": (
        {"type": "array", "prefixItems": [TEXT, NULL], "items": False},
        {"type": "array", "prefixItems": [TEXT, NULL], "items": TEXT, "maxItems": 2},
    ),
    "elements that cannot be there": (
        {"type": "array", "prefixItems": [TEXT, NULL], "maxItems": 1},
        {"type": "array", "items": TEXT, "maxItems": 1},
    ),
    "members that all are spoken of": (
        {**BOTH, "allOf": [{"additionalProperties": TEXT}], "unevaluatedProperties": False},
        {**BOTH, "allOf": [{"additionalProperties": TEXT}]},
    ),
    "elements in parts": (
        {"type": "array", "items": {**TEXT, "minLength": 1}},
        {"type": "array", "allOf": [{"items": TEXT}, {"items": {"minLength": 1}}]},
    ),
    "what stands beside a choice": (
        {
            "type": "object",
            "required": ["kind"],
            "oneOf": [{"properties": {"kind": {"const": "cat"}}}, {"properties": {"kind": {"const": "dog"}}}],
        },
        {
            "type": "object",
            "required": ["kind"],
            "oneOf": [{"properties": {"kind": {"const": "dog"}}}, {"properties": {"kind": {"const": "cat"}}}],
        },
    ),
}


@pytest.mark.parametrize("name", EQUAL)
def test_equal_meaning_is_no_change(name: str, tmp_path: Path) -> None:
    base, head = EQUAL[name]
    assert changes(tmp_path, base, head) == ()
    assert changes(tmp_path, head, base) == ()


def test_to_no_longer_speak_of_all_members_closes_an_object(tmp_path: Path) -> None:
    open_object: Schema = {**BOTH, "allOf": [{"additionalProperties": True}], "unevaluatedProperties": False}
    found = changes(tmp_path, open_object, {**BOTH, "unevaluatedProperties": False}, "request")
    assert [f"{one.wire} {one.rule}" for one in found] == ["breaking additional-properties-tightened"]


def test_members_that_forms_speak_of_at_times_are_decided_by_values(tmp_path: Path) -> None:
    def closed(**first: bool) -> Schema:
        forms = [{"properties": {"a": TEXT}, **first}, {"properties": {"b": TEXT}}]
        return {"type": "object", "anyOf": forms, "unevaluatedProperties": False}

    found = changes(tmp_path, closed(additionalProperties=True), closed(), "request")
    assert [f"{one.wire} {one.rule}" for one in found] == ["breaking schema-rewritten"]


def test_what_only_a_new_form_names_was_promised_to_nobody(tmp_path: Path) -> None:
    def form(name: str) -> Schema:
        return {"type": "object", "properties": {name: TEXT}, "required": [name]}

    two, three = ({"oneOf": [form(name) for name in names]} for names in ("ab", "abc"))
    for base, head, sides in ((two, three, ("request", "response")), (three, two, ("response", "request"))):
        found = changes(tmp_path, base, head)
        assert {str(one.wire): one.side for one in found} == {"compatible": sides[0], "breaking": sides[1]}
        assert {one.rule for one in found} <= {"alternative-added", "alternative-removed"}


def test_what_two_forms_name_together_was_promised(tmp_path: Path) -> None:
    one, other = ({"type": "object", "properties": {"a": TEXT}, **more} for more in ({"required": ["a"]}, {}))
    found = changes(tmp_path, {"oneOf": [one, TEXT]}, {"oneOf": [one, TEXT, other]}, "request")
    assert "breaking schema-rewritten" in {f"{each.wire} {each.rule}" for each in found}


def test_a_tuple_that_grows_is_told_by_its_length(tmp_path: Path) -> None:
    def first(*kinds: Schema) -> Schema:
        return {"type": "array", "prefixItems": list(kinds), "items": False}

    found = changes(tmp_path, first(TEXT), first(TEXT, NULL))
    assert sorted(f"{one.wire} {one.side} {one.rule}" for one in found) == [
        "breaking response max-items-raised",
        "compatible request max-items-raised",
    ]


def test_a_component_and_the_same_in_place(tmp_path: Path) -> None:
    base = document(tmp_path, "base", {"type": "object", "properties": {"cat": CAT}})
    head = document(
        tmp_path, "head", {"type": "object", "properties": {"cat": {"$ref": "#/components/schemas/Cat"}}}, Cat=CAT
    )
    assert compared(base, head) == ()
    assert compared(head, base) == ()


def test_recursion_in_another_shape(tmp_path: Path) -> None:
    own = {"$ref": "#/components/schemas/Thing"}
    tree = {"type": "object", "properties": {"next": own, "name": TEXT}}
    unrolled = {
        "type": "object",
        "properties": {"name": TEXT, "next": {"type": "object", "properties": {"next": own, "name": TEXT}}},
    }
    assert changes(tmp_path, tree, unrolled) == ()


def test_a_change_in_a_recursive_schema_is_said_once(tmp_path: Path) -> None:
    def tree(limit: int) -> Schema:
        return {
            "oneOf": [{"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}, {**TEXT, "maxLength": limit}]
        }

    (change,) = changes(tmp_path, tree(4), tree(3), "request")
    assert (change.rule, change.wire) == ("max-length-lowered", "breaking")
    assert change.message == "`Thing` has at most 3 characters, was at most 4 characters"


def test_every_way_to_a_shared_schema_is_listed(tmp_path: Path) -> None:
    cat = {"$ref": "#/components/schemas/Cat"}
    thing = {"type": "object", "properties": {"first": cat, "others": {"type": "array", "items": cat}, "none": TEXT}}
    base = document(tmp_path, "base", thing, Cat=CAT)
    head = document(tmp_path, "head", thing, Cat={**CAT, "required": ["kind", "lives"]})
    (change,) = compared(base, head, "request")
    assert [use.path for use in change.uses] == ["first", "others[*]"]
    assert change.rule == "property-became-required"
    assert change.after is not None
    assert change.after.pointer == "/components/schemas/Cat/required/1"


def test_a_renamed_component_is_nothing_on_the_wire(tmp_path: Path) -> None:
    def thing(name: str) -> Schema:
        return {"type": "object", "properties": {"cat": {"$ref": f"#/components/schemas/{name}"}}}

    base = document(tmp_path, "base", thing("Cat"), Cat=CAT)
    head = document(tmp_path, "head", thing("Feline"), Feline=CAT)
    (change,) = compared(base, head)
    assert (change.rule, change.wire, change.side) == ("component-renamed", "docs", None)
    assert change.message == "schema `Feline` was called `Cat`"


def test_a_rule_about_a_new_member_breaks_nobody(tmp_path: Path) -> None:
    base = {"type": "object", "properties": {"a": TEXT}}
    head = {"type": "object", "properties": {"a": TEXT, "b": TEXT}, "not": having("a", "b")}
    found = {change.rule: change.wire for change in changes(tmp_path, base, head, "request")}
    assert found == {"property-added": "compatible", "condition-added": "compatible"}


def test_a_weaker_rule_in_place_of_required_breaks_no_request(tmp_path: Path) -> None:
    base = {**BOTH, "required": ["a"]}
    head = {**BOTH, "anyOf": [having("a"), having("b")]}
    found = {change.rule: change.wire for change in changes(tmp_path, base, head, "request")}
    assert found == {"property-became-optional": "compatible", "condition-added": "compatible"}


@pytest.mark.parametrize("side", ["request", "response"])
def test_a_description_compared_with_itself_and_no_short_cut(side: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs._Unchanged, "same", lambda *_: False)
    base, head = (upgrade(load(ROOT / "spec" / "openapi.yaml")) for _ in range(2))
    comparison = schemas.SchemaComparison(base, head)
    for holder in base.node["components"].members_of("schemas"):
        other = head.find(holder[1].pointer)
        assert other is not None
        comparison.compare(holder[1], other, side, Use("", "", ""))  # type: ignore[arg-type] # of a Literal
    assert comparison.changes() == ()


LEAVES = st.sampled_from(
    [
        *(
            True,
            {},
            TEXT,
            NULL,
            {"type": "integer"},
            {"type": "number", "maximum": 5},
            {"const": 1},
            {"enum": ["a", "b"]},
        ),
        *({**TEXT, "maxLength": 4}, {**TEXT, "pattern": "^a"}, {"type": ["string", "integer"]}, {"type": "boolean"}),
    ]
)


def containers(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    names = st.sampled_from(["a", "b", "c"])
    required = st.lists(names, unique=True, max_size=2)
    return st.one_of(
        st.builds(
            lambda members, needed, extra: {
                "type": "object",
                "properties": members,
                "required": needed,
                "additionalProperties": extra,
            },
            st.dictionaries(names, inner, max_size=3),
            required,
            st.booleans(),
        ),
        st.builds(lambda items: {"type": "array", "items": items}, inner),
        st.builds(
            lambda word, parts: {word: parts},
            st.sampled_from(["anyOf", "oneOf", "allOf"]),
            st.lists(inner, min_size=1, max_size=3),
        ),
        st.builds(
            lambda needed: {**BOTH, "not": {"required": needed}}, st.lists(names, unique=True, min_size=1, max_size=2)
        ),
    )


SCHEMAS = st.recursive(LEAVES, containers, max_leaves=8)


def shuffled(schema: Any) -> Any:
    """The same in another order and with a detour over `allOf`."""
    if isinstance(schema, dict):
        turned = {key: shuffled(value) for key, value in reversed(schema.items())}
        return {"allOf": [turned]} if "type" in turned and isinstance(turned["type"], str) else turned
    if isinstance(schema, list):
        return [shuffled(value) for value in reversed(schema)]
    return schema


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(schema=SCHEMAS)
def test_order_and_all_of_say_nothing(schema: Schema, tmp_path: Path) -> None:
    assert changes(tmp_path, schema, shuffled(schema)) == ()
