"""Alternative forms of a value (`anyOf`, `oneOf`): which of base and head are the same, and which are new or gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from generator.document.tree import unescape
from generator.review import catalogue
from generator.review.rules.descriptions import describe
from generator.review.schemas.conjunction import first_keyword, flat
from generator.review.schemas.facets import Choice, bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from generator.document.tree import Node
    from generator.review.catalogue import ChangeRule
    from generator.review.schemas.conjunction import Conjunction
    from generator.review.schemas.facets import Facets, SchemaReader
    from generator.review.schemas.level import Context

_ALIKE = 0.5
"""The share of members in common from which two forms count as one that was edited."""


class AlternativeChange(msgspec.Struct, frozen=True):
    """A change of the alternatives; the message begins after the name of the schema."""

    rule: ChangeRule
    message: str
    before: Node | None
    after: Node | None


class Matched(msgspec.Struct, frozen=True):
    """Forms that belong together, and what is left."""

    pairs: tuple[tuple[Conjunction, Conjunction], ...] = ()
    changes: tuple[AlternativeChange, ...] = ()
    gone: tuple[Conjunction, ...] = ()
    come: tuple[Conjunction, ...] = ()
    settles_all: bool = False
    """Whether the pairs are about the whole value, so that nothing is left to compare beside them."""


def match(context: Context, base: Conjunction, head: Conjunction, before: Facets, after: Facets) -> Matched:
    """Match the alternatives of two schemas; one that has none is a single form by itself."""
    if len(before.choices) == len(after.choices):
        every = [_match(context, *both) for both in zip(before.choices, after.choices, strict=True)]
        return Matched(
            tuple(pair for each in every for pair in each.pairs),
            tuple(change for each in every for change in each.changes),
            tuple(branch for each in every for branch in each.gone),
            tuple(branch for each in every for branch in each.come),
        )
    if not before.choices and len(after.choices) == 1:
        matched = _match(context, Choice((_one_form(before, base),), base[0], exclusive=False), _spread(after))
    elif not after.choices and len(before.choices) == 1:
        matched = _match(context, _spread(before), Choice((_one_form(after, head),), head[0], exclusive=False))
    else:
        first = [first_keyword(facets.choices[0].node) if facets.choices else None for facets in (before, after)]
        return Matched(
            changes=(AlternativeChange(catalogue.SCHEMA_REWRITTEN, "is a choice between other forms", *first),)
        )
    return replace(matched, settles_all=True)


def _one_form(facets: Facets, whole: Conjunction) -> Conjunction:
    """A schema without a choice as a form; where one branch of a choice was left, that with what stands beside it."""
    return (bare(facets) if facets.merged else ()) or whole


def _spread(facets: Facets) -> Choice:
    """The forms of a choice, each with what stands beside the choice."""
    (choice,) = facets.choices
    beside = bare(facets, choice.node)
    return Choice(tuple((*beside, *branch) for branch in choice.branches), choice.node, choice.exclusive)


def _match(context: Context, before: Choice, after: Choice) -> Matched:
    left, right = list(before.branches), list(after.branches)
    pairs: list[tuple[Conjunction, Conjunction]] = []

    def take(fits: Callable[[Conjunction, Conjunction], bool]) -> None:
        for ours in [*left]:
            found = next((theirs for theirs in right if fits(ours, theirs)), None)
            if found is not None:
                pairs.append((ours, found))
                left.remove(ours)
                right.remove(found)

    take(lambda ours, theirs: _name(ours) == _name(theirs) != "" and context.equal(ours, theirs))
    take(context.equal)
    take(lambda ours, theirs: _name(ours) == _name(theirs) != "")
    take(lambda ours, theirs: _likeness(context, ours, theirs) >= _ALIKE)
    changes = [_one(catalogue.ALTERNATIVE_REMOVED, "may no longer be", branch, after.node) for branch in left]
    changes += [_one(catalogue.ALTERNATIVE_ADDED, "may also be", branch, before.node) for branch in right]
    is_told = _is_told(before.node) != _is_told(after.node)  # how forms are told apart says it
    if before.exclusive != after.exclusive and not changes and not is_told:
        how = "exactly one of its forms" if after.exclusive else "any of its forms, several at once too"
        changes.append(
            AlternativeChange(
                catalogue.SCHEMA_REWRITTEN, f"fits {how}", first_keyword(before.node), first_keyword(after.node)
            )
        )
    return Matched(tuple(pairs), tuple(changes), tuple(left), tuple(right))


def _is_told(choice: Node) -> bool:
    """Whether a discriminator tells the forms of a choice apart."""
    whole = choice.document.find(choice.pointer)
    return whole is not None and "discriminator" in whole.object


def _one(rule: ChangeRule, verb: str, branch: Conjunction, other: Node) -> AlternativeChange:
    name = _name(branch)
    message = f"{verb} {f'`{name}`' if name else describe(branch[-1])}"
    is_gone = rule is catalogue.ALTERNATIVE_REMOVED
    return AlternativeChange(
        rule, message, branch[-1] if is_gone else first_keyword(other), first_keyword(other) if is_gone else branch[-1]
    )


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


def _likeness(context: Context, ours: Conjunction, theirs: Conjunction) -> float:
    """How many of the members, or of the types, two forms have in common: 0 to 1."""
    left, right = _features(context.base, ours), _features(context.head, theirs)
    return len(left & right) / len(left | right) if left | right else 0.0


def _features(reader: SchemaReader, branch: Conjunction) -> frozenset[str]:
    types = reader.types(branch)
    if types == {"object"}:
        return frozenset(reader.facets(branch, "object").properties)
    return frozenset(f"type {kind}" for kind in types)


def pointers(branches: Iterable[Conjunction]) -> frozenset[str]:
    """The pointers of forms, those that they refer to included."""
    return frozenset(node.pointer for branch in branches for node in flat(branch))
