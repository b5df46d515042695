"""The schemas that have names: those of the description, and those that are hoisted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.document.tree import Object
from generator.python import naming

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.document.grammar import Side
    from generator.document.tree import Document, Json, Node


class Registry:
    """Knows what was referred to, and what has been made of it. `names` are those of the description's own."""

    def __init__(self, document: Document, names: dict[tuple[str, Side], str]) -> None:
        self._document = document
        self._names = names
        self._taken = set(names.values())
        self._made: dict[str, Json] = {}
        self._pending: list[tuple[str, Side]] = []

    def made(self, make: Callable[[Node, Side, str], Json]) -> dict[str, Json]:
        """All that was referred to, and what that refers to, by name: `make` makes what a name stands for."""
        while self._pending:
            pointer, side = self._pending.pop(0)
            node = self._document.find(pointer)
            if node is not None:
                name = self._names[pointer, side]
                self._made[name] = make(node, side, name)
        return dict(sorted(self._made.items()))

    def name(self, node: Node, side: Side) -> str | None:
        """The name of a schema of the description, if it has one of its own."""
        return self._names.get((node.pointer, side))

    def hoist(self, schema: Object, hint: str) -> Object:
        """A reference to a schema that gets a name."""
        name = naming.unique(naming.class_name(hint), self._taken)
        self._taken.add(name)
        self._made[name] = schema
        return Object({"$ref": f"#/components/schemas/{name}"}, schema.location)

    def refer(self, node: Node, side: Side) -> Object:
        """A reference to a schema that is named."""
        name = self._names[node.pointer, side]
        if name not in self._made:
            self._made[name] = None
            self._pending.append((node.pointer, side))
        return Object({"$ref": f"#/components/schemas/{name}"}, node.location)
