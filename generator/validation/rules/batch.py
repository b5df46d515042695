"""The rule on `x-batch`: an answer with one element for each element of the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import Consequence, Severity
from generator.document import index, subschemas
from generator.document.values import declared_types, show
from generator.validation.rules.registry import Finding, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.document.tree import Document, Node


@check(
    "invalid-x-batch",
    Severity.ERROR,
    "x-batch must name the arrays of requests and of results, and the index of a failure",
    Consequence.MENDED,
)
def batch(document: Document) -> Iterator[Finding]:
    """`{requests: orders, results: orders, index: position}`: one result for each request, in the same order."""
    for kind, node, mark in index.marked(document, "x-batch"):
        if kind != "schema":
            yield mark, "x-batch belongs on the object schema of an answer"
        elif len(mark.object) != 3 or not all(mark.text(key) for key in ("requests", "results", "index")):
            yield mark, "x-batch must be an object of three names: requests, results and index"
        else:
            yield from _wrong_results(node, mark)
            yield from _wrong_requests(document, node, mark)


def _wrong_results(schema: Node, mark: Node) -> Iterator[Finding]:
    """Results are an array of shapes that succeed and shapes that fail, and the latter have an index."""
    results, position = mark.text("results"), mark.text("index")
    elements = subschemas.elements(schema, results)
    failures = [one for one in elements if any(part.is_true("x-failure") for part in subschemas.parts(one))]
    if not elements:
        yield mark["results"], f"{show(results)} is no array among the properties of this schema"
    elif len(failures) in (0, len(elements)):
        yield mark["results"], f"an element of {show(results)} must be a choice of schemas, some of them x-failure"
    for one in failures:
        if not any("integer" in (declared_types(found) or ()) for found in subschemas.properties([one], position)):
            yield mark["index"], f"{show(position)} is no integer among the properties of a failed element"


def _wrong_requests(document: Document, schema: Node, mark: Node) -> Iterator[Finding]:
    """Every operation with this answer has a body with the array that it answers."""
    requests = mark.text("requests")
    operations = [
        one
        for one in index.operations(document)
        if any(part.pointer == schema.pointer for answer in _answers(one.node) for part in subschemas.parts(answer))
    ]
    if not operations:
        yield mark, "x-batch belongs on the answer of an operation, and no operation has this one"
    for one in operations:
        body = one.node.at("requestBody")
        if body is None or not any(subschemas.elements(one, requests) for one in subschemas.contents(body)):
            yield mark["requests"], f"{show(requests)} is no array among the properties of the body of {one}"


def _answers(operation: Node) -> Iterator[Node]:
    """The schemas of an operation's successes."""
    for status, response in operation.members_of("responses"):
        if status.startswith("2") or status == "default":
            yield from subschemas.contents(response)
