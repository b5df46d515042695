"""One level of a comparison: two schemas in the same place, and what is said of them. Data for `differences`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.review.places import change, part
from generator.review.schemas.conjunction import flat, saying
from generator.review.schemas.subject import subject

if TYPE_CHECKING:
    from generator.document import Node
    from generator.ir import Side
    from generator.review.catalogue import ChangeRule
    from generator.review.change import Change
    from generator.review.schemas.conjunction import Conjunction
    from generator.review.schemas.differences import Comparison


@dataclass(frozen=True, slots=True)
class Edge:
    """A pair of schemas below another, and the step that leads there."""

    step: str
    base: Conjunction
    head: Conjunction


@dataclass(frozen=True, slots=True)
class Level:
    """Two schemas, and where what differs between them is gathered."""

    comparison: Comparison
    base: Conjunction
    head: Conjunction
    changes: list[Change] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    @property
    def side(self) -> Side:
        """Which way the values go."""
        return self.comparison.side

    @property
    def name(self) -> str:
        """What messages call the schema: where references lead, so that it has one name wherever it is used."""
        return subject(next((node for node in flat(self.head) if saying(node) - {"$ref"}), self.head[0]))

    @property
    def use(self) -> str:
        """What messages call the place of use, which can have words of its own."""
        return subject(self.head[0])

    def say(self, rule: ChangeRule, message: str, before: Node | None, after: Node | None) -> None:
        """A change of something that only one side may have."""
        self.changes.append(change(rule, message, before=before, after=after, side=self.side))

    def either(self, rule: ChangeRule, message: str, before: Node | None, after: Node | None) -> None:
        """A change of something inside both schemas; where one lacks it, its schema stands for it."""
        self.say(rule, message, before or self.base[0], after or self.head[0])

    def below(self, step: str, before: Conjunction, after: Conjunction) -> None:
        """What holds one step down; a schema that is absent allows everything."""
        if before or after:
            self.edges.append(Edge(step, before or (part(self.base[0], ""),), after or (part(self.head[0], ""),)))

    def first(self, *words: str) -> tuple[Node | None, Node | None]:
        """Where each side says the first of some keywords that it says."""
        return _first(self.base, words), _first(self.head, words)


def _first(nodes: Conjunction, words: tuple[str, ...]) -> Node | None:
    every = flat(nodes)
    return next((found for word in words for node in every if (found := node.child(word)) is not None), None)
