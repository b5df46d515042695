"""Rules on the values that a description quotes: every example and every default against its schema."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from generator.diagnostics import Consequence, Severity
from generator.document import index
from generator.document.upgrader import upgrade
from generator.document.values import allows, show
from generator.validation.rules.conformance import Side, mismatches, part
from generator.validation.rules.registry import Finding, check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.document.tree import Document, Json, Node

_MOST_FINDINGS = 20
_SIDES = re.compile(r"/(requestBody|requestBodies|responses|parameters|headers)(?=/)")


@check("invalid-example", Severity.ERROR, "an example must conform to its schema", Consequence.NONE)
def invalid_example(document: Document) -> Iterator[Finding]:
    """Of media types, parameters, headers and schemas, whichever way it is given."""
    current = upgrade(document)
    yield from _findings(current, examples(current))


@check(
    "default-type",
    Severity.ERROR,
    "a default must be of its schema's type, and among its values",
    Consequence.MENDED,
)
def default_type(document: Document) -> Iterator[Finding]:
    """`"100"` is no integer, and null is nothing that is not nullable."""
    for node in _schemas_with_defaults(document):
        if not allows(node, node["default"].value):
            yield node["default"], f"{show(node['default'].value)} is not of the schema's type, or not among its values"


@check("invalid-default", Severity.ERROR, "a default must conform to its schema", Consequence.NONE)
def invalid_default(document: Document) -> Iterator[Finding]:
    """Wherever a schema stands; `default-type` says what is of another type."""
    current = upgrade(document)
    defaults = [node for node in _schemas_with_defaults(current) if allows(node, node["default"].value)]
    yield from _findings(current, ((schema, schema["default"], "any") for schema in defaults))


def _schemas_with_defaults(document: Document) -> Iterator[Node]:
    is_30 = str(document.root.get("openapi")).startswith("3.0")
    return (
        node
        for node in index.schemas(document)
        if "default" in node.object and not (is_30 and node.reference is not None)
    )


def _findings(document: Document, values: Iterable[tuple[Node, Node, Side]]) -> Iterator[Finding]:
    counts = Counter[str]()
    for node, found in mismatches(document, values):
        counts[node.pointer] += 1
        if counts[node.pointer] <= _MOST_FINDINGS:
            yield part(node, found.path), str(found)


def examples(document: Document) -> Iterator[tuple[Node, Node, Side]]:
    """Every example of a document: its schema, itself, and which way it goes."""
    found = index.of(document)
    for kind in ("media-type", "parameter", "header"):
        for holder in found.nodes[kind]:
            schema = holder.child("schema")
            if schema is None:
                continue
            for example in _given(holder):
                if kind != "media-type" or _is_comparable(holder.key, schema, example.value):
                    yield schema, example, _side(holder.pointer, kind)
    for schema in found.nodes["schema"]:
        single, several = schema.child("example"), schema.child("examples")
        for example in [*([single] if single else ()), *(several.elements() if several else ())]:
            yield schema, example, "any"


def _given(holder: Node) -> Iterator[Node]:
    single, several = holder.child("example"), holder.child("examples")
    if single is not None:
        yield single
    for _, entry in several.members() if several else ():
        value = entry.resolve().child("value")
        if value is not None:
            yield value


def _is_comparable(media_type: str, schema: Node, value: Json) -> bool:
    """A text may be the written form of a value where the media type is not JSON, and then is no JSON value."""
    if "json" in media_type.lower() or not isinstance(value, str):
        return True
    return schema.resolve().object.get("type") == "string"


def _side(pointer: str, kind: str) -> Side:
    steps = _SIDES.findall(pointer)
    if kind == "header" or (steps and steps[-1] in ("responses", "headers")):
        return "response"
    return "request"
