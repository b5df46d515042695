"""How many elements go into one request: by the limits of the description, as full as they allow, and in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..constraints import TotalItems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..constraints import Condition

MOST = 100
"""Elements in a request, where the description has no limit."""


class Limits(Struct, frozen=True):
    """What one request may hold: so many elements, and in all of them together so many items at some paths."""

    most: int
    totals: tuple[TotalItems, ...] = ()
    """Their paths begin within an element."""

    def sizes(self, element: object) -> tuple[int, ...]:
        """How much of each total an element takes: a model, or its wire data."""
        return tuple(one.total(element) for one in self.totals)

    def excesses(self, sizes: tuple[int, ...]) -> Iterator[tuple[str, str]]:
        """Where an element is too large even alone: paths within it, and what is wrong there."""
        for rule, size in zip(self.totals, sizes, strict=True):
            if size > rule.most:
                yield rule.path, f"has {size} items, and one request may hold {rule.most}"


def limits_of(array: str, most: int | None, conditions: Sequence[Condition], wanted: int | None) -> Limits:
    """The limits of a body whose elements are in an array; `wanted` is how many the caller wants at most."""
    totals = [one for one in conditions if isinstance(one, TotalItems)]
    counts = [most, wanted, *(one.most for one in totals if one.path == array)]
    inside = f"{array}[*]."
    return Limits(
        max(1, min([one for one in counts if one is not None], default=MOST)),
        tuple(TotalItems(one.path.removeprefix(inside), one.most) for one in totals if one.path.startswith(inside)),
    )


class Filling:
    """One request while it is filled."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._count = 0
        self._sums = [0] * len(limits.totals)

    def takes(self, sizes: tuple[int, ...]) -> bool:
        """Take an element of these sizes, if there is room for it."""
        limits = self._limits
        sums = [known + size for known, size in zip(self._sums, sizes, strict=True)]
        if self._count >= limits.most or any(
            total > rule.most for total, rule in zip(sums, limits.totals, strict=True)
        ):
            return False
        self._count += 1
        self._sums = sums
        return True
