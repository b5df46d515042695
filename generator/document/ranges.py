"""Pairs of bounds that leave nothing between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.document.values import is_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.document.tree import Node

_COUNTS: Final = (
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minContains", "maxContains"),
)
_EXCLUSIVE: Final = (
    ("exclusiveMinimum", "maximum"),
    ("minimum", "exclusiveMaximum"),
    ("exclusiveMinimum", "exclusiveMaximum"),
)


BOUNDS: Final = tuple(dict.fromkeys(word for pair in (*_COUNTS, ("minimum", "maximum"), *_EXCLUSIVE) for word in pair))
"""Every keyword that can be of such a pair."""


def empty_ranges(schema: Node) -> Iterator[tuple[str, str]]:
    """The lower and the upper bound of each; one that is exclusive needs room."""
    yield from (pair for pair in _COUNTS if _is_over(schema, *pair, is_touching=True))
    # In 3.0 these are marks on the other bounds.
    is_marked = schema.is_true("exclusiveMinimum") or schema.is_true("exclusiveMaximum")
    if _is_over(schema, "minimum", "maximum", is_touching=not is_marked):
        yield "minimum", "maximum"
    yield from (pair for pair in _EXCLUSIVE if _is_over(schema, *pair, is_touching=False))


def _is_over(schema: Node, low: str, high: str, *, is_touching: bool) -> bool:
    least, most = schema.object.get(low), schema.object.get(high)
    if not is_number(least) or not is_number(most):
        return False
    return least > most or (least == most and not is_touching)
