"""Limits of schemas as exact numbers, in one form for all the ways to say them."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from generator.document.values import is_number
from generator.review.schemas.facets import LOWER, UPPER, Bound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.document.tree import Node

_BOUNDS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "string": ("maxLength", "minLength"),
    "array": ("maxItems", "minItems"),
    "object": ("maxProperties", "minProperties"),
    "integer": ("maximum", "minimum"),
    "number": ("maximum", "minimum"),
}


def limits(kind: str, nodes: Sequence[Node]) -> Iterator[tuple[str, Bound]]:
    """The limits of values of a type: keyword -> the strictest that any of the schemas sets."""
    whole = kind in ("string", "array", "object", "integer")
    for word in _BOUNDS_OF.get(kind, ()):
        strict = {"maximum": "exclusiveMaximum", "minimum": "exclusiveMinimum"}.get(word)
        bounds = [(found, False) for found in _children(nodes, word)]
        bounds += [(found, True) for found in (_children(nodes, strict) if strict else ())]
        limits = [
            _bound(Fraction(found.value), excluded, found, word, whole=whole)
            for found, excluded in bounds
            if is_number(found.value)
        ]
        if word == "maxItems":  # what no element may be is not there
            closed = [node for node in nodes if (rest := node.child("items")) is not None and rest.value is False]
            limits += [
                Bound(Fraction(len(list(node.elements_of("prefixItems")))), False, node["items"]) for node in closed
            ]
        if word in LOWER and kind != "integer" and whole:
            limits = [one for one in limits if one.value > 0]  # nothing has a negative length
        if limits:
            yield (
                word,
                (
                    min(limits, key=lambda one: (one.value, not one.excluded))
                    if word in UPPER
                    else max(limits, key=lambda one: (one.value, one.excluded))
                ),
            )


def multiple(kind: str, nodes: Sequence[Node]) -> Fraction | None:
    """The number of which values are multiples, all schemas together; `None` where any will do."""
    if kind not in ("integer", "number"):
        return None
    steps = [Fraction(found.value) for found in _children(nodes, "multipleOf") if is_number(found.value)]
    if kind == "integer":
        steps.append(Fraction(1))
    steps = [one for one in steps if one > 0]
    together = _least_common(steps) if steps else None
    return None if kind == "integer" and together == 1 else together


def _children(nodes: Sequence[Node], word: str) -> list[Node]:
    return [found for node in nodes if (found := node.child(word)) is not None]


def _bound(value: Fraction, excluded: bool, node: Node, word: str, *, whole: bool) -> Bound:
    """A limit on whole numbers is one of them, and included: `> 3` and `>= 3.5` are both `>= 4`."""
    if not whole:
        return Bound(value, excluded, node)
    if word in UPPER:
        limit = math.floor(value)
        return Bound(Fraction(limit - 1 if excluded and limit == value else limit), False, node)
    limit = math.ceil(value)
    return Bound(Fraction(limit + 1 if excluded and limit == value else limit), False, node)


def _least_common(steps: list[Fraction]) -> Fraction:
    together = steps[0]
    for step in steps[1:]:
        numerator = math.lcm(together.numerator * step.denominator, step.numerator * together.denominator)
        together = Fraction(numerator, together.denominator * step.denominator)
    return together
