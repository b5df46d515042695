"""Rules between fields in words, and schemas in words: cases, and laws of what is never lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.document import load, upgrade
from generator.document.parser import parse
from generator.document.tree import Document, Node, Object
from generator.review.rules import logic
from generator.review.rules.descriptions import describe
from generator.review.rules.logic import AllOf, AnyOf, Atom, Formula, Holds, Not, OneOf, Present, implicates
from generator.review.rules.sentences import sentences
from tests.cost import at_most

if TYPE_CHECKING:
    from generator.review.rules.logic import Clause

SPEC = Path(__file__).parents[4] / "spec" / "openapi.yaml"


def node(schema: Any, /, **schemas: Any) -> Node:
    root, _ = parse(json.dumps({**schemas, "it": schema}), "api.json")
    assert isinstance(root, Object)
    return Document(root, ("api.json",)).node["it"]


def clauses(*rules: Any) -> frozenset[Clause]:
    return implicates(logic.formula(node(rule)) for rule in rules)


def said(*rules: Any) -> list[str]:
    return [one.text for one in sentences(clauses(*rules))]


def named(value: Any) -> str | None:
    return json.dumps(value) if not isinstance(value, str) else ""


def needs(*names: str) -> dict[str, Any]:
    return {"required": [*names]}


def has(name: str, fragment: Any) -> dict[str, Any]:
    return {"properties": {name: fragment}}


def excluded(*names: str) -> dict[str, Any]:
    return {"not": needs(*names)}


def among(word: str, *names: str) -> dict[str, Any]:
    return {word: [needs(name) for name in names]}


POSTED = {**has("status", {"const": "Posted"}), **needs("status")}


@pytest.mark.parametrize(
    ("rules", "texts"),
    [
        ([], []),
        ([needs("a")], ["`a` is required"]),
        ([excluded("a")], ["`a` is not allowed"]),
        ([needs("a"), excluded("a")], ["no object fits: the rules contradict each other"]),
        ([among("oneOf", "a", "b")], ["exactly one of `a` and `b`"]),
        ([among("oneOf", "c", "a", "b")], ["exactly one of `a`, `b` and `c`"]),
        ([among("anyOf", "b", "a")], ["at least one of `a` and `b`"]),
        ([excluded("a", "b")], ["not both `a` and `b`"]),
        (
            [excluded("a", "b"), excluded("a", "c"), excluded("b", "c")],
            ["at most one of `a`, `b` and `c`"],
        ),
        ([excluded("a", "b"), excluded("a", "c")], ["`a` excludes `b` and `c`"]),
        (
            [excluded("a", "b"), excluded("a", "c"), excluded("b", "c"), excluded("c", "d")],
            ["at most one of `a`, `b` and `c`", "not both `c` and `d`"],
        ),
        ([excluded("a", "b", "c")], ["`a` and `b` together exclude `c`"]),
        ([{"dependentRequired": {"a": ["b"]}}], ["`a` requires `b`"]),
        ([{"dependentRequired": {"a": ["c", "b"]}}], ["`a` requires `b` and `c`"]),
        ([{"if": needs("a"), "then": among("anyOf", "b", "c")}], ["`a` requires `b` or `c`"]),
        ([{"if": needs("a", "b"), "then": needs("c")}], ["`a` and `b` together require `c`"]),
        ([{"if": needs("a", "b"), "then": among("anyOf", "d", "c")}], ["`a` and `b` together require `c` or `d`"]),
        ([{"dependentRequired": {"a": ["b"], "b": ["a"]}}], ["`a` and `b` only together"]),
        (
            [{"dependentRequired": {"a": ["b"], "b": ["c"], "c": ["a"]}}],
            ["`a`, `b` and `c` only together"],
        ),
        (
            [{"dependentRequired": {"a": ["b"], "b": ["a"]}}, excluded("b", "c")],
            ["`a` and `b` only together", "not both `b` and `c`"],
        ),
        ([{"dependentRequired": {"a": ["b"], "b": ["c"]}}], ["`a` requires `b`", "`b` requires `c`"]),
        (
            [among("oneOf", "a", "b"), {"dependentRequired": {"b": ["c"]}}],
            ["exactly one of `a` and `b`", "`b` requires `c`"],
        ),
        (
            [{"dependentSchemas": {"lines": has("lines", {"items": has("kind", {"const": "Net"})})}}],
            ["with `lines`, each element of `lines` has `kind` = `Net`"],
        ),
        (
            [has("lines", {"items": {**has("kind", {"const": "Net"}), **needs("kind", "size")}})],
            ["with `lines`, each element of `lines` has `size` and always `kind` = `Net`"],
        ),
        ([{"if": POSTED, "then": needs("due")}], ["if `status` is `Posted`, `due` is required"]),
        ([{"if": POSTED, "then": needs("due", "day")}], ["if `status` is `Posted`, `day` and `due` are required"]),
        ([{"if": POSTED, "then": excluded("due")}], ["if `status` is `Posted`, `due` is not allowed"]),
        (
            [{"if": POSTED, "then": among("anyOf", "due", "day")}],
            ["if `status` is `Posted`, at least one of `day` and `due` is required"],
        ),
        (
            [{"if": {**has("status", {"enum": ["A", "B"]}), **needs("status")}, "then": has("size", {"minimum": 3})}],
            ["if `status` is one of `A` and `B`, `size` is a number of at least 3"],
        ),
        (
            [{"if": {"allOf": [POSTED, needs("note")]}, "then": needs("due")}],
            ["with `note`, if `status` is `Posted`, `due` is required"],
        ),
        ([{"anyOf": [needs("a"), {**has("b", {"const": 1}), **needs("b")}]}],
         ["at least one of `a` and `b`", "without `a`, `b` is `1`"]),
        ([{"not": {"allOf": [POSTED, {**has("kind", {"const": "x"}), **needs("kind")}]}}],
         ["if `kind` is `x`, `status` is not `Posted`"]),
        (
            [{"if": has("status", {"const": "Posted"}), "then": needs("due")}],
            ["at least one of `due` and `status`", "if `status` is `Posted`, `due` is required"],
        ),
        (
            [{"if": POSTED, "then": needs("due"), "else": has("due", {"maxLength": 3})}],
            [
                "if `status` is `Posted`, `due` is required",
                "if `status` is not `Posted`, `due` is text of at most 3 characters",
                "without `status`, `due` is text of at most 3 characters",
            ],
        ),
        (
            [{"if": POSTED, "then": has("kind", {"not": {"enum": ["A", "B"]}})}],
            ["if `status` is `Posted`, `kind` is none of `A` and `B`"],
        ),
        (
            [{"oneOf": [{**has("kind", {"const": name}), **needs("kind", name)} for name in ("cash", "card")]}],
            [
                "`kind` is required",
                "`kind` is one of `card` and `cash`",
                "if `kind` is `card`, `card` is required",
                "if `kind` is `cash`, `cash` is required",
            ],
        ),
        (
            [
                has("kind", {"enum": ["card", "cash"]}),
                {"if": has("kind", {"const": "card"}), "then": needs("pin"), "else": needs("coin")},
                needs("kind"),
            ],
            [
                "`kind` is required",
                "`kind` is one of `card` and `cash`",
                "if `kind` is `card`, `pin` is required",
                "if `kind` is `cash`, `coin` is required",
            ],
        ),
        ([{"propertyNames": {"pattern": "^x"}}], ["each name in the object is text that matches `^x`"]),
        ([has("a", {"const": None})], ["`a` is `null`"]),
        ([has("a", {"const": "null"})], ['`a` is `"null"`']),
        ([has("a", {"not": {"enum": ["x", "y"]}})], ["`a` is none of `x` and `y`"]),
        ([has("a", {"not": {"maxLength": 5}})], ["`a` is not text of at most 5 characters"]),
        ([has("a", {"anyOf": [{"maximum": 1}, {"minimum": 5}]})],
         ["`a` is a number of at most 1 or a number of at least 5"]),
        ([{"dependentSchemas": {"a": has("b", {"maxItems": 2})}}], ["with `a`, `b` is a list of at most 2 elements"]),
        ([{"minProperties": 1}], ["the object has at least 1 member"]),
        ([{"not": {"minProperties": 3}}], ["the object does not have at least 3 members"]),
        ([{"additionalProperties": False, "properties": {"a": {}}}],
         ["the object comes with perhaps `a` and no other members"]),
        ([{"patternProperties": {"^x": {"type": "string"}}}],
         ["the object comes with perhaps members that match `^x` (text)"]),
        ([has("a", {"x": 1, "contentSchema": {}})],
         ["`a` is any value with a condition of its own (`contentSchema` and `x`)"]),
        ([needs("`;\n")], ["`';\\u000a` is required"]),
        ([needs("")], ['`""` is required']),
    ],
    ids=named,
)  # fmt: skip
def test_rules_in_words(rules: list[Any], texts: list[str]) -> None:
    assert said(*rules) == texts


def test_the_rules_of_our_own_description_read_well() -> None:
    document = upgrade(load(SPEC))
    found = {}
    for name, schema in document.node["components"].members_of("schemas"):
        declared = {member for member, _ in schema.members_of("properties")}
        rules = [rule for rule in schema.elements_of("allOf") if logic.is_about_fields(rule, declared)]
        if rules:
            assert len(rules) == len(list(schema.elements_of("allOf")))
            found[name] = [one.text for one in sentences(implicates(map(logic.formula, rules)))]
    assert found == {
        "PostInvoiceType": [
            "at most one of `shipToContact`, `shipToContactId` and `shipToSameAsBillTo`",
            "at most one of `soldToContact`, `soldToContactId` and `soldToSameAsBillTo`",
            "at least one of `accountId` and `accountNumber`",
            "not both `billToContact` and `billToContactId`",
        ],
        "PostInvoiceItemType": [
            "at least one of `chargeName` and `productRatePlanChargeId`",
            "`taxItems` excludes `taxCode` and `taxMode`",
            "with `taxItems`, each element of `taxItems` has `taxMode` = `TaxExclusive`",
        ],
        "PostDiscountItemType": ["at least one of `chargeName` and `productRatePlanChargeId`"],
    }


def test_what_is_given_is_not_said() -> None:
    before = clauses(among("oneOf", "a", "b"))
    after = clauses(among("oneOf", "a", "b"), {"dependentRequired": {"b": ["c"]}})
    assert [one.text for one in sentences(after - before, given=before)] == ["`b` requires `c`"]
    assert sentences(before, given=before) == ()


def test_sentences_name_their_clauses() -> None:
    (one,) = sentences(clauses(among("oneOf", "a", "b")))
    assert one.clauses == clauses(among("oneOf", "a", "b"))


def test_many_members_are_said_at_once() -> None:
    with at_most(4_000_000):
        (one,) = sentences(implicates([OneOf(tuple(Present(f"n{place:02}") for place in range(60)))]))
    assert one.text.startswith("exactly one of `n00`, `n01`")
    assert one.text.endswith("`n10` and 49 more")
    pairs = [(f"n{row}", f"n{(row * step + 7) % 90}") for row in range(90) for step in range(2, 9)]
    tangle = {frozenset(((Present(one), False), (Present(two), False))) for one, two in pairs if one != two}
    with at_most(2_000_000):
        assert sentences(tangle)


# -- laws ------------------------------------------------------------------------------------------------------------

ATOMS: list[Atom] = [
    *map(Present, "abcd"),
    *(
        Holds("a", '{"enum":[1]}'),
        Holds("b", '{"enum":[1,2]}'),
        Holds("b", '{"enum":[2,3]}'),
        Holds("a", '{"items":{"required":["x"]}}'),
        Holds("", '{"minProperties":2}'),
    ),
]


def grown(parts: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    several = st.lists(parts, max_size=3).map(tuple)
    return st.builds(Not, parts) | st.builds(AllOf, several) | st.builds(AnyOf, several) | st.builds(OneOf, several)


FORMULAS: st.SearchStrategy[Formula] = st.recursive(st.sampled_from(ATOMS), grown, max_leaves=10)
A, B = Holds("a", '{"enum":[1]}'), Holds("b", '{"enum":[1,2]}')


@example(formulas=[Not(AllOf((A, B, AnyOf((Present("a"), Present("b"))))))])
@given(formulas=st.lists(FORMULAS, max_size=3))
def test_nothing_is_left_unsaid_and_nothing_added(formulas: list[Formula]) -> None:
    every = implicates(formulas)
    made = sentences(every)
    told = {clause for one in made for clause in one.clauses}
    assert told <= every
    assert implicates(map(logic.as_formula, told)) == every
    assert len({one.text for one in made}) == len(made)
    assert bool(made) is bool(every)


@given(formulas=st.lists(FORMULAS, max_size=3), more=FORMULAS)
def test_nothing_is_left_unsaid_beside_what_is_given(formulas: list[Formula], more: Formula) -> None:
    before, after = implicates(formulas), implicates([*formulas, more])
    told = {clause for one in sentences(after - before, before) for clause in one.clauses}
    assert implicates(map(logic.as_formula, told | before)) == after


@given(data=st.data(), formula=FORMULAS)
def test_the_order_of_clauses_does_not_matter(data: st.DataObject, formula: Formula) -> None:
    every = sorted(implicates([formula]), key=sorted)
    assert sentences(data.draw(st.permutations(every))) == sentences(every)


# -- schemas in words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        (True, "any value"),
        ({}, "any value"),
        ({"description": "words", "x-mark": 1}, "any value"),
        (False, "no value at all"),
        ("none", "any value"),
        ({"type": "string"}, "text"),
        ({"type": "string", "maxLength": 5}, "text of at most 5 characters"),
        ({"type": "string", "minLength": 1}, "text of at least 1 character"),
        ({"type": "string", "minLength": 2, "maxLength": 5}, "text of 2 to 5 characters"),
        ({"type": "string", "minLength": 3, "maxLength": 3}, "text of exactly 3 characters"),
        ({"type": "string", "pattern": "^[a-z`]+$"}, "text that matches `^[a-z']+$`"),
        ({"type": "string", "format": "date"}, "text in the format `date`"),
        ({"type": "string", "contentMediaType": "image/png"}, "text that holds `image/png`"),
        ({"maxLength": 5}, "any value, if text, of at most 5 characters"),
        ({"maxLength": 5, "minimum": 1}, "any value, if text, of at most 5 characters, if a number, of at least 1"),
        ({"type": ["string", "null"], "maxLength": 5}, "text of at most 5 characters or `null`"),
        ({"type": ["null", "integer", "string"]}, "text, a whole number or `null`"),
        ({"type": "boolean"}, "`true` or `false`"),
        ({"type": "number", "exclusiveMaximum": 0}, "a number below 0"),
        ({"type": "number", "minimum": 0, "maximum": 1.50}, "a number from 0 to 1.5"),
        ({"type": "integer", "minimum": 1, "multipleOf": 5}, "a whole number of at least 1 and in steps of 5"),
        ({"type": "integer", "format": "int64"}, "a whole number in the format `int64`"),
        ({"enum": ["A"]}, "`A`"),
        ({"enum": ["B", "A"]}, "one of `A` and `B`"),
        ({"enum": [*range(9)]}, "one of `0`, `1`, `2`, `3`, `4` and 4 more"),
        ({"type": "string", "enum": ["A", 1, None]}, "`A`"),
        ({"enum": []}, "no value at all"),
        ({"enum": ["1", 1, "", " ", None, "true", {"a": [1]}]}, None),
        ({"const": {"a": 1}}, '`{"a":1}`'),
        ({"type": "array"}, "a list"),
        ({"type": "array", "items": {"type": "string"}}, "a list, each element text"),
        (
            {"type": "array", "items": {"type": "number"}, "minItems": 1, "maxItems": 5, "uniqueItems": True},
            "a list of 1 to 5 elements without repetition, each element a number",
        ),
        ({"type": "array", "prefixItems": [{"type": "string"}], "items": False}, "a list, first text, then nothing"),
        ({"type": "array", "contains": {"const": 1}}, "a list, with at least 1 element being `1`"),
        ({"type": "object"}, "an object"),
        (
            {"type": "object", "required": ["a"], "properties": {"b": {"type": "string"}, "a": {"const": 1}}},
            "an object with `a` (`1`) and perhaps `b` (text)",
        ),
        ({"type": "object", "additionalProperties": False}, "an object with no members"),
        ({"type": "object", "additionalProperties": {"type": "number"}}, "an object with any members, each a number"),
        ({"type": "object", "propertyNames": {"maxLength": 3}}, "an object, each name text of at most 3 characters"),
        ({"type": "object", "minProperties": 1}, "an object of at least 1 member"),
        ({"required": ["a"]}, "an object with `a`"),
        ({"type": "object", **among("anyOf", "a", "b")}, "an object, with `a` or with `b`"),
        ({"not": {"type": "string"}}, "anything but text"),
        ({"type": "string", "not": {"const": "x"}}, "text, but not `x`"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "text or `null`"),
        ({"oneOf": [{"type": "string"}, {"type": "number"}]}, "either a number or text"),
        ({"if": {"type": "string"}, "then": {"maxLength": 3}}, "any value, if text, then text of at most 3 characters"),
        ({"$ref": "#/pet"}, "an object with perhaps `name` (text)"),
        ({"allOf": [{"$ref": "#/pet"}, {"required": ["name"]}]}, "an object with `name` (text)"),
        ({"type": "array", "items": {"$ref": "#/pet"}}, "a list, each element an object with perhaps `name` (text)"),
        ({"$ref": "#/nowhere"}, "a value as `nowhere` describes it"),
        ({"type": "array", "items": {"$ref": "#/it"}}, "a list, each element such a value again"),
        ({"contentSchema": {}}, "any value with a condition of its own (`contentSchema`)"),
        ({"type": "weird"}, "`weird`"),
    ],
    ids=named,
)  # fmt: skip
def test_schemas_in_words(schema: Any, text: str | None) -> None:
    pet = {"type": "object", "properties": {"name": {"type": "string", "description": "Its name."}}}
    found = describe(node(schema, pet=pet))
    assert text is None or found == text


def test_values_of_other_types_are_told_apart() -> None:
    found = describe(node({"enum": ["1", 1, "", " ", "true"]}))
    assert found == 'one of `" "`, `""`, `"1"`, `"true"` and `1`'


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
WORDS = [
    *(
        "type",
        "enum",
        "const",
        "minLength",
        "maxLength",
        "pattern",
        "format",
        "minimum",
        "exclusiveMaximum",
        "minItems",
    ),
    *("multipleOf", "items", "prefixItems", "contains", "minContains", "properties", "required", "patternProperties"),
    *("additionalProperties", "propertyNames", "minProperties", "dependentRequired", "dependentSchemas", "not", "if"),
    *("then", "else", "allOf", "anyOf", "oneOf", "$ref", "unevaluatedProperties", "title", "uniqueItems", "maximum"),
]
HOSTILE = st.recursive(
    JSON | st.sampled_from(["string", "object", "#/it", "#", "#/nowhere", ["null", "array"]]),
    lambda inner: st.dictionaries(st.sampled_from(WORDS), inner, max_size=5) | st.lists(inner, max_size=3),
    max_leaves=20,
)


@given(schema=HOSTILE)
def test_every_json_has_words_and_a_formula(schema: Any) -> None:
    try:
        it = node(schema)
    except AssertionError:
        return  # a key that the reader of JSON refuses
    found = describe(it)
    assert 0 < len(found) <= 200
    assert found.count("`") % 2 == 0
    assert "\n" not in found
    assert found == describe(it)
    for one in sentences(implicates([logic.formula(it)])):
        assert one.text.count("`") % 2 == 0
        assert "\n" not in one.text
    logic.is_about_fields(it, ["a"])


def test_long_descriptions_end_between_words() -> None:
    wide = {"type": "array", "items": {"enum": [f"{'word' * 12}{place}" for place in range(9)]}}
    found = describe(node({"anyOf": [wide, {"type": "object", "properties": {"y" * 150: wide, "z" * 90: wide}}]}))
    assert len(found) <= 200
    assert found.endswith(" …")
    assert found.count("`") % 2 == 0


@pytest.mark.parametrize("word", ["allOf", "anyOf", "oneOf", "items"])
def test_descriptions_take_no_time(word: str) -> None:
    def inner(step: int) -> Any:
        target = {"$ref": f"#/s{step + 1}"}
        return target if word == "items" else [target, {"properties": {"a": target}}]

    steps = {f"s{step}": {word: inner(step), "maxLength": step} for step in range(100)}
    it = node({"$ref": "#/s0"}, **steps)
    with at_most(800_000):
        assert len(describe(it)) <= 200
