"""Which schemas the operations of a description reach, on which side, and their names in Python. A leaf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator import naming
from generator.document import escape, unescape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.document import Document, Node
    from generator.ir import Side
    from generator.walk import Operation

HIDDEN: Final[Mapping[Side, str]] = {"request": "readOnly", "response": "writeOnly"}
"""The keyword that takes a property away from a side."""

_DATA: Final = frozenset(("example", "examples", "enum", "const", "default", "discriminator"))
_SILENT_STEPS: Final = frozenset(("components", "schemas", "properties", "paths", "content", "schema", "responses"))


def name_schemas(document: Document, operations: Iterable[Operation]) -> dict[tuple[str, Side], str]:
    """(pointer, side) -> name of every schema that a reference reaches.

    One that both sides reach has two names: what is answered is `Pet`, what is sent `PetRequest`.
    """
    reached = _reached(document, operations)
    # In the order of the document, so that a name does not depend on who refers first.
    known = (document.node.at("components", "schemas") or document.node).object
    order = {f"/components/schemas/{escape(name)}": place for place, name in enumerate(known)}
    names: dict[tuple[str, Side], str] = {}
    taken: set[str] = set()

    def claim(hint: str) -> str:
        name = naming.unique(naming.class_name(hint), taken)
        taken.add(name)
        return name

    pointers = sorted(reached, key=lambda one: (order.get(one, len(order)), one))
    for pointer in pointers:
        name = claim(_hint(pointer))
        names |= {(pointer, side): name for side in reached[pointer]}
    for pointer in pointers:  # after all, so that they give way to names that the description chose
        if len(reached[pointer]) > 1:
            names[pointer, "request"] = claim(f"{names[pointer, 'response']}Request")
    return names


def _reached(document: Document, operations: Iterable[Operation]) -> dict[str, set[Side]]:
    reached: dict[str, set[Side]] = {}
    stack = [root for operation in operations for root in _roots(operation)]
    while stack:
        node, side = stack.pop()
        for pointer in _references(node, side):
            sides = reached.setdefault(pointer, set())
            target = document.find(pointer)
            if side not in sides and target is not None:
                stack.append((target, side))
            sides.add(side)
    return reached


def _roots(operation: Operation) -> Iterator[tuple[Node, Side]]:
    """The nodes of an operation below which schemas stand, with their sides."""
    for parameter in operation.parameters:
        yield parameter, "request"
    body = operation.node.at("requestBody")
    if body is not None:
        yield body.resolve(), "request"
    for _, response in operation.node.members_of("responses"):
        yield response.resolve(), "response"


def _references(node: Node, side: Side) -> Iterator[str]:
    """The pointers that the schemas below a node refer to, without those of fields that the side does not have."""
    stack = [node]
    while stack:
        one = stack.pop()
        if one.is_true(HIDDEN[side]) and "/properties/" in one.pointer:
            continue
        if one.reference is not None:
            yield one.reference.removeprefix("#")
        for key, member in one.members():
            if key not in _DATA and not key.startswith("x-"):
                stack.append(member)
        stack.extend(one.elements())


def _hint(pointer: str) -> str:
    return " ".join(unescape(step) for step in pointer.split("/")[1:] if step not in _SILENT_STEPS)
