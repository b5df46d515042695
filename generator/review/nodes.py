"""Nodes of a description found from others: along references, by keyword, or cut down to some keywords. A leaf."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from generator.document.tree import Node, Object

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from generator.document.tree import Document


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
