"""Which definitions consist of which: by reference, or by a subschema for the same value (`allOf` and its like)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.document import index
from generator.document.tree import Node, remembered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.document.tree import Document


class Graph:
    """Definitions by pointer, what each consists of, and the groups of those that consist of each other."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.references = dict[str, Node]()
        self.parts = dict[str, list[str]]()
        for _, node in index.references(document):
            target = node.target
            if target is not None:
                self.references[node.pointer] = node
                self.parts.setdefault(node.pointer, []).append(target.pointer)
        for node in index.schemas(document):
            holder = index.parent(document, node.pointer)
            if holder:
                self.parts.setdefault(holder, []).append(node.pointer)
        self.groups = list(strongly_connected(self.parts))
        """Groups of definitions that consist of each other, mostly of one; those that others consist of come first."""

    def circles(self) -> Iterator[list[Node]]:
        """The reference nodes of each circle, in order of standing; a node is in one circle at most."""
        for group in self.groups:
            inside = set(group)
            circle = [
                self.references[pointer]
                for pointer in group
                if pointer in self.references and not inside.isdisjoint(self.parts[pointer])
            ]
            if circle:
                yield sorted(circle, key=lambda node: node.location)

    def depths(self) -> dict[str, int]:
        """How many definitions stand within each other, at most, in what each one consists of; circles count once."""
        found = dict[str, int]()
        for group in self.groups:
            below = (found.get(part, 0) for pointer in group for part in self.parts.get(pointer, ()))
            found.update(dict.fromkeys(group, max(below, default=0) + 1))
        return found


@remembered
def graph(document: Document) -> Graph:
    """The graph of a document, kept since several rules ask for it."""
    return Graph(document)


def strongly_connected(edges: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Groups of what leads to each other; those that others lead to come first.

    Tarjan's algorithm with a stack of its own.
    """
    number, low = dict[str, int](), dict[str, int]()
    path, on_path = list[str](), set[str]()
    for start, first in edges.items():
        work = [(start, iter(first))] if start not in number else []
        if work:
            number[start] = low[start] = len(number)
            path.append(start)
            on_path.add(start)
        while work:
            here, targets = work[-1]
            target = next(targets, None)
            if target is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[here])
                if low[here] == number[here]:
                    group = [path.pop()]
                    while group[-1] != here:
                        group.append(path.pop())
                    on_path.difference_update(group)
                    yield group
            elif target not in number:
                number[target] = low[target] = len(number)
                path.append(target)
                on_path.add(target)
                work.append((target, iter(edges.get(target, ()))))
            elif target in on_path:
                low[here] = min(low[here], number[target])
