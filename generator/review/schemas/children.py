"""What schemas that hold at once say of a member or an element of a value: the conjunction that holds for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.review.evidence.sampling.regex import matches
from generator.review.schemas.conjunction import constraining, unique

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.document.tree import Node
    from generator.review.schemas.conjunction import Conjunction


def element(nodes: Sequence[Node], place: int) -> Conjunction:
    """What holds for an element of an array."""
    found: list[Node] = []
    for node in nodes:
        listed = list(node.elements_of("prefixItems"))
        if place < len(listed):
            found.append(listed[place])
        elif (rest := node.child("items")) is not None:
            found.append(rest)
    return constraining(found)


def member(nodes: Sequence[Node], name: str) -> Conjunction:
    """What holds for a member of that name; never empty where any of the schemas says something of it."""
    found: list[Node] = []
    for node in nodes:
        own = [one] if (one := entry(node, "properties", name)) is not None else []
        own += [one for pattern, one in node.members_of("patternProperties") if matches(pattern, name)]
        if not own and (rest := node.child("additionalProperties")) is not None:
            own.append(rest)
        found += own
    return tuple(one for one in unique(found) if one.value is not True) or tuple(found[:1])


def group(nodes: Sequence[Node], pattern: str) -> Conjunction:
    """What holds for members whose names match a pattern that one of the schemas has."""
    found: list[Node] = []
    for node in nodes:
        own, rest = entry(node, "patternProperties", pattern), node.child("additionalProperties")
        if own is not None:
            found.append(own)
        elif rest is not None:
            found.append(rest)
    return tuple(unique(found))


def entry(node: Node, keyword: str, key: str) -> Node | None:
    """What stands at a key of a keyword of a schema itself, whatever the schema refers to."""
    holder = node.child(keyword)
    return holder.child(key) if holder is not None else None
