"""What schemas mean: one form for all the ways in which JSON Schema can say the same.

The unit is a *conjunction*: schemas that hold at once, as a property that two parts of an `allOf` speak of. It is read
one level at a time, so recursion needs no care, and for one JSON type at a time, so that `type: [string, "null"]` and
`anyOf` of a string and `null` come out the same: `Facets` are what is demanded of values of that type, and its members
are conjunctions again. References, `allOf`, choices of which one branch is left for the type, keywords about other
types, bounds that say nothing: all gone. Every facet keeps the node that says it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.document.grammar import HIDDEN
from generator.document.values import canonical, is_number, type_of
from generator.review.schemas.conjunction import CHOICES, Conjunction, Key, flat, is_value_list, key
from generator.review.schemas.facets import TYPES, Facets
from generator.review.schemas.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.document.grammar import Side
    from generator.document.tree import Node


class Reader:
    """Reads the schemas of one document as one side sees them; remembers what it has read."""

    def __init__(self, side: Side) -> None:
        self._hidden = HIDDEN[side]
        self._types: dict[Key, frozenset[str]] = {}
        self._facets: dict[tuple[Key, str], Facets] = {}
        self._open = set[Key]()
        self._reading = set[tuple[Key, str]]()

    def types(self, conjunction: Conjunction) -> frozenset[str]:
        """The types of values that the schemas allow together."""
        where = key(conjunction)
        if where not in self._types:
            if where in self._open:
                return TYPES  # a choice that leads back to itself rules nothing out
            self._open.add(where)
            allowed = TYPES
            for node in flat(conjunction):
                allowed &= self._types_of(node)
            self._open.discard(where)
            if self._open:
                return allowed  # perhaps less than the truth: not remembered
            self._types[where] = allowed
        return self._types[where]

    def _types_of(self, node: Node) -> frozenset[str]:
        if node.value is False:
            return frozenset()
        allowed = TYPES
        if (kind := node.child("type")) is not None:
            allowed &= _expanded(_strings(kind))
        for word in ("enum", "const"):
            if (listed := node.child(word)) is not None:
                values = listed.elements() if word == "enum" else iter((listed,))
                allowed &= frozenset(type_of(value.value) for value in values)
        for word in CHOICES:
            if node.child(word) is not None:
                allowed &= frozenset[str]().union(*(self.types((branch,)) for branch in node.elements_of(word)))
        step = node.child("multipleOf")
        if step is not None and is_number(step.value) and step.value == int(step.value):
            allowed -= {"number"}  # multiples of whole numbers are whole
        refused = node.child("not")
        if refused is not None and (refused.value is True or refused.value == {}):
            return frozenset()
        if refused is not None and set(refused.object) == {"type"}:
            allowed -= _expanded(_strings(refused["type"]))
        if refused is not None and is_value_list(refused):
            allowed -= _used_up(refused, self.types((refused,)))
        return allowed

    def facets(self, conjunction: Conjunction, kind: str) -> Facets:
        """What the schemas demand of values of a type that they allow."""
        where = (key(conjunction), kind)
        if where not in self._facets:
            if where in self._reading:
                return Facets(kind, conjunction)
            self._reading.add(where)
            found = Reading(self, kind, flat(conjunction)).facets()
            self._reading.discard(where)
            if self._reading:
                return found
            self._facets[where] = found
        return self._facets[where]

    def is_hidden(self, conjunction: Conjunction) -> bool:
        """Whether a member does not exist on this side: `readOnly` in requests, `writeOnly` in answers."""
        return any(node.is_true(self._hidden) for node in flat(conjunction))

    def disjoint(self, left: Conjunction, right: Conjunction, kind: str) -> bool:
        """Whether no value of a type can be of both forms, as far as one look tells."""
        ours, theirs = self.facets(left, kind), self.facets(right, kind)
        if ours.values is not None and theirs.values is not None:
            return not set(ours.values) & set(theirs.values)
        for name in ours.required & theirs.required:
            one, other = ours.properties.get(name), theirs.properties.get(name)
            if one is None or other is None:
                continue
            common = self.types(one) & self.types(other)
            if all(self._values_apart(one, other, each) for each in common):
                return True
        return any(name not in theirs.properties and theirs.closed_to(name) for name in ours.required) or any(
            name not in ours.properties and ours.closed_to(name) for name in theirs.required
        )

    def _values_apart(self, left: Conjunction, right: Conjunction, kind: str) -> bool:
        ours, theirs = self.facets(left, kind).values, self.facets(right, kind).values
        return ours is not None and theirs is not None and not set(ours) & set(theirs)


def _used_up(refused: Node, kinds: frozenset[str]) -> frozenset[str]:
    """The types that have no more values than those of a list."""
    lists = [{canonical(one.value) for one in refused.elements_of("enum")}] if refused.child("enum") else []
    lists += [{canonical(refused["const"].value)}] if refused.child("const") else []
    values = set.intersection(*lists)
    few = {"null": {canonical(None)}, "boolean": {canonical(value) for value in (True, False)}}
    return frozenset(kind for kind, every in few.items() if kind in kinds and every <= values)


def _expanded(kinds: Iterable[str]) -> frozenset[str]:
    listed = frozenset(kinds)
    return listed | {"integer"} if "number" in listed else listed


def _strings(node: Node) -> Iterator[str]:
    for one in (node, *node.elements()):
        if isinstance(one.value, str):
            yield one.value
