"""The schemas that a body, or another schema, is made of; references are followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.document.tree import Node


def contents(holder: Node) -> Iterator[Node]:
    """The schemas of the bodies that a request or an answer can have."""
    for _, media in holder.resolve().members_of("content"):
        if (schema := media.child("schema")) is not None:
            yield schema


def parts(schema: Node, composed_by: Iterable[str] = ("allOf", "anyOf", "oneOf")) -> Iterator[Node]:
    """A schema, references followed, and the schemas that it is composed of."""
    seen, waiting = set[str](), [schema]
    while waiting:
        node = waiting.pop().resolve()
        if node.pointer not in seen:
            seen.add(node.pointer)
            yield node
            waiting.extend(reversed([part for key in composed_by for part in node.elements_of(key)]))


def options(schema: Node) -> Iterator[Node]:
    """The schemas that a value is a choice of, references followed; the schema itself if it is none."""
    choices = ("anyOf", "oneOf")
    return (part for part in parts(schema, choices) if not any(part.child(key) for key in choices))


def properties(schemas: Iterable[Node], name: str) -> list[Node]:
    """What the schemas of objects say of a property."""
    return [found for schema in schemas for part in parts(schema) if (found := part.at("properties", name))]


def items(schemas: Iterable[Node]) -> list[Node]:
    """What the schemas of arrays say of their elements."""
    return [found for schema in schemas for part in parts(schema) if (found := part.child("items"))]


def elements(schema: Node, name: str) -> list[Node]:
    """The schemas that an element of a property, an array, is a choice of."""
    return [option for one in items(properties([schema], name)) for option in options(one)]
