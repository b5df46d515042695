"""Witnesses: a table of changes with what must be found; sides, circles, and what cannot be checked."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from generator.document.parser import parse
from generator.document.tree import Array, Document, Object
from generator.review.evidence.witnesses import Disagreement, Judge
from tests.generator.review.random_schemas import document, node

if TYPE_CHECKING:
    from generator.document.grammar import Side

S = {"type": "string"}
I = {"type": "integer"}  # noqa: E741 - as in the schemas
N = {"type": "number"}
A = {"type": "array"}
O = {"type": "object"}  # noqa: E741 - as in the schemas


def disagreement(base: Any, head: Any, side: Side = "request", **shared: Any) -> Disagreement:
    before, after = document(Root=base, **shared), document(Root=head, **shared)
    return Judge(before, after).disagreement([node(before)], [node(after)], side)


def has(name: str, schema: Any, **more: Any) -> dict[str, Any]:
    return {**O, "properties": {name: schema}, **more}


def rule(**said: Any) -> dict[str, Any]:
    return {**O, "properties": dict.fromkeys("abcd", S), **said}


def needs(*names: str) -> dict[str, Any]:
    return {"required": list(names)}


def kind(name: str, most: int) -> dict[str, Any]:
    return {**O, "properties": {"k": {"const": name}, "v": {**S, "maxLength": most}}, "required": ["k", "v"]}


def said(text: str) -> Any:
    """A schema with exact decimals, as they stand in a file."""
    return Exact(text)


class Exact:
    def __init__(self, text: str) -> None:
        self.text = text


WIDER = [  # the base, what allows more than the base, and perhaps a value that shows it
    ({**S, "maxLength": 4}, {**S, "maxLength": 5}, "aaaaa"),
    ({**S, "maxLength": 4}, S, "aaaaa"),
    ({**S, "minLength": 2}, {**S, "minLength": 1}, "a"),
    ({**S, "minLength": 1}, S, ""),
    ({**S, "maxLength": 40}, {**S, "maxLength": 255}, "a" * 41),
    ({**S, "maxLength": 999}, S, "a" * 1000),
    ({**S, "pattern": "^[a-y]+$"}, {**S, "pattern": "^[a-z]+$"}, "z"),
    ({**S, "pattern": "^[A-Z]{2}$"}, {**S, "pattern": "^[A-Z]{2,3}$"}, None),
    ({**S, "pattern": "^[a-z]{1,40}$"}, {**S, "pattern": "^[a-z]{1,50}$"}, "a" * 41),
    ({**S, "pattern": "^x-[a-z]{1,40}$"}, {**S, "pattern": "^x-[a-z]{1,50}$"}, "x-" + "a" * 41),
    ({**S, "pattern": "^a"}, {**S, "pattern": "a"}, None),
    ({**S, "pattern": "a$"}, {**S, "pattern": "a"}, None),
    ({**S, "pattern": r"^\d{4}-\d{2}$"}, {**S, "pattern": r"^\d{4}-\d{2}(-\d{2})?$"}, None),
    ({**S, "pattern": "^(cat|dog)$"}, {**S, "pattern": "^(cat|dog|owl)$"}, "owl"),
    ({**S, "pattern": r"^\w+$"}, {**S, "pattern": r"^[\w.-]+$"}, "-"),
    ({**S, "pattern": r"^(?!x)[a-z]+$"}, {**S, "pattern": r"^[a-z]+$"}, None),
    ({**S, "pattern": r"^[0-9]+$"}, {**S, "pattern": r"^[0-9]+\.?$"}, None),
    ({**S, "pattern": "^[a-z]+$", "maxLength": 10}, {**S, "pattern": "^[a-z]+$", "maxLength": 11}, None),
    ({**S, "pattern": "^[a-z]*$"}, S, None),
    ({**S, "format": "date"}, S, ""),
    ({**S, "format": "uuid"}, S, ""),
    ({**S, "format": "email"}, S, ""),
    ({**S, "format": "date-time"}, S, ""),
    ({**N, "maximum": 3}, {**N, "maximum": 4}, 4),
    ({**N, "exclusiveMaximum": 3}, {**N, "maximum": 3}, 3),
    ({**N, "minimum": 3}, {**N, "minimum": 2}, 2),
    ({**N, "exclusiveMinimum": 3}, {**N, "minimum": 3}, 3),
    ({**N, "minimum": 0}, N, -1),
    ({**I, "maximum": 2147483647}, I, 2147483648),
    ({**I, "maximum": 10**30}, I, 10**30 + 1),
    (said('{"type": "number", "maximum": 0.1}'), said('{"type": "number", "maximum": 0.11}'), Decimal("0.11")),
    (
        said('{"type": "number", "maximum": 100000000000000000.01}'),
        said('{"type": "number", "maximum": 100000000000000000.02}'),
        Decimal("100000000000000000.02"),
    ),
    ({**N, "multipleOf": 2}, N, 1),
    ({**N, "multipleOf": 6}, {**N, "multipleOf": 3}, 3),
    (
        said('{"type": "number", "multipleOf": 0.01}'),
        said('{"type": "number", "multipleOf": 0.001}'),
        Decimal("0.001"),
    ),
    (I, N, None),
    (S, {"type": ["string", "null"]}, None),
    (S, {"type": ["string", "integer"]}, 0),
    (S, {}, 0),
    (False, S, ""),
    (S, True, 0),
    ({"enum": ["a"]}, {"enum": ["a", "b"]}, "b"),
    ({"enum": ["a"]}, S, ""),
    ({"enum": [1]}, {"enum": [1, None]}, None),
    ({"const": {"a": [1]}}, {"enum": [{"a": [1]}, {"a": [2]}]}, {"a": [2]}),
    ({**S, "not": {"enum": ["a"]}}, S, "a"),
    ({**S, "not": {"pattern": "^x"}}, S, "x"),
    ({**A, "maxItems": 2}, {**A, "maxItems": 3}, None),
    ({**A, "minItems": 2}, {**A, "minItems": 1}, None),
    ({**A, "minItems": 1}, A, []),
    ({**A, "maxItems": 50, "items": I}, {**A, "maxItems": 100, "items": I}, [0] * 51),
    ({**A, "uniqueItems": True}, A, None),
    ({**A, "items": S, "uniqueItems": True, "minItems": 3}, {**A, "items": S, "minItems": 3}, None),
    ({**A, "items": {**S, "maxLength": 2}}, {**A, "items": {**S, "maxLength": 3}}, ["aaa"]),
    ({**A, "prefixItems": [S], "items": False}, {**A, "prefixItems": [S, I], "items": False}, ["", 0]),
    ({**A, "prefixItems": [S, {**I, "maximum": 3}]}, {**A, "prefixItems": [S, {**I, "maximum": 4}]}, ["", 4]),
    ({**A, "contains": I}, A, []),
    ({**A, "contains": I, "minContains": 2}, {**A, "contains": I}, [0]),
    ({**A, "contains": I, "maxContains": 1}, {**A, "contains": I, "maxContains": 2}, [0, 0]),
    (has("a", S, additionalProperties=False), has("a", S), {"extra": 0}),
    (has("a", S, required=["a"]), has("a", S), {}),
    (has("a", {**S, "maxLength": 2}), has("a", {**S, "maxLength": 3}), {"a": "aaa"}),
    (has("a", S, required=["a"]), has("a", S, required=[]), {}),
    (
        has("a", S, additionalProperties=False),
        {**has("a", S, additionalProperties=False), "properties": {"a": S, "b": I}},
        {"b": 0},
    ),
    (has("a", S, additionalProperties=I), has("a", S, additionalProperties=N), {"extra": Decimal("0.5")}),
    ({**O, "patternProperties": {"^x-": S}}, O, {"x-": 0}),
    (
        {**O, "additionalProperties": False},
        {**O, "additionalProperties": False, "patternProperties": {"^x-[a-z]+$": S}},
        None,
    ),
    (
        {**O, "patternProperties": {"^x-": {**S, "maxLength": 3}}},
        {**O, "patternProperties": {"^x-": S}},
        {"x-": "aaaa"},
    ),
    ({**O, "propertyNames": {"maxLength": 3}}, {**O, "propertyNames": {"maxLength": 4}}, {"aaaa": "x"}),
    ({**O, "propertyNames": {"pattern": "^[a-z]+$"}}, O, None),
    ({**O, "minProperties": 1}, O, {}),
    ({**O, "maxProperties": 2}, {**O, "maxProperties": 3}, None),
    (rule(anyOf=[needs("a"), needs("b")]), rule(), {}),
    (rule(oneOf=[needs("a"), needs("b")]), rule(anyOf=[needs("a"), needs("b")]), {"a": "", "b": ""}),
    (rule(**{"not": needs("a", "b")}), rule(), {"a": "", "b": ""}),
    (rule(**{"not": needs("a")}), rule(**{"not": needs("a", "b")}), {"a": ""}),
    (rule(dependentRequired={"a": ["b"]}), rule(), {"a": ""}),
    (rule(dependentRequired={"a": ["b", "c"]}), rule(dependentRequired={"a": ["b"]}), {"a": "", "b": ""}),
    (rule(dependentSchemas={"a": needs("b")}), rule(), {"a": ""}),
    (rule(**{"if": needs("a"), "then": needs("b")}), rule(), {"a": ""}),
    (rule(**{"if": needs("a"), "else": needs("b")}), rule(), {}),
    (
        rule(**{"if": has("a", {"const": "x"}, required=["a"]), "then": needs("b")}),
        rule(),
        {"a": "x"},
    ),
    (
        rule(**{"if": has("a", {"enum": ["x", "y"]}, required=["a"]), "then": needs("b")}),
        rule(**{"if": has("a", {"enum": ["x"]}, required=["a"]), "then": needs("b")}),
        {"a": "y"},
    ),
    (
        {
            **has("k", {"enum": ["a", "b"]}, required=["k"]),
            "if": has("k", {"const": "a"}),
            "else": has("y", {"maxLength": 5}),
        },
        {
            **has("k", {"enum": ["a", "b"]}, required=["k"]),
            "if": has("k", {"const": "a"}),
            "else": has("y", {"maxLength": 6}),
        },
        {"k": "b", "y": "aaaaaa"},
    ),
    (
        rule(allOf=[{"anyOf": [needs("a"), needs("b")]}, {"not": needs("c", "d")}]),
        rule(allOf=[{"anyOf": [needs("a"), needs("b")]}]),
        None,
    ),
    ({"anyOf": [S, I]}, {"anyOf": [S, I, {"type": "boolean"}]}, None),
    ({"oneOf": [S, {"maxLength": 3}]}, {"anyOf": [S, {"maxLength": 3}]}, ""),
    ({"oneOf": [{"multipleOf": 3}, {"multipleOf": 5}], **I}, {"anyOf": [{"multipleOf": 3}, {"multipleOf": 5}], **I}, 0),
    (
        {"oneOf": [has("k", {"const": "cat"}, required=["k"]), has("k", {"const": "dog"}, required=["k"])]},
        {"oneOf": [has("k", {"const": one}, required=["k"]) for one in ("cat", "dog", "owl")]},
        {"k": "owl"},
    ),
    (
        {"oneOf": [kind("cat", 3), kind("dog", 3)]},
        {"oneOf": [kind("cat", 3), kind("dog", 4)]},
        {"k": "dog", "v": "aaaa"},
    ),
    (has("a", {"$ref": "#/components/schemas/Short"}), has("a", {"$ref": "#/components/schemas/Long"}), {"a": "aaaa"}),
    ({"$ref": "#/components/schemas/Long", "maxLength": 2}, {"$ref": "#/components/schemas/Short"}, "aaa"),
    ({"allOf": [{"$ref": "#/components/schemas/Short"}, {"minLength": 3}]}, {"$ref": "#/components/schemas/Short"}, ""),
    (
        {**O, "unevaluatedProperties": False, "allOf": [has("a", S)]},
        {**O, "unevaluatedProperties": False, "allOf": [has("a", S), has("b", S)]},
        {"b": ""},
    ),
]
SHARED = {"Short": {**S, "maxLength": 3}, "Long": {**S, "maxLength": 4}}


def loaded(schema: Any) -> str:
    return schema.text if isinstance(schema, Exact) else json.dumps(schema)


def pair(base: str, head: str, side: Side = "request") -> Disagreement:
    shared = json.dumps(SHARED)[1:-1]
    documents = []
    for text in (base, head):
        root, _ = parse(
            f'{{"openapi": "3.1.1", "components": {{"schemas": {{"Root": {text}, {shared}}}}}}}', "api.json"
        )
        assert isinstance(root, Object)
        documents.append(Document(root, ("api.json",)))
    before, after = documents
    return Judge(before, after).disagreement([node(before)], [node(after)], side)


def nested(schema: str) -> str:
    inner = (
        f'{{"type": "object", "required": ["in"], "properties": {{"in": {schema}, "beside": {{"type": "string"}}}}}}'
    )
    items = f'{{"type": "array", "items": {inner}}}'
    return f'{{"type": "object", "properties": {{"out": {items}}}, "additionalProperties": false}}'


IDS = [f"{at}-{loaded(head)[:60]}" for at, (_, head, _) in enumerate(WIDER)]


@pytest.mark.parametrize(("base", "head", "value"), WIDER, ids=IDS)
def test_what_allows_more_wins_values_and_loses_none(base: Any, head: Any, value: Any) -> None:
    found = pair(loaded(base), loaded(head))
    assert found.lost is None
    assert found.won is not None
    assert (found.won.accepted_before, found.won.accepted_after) == (False, True)
    assert found.won.reason
    if value is not None:
        assert found.won.value == value
        assert type(found.won.value) in (str, int, Decimal, Object, Array)


@pytest.mark.parametrize(("base", "head", "value"), WIDER, ids=IDS)
def test_what_allows_less_loses_values_and_wins_none(base: Any, head: Any, value: Any) -> None:
    found = pair(loaded(head), loaded(base))
    assert found.won is None
    assert found.lost is not None
    assert (found.lost.accepted_before, found.lost.accepted_after) == (True, False)
    if value is not None:
        assert found.lost.value == value


@pytest.mark.parametrize(("base", "head", "value"), WIDER, ids=IDS)
def test_it_is_found_deep_inside_too(base: Any, head: Any, value: Any) -> None:
    found = pair(nested(loaded(base)), nested(loaded(head)))
    assert found.lost is None
    assert found.won is not None
    assert isinstance(found.won.value, Object)
    out = found.won.value["out"]
    assert isinstance(out, Array)
    assert [isinstance(one, Object) and list(one) for one in out] == [["in"]]
    assert found.won.reason.startswith("at /out/0")


BOTH = [  # neither holds the other: a value lost, a value won
    (S, I),
    ({"const": "a"}, {"const": "b"}),
    ({"enum": ["a", "b"]}, {"enum": ["b", "c"]}),
    ({**S, "format": "date"}, {**S, "format": "date-time"}),
    ({**S, "format": "uuid"}, {**S, "format": "email"}),
    ({**S, "format": "ipv4"}, {**S, "format": "hostname", "pattern": "[a-z]"}),
    ({**S, "pattern": "^[a-z]+$"}, {**S, "pattern": "^[A-Z]+$"}),
    ({**S, "pattern": r"^\d{3}$"}, {**S, "pattern": r"^\d{4}$"}),
    ({**S, "pattern": "^(a|b)"}, {**S, "pattern": "(a|b)$"}),
    ({**I, "multipleOf": 4}, {**I, "multipleOf": 6}),
    ({**N, "minimum": 1, "maximum": 5}, {**N, "minimum": 2, "maximum": 6}),
    ({**S, "minLength": 1, "maxLength": 3}, {**S, "minLength": 2, "maxLength": 4}),
    (has("a", S, required=["a"]), has("b", S, required=["b"])),
    (has("a", S, additionalProperties=False), has("b", S, additionalProperties=False)),
    (rule(oneOf=[needs("a"), needs("b")]), rule(oneOf=[needs("a"), needs("c")])),
    (rule(**{"not": needs("a", "b")}), rule(**{"not": needs("b", "c")})),
    (rule(dependentRequired={"a": ["b"]}), rule(dependentRequired={"b": ["a"]})),
    (rule(anyOf=[needs("a"), needs("b")]), rule(**{"not": needs("a", "b")})),
    ({**A, "prefixItems": [S, I]}, {**A, "prefixItems": [I, S]}),
    ({"oneOf": [S, I]}, {"oneOf": [S, {"type": "boolean"}]}),
]


@pytest.mark.parametrize(("base", "head"), BOTH, ids=[json.dumps(head)[:60] for _, head in BOTH])
def test_both_kinds_are_found(base: Any, head: Any) -> None:
    for one, other in ((base, head), (has("in", base, required=["in"]), has("in", head, required=["in"]))):
        found = disagreement(one, other)
        assert found.lost is not None
        assert found.won is not None
        assert found.lost.value != found.won.value


SAME = [
    ({**S, "maxLength": 3}, {"allOf": [{"$ref": "#/components/schemas/Short"}]}),
    (said('{"maximum": 0.1}'), said('{"maximum": 0.10}')),
    (said('{"multipleOf": 1}'), said('{"multipleOf": 1.0}')),
    ({"const": 1}, said('{"enum": [1.0]}')),
    ({"enum": ["a", "b"]}, {"enum": ["b", "a"]}),
    ({"anyOf": [S, I]}, {"type": ["integer", "string"]}),
    ({"oneOf": [S, I]}, {"anyOf": [I, S]}),
    ({"enum": ["a", "b"]}, {"oneOf": [{"const": "a"}, {"const": "b"}]}),
    (rule(anyOf=[needs("a"), needs("b")]), rule(**{"not": {"not": {"anyOf": [needs("b"), needs("a")]}}})),
    (
        rule(**{"not": {"anyOf": [needs("a"), needs("b")]}}),
        rule(allOf=[{"not": needs("a")}, {"not": needs("b")}]),
    ),
    (rule(dependentRequired={"a": ["b"]}), rule(**{"if": needs("a"), "then": needs("b")})),
    (rule(dependentRequired={"a": ["b"]}), rule(anyOf=[{"not": needs("a")}, needs("b")])),
    (rule(dependentSchemas={"a": needs("b")}), rule(dependentRequired={"a": ["b"]})),
    ({**S, "pattern": "^[0-9]{2}$"}, {**S, "pattern": r"^\d\d$"}),
    ({**S, "pattern": "^(cat|dog)$"}, {"enum": ["cat", "dog"]}),
    ({**S, "minLength": 1}, {**S, "pattern": r"^[\s\S]"}),
    ({**S, "not": {"maxLength": 2}}, {**S, "minLength": 3}),
    ({**I, "exclusiveMinimum": 0}, {**I, "minimum": 1}),
    ({**has("a", S), "required": ["a"]}, {"allOf": [has("a", S), needs("a")]}),
    ({**A, "items": S, "minItems": 1}, {**A, "items": S, "contains": True}),
    (has("a", S, description="x"), {"title": "y", "properties": {"a": S}, "type": "object", "x-z": 1}),
]


@pytest.mark.parametrize(("base", "head"), SAME, ids=[loaded(head)[:60] for _, head in SAME])
def test_what_means_the_same_has_no_witness(base: Any, head: Any) -> None:
    for one, other in ((base, head), (head, base)):
        found = pair(loaded(one), loaded(other))
        assert (found.lost, found.won) == (None, None)
        assert pair(nested(loaded(one)), nested(loaded(other))).lost is None


# -- sides -----------------------------------------------------------------------------------------------------------


def test_a_hidden_property_is_neither_demanded_nor_allowed() -> None:
    base = {**O, "properties": {"id": S, "name": S}, "required": ["id", "name"]}
    head = {**O, "properties": {"id": {**S, "readOnly": True}, "name": S}, "required": ["id", "name"]}
    sent = disagreement(base, head, "request")
    assert sent.lost is not None
    assert sent.lost.value == {"id": "", "name": ""}
    assert sent.lost.reason == "at /id: nothing is allowed here"
    assert sent.won is not None
    assert sent.won.value == {"name": ""}
    answered = disagreement(base, head, "response")
    assert (answered.lost, answered.won) == (None, None)


@pytest.mark.parametrize("side", ["request", "response"])
def test_a_hidden_property_that_comes_or_goes_is_nothing(side: Side) -> None:
    hidden = {**S, "readOnly" if side == "request" else "writeOnly": True}
    head = {**O, "properties": {"id": hidden, "name": S}, "examples": [{"id": "7"}], "required": ["id"]}
    for one, other in ((has("name", S), head), (head, has("name", S))):
        found = disagreement(one, other, side)
        assert (found.lost, found.won) == (None, None)
        assert found.tried


def test_a_hidden_property_is_known_through_all_of() -> None:
    base = {**O, "properties": {"id": {**S, "readOnly": True}}, "required": ["id"]}
    head = {"allOf": [{"$ref": "#/components/schemas/Base"}, needs("id")]}
    shared = {"Base": {**O, "properties": {"id": {"$ref": "#/components/schemas/Id"}}}, "Id": {**S, "readOnly": True}}
    found = disagreement(base, head, "request", **shared)
    assert (found.lost, found.won) == (None, None)


# -- conjunctions, documents, what cannot be checked -----------------------------------------------------------------


def test_a_side_may_be_several_schemas_at_once() -> None:
    before, after = document(A={**S, "maxLength": 3}, B={**S, "minLength": 2}), document(A=S, B={**S, "minLength": 2})
    found = Judge(before, after).disagreement(
        [node(before, "A"), node(before, "B")], [node(after, "A"), node(after, "B")], "request"
    )
    assert found.lost is None
    assert found.won is not None
    assert found.won.value == "aaaa"


def test_no_schema_allows_everything() -> None:
    before, after = document(Root=S), document()
    found = Judge(before, after).disagreement([node(before)], [], "request")
    assert found.lost is None
    assert found.won is not None
    assert found.won.value == 0
    assert Judge(before, after).disagreement([], [], "request").tried == 0


@pytest.mark.parametrize(
    "broken",
    [
        {"pattern": "("},
        {"maxLength": "4"},
        {"$ref": "#/components/schemas/Nobody"},
        {"$ref": "other.yaml"},
        {"type": "text"},
        {"properties": ["a"]},
        {"properties": {"a": 3}},
        {"anyOf": []},
        {"anyOf": {"a": 1}},
        {"items": [S]},
        {"$dynamicRef": "#a"},
        {"minimum": "1"},
        {"required": "a"},
        {"patternProperties": {"(": S}},
        {"multipleOf": 0},
        7,
        None,
        "x",
        [],
    ],
    ids=json.dumps,
)
def test_what_cannot_be_compiled_gives_no_evidence(broken: Any) -> None:
    for one, other in ((broken, S), (S, broken), (has("a", broken), has("a", S)), (broken, broken)):
        assert disagreement(one, other) == Disagreement(None, None, 0)


@pytest.mark.parametrize(
    ("base", "head"),
    [
        ({"$ref": "#/components/schemas/Root"}, S),
        ({"allOf": [{"$ref": "#/components/schemas/Root"}]}, S),
        ({"anyOf": [{"$ref": "#/components/schemas/Root"}, S]}, S),
        ({"not": {"$ref": "#/components/schemas/Root"}}, S),
        (has("next", {"$ref": "#/components/schemas/Root"}, required=["next"]), O),
        ({**A, "items": {"$ref": "#/components/schemas/Root"}, "minItems": 1}, A),
        (has("a", S, additionalProperties={"$ref": "#/components/schemas/Root"}, minProperties=2), O),
    ],
    ids=["itself", "all-of", "any-of", "not", "required", "items", "additional"],
)
def test_circles_end(base: Any, head: Any) -> None:
    found = disagreement(base, head)
    assert found == disagreement(base, head)
    disagreement(head, base)


def test_recursion_is_looked_into() -> None:
    def tree(most: int) -> dict[str, Any]:
        children = {**A, "items": {"$ref": "#/components/schemas/Root"}}
        return {**O, "properties": {"name": {**S, "maxLength": most}, "children": children}}

    found = disagreement(tree(3), tree(4))
    assert found.lost is None
    assert found.won is not None
    assert found.won.value == {"name": "aaaa"}


def test_extremes_cost_nothing() -> None:
    huge = {**S, "minLength": 10**9, "maxLength": 10**12}
    found = disagreement(huge, {**huge, "minLength": 10**9 + 1})
    assert (found.lost, found.won) == (None, None)
    text = '{"type": "number", "maximum": 1E+5000, "multipleOf": 1E-5000}'
    assert pair(text, '{"type": "number"}').lost is None
    many = {**O, "minProperties": 10**6, "required": [f"p{at}" for at in range(500)]}
    assert disagreement(many, {**many, "minProperties": 1}).lost is None
    assert disagreement({**A, "minItems": 900, "items": {**S, "minLength": 900}}, A).lost is None


def test_evidence_is_small() -> None:
    names = [f"field{at}" for at in range(40)]
    base = {**O, "properties": dict.fromkeys(names, S), "required": names[:3]}
    head = {**base, "properties": {**dict.fromkeys(names, S), "field30": I}}
    found = disagreement(base, head)
    assert found.lost is not None
    assert found.lost.value == {"field0": "", "field1": "", "field2": "", "field30": ""}
    assert found.lost.reason == 'at /field30: "" is not of type "integer"'


def test_the_reason_is_short_and_on_the_point() -> None:
    found = disagreement({"anyOf": [S, {"maxLength": 3}]}, {"oneOf": [S, {"maxLength": 3}]})
    assert found.lost is not None
    assert found.lost.reason == "it fits variants 1 and 2 where only one is allowed"
    long = disagreement({**S, "minLength": 500}, {**S, "maxLength": 400})
    assert long.lost is not None
    assert len(long.lost.reason) < 200


def test_a_judge_gives_the_same_answer_whatever_it_was_asked_before() -> None:
    shared = {"Pet": has("name", S, required=["name"]), "Tree": has("next", {"$ref": "#/components/schemas/Tree"})}
    changed = {"Pet": has("name", I), "Tree": has("next", {"$ref": "#/components/schemas/Tree"}, required=["next"])}
    before, after = document(**shared), document(**changed)
    used = Judge(before, after)
    sides: list[Side] = ["request", "response"]
    for side in sides:
        for name in ("Tree", "Pet", "Tree"):
            fresh = Judge(before, after).disagreement([node(before, name)], [node(after, name)], side)
            assert used.disagreement([node(before, name)], [node(after, name)], side) == fresh
