"""The schemas of base and head as one graph of pairs: each is compared one level deep, and names the pairs below it."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from generator.review.change import Wire
from generator.review.schemas.conjunction import direct, key
from generator.review.schemas.differences import SAME_VALUES, Compared
from generator.review.schemas.subject import join

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from generator.document.grammar import Side
    from generator.document.tree import Document, Node
    from generator.review.schemas.conjunction import Conjunction, Key
    from generator.review.schemas.level import Edge

_MOST_WAYS: Final = 200
"""The ways from a place of use that are followed; a schema that refers to itself in many places has no end of them."""
_MOST_STEPS: Final = 20_000
"""The steps that are taken to find them."""


class Pair(msgspec.Struct, frozen=True):
    """A place in the graph; the schemas themselves are kept beside it, as nodes cannot be compared fast."""

    side: Side
    base: Key
    head: Key


LevelOf: TypeAlias = "Callable[[Side, Conjunction, Conjunction], Compared]"
"""Compares two schemas one level deep."""


class Pairs:
    """Makes the graph as it is walked. Recursion ends where a pair is met again."""

    def __init__(self, base: Document, head: Document, level: LevelOf) -> None:
        self._unchanged = _Unchanged(base, head)
        self._level = level
        self._schemas: dict[Pair, tuple[Conjunction, Conjunction]] = {}
        self._compared: dict[Pair, Compared] = {}
        self._below: dict[Pair, tuple[tuple[Edge, Pair], ...]] = {}
        self._open = set[Pair]()

    def pair(self, side: Side, base: Conjunction, head: Conjunction) -> Pair:
        """The place of two schemas."""
        base, head = direct(base), direct(head)
        pair = Pair(side, key(base), key(head))
        self._schemas[pair] = (base, head)
        return pair

    def schemas(self, pair: Pair) -> tuple[Conjunction, Conjunction]:
        """The schemas of base and head at a place."""
        return self._schemas[pair]

    def compared(self, pair: Pair) -> Compared:
        """What differs there, one level deep."""
        if pair not in self._compared:
            if pair in self._open:
                return Compared()  # a form that leads back to itself does not differ from itself there
            base, head = self._schemas[pair]
            if self._unchanged.same(base, head):
                self._compared[pair] = Compared()
            else:
                self._open.add(pair)
                self._compared[pair] = self._level(pair.side, base, head)
                self._open.discard(pair)
        return self._compared[pair]

    def below(self, pair: Pair) -> tuple[tuple[Edge, Pair], ...]:
        """The places right below one."""
        if pair not in self._below:
            found = tuple((edge, self.pair(pair.side, edge.base, edge.head)) for edge in self.compared(pair).edges)
            if pair in self._open:
                return found  # perhaps less than the truth: not remembered
            self._below[pair] = found
        return self._below[pair]

    def reached(self, *starts: Pair) -> Iterator[Pair]:
        """Places and all below them, each once: all of the first, then what is new of the others."""
        seen = set[Pair]()
        for start in starts:
            waiting = [] if start in seen else [start]
            seen.add(start)
            while waiting:
                pair = waiting.pop()
                yield pair
                for _, below in self.below(pair):
                    if below not in seen:
                        seen.add(below)
                        waiting.append(below)

    def equal(self, side: Side, base: Conjunction, head: Conjunction) -> bool:
        """Whether nothing differs between the values that two schemas allow, as deep as they go."""
        return not any(
            one.wire is not Wire.DOCS and one.rule not in SAME_VALUES
            for pair in self.reached(self.pair(side, base, head))
            for one in self.compared(pair).changes
        )

    def ways(self, root: Pair, goals: Container[Pair], leading: Container[Pair]) -> Iterator[tuple[Pair, str]]:
        """From a place of use to wanted places below it, with each way there; short ways first.

        Where there are too many ways to follow, each place is still reached by its shortest. `leading` are the places
        from which one gets to a wanted place, as :meth:`leading` tells.
        """
        waiting: deque[tuple[Pair, str, frozenset[Pair]]] = deque()
        if root in leading:
            waiting.append((root, "", frozenset()))
        ways = steps = 0
        met = set[Pair]()
        while waiting and ways < _MOST_WAYS and steps < _MOST_STEPS:
            steps += 1
            pair, path, passed = waiting.popleft()
            if pair in goals:
                ways += 1
                met.add(pair)
                yield pair, path
            behind = passed | {pair}
            for edge, below in self.below(pair):
                if below in leading and below not in behind:
                    waiting.append((below, join(path, edge.step), behind))
        if waiting:
            yield from (
                (pair, path) for pair, path in self._shortest(root, leading) if pair in goals and pair not in met
            )

    def _shortest(self, root: Pair, leading: Container[Pair]) -> Iterator[tuple[Pair, str]]:
        """Each place below one, with the shortest way there."""
        waiting, seen = deque([(root, "")]), {root}
        while waiting:
            pair, path = waiting.popleft()
            yield pair, path
            for edge, below in self.below(pair):
                if below in leading and below not in seen:
                    seen.add(below)
                    waiting.append((below, join(path, edge.step)))

    def leading(self, pairs: Iterable[Pair], goals: Container[Pair]) -> set[Pair]:
        """The places from which a goal can be reached, goals included; what is below the places is among them."""
        above: dict[Pair, list[Pair]] = {pair: [] for pair in pairs}
        for pair in above:
            for _, below in self.below(pair):
                above[below].append(pair)
        waiting = [pair for pair in above if pair in goals]
        leading = set(waiting)
        while waiting:
            for pair in above[waiting.pop()]:
                if pair not in leading:
                    leading.add(pair)
                    waiting.append(pair)
        return leading


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
