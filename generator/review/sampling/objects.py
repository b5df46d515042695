"""Objects worth trying: minimal, full, without or with each member, by the rules between them, each member varied."""

from __future__ import annotations

from itertools import chain, combinations, islice
from typing import TYPE_CHECKING, Final, TypeAlias

from generator.review.sampling import shape
from generator.review.sampling.place import Place, in_turn
from generator.review.sampling.scalars import LONGEST, examples, hints, near
from generator.review.sampling.shape import literals
from generator.review.validation import Plain, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.review.sampling.place import Maker
    from generator.review.sampling.shape import World

_MOST_RULED: Final = 8
_MOST_COMBINED: Final = 256
_MOST_LITERALS: Final = 6
_MOST_PARENTS: Final = 60

_Members: TypeAlias = "dict[str, Plain]"


def objects(maker: Maker, place: Place, world: World) -> Iterator[Plain]:
    """Objects for a place, as a world has them, the simplest first."""
    base = _Base(maker, place, world)
    yield base.minimal
    ruled = _ruled(place, base.hidden)
    combined = list(islice(_combined(base, ruled), _MOST_COMBINED))
    full = base.object([*base.demanded, *base.declared])
    parents = [base.minimal, *combined[:_MOST_PARENTS], full]
    parent = next((one for one in parents if maker.fits(place, world, one)), base.minimal)
    yield parent
    yield full
    groups: list[Iterable[Plain]] = [
        in_turn([_with_member(base, name, [{**parent, **base.object([name])}, *parents]) for name in base.names])
    ]
    if maker.differs(place):
        groups += [combined, _present(base, parent), _sized(base, parent)]
    yield from in_turn(groups)


class _Base:
    """Objects of simple members, for one world."""

    def __init__(self, maker: Maker, place: Place, world: World) -> None:
        self.maker = maker
        self.place = place
        self.world = world
        self.hidden = maker.hidden(place)
        self.names = [name for name in _names(place, world) if name not in self.hidden]
        """Those that schemas speak of, some for each pattern of names, and last one that nobody knows."""
        self.demanded = [name for name in shape.required(world.parts) if name not in self.hidden]
        known = {name for schema in world.parts for name in shape.properties(schema)}
        self.declared = [name for name in self.names if name in known]
        self._values: dict[str, list[Plain]] = {}
        self.minimal = self.object(self.demanded)

    def object(self, names: Iterable[str]) -> _Members:
        """An object of these members, without those for which there are no values."""
        return {name: value for name in names for value in self._good(name)}

    def _good(self, name: str) -> list[Plain]:
        if name not in self._values:
            own = shape.member(self.world.parts, name)
            self._values[name] = self.maker.good(own, self.place.depth + 1)
        return self._values[name]


def _names(place: Place, world: World) -> list[str]:
    said = (*world.parts, *place.said())
    known = [
        name
        for schema in said
        for name in (*shape.properties(schema), *shape.texts(schema, "required"), *shape.dependencies(schema))
    ]
    patterns = dict.fromkeys(pattern for schema in said for pattern, _ in schema.members_of("patternProperties"))
    matching = [name for pattern in patterns for name in examples(pattern)[:2]]
    strange = next(
        name
        for name in chain(("extra", "other", "unknown"), (f"extra{at}" for at in range(LONGEST)), ("",))
        if not name or (name not in known and not any(shape.matches(pattern, name) for pattern in patterns))
    )
    return list(dict.fromkeys([*known, *matching, strange]))


def _ruled(place: Place, hidden: frozenset[str]) -> dict[str, list[Plain]]:
    """The names that rules between fields speak of, each with the values that they name."""
    found: dict[str, list[Plain]] = {}
    for schemas in (place.own, place.other):
        always = {schema.pointer for schema in parts(schemas, ("allOf",))}
        for schema in parts(schemas):
            in_rule = schema.pointer not in always
            for name in (*shape.dependencies(schema), *(shape.texts(schema, "required") if in_rule else ())):
                found.setdefault(name, [])
            for name, declared in shape.properties(schema).items() if in_rule else ():
                named = list(literals(parts([declared]), ("const", "enum")))
                if named or declared.value is False:
                    found[name] = [*found.get(name, []), *named][:_MOST_LITERALS]
    return {name: values for name, values in found.items() if name not in hidden}


def _combined(base: _Base, ruled: dict[str, list[Plain]]) -> Iterator[_Members]:
    """Every subset of the members that rules speak of, beside what is demanded; then with values that they name."""
    if not ruled:
        return
    names = list(ruled)
    kept = {name: value for name, value in base.minimal.items() if name not in ruled}
    sizes = list(range(len(names) + 1))
    if len(names) > _MOST_RULED:
        sizes = sorted({0, 1, 2, len(names) - 1, len(names)})
    subsets = list(islice((chosen for size in sizes for chosen in combinations(names, size)), _MOST_COMBINED))
    named = [
        ({**kept, **base.object(chosen), name: value} for chosen in subsets if name not in chosen)
        for name, values in ruled.items()
        for value in values
    ]
    yield from in_turn([({**kept, **base.object(chosen)} for chosen in subsets), in_turn(named)])


def _with_member(base: _Base, name: str, parents: Sequence[_Members]) -> Iterator[Plain]:
    """The member varied, in an object that is fine with it."""
    place = base.place.member(base.world, name)
    values = base.maker.values(place)
    having = [one for one in parents if name in one] or list(parents[:1])
    home = next((one for one in having if base.maker.fits(base.place, base.world, one)), having[0])
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
    place = base.place
    spare = (f"{base.names[-1]}{at}" for at in range(LONGEST))
    names = list(dict.fromkeys([*base.minimal, *parent, *base.names, *spare]))
    yield from (base.object(names[:size]) for size in near(hints(place.said()).sizes))
    own, other = (
        tuple(found for schema in parts(schemas) if (found := schema.child("propertyNames")) is not None)
        for schemas in (place.own, place.other)
    )
    for name in base.maker.values(Place(own, other, place.depth + 1)) if own or other else ():
        if isinstance(name, str):
            yield {**parent, **base.object([name])}
