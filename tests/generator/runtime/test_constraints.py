"""Conditions: what they say is wrong, where, in which words. That they mean what JSON Schema does: test_condition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.runtime.constraints import (
    AllOf,
    AnyOf,
    Condition,
    Count,
    HasFields,
    In,
    Inside,
    Not,
    OneOf,
    Present,
    TotalItems,
    When,
    undecided,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

A, B, C = Present("a"), Present("b"), Present("c")


@dataclass(frozen=True)
class Given(HasFields):
    fields: Mapping[str, object]

    def wire_fields(self) -> Mapping[str, object]:
        return self.fields


def passes(condition: Condition, fields: Mapping[str, object]) -> bool:
    """What the test says that a condition makes, where names are spelled in another way than on the wire."""
    return condition.test(str.upper)({name.upper() for name in fields}, Given(fields))


@pytest.mark.parametrize(
    ("condition", "fields", "failures"),
    [
        (A, {"a": None}, []),
        (A, {}, ["a: is required"]),
        (Present("a", "b"), {}, ["a: is required", "b: is required"]),
        (Not(A), {"a": 1}, ["a: must not be given"]),
        (Not(Present("a", "b")), {"a": 1, "b": 1}, ["b: excludes a: give only one of them"]),
        (Not(Present("a", "b", "c")), dict.fromkeys("abc", 1), ["c: excludes a and b: give only one of them"]),
        (In("a", "x", "y"), {"a": "z"}, ["a: must be x or y"]),
        (In("a", "x"), {}, []),
        (In("a", 1), {"a": True}, ["a: must be 1"]),
        (In("a", True), {"a": 1}, ["a: must be True"]),
        (In("a", None), {"a": None}, []),
        (AnyOf(A, B), {}, ["a: at least one of a and b is required"]),
        (AnyOf(A, B), {"b": 1}, []),
        (OneOf(A, B), {}, ["a: exactly one of a and b is required"]),
        (OneOf(A, B), {"a": 1, "b": 1}, ["b: exactly one of a and b is required"]),
        (OneOf(A, B), {"b": 1}, []),
        (AllOf(A, B), {}, ["a: is required", "b: is required"]),
        (When(A, B), {"a": 1}, ["b: is required when a is given"]),
        (When(A, B), {}, []),
        (Not(AnyOf(A, B)), {"a": 1, "b": 1}, ["a: must not be given", "b: must not be given"]),
        (Count(1, 2), {}, [": must have 1 to 2 fields"]),
        (Count(2), {"a": 1}, [": must have at least 2 fields"]),
        (Inside("l", A), {"l": [{"a": 1}, {}]}, ["l.1.a: is required"]),
        (Inside("o", A), {"o": {}}, ["o.a: is required"]),
        (Inside("o", A), {"o": "text"}, []),
        (Inside("o", A), {}, []),
        (TotalItems("l[*].i", 2), {"l": [{"i": [1, 2]}, {"i": [3]}]}, ["l: has 3 items in l[*].i; at most 2 are"]),
        (TotalItems("l[*].i", 3), {"l": [{"i": [1, 2]}, {"i": [3]}, {}, {"i": None}, 5]}, []),
        (TotalItems("l", 1), {"l": [1, 2]}, ["l: has 2 items in l; at most 1 are"]),
        (TotalItems("l[*].m[*].i", 1), {"l": [{"m": [{"i": [1]}, {"i": [2]}]}]}, ["l: has 2 items"]),
        (TotalItems("l[*].i", 1), {"l": "text"}, []),
    ],
)
def test_failures(condition: Condition, fields: dict[str, object], failures: list[str]) -> None:
    found = [f"{'.'.join(map(str, path))}: {message}" for path, message in condition.failures(fields)]
    assert len(found) == len(failures)
    for said, expected in zip(found, failures, strict=True):
        assert said.startswith(expected)
    assert condition.holds(fields) is (not failures)
    assert passes(condition, fields) is (not failures)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (A, "a is given"),
        (Present("a", "b", "c"), "a, b and c are given"),
        (In("a", "x", 1), "a is x or 1"),
        (Not(A), "it is not so that a is given"),
        (AnyOf(A, B), "at least one of a and b is given"),
        (AnyOf(A, In("b", 1)), "a is given, or b is 1"),
        (OneOf(A, B, C), "exactly one of a, b and c is given"),
        (AllOf(A, B), "a is given, and b is given"),
        (When(A, Not(B)), "when a is given, it is not so that b is given"),
        (Inside("l", A), "in l, a is given"),
        (Count(1), "there are at least 1 fields"),
        (TotalItems("l[*].i", 9), "l[*].i has at most 9 items in all"),
    ],
)
def test_words(condition: Condition, words: str) -> None:
    assert str(condition) == words


@pytest.mark.parametrize(
    "condition",
    [A, Not(AnyOf(A, In("b", 1, None, True))), When(A, Inside("l", OneOf(B, C))), Count(1, 2), TotalItems("l", 3)],
)
def test_a_condition_is_shown_as_the_code_that_makes_it(condition: Condition) -> None:
    assert repr(eval(repr(condition))) == repr(condition)  # noqa: S307


@pytest.mark.parametrize(
    "condition", [A, Not(A), In("a", 1), AnyOf(A, B), OneOf(A, B), AllOf(A, B), When(A, B), Count(1)]
)
@pytest.mark.parametrize("fields", [{}, {"a": 1}, {"b": 1}, {"a": 1, "b": 1}])
def test_refusals_are_the_opposite_of_failures(condition: Condition, fields: dict[str, object]) -> None:
    assert bool(list(condition.refusals(fields))) is not bool(list(condition.failures(fields)))


@pytest.mark.parametrize(
    "condition", [A, Not(A), Not(Not(Present("a", "b"))), AnyOf(), OneOf(), OneOf(A, A), AnyOf(A, In("b", 1)), Count(1)]
)
@pytest.mark.parametrize("fields", [{}, {"a": 1}, {"b": 1}, {"b": 2}, {"a": None, "b": 1}])
def test_the_test_says_whether_it_holds(condition: Condition, fields: dict[str, object]) -> None:
    assert passes(condition, fields) is condition.holds(fields)


def test_a_name_that_is_never_given() -> None:
    assert A.test(lambda _: None)({"a"}, Given({})) is False
    assert In("a", 1).test(lambda _: None)({"a"}, Given({})) is True


def test_objects_are_asked_for_their_wire_names() -> None:
    model = Given({"i": [1, 2]})
    assert TotalItems("l[*].i", 3).holds({"l": [model]})
    assert not TotalItems("l[*].i", 3).holds({"l": [model, model]})
    assert list(Inside("o", A).failures({"o": model})) == [(("o", "a"), "is required")]


CONDITIONS = st.recursive(
    st.sampled_from(
        [A, B, C, Present("a", "b"), In("a", 1), In("b", 2), Count(1, 2), Inside("l", A), TotalItems("l[*].b", 1)]
    ),
    lambda inner: (
        inner.map(Not)
        | st.builds(When, inner, inner)
        | st.lists(inner, max_size=3).flatmap(
            lambda some: st.sampled_from([kind(*some) for kind in (AllOf, AnyOf, OneOf)])
        )
    ),
    max_leaves=6,
)
OBJECTS = st.fixed_dictionaries(
    {},
    optional={
        "a": st.sampled_from([1, 2]),
        "b": st.sampled_from([1, 2]),
        "c": st.none(),
        "l": st.lists(st.sampled_from([{"a": 1}, {"b": [1, 2]}, {}]), max_size=3),
    },
)


@given(CONDITIONS, OBJECTS)
def test_what_names_alone_say_is_so(condition: Condition, fields: dict[str, object]) -> None:
    held = passes(condition, fields)
    names = {name.upper() for name in fields}
    assert condition.verdict(names, str.upper) in (None, held)
    assert held is condition.holds(fields)
    expected = {True: (), False: None, None: (condition,)}[condition.verdict(names, str.upper)]
    assert undecided([condition], names, str.upper) == expected


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        (AnyOf(A, B), True),
        (Not(Present("a", "b")), True),
        (OneOf(A, B), True),
        (Not(A), False),
        (When(B, In("a", 2)), True),
        (When(A, In("a", 1)), None),
        (In("b", 1), True),
        (Inside("l", A), True),
        (TotalItems("l[*].b", 1), True),
        (Count(1), None),
        (AllOf(A, In("a", 1)), None),
        (AllOf(B, In("a", 1)), False),
    ],
    ids=str,
)
def test_most_rules_are_decided_by_names(condition: Condition, verdict: bool | None) -> None:
    assert condition.verdict({"A"}, str.upper) is verdict
