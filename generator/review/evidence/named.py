"""Whether schemas name all members of a value: of others nobody was promised anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.document.tree import Object
from generator.review.nodes import reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.document.tree import Node
    from generator.review.rules.fragments import Plain


def names_all(schemas: Sequence[Node], value: Plain) -> bool:
    """Whether each member of a value, at any depth, has a name that the schemas or what they lead to have somewhere.

    Where names are free by what is said (`patternProperties`, a schema for all other members), any name is one of them.
    """
    names = set[str]()
    for node in reached(schemas, _below):
        if "patternProperties" in node.object or isinstance(node.object.get("additionalProperties"), Object):
            return True
        names.update(name for name, _ in node.members_of("properties"))
    return names.issuperset(_members(value))


def _below(node: Node) -> Iterable[Node]:
    target = node.target
    return (*node.children(), *(() if target is None else (target,)))


def _members(value: Plain) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _members(one)
