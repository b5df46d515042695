"""Schemas of base and head, compared by what they mean; each difference once, with every way that leads to it.

What differs is said at the pair of schemas where it stands (`pairs`, `differences`); it is felt wherever an operation
can reach that pair. Where the words of two schemas do not explain what values show, the values have the last word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from generator.document.tree import unescape
from generator.review import catalogue
from generator.review.catalogue import SILENT
from generator.review.change import Wire
from generator.review.evidence.witnesses import Judge
from generator.review.places import change, grouped
from generator.review.schemas.differences import Compared, compare
from generator.review.schemas.judging import Judging
from generator.review.schemas.level import Context
from generator.review.schemas.meaning import Reader
from generator.review.schemas.pairs import Pair, Pairs
from generator.review.schemas.subject import subject
from generator.review.tags import is_spelled_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.document.grammar import Side
    from generator.document.tree import Document, Json, Node
    from generator.review.change import Change, Use
    from generator.review.schemas.conjunction import Conjunction

_SILENT: Final = frozenset(rule.id for rule in catalogue.CHANGES.values() if (rule.request, rule.response) == SILENT)
"""Changes of which the direction says nothing."""
_OF_NEW_NAMES: Final = frozenset((catalogue.PROPERTY_ADDED.id,))
"""Changes by which requests are lost and nobody breaks: members that nobody described were no part of the contract."""


class SchemaComparison:
    """Collects pairs of schemas in places of use; tells what differs once, with every use."""

    def __init__(self, base: Document, head: Document) -> None:
        self._documents = (base, head)
        self._judge = Judge(base, head)
        self._pairs = Pairs(base, head, self._level)
        self._contexts: dict[Side, Context] = {
            "request": self._context("request"),
            "response": self._context("response"),
        }
        self._judging: dict[Side, Judging] = {
            "request": Judging("request", self._judge),
            "response": Judging("response", self._judge),
        }
        self._roots: list[tuple[Use, Pair]] = []

    def _context(self, side: Side) -> Context:
        def equal(base: Conjunction, head: Conjunction) -> bool:
            return self._pairs.equal(side, base, head)

        def accepts(base: Conjunction, head: Conjunction, value: Json) -> tuple[bool | None, bool | None]:
            return self._judge.accepts(base, head, side, value)

        return Context(side, Reader(side), Reader(side), equal, accepts)

    def _level(self, side: Side, base: Conjunction, head: Conjunction) -> Compared:
        return compare(self._contexts[side], base, head)

    def compare(self, base: Node, head: Node, side: Side, use: Use) -> None:
        """Two schemas that stand in the same place of use; `use.path` is empty."""
        self._roots.append((use, self._pairs.pair(side, (base,), (head,))))

    def changes(self) -> tuple[Change, ...]:
        """Everything that differs below all pairs that were given."""
        reached = list(self._pairs.reached(*(root for _, root in self._roots)))
        changes = {pair: here for pair in reached if (here := self._judged(pair))}
        changes |= {
            pair: (*changes.get(pair, ()), *hidden) for pair in reached if (hidden := self._hidden(pair, changes))
        }
        felt: dict[Pair, list[Use]] = {}
        leading = self._pairs.leading(reached, changes)
        for use, root in self._roots:
            for pair, path in self._pairs.ways(root, changes, leading):
                felt.setdefault(pair, []).append(replace(use, path=path))
        found = [replace(one, uses=tuple(uses)) for pair, uses in felt.items() for one in changes[pair]]
        return tuple(grouped(replace(one, side=None) if one.rule in _SILENT else one for one in found))

    def _judged(self, pair: Pair) -> tuple[Change, ...]:
        """What differs at a place."""
        base, head = self._pairs.schemas(pair)
        judged = self._judging[pair.side].judged(base, head, self._pairs.compared(pair))
        return (*(one for one in judged if self._is_of_author(one)), *_renamed(base, head))

    def _is_of_author(self, one: Change) -> bool:
        """Whether a change is none of tags, of which discriminators tell."""
        places = zip((one.before, one.after), self._documents, strict=True)
        return not any(place is not None and is_spelled_out(document, place.pointer) for place, document in places)

    def _hidden(self, pair: Pair, changes: dict[Pair, tuple[Change, ...]]) -> tuple[Change, ...]:
        """Of schemas that cannot be compared by rule alone: a value that breaks, where no rule has told of a break."""
        if not self._pairs.compared(pair).is_doubtful:
            return ()
        below = [one for each in self._pairs.reached(pair) for one in changes.get(each, ())]
        is_request = pair.side == "request"
        if any(one.wire is Wire.BREAKING or (is_request and one.rule in _OF_NEW_NAMES) for one in below):
            return ()
        if any(one.rule == catalogue.DISCRIMINATOR_ADDED.id for one in below):
            return ()
        base, head = self._pairs.schemas(pair)
        # With one more form, what has members of both that and another fits neither of them alone.
        more = catalogue.ALTERNATIVE_ADDED if is_request else catalogue.ALTERNATIVE_REMOVED
        of_named = any(one.rule == more.id for one in below)
        found = self._judge.disagreement(base, head, pair.side, of_named=of_named, lost=is_request, won=not is_request)
        broken = found.lost if is_request else found.won
        if broken is None:
            return ()
        message = f"{subject(head[0])} does not allow the same values as before"
        made = change(catalogue.SCHEMA_REWRITTEN, message, before=base[0], after=head[0], side=pair.side)
        return (replace(made, evidence=broken),)


def _renamed(base: Conjunction, head: Conjunction) -> Iterator[Change]:
    """A component that goes by another name in the head, and by the old one no more."""
    before, after = _component(base), _component(head)
    if before is None or after is None or before.pointer == after.pointer:
        return
    if before.document.find(after.pointer) is None and after.document.find(before.pointer) is None:
        names = [unescape(one.pointer.rpartition("/")[2]) for one in (after, before)]
        message = f"schema `{names[0]}` was called `{names[1]}`"
        yield change(catalogue.COMPONENT_RENAMED, message, before=before, after=after)


def _component(nodes: Conjunction) -> Node | None:
    """The named schema that a conjunction begins with."""
    for node in nodes:
        for one in (node, node.target):
            if one is not None and one.pointer.startswith("/components/schemas/") and one.pointer.count("/") == 3:
                return one
    return None
