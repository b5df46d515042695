"""Schemas that hold at once: the unit in which schemas are read. A leaf of this package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from generator.review.nodes import chain, part, reached
from generator.review.rules.fragments import is_assertion
from generator.review.tags import Tagged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.document.tree import Node

Conjunction: TypeAlias = "tuple[Node, ...]"
Key: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]

CHOICES: Final = ("anyOf", "oneOf")


def key(conjunction: Conjunction) -> Key:
    """What tells conjunctions of one document apart."""
    return tuple(node_key(node) for node in conjunction)


def node_key(node: Node) -> tuple[str, tuple[str, ...]]:
    """What tells nodes apart, parts of one schema among them."""
    return node.pointer, tuple(node.object)


def flat(conjunction: Conjunction) -> Conjunction:
    """The schemas, what they refer to, and the parts of `allOf`, each once, outermost first."""
    return reached(conjunction, _beside, node_key)


def _beside(node: Node) -> Iterator[Node]:
    """What holds for the same value as a schema does."""
    if (referred := node.target) is not None:
        yield referred
    for word in ("allOf", *CHOICES):
        parts = list(node.elements_of(word))
        if word == "allOf" or len(parts) == 1:
            yield from parts


def assertions(node: Node) -> set[str]:
    """The keywords of a schema that say which values are allowed."""
    return {word for word in node.object if is_assertion(word)}


def first_keyword(part_of_schema: Node) -> Node:
    """Where the first keyword of such a part stands."""
    return next((node for _, node in part_of_schema.members()), part_of_schema)


def unique(nodes: Iterable[Node]) -> list[Node]:
    """Each once."""
    return list({node_key(node): node for node in nodes}.values())


def constraining(nodes: Iterable[Node]) -> Conjunction:
    """Without schemas that allow everything: they are as good as absent."""
    return tuple(one for one in unique(nodes) if one.value is not True and one.value != {})


def is_value_list(node: Node) -> bool:
    """Whether a schema lists values and says no more."""
    return assertions(node) <= {"enum", "const", "type"} and not {"enum", "const"}.isdisjoint(node.object)


def direct(nodes: Conjunction) -> Conjunction:
    """The same schemas without what is a reference and nothing else: how one gets to a schema says nothing of it."""
    found: list[Node] = []
    for node in nodes:
        if isinstance(node.value, Tagged) and (form := node.target) is not None:
            found += [*direct((form,)), part(node, "properties")]
        else:
            steps = chain(node)
            found.append(next((one for one in steps if set(one.object) != {"$ref"}), steps[-1]))
    return tuple(found)
