"""Rules on names that are different on the wire and the same in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import Severity
from generator.document import index
from generator.document.tree import Document, Node
from generator.python import naming
from generator.validation.rules.registry import Finding, check
from generator.validation.rules.values import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def _collisions(names: Iterable[tuple[str, Node]], in_python: Callable[[str], str]) -> Iterator[Finding]:
    first = dict[str, tuple[str, Node]]()
    for wire, node in names:
        name = in_python(wire)
        if name not in first:
            first[name] = (wire, node)
        elif first[name][0] != wire or first[name][1].pointer != node.pointer:
            other, place = first[name]
            where = f"line {place.location.line}"
            yield node, f"{show(wire)} and {show(other)} ({where}) are both {name!r} in Python"


@check("schema-name-collision", Severity.ERROR, "schemas must differ in their Python class names")
def schema_names(document: Document) -> Iterator[Finding]:
    """Components only; inline schemas are named by us."""
    schemas = document.node.at("components", "schemas")
    yield from _collisions(schemas.members() if schemas else (), naming.pascal)


@check("property-name-collision", Severity.ERROR, "the properties of a schema must differ in their Python names")
def property_names(document: Document) -> Iterator[Finding]:
    """The schema's own properties."""
    for node in index.schemas(document):
        declared = node.child("properties")
        if declared is not None:
            yield from _collisions(declared.members(), naming.snake)


@check("parameter-name-collision", Severity.ERROR, "the parameters of an operation must differ in their Python names")
def parameter_names(document: Document) -> Iterator[Finding]:
    """An operation's parameter replaces the path item's of the same name and place."""
    for operation in index.operations(document):
        declared = dict[tuple[str, str], Node]()
        for node in operation.parameters:
            name, where = node.text("name"), node.text("in")
            key = name.lower() if where == "header" else name
            if name and not (where == "header" and key in IGNORED_HEADERS):
                declared[key, where] = node
        yield from _collisions(((node.text("name"), node) for node in declared.values()), naming.snake)


@check("operation-name-collision", Severity.ERROR, "operations must differ in their Python names")
def operation_names(document: Document) -> Iterator[Finding]:
    """Equal operationIds are another rule's."""
    named = dict[str, Node]()
    for node in index.of(document).nodes["operation"]:
        identifier = node.child("operationId")
        if identifier is not None and isinstance(identifier.value, str):
            named.setdefault(identifier.value, identifier)
    yield from _collisions(named.items(), naming.snake)


IGNORED_HEADERS = frozenset(("accept", "content-type", "authorization"))
"""Header parameters that OpenAPI says are ignored, since other parts of the description speak of them."""
