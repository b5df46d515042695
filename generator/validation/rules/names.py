"""Rules on names in Python: those that an author chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.api.security import CLIENT_ARGUMENTS, CREDENTIALS
from generator.diagnostics import Consequence, Severity
from generator.document import index
from generator.document.values import show
from generator.python import naming
from generator.validation.rules.registry import Finding, check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.document.tree import Document, Node

IGNORED_HEADERS = frozenset(("accept", "content-type", "authorization"))
"""Header parameters that OpenAPI says are ignored, since other parts of the description speak of them."""

_BELONGS: Final = (
    f"{naming.CHOICE} belongs on a property, a schema in components, a parameter, an operation, a tag or a key"
)


@check(
    "invalid-x-python-name",
    Severity.ERROR,
    "x-python-name must be an identifier that is free where it stands",
    Consequence.MENDED,
)
def python_name(document: Document) -> Iterator[Finding]:
    """No keyword, nothing that hides what the client needs, and not taken by another."""
    schemes = document.node.at("components", "securitySchemes")
    others = [("tag", node) for node in document.node.elements_of("tags")]
    others += [("security-scheme", node) for _, node in (schemes.members() if schemes else ())]
    places = [(_kind(kind, node), node) for kind, node, _ in index.marked(document, naming.CHOICE)]
    for kind, node in [*places, *others]:
        if (mark := node.child(naming.CHOICE)) is None:
            continue
        if not kind:
            yield mark, _BELONGS
        elif not isinstance(mark.value, str) or not naming.is_free(mark.value, kind) or _is_own(mark.value, kind):
            yield mark, f"{show(mark.value)} cannot be the name of this {kind.replace('-', ' ')} in Python"
    for scope in _scopes(document):
        yield from _taken(scope)


def _kind(kind: str, node: Node) -> str:
    """What is named; nothing where nothing can be."""
    *above, holder, _ = node.pointer.split("/")
    if kind == "schema":
        is_component = [*above, holder] == ["", "components", "schemas"]
        return "schema" if is_component else "property" if holder == "properties" else ""
    return kind if kind in ("parameter", "operation") else ""


def _is_own(name: str, kind: str) -> bool:
    return kind == "security-scheme" and (name in CLIENT_ARGUMENTS or name in CREDENTIALS)


def _scopes(document: Document) -> Iterator[list[tuple[str, Node]]]:
    """Wire names and what has them, in all sets in which names must differ."""
    for key in ("schemas", "securitySchemes"):
        holder = document.node.at("components", key)
        yield list(holder.members()) if holder else []
    for node in index.schemas(document):
        yield list(node.members_of("properties"))
    for operation in index.operations(document):
        yield [(one.text("name"), one) for one in operation.parameters]
    yield [(node.text("operationId"), node) for node in index.of(document).nodes["operation"]]
    yield [(node.text("name"), node) for node in document.node.elements_of("tags")]


def _taken(scope: Iterable[tuple[str, Node]]) -> Iterator[Finding]:
    listed = list(scope)
    first: dict[str, Node] = {}
    for wire, node in listed:
        name = node.text(naming.CHOICE)
        if not name:
            continue
        other = first.setdefault(name, node)
        if other.pointer != node.pointer:
            yield node[naming.CHOICE], f"{show(name)} is taken at {other[naming.CHOICE].location}"
        elif name != wire and any(name == one for one, _ in listed):
            yield node[naming.CHOICE], f"{show(name)} is what another is called on the wire"
