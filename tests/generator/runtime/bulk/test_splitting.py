"""The law of splitting: in order, nothing lost, nothing over a limit, no request that the next element fits into."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from generator.runtime.bulk.elements import part_of
from generator.runtime.bulk.splitting import MOST, Filling, Limits, limits_of
from generator.runtime.constraints import TotalItems

if TYPE_CHECKING:
    from collections.abc import Sequence


def split(limits: Limits, elements: Sequence[Any]) -> list[list[Any]]:
    """Requests as they are filled, one after the other."""
    made: list[list[Any]] = []
    filling: Filling | None = None
    for one in elements:
        sizes = limits.sizes(one)
        if filling is None or not filling.takes(sizes):
            filling = Filling(limits)
            assert filling.takes(sizes)
            made.append([])
        made[-1].append(one)
    return made


@st.composite
def cases(draw: st.DrawFn) -> tuple[Limits, list[Any]]:
    totals = (TotalItems("lines", draw(st.integers(1, 9))), TotalItems("lines[*].parts", draw(st.integers(1, 9))))
    line = st.fixed_dictionaries({}, optional={"parts": st.lists(st.just("x"), max_size=3)})
    element = st.fixed_dictionaries({}, optional={"lines": st.lists(line, max_size=5)})
    return Limits(draw(st.integers(1, 6)), totals), draw(st.lists(element, max_size=40))


@given(cases())
def test_requests_are_within_limits_in_order_and_full(case: tuple[Limits, list[Any]]) -> None:
    limits, given_ = case
    fit = [one for one in given_ if not list(limits.excesses(limits.sizes(one)))]
    made = split(limits, fit)
    assert [one for request in made for one in request] == fit
    for request in made:
        assert 1 <= len(request) <= limits.most
        for rule in limits.totals:
            assert sum(map(rule.total, request)) <= rule.most
    for request, after in pairwise(made):
        fuller = [*request, after[0]]
        assert len(fuller) > limits.most or any(sum(map(rule.total, fuller)) > rule.most for rule in limits.totals)


@given(cases())
def test_what_is_too_large_alone_is_told_with_its_place(case: tuple[Limits, list[Any]]) -> None:
    limits, given_ = case
    for one in given_:
        excesses = [path for path, _ in limits.excesses(limits.sizes(one))]
        assert excesses == [rule.path for rule in limits.totals if rule.total(one) > rule.most]


def test_limits_come_from_the_array_from_rules_and_from_the_caller() -> None:
    rules = (TotalItems("orders[*].lines", 10), TotalItems("orders", 7), TotalItems("others[*].x", 1))
    inside = limits_of("orders", 50, rules, None)
    assert (inside.most, [(one.path, one.most) for one in inside.totals]) == (7, [("lines", 10)])
    assert limits_of("orders", 5, rules, 3).most == 3
    assert limits_of("orders", None, (), None).most == MOST


@given(st.text("aé0-", min_size=1, max_size=20), st.integers(1, 50))
def test_a_reference_is_in_one_part(reference: str, parts: int) -> None:
    assert 1 <= part_of(reference, parts) <= parts


def test_the_parts_of_some_references_are_as_on_every_machine() -> None:
    assert [part_of(one, 8) for one in ("INV-1", "INV-2", "größe", "0")] == [7, 7, 8, 1]
