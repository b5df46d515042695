"""What can be said of an object, and how it is put together. Frozen data; a leaf of this package.

Formula ── Atom ── Present, Holds
         ├ Not
         └ AllOf, AnyOf, OneOf
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from generator.review.rules import fragments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.review.rules.fragments import Plain


class Atom(msgspec.Struct, frozen=True):
    """Something that is true of an object or is not; atoms of all kinds can be sorted together."""

    name: str
    """The member that it is about."""

    def __lt__(self, other: Atom) -> bool:
        return self._rank < other._rank

    @property
    def _rank(self) -> tuple[str, ...]:
        return (self.name,)


class Present(Atom, frozen=True):
    """The object has the member."""


class Holds(Atom, frozen=True):
    """The value of the member fits a fragment of JSON Schema. It says nothing of whether the member is there."""

    text: str
    """The fragment, as `fragments.text` writes it. With an empty name it is about the object itself."""

    @property
    def _rank(self) -> tuple[str, ...]:
        return (self.name, self.text)


class Not(msgspec.Struct, frozen=True):
    """The part does not hold."""

    part: Formula


class AllOf(msgspec.Struct, frozen=True):
    """Every part holds."""

    parts: tuple[Formula, ...]


class AnyOf(msgspec.Struct, frozen=True):
    """At least one part holds."""

    parts: tuple[Formula, ...]


class OneOf(msgspec.Struct, frozen=True):
    """Exactly one part holds."""

    parts: tuple[Formula, ...]


Formula: TypeAlias = Atom | Not | AllOf | AnyOf | OneOf

TRUE: Final = AllOf(())
FALSE: Final = AnyOf(())

Literal: TypeAlias = tuple[Atom, bool]
"""An atom, and whether it holds or does not."""
Clause: TypeAlias = frozenset[Literal]
"""At least one of the literals is so. The empty clause is never so."""


def atoms(formula: Formula) -> Iterator[Atom]:
    """The atoms of a formula, some perhaps more than once."""
    stack: list[Formula] = [formula]
    while stack:
        match stack.pop():
            case Atom() as atom:
                yield atom
            case Not(part):
                stack.append(part)
            case AllOf(parts) | AnyOf(parts) | OneOf(parts):
                stack += parts


def as_formula(clause: Clause) -> Formula:
    """A clause, read as a formula."""
    return AnyOf(tuple(atom if holds else Not(atom) for atom, holds in sorted(clause)))


def as_fragment(formula: Formula) -> Plain:
    """The fragment of JSON Schema that says the same, in canonical form, where each member with a value is there."""
    match formula:
        case Holds("", written):
            return fragments.read(written)
        case Holds(name, written):
            return {"properties": {name: fragments.read(written)}}
        case Atom(name):
            return {"required": [name]}
        case Not(part):
            return fragments.tidied({"not": as_fragment(part)})
        case AllOf(parts):
            return fragments.together(map(as_fragment, parts))
        case AnyOf(parts):
            return fragments.tidied({"anyOf": [as_fragment(part) for part in parts]})
        case OneOf(parts):
            return fragments.tidied({"oneOf": [as_fragment(part) for part in parts]})
