"""Clauses as numbers, in which resolution and subsumption are a few operations on bits.

Each atom has two bits (it does not hold, it does), so that a clause follows from another where its bits contain the
other's. Enumerations of the values of one member share a variable with a bit for each value and one for all others, so
that `enum: [a, b]` is known to be `enum: [a]` or `enum: [b]`.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING

from generator.review.rules import fragments
from generator.review.rules.formulas import Atom, Clause, Holds, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class Space:
    """The variables of some atoms, and the bits of each."""

    def __init__(self, given: Iterable[Atom]) -> None:
        self.masks: list[int] = []
        """All bits of each variable."""
        self.width = 0
        self.owners: list[int] = []
        """By bit: the mask of its variable."""
        self.plain: dict[Atom, int] = {}
        """The place of the first of two bits."""
        self.values: dict[str, tuple[int, tuple[str, ...]]] = {}
        """By member: the place of the first bit, and the value of each; one more bit stands for other values."""
        self.even = 0
        """The first bit of each variable that has two."""
        listed: dict[str, set[str]] = defaultdict(set)
        for atom in sorted(set(given)):
            values = enumerated(atom)
            if values is None:
                self.variable(atom)
            else:
                listed[atom.name] |= values
        for name, known in sorted(listed.items()):
            self.values[name] = (self.width, tuple(sorted(known)))
            self._masked(len(known) + 1)

    def _masked(self, bits: int) -> None:
        mask = ((1 << bits) - 1) << self.width
        self.masks.append(mask)
        self.owners += [mask] * bits
        self.width += bits

    def variable(self, atom: Atom) -> int:
        """The place of an atom that is no enumeration; it is new where it has none."""
        if atom not in self.plain:
            self.plain[atom] = self.width
            self.even |= 1 << self.width
            self._masked(2)
        return self.plain[atom]

    def bits(self, atom: Atom, *, holds: bool) -> int:
        """One literal."""
        values = enumerated(atom)
        if values is None:
            return 1 << (self.variable(atom) + holds)
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

    def is_tautology(self, bits: int) -> bool:
        """Whether some variable has all its bits."""
        if bits & (bits >> 1) & self.even:
            return True
        return any(
            (bits >> start) & ((2 << len(known)) - 1) == (2 << len(known)) - 1 for start, known in self.values.values()
        )

    def encoded(self, clause: Clause) -> int:
        """A clause over the atoms of this space as a number."""
        made = 0
        for atom, holds in clause:
            made |= self.bits(atom, holds=holds)
        return made

    def follows(self, clause: int, given: Collection[int]) -> bool:
        """Whether a clause is seen to follow: its opposite leads to a contradiction by unit propagation."""
        possible = ((1 << self.width) - 1) & ~clause
        changed = True
        while changed:
            changed = False
            for one in given:
                left = one & possible
                if not left:
                    return True
                owner = self.owners[left.bit_length() - 1]
                if not left & ~owner and possible & owner & ~one:
                    possible &= ~(owner & ~one)
                    changed = True
        return False


def enumerated(atom: Atom) -> frozenset[str] | None:
    """The values of an enumeration, each as JSON; `None` for any other atom."""
    return _listed(atom.text) if isinstance(atom, Holds) and atom.text.startswith('{"enum":[') else None


@functools.lru_cache(maxsize=1024)
def _listed(written: str) -> frozenset[str] | None:
    fragment = fragments.read(written)
    values = fragment.get("enum") if isinstance(fragment, dict) and len(fragment) == 1 else None
    return frozenset(map(fragments.text, values)) if isinstance(values, list) else None
