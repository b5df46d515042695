"""Arrays worth trying: of as many elements as allowed and one more or less, and with each element varied by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.document.tree import Array
from generator.review.evidence.sampling import shape
from generator.review.evidence.sampling.place import Place, bounds, in_turn
from generator.review.evidence.sampling.regex import LONGEST
from generator.review.evidence.sampling.scalars import hints, near
from generator.review.evidence.validation import parts, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.document.tree import Node
    from generator.review.evidence.sampling.place import Maker
    from generator.review.evidence.sampling.shape import World
    from generator.review.rules.fragments import Plain

LONGEST_ARRAY: Final = 20_000
"""The greatest number of elements at which a bound is tried where no smaller array shows a difference."""


def arrays(maker: Maker, place: Place, world: World) -> Iterator[Plain]:
    """Arrays for a place, as a world has them, the simplest first."""
    base = _Base(maker, world, place.depth)
    least = max(bounds(world.parts, "minItems", LONGEST), default=0)
    start = base.filled(max(least, len(base.held)))
    yield start
    prefixes = _prefixes(place.schemas)
    if prefixes and base.held:  # what `contains` asks for may have no room among the elements that are listed
        yield base.filled(max(least, prefixes + len(base.held)))
    yield from (base.filled(length) for length in range(least + 1, min(prefixes, LONGEST) + 1))
    yield from base.placed(least)
    changes = [
        base.with_element(start, position, maker.values(place.element(world, position)))
        for position in range(prefixes + 1)
    ]
    if maker.differs(place):
        rest = place.element(world, prefixes)
        for own, other in ((_contained(world.parts), ()), ((), _contained(parts(place.other)))):
            if own or other:
                wanted = Place((*rest.own, *own), (*rest.other, *other), rest.depth)
                changes.append(base.with_element(start, len(start), maker.values(wanted)))
        changes.append(_counted(place, base))
    yield from in_turn(changes)


def at_limits(maker: Maker, place: Place, world: World) -> Iterator[Plain]:
    """Arrays of one element more than bounds allow, however long: for where no shorter array shows a difference."""
    base = _Base(maker, world, place.depth)
    for count in hints(place.schemas).counts:
        if count <= LONGEST_ARRAY:
            yield base.filled(count + 1)


def _prefixes(schemas: Iterable[Node]) -> int:
    listed = (schema.object.get("prefixItems") for schema in schemas)
    return max((len(each) for each in listed if isinstance(each, Array)), default=0)


def _contained(schemas: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(found for schema in schemas if (found := schema.child("contains")) is not None)


class _Base:
    """Arrays of simple elements, for one world."""

    def __init__(self, maker: Maker, world: World, depth: int) -> None:
        self._maker = maker
        self._world = world
        self._below = depth + 1
        self._listed = _prefixes(world.parts)
        self._differ = any(schema.is_true("uniqueItems") for schema in world.parts)
        self.rest = shape.element(world.parts, self._listed)
        self.held = list(self._wanted())
        """The elements that `contains` asks for."""

    def _wanted(self) -> Iterator[Plain]:
        for schema in self._world.parts:
            contains = schema.child("contains")
            if contains is None:
                continue
            often = next(iter(bounds([schema], "minContains", LONGEST)), 1)
            own = (*self.rest, contains)
            supply = self._maker.supply(own, self._below) if self._differ else iter(self._repeated(own, often))
            yield from (value for value, _ in zip(supply, range(often), strict=False))

    def _repeated(self, own: tuple[Node, ...], often: int) -> list[Plain]:
        return self._maker.good(own, self._below) * often

    def filled(self, length: int, held: list[Plain] | None = None) -> list[Plain]:
        """An array of a length, all elements different where they have to be; shorter where there are too few."""
        kept = self.held if held is None else held
        made: list[Plain] = []
        while len(made) < min(length, self._listed):
            made += self._maker.good(shape.element(self._world.parts, len(made)), self._below) or [None]
        made += kept[: length - len(made)]
        missing = length - len(made)
        if missing > 0 and not self._differ:
            made += self._repeated(self.rest, missing)
        elif missing > 0:
            known = {text(one) for one in made}
            fresh = (one for one in self._maker.supply(self.rest, self._below) if text(one) not in known)
            made += [value for value, _ in zip(fresh, range(missing), strict=False)]
        return made

    def placed(self, least: int) -> Iterator[Plain]:
        """Arrays in which one of the listed elements is what `contains` asks for."""
        for contains in _contained(self._world.parts) if self._listed else ():
            for position in range(min(self._listed, LONGEST)):
                own = (*shape.element(self._world.parts, position), contains)
                parent = self.filled(max(least, position + 1), [])
                for good in self._maker.good(own, self._below):
                    yield [*parent[:position], good, *parent[position + 1 :]]

    def with_element(self, start: list[Plain], position: int, values: Iterable[Plain]) -> Iterator[Plain]:
        """The array with each of some values in a position."""
        parent = start if len(start) > position else self.filled(position + 1)
        if len(parent) >= position:
            yield from ([*parent[:position], value, *parent[position + 1 :]] for value in values)


def _counted(place: Place, base: _Base) -> Iterator[Plain]:
    """Arrays of lengths at the bounds, of different and of equal elements, and with too few or more of those wanted."""
    lengths = near({*hints(place.schemas).counts, 0, 1})
    yield from (base.filled(length) for length in lengths)
    for good in (*base.filled(len(base.held) + 1)[-1:], *base.held[:1]):
        yield from ([good] * length for length in dict.fromkeys([2, *lengths]) if length > 1)
    if base.held:
        yield from (base.filled(length, base.held[1:]) for length in lengths)
