"""Two schemas in the same place: what differs at this level, and which pairs of schemas to look at below.

Each difference is what one keyword does to the set of values that are allowed, so verdicts follow from the catalogue.
Where keywords cannot be compared, values decide (`judging`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from generator.review import catalogue
from generator.review.rules.descriptions import describe
from generator.review.schemas import alternatives
from generator.review.schemas.annotations import compare_schema_annotations
from generator.review.schemas.bounds import compare_limits, compare_texts
from generator.review.schemas.conjunction import first_keyword, key
from generator.review.schemas.level import Edge, Level, Probe
from generator.review.schemas.members import compare_members
from generator.review.schemas.subject import kinds
from generator.review.schemas.texts import listed
from generator.review.schemas.values import compare_excluded, compare_known, compare_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.review.change import Change
    from generator.review.schemas.conjunction import Conjunction
    from generator.review.schemas.facets import Facets
    from generator.review.schemas.level import Context

SAME_VALUES: Final = frozenset(
    rule.id
    for rule in (
        *(catalogue.KNOWN_VALUE_ADDED, catalogue.KNOWN_VALUE_REMOVED, catalogue.DEPRECATED, catalogue.UNDEPRECATED),
        *(catalogue.DEFAULT_ADDED, catalogue.DEFAULT_CHANGED, catalogue.DEFAULT_REMOVED),
        *(catalogue.DISCRIMINATOR_ADDED, catalogue.DISCRIMINATOR_CHANGED, catalogue.DISCRIMINATOR_REMOVED),
        *(catalogue.EXTENSION_CHANGED, catalogue.EXTENSION_MEANING_CHANGED),
    )
)
"""Changes after which the same values are allowed as before."""


class Compared(msgspec.Struct, frozen=True):
    """What differs between two schemas at one level."""

    changes: tuple[Change, ...] = ()
    edges: tuple[Edge, ...] = ()
    is_doubtful: bool = False
    """Whether something is said there that cannot be compared by rule in all cases."""
    probes: Mapping[str, Probe] = msgspec.field(default_factory=dict)
    """Message of a change -> what a value has to break to show it."""
    candidates: tuple[str, ...] = ()
    """Texts on which the two may disagree."""


def compare(context: Context, base: Conjunction, head: Conjunction) -> Compared:
    """What differs between two schemas here, and the pairs below them. Verdicts are still the catalogue's."""
    level = Level(context, base, head)
    before, after = context.base.types(base), context.head.types(head)
    _types(level, before, after)
    shared = sorted(before & after, key=lambda kind: (kind == "integer", kind))
    facets = [(context.base.facets(base, kind), context.head.facets(head, kind)) for kind in shared]
    facets = [(listed(level, ours, theirs), listed(level, theirs, ours)) for ours, theirs in facets]
    compare_values(level, facets)
    for kind, both in zip(shared, facets, strict=True):
        if any(one.values is not None for one in both):
            continue
        if kind == "integer" and "number" in shared:
            _whole_numbers(level, *both)
        else:
            _facets(level, *both)
    compare_schema_annotations(level)
    doubtful = any(one.choices or one.opaque for both in facets for one in both)
    return Compared(tuple(level.changes), tuple(level.edges), doubtful, level.probes, tuple(level.candidates))


def _types(level: Level, before: frozenset[str], after: frozenset[str]) -> None:
    if before == after:
        return
    lost, won = before - after, after - before
    rule = catalogue.TYPE_CHANGED if lost and won else catalogue.TYPE_NARROWED if lost else catalogue.TYPE_WIDENED
    message = f"{level.name} may be {kinds(after)}, was {kinds(before)}"
    level.add_inside(rule, message, *level.first("type", "enum", "const", "anyOf", "oneOf"))


def _whole_numbers(level: Level, before: Facets, after: Facets) -> None:
    """What differs for whole numbers, where it does not differ for all others too: most keywords speak of both."""
    whole = Level(level.context, level.base, level.head)
    _facets(whole, before, after)
    known_rules = {one.rule for one in level.changes}
    level.changes.extend(one for one in whole.changes if one.rule not in known_rules)
    known = {(one.step, key(one.base), key(one.head)) for one in level.edges}
    level.edges.extend(one for one in whole.edges if (one.step, key(one.base), key(one.head)) not in known)


def _facets(level: Level, before: Facets, after: Facets) -> None:
    matched = alternatives.match(level.context, level.base, level.head, before, after)
    level.edges.extend(Edge("", *pair) for pair in matched.pairs)
    for each in matched.changes:
        itself = " itself" if each.message.endswith(f" {level.name}") else ""  # of what builds on a schema
        level.add_inside(each.rule, f"{level.name} {each.message}{itself}", each.before, each.after)
    level.forms_gone.update(alternatives.pointers(matched.gone))
    level.forms_new.update(alternatives.pointers(matched.come))
    if matched.settles_all:
        return
    compare_known(level, before, after)
    compare_excluded(level, before, after)
    compare_limits(level, before, after)
    _opaque(level, before, after)
    if before.type in ("string", "number", "integer"):
        compare_texts(level, before, after)
    elif before.type == "array":
        _elements(level, before, after)
    elif before.type == "object":
        compare_members(level, before, after)


def _elements(level: Level, before: Facets, after: Facets) -> None:
    if (before.unique is None) != (after.unique is None):
        rule = catalogue.UNIQUE_ITEMS_REMOVED if before.unique else catalogue.UNIQUE_ITEMS_ADDED
        message = f"elements of {level.name} {'may be equal now' if before.unique else 'have to differ'}"
        level.add_inside(rule, message, before.unique, after.unique)
    # What only longer arrays have is told by the bound that allows them.
    most = min((one.bounds["maxItems"].value for one in (before, after) if "maxItems" in one.bounds), default=None)
    longest = max(len(before.prefix), len(after.prefix))
    for position in range(longest):
        if most is not None and most <= position:
            return
        ours = before.prefix[position] if position < len(before.prefix) else before.items
        theirs = after.prefix[position] if position < len(after.prefix) else after.items
        level.below(f"[{position}]", ours, theirs)
    if most is None or most > longest:
        level.below("[*]", before.items, after.items)


def _opaque(level: Level, before: Facets, after: Facets) -> None:
    gone = [node for one, node in before.opaque.items() if one not in after.opaque]
    new = [node for one, node in after.opaque.items() if one not in before.opaque]
    if gone and new:
        level.add_inside(
            catalogue.SCHEMA_REWRITTEN,
            f"{level.name} is said in another way",
            first_keyword(gone[0]),
            first_keyword(new[0]),
        )
    elif new:
        message = f"{level.name} has to fulfil a new condition: {describe(new[0])}"
        level.add_inside(catalogue.CONDITION_ADDED, message, None, first_keyword(new[0]))
    elif gone:
        message = f"{level.name} need no longer fulfil a condition: {describe(gone[0])}"
        level.add_inside(catalogue.CONDITION_DROPPED, message, first_keyword(gone[0]), None)
