"""The rule on `x-echo`: an answer that says again what its request said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generator.diagnostics import Consequence, Severity
from generator.document import index, subschemas
from generator.document.tree import Array, Object
from generator.document.values import declared_types, show
from generator.validation.rules.registry import Finding, check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.document.tree import Document, Node

_PATH: Final = re.compile(r"[^.\[\]*]+(\[\*\])?(\.[^.\[\]*]+(\[\*\])?)*")
_RULE: Final = frozenset(("of", "unless", "rounded"))


@check(
    "invalid-x-echo",
    Severity.ERROR,
    "x-echo must say which fields, and which sums, an answer has of its request",
    Consequence.FATAL,
)
def echo(document: Document) -> Iterator[Finding]:
    """`{same: [name], sums: {total: {of: ["lines[*].amount"], unless: {"lines[*].free": [true]}, rounded: true}}}`."""
    for kind, node, mark in index.marked(document, "x-echo"):
        if kind != "schema":
            yield mark, "x-echo belongs on the object schema of an answer"
        elif not isinstance(mark.value, Object) or not mark.value or set(mark.value) - {"same", "sums"}:
            yield mark, f"x-echo must be an object of same, sums, or both, not {show(mark.value)}"
        else:
            requests = list(_requests(document, node))
            if not requests:
                yield mark, "x-echo belongs on the answer to a body, or to an element of one, and no operation has this"
            else:
                yield from _wrong_names(node, requests, mark.child("same"))
                yield from _wrong_sums(node, requests, mark.child("sums"))


def _wrong_names(schema: Node, requests: Sequence[Node], same: Node | None) -> Iterator[Finding]:
    if same is None:
        return
    if not isinstance(same.value, Array) or not same.value:
        yield same, f"same must be a list of names, not {show(same.value)}"
    seen = set[str]()
    for one in same.elements():
        if not isinstance(one.value, str) or not one.value:
            yield one, f"a name must be a text, not {show(one.value)}"
        elif one.value in seen:
            yield one, f"{show(one.value)} stands here twice"
        else:
            seen.add(one.value)
            if not subschemas.properties([schema], one.value):
                yield one, f"{show(one.value)} is no property of this answer"
            elif not subschemas.properties(requests, one.value):
                yield one, f"{show(one.value)} is no property of what is answered"


def _wrong_sums(schema: Node, requests: Sequence[Node], sums: Node | None) -> Iterator[Finding]:
    if sums is None:
        return
    if not isinstance(sums.value, Object) or not sums.value:
        yield sums, f"sums must map names to their rules, not be {show(sums.value)}"
    for total, rule in sums.members():
        if not _are_numbers(subschemas.properties([schema], total)):
            yield rule, f"{show(total)} is no number among the properties of this answer"
        of, rounded = rule.child("of"), rule.child("rounded")
        if not isinstance(rule.value, Object) or of is None or set(rule.value) - _RULE:
            yield rule, f"the rule of {show(total)} must be an object with of, and with unless and rounded where needed"
            continue
        if not isinstance(of.value, Array) or not of.value:
            yield of, f"of must be a list of paths such as lines[*].amount, not {show(of.value)}"
        for path in of.elements():
            if not _are_numbers(_at(requests, path.value)):
                yield path, f"{show(path.value)} leads to no number of what is answered"
        if rounded is not None and not isinstance(rounded.value, bool):
            yield rounded, f"rounded must be true or false, not {show(rounded.value)}"
        yield from _wrong_exceptions(requests, rule.child("unless"))


def _wrong_exceptions(requests: Sequence[Node], unless: Node | None) -> Iterator[Finding]:
    if unless is not None and (not isinstance(unless.value, Object) or not unless.value):
        yield unless, f"unless must map paths to values, not be {show(unless.value)}"
    for path, values in unless.members() if unless is not None else ():
        if not _at(requests, path):
            yield values, f"{show(path)} leads to nothing of what is answered"
        if values.value is not True and not (isinstance(values.value, Array) and values.value):
            yield values, f"{show(path)} must have a list of values, or true for any, not {show(values.value)}"
        for one in values.elements() if isinstance(values.value, Array) else ():
            if isinstance(one.value, Object | Array) or one.value is None:
                yield one, f"a value must be a text, a number, true or false, not {show(one.value)}"


def _are_numbers(schemas: Sequence[Node]) -> bool:
    types = [declared_types(one.resolve()) for one in schemas]
    return bool(types) and all(one is None or one & {"number", "integer"} for one in types)


def _at(schemas: Iterable[Node], path: object) -> list[Node]:
    """What schemas say of the values at a path; nothing if it leads nowhere."""
    found = list(schemas)
    if not isinstance(path, str) or not _PATH.fullmatch(path):
        return []
    for step in path.split("."):
        name = step.removesuffix("[*]")
        found = subschemas.properties(found, name)
        if name != step:
            found = subschemas.items(found)
    return found


def _requests(document: Document, schema: Node) -> Iterator[Node]:
    """The schemas of what an answer is for: bodies, or elements of them where it is a result of a batch."""
    for operation in index.operations(document):
        body = operation.node.child("requestBody")
        sent = list(subschemas.contents(body)) if body is not None else []
        for answer in _answers(operation.node) if sent else ():
            for part in subschemas.parts(answer):
                if part.pointer == schema.pointer:
                    yield from sent
                if (batch := part.child("x-batch")) is not None and _is_among(
                    subschemas.elements(part, batch.text("results")), schema
                ):
                    yield from (one for body in sent for one in subschemas.elements(body, batch.text("requests")))


def _is_among(elements: Iterable[Node], schema: Node) -> bool:
    return any(part.pointer == schema.pointer for one in elements for part in subschemas.parts(one))


def _answers(operation: Node) -> Iterator[Node]:
    """The schemas of an operation's successes."""
    for status, response in operation.members_of("responses"):
        if status.startswith("2") or status == "default":
            yield from subschemas.contents(response)
