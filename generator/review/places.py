"""Changes made from the nodes that they are about, nodes found from others, and one change out of those that many feel.

A leaf of the review: it knows changes and documents.
"""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from generator.document.tree import Array, Node, Object
from generator.review.change import Change, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from generator.diagnostics import Location
    from generator.document.grammar import Side
    from generator.document.tree import Document
    from generator.review.catalogue import ChangeRule
    from generator.review.change import Use, Wire


def change(
    rule: ChangeRule,
    message: str,
    *,
    before: Node | None = None,
    after: Node | None = None,
    side: Side | None = None,
    uses: Iterable[Use] = (),
    wire: Wire | None = None,
) -> Change:
    """A change between two nodes; `wire` where it is known better than the rule's verdict, which is for the worst."""
    return Change(
        rule.id,
        message,
        rule.verdict(side) if wire is None else wire,
        side,
        None if before is None else _place(before),
        None if after is None else _place(after),
        tuple(uses),
    )


def _place(node: Node) -> Place:
    """Where a node stands: in its own file, where a reference to a file put it in its place."""
    value = node.value
    if isinstance(value, Object | Array) and value.location.file != node.location.file:
        return Place(node.pointer, value.location)
    return Place(node.pointer, node.location)


def chain(node: Node) -> tuple[Node, ...]:
    """A node and what its references lead to, step by step; the last one is the definition.

    A dead or circular chain ends where it breaks.
    """
    nodes = [node]
    while (target := nodes[-1].reference) is not None:
        found = node.document.find(target)
        if found is None or any(one.pointer == found.pointer for one in nodes):
            break
        nodes.append(found)
    return tuple(nodes)


def reached(
    start: Iterable[Node],
    below: Callable[[Node], Iterable[Node]],
    key: Callable[[Node], Hashable] = attrgetter("pointer"),
) -> tuple[Node, ...]:
    """Nodes and what `below` leads to from them, each once, depth first and in order; `key` tells nodes apart."""
    found: dict[Hashable, Node] = {}
    waiting = [*start][::-1]
    while waiting:
        node = waiting.pop()
        name = key(node)
        if name not in found:
            found[name] = node
            waiting.extend(reversed([*below(node)]))
    return tuple(found.values())


def part(node: Node, *keywords: str) -> Node:
    """A schema with some of its keywords alone; it stands where the first of them does."""
    own = node.object
    kept = Object({word: own[word] for word in keywords if word in own}, own.location, own.places)
    first = node.child(keywords[0])
    return Node(node.document, node.pointer, kept, first.location if first is not None else node.location)


def keyword(holder: Node, name: str) -> Node:
    """Where a keyword stands; the object where the keyword is left out and its default holds."""
    return holder.child(name) or holder


def listed(entry: Node, other: Document) -> Node:
    """Where something stands that one side alone lists: with its definition, if that too is on one side alone."""
    found = entry.resolve()
    return entry if other.find(found.pointer) is not None else found


def grouped(changes: Iterable[Change]) -> Iterator[Change]:
    """The same changes in the same order, each once: what many operations feel of one shared place is one change.

    Places are told apart by file, line and column: a file that many refer to is one place with many pointers.
    """
    groups: dict[tuple[object, ...], list[Change]] = {}
    for one in changes:
        key = (one.rule, one.message, one.side, one.wire, _location(one.before), _location(one.after))
        groups.setdefault(key, []).append(one)
    for group in groups.values():
        yield replace(group[0], uses=tuple(dict.fromkeys(use for one in group for use in one.uses)))


def _location(place: Place | None) -> Location | None:
    return None if place is None else place.location
