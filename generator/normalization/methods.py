"""Which methods a client can call: those of HTTP, and others that are tokens and have no place of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.api.security import TOKEN
from generator.diagnostics import Consequence, Severity, rule
from generator.document.grammar import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.diagnostics import Diagnostic
    from generator.document.index import Operation

UNSUPPORTED_METHOD = rule(
    "unsupported-method",
    Severity.ERROR,
    "an additional operation must have a method of its own that a client can send",
    Consequence.LEFT_OUT,
)


def sendable(operations: Iterable[Operation], found: list[Diagnostic]) -> Iterator[Operation]:
    """The operations that can be called; what cannot goes to `found`."""
    for one in operations:
        if fault := _fault(one):
            message = f"the operation is left out: {fault}"
            found.append(UNSUPPORTED_METHOD.at(one.node.location, message, one.node.pointer))
        else:
            yield one


def _fault(operation: Operation) -> str:
    method = operation.method
    if method in METHODS and operation.node.pointer == f"{operation.item.pointer}/{method}":
        return ""
    if method.lower() in METHODS:
        return f"{method!r} belongs into the path item itself, as `{method.lower()}`"
    if not TOKEN.fullmatch(method) or method.upper() == "CONNECT":
        return f"{method!r} is no method that a client can send"
    return ""
