"""Formulas in one form for each meaning: their prime implicates, the shortest clauses that follow from them.

Clauses are made by distribution, and closed under resolution by Tison's method, repeated until nothing changes, as
enumerations have more than two values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.review.rules import fragments
from generator.review.rules.formulas import AllOf, AnyOf, Atom, Clause, Formula, Holds, Not, OneOf, as_fragment, atoms
from generator.review.rules.space import Space

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_PRODUCT: Final = 1000
"""So many clauses at most come of one distribution; above it the formula becomes an atom of its own."""
MAX_DISTRIBUTED: Final = 20_000
"""So many clauses at most come of all distributions."""
MAX_BRANCHES: Final = 100
"""Of so many branches at most exactly one can hold; above it the formula becomes an atom of its own."""
MAX_COMPARED: Final = 1_000_000
"""So many pairs of clauses at most are compared in one component; above it the clauses stay as they are."""


class _TooManyError(Exception):
    """A formula has too many clauses."""


def implicates(formulas: Iterable[Formula]) -> frozenset[Clause]:
    """The prime implicates of all formulas together: equal for two sets of formulas that mean the same.

    Atoms are taken as independent of each other, but for enumerations of one member. A single literal says what always
    holds: `Present` and `True` is a required member, `Present` and `False` one that is not allowed. Where the formulas
    contradict each other, the empty clause stands alone. Above the limits of this module, clauses still say what the
    formulas say, but no longer in one form.
    """
    given = tuple(formulas)
    space = Space(atom for formula in given for atom in atoms(formula))
    distribution = _Distribution(space)
    clauses = _reduced(clause for formula in given for clause in distribution.clauses(formula, holds=True))
    found: set[Clause] = set()
    for component in _components(space, clauses):
        closed = _closed(space, component)
        if 0 in closed:
            return frozenset((frozenset(),))
        found |= {space.clause(one) for one in closed}
    return frozenset(found)


class _Distribution:
    """Makes clauses of formulas; counts them on the way."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.distributed = 0

    def clauses(self, formula: Formula, *, holds: bool) -> list[int]:
        """The clauses of a formula, or of its negation, by distribution."""
        match formula:
            case Atom():
                return self._without_tautologies([self.space.bits(formula, holds=holds)])
            case Not(part):
                return self.clauses(part, holds=not holds)
            case AllOf(parts) if holds:
                return self._every(parts, holds=True)
            case AnyOf(parts) if not holds:
                return self._every(parts, holds=False)
            case OneOf(parts):
                return self._exactly_one(parts) if holds else self._none_or_several(parts)
            case AllOf(parts) | AnyOf(parts):
                return self._some([(part, holds) for part in parts])

    def _every(self, parts: tuple[Formula, ...], *, holds: bool) -> list[int]:
        return _reduced(clause for part in parts for clause in self.clauses(part, holds=holds))

    def _some(self, parts: list[tuple[Formula, bool]]) -> list[int]:
        """At least one of the parts holds, or does not, as said beside it."""
        try:
            made = [0]
            for clauses in sorted((self.clauses(part, holds=holds) for part, holds in parts), key=len):
                made = self._product(made, clauses)
        except _TooManyError:
            whole = AnyOf(tuple(part if holds else Not(part) for part, holds in parts))
            return [1 << (self.space.variable(Holds("", fragments.text(as_fragment(whole)))) + 1)]
        return made

    def _product(self, left: list[int], right: list[int]) -> list[int]:
        size = len(left) * len(right)
        self.distributed += size if min(len(left), len(right)) > 1 else 0
        if size > MAX_PRODUCT or self.distributed > MAX_DISTRIBUTED:
            raise _TooManyError
        return _reduced(self._without_tautologies(one | other for one in left for other in right))

    def _exactly_one(self, parts: tuple[Formula, ...]) -> list[int]:
        if len(parts) > MAX_BRANCHES:
            return [1 << (self.space.variable(Holds("", fragments.text(as_fragment(OneOf(parts))))) + 1)]
        pairs = [
            clause
            for place, one in enumerate(parts)
            for other in parts[place + 1 :]
            for clause in self._some([(one, False), (other, False)])
        ]
        return _reduced([*self._some([(part, True) for part in parts]), *pairs])

    def _none_or_several(self, parts: tuple[Formula, ...]) -> list[int]:
        if len(parts) > MAX_BRANCHES:
            return [1 << self.space.variable(Holds("", fragments.text(as_fragment(OneOf(parts)))))]
        return _reduced(
            clause
            for place in range(len(parts))
            for clause in self._some([(part, other != place) for other, part in enumerate(parts)])
        )

    def _without_tautologies(self, clauses: Iterable[int]) -> list[int]:
        return [one for one in clauses if not self.space.is_tautology(one)]


def _components(space: Space, clauses: list[int]) -> list[list[int]]:
    """The clauses in groups that share no variable."""
    groups: list[tuple[int, list[int]]] = []
    for clause in clauses:
        reach = sum(mask for mask in space.masks if mask & clause)
        joined = [clause]
        apart = []
        for mask, members in groups:
            if mask & reach:
                reach |= mask
                joined += members
            else:
                apart.append((mask, members))
        groups = [*apart, (reach, joined)]
    return [sorted(members) for _, members in groups]


def _closed(space: Space, clauses: list[int]) -> list[int]:
    """All prime implicates, or the clauses as they are where these are too many."""
    made = clauses
    compared = 0
    changed = True
    while changed:
        changed = False
        for mask in space.masks:
            about = [one for one in made if one & mask]
            if len({one & mask for one in about}) < 2:
                continue
            for place, one in enumerate(about):
                for other in about[:place]:
                    compared += 1
                    common = one & other & mask
                    if common in (one & mask, other & mask):
                        continue
                    found = common | ((one | other) & ~mask)
                    if space.is_tautology(found):
                        continue
                    compared += len(made)
                    if not any(known & ~found == 0 for known in made):
                        made = [known for known in made if found & ~known != 0]
                        made.append(found)
                        about.append(found)
                        changed = True
                    if compared > MAX_COMPARED:
                        return clauses
    return made


def _reduced(clauses: Iterable[int]) -> list[int]:
    """Each clause once, without those that follow from a single other one."""
    kept: list[int] = []
    shorter: list[int] = []
    length = 0
    for clause in sorted(set(clauses), key=lambda bits: (bits.bit_count(), bits)):
        if clause.bit_count() > length:
            shorter = kept.copy()
            length = clause.bit_count()
        if not any(known & ~clause == 0 for known in shorter):
            kept.append(clause)
    return kept
