"""`x-batch`: an answer with one element for each element of the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.api.model import Batch
from generator.document.index import path_operations
from generator.document.subschemas import contents, elements, options
from generator.python.typeref import type_ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.document.grammar import Side
    from generator.document.tree import Node


def batch(schema: Node, timestamps: Mapping[str, str], home: str = "") -> Batch | None:
    """What a normalized answer says of itself, with the types of its parts; `home` is what stands before classes.

    They have no home among the models, and `models.` elsewhere.
    """
    mark = schema.child("x-batch")
    if mark is None or schema.text("x-side") != "response":
        return None
    given = [one for body in _bodies_answered_by(schema) for one in elements(body, mark.text("requests"))]
    results = elements(schema, mark.text("results"))
    return Batch(
        requests=mark.text("requests"),
        results=mark.text("results"),
        index=mark.text("index"),
        given=_types(given, "request", timestamps, home),
        made=_types((one for one in results if not one.is_true("x-failure")), "response", timestamps, home),
        failed=_types((one for one in results if one.is_true("x-failure")), "response", timestamps, home),
    )


def _bodies_answered_by(schema: Node) -> Iterator[Node]:
    """The request bodies of the operations that have this answer."""
    for _, _, operation in path_operations(schema.document):
        answers = (one for _, response in operation.members_of("responses") for one in contents(response))
        if any(part.pointer == schema.pointer for answer in answers for part in options(answer)):
            body = operation.child("requestBody")
            yield from contents(body) if body else ()


def _types(schemas: Iterable[Node], side: Side, timestamps: Mapping[str, str], home: str) -> str:
    return " | ".join(dict.fromkeys(_type(one, side, timestamps, home) for one in schemas)) or "Any"


def _type(schema: Node, side: Side, timestamps: Mapping[str, str], home: str) -> str:
    holder, _, name = schema.pointer.rpartition("/")
    if holder == "/components/schemas":
        return f"{home}{name}"
    plain = type_ref(schema.value, side, timestamps).plain
    return "Any" if "models." in plain else plain  # classes have no prefix there, and what holds them is rare here
