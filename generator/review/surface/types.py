"""Types and bounds in the public surface: what their changes ask for, on the side where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.review.change import Level, SymbolChange, SymbolKind
from generator.review.surface.annotation import NONE, Comparison, Relation, write
from generator.review.surface.metadata import bound_changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.document.grammar import Side
    from generator.review.surface.annotation import Type
    from generator.review.surface.package import Package

_BREAKS: Final[Mapping[Side, frozenset[Relation]]] = {
    # What callers give must still fit; what they get must be what they have code for.
    "request": frozenset((Relation.NARROWER, Relation.OTHER)),
    "response": frozenset((Relation.WIDER, Relation.OTHER)),
}


def greatest(levels: Iterable[Level], default: Level = Level.PATCH) -> Level:
    """The one that asks for most."""
    return max(levels, key=lambda one: one.weight, default=default)


def level_of(relation: Relation, sides: Iterable[Side]) -> Level:
    """What a type that stands so to the old one asks for; `SAME` counts as a change of words alone."""
    if relation is Relation.SAME:
        return Level.PATCH
    return Level.MAJOR if any(relation in _BREAKS[side] for side in sides) else Level.MINOR


def sides_of(package: Package) -> Mapping[str, frozenset[Side]]:
    """The sides of the names of the models: classes say theirs, aliases are on those of their users."""
    roots: dict[Side, list[Type]] = {"request": [], "response": []}
    for model in package.models.values():
        roots[model.side] += [one.type for one in model.fields.values()]
        roots[model.side] += [one.type for one in model.groups.values()]
    for methods in package.resources.values():
        for method in methods.values():
            roots["request"] += [one.checked or one.type for one in method.arguments.values()]
            roots["response"] += [method.result, *method.answers]
    found: dict[str, frozenset[Side]] = {model.name: frozenset([model.side]) for model in package.models.values()}
    for side, reached in roots.items():
        waiting = [atom for root in reached for atom in root]
        while waiting:
            atom = waiting.pop()
            waiting += [option for argument in atom.arguments for option in argument]
            known: frozenset[Side] = found.get(atom.name, frozenset())
            if atom.name in package.aliases and side not in known:
                found[atom.name] = known.union([side])
                waiting += package.aliases[atom.name]
    return found


class TypeChanges:
    """Compares what stands in places of the same name in two packages."""

    def __init__(self, base: Package, head: Package, renamed: Mapping[str, str]) -> None:
        self._comparison = Comparison(base.aliases, head.aliases, renamed)
        self._names = ({*base.models, *base.aliases}, {*head.models, *head.aliases})

    def relation(self, base: Type, head: Type) -> Relation:
        """How the head's type stands to the base's."""
        return self._comparison.relation(base, head)

    def shown(self, base: Type, head: Type) -> tuple[str, str]:
        """Both as they stand in signatures."""
        return write(base, self._names[0]), write(head, self._names[1])

    def types(
        self,
        symbol: str,
        base: Type,
        head: Type,
        sides: Iterable[Side],
        verb: str,
        shown: tuple[str, str] | None = None,
    ) -> Iterator[SymbolChange]:
        """The change of a type. `verb` is said between symbol and type, such as `takes`; `:` gives an annotation.

        `shown` are both types as Python, where they do not say it all themselves.
        """
        listed = frozenset(sides)
        relation = self._comparison.relation(base, head)
        level = level_of(relation, listed)
        if relation is Relation.SAME:
            old, new = self._comparison.named_values(base, head)
            if old == new:
                return
            level = Level.MINOR if new - old else Level.PATCH
        before, after = shown or self.shown(base, head)
        message = f"`{symbol}: {after}`" if verb == ":" else f"`{symbol}` {verb} `{after}`"
        message += f", was `{before}`"
        if listed == {"request"} and {*base} ^ {*head} == {NONE}:
            message = f"`{symbol}` {'takes' if NONE in head else 'no longer takes'} `None` as a value"
            before, after = ("", "None") if NONE in head else ("None", "")
        elif level is Level.MINOR and relation is not self._comparison.relation(base, head, invariant=True):
            message += "; `list` and `dict` are invariant, so variables annotated with the old type do not fit"
        yield SymbolChange(symbol, SymbolKind.CHANGED, level, before, after, message)

    def bounds(self, symbol: str, base: Type, head: Type, sides: Iterable[Side]) -> Iterator[SymbolChange]:
        """The changes of bounds. Answers are held to none."""
        if "request" not in sides:
            return
        for old, new in self._comparison.bounds(base, head):
            for one in bound_changes(old, new):
                level = Level.MAJOR if one.stricter else Level.MINOR
                message = f"`{symbol}` {one.text}"
                yield SymbolChange(symbol, SymbolKind.CHANGED, level, one.before, one.after, message, is_check=True)
