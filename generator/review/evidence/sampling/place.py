"""A place within the values that are made, and what arrays and objects ask of the one who makes values for places."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeGuard, TypeVar

import msgspec

from generator.review.evidence.sampling import shape
from generator.review.evidence.validation import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.document.tree import Node
    from generator.review.evidence.sampling.shape import World
    from generator.review.rules.fragments import Plain

_T = TypeVar("_T")


class Place(msgspec.Struct, frozen=True, dict=True):
    """What is said of a place, by the description that values are made for and by the one that it is compared with."""

    own: tuple[Node, ...]
    other: tuple[Node, ...]
    depth: int

    @cached_property
    def schemas(self) -> tuple[Node, ...]:
        """Every schema of both sides that speaks of the value there."""
        return (*parts(self.own), *self._elsewhere)

    @cached_property
    def _elsewhere(self) -> tuple[Node, ...]:
        return parts(self.other)

    @cached_property
    def _members_elsewhere(self) -> shape.Members:
        return shape.Members(self._elsewhere)

    def member(self, world: World, name: str) -> Place:
        """The place of a member."""
        return Place(world.members.named(name), self._members_elsewhere.named(name), self.depth + 1)

    def element(self, world: World, position: int) -> Place:
        """The place of an element."""
        own, other = (shape.element(each, position) for each in (world.parts, self._elsewhere))
        return Place(own, other, self.depth + 1)


class Maker(Protocol):
    """Makes values for places."""

    def values(self, place: Place) -> Iterator[Plain]:
        """Values for a place, the simplest first; of a place of which both sides say the same, one."""
        ...

    def good(self, own: tuple[Node, ...], depth: int) -> list[Plain]:
        """A simple value that schemas accept; an empty list where none was found."""
        ...

    def supply(self, own: tuple[Node, ...], depth: int) -> Iterator[Plain]:
        """Different values that schemas accept."""
        ...

    def fits(self, place: Place, world: World, value: Plain) -> bool:
        """Whether a value is accepted, and in the way that the world names."""
        ...

    def hidden(self, place: Place) -> frozenset[str]:
        """The properties that one side hides, and the other one hides or does not know."""
        ...

    def differs(self, place: Place) -> bool:
        """Whether the sides say different things of a value as a whole, not only of its members and elements."""
        ...


def in_turn(sources: Iterable[Iterable[_T]]) -> Iterator[_T]:
    """One of each source, then the next of each, until all are empty."""
    waiting = [iter(source) for source in sources]
    while waiting:
        left = []
        for source in waiting:
            for value in islice(source, 1):
                left.append(source)
                yield value
        waiting = left


def bounds(schemas: Iterable[Node], key: str, most: int) -> list[int]:
    """What schemas say under a keyword that counts something, as far as it can be tried."""
    counts = [schema.object.get(key) for schema in schemas]
    return [int(one) for one in counts if _is_count(one) and 0 <= one <= most]


def _is_count(value: object) -> TypeGuard[int | Decimal]:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)
