"""Verdicts that values decide: where keywords cannot tell, and to show what breaks by a value.

What is proven of all values has the first word; values that are found have the next. Where there is neither, a verdict
is the cautious one of the catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from generator.review import catalogue
from generator.review.change import Wire
from generator.review.evidence.witnesses import Proof
from generator.review.nodes import part
from generator.review.schemas.conjunction import assertions, flat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.document.grammar import Side
    from generator.review.change import Change, Evidence, Place
    from generator.review.evidence.witnesses import Disagreement, Judge
    from generator.review.schemas.conjunction import Conjunction
    from generator.review.schemas.differences import Compared

_SELF_EVIDENT: Final = (catalogue.DEFAULT_CHANGED, catalogue.DEFAULT_REMOVED, catalogue.EXTENSION_MEANING_CHANGED)
"""What breaks though the same values are allowed: no value can show it."""

_OF_RULES: Final = frozenset((catalogue.CONDITION_ADDED.id, catalogue.CONDITION_DROPPED.id))
_OF_FORMS: Final = frozenset((catalogue.ALTERNATIVE_ADDED.id, catalogue.ALTERNATIVE_REMOVED.id))
_OF_VALUES: Final = frozenset(
    rule.id
    for rule in (
        *(catalogue.TYPE_NARROWED, catalogue.TYPE_WIDENED, catalogue.TYPE_CHANGED, catalogue.CONST_CHANGED),
        *(catalogue.ENUM_ADDED, catalogue.ENUM_REMOVED, catalogue.ENUM_VALUE_ADDED, catalogue.ENUM_VALUE_REMOVED),
        *(catalogue.EXCLUDED_VALUE_ADDED, catalogue.EXCLUDED_VALUE_REMOVED),
        *(catalogue.MAX_LENGTH_RAISED, catalogue.MAX_LENGTH_LOWERED),
        *(catalogue.MIN_LENGTH_RAISED, catalogue.MIN_LENGTH_LOWERED),
        *(catalogue.MAX_ITEMS_RAISED, catalogue.MAX_ITEMS_LOWERED),
        *(catalogue.MIN_ITEMS_RAISED, catalogue.MIN_ITEMS_LOWERED),
        *(catalogue.MAXIMUM_RAISED, catalogue.MAXIMUM_LOWERED, catalogue.MINIMUM_RAISED, catalogue.MINIMUM_LOWERED),
        *(catalogue.MAX_PROPERTIES_RAISED, catalogue.MAX_PROPERTIES_LOWERED),
        *(catalogue.MIN_PROPERTIES_RAISED, catalogue.MIN_PROPERTIES_LOWERED),
        *(catalogue.PATTERN_CHANGED, catalogue.PATTERN_ADDED, catalogue.PATTERN_REMOVED),
        *(catalogue.MULTIPLE_OF_TIGHTENED, catalogue.MULTIPLE_OF_LOOSENED, catalogue.MULTIPLE_OF_CHANGED),
        *(catalogue.UNIQUE_ITEMS_ADDED, catalogue.UNIQUE_ITEMS_REMOVED),
        *(catalogue.CONDITION_ADDED, catalogue.CONDITION_DROPPED, catalogue.SCHEMA_REWRITTEN),
    )
)
"""Changes that are about which values are allowed and about nothing else: of the same values there is no change."""

_OF_TEXTS: Final = frozenset(
    rule.id
    for rule in (
        *(catalogue.PATTERN_CHANGED, catalogue.PATTERN_ADDED, catalogue.PATTERN_REMOVED),
        *(catalogue.FORMAT_CHANGED, catalogue.FORMAT_ADDED, catalogue.FORMAT_REMOVED),
    )
)
_UNDECIDED: Final = "undecided, as no value was found that shows it: to be careful it counts as a break"

_TOGETHER: Final = {
    "additionalProperties": ("properties", "patternProperties"),
    "if": ("then", "else"),
    "contains": ("minContains", "maxContains"),
    "items": ("prefixItems",),
}
"""Keywords that mean something only with others."""


class Judging:
    """Judges what differs between two schemas of one side."""

    def __init__(self, side: Side, judge: Judge) -> None:
        self._side: Side = side
        self._judge = judge

    def judged(self, base: Conjunction, head: Conjunction, compared: Compared) -> Iterator[Change]:
        """The same changes with verdicts that values decide, and with a value beside what breaks."""
        if not any(one.rule in _OF_VALUES | _OF_FORMS or one.wire is Wire.BREAKING for one in compared.changes):
            yield from compared.changes
            return
        proof = self._proof(base, head, compared)
        is_safe = proof.loses_none if self._side == "request" else proof.wins_none
        is_same = proof.loses_none and proof.wins_none
        for one in compared.changes:
            rule = catalogue.CHANGES[one.rule]
            if is_same and one.rule in _OF_VALUES:
                continue
            if rule.witnessed:
                tried = self._judge.disagreement(base, head, self._side, compared.candidates)
                yield self._witnessed(one, tried, is_safe=is_safe or one.wire is Wire.COMPATIBLE)
            elif is_safe and one.rule in _OF_VALUES | _OF_FORMS:
                yield replace(one, wire=Wire.COMPATIBLE)
            elif one.wire is not Wire.BREAKING or rule in _SELF_EVIDENT:
                yield one
            elif (found := self._evidence(base, head, one, compared)) is None and self._is_idle(
                base, head, one, compared
            ):
                yield replace(one, wire=Wire.COMPATIBLE)
            elif found is None and self._is_open(base, head, one):
                yield replace(one, message=f"{one.message}; {_UNDECIDED}")
            else:
                yield replace(one, evidence=found)

    def _proof(self, base: Conjunction, head: Conjunction, compared: Compared) -> Proof:
        """What is proven of the two. A proof takes long, and a value that speaks against it saves it."""
        doubted = any(
            one.rule in _OF_VALUES | _OF_FORMS and (one.wire is Wire.BREAKING or catalogue.CHANGES[one.rule].witnessed)
            for one in compared.changes
        )
        is_request = self._side == "request"
        lost, won = is_request or not doubted, not (is_request and doubted)
        if self._judge.shows(base, head, self._side, compared.candidates, lost=lost, won=won):
            return Proof(loses_none=False, wins_none=False)
        return self._judge.proof(base, head, self._side)

    def _witnessed(self, one: Change, found: Disagreement, *, is_safe: bool) -> Change:
        breaking, other = (found.lost, found.won) if self._side == "request" else (found.won, found.lost)
        if breaking is not None and not is_safe:
            return replace(one, evidence=breaking)
        if is_safe or other is not None:
            return replace(one, wire=Wire.COMPATIBLE, evidence=other)
        if not found.agreed:
            return replace(one, message=f"{one.message}; {_UNDECIDED}")
        message = f"{one.message}; {found.tried} values of both sides show no difference"
        return replace(one, wire=Wire.COMPATIBLE, message=message)

    def _evidence(self, base: Conjunction, head: Conjunction, one: Change, compared: Compared) -> Evidence | None:
        """A value that is refused for this change, and not for another one beside it."""
        shown = compared.probes.get(one.message)
        if shown is not None:
            found = self._refused(base, head, shown.schema, compared) if shown.schema else None
            return replace(found, reason=shown.reason or found.reason) if found is not None else None
        alone = _saying(head, one.after) if self._side == "request" else _saying(base, one.before)
        whole = head if self._side == "request" else base
        return self._refused(base, head, alone, compared) or self._refused(base, head, whole, compared)

    def _is_idle(self, base: Conjunction, head: Conjunction, one: Change, compared: Compared) -> bool:
        """Whether it is proven that no value breaks a rule that only the stricter side has."""
        shown = compared.probes.get(one.message)
        if shown is None or not shown.schema or one.rule not in _OF_RULES:
            return False
        if self._side == "request":
            return self._judge.proof(base, shown.schema, self._side).loses_none
        return self._judge.proof(shown.schema, head, self._side).wins_none

    def _is_open(self, base: Conjunction, head: Conjunction, one: Change) -> bool:
        """Whether only values can tell if a change breaks anything, so that without one it is not known."""
        if one.rule in _OF_TEXTS:
            return True
        return one.rule in _OF_VALUES | _OF_FORMS and self._judge.can_check(base, head, self._side)

    def _refused(
        self, base: Conjunction, head: Conjunction, refusing: Conjunction, compared: Compared
    ) -> Evidence | None:
        """A value on which the sides disagree, and which these schemas, of the one that is stricter now, refuse."""
        if self._side == "request":
            found = self._judge.disagreement(base, refusing, self._side, compared.candidates, won=False).lost
        else:
            found = self._judge.disagreement(refusing, head, self._side, compared.candidates, lost=False).won
        if found is None:
            return None
        both = self._judge.accepts(base, head, self._side, found.value)
        return found if both == (found.accepted_before, found.accepted_after) else None


def _saying(schema: Conjunction, where: Place | None) -> Conjunction:
    """Of a schema the keyword alone that a change is about, so that a value which it refuses is refused for it."""
    for node in flat(schema):
        for word in assertions(node):
            if where is not None and where.pointer == f"{node.pointer}/{word}":
                return (part(node, word, *_TOGETHER.get(word, ())),)
    return schema
