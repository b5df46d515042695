"""The schemas that the operations of a description use, by side, each with its name in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.document.grammar import HIDDEN, typed_children
from generator.document.tree import unescape
from generator.normalization.inheritance import descendants, is_part
from generator.python import naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.document.grammar import Side
    from generator.document.index import Operation
    from generator.document.tree import Document, Node

_SILENT_STEPS: Final = frozenset(("components", "schemas", "properties", "paths", "content", "schema", "responses"))


def name_schemas(document: Document, operations: Iterable[Operation]) -> dict[tuple[str, Side], str]:
    """(pointer, side) -> name of every schema that a reference reaches.

    One that both sides reach has two names: what is answered is `Pet`, what is sent `PetRequest`.
    """
    used = _uses(operations)
    # In the order of the document, so that a name does not depend on who refers first.
    schemas = document.node.at("components", "schemas")
    known = {node.pointer: node for _, node in (schemas.members() if schemas else ())}
    order = {pointer: place for place, pointer in enumerate(known)}
    # Of all components, so that a name does not depend on which are used.
    components = naming.distinct(
        {pointer: unescape(pointer.rpartition("/")[2]) for pointer in known},
        naming.class_name,
        chosen=naming.chosen(known),
    )
    names: dict[tuple[str, Side], str] = {}
    taken = {components[pointer] for pointer in used.keys() & components.keys()}

    def claim(hint: str) -> str:
        name = naming.unique(naming.class_name(hint), taken)
        taken.add(name)
        return name

    pointers = sorted(used, key=lambda one: (order.get(one, len(order)), one))
    for pointer in pointers:
        name = components.get(pointer) or claim(_hint(pointer))
        names |= {(pointer, side): name for side in used[pointer]}
    for pointer in pointers:  # after all, so that they give way to names that the description chose
        if len(used[pointer]) > 1:
            names[pointer, "request"] = claim(f"{names[pointer, 'response']}Request")
    return names


def _uses(operations: Iterable[Operation]) -> dict[str, set[Side]]:
    used: dict[str, set[Side]] = {}
    roots = (root for operation in operations for root in _roots(operation))
    # Once each: what operations share is shared by most.
    once: dict[tuple[str, Side], tuple[str, Node, Side]] = {(one[1].pointer, one[2]): one for one in roots}
    stack = list(once.values())
    while stack:
        kind, start, side = stack.pop()
        for found in _targets(kind, start, side):
            sides = used.setdefault(found.pointer, set())
            if side not in sides:
                sides.add(side)
                stack.append(("schema", found, side))
    return used


def _roots(operation: Operation) -> Iterator[tuple[str, Node, Side]]:
    """The nodes of an operation below which schemas stand, with their kinds and sides."""
    for parameter in operation.parameters:
        yield "parameter", parameter, "request"
    body = operation.node.at("requestBody")
    if body is not None:
        yield "request-body", body.resolve(), "request"
    for _, response in operation.node.members_of("responses"):
        yield "response", response.resolve(), "response"


def _targets(kind: str, start: Node, side: Side) -> Iterator[Node]:
    """What the schemas below a node refer to, without those of fields that the side does not have."""
    stack = [(kind, start)]
    while stack:
        kind, node = stack.pop()
        if kind in ("header", "link") or (kind == "schema" and _is_hidden(node, side)):
            continue
        if kind == "schema" and (found := node.target) is not None:
            yield found
            if not is_part(node):
                yield from descendants(found)
        stack.extend(typed_children(kind, node))


def _is_hidden(node: Node, side: Side) -> bool:
    return node.is_true(HIDDEN[side]) and node.pointer.split("/")[-2:-1] == ["properties"]


def _hint(pointer: str) -> str:
    return " ".join(unescape(step) for step in pointer.split("/")[1:] if step not in _SILENT_STEPS)
