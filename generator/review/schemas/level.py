"""One level of a comparison: two schemas in the same place, and where what differs between them is gathered."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from generator.document.tree import Node
from generator.review.nodes import part
from generator.review.places import change
from generator.review.rules import fragments
from generator.review.schemas.conjunction import assertions, flat
from generator.review.schemas.subject import subject

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.document.grammar import Side
    from generator.document.tree import Json
    from generator.review.catalogue import ChangeRule
    from generator.review.change import Change
    from generator.review.rules.fragments import Plain
    from generator.review.schemas.conjunction import Conjunction
    from generator.review.schemas.facets import SchemaReader


Equal: TypeAlias = "Callable[[Conjunction, Conjunction], bool]"
"""Whether two schemas, of base and of head, allow the same."""
Accepts: TypeAlias = "Callable[[Conjunction, Conjunction, Json], tuple[bool | None, bool | None]]"
"""Whether base and head take a value; `None` where that cannot be told."""


class Context(msgspec.Struct, frozen=True):
    """What all levels of a comparison of one side have in common."""

    side: Side
    base: SchemaReader
    head: SchemaReader
    equal: Equal
    accepts: Accepts


class Edge(msgspec.Struct, frozen=True):
    """A pair of schemas below another, and the step that leads there."""

    step: str
    base: Conjunction
    head: Conjunction


class Probe(msgspec.Struct, frozen=True):
    """What a value has to break to show a change: a schema that says that and no more; empty: no value shows it."""

    schema: Conjunction
    reason: str = ""
    """Why such a value is refused, where the schema does not say it well."""


class Level(msgspec.Struct, frozen=True):
    """Two schemas, and where what differs between them is gathered."""

    context: Context
    base: Conjunction
    head: Conjunction
    changes: list[Change] = msgspec.field(default_factory=list)
    edges: list[Edge] = msgspec.field(default_factory=list)
    probes: dict[str, Probe] = msgspec.field(default_factory=dict)
    """Message of a change -> what shows it; where there is none, what the keyword says that it is about."""
    candidates: list[str] = msgspec.field(default_factory=list)
    """Texts on which the two may disagree."""
    forms_gone: set[str] = msgspec.field(default_factory=set)
    """Pointers of alternatives that only the base has: what is said of them is said by that."""
    forms_new: set[str] = msgspec.field(default_factory=set)

    @property
    def side(self) -> Side:
        """Which way the values go."""
        return self.context.side

    @property
    def name(self) -> str:
        """What messages call the schema."""
        return subject(_definition(self.head))

    @property
    def use(self) -> str:
        """What messages call the place of use, which can have words of its own."""
        return subject(self.head[0])

    def add(self, rule: ChangeRule, message: str, before: Node | None, after: Node | None) -> None:
        """A change of something that only one side may have."""
        self.changes.append(change(rule, message, before=before, after=after, side=self.side))

    def shown_by(self, fragment: Plain, reason: str = "") -> None:
        """What the side that refuses a value says against it, for the last change."""
        where = self.head[0] if self.side == "request" else self.base[0]
        schema = fragments.placed(fragment, where.location)
        pointer = f"{where.pointer}#{fragments.text(fragment)}"  # what is kept by pointer knows it from the rest
        self.probes[self.changes[-1].message] = Probe((Node(where.document, pointer, schema, where.location),), reason)

    def shown_by_nothing(self) -> None:
        """No value shows the last change."""
        self.probes[self.changes[-1].message] = Probe(())

    def add_inside(self, rule: ChangeRule, message: str, before: Node | None, after: Node | None) -> None:
        """A change of something inside both schemas; where one lacks it, its schema stands for it."""
        self.add(rule, message, before or _definition(self.base), after or _definition(self.head))

    def below(self, step: str, before: Conjunction, after: Conjunction) -> None:
        """What holds one step down; a schema that is absent allows everything."""
        if before or after:
            self.edges.append(Edge(step, before or (part(self.base[0], ""),), after or (part(self.head[0], ""),)))

    def first(self, *keywords: str) -> tuple[Node | None, Node | None]:
        """Where each side says the first of some keywords that it says."""
        return _first(self.base, keywords), _first(self.head, keywords)


def _definition(nodes: Conjunction) -> Node:
    """Where references lead, so that a schema has one name and one place wherever it is used."""
    return next((node for node in flat(nodes) if assertions(node) - {"$ref"}), nodes[0])


def _first(nodes: Conjunction, keywords: tuple[str, ...]) -> Node | None:
    every = flat(nodes)
    return next((found for word in keywords for node in every if (found := node.child(word)) is not None), None)
