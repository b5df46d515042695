"""Alternative forms of a value (`anyOf`, `oneOf`): which of base and head are the same, and which are new or gone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.document.tree import escape, unescape
from generator.review import catalogue
from generator.review.rules.words import phrase
from generator.review.schemas.conjunction import CHOICES, flat, spot
from generator.review.schemas.facets import Choice, bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from generator.document.tree import Node
    from generator.review.catalogue import ChangeRule
    from generator.review.schemas.conjunction import Conjunction
    from generator.review.schemas.differences import Comparison
    from generator.review.schemas.facets import Facets
    from generator.review.schemas.meaning import Reader

_ALIKE = 0.5
"""The share of members in common from which two forms count as one that was edited."""


@dataclass(frozen=True, slots=True)
class Said:
    """A change of the alternatives; the message begins after the name of the schema."""

    rule: ChangeRule
    message: str
    before: Node | None
    after: Node | None


@dataclass(frozen=True, slots=True)
class Matched:
    """Forms that belong together, and what is left."""

    pairs: tuple[tuple[Conjunction, Conjunction], ...] = ()
    changes: tuple[Said, ...] = ()
    gone: tuple[Conjunction, ...] = ()
    come: tuple[Conjunction, ...] = ()
    settles_all: bool = False
    """Whether the pairs are about the whole value, so that nothing is left to compare beside them."""


def match(comparison: Comparison, base: Conjunction, head: Conjunction, before: Facets, after: Facets) -> Matched:
    """Match the alternatives of two schemas; one that has none is a single form by itself."""
    if len(before.choices) == len(after.choices):
        every = [_match(comparison, *both) for both in zip(before.choices, after.choices, strict=True)]
        return Matched(
            tuple(pair for each in every for pair in each.pairs),
            tuple(said for each in every for said in each.changes),
            tuple(branch for each in every for branch in each.gone),
            tuple(branch for each in every for branch in each.come),
        )
    if not before.choices and len(after.choices) == 1:
        matched = _match(comparison, Choice((_one_form(before, base),), base[0], exclusive=False), _spread(after))
    elif not after.choices and len(before.choices) == 1:
        matched = _match(comparison, _spread(before), Choice((_one_form(after, head),), head[0], exclusive=False))
    else:
        first = [spot(facets.choices[0].node) if facets.choices else None for facets in (before, after)]
        return Matched(changes=(Said(catalogue.SCHEMA_REWRITTEN, "is a choice between other forms", *first),))
    return replace(matched, settles_all=True)


def _one_form(facets: Facets, whole: Conjunction) -> Conjunction:
    """A schema without a choice as a form; where one branch of a choice was left, that with what stands beside it."""
    return (bare(facets) if facets.merged else ()) or whole


def _spread(facets: Facets) -> Choice:
    """The forms of a choice, each with what stands beside the choice."""
    (choice,) = facets.choices
    beside = bare(facets, choice.node)
    return Choice(tuple((*beside, *branch) for branch in choice.branches), choice.node, choice.exclusive)


def _match(comparison: Comparison, before: Choice, after: Choice) -> Matched:
    left, right = list(before.branches), list(after.branches)
    pairs: list[tuple[Conjunction, Conjunction]] = []

    def take(fits: Callable[[Conjunction, Conjunction], bool]) -> None:
        for ours in [*left]:
            found = next((theirs for theirs in right if fits(ours, theirs)), None)
            if found is not None:
                pairs.append((ours, found))
                left.remove(ours)
                right.remove(found)

    take(lambda ours, theirs: _name(ours) == _name(theirs) != "" and comparison.equal(ours, theirs))
    take(comparison.equal)
    take(lambda ours, theirs: _name(ours) == _name(theirs) != "")
    take(lambda ours, theirs: _likeness(comparison, ours, theirs) >= _ALIKE)
    changes = [_one(catalogue.ALTERNATIVE_REMOVED, "may no longer be", branch, after.node) for branch in left]
    changes += [_one(catalogue.ALTERNATIVE_ADDED, "may also be", branch, before.node) for branch in right]
    if before.exclusive != after.exclusive and not changes:
        how = "exactly one of its forms" if after.exclusive else "any of its forms, several at once too"
        changes.append(Said(catalogue.SCHEMA_REWRITTEN, f"fits {how}", spot(before.node), spot(after.node)))
    return Matched(tuple(pairs), tuple(changes), tuple(left), tuple(right))


def _one(rule: ChangeRule, verb: str, branch: Conjunction, other: Node) -> Said:
    name = _name(branch)
    message = f"{verb} {f'`{name}`' if name else phrase(branch[-1])}"
    is_gone = rule is catalogue.ALTERNATIVE_REMOVED
    return Said(rule, message, branch[-1] if is_gone else spot(other), spot(other) if is_gone else branch[-1])


def _name(branch: Conjunction) -> str:
    """The name of the component that a form is, or its title."""
    for node in reversed(branch):
        found = node.target or node
        steps = found.pointer.split("/")
        if steps[1:3] == ["components", "schemas"] and len(steps) == 4:
            return unescape(steps[3])
        if title := found.text("title"):
            return title
    return ""


def _likeness(comparison: Comparison, ours: Conjunction, theirs: Conjunction) -> float:
    """How many of the members, or of the types, two forms have in common: 0 to 1."""
    left, right = _features(comparison.base, ours), _features(comparison.head, theirs)
    return len(left & right) / len(left | right) if left | right else 0.0


def _features(reader: Reader, branch: Conjunction) -> frozenset[str]:
    types = reader.types(branch)
    if types == {"object"}:
        return frozenset(reader.facets(branch, "object").properties)
    return frozenset(f"type {kind}" for kind in types)


def labels(discriminator: Node) -> dict[str, str]:
    """The values by which a discriminator tells the forms beside it apart, each with the pointer of its form.

    They are those of its mapping, and the names of components that the mapping does not name.
    """
    document = discriminator.document
    found: dict[str, str] = {}
    for label, node in discriminator.members_of("mapping"):
        text = str(node.value)
        form = document.find(text) if "/" in text else document.find(f"/components/schemas/{escape(text)}")
        found[label] = form.pointer if form is not None else text
    holder = document.find(discriminator.pointer.rpartition("/")[0])
    forms = (form for word in CHOICES if holder is not None for form in holder.elements_of(word))
    for form in forms:
        component = form.target
        if component is not None and component.pointer not in found.values():
            found.setdefault(unescape(component.pointer.rpartition("/")[2]), component.pointer)
    return found


def pointers(branches: Iterable[Conjunction]) -> frozenset[str]:
    """The pointers of forms, those that they refer to included."""
    return frozenset(node.pointer for branch in branches for node in flat(branch))
