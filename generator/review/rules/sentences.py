"""Rules between the fields of an object in plain words: clauses as sentences."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import msgspec

from generator.review.rules.clauses import demand, literal
from generator.review.rules.formulas import Clause, Literal, Present
from generator.review.rules.space import Space, enumerated
from generator.review.rules.terms import all_names, any_name, code

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

MAX_WEIGHED: Final = 300
"""Whether a clause follows from more clauses than these would take too long to see."""


class Sentence(msgspec.Struct, frozen=True):
    """A rule in words, and the clauses that it says."""

    text: str
    """Without a full stop: "exactly one of `a` and `b`"."""
    clauses: frozenset[Clause]


def sentences(clauses: Iterable[Clause], given: Collection[Clause] = ()) -> tuple[Sentence, ...]:
    """Rules in words, the simplest first.

    A clause that follows from the others, or from those that are `given` and need no words, is not said: so some
    clauses may be in no sentence, and some in two. All sentences together say all clauses.
    """
    pool = frozenset(clauses)
    if frozenset() in pool:
        return (Sentence("no object fits: the rules contradict each other", frozenset((frozenset(),))),)
    covered = _Covered(pool, given)
    made: list[Sentence] = []
    for sentence in (*_single(pool), *_together(pool), *_exactly_one(pool), *_at_most_one(pool)):
        if not all(map(covered.implies, sentence.clauses)):
            made.append(sentence)
            covered.add(sentence.clauses)
    rest = covered.irredundant(pool - {clause for sentence in made for clause in sentence.clauses})
    plain = {clause for clause in rest if all(isinstance(atom, Present) for atom, _ in clause)}
    return (*made, *_of_presence(plain), *_of_values(rest - plain, _domains((*pool, *given))))


# -- what follows ----------------------------------------------------------------------------------------------------


class _Covered:
    """Clauses that sentences tell, and what follows from them."""

    def __init__(self, clauses: Collection[Clause], given: Collection[Clause]) -> None:
        self.space = Space(atom for clause in (*given, *clauses) for atom, _ in clause)
        self.clauses = {self.space.encoded(clause) for clause in given}

    def add(self, clauses: Iterable[Clause]) -> None:
        self.clauses |= {self.space.encoded(clause) for clause in clauses}

    def implies(self, clause: Clause) -> bool:
        return self._implied(self.space.encoded(clause), self.clauses)

    def irredundant(self, clauses: Collection[Clause]) -> set[Clause]:
        """The clauses that do not follow from the others; long ones go first, then those that ask for more members."""
        kept = {clause: self.space.encoded(clause) for clause in clauses}
        for clause in sorted(clauses, key=lambda one: (-len(one), -sum(holds for _, holds in one), _order(one))):
            bits = kept.pop(clause)
            if not self._implied(bits, self.clauses | set(kept.values())):
                kept[clause] = bits
        return set(kept)

    def _implied(self, clause: int, given: set[int]) -> bool:
        return clause in given or (len(given) <= MAX_WEIGHED and self.space.follows(clause, given))


def _order(clause: Clause) -> list[Literal]:
    return sorted(clause)


# -- groups of clauses -----------------------------------------------------------------------------------------------


def _single(pool: frozenset[Clause]) -> list[Sentence]:
    """Clauses of one literal."""
    made = []
    for clause in sorted((one for one in pool if len(one) == 1), key=_order):
        ((atom, holds),) = clause
        made.append(Sentence(literal(atom, holds=holds), frozenset((clause,))))
    return made


def _together(pool: frozenset[Clause]) -> list[Sentence]:
    """Members of which each requires the other."""
    pairs = defaultdict[str, set[str]](set)
    for clause in pool:
        if len(clause) == 2 and {holds for _, holds in clause} == {True, False} and _names(clause):
            ((name,), (other,)) = _sides(clause)
            if _clause({other}, {name}) in pool:
                pairs[name].add(other)
                pairs[other].add(name)
    made = []
    seen: set[str] = set()
    for name in sorted(pairs):
        group: set[str] = set()
        stack = [] if name in seen else [name]
        while stack:
            one = stack.pop()
            if one not in group:
                group.add(one)
                stack += pairs[one]
        seen |= group
        if group:
            requires = {_clause({one}, {other}) for one in group for other in group if one != other}
            made.append(Sentence(f"{all_names(group)} only together", frozenset(requires & pool)))
    return made


def _exactly_one(pool: frozenset[Clause]) -> list[Sentence]:
    made = []
    for clause in sorted((one for one in pool if len(one) > 1 and all(holds for _, holds in one)), key=_order):
        names = _names(clause)
        pairs = _pairs(names)
        if names and pairs <= pool:
            made.append(Sentence(f"exactly one of {all_names(names)}", pairs | {clause}))
    return made


def _at_most_one(pool: frozenset[Clause]) -> list[Sentence]:
    """Three members or more of which each excludes the others; each pair is taken into the first group that has it."""
    excludes = _exclusions(pool)
    made = []
    seen: set[Clause] = set()
    for name in sorted(excludes, key=lambda one: (-len(excludes[one]), one)):
        for other in sorted(excludes[name]):
            if _clause({name, other}) in seen:
                continue
            group = {name, other}
            for third in sorted(excludes[name] & excludes[other]):
                if all(third in excludes[one] for one in group):
                    group.add(third)
            if len(group) > 2:
                seen |= _pairs(group)
                made.append(Sentence(f"at most one of {all_names(group)}", _pairs(group)))
    return made


def _exclusions(pool: Iterable[Clause]) -> dict[str, set[str]]:
    excludes = defaultdict[str, set[str]](set)
    for clause in pool:
        names = sorted(_names(clause))
        if len(clause) == 2 and len(names) == 2 and not any(holds for _, holds in clause):
            excludes[names[0]].add(names[1])
            excludes[names[1]].add(names[0])
    return dict(excludes)


def _of_presence(clauses: set[Clause]) -> list[Sentence]:
    """Clauses about nothing but which members there are."""
    left = set(clauses)
    demands = sorted((one for one in left if all(holds for _, holds in one)), key=_order)
    made = [Sentence(f"at least one of {all_names(_names(clause))}", frozenset((clause,))) for clause in demands]
    while excludes := _exclusions(left):
        hub = min(excludes, key=lambda name: (-len(excludes[name]), name))
        pairs = frozenset(_clause({hub, other}) for other in excludes[hub])
        others = excludes[hub]
        text = (
            f"{code(hub)} excludes {all_names(others)}" if len(others) > 1 else f"not both {all_names({hub, *others})}"
        )
        made.append(Sentence(text, pairs))
        left -= pairs
    alike = defaultdict[tuple[str, ...], list[Clause]](list)
    for clause in sorted(left, key=_order):
        have, need = _sides(clause)
        if need and have and len(need) == 1:
            alike[have].append(clause)
        elif have:
            verb, whom = ("require", any_name(need)) if need else ("exclude", code(have[-1]))
            who = have if need else have[:-1]
            text = f"{_subject(who)} {verb}{'s' if len(who) == 1 else ''} {whom}"
            made.append(Sentence(text, frozenset((clause,))))
    for have, several in alike.items():
        needed = {name for clause in several for name in _sides(clause)[1]}
        text = f"{_subject(have)} require{'s' if len(have) == 1 else ''} {all_names(needed)}"
        made.append(Sentence(text, frozenset(several)))
    return made


def _subject(names: tuple[str, ...]) -> str:
    return all_names(names) + (" together" if len(names) > 1 else "")


# -- clauses about values --------------------------------------------------------------------------------------------


def _of_values(clauses: set[Clause], domains: Mapping[str, frozenset[str]]) -> list[Sentence]:
    """Clauses with conditions that values fulfil; those that demand members under the same condition are one.

    Clauses that differ in nothing but which of the members whose values they name may be missing read the same, and are
    one as well.
    """
    alike = defaultdict[tuple[str, str], dict[Clause, str]](dict)
    for clause in sorted(clauses, key=_order):
        condition, subject, verdict = demand(clause, domains)
        alike[condition, verdict if subject else f"{verdict}\n{len(alike)}"][clause] = subject
    made = defaultdict[tuple[bool, str], set[Clause]](set)
    for (condition, verdict), members in alike.items():
        names = {subject for subject in members.values() if subject}
        text = (
            f"{all_names(names)} {'is' if len(names) == 1 else 'are'} {verdict}"
            if names
            else verdict.partition("\n")[0]
        )
        made[bool(condition), condition + text] |= members.keys()
    return [Sentence(text, frozenset(told)) for (_, text), told in sorted(made.items())]


def _domains(clauses: Iterable[Clause]) -> dict[str, frozenset[str]]:
    """By member: all values that it can have."""
    known: dict[str, frozenset[str]] = {}
    for clause in clauses:
        names = {atom.name for atom, _ in clause}
        for atom, holds in clause:
            values = enumerated(atom)
            if values is not None and holds and len(names) == 1 and (Present(atom.name), True) not in clause:
                known[atom.name] = values
    return known


# -- clauses and their names -----------------------------------------------------------------------------------------


def _names(clause: Clause) -> set[str]:
    """The members that a clause speaks of, where it speaks of nothing but whether they are there."""
    names = {atom.name for atom, _ in clause if isinstance(atom, Present)}
    return names if all(isinstance(atom, Present) for atom, _ in clause) else set()


def _sides(clause: Clause) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The members that have to be there for a clause to demand something, and those that it demands."""
    have = sorted(atom.name for atom, holds in clause if isinstance(atom, Present) and not holds)
    need = sorted(atom.name for atom, holds in clause if isinstance(atom, Present) and holds)
    return tuple(have), tuple(need)


def _clause(have: Iterable[str], need: Iterable[str] = ()) -> Clause:
    literals: list[Literal] = [(Present(name), False) for name in have]
    literals += [(Present(name), True) for name in need]
    return frozenset(literals)


def _pairs(names: Iterable[str]) -> frozenset[Clause]:
    ordered = sorted(names)
    return frozenset(_clause((one, other)) for place, one in enumerate(ordered) for other in ordered[place + 1 :])
