"""Two schemas in the same place: what differs at this level, and which pairs of schemas to look at below.

Each difference is what one keyword does to the set of values that are allowed, so verdicts follow from the catalogue.
Where keywords cannot be compared, values decide (`Judge`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from generator.review import catalogue
from generator.review.change import Wire
from generator.review.places import part
from generator.review.rules import words
from generator.review.schemas import alternatives
from generator.review.schemas.bounds import compare_limits, compare_texts
from generator.review.schemas.conjunction import flat, saying, spot
from generator.review.schemas.level import Edge, Level
from generator.review.schemas.members import compare_members
from generator.review.schemas.sayings import compare_sayings
from generator.review.schemas.subject import kinds
from generator.review.schemas.values import compare_excluded, compare_known, compare_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from generator.document import Json
    from generator.ir import Side
    from generator.review.change import Change, Place
    from generator.review.evidence.witnesses import Disagreement
    from generator.review.schemas.conjunction import Conjunction
    from generator.review.schemas.facets import Facets
    from generator.review.schemas.meaning import Reader

Equal: TypeAlias = "Callable[[Conjunction, Conjunction], bool]"
"""Whether two schemas, of base and of head, allow the same."""
Accepts: TypeAlias = "Callable[[Conjunction, Conjunction, Json], tuple[bool | None, bool | None]]"
"""Whether base and head take a value; `None` where that cannot be told."""
Disagree: TypeAlias = "Callable[[Conjunction, Conjunction], Disagreement]"
"""Values on which two schemas disagree."""

_SELF_EVIDENT: Final = (catalogue.DEFAULT_CHANGED, catalogue.DEFAULT_REMOVED, catalogue.EXTENSION_MEANING_CHANGED)
"""What breaks though the same values are allowed: no value can show it."""

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

_TOGETHER: Final = {
    "additionalProperties": ("properties", "patternProperties"),
    "if": ("then", "else"),
    "contains": ("minContains", "maxContains"),
    "items": ("prefixItems",),
}
"""Keywords that mean something only with others."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two schemas at one level."""

    changes: tuple[Change, ...] = ()
    edges: tuple[Edge, ...] = ()
    is_doubtful: bool = False
    """Whether something is said there that cannot be compared by rule in all cases."""


class Comparison:
    """Compares schemas of one side level by level; keeps nothing of what it found."""

    def __init__(
        self, side: Side, base: Reader, head: Reader, equal: Equal, accepts: Accepts, disagree: Disagree
    ) -> None:
        self.side: Side = side
        self.base = base
        self.head = head
        self.equal = equal
        self.accepts = accepts
        self.disagree = disagree

    def level(self, base: Conjunction, head: Conjunction) -> Compared:
        """What differs between two schemas here, and the pairs below them. Verdicts are still the catalogue's."""
        level = Level(self, base, head)
        before, after = self.base.types(base), self.head.types(head)
        _types(level, before, after)
        shared = before & after
        if "number" in shared:
            shared -= {"integer"}  # whole numbers are judged with the others
        facets = [(self.base.facets(base, kind), self.head.facets(head, kind)) for kind in sorted(shared)]
        for both in facets:
            _facets(level, *both)
        compare_sayings(level)
        doubtful = any(one.choices or one.opaque for both in facets for one in both)
        return Compared(tuple(level.changes), tuple(level.edges), doubtful)

    def judged(self, base: Conjunction, head: Conjunction, changes: Iterable[Change]) -> Iterator[Change]:
        """The same changes with verdicts that values decide, and with a value beside what breaks."""
        for one in changes:
            rule = catalogue.CHANGES[one.rule]
            if not rule.witnessed and (one.wire is not Wire.BREAKING or rule in _SELF_EVIDENT):
                yield one
                continue
            if rule.witnessed:
                found = self.disagree(base, head)
            elif self.side == "request":
                found = self.disagree(base, _saying(head, one.after))
            else:
                found = self.disagree(_saying(base, one.before), head)
            breaking, other = (found.lost, found.won) if self.side == "request" else (found.won, found.lost)
            if not rule.witnessed or breaking is not None:
                yield replace(one, evidence=breaking)
            elif other is not None:
                yield replace(one, wire=Wire.COMPATIBLE, evidence=other)
            else:
                message = f"{one.message}; {found.tried} values of both sides show no difference"
                yield replace(one, wire=Wire.COMPATIBLE, message=message)


def _saying(schema: Conjunction, where: Place | None) -> Conjunction:
    """Of a schema the keyword alone that a change is about, so that a value which it refuses is refused for it."""
    for node in flat(schema):
        for word in saying(node):
            if where is not None and where.pointer == f"{node.pointer}/{word}":
                return (part(node, word, *_TOGETHER.get(word, ())),)
    return schema


def _types(level: Level, before: frozenset[str], after: frozenset[str]) -> None:
    if before == after:
        return
    lost, won = before - after, after - before
    rule = catalogue.TYPE_CHANGED if lost and won else catalogue.TYPE_NARROWED if lost else catalogue.TYPE_WIDENED
    message = f"{level.name} may be {kinds(after)}, was {kinds(before)}"
    level.either(rule, message, *level.first("type", "enum", "const", "anyOf", "oneOf"))


def _facets(level: Level, before: Facets, after: Facets) -> None:
    if before.values is not None or after.values is not None:
        compare_values(level, before, after)
        return
    matched = alternatives.match(level.comparison, level.base, level.head, before, after)
    level.edges.extend(Edge("", *pair) for pair in matched.pairs)
    for each in matched.changes:
        level.either(each.rule, f"{level.name} {each.message}", each.before, each.after)
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
        level.either(rule, message, before.unique, after.unique)
    for position in range(max(len(before.prefix), len(after.prefix))):
        ours = before.prefix[position] if position < len(before.prefix) else before.items
        theirs = after.prefix[position] if position < len(after.prefix) else after.items
        level.below(f"[{position}]", ours, theirs)
    level.below("[*]", before.items, after.items)


def _opaque(level: Level, before: Facets, after: Facets) -> None:
    gone = [node for one, node in before.opaque.items() if one not in after.opaque]
    new = [node for one, node in after.opaque.items() if one not in before.opaque]
    if gone and new:
        level.either(
            catalogue.SCHEMA_REWRITTEN,
            f"{level.name} is said in another way",
            spot(gone[0]),
            spot(new[0]),
        )
    elif new:
        message = f"{level.name} has to fulfil a new condition: {words.phrase(new[0])}"
        level.either(catalogue.CONDITION_ADDED, message, None, spot(new[0]))
    elif gone:
        message = f"{level.name} need no longer fulfil a condition: {words.phrase(gone[0])}"
        level.either(catalogue.CONDITION_DROPPED, message, spot(gone[0]), None)
