"""Closed schemas that are parts of others: that nothing else is in them is not checked where they are merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.document import index
from generator.document.tree import Node, remembered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.document.tree import Document
    from generator.normalization.composition import Composer

_MOST_LOOKED_AT: Final = 500
"""So many schemas of an option are looked at for closed parts: those of merged ones can be merged without end."""


@remembered
def has_closed_parts(document: Document) -> bool:
    """Whether there is a closed schema among those that are parts of another one."""
    joined = (node for node in index.of(document).nodes["schema"] if {"allOf", "$ref"} & set(node.object))
    parts = (part for node in joined for part in (node, *node.elements_of("allOf")))
    return any(one.object.get("additionalProperties") is False for part in parts for one in (part, part.resolve()))


def are_loose(nodes: Iterable[Node], composer: Composer) -> bool:
    """Whether schemas, or some that they lead to, have a closed part that the client does not check."""
    waiting, seen = list(nodes), set[str]()
    while waiting and len(seen) < _MOST_LOOKED_AT:
        node = waiting.pop()
        if (target := node.resolve().pointer) in seen:
            continue
        seen.add(target)
        flat = Node(node.document, node.pointer, composer.expanded(node), node.location)
        if "x-refused" in flat.object:
            return True
        for key in ("properties", "patternProperties"):
            waiting += (one for _, one in flat.members_of(key))
        waiting += (one for key in ("items", "additionalProperties") if (one := flat.child(key)) is not None)
        waiting += (one for key in ("anyOf", "oneOf") for one in flat.elements_of(key))
    return bool(waiting)  # who cannot look at all of it cannot say that all is checked
