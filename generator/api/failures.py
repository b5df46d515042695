"""Where bodies that say failure say why: `x-error-field` and `x-error-categories`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.api.model import Category, FailureBody
from generator.diagnostics import Consequence, Severity, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.diagnostics import Diagnostic
    from generator.document.tree import Node

AMBIGUOUS_ERROR_FIELD = rule(
    "ambiguous-error-field",
    Severity.ERROR,
    "all failures of a description must say why in the same way",
    Consequence.MENDED,
)

ROLES: Final = ("reasons", "code", "message", "process-id")
"""The values of `x-error-field`."""


def failure_body(root: Node, found: list[Diagnostic]) -> FailureBody | None:
    """What the response schemas of a normalized document say together; where they disagree goes to `found`."""
    names: dict[str, str] = {}
    table: Node | None = None
    for wire, node in _response_properties(root):
        role = node.text("x-error-field")
        if role in ROLES and names.setdefault(role, wire) != wire:
            message = f"{wire!r} holds the {role}, and so does {names[role]!r}: the client looks in one place"
            found.append(AMBIGUOUS_ERROR_FIELD.at(node["x-error-field"].location, message))
        own = node.child("x-error-categories")
        table = table or own
        if own is not None and table is not None and own.value != table.value:
            message = f"other categories than at {table.location}"
            found.append(AMBIGUOUS_ERROR_FIELD.at(own.location, message))
    if not names:
        return None
    modulo = table.object.get("modulo") if table else None
    return FailureBody(
        reasons=names.get("reasons"),
        code=names.get("code"),
        message=names.get("message"),
        process_id=names.get("process-id"),
        modulo=modulo if isinstance(modulo, int) else 0,
        categories=tuple(_categories(table)) if table else (),
    )


def _response_properties(root: Node) -> Iterator[tuple[str, Node]]:
    schemas = root.at("components", "schemas")
    for _, schema in schemas.members() if schemas else ():
        if schema.text("x-side") == "response":
            yield from schema.members_of("properties")


def _categories(table: Node) -> Iterator[Category]:
    for number, category in sorted(table.members_of("categories"), key=lambda one: int(one[0])):
        yield Category(int(number), category.text("title"), category.is_true("transient"), category.is_true("early"))
