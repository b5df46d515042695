"""Values worth trying on schemas, made from what they say: minimal ones, full ones, and those at their bounds.

Nested values vary one place at a time within a parent that is as small as can be, so that there are not many. What is
made is meant to be accepted, or refused for one reason; which it is, validation says. The same input gives the same
values in the same order: what is cut off is cut off by number, never by the clock.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, TypeAlias

from generator.review.evidence import examples
from generator.review.evidence.sampling import shape
from generator.review.evidence.sampling.arrays import arrays, at_limits
from generator.review.evidence.sampling.objects import objects
from generator.review.evidence.sampling.place import Place, in_turn
from generator.review.evidence.sampling.regex import LONGEST
from generator.review.evidence.sampling.scalars import hints, numbers, stretched, strings
from generator.review.evidence.validation import Validators, identity, parts, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.document.grammar import Side
    from generator.document.tree import Node
    from generator.review.evidence.sampling.shape import World
    from generator.review.rules.fragments import Plain

MOST: Final = 400
"""The number of values for one conjunction of schemas."""

_LARGEST: Final = 20_000
_DEEPEST_VARIED: Final = 6
_DEEPEST: Final = 10
_MOST_TRIES: Final = 120
_MOST_STARTS: Final = 8

_ANYTHING: Final[tuple[Plain, ...]] = ("x", 0, True, {}, [], Decimal("0.5"), "", False, None)

_Identities: TypeAlias = "tuple[str, ...]"


def samples(schemas: Sequence[Node], side: Side, limit: int = MOST) -> tuple[Plain, ...]:
    """Values for a conjunction of schemas of one description, accepted and refused ones, the simplest first."""
    if not schemas:
        return _ANYTHING
    return tuple(islice(Sampler(Validators(schemas[0].document, side)).samples(schemas), limit))


class Sampler:
    """Makes values for the schemas of one description, with an eye on those of another that stand in the same place.

    Where both say the same in the same words, one value is enough; where they differ, the bounds of both are tried.
    """

    def __init__(self, own: Validators, other: Validators | None = None) -> None:
        """Without another description every place is tried."""
        self._own = own
        self._other = other
        self._goods: dict[tuple[_Identities, int], list[Plain]] = {}
        self._worlds: dict[_Identities, tuple[World, ...]] = {}
        self._known_outlines: dict[tuple[int, _Identities], frozenset[frozenset[str]]] = {}
        self._same: dict[tuple[_Identities, _Identities], bool] = {}
        self._hides = own.hides or (other is not None and other.hides)

    def samples(self, own: Sequence[Node], other: Sequence[Node] = ()) -> Iterator[Plain]:
        """Values for a conjunction of schemas, made when asked for, each once."""
        return _distinct(self._varied(Place(tuple(own), tuple(other), 0)))

    def quoted(self, own: Sequence[Node], other: Sequence[Node]) -> Iterator[Plain]:
        """Examples that the descriptions give, and what is made of them, for a conjunction of schemas."""
        place = Place(tuple(own), tuple(other), 0)
        return examples.quoted(own, other, lambda one: self._is_visible(one, place))

    def extremes(self, own: Sequence[Node], other: Sequence[Node]) -> Iterator[Plain]:
        """Texts and arrays just beyond bounds that are too large to be tried with everything else."""
        place = Place(tuple(own), tuple(other), 0)
        scalars = hints(place.schemas)
        for start in islice(strings(scalars), _MOST_STARTS):
            yield from stretched(start, scalars.lengths)
        if scalars.counts:
            for world in self._ways(place.own):
                yield from at_limits(self, place, world)

    # -- what arrays and objects ask for -----------------------------------------------------------------------------

    def values(self, place: Place) -> Iterator[Plain]:
        """Values for a place, the simplest first; of a place of which both sides say the same, one."""
        if place.depth > _DEEPEST_VARIED or self._is_same(place):
            return iter(self.good(place.own, place.depth))
        return self._varied(place)

    def good(self, own: tuple[Node, ...], depth: int) -> list[Plain]:
        """A simple value that schemas accept; an empty list where none was found."""
        if depth > _DEEPEST:
            return []
        key = (_identities(own), depth)
        if key not in self._goods:
            self._goods[key] = list(islice(self._accepted(own, depth), 1))
        return self._goods[key]

    def supply(self, own: tuple[Node, ...], depth: int) -> Iterator[Plain]:
        """Different values that schemas accept."""
        counted: Iterator[Plain] = (value for number in range(LONGEST + 1) for value in _numbered(number))
        more = filter(self._own.accepting(own), counted)
        return _distinct(chain(self._accepted(own, depth), more))

    def fits(self, place: Place, world: World, value: Plain) -> bool:
        """Whether a value is accepted, and in the way that the world names."""
        return (
            self._own.accepts(place.own, value) is True
            and self._own.accepts(world.picked, value) is True
            and not any(self._own.accepts([one], value) for one in world.against)
        )

    def hidden(self, place: Place) -> frozenset[str]:
        """The properties that one side hides, and the other one hides or does not know."""
        mine = self._own.hidden(place.own)
        theirs = self._other.hidden(place.other) if self._other is not None else frozenset[str]()
        if not mine and not theirs:
            return mine
        pairs = ((place.own, mine), (place.other, theirs))
        declared = (
            (name, hidden) for schemas, hidden in pairs for one in parts(schemas) for name in shape.properties(one)
        )
        return (mine | theirs) - {name for name, hidden in declared if name not in hidden}

    def differs(self, place: Place) -> bool:
        """Whether the sides say different things of a value as a whole, not only of its members and elements."""
        if self._other is None or not place.other:
            return True
        return self._outlines(place.own, self._own) != self._outlines(place.other, self._other)

    # -- any value ---------------------------------------------------------------------------------------------------

    def _varied(self, place: Place) -> Iterator[Plain]:
        schemas = place.schemas
        scalars = hints(schemas)
        yield from shape.literals(schemas, ("const", "enum"))
        textual = scalars.lengths or scalars.patterns or scalars.formats or "string" in scalars.kinds
        numeric = scalars.bounds or scalars.steps or not scalars.kinds.isdisjoint(("integer", "number"))
        sources: list[Iterable[Plain]] = [
            strings(scalars) if textual else (),
            numbers(scalars) if numeric else (),
        ]
        has_members, has_elements = shape.speaks_of_objects(schemas), shape.speaks_of_arrays(schemas)
        worlds = self._ways(place.own) if has_members or has_elements else ()
        sources += objects(self, place, worlds) if has_members else ()
        sources += [arrays(self, place, world) for world in worlds] if has_elements else ()
        given = shape.literals(schemas, ("default", "example", "examples"))
        yield from in_turn([*sources, (one for one in given if self._is_visible(one, place)), _ANYTHING])

    def _accepted(self, own: tuple[Node, ...], depth: int) -> Iterator[Plain]:
        tried = islice(_distinct(self._varied(Place(own, (), depth))), _MOST_TRIES)
        return filter(self._own.accepting(own), tried)

    def _is_same(self, place: Place) -> bool:
        """Whether both descriptions say the same of a place, in the same words."""
        if self._other is None:
            return False
        key = (_identities(place.own), _identities(place.other))
        if key not in self._same:
            mine = self._own.fingerprint(place.own)
            self._same[key] = bool(mine) and mine == self._other.fingerprint(place.other)
        return self._same[key]

    def _outlines(self, schemas: tuple[Node, ...], of: Validators) -> frozenset[frozenset[str]]:
        key = (id(of), _identities(schemas))
        if key not in self._known_outlines:
            self._known_outlines[key] = frozenset(shape.outline(world) for world in shape.worlds(schemas))
        return self._known_outlines[key]

    def _ways(self, schemas: tuple[Node, ...]) -> tuple[World, ...]:
        key = _identities(schemas)
        if key not in self._worlds:
            self._worlds[key] = shape.worlds(schemas)
        return self._worlds[key]

    def _is_visible(self, value: Plain, place: Place) -> bool:
        """Whether a value that a description quotes is without the properties that this side does not have."""
        if not self._hides:
            return True
        below: list[tuple[Plain, tuple[Node, ...], tuple[Node, ...]]] = []
        own, other = parts(place.own), parts(place.other)
        if isinstance(value, dict):
            if not self.hidden(place).isdisjoint(value):
                return False
            of_own, of_other = shape.Members(own), shape.Members(other)
            below = [(each, of_own.named(name), of_other.named(name)) for name, each in value.items()]
        elif isinstance(value, list):
            below = [(each, shape.element(own, 0), shape.element(other, 0)) for each in value]
        return all(self._is_visible(each, Place(mine, theirs, place.depth + 1)) for each, mine, theirs in below)


def _identities(schemas: Iterable[Node]) -> _Identities:
    return tuple(map(identity, schemas))


def _numbered(number: int) -> tuple[Plain, ...]:
    return number, f"{number:03}", {"x": number}


def _distinct(values: Iterable[Plain]) -> Iterator[Plain]:
    seen = set[str]()
    for value in values:
        written = text(value)
        if written not in seen and len(written) <= _LARGEST:
            seen.add(written)
            yield value
