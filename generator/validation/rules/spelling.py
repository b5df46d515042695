"""The rule on `x-alternative-names`: properties of answers that an API spells in more than one way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import Consequence, Severity
from generator.document import index
from generator.document.tree import Array
from generator.document.values import show
from generator.validation.rules.registry import Finding, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.document.tree import Document, Node

_NAME = "x-alternative-names"


@check(
    "invalid-x-alternative-names",
    Severity.ERROR,
    "x-alternative-names must list names that no other property has, on a property of an answer",
    Consequence.MENDED,
)
def alternative_names(document: Document) -> Iterator[Finding]:
    """`[shipTo, ship_to]`: an answer can have the property under one of these."""
    marks = list(index.marked(document, _NAME))
    answered = {one.pointer: one for one in _answered(document)} if marks else {}
    taken: dict[str, dict[str, str]] = {}
    for kind, node, mark in marks:
        holder, _, own = node.pointer.rpartition("/properties/")
        schema = answered.get(holder) if kind == "schema" and "/" not in own else None
        if schema is None:
            yield mark, f"{_NAME} belongs on a property of an answer"
        elif not isinstance(mark.value, Array) or not mark.value:
            yield mark, f"{_NAME} must be a list of names, not {show(mark.value)}"
        else:
            names = taken.setdefault(holder, {name: name for name, _ in schema.members_of("properties")})
            for other in mark.elements():
                if not isinstance(other.value, str) or not other.value:
                    yield other, f"another name of a property must be a text, not {show(other.value)}"
                elif other.value in names:
                    yield other, f"{show(other.value)} is a name of {show(names[other.value])} already"
                else:
                    names[other.value] = node.key


def _answered(document: Document) -> Iterator[Node]:
    """Every schema in the answers of operations, references followed."""
    responses = (one for operation in index.operations(document) for _, one in operation.node.members_of("responses"))
    return index.schemas_below([("response", one.resolve()) for one in responses])
