"""Schemas of base and head, compared by what they mean; each difference once, with every way that leads to it.

A pair of schemas is compared one level deep (`differences`), which names the pairs below it: so the schemas of both
documents become one graph of pairs, recursion included. What differs is said at the pair where it stands; from where
an operation can reach that pair, it is felt.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from generator.document import unescape
from generator.review import catalogue
from generator.review.catalogue import SILENT
from generator.review.change import Wire
from generator.review.conjunction import direct, key
from generator.review.differences import Compared, Comparison
from generator.review.meaning import Reader
from generator.review.places import change, grouped
from generator.review.subject import join
from generator.review.witnesses import Judge
from generator.walk import target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.document import Document, Node
    from generator.ir import Side
    from generator.review.change import Change, Use
    from generator.review.conjunction import Conjunction, Key
    from generator.review.level import Edge

_MOST_WAYS: Final = 200
"""The ways from a place of use that are followed; a schema that refers to itself in many places has no end of them."""

_SILENT: Final = frozenset(rule.id for rule in catalogue.CHANGES.values() if (rule.request, rule.response) == SILENT)
"""Changes of which the direction says nothing."""

_SAME_VALUES: Final = frozenset(
    rule.id
    for rule in (
        *(catalogue.KNOWN_VALUE_ADDED, catalogue.KNOWN_VALUE_REMOVED, catalogue.DEPRECATED, catalogue.UNDEPRECATED),
        *(catalogue.DEFAULT_ADDED, catalogue.DEFAULT_CHANGED, catalogue.DEFAULT_REMOVED),
        *(catalogue.DISCRIMINATOR_ADDED, catalogue.DISCRIMINATOR_CHANGED, catalogue.DISCRIMINATOR_REMOVED),
        *(catalogue.EXTENSION_CHANGED, catalogue.EXTENSION_MEANING_CHANGED),
    )
)
"""Changes after which the same values are allowed as before."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A place in the graph; the conjunctions stand beside their keys, as nodes cannot be compared fast."""

    side: Side
    base: Key
    head: Key


class SchemaComparison:
    """Collects pairs of schemas in places of use; tells what differs once, with every use."""

    def __init__(self, base: Document, head: Document) -> None:
        self._unchanged = _Unchanged(base, head)
        judge = Judge(base, head)
        self._comparisons: dict[Side, Comparison] = {
            side: Comparison(
                side,
                Reader(side),
                Reader(side),
                lambda ours, theirs, side=side: self._equal(side, ours, theirs),
                lambda ours, theirs, value, side=side: judge.accepts(ours, theirs, side, value),
                lambda ours, theirs, side=side: judge.disagreement(ours, theirs, side),
            )
            for side in ("request", "response")
        }
        self._roots: list[tuple[Use, _Pair]] = []
        self._members: dict[_Pair, tuple[Conjunction, Conjunction]] = {}
        self._compared: dict[_Pair, Compared] = {}
        self._open = set[_Pair]()

    def compare(self, base: Node, head: Node, side: Side, use: Use) -> None:
        """Two schemas that stand in the same place of use; `use.path` is empty."""
        self._roots.append((use, self._pair(side, (base,), (head,))))

    def changes(self) -> tuple[Change, ...]:
        """Everything that differs below all pairs that were given."""
        felt: dict[_Pair, list[Use]] = {}
        for use, root in self._roots:
            for pair, path in self._ways(root):
                felt.setdefault(pair, []).append(replace(use, path=path))
        found: list[Change] = []
        for pair, uses in felt.items():
            base, head = self._members[pair]
            local = self._comparisons[pair.side].judged(base, head, self._compared[pair].changes)
            found += [replace(one, uses=tuple(uses)) for one in local]
            found += self._renamed(pair, uses)
        return tuple(grouped(replace(one, side=None) if one.rule in _SILENT else one for one in found))

    # -- the graph -----------------------------------------------------------------------------------------------------

    def _pair(self, side: Side, base: Conjunction, head: Conjunction) -> _Pair:
        base, head = direct(base), direct(head)
        pair = _Pair(side, key(base), key(head))
        self._members[pair] = (base, head)
        return pair

    def _compare(self, pair: _Pair) -> Compared:
        if pair not in self._compared:
            if pair in self._open:
                return Compared()  # a form that leads back to itself does not differ from itself there
            base, head = self._members[pair]
            if self._unchanged.same(base, head):
                self._compared[pair] = Compared()
            else:
                self._open.add(pair)
                self._compared[pair] = self._comparisons[pair.side].level(base, head)
                self._open.discard(pair)
        return self._compared[pair]

    def _below(self, pair: _Pair) -> Iterator[tuple[Edge, _Pair]]:
        for edge in self._compare(pair).edges:
            yield edge, self._pair(pair.side, edge.base, edge.head)

    def _equal(self, side: Side, base: Conjunction, head: Conjunction) -> bool:
        """Whether nothing differs between the values that two schemas allow, as deep as they go."""
        waiting, seen = [self._pair(side, base, head)], set[_Pair]()
        while waiting:
            pair = waiting.pop()
            if pair in seen:
                continue
            seen.add(pair)
            if any(one.wire is not Wire.DOCS and one.rule not in _SAME_VALUES for one in self._compare(pair).changes):
                return False
            waiting += [below for _, below in self._below(pair)]
        return True

    def _ways(self, root: _Pair) -> Iterator[tuple[_Pair, str]]:
        """The pairs below a place of use in which something differs, with each way there; short ways first."""
        telling = self._telling(root)
        waiting = deque([(root, "", frozenset[_Pair]())])
        ways = 0
        while waiting and ways < _MOST_WAYS:
            pair, path, passed = waiting.popleft()
            if pair not in telling or pair in passed:
                continue
            if self._compare(pair).changes or any(self._renamed(pair, ())):
                ways += 1
                yield pair, path
            waiting += [(below, join(path, edge.step), passed | {pair}) for edge, below in self._below(pair)]

    def _telling(self, root: _Pair) -> set[_Pair]:
        """The pairs from which a difference can be reached, itself included."""
        above: dict[_Pair, list[_Pair]] = {root: []}
        waiting = [root]
        while waiting:
            pair = waiting.pop()
            for _, below in self._below(pair):
                if below not in above:
                    above[below] = []
                    waiting.append(below)
                above[below].append(pair)
        waiting = [pair for pair in above if self._compare(pair).changes or any(self._renamed(pair, ()))]
        telling = set(waiting)
        while waiting:
            for pair in above[waiting.pop()]:
                if pair not in telling:
                    telling.add(pair)
                    waiting.append(pair)
        return telling

    # -- names ---------------------------------------------------------------------------------------------------------

    def _renamed(self, pair: _Pair, uses: Iterable[Use]) -> Iterator[Change]:
        """A component that goes by another name in the head, and by the old one no more."""
        base, head = (_component(one) for one in self._members[pair])
        if base is None or head is None or base.pointer == head.pointer:
            return
        if base.document.find(head.pointer) is None and head.document.find(base.pointer) is None:
            names = [unescape(one.pointer.rpartition("/")[2]) for one in (head, base)]
            message = f"schema `{names[0]}` was called `{names[1]}`"
            yield change(catalogue.COMPONENT_RENAMED, message, before=base, after=head, uses=uses)


class _Unchanged:
    """Which schemas are the same text in both documents, with all that they refer to: most, in most reviews."""

    def __init__(self, base: Document, head: Document) -> None:
        self._base = base
        self._head = head
        self._same: dict[str, bool] = {}
        self._closures: dict[str, frozenset[str]] = {}

    def same(self, base: Conjunction, head: Conjunction) -> bool:
        return len(base) == len(head) and all(
            ours.pointer == theirs.pointer
            and repr(ours.value) == repr(theirs.value)
            and all(self._is_same(target) for target in self._reached(ours))
            for ours, theirs in zip(base, head, strict=True)
        )

    def _is_same(self, reference: str) -> bool:
        if reference not in self._same:
            ours, theirs = self._base.find(reference), self._head.find(reference)
            self._same[reference] = repr(ours and ours.value) == repr(
                theirs and theirs.value
            )  # `1 == True`, reprs differ
        return self._same[reference]

    def _reached(self, node: Node) -> frozenset[str]:
        reached, waiting = set[str](), [*_references(node)]
        while waiting:
            reference = waiting.pop()
            if reference not in reached:
                reached.add(reference)
                found = self._base.find(reference)
                if reference not in self._closures:
                    self._closures[reference] = frozenset(_references(found)) if found is not None else frozenset()
                waiting += self._closures[reference]
        return frozenset(reached)


def _references(node: Node) -> Iterator[str]:
    return (found for one in node.walk() if (found := one.reference) is not None)


def _component(nodes: Conjunction) -> Node | None:
    """The named schema that a conjunction begins with."""
    for node in nodes:
        for one in (node, target(node)):
            if one is not None and one.pointer.startswith("/components/schemas/") and one.pointer.count("/") == 3:
                return one
    return None
