"""Rules between fields as formulas, and formulas in one form for each meaning: cases, and laws."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.document.parser import parse
from generator.document.tree import Document, Node, Object
from generator.review.rules import logic
from generator.review.rules.formulas import atoms
from generator.review.rules.logic import (
    FALSE,
    TRUE,
    AllOf,
    AnyOf,
    Atom,
    Formula,
    Holds,
    Not,
    OneOf,
    Present,
    implicates,
)
from tests.cost import at_most

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.review.rules.logic import Clause


def node(schema: Any, /, **schemas: Any) -> Node:
    """A schema in a document with others, which it may refer to as `#/<name>`."""
    root, _ = parse(json.dumps({**schemas, "it": schema}), "api.json")
    assert isinstance(root, Object)
    return Document(root, ("api.json",)).node["it"]


def formula(schema: Any, /, **schemas: Any) -> Formula:
    return logic.formula(node(schema, **schemas))


def said(*rules: Any, **schemas: Any) -> frozenset[Clause]:
    return implicates(formula(rule, **schemas) for rule in rules)


def readable(clauses: Iterable[Clause]) -> set[str]:
    return {
        " | ".join(
            ("" if holds else "!") + (f"{atom.name}:{atom.text}" if isinstance(atom, Holds) else atom.name)
            for atom, holds in sorted(clause)
        )
        for clause in clauses
    }


def needs(*names: str) -> dict[str, Any]:
    return {"required": [*names]}


def has(name: str, fragment: Any) -> dict[str, Any]:
    return {"properties": {name: fragment}}


def named(value: Any) -> str | None:
    return None if isinstance(value, set) else json.dumps(value)


A, B, C = Present("a"), Present("b"), Present("c")


@pytest.mark.parametrize(
    ("rule", "clauses"),
    [
        (needs("a", "b"), {"a", "b"}),
        ({"not": needs("a", "b")}, {"!a | !b"}),
        ({"not": needs("a")}, {"!a"}),
        ({"anyOf": [needs("a"), needs("b")]}, {"a | b"}),
        ({"oneOf": [needs("a"), needs("b")]}, {"a | b", "!a | !b"}),
        ({"oneOf": [needs("a"), needs("b"), needs("c")]}, {"a | b | c", "!a | !b", "!a | !c", "!b | !c"}),
        ({"dependentRequired": {"a": ["b", "c"]}}, {"!a | b", "!a | c"}),
        ({"dependentRequired": {"a": ["b"], "b": ["a"]}}, {"!a | b", "a | !b"}),
        ({"if": needs("a"), "then": needs("b"), "else": needs("c")}, {"!a | b", "a | c", "b | c"}),
        ({"then": needs("b"), "else": needs("c")}, set()),
        ({"if": needs("b")}, set()),
        ({"dependentSchemas": {"a": needs("b")}}, {"!a | b"}),
        (has("a", {"const": "x"}), {'!a | a:{"enum":["x"]}'}),
        (has("a", {"type": "string", "enum": ["y", "x", 1]}), {'!a | a:{"enum":["x","y"]}'}),
        (has("a", {"title": "no matter", "minLength": 1.0}), {'!a | a:{"minLength":1}'}),
        (has("a", {"not": {"const": "x"}}), {'!a | !a:{"enum":["x"]}'}),
        (has("a", {"anyOf": [{"maximum": 1}, {"minimum": 5}]}), {'!a | a:{"maximum":1} | a:{"minimum":5}'}),
        (has("a", {"type": ["string", "null"]}), {'!a | a:{"type":"null"} | a:{"type":"string"}'}),
        (has("a", False), {"!a"}),
        (has("a", True), set()),
        (has("a", {"description": "only words"}), set()),
        (has("a", needs("x", "b")), {'!a | a:{"required":["b","x"]}'}),
        (
            {
                "if": {**has("status", {"const": "posted"}), **needs("status")},
                "then": needs("due"),
            },
            {'due | !status | !status:{"enum":["posted"]}'},
        ),
        ({"minProperties": 1}, {':{"minProperties":1}'}),
        ({"minProperties": 0}, set()),
        ({"not": {"maxProperties": 3}}, {'!:{"maxProperties":3}'}),
        ({"additionalProperties": True}, set()),
        (
            {"additionalProperties": False, "properties": {"a": True}},
            {':{"additionalProperties":false,"properties":{"a":true}}'},
        ),
        ({"patternProperties": {"^x": {"type": "string"}}}, {':{"patternProperties":{"^x":{"type":"string"}}}'}),
        ({"type": "object", "description": "nothing else", "x-mark": 1}, set()),
        ({"type": ["object", "null"]}, set()),
        ({"type": "string"}, {""}),
        (True, set()),
        ({}, set()),
        (False, {""}),
        ({"allOf": [needs("a"), {"not": needs("a")}]}, {""}),
        ({"anyOf": [needs("a"), {"not": needs("a")}]}, set()),
        ({"anyOf": [{"type": "null"}, needs("a")]}, {"a"}),
        ({"oneOf": [needs("a"), False]}, {"a"}),
        ({"oneOf": [needs("a"), True]}, {"!a"}),
        ({"oneOf": []}, {""}),
        ({"required": []}, set()),
        (has("", {"const": 1}), {':{"properties":{"":{"enum":[1]}}}'}),
        (5, set()),
        ({"required": 5, "properties": [], "anyOf": {}, "dependentRequired": 3, "dependentSchemas": 1}, set()),
    ],
    ids=named,
)
def test_each_keyword(rule: Any, clauses: set[str]) -> None:
    assert readable(said(rule)) == clauses


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"not": needs("a", "b")}, {"anyOf": [{"not": needs("a")}, {"not": needs("b")}]}),
        ({"not": needs("a", "b")}, {"dependentSchemas": {"a": {"not": needs("b")}}}),
        ({"not": needs("a", "b")}, {"if": needs("a"), "then": has("b", False)}),
        ({"dependentRequired": {"a": ["b"]}}, {"if": needs("a"), "then": needs("b")}),
        ({"dependentRequired": {"a": ["b"]}}, {"anyOf": [{"not": needs("a")}, needs("b")]}),
        ({"oneOf": [needs("a"), needs("b")]}, {"anyOf": [needs("a"), needs("b")], "not": needs("a", "b")}),
        ({"allOf": [{"allOf": [needs("a")]}]}, needs("a")),
        ({"anyOf": [needs("a"), needs("a", "b")]}, needs("a")),
        (has("a", {"const": 1}), has("a", {"enum": [1.0]})),
        (has("a", {"enum": ["x", "y"]}), has("a", {"anyOf": [{"const": "y"}, {"const": "x"}]})),
        (has("a", {"not": {"anyOf": [{"const": "y"}, {"const": "x"}]}}), has("a", {"not": {"enum": ["x", "y"]}})),
        (has("a", {"type": "string", "maxLength": 5}), has("a", {"allOf": [{"maxLength": 5}, {"type": ["string"]}]})),
        (has("a", {"items": needs("b", "c")}), has("a", {"items": {"required": ["c", "b"], "description": "other"}})),
        (has("a", {"items": needs("b")}), has("a", {"items": {"$ref": "#/named"}})),
        ({"anyOf": [needs("a"), {"$ref": "#/named"}]}, {"anyOf": [{"$ref": "#/named"}, {"$ref": "#/other"}]}),
        (needs("b", "a"), {"$ref": "#/named", "required": ["a"]}),
        (
            {"allOf": [{"if": has("s", {"const": word}), "then": needs("b")} for word in "xy"]},
            {"if": has("s", {"enum": ["y", "x"]}), "then": needs("b")},
        ),
        (has("a", {"items": {"$ref": "#/tree"}}), has("a", {"items": {"$ref": "#/wood"}})),
    ],
    ids=named,
)
def test_equal_meanings_are_equal(one: Any, other: Any) -> None:
    named = {"named": needs("b"), "other": {"$ref": "#/more"}, "more": {"allOf": [needs("a")], "title": "A"}}
    trees = {word: {"properties": {"kids": {"items": {"$ref": f"#/{word}"}}}} for word in ("tree", "wood")}
    assert said(one, **named, **trees) == said(other, **named, **trees)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"anyOf": [needs("a"), needs("b")]}, {"oneOf": [needs("a"), needs("b")]}),
        (has("a", {"const": 1}), has("a", {"const": "1"})),
        (has("a", {"const": True}), has("a", {"const": 1})),
        (has("a", {"const": 1}), {**has("a", {"const": 1}), **needs("a")}),
        (has("a", {"minLength": 1}), has("a", {"minLength": 2})),
        (has("a", {"minLength": 1}), has("b", {"minLength": 1})),
        (has("a", {"properties": {"description": True}}), has("a", {"properties": {"title": True}})),
        (has("a", {"prefixItems": [needs("a"), needs("b")]}), has("a", {"prefixItems": [needs("b"), needs("a")]})),
        (has("a", {"items": {"$ref": "#/tree"}}), has("a", {"items": {"$ref": "#/bush"}})),
        ({"dependentRequired": {"a": ["b"]}}, {"dependentRequired": {"b": ["a"]}}),
    ],
    ids=named,
)
def test_other_meanings_are_not(one: Any, other: Any) -> None:
    trees = {word: {"properties": {word: {"items": {"$ref": f"#/{word}"}}}} for word in ("tree", "bush")}
    assert said(one, **trees) != said(other, **trees)


def test_enumerations_of_one_member_are_one_variable() -> None:
    some = Holds("a", '{"enum":["x","y"]}')
    assert implicates([Holds("a", '{"enum":["x"]}'), Holds("a", '{"enum":["y"]}')]) == {frozenset()}
    assert implicates([AnyOf((Not(Holds("a", '{"enum":["x"]}')), some))]) == frozenset()
    assert implicates([some, Not(Holds("a", '{"enum":["y"]}'))]) == implicates([Holds("a", '{"enum":["x"]}')])


def test_contradictions_are_the_empty_clause_alone() -> None:
    assert implicates([A, Not(A), AnyOf((B, C))]) == {frozenset()}
    assert implicates([FALSE, B]) == {frozenset()}
    assert implicates([TRUE]) == frozenset()
    assert implicates([]) == frozenset()


def test_atoms_of_all_kinds_are_sorted_together() -> None:
    listed: list[Atom] = [Present("b"), Holds("a", "{}"), Present("a"), Holds("a", "[]"), Holds("", "{}")]
    assert all(sorted(mixed) == sorted(listed) for mixed in itertools.permutations(listed))
    assert sorted(listed)[1] == Present("a")


# -- references ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "schemas",
    [
        {"it": {"$ref": "#/it"}},
        {"it": {"allOf": [{"$ref": "#/it"}]}},
        {"it": {"not": {"$ref": "#/other"}}, "other": {"anyOf": [{"$ref": "#/it"}, needs("a")]}},
        {"it": {"$ref": "#/nowhere"}},
        {"it": has("a", {"$ref": "#/it"})},
        {"it": has("a", {"items": {"$ref": "#/nowhere"}})},
        {"it": {"$ref": 5}},
    ],
    ids=named,
)
def test_circular_and_dead_references_have_a_formula(schemas: Any) -> None:
    it = schemas.pop("it")
    assert said(it, **schemas) == said(it, **schemas)
    assert logic.is_about_fields(node(it, **schemas), "a") is ("properties" in it)


@pytest.mark.slow
def test_references_that_double_at_every_step_end() -> None:
    def doubled(inner: str) -> dict[str, Any]:
        steps = {
            f"s{step}": {"allOf": [{**has("a", {"$ref": f"#/s{step + 1}"}), inner: [{"$ref": f"#/s{step + 1}"}] * 2}]}
            for step in range(60)
        }
        return {**steps, "s60": needs("b")}

    with at_most(60_000_000):
        assert said({"$ref": "#/s0"}, **doubled("allOf"))
        assert said({"$ref": "#/s0"}, **doubled("oneOf"))


def test_deep_chains_of_references_end() -> None:
    steps = {f"s{step}": {"anyOf": [needs("a"), {"$ref": f"#/s{step + 1}"}]} for step in range(500)}
    values = {f"v{step}": has("a", {"items": {"$ref": f"#/v{step + 1}"}}) for step in range(500)}
    assert said({"$ref": "#/s0"}, **steps)
    assert said({"$ref": "#/v0"}, **values)


# -- whether a fragment is a rule ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        (needs("a"), True),
        (needs("elsewhere"), True),
        ({"type": "object", "title": "By id", **needs("a")}, True),
        (has("a", {"const": 1}), True),
        (has("new", {"const": 1}), False),
        ({"$ref": "#/rule"}, True),
        ({"anyOf": [{"$ref": "#/rule"}, needs("b")]}, True),
        ({"$ref": "#/model"}, False),
        ({"anyOf": [needs("a"), {"$ref": "#/model"}]}, False),
        ({"not": needs("a", "b")}, True),
        ({"not": has("new", True)}, False),
        ({"if": needs("a"), "then": has("b", {"minLength": 1})}, True),
        ({"if": needs("a"), "else": has("new", {"minLength": 1})}, False),
        ({"dependentRequired": {"a": ["b"]}}, True),
        ({"dependentSchemas": {"a": has("new", {})}}, False),
        ({"minProperties": 1}, True),
        ({"additionalProperties": False, **needs("a")}, False),
        ({"patternProperties": {"x": {}}}, False),
        ({"type": "null"}, False),
        ({"type": ["object", "null"]}, True),
        ({"minLength": 1}, False),
        ({"enum": [{}]}, False),
        ({"items": needs("a")}, False),
        (has("a", {"properties": {"inner": {"type": "string"}}}), True),
        (False, True),
        ({}, True),
    ],
    ids=named,
)
def test_what_is_a_rule_between_fields(fragment: Any, expected: bool) -> None:
    found = node(fragment, rule=needs("a"), model={"type": "object", "properties": {"own": {}}})
    assert logic.is_about_fields(found, {"a", "b"}) is expected


# -- laws ------------------------------------------------------------------------------------------------------------

ATOMS: list[Atom] = [A, B, C, Present("d"), Holds("a", '{"minLength":1}'), Holds("", '{"minProperties":2}')]


def grown(parts: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    several = st.lists(parts, max_size=3).map(tuple)
    return st.builds(Not, parts) | st.builds(AllOf, several) | st.builds(AnyOf, several) | st.builds(OneOf, several)


FORMULAS: st.SearchStrategy[Formula] = st.recursive(st.sampled_from(ATOMS), grown, max_leaves=12)


def holds(formula: Formula, world: Mapping[Atom, bool]) -> bool:
    match formula:
        case Atom():
            return world[formula]
        case Not(part):
            return not holds(part, world)
        case AllOf(parts):
            return all(holds(part, world) for part in parts)
        case AnyOf(parts):
            return any(holds(part, world) for part in parts)
        case OneOf(parts):
            return sum(holds(part, world) for part in parts) == 1


def worlds(given: list[Atom]) -> list[dict[Atom, bool]]:
    return [dict(zip(given, row, strict=True)) for row in itertools.product((False, True), repeat=len(given))]


WORLDS = worlds(ATOMS)


def table(formulas: Iterable[Formula]) -> list[bool]:
    return [all(holds(one, world) for one in formulas) for world in WORLDS]


def primes(truth: list[bool]) -> frozenset[Clause]:
    """The prime implicates of a truth table, by trying every clause."""
    sides = itertools.product((None, False, True), repeat=len(ATOMS))
    every = [[(a, side) for a, side in zip(ATOMS, row, strict=True) if side is not None] for row in sides]
    refuted = [world for world, true in zip(WORLDS, truth, strict=True) if true]
    implied = [frozenset(c) for c in every if all(any(world[a] is side for a, side in c) for world in refuted)]
    shortest: list[Clause] = []
    for clause in sorted(implied, key=len):
        if not any(known <= clause for known in shortest):
            shortest.append(clause)
    return frozenset(shortest)


@settings(deadline=None)
@given(formulas=st.lists(FORMULAS, max_size=4))
def test_implicates_are_all_the_prime_ones(formulas: list[Formula]) -> None:
    assert implicates(formulas) == primes(table(formulas))


@given(one=FORMULAS, other=FORMULAS)
def test_implicates_are_equal_where_the_truth_tables_are(one: Formula, other: Formula) -> None:
    assert (implicates([one]) == implicates([other])) is (table([one]) == table([other]))


@given(formulas=st.lists(FORMULAS, max_size=4))
def test_clauses_read_as_formulas_give_themselves(formulas: list[Formula]) -> None:
    clauses = implicates(formulas)
    assert implicates(map(logic.as_formula, clauses)) == clauses
    assert table(list(map(logic.as_formula, clauses))) == table(formulas)


@given(data=st.data(), formulas=st.lists(FORMULAS, max_size=4))
def test_order_nesting_and_repetition_mean_nothing(data: st.DataObject, formulas: list[Formula]) -> None:
    mixed = data.draw(st.permutations(formulas))
    assert implicates(mixed) == implicates(formulas)
    assert implicates([*formulas, *mixed]) == implicates(formulas)
    assert implicates([AllOf((AllOf(tuple(mixed[:2])), *mixed[2:]))]) == implicates(formulas)


@given(one=FORMULAS, two=FORMULAS, three=FORMULAS)
def test_the_laws_of_logic(one: Formula, two: Formula, three: Formula) -> None:
    equal: list[tuple[Formula, Formula]] = [
        (Not(Not(one)), one),
        (Not(AllOf((one, two))), AnyOf((Not(one), Not(two)))),
        (Not(AnyOf((one, two))), AllOf((Not(one), Not(two)))),
        (AnyOf((one, AllOf((two, three)))), AllOf((AnyOf((one, two)), AnyOf((one, three))))),
        (AllOf((one, AnyOf((two, three)))), AnyOf((AllOf((one, two)), AllOf((one, three))))),
        (AnyOf((one, AllOf((one, two)))), one),
        (AllOf((one, AnyOf((one, two)))), one),
        (OneOf((one, two)), AnyOf((AllOf((one, Not(two))), AllOf((Not(one), two))))),
        (AnyOf((one, Not(one))), TRUE),
        (AllOf((one, Not(one))), FALSE),
    ]
    for left, right in equal:
        assert implicates([left]) == implicates([right])


ENUMS = [f'{{"enum":[{",".join(values)}]}}' for values in (["1"], ["2"], ["1", "2"], ["2", "3"], ["1", "2", "3"])]
CHOICES: st.SearchStrategy[Formula] = st.recursive(
    st.sampled_from([A, B, *(Holds("a", text) for text in ENUMS)]), grown, max_leaves=8
)


@given(one=CHOICES, other=CHOICES)
def test_enumerations_are_equal_where_their_values_are(one: Formula, other: Formula) -> None:
    def truths(formula: Formula) -> list[bool]:
        return [
            holds(formula, {A: a, B: b, **{Holds("a", text): value in json.loads(text)["enum"] for text in ENUMS}})
            for a, b, value in itertools.product((True, False), (True, False), (1, 2, 3, 4))
        ]

    assert (implicates([one]) == implicates([other])) is (truths(one) == truths(other))
    assert implicates(map(logic.as_formula, implicates([one]))) == implicates([one])


# -- agreement with JSON Schema --------------------------------------------------------------------------------------

NAMES = st.sampled_from("abc")
NAMED = st.lists(NAMES, min_size=1, max_size=3, unique=True)
FRAGMENTS: st.SearchStrategy[Any] = st.sampled_from(
    [
        *({"const": 1}, {"enum": [1, "x"]}, {"type": "string"}, {"type": ["string", "null"]}, {"maximum": 3}),
        *(False, True, {"not": {"const": "x"}}, {"allOf": [{"minimum": 1}, {"type": "integer"}]}),
        *({"anyOf": [{"const": 1}, {"const": 2}]}, {"type": "integer", "enum": [1, "x", 5]}),
        *({"type": "object", "required": ["a"]}, {"oneOf": [{"maximum": 3}, {"minimum": 2}]}),
    ]
)
LEAVES: st.SearchStrategy[Any] = (
    st.builds(lambda names: {"required": names}, NAMED)
    | st.builds(lambda name, value: {"properties": {name: value}}, NAMES, FRAGMENTS)
    | st.builds(lambda name, others: {"dependentRequired": {name: others}}, NAMES, NAMED)
    | st.builds(lambda count: {"minProperties": count}, st.integers(0, 3))
    | st.builds(lambda count: {"maxProperties": count}, st.integers(0, 3))
    | st.booleans()
    | st.just({"additionalProperties": False, "properties": {"a": True}})
)


def branched(rules: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(rules, min_size=1, max_size=3)
    return (
        st.builds(lambda rule: {"not": rule}, rules)
        | st.builds(lambda word, each: {word: each}, st.sampled_from(["anyOf", "oneOf", "allOf"]), several)
        | st.builds(lambda one, then: {"if": one, "then": then}, rules, rules)
        | st.builds(lambda one, then, other: {"if": one, "then": then, "else": other}, rules, rules, rules)
        | st.builds(lambda name, rule: {"dependentSchemas": {name: rule}}, NAMES, rules)
    )


RULES = st.recursive(LEAVES, branched, max_leaves=6)
OBJECTS = st.dictionaries(NAMES, st.sampled_from([0, 1, 2, 5, "x", "y", None, {}, {"a": 1}]), max_size=3)


def is_true(atom: Atom, value: dict[str, Any]) -> bool:
    if not isinstance(atom, Holds):
        return atom.name in value
    if atom.name not in value and atom.name:
        return False
    return jsonschema_rs.validator_for(json.loads(atom.text)).is_valid(value[atom.name] if atom.name else value)


@given(rule=RULES, value=OBJECTS)
def test_a_formula_says_what_the_schema_says(rule: Any, value: dict[str, Any]) -> None:
    found = formula(rule)
    valid = jsonschema_rs.validator_for(rule).is_valid(value)
    assert holds(found, {atom: is_true(atom, value) for atom in atoms(found)}) is valid
    clauses = implicates([found])
    assert all(any(is_true(atom, value) is side for atom, side in clause) for clause in clauses) is valid


# -- bounds ----------------------------------------------------------------------------------------------------------


def test_exactly_one_of_sixty_is_said_at_once() -> None:
    names = [Present(f"n{place}") for place in range(60)]
    with at_most(2_000_000):
        clauses = implicates([OneOf(tuple(names))])
    assert len(clauses) == 1 + 60 * 59 // 2
    assert clauses == implicates([AnyOf(tuple(names)), *(Not(AllOf(p)) for p in itertools.combinations(names, 2))])


@pytest.mark.parametrize(
    "formula",
    [
        AnyOf(tuple(AllOf(tuple(Present(f"{row}-{column}") for column in range(8))) for row in range(40))),
        OneOf(tuple(AllOf(tuple(Present(f"{row}-{column}") for column in range(8))) for row in range(40))),
        Not(OneOf(tuple(AllOf(tuple(Present(f"{row}-{column}") for column in range(8))) for row in range(40)))),
        OneOf(tuple(Present(f"n{place}") for place in range(500))),
        Not(OneOf(tuple(Present(f"n{place}") for place in range(500)))),
        AllOf(tuple(AnyOf((Not(Present(f"{n:03}")), Present(f"{n + 1:03}"))) for n in range(120))),
        AllOf(
            tuple(
                AnyOf((Present(f"{n}"), Not(Present(f"{(n * 7 + 3) % 50}")), Present(f"{(n * 11 + 5) % 50}")))
                for n in range(120)
            )
        ),
        AllOf(tuple(OneOf((Present(f"{n}"), Present(f"{n + 1}"), Not(Present(f"{n + 2}")))) for n in range(60))),
    ],
    ids=["any of all", "one of all", "not one of all", "one of many", "not one of many", "chain", "knot", "ones"],
)
def test_no_formula_takes_long(formula: Formula) -> None:
    with at_most(20_000_000):
        assert implicates([formula])


def test_what_is_too_much_for_clauses_is_one_atom() -> None:
    rows = [[Present(f"{row}-{column}") for column in range(8)] for row in range(40)]
    (clause,) = implicates([AnyOf(tuple(AllOf(tuple(row)) for row in rows))])
    assert clause == next(iter(implicates([AnyOf(tuple(AllOf(tuple(reversed(row))) for row in reversed(rows)))])))
    ((atom, side),) = clause
    assert isinstance(atom, Holds)
    assert side
    assert len(json.loads(atom.text)["anyOf"]) == 40
