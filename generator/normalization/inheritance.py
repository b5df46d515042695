"""Schemas that build on one with a discriminator, by `allOf`: a reference to that means them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.document.tree import Document, Node, remembered
from generator.normalization.composition import other_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CHOICES: Final = ("anyOf", "oneOf")


@remembered
def _children(document: Document) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    schemas = document.node.at("components", "schemas")
    for _, node in schemas.members() if schemas else ():
        for part in node.elements_of("allOf"):
            if part.reference is not None and (parent := part.resolve()).pointer != node.pointer:
                found.setdefault(parent.pointer, []).append(node)
    return found


def children(node: Node) -> Sequence[Node]:
    """The components that a reference to a schema means too, as they build on it and its discriminator names them."""
    if any(key in node.object for key in _CHOICES) or inherited(node) is None:
        return ()
    return _children(node.document).get(node.pointer, ())


def descendants(node: Node) -> Iterator[Node]:
    """All that a reference to a schema can mean beside that, at any depth."""
    waiting, seen = [*children(node)], set[str]()
    while waiting:
        child = waiting.pop()
        if child.pointer not in seen:
            seen.add(child.pointer)
            yield child
            waiting = [*waiting, *children(child)]


def is_child(node: Node) -> bool:
    """Whether a schema is one that a reference to another means too, and so is more than another name for that."""
    parents = (part.resolve() for part in node.elements_of("allOf"))
    return any(node.pointer == child.pointer for parent in parents for child in children(parent))


def inherited(node: Node) -> Node | None:
    """The discriminator of a schema, its own or that of one that it builds on."""
    known = _inherited(node.document)
    key = node.pointer, id(node.value)
    if key not in known:
        known[key] = node, _looked_up(node)
    return known[key][1]


@remembered
def _inherited(_: Document) -> dict[tuple[str, int], tuple[Node, Node | None]]:
    """What was looked up before, by pointer and value; the nodes are kept, and so what they are told apart by."""
    return {}


def _looked_up(node: Node) -> Node | None:
    waiting, seen = [node], set[str]()
    while waiting:
        one = waiting.pop()
        own = one.child("discriminator")
        if own is not None and own.text("propertyName"):
            return own
        if one.pointer not in seen:
            seen.add(one.pointer)
            waiting += reversed([part.resolve() for part in one.elements_of("allOf")])
    return None


def is_part(node: Node) -> bool:
    """Whether a reference stands in `allOf` beside more, where it means the schema itself and none that build on it."""
    steps = node.pointer.split("/")
    if steps[-2:-1] != ["allOf"] or not steps[-1].isdecimal():  # a field can have that name
        return False
    holder = node.document.find("/".join(steps[:-2]))
    return holder is None or is_child(holder) or other_name(holder) is None
