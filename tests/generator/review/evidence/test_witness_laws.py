"""Laws of witnesses, on random schemas."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.review.evidence.witnesses import Disagreement, Judge
from tests.generator.review.random_schemas import PATIENT, SCHEMAS, document, node, plain


def judged(base: Any, head: Any, **shared: Any) -> Disagreement:
    before, after = document(Root=base, **shared), document(Root=head, **shared)
    return Judge(before, after).disagreement([node(before)], [node(after)], "request")


def inside(schema: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"in": schema}}


@pytest.mark.slow
@PATIENT
@given(schema=SCHEMAS)
def test_a_schema_agrees_with_itself(schema: Any) -> None:
    assert judged(schema, schema) == Disagreement(None, None, 0)
    wrapped = {"allOf": [{"$ref": "#/components/schemas/Inner"}]}
    found = judged(schema, wrapped, Inner=schema)
    assert (found.lost, found.won) == (None, None)


MONOTONE = frozenset(
    (
        *("minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMaximum", "multipleOf"),
        *("type", "enum", "const", "required", "additionalProperties", "minProperties", "maxProperties"),
        *("dependentRequired", "propertyNames", "items", "minItems", "maxItems", "uniqueItems", "contains"),
        *("anyOf", "oneOf", "allOf", "not"),
    )
)
"""The keywords without which a schema allows the same or more."""
EVALUATING = frozenset(("additionalProperties", "items", "contains", "anyOf", "oneOf", "allOf"))
"""Those of them that `unevaluatedItems` and `unevaluatedProperties` beside them depend on: without, these say more."""


@pytest.mark.slow
@PATIENT
@given(schema=SCHEMAS, data=st.data())
def test_a_dropped_keyword_loses_nothing(schema: Any, data: st.DataObject) -> None:
    is_closed = any(key.startswith("unevaluated") for key in plain(schema))
    keys = [key for key in plain(schema) if key in MONOTONE and not (is_closed and key in EVALUATING)]
    assume(keys)
    dropped = data.draw(st.sampled_from(keys))
    less = {key: value for key, value in schema.items() if key != dropped}
    for one, other in ((schema, less), (inside(schema), inside(less))):
        assert judged(one, other).lost is None
        assert judged(other, one).won is None


@pytest.mark.slow
@PATIENT
@given(base=SCHEMAS, head=SCHEMAS)
def test_evidence_is_what_it_says_and_the_same_each_time(base: Any, head: Any) -> None:
    before, after = document(Root=base), document(Root=head)
    judge = Judge(before, after)
    found = judge.disagreement([node(before)], [node(after)], "request")
    assert found == Judge(before, after).disagreement([node(before)], [node(after)], "request")
    back = Judge(after, before).disagreement([node(after)], [node(before)], "request")
    assert (found.lost is None, found.won is None) == (back.won is None, back.lost is None)
    for one in (found.lost, found.won):
        if one is not None:
            assert judge.accepts([node(before)], [node(after)], "request", one.value) == (
                one.accepted_before,
                one.accepted_after,
            )


@pytest.mark.slow
@PATIENT
@given(base=SCHEMAS, head=SCHEMAS)
def test_what_is_asked_for_alone_is_found_as_with_the_other(base: Any, head: Any) -> None:
    before, after = document(Root=base), document(Root=head)
    judge, pair = Judge(before, after), ([node(before)], [node(after)])
    both = judge.disagreement(*pair, "request")
    lost, won = judge.disagreement(*pair, "request", won=False), judge.disagreement(*pair, "request", lost=False)
    assert (lost.won, won.lost) == (None, None)
    assert (lost.lost is None, won.won is None) == (both.lost is None, both.won is None)
    assert judge.shows(*pair, "request", (), lost=True, won=False) == (both.lost is not None)
    assert judge.shows(*pair, "request", (), lost=False, won=True) == (both.won is not None)
    assert judge.shows(*pair, "request", (), lost=True, won=True) == (
        both != Disagreement(None, None, both.tried, both.agreed)
    )


@pytest.mark.slow
@PATIENT
@given(base=SCHEMAS, head=SCHEMAS)
def test_nothing_is_found_against_what_is_proven(base: Any, head: Any) -> None:
    before, after = document(Root=base), document(Root=head)
    judge = Judge(before, after)
    found = judge.disagreement([node(before)], [node(after)], "request")
    proof = judge.proof([node(before)], [node(after)], "request")
    assert not (proof.loses_none and found.lost)
    assert not (proof.wins_none and found.won)


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        ({"type": "string", "maxLength": 3}, {"type": "string", "maxLength": 4}, (True, False)),
        (
            {"anyOf": [{"required": ["a"]}, {"type": "null"}]},
            {"anyOf": [{"type": "null"}, {"required": ["a"]}]},
            (True, True),
        ),
        ({"pattern": "^a$"}, {"pattern": "^[a]$"}, (True, True)),
        ({"pattern": "^a$"}, {"pattern": "^(?:a|a)$"}, (False, False)),
        ({"pattern": "("}, {"type": "string"}, (False, False)),
        ({"$ref": "#/components/schemas/Nobody"}, {}, (False, False)),
        ({"type": "text"}, {"type": "text"}, (False, False)),
    ],
)
def test_what_is_proven(base: Any, head: Any, expected: tuple[bool, bool]) -> None:
    before, after = document(Root=base), document(Root=head)
    proof = Judge(before, after).proof([node(before)], [node(after)], "request")
    assert (proof.loses_none, proof.wins_none) == expected


def test_the_laws_are_put_to_schemas_that_differ() -> None:
    found = judged({"type": "string"}, {"type": "integer"})
    assert found.lost is not None
    assert found.won is not None
