"""What schemas demand of values of one type, each demand with the node that says it.

`SchemaReader`, who gives facets, stands here too, so that readings need not import the reader that makes them.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from generator.document.tree import Node
from generator.review.evidence.sampling.regex import matches
from generator.review.rules import fragments, logic
from generator.review.schemas.conjunction import CHOICES, Conjunction, node_key

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from fractions import Fraction

TYPES: Final = frozenset(("null", "boolean", "integer", "number", "string", "array", "object"))
"""`number` is what is no integer: a schema's `number` is both."""

UPPER: Final = ("maxLength", "maxItems", "maxProperties", "maximum")
LOWER: Final = ("minLength", "minItems", "minProperties", "minimum")


class Bound(msgspec.Struct, frozen=True):
    """A limit: the value, whether it is itself excluded, and where it is said."""

    value: Fraction
    excluded: bool
    node: Node

    def __str__(self) -> str:
        return shown(self.value)


class Choice(msgspec.Struct, frozen=True):
    """Alternative forms of a value; `exclusive` where exactly one may fit and several could."""

    branches: tuple[Conjunction, ...]
    node: Node
    exclusive: bool


class Facets(msgspec.Struct, frozen=True, dict=True):
    """What is demanded of values of one type. Whatever is empty or `None` demands nothing."""

    type: str
    nodes: Conjunction
    """All schemas that hold, branches of choices included where only one was left."""
    values: Mapping[Hashable, Node] | None = None
    known: Mapping[Hashable, Node] = msgspec.field(default_factory=dict)
    """Values that are listed though others are allowed: an open enumeration."""
    excluded: Mapping[Hashable, Node] = msgspec.field(default_factory=dict)
    bounds: Mapping[str, Bound] = msgspec.field(default_factory=dict)
    patterns: Mapping[str, Node] = msgspec.field(default_factory=dict)
    formats: Mapping[str, Node] = msgspec.field(default_factory=dict)
    codings: Mapping[str, Node] = msgspec.field(default_factory=dict)
    multiple: Fraction | None = None
    unique: Node | None = None
    prefix: tuple[Conjunction, ...] = ()
    items: Conjunction = ()
    properties: Mapping[str, Conjunction] = msgspec.field(default_factory=dict)
    groups: Mapping[str, Conjunction] = msgspec.field(default_factory=dict)
    """Pattern of names -> what holds for members so named."""
    additional: Conjunction = ()
    """What holds for members that nobody names; empty: anything."""
    clauses: frozenset[logic.Clause] = frozenset()
    choices: tuple[Choice, ...] = ()
    opaque: Mapping[str, Node] = msgspec.field(default_factory=dict)
    """Demands that are compared by their text alone."""
    merged: frozenset[tuple[tuple[str, tuple[str, ...]], str]] = frozenset()
    """Choices of which one branch was left, and stands among `nodes`."""
    field_rules: tuple[tuple[Node, frozenset[str]], ...] = ()
    """The keywords that speak of several fields, each as a schema of its own, and the fields that each names."""

    @property
    def is_free(self) -> bool:
        """Whether any value of the type will do."""
        return self.values is None and not any(
            (
                *(self.excluded, self.bounds, self.patterns, self.formats, self.codings, self.multiple, self.unique),
                *(self.prefix, self.items, self.properties, self.groups, self.additional, self.clauses),
                *(self.choices, self.opaque),
            )
        )

    @cached_property
    def required(self) -> frozenset[str]:
        """The members that must be there."""
        return frozenset(
            atom.name
            for clause in self.clauses
            if len(clause) == 1
            for atom, holds in clause
            if holds and isinstance(atom, logic.Present)
        )

    def closed_to(self, name: str) -> bool:
        """Whether a member that is not declared is refused."""
        return any(node.value is False for node in self.additional) and not any(
            matches(pattern, name) for pattern in self.groups
        )


class SchemaReader(Protocol):
    """Reads the schemas of one document as one side sees them; remembers what it has read."""

    def types(self, conjunction: Conjunction) -> frozenset[str]:
        """The types of values that the schemas allow together."""
        ...

    def facets(self, conjunction: Conjunction, kind: str) -> Facets:
        """What the schemas demand of values of a type that they allow."""
        ...

    def is_hidden(self, conjunction: Conjunction) -> bool:
        """Whether a member does not exist on this side: `readOnly` in requests, `writeOnly` in answers."""
        ...

    def disjoint(self, left: Conjunction, right: Conjunction, kind: str) -> bool:
        """Whether no value of a type can be of both forms, as far as one look tells."""
        ...


def bare(facets: Facets, without: Node | None = None) -> Conjunction:
    """All schemas that hold, one choice left out if one is given, and what they are composed of not said again."""
    found: list[Node] = []
    for node in facets.nodes:
        again = {each for where, each in facets.merged if where == node_key(node)}
        again |= {"allOf", "$ref"}
        if without is not None and node.pointer == without.pointer:
            again |= set(CHOICES) & set(without.object)
        kept = node.object.changed({}, drop=again)
        if kept or node.value is False:
            found.append(Node(node.document, node.pointer, kept or node.value, node.location))
    return tuple(found)


def shown(value: Fraction) -> str:
    """An exact number as people write it: in powers of ten where it would have many digits."""
    twos = fives = 0
    rest = value.denominator
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest > 1:
        return str(value)
    places = max(twos, fives)
    digits = value.numerator * 10**places // value.denominator
    return fragments.number(Decimal((digits < 0, tuple(map(int, str(abs(digits)))), -places)))


def names_of(clause: logic.Clause) -> frozenset[str]:
    """The members that a rule speaks of."""
    return frozenset(atom.name for atom, _ in clause)
