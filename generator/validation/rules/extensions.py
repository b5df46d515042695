"""Rules on our own extensions: `x-` members that the generator reads."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from generator.api.failures import ROLES
from generator.api.limits import ROLES as LIMIT_ROLES
from generator.api.security import TOKEN
from generator.diagnostics import Consequence, Severity
from generator.document import index, subschemas
from generator.document.tree import Array, Document, Node, Object
from generator.document.values import declared_types, is_number, show
from generator.python import naming
from generator.validation.rules.registry import Finding, check

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEP: Final = re.compile(r"([^.\[\]*]+)((?:\[\*\])*)")
UUID_LENGTH: Final = 36
"""Characters of the idempotency key that the client makes where its caller gives none."""
LONGEST: Final = 1_000_000_000
"""Seconds for which a key can be kept, some thirty years."""
VERSION: Final = re.compile(r"[0-9]{1,9}([.-][0-9]{1,9}){0,9}")


@check(
    "invalid-x-idempotency-key",
    Severity.ERROR,
    "x-idempotency-key must be true, on one header of an operation, with room for a UUID",
    Consequence.MENDED,
)
def idempotency_key(document: Document) -> Iterator[Finding]:
    """It marks the header parameter that makes a repeated request safe."""
    yield from _marks_one_header(document, "x-idempotency-key")
    for _, node, mark in index.marked(document, "x-idempotency-key"):
        schema = node.child("schema") if mark.value is True else None
        for part in subschemas.parts(schema, ("allOf",)) if schema is not None else ():
            most = part.child("maxLength")
            if most is not None and is_number(most.value) and most.value < UUID_LENGTH:
                # At the mark, as that is what is not heeded.
                wanted = f"room for a UUID, {UUID_LENGTH} characters"
                yield mark, f"an idempotency key must have {wanted}, and {most.location} allows {show(most.value)}"


@check(
    "invalid-x-idempotency-key-lifetime",
    Severity.ERROR,
    "x-idempotency-key-lifetime must be a number of seconds, beside x-idempotency-key",
    Consequence.FATAL,
)
def idempotency_key_lifetime(document: Document) -> Iterator[Finding]:
    """`86400`: for a day the server keeps its answer to a key."""
    for kind, node, mark in index.marked(document, "x-idempotency-key-lifetime"):
        if kind != "parameter" or not node.is_true("x-idempotency-key"):
            yield mark, "x-idempotency-key-lifetime belongs beside x-idempotency-key"
        elif not isinstance(mark.value, int) or isinstance(mark.value, bool) or not 1 <= mark.value <= LONGEST:
            yield mark, f"it must be a whole number of seconds, from 1 to {LONGEST:,}, not {show(mark.value)}"


@check(
    "invalid-x-correlation-id",
    Severity.ERROR,
    "x-correlation-id must be true, on one header of an operation",
    Consequence.MENDED,
)
def correlation_id(document: Document) -> Iterator[Finding]:
    """It marks the header parameter by which the caller traces a call."""
    yield from _marks_one_header(document, "x-correlation-id")


def _marks_one_header(document: Document, name: str) -> Iterator[Finding]:
    for kind, node, mark in index.marked(document, name):
        if kind != "parameter" or node.text("in") != "header":
            yield mark, f"{name} belongs on a header parameter"
        elif mark.value is not True:
            yield mark, f"{name} must be true, not {show(mark.value)}"
    for operation in index.operations(document):
        headers = (node for node in operation.parameters if node.text("in") == "header")
        marked = {node.text("name").lower(): node for node in headers if node.is_true(name)}
        for node in list(marked.values())[1:]:
            yield node[name], f"{operation} has a second {name}"


@check(
    "invalid-x-rate-limit",
    Severity.ERROR,
    "x-rate-limit must say what one header of answers tells of a limit",
    Consequence.MENDED,
)
def rate_limit(document: Document) -> Iterator[Finding]:
    """`remaining`: so many calls are left in the window of time that begins anew after the seconds of `reset`."""
    for kind, _, mark in index.marked(document, "x-rate-limit"):
        if kind != "header":
            yield mark, "x-rate-limit belongs on a header of an answer"
        elif mark.value not in LIMIT_ROLES:
            yield mark, f"x-rate-limit must be one of {', '.join(LIMIT_ROLES)}, not {show(mark.value)}"
    names: dict[str, str] = {}
    told: set[str] = set()
    for operation in index.operations(document):
        for name, header in _answer_headers(operation.node):
            role = header.text("x-rate-limit")
            known = names.setdefault(role, name) if role in LIMIT_ROLES else name
            if known.lower() != name.lower() and header.pointer not in told:
                told.add(header.pointer)
                yield header["x-rate-limit"], f"{name} tells the {role}, and so does {known}: the client looks in one"


def _answer_headers(operation: Node) -> Iterator[tuple[str, Node]]:
    for _, response in operation.members_of("responses"):
        for name, header in response.resolve().members_of("headers"):
            yield name, header.resolve()


@check(
    "invalid-x-max-total-items",
    Severity.ERROR,
    "x-max-total-items must map paths of arrays to whole numbers",
    Consequence.MENDED,
)
def max_total_items(document: Document) -> Iterator[Finding]:
    """`orders[*].lines: 1000`: at most 1,000 lines in all orders together."""
    for kind, node, limits in index.marked(document, "x-max-total-items"):
        if kind != "schema":
            yield limits, "x-max-total-items belongs on an object schema"
        elif not isinstance(limits.value, Object) or not limits.value:
            yield limits, f"x-max-total-items must map paths to numbers, not be {show(limits.value)}"
        for path, limit in limits.members() if kind == "schema" else ():
            if not isinstance(limit.value, int) or isinstance(limit.value, bool) or limit.value < 1:
                yield limit, f"the limit of {show(path)} must be a whole number above 0, not {show(limit.value)}"
            wrong = _wrong_path(node, path)
            if wrong:
                yield limit, wrong


def _wrong_path(schema: Node, path: str) -> str:
    """What is wrong with a path such as `orders[*].lines`; '' when it leads to an array."""
    at = [schema]
    steps = path.split(".")
    for position, step in enumerate(steps):
        match = _STEP.fullmatch(step)
        if match is None:
            return f"{show(path)} is no path such as orders[*].lines"
        name, depth = match[1], len(match[2]) // 3
        at = subschemas.properties(at, name)
        if not at:
            return f"{show(path)}: no property is called {show(name)}"
        if depth == 0 and position < len(steps) - 1:
            return f"{show(path)}: {show(name)} must be followed by [*]"
        for _ in range(depth):
            at = subschemas.items(at)
        if not at or (position == len(steps) - 1 and not subschemas.items(at)):
            return f"{show(path)}: {show(name)} is no array"
    return ""


@check(
    "invalid-x-minimum-version",
    Severity.ERROR,
    "x-minimum-version must be {header, version}, on a property",
    Consequence.MENDED,
)
def minimum_version(document: Document) -> Iterator[Finding]:
    """`{header: Api-Version, version: "2.10"}`: earlier versions, by that header of the call, lack the property."""
    marks: dict[str, tuple[Node, str]] = {}
    for kind, node, mark in index.marked(document, "x-minimum-version"):
        above = node.pointer.split("/")
        if kind != "schema" or above[-2:-1] != ["properties"] or not _is_schema(document, "/".join(above[:-2])):
            yield mark, "x-minimum-version belongs on a property of an object schema"
        elif not isinstance(mark.value, Object) or set(mark.object) != {"header", "version"}:
            yield mark, "x-minimum-version must be an object of header and version"
        else:
            header, version = mark["header"], mark["version"]
            if not isinstance(version.value, str) or not VERSION.fullmatch(version.value):
                yield version, f'version must be a text such as "2.10", not {show(version.value)}'
            if isinstance(header.value, str) and TOKEN.fullmatch(header.value):
                marks[node.pointer] = header, header.value
            else:
                yield header, f"header must be the name of a header, not {show(header.value)}"
    for operation in index.operations(document) if marks else ():
        known = {one.text("name").lower() for one in operation.parameters if one.text("in") == "header"}
        for schema in _sent(operation):
            place, name = marks.get(schema.pointer, (schema, ""))
            if name and name.lower() not in known:
                yield place, f"{operation} sends this and has no header parameter {show(name)}"


def _sent(operation: index.Operation) -> Iterator[Node]:
    """Every schema in the body that an operation sends, references followed."""
    body = operation.node.child("requestBody")
    return index.schemas_below([("request-body", body.resolve())] if body is not None else [])


@check("invalid-x-failure", Severity.ERROR, "x-failure must be true, on an object schema", Consequence.MENDED)
def failure(document: Document) -> Iterator[Finding]:
    """It marks what a response says when the request failed although the status is 200."""
    for kind, node, mark in index.marked(document, "x-failure"):
        types = declared_types(node) if kind == "schema" else None
        if kind != "schema" or (types is not None and "object" not in types):
            yield mark, "x-failure belongs on an object schema"
        elif mark.value is not True:
            yield mark, f"x-failure must be true, not {show(mark.value)}"


@check(
    "invalid-x-error-field",
    Severity.ERROR,
    "x-error-field must say what a property of a failure holds",
    Consequence.MENDED,
)
def error_field(document: Document) -> Iterator[Finding]:
    """The array of reasons; the code and the message of each; the id of what went on."""
    for kind, node, mark in index.marked(document, "x-error-field"):
        types = declared_types(node.resolve())
        if not _is_property(document, kind, node):
            yield mark, "x-error-field belongs on a property of an object schema"
        elif mark.value not in ROLES:
            yield mark, f"x-error-field must be one of {', '.join(ROLES)}, not {show(mark.value)}"
        elif mark.value == "reasons" and types is not None and "array" not in types:
            yield mark, "the reasons of a failure must be an array"
        elif mark.value != "reasons" and types is not None and types <= {"array", "object", "null"}:
            yield mark, f"the {mark.value} of a failure must be a text or a number"


@check(
    "invalid-x-error-categories",
    Severity.ERROR,
    "x-error-categories must be {modulo, categories: {code: ...}}",
    Consequence.MENDED,
)
def error_categories(document: Document) -> Iterator[Finding]:
    """`{modulo: 100, categories: {"50": {title: "locked", transient: true}}}`."""
    for kind, node, mark in index.marked(document, "x-error-categories"):
        if not _is_property(document, kind, node) or node.text("x-error-field") != "code":
            yield mark, "x-error-categories belongs on a property with x-error-field: code"
        modulo, categories = mark.child("modulo"), mark.child("categories")
        if not isinstance(mark.value, Object) or modulo is None or categories is None or len(mark.object) > 2:
            yield mark, "x-error-categories must be an object of modulo and categories"
            continue
        bound = modulo.value
        if not isinstance(bound, int) or isinstance(bound, bool) or bound < 1:
            yield modulo, f"modulo must be a whole number above 0, not {show(bound)}"
            bound = None
        if not isinstance(categories.value, Object):
            yield categories, f"categories must be an object, not {show(categories.value)}"
        for code, category in categories.members():
            if not re.fullmatch(r"0|[1-9][0-9]{0,8}", code) or (isinstance(bound, int) and int(code) >= bound):
                yield category, f"the category {show(code)} must be a number below modulo"
            yield from _wrong_category(category)


def _wrong_category(category: Node) -> Iterator[Finding]:
    if not isinstance(category.value, Object):
        yield category, f"a category must be an object of title and transient, not {show(category.value)}"
        return
    if not category.text("title"):
        yield category.child("title") or category, "a category must have a title"
    if not isinstance(category.object.get("transient"), bool):
        yield category.child("transient") or category, "a category must say whether it is transient: true or false"
    for key, member in category.members():
        if key == "early" and not isinstance(member.value, bool):
            yield member, "whether a category is told early is true or false"
        if key not in ("title", "transient", "early"):
            yield member, f"a category has no {show(key)}"


@check(
    "invalid-x-retry",
    Severity.ERROR,
    "x-retry must be {statuses: [...]}, of an operation or of all",
    Consequence.MENDED,
)
def retry(document: Document) -> Iterator[Finding]:
    """`{statuses: [429, 503]}`: different statuses that say failure; none means that nothing is sent again."""
    for kind, _, mark in index.marked(document, "x-retry"):
        if kind not in ("document", "operation"):
            yield mark, "x-retry belongs on an operation, or at the root for all operations"
        statuses = mark.child("statuses")
        if statuses is None or not isinstance(statuses.value, Array) or len(mark.object) > 1:
            yield mark, "x-retry must be an object of statuses, an array, and nothing else"
            continue
        seen = set[int]()
        for one in statuses.elements():
            if not isinstance(one.value, int) or not 400 <= one.value <= 599:  # which no truth value is
                yield (
                    one,
                    f"a status after which to try again must be a whole number of 400 to 599, not {show(one.value)}",
                )
            elif one.value in seen:
                yield one, f"the status {one.value} stands here twice"
            else:
                seen.add(one.value)


_LOCAL: Final = re.compile("%[aAbBcpxXZ]")
"""Directives of strptime whose text is that of the caller's locale or zone."""


@check(
    "invalid-x-datetime-format",
    Severity.ERROR,
    "x-datetime-format must be a strptime format, on a string",
    Consequence.MENDED,
)
def datetime_format(document: Document) -> Iterator[Finding]:
    """For date-times that are not written as RFC 3339 asks."""
    moment = dt.datetime(2001, 2, 3, 4, 5, 6)
    for kind, node, mark in index.marked(document, "x-datetime-format"):
        types = declared_types(node) if kind == "schema" else None
        if types is None or "string" not in types:
            yield mark, "x-datetime-format belongs on a schema of type string"
            continue
        try:
            read = dt.datetime.strptime(moment.strftime(str(mark.value)), str(mark.value))
        except (ValueError, OverflowError, re.error):
            read = None
        if not isinstance(mark.value, str) or read is None or read.date() != moment.date():
            yield mark, f"{show(mark.value)} is no strptime format of a whole date"
        elif local := _LOCAL.search(mark.value.replace("%%", "")):
            yield mark, f"{show(mark.value)} means another text in another locale: {local[0]}"


@check(
    "invalid-x-property-group",
    Severity.ERROR,
    "x-property-group must be a name, on a pattern's schema",
    Consequence.MENDED,
)
def property_group(document: Document) -> Iterator[Finding]:
    """Properties that match the pattern are reachable as a mapping of that name."""
    for kind, node, mark in index.marked(document, "x-property-group"):
        above = node.pointer.split("/")
        holder = "/".join(above[:-2])
        if kind != "schema" or above[-2:-1] != ["patternProperties"] or not _is_schema(document, holder):
            yield mark, "x-property-group belongs on a schema in patternProperties"
        elif not isinstance(mark.value, str) or not naming.words(mark.value):
            yield mark, f"x-property-group must be a name, not {show(mark.value)}"
        else:
            declared = document.find(f"{holder}/properties")
            taken = {naming.snake(name): name for name in (declared.object if declared else ())}
            if naming.snake(mark.value) in taken:
                yield mark, f"the property {show(taken[naming.snake(mark.value)])} has that name in Python already"


def _is_property(document: Document, kind: str, node: Node) -> bool:
    above = node.pointer.split("/")
    return kind == "schema" and above[-2:-1] == ["properties"] and _is_schema(document, "/".join(above[:-2]))


def _is_schema(document: Document, pointer: str) -> bool:
    return index.of(document).kinds.get(pointer) == "schema"
