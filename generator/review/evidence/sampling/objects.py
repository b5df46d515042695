"""Objects worth trying: minimal, full, without or with each member, by the rules between them, each member varied."""

from __future__ import annotations

from functools import cached_property
from itertools import chain, combinations, islice
from typing import TYPE_CHECKING, Final, TypeAlias

from generator.review.evidence.sampling import shape
from generator.review.evidence.sampling.place import Place, in_turn
from generator.review.evidence.sampling.regex import LONGEST, examples, matches
from generator.review.evidence.sampling.scalars import hints, near
from generator.review.evidence.sampling.shape import literals
from generator.review.evidence.validation import identity, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.review.evidence.sampling.place import Maker
    from generator.review.evidence.sampling.shape import World
    from generator.review.rules.fragments import Plain

_MOST_RULED: Final = 8
_MOST_COMBINED: Final = 256
_MOST_LITERALS: Final = 6
_MOST_OTHERS: Final = 3
_MOST_PARENTS: Final = 60
_MOST_ROOTS: Final = 3

_Members: TypeAlias = "dict[str, Plain]"


def objects(maker: Maker, place: Place, worlds: Iterable[World]) -> list[Iterator[Plain]]:
    """Objects for a place, as each world has them, the simplest first."""
    whole = _Whole(maker, place)
    return [_of_world(whole, world) for world in worlds]


def _of_world(whole: _Whole, world: World) -> Iterator[Plain]:
    base = _Base(whole, world)
    yield base.minimal
    combined = list(islice(_combined(base), _MOST_COMBINED))
    full = base.object([*base.demanded, *base.declared])
    parents = [base.minimal, *combined[:_MOST_PARENTS], full]
    parent = next((one for one in parents if base.fits(one)), base.minimal)
    yield parent
    yield full
    groups: list[Iterable[Plain]] = [
        in_turn([_with_member(base, name, [{**parent, **base.object([name])}, *parents]) for name in base.names])
    ]
    if whole.maker.differs(whole.place):
        groups += [combined, _present(base, parent), _sized(base, parent)]
    yield from in_turn(groups)


class _Whole:
    """What is the same for all worlds of a place, found when asked for."""

    def __init__(self, maker: Maker, place: Place) -> None:
        self.maker = maker
        self.place = place

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The names that are not to be tried."""
        return self.maker.hidden(self.place)

    @cached_property
    def names(self) -> list[str]:
        """Those that schemas speak of, some for each pattern of names, and last one that nobody knows."""
        schemas = self.place.schemas
        known = [
            name
            for schema in schemas
            for name in (*shape.properties(schema), *shape.texts(schema, "required"), *shape.dependencies(schema))
        ]
        patterns = dict.fromkeys(pattern for schema in schemas for pattern, _ in schema.members_of("patternProperties"))
        matching = [name for pattern in patterns for name in examples(pattern)[:2]]
        strange = next(
            name
            for name in chain(("extra", "other", "unknown"), (f"extra{at}" for at in range(LONGEST)), ("",))
            if not name or (name not in known and not any(matches(pattern, name) for pattern in patterns))
        )
        return [name for name in dict.fromkeys([*known, *matching, strange]) if name not in self.hidden]

    @cached_property
    def ruled(self) -> dict[str, list[Plain]]:
        """The names that rules between fields speak of, each with the values that they name and some others."""
        found: dict[str, list[Plain]] = {}
        for schemas in (self.place.own, self.place.other):
            always = {identity(schema) for schema in parts(schemas, ("allOf",))}
            for schema in parts(schemas):
                in_rule = identity(schema) not in always
                for name in (*shape.dependencies(schema), *(shape.texts(schema, "required") if in_rule else ())):
                    found.setdefault(name, [])
                for name, declared in schema.members_of("properties") if in_rule else ():
                    named = list(islice(literals(parts([declared]), ("const", "enum")), _MOST_LITERALS))
                    if named or declared.value is False:
                        found[name] = [*found.get(name, []), *named][:_MOST_LITERALS]
        return {
            name: [*values, *self._others(name, values)] for name, values in found.items() if name not in self.hidden
        }

    def _others(self, name: str, named: Sequence[Plain]) -> list[Plain]:
        own = shape.Members(parts(self.place.own, ("allOf",))).named(name)
        supply = self.maker.supply(own, self.place.depth + 1) if named else ()
        return [value for value, _ in zip(supply, range(_MOST_OTHERS), strict=False) if value not in named]


class _Base:
    """Objects of simple members, for one world."""

    def __init__(self, whole: _Whole, world: World) -> None:
        self.whole = whole
        self.world = world
        self.names = whole.names
        self.demanded = [name for name in shape.required(world.parts) if name not in whole.hidden]
        known = {name for schema in world.parts for name in shape.properties(schema)}
        self.declared = [name for name in self.names if name in known]
        self._values: dict[str, list[Plain]] = {}
        self.minimal = self.object(self.demanded)

    def object(self, names: Iterable[str]) -> _Members:
        """An object of these members, without those for which there are no values."""
        return {name: value for name in names for value in self._good(name)}

    def fits(self, value: Plain) -> bool:
        """Whether an object is accepted, and in the way that the world names."""
        return self.whole.maker.fits(self.whole.place, self.world, value)

    def _good(self, name: str) -> list[Plain]:
        if name not in self._values:
            self._values[name] = self.whole.maker.good(self.world.members.named(name), self.whole.place.depth + 1)
        return self._values[name]


def _combined(base: _Base) -> Iterator[_Members]:
    """Every subset of the members that rules speak of, beside what is demanded; then with values that they name."""
    ruled = base.whole.ruled
    if not ruled:
        return
    names = list(ruled)
    kept = {name: value for name, value in base.minimal.items() if name not in ruled}
    sizes = list(range(len(names) + 1))
    if len(names) > _MOST_RULED:
        sizes = sorted({0, 1, 2, len(names) - 1, len(names)})
    subsets = list(islice((chosen for size in sizes for chosen in combinations(names, size)), _MOST_COMBINED))

    def over(chosen: Sequence[str], more: _Members) -> _Members:
        return {**kept, **base.object(chosen), **more}

    sources: list[Iterable[_Members]] = [
        (over(chosen, {name: value}) for chosen in subsets if name not in chosen)
        for name, values in ruled.items()
        for value in values
    ]
    plainly: Iterable[_Members] = (over(chosen, {}) for chosen in subsets)
    named: Iterable[_Members] = in_turn(sources)
    yield from in_turn([plainly, named])


def _with_member(base: _Base, name: str, parents: Sequence[_Members]) -> Iterator[Plain]:
    """The member varied, in an object that is fine with it."""
    values = base.whole.maker.values(base.whole.place.member(base.world, name))
    having = [one for one in parents if name in one] or list(parents[:1])
    home = next((one for one in having if base.fits(one)), having[0])
    yield from ({**home, name: value} for value in values)


def _present(base: _Base, parent: _Members) -> Iterator[Plain]:
    """Each member left out, each optional one added; each left out of the whole."""
    for name in dict.fromkeys([*base.demanded, *parent]):
        yield {key: value for key, value in parent.items() if key != name}
    yield from ({**parent, **base.object([name])} for name in base.names if name not in parent)
    whole = base.object(base.names[:-1])
    for name in base.names[:-1]:
        yield {key: value for key, value in whole.items() if key != name}


def _sized(base: _Base, parent: _Members) -> Iterator[Plain]:
    """Objects of as many members as are allowed, and one more or less; names at the bounds of what names may be."""
    place = base.whole.place
    sizes = near(hints(place.schemas).sizes)
    roots = [name for name in reversed(base.names) if name not in base.declared and base.object([name])][:_MOST_ROOTS]
    spare = [f"{root}{at}" for at in range(max((0, *sizes))) for root in roots]
    ordered = list(dict.fromkeys([*base.minimal, *parent, *base.names, *spare]))
    for names in (ordered, [*base.minimal, *spare]):
        makeable = (name for name in names if base.object([name]))
        known = list(islice(makeable, max((0, *sizes))))
        yield from (base.object(known[:size]) for size in sizes)
    own, other = (
        tuple(found for schema in parts(schemas) if (found := schema.child("propertyNames")) is not None)
        for schemas in (place.own, place.other)
    )
    for name in base.whole.maker.values(Place(own, other, place.depth + 1)) if own or other else ():
        if isinstance(name, str):
            yield {**parent, **base.object([name])}
