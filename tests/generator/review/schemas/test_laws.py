"""The law of a review: where no change is told, no value may tell one; where values are lost, something breaks."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generator.review import catalogue
from generator.review.change import Use, Wire
from generator.review.evidence.named import names_all
from generator.review.evidence.witnesses import Disagreement, Judge
from generator.review.rules import fragments
from generator.review.schemas.comparison import SchemaComparison
from generator.review.schemas.differences import SAME_VALUES
from tests.generator.review.random_schemas import LEAVES, SCHEMAS, document, grown, node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.document.grammar import Side
    from generator.review.change import Change

_OF_FORMS = frozenset((catalogue.ALTERNATIVE_ADDED.id, catalogue.ALTERNATIVE_REMOVED.id))
_NAMED = frozenset(("properties", "patternProperties"))
_LISTED = frozenset(("anyOf", "oneOf", "allOf", "prefixItems"))
_ONE = frozenset(("items", "additionalProperties", "not", "contains", "if", "then", "else"))

Path = tuple[str | int, ...]


def places(schema: Any, path: Path = ()) -> Iterator[Path]:
    """The way to each schema in a schema, itself first."""
    yield path
    for key, value in schema.items() if isinstance(schema, dict) else ():
        if key in _ONE:
            yield from places(value, (*path, key))
        elif key in _LISTED:
            for index, each in enumerate(value):
                yield from places(each, (*path, key, index))
        elif key in _NAMED:
            for name, each in value.items():
                yield from places(each, (*path, key, name))


def changed(schema: Any, path: Path, new: Any) -> Any:
    if not path:
        return new
    whole = copy.deepcopy(schema)
    holder = whole
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = new
    return whole


@st.composite
def edits(draw: st.DrawFn) -> tuple[Any, Any]:
    """A schema, and the same with one place edited; in either order."""
    base = draw(SCHEMAS)
    path = draw(st.sampled_from(list(places(base))))
    old = base
    for step in path:
        old = old[step]
    other = draw(LEAVES | grown(LEAVES))
    how = draw(st.sampled_from(["replaced", "less", "more", "closed", "within"]))
    new = other
    if isinstance(old, dict) and how != "replaced":
        added = other if isinstance(other, dict) else {}
        dropped = draw(st.sampled_from(sorted(old))) if old else ""
        new = {
            "less": {key: value for key, value in old.items() if key != dropped},
            "more": {**old, **added},
            "closed": {**old, "additionalProperties": False},
            "within": {draw(st.sampled_from(["anyOf", "oneOf", "allOf"])): [old, other]},
        }[how]
    edited = changed(base, path, new)
    return (edited, base) if draw(st.booleans()) else (base, edited)


def told(base: Any, head: Any, side: Side) -> tuple[tuple[Change, ...], Disagreement]:
    """What is said of two schemas, and what values say."""
    before, after = document(Root=base), document(Root=head)
    comparison = SchemaComparison(before, after)
    comparison.compare(node(before), node(after), side, Use("PUT /pets", "body", ""))
    found = Judge(before, after).disagreement([node(before)], [node(after)], side)
    return comparison.changes(), found


@pytest.mark.slow
@pytest.mark.parametrize("side", ["request", "response"])
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.nested_given])
@given(pair=edits())
def test_values_never_know_of_more(side: Side, pair: tuple[Any, Any]) -> None:
    assume(pair[0] != pair[1])
    changes, found = told(*pair, side)
    if not any(one.wire is not Wire.DOCS and one.rule not in SAME_VALUES for one in changes):
        assert (found.lost, found.won) == (None, None)
    broken = found.lost if side == "request" else found.won
    # Members that the base did not declare were no part of the contract: a request may lose those.
    is_undeclared = side == "request" and any(one.rule == catalogue.PROPERTY_ADDED.id for one in changes)
    if broken is not None and any(one.rule in _OF_FORMS for one in changes):
        taking = pair[0] if side == "request" else pair[1]
        is_undeclared |= not names_all([node(document(Root=taking))], fragments.plain(broken.value))
    assert broken is None or is_undeclared or any(one.wire is Wire.BREAKING for one in changes)


@pytest.mark.slow
@pytest.mark.parametrize("side", ["request", "response"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.nested_given])
@given(pair=edits())
def test_evidence_is_true(side: Side, pair: tuple[Any, Any]) -> None:
    """What is shown beside a break was fine on one side and is not on the other, at the place that it is about."""
    for one in told(*pair, side)[0]:
        if one.evidence is not None and one.wire is Wire.BREAKING:
            assert (one.evidence.accepted_before, one.evidence.accepted_after) == (side == "request", side != "request")
            assert one.evidence.reason
