"""Formulas in one form for each meaning: their prime implicates, the shortest clauses that follow from them.

A clause is a number here: each atom has two bits (it does not hold, it does), so that a clause follows from another
where its bits contain the other's. Enumerations of the values of one member share a variable with a bit for each
value and one for all others, so that `enum: [a, b]` is known to be `enum: [a]` or `enum: [b]`. Resolution works on both
alike: Tison's method, repeated until nothing changes.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from generator.review import fragments
from generator.review.formulas import (
    AllOf,
    AnyOf,
    Atom,
    Clause,
    Formula,
    Holds,
    Literal,
    Not,
    OneOf,
    as_fragment,
    atoms,
)

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
    space = _Space({atom for formula in given for atom in atoms(formula)})
    clauses = _reduced(clause for formula in given for clause in space.clauses(formula, holds=True))
    found: set[Clause] = set()
    for component in space.components(clauses):
        closed = space.closed(component)
        if 0 in closed:
            return frozenset((frozenset(),))
        found |= {space.clause(one) for one in closed}
    return frozenset(found)


class _Space:
    """The variables, and the bits of each."""

    def __init__(self, given: set[Atom]) -> None:
        self.masks: list[int] = []
        self.width = 0
        self.plain: dict[Atom, int] = {}
        """The place of the first of two bits."""
        self.values: dict[str, tuple[int, tuple[str, ...]]] = {}
        """By member: the place of the first bit, and the value of each; one more bit stands for other values."""
        self.distributed = 0
        self.even = 0
        """The first bit of each variable that has two."""
        listed: dict[str, set[str]] = defaultdict(set)
        for atom in sorted(given):
            values = _values(atom)
            if values is None:
                self._variable(atom)
            else:
                listed[atom.name] |= values
        for name, known in sorted(listed.items()):
            self.values[name] = (self.width, tuple(sorted(known)))
            self._masked(len(known) + 1)

    def _masked(self, bits: int) -> None:
        self.masks.append(((1 << bits) - 1) << self.width)
        self.width += bits

    def _variable(self, atom: Atom) -> int:
        if atom not in self.plain:
            self.plain[atom] = self.width
            self.even |= 1 << self.width
            self._masked(2)
        return self.plain[atom]

    def _bits(self, atom: Atom, *, holds: bool) -> int:
        values = _values(atom)
        if values is None:
            return 1 << (self._variable(atom) + holds)
        start, known = self.values[atom.name]
        listed = sum(1 << (start + place) for place, value in enumerate(known) if value in values)
        return listed if holds else (((1 << (len(known) + 1)) - 1) << start) & ~listed

    def clause(self, bits: int) -> Clause:
        """The literals that bits stand for."""
        made: set[Literal] = set()
        for atom, place in self.plain.items():
            pair = (bits >> place) & 3
            if pair:
                made.add((atom, pair == 2))
        for name, (start, known) in self.values.items():
            others = bool((bits >> (start + len(known))) & 1)
            listed = [value for place, value in enumerate(known) if bool((bits >> (start + place)) & 1) is not others]
            if listed or others:
                made.add((Holds(name, '{"enum":[' + ",".join(listed) + "]}"), not others))
        return frozenset(made)

    def _is_tautology(self, bits: int) -> bool:
        if bits & (bits >> 1) & self.even:
            return True
        return any(
            (bits >> start) & ((2 << len(known)) - 1) == (2 << len(known)) - 1 for start, known in self.values.values()
        )

    # -- to clauses ----------------------------------------------------------------------------------------------

    def clauses(self, formula: Formula, *, holds: bool) -> list[int]:
        """The clauses of a formula, or of its negation, by distribution."""
        match formula:
            case Atom():
                return self._without_tautologies([self._bits(formula, holds=holds)])
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
            return [1 << (self._variable(Holds("", fragments.text(as_fragment(whole)))) + 1)]
        return made

    def _product(self, left: list[int], right: list[int]) -> list[int]:
        size = len(left) * len(right)
        self.distributed += size if min(len(left), len(right)) > 1 else 0
        if size > MAX_PRODUCT or self.distributed > MAX_DISTRIBUTED:
            raise _TooManyError
        return _reduced(self._without_tautologies(one | other for one in left for other in right))

    def _exactly_one(self, parts: tuple[Formula, ...]) -> list[int]:
        if len(parts) > MAX_BRANCHES:
            return [1 << (self._variable(Holds("", fragments.text(as_fragment(OneOf(parts))))) + 1)]
        pairs = [
            clause
            for place, one in enumerate(parts)
            for other in parts[place + 1 :]
            for clause in self._some([(one, False), (other, False)])
        ]
        return _reduced([*self._some([(part, True) for part in parts]), *pairs])

    def _none_or_several(self, parts: tuple[Formula, ...]) -> list[int]:
        if len(parts) > MAX_BRANCHES:
            return [1 << self._variable(Holds("", fragments.text(as_fragment(OneOf(parts)))))]
        return _reduced(
            clause
            for place in range(len(parts))
            for clause in self._some([(part, other != place) for other, part in enumerate(parts)])
        )

    def _without_tautologies(self, clauses: Iterable[int]) -> list[int]:
        return [one for one in clauses if not self._is_tautology(one)]

    # -- to prime implicates -------------------------------------------------------------------------------------

    def components(self, clauses: list[int]) -> list[list[int]]:
        """The clauses in groups that share no variable."""
        groups: list[tuple[int, list[int]]] = []
        for clause in clauses:
            reach = sum(mask for mask in self.masks if mask & clause)
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

    def closed(self, clauses: list[int]) -> list[int]:
        """All prime implicates, or the clauses as they are where these are too many."""
        made = clauses
        compared = 0
        changed = True
        while changed:
            changed = False
            for mask in self.masks:
                about = [one for one in made if one & mask]
                for place, one in enumerate(about):
                    for other in about[:place]:
                        compared += 1
                        common = one & other & mask
                        if common in (one & mask, other & mask):
                            continue
                        found = common | ((one | other) & ~mask)
                        if self._is_tautology(found):
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


def _values(atom: Atom) -> frozenset[str] | None:
    """The values of an enumeration, each as JSON; `None` for any other atom."""
    return _listed(atom.text) if isinstance(atom, Holds) and atom.text.startswith('{"enum":[') else None


@functools.lru_cache(maxsize=1024)
def _listed(written: str) -> frozenset[str] | None:
    fragment = fragments.read(written)
    values = fragment.get("enum") if isinstance(fragment, dict) and len(fragment) == 1 else None
    return frozenset(map(fragments.text, values)) if isinstance(values, list) else None


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
