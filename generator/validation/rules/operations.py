"""Rules on paths, operations, parameters, responses and servers."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from generator.diagnostics import Consequence, Severity
from generator.document import index
from generator.document.forms import misfits
from generator.document.grammar import WITHOUT_CONTENT, place_of
from generator.document.tree import Array, Document, Node, Object
from generator.document.values import show
from generator.validation.rules.names import IGNORED_HEADERS
from generator.validation.rules.registry import Finding, check

if TYPE_CHECKING:
    from collections.abc import Iterator

_STATUS: Final = re.compile(r"[1-5](?:[0-9]{2}|XX)|default")
_TEMPLATE: Final = re.compile(r"\{([^{}]*)\}")


@check(
    "misfit",
    Severity.ERROR,
    "a value must be of the form that its place asks for: an object, a list, a map",
    Consequence.MENDED,
)
def misfit(document: Document) -> Iterator[Finding]:
    """`parameters: {}`, a tag that is a number, and so on; schemas have rules of their own."""
    info = document.node.child("info")
    if info is None or not isinstance(info.value, Object):
        yield info or document.node, "there is no `info`, which must be an object"
    for node, wanted in misfits(document):
        yield node, f"{wanted} belongs here, not {show(node.value)}"


@check("missing-operation-id", Severity.ERROR, "every operation must have an operationId", Consequence.MENDED)
def missing_id(document: Document) -> Iterator[Finding]:
    """The client's method is named after it."""
    for node in index.of(document).nodes["operation"]:
        if isinstance(node.value, Object) and not node.text("operationId").strip():
            yield node, "the operation has no operationId to name its method after"


@check("duplicate-operation-id", Severity.ERROR, "operationIds must differ", Consequence.MENDED)
def duplicate_id(document: Document) -> Iterator[Finding]:
    """Across the whole document."""
    first = dict[str, Node]()
    for node in index.of(document).nodes["operation"]:
        identifier = node.child("operationId")
        if identifier is not None and isinstance(identifier.value, str):
            other = first.setdefault(identifier.value, identifier)
            if other is not identifier:
                yield identifier, f"the operationId {show(identifier.value)} is taken at {other.location}"


def _path_operations(document: Document) -> Iterator[index.Operation]:
    return (operation for operation in index.operations(document) if operation.path.startswith("/"))


def _path_parameters(operation: index.Operation) -> dict[str, Node]:
    return {node.text("name"): node for node in operation.parameters if node.text("in") == "path"}


@check(
    "undeclared-path-parameter",
    Severity.ERROR,
    "every {name} of a path must be declared as a parameter",
    Consequence.MENDED,
)
def undeclared(document: Document) -> Iterator[Finding]:
    """By the path item or by each operation."""
    for operation in _path_operations(document):
        declared = _path_parameters(operation)
        for name in dict.fromkeys(_TEMPLATE.findall(operation.path)):
            if name not in declared:
                yield operation.node, f"{operation} declares no path parameter {show(name)}"


@check("unused-path-parameter", Severity.ERROR, "a declared path parameter must stand in the path", Consequence.MENDED)
def unused_parameter(document: Document) -> Iterator[Finding]:
    """Said once for each parameter and path."""
    for operation in _path_operations(document):
        names = set(_TEMPLATE.findall(operation.path))
        for name, node in _path_parameters(operation).items():
            if name and name not in names:
                yield node.child("name") or node, f"the path {show(operation.path)} has no {{{name}}}"


@check("optional-path-parameter", Severity.ERROR, "a path parameter must say `required: true`", Consequence.MENDED)
def optional(document: Document) -> Iterator[Finding]:
    """OpenAPI asks for it to be said."""
    for node in index.of(document).nodes["parameter"]:
        if node.text("in") == "path" and not node.is_true("required"):
            yield node.child("required") or node, f"the path parameter {show(node.text('name'))} must be required"


@check(
    "malformed-path",
    Severity.ERROR,
    "a path must begin with a slash and have whole, different {names}",
    Consequence.MENDED,
)
def malformed(document: Document) -> Iterator[Finding]:
    """Braces that do not pair, and names that stand twice."""
    paths = document.node.child("paths")
    for path, node in paths.members() if paths else ():
        if path.startswith("x-"):
            continue
        rest = _TEMPLATE.sub("", path)
        if not path.startswith("/"):
            yield node, f"the path {show(path)} does not begin with a slash"
        if "{" in rest or "}" in rest or "{}" in path:
            yield node, f"the path {show(path)} has an unpaired or empty brace"
        for name, count in Counter(_TEMPLATE.findall(path)).items():
            if count > 1:
                yield node, f"the path {show(path)} names {{{name}}} twice"


@check(
    "ambiguous-path", Severity.ERROR, "paths must differ in more than the names of their parameters", Consequence.NONE
)
def ambiguous(document: Document) -> Iterator[Finding]:
    """No server could tell them apart."""
    first = dict[str, str]()
    paths = document.node.child("paths")
    for path, node in paths.members() if paths else ():
        other = first.setdefault(_TEMPLATE.sub("{}", path), path)
        if other != path and not path.startswith("x-"):
            yield node, f"{show(path)} and {show(other)} are the same path"


@check(
    "duplicate-parameter", Severity.ERROR, "a list of parameters must hold each name and place once", Consequence.MENDED
)
def duplicate(document: Document) -> Iterator[Finding]:
    """An operation may well override its path item's."""
    for kind in ("path-item", "operation"):
        for holder in index.of(document).nodes[kind]:
            seen = set[tuple[str, str]]()
            listed = holder.child("parameters")
            for entry in listed.elements() if listed else ():
                node = entry.resolve()
                key = place_of(node)
                if key in seen and key[1]:
                    yield entry, f"the {key[0]} parameter {show(node.text('name'))} is listed twice"
                seen.add(key)


@check(
    "parameter-schema",
    Severity.ERROR,
    "a parameter must have either a schema or content with one media type",
    Consequence.MENDED,
)
def parameter_schema(document: Document) -> Iterator[Finding]:
    """Headers too."""
    for kind in ("parameter", "header"):
        for node in index.of(document).nodes[kind]:
            if not isinstance(node.value, Object) or node.reference is not None:
                continue
            content = node.child("content")
            name = show(node.text("name") or node.key)
            if ("schema" in node.value) == (content is not None):
                has = "both schema and content" if content else "neither schema nor content"
                yield node, f"the {kind} {name} has {has}"
            elif content is not None and len(content.object) != 1:
                yield content, f"the content of the {kind} {name} must have one media type"


@check(
    "ignored-header",
    Severity.WARNING,
    "header parameters named Accept, Content-Type, Authorization are ignored",
    Consequence.NONE,
)
def ignored_header(document: Document) -> Iterator[Finding]:
    """OpenAPI: media types and security schemes speak of them."""
    for node in index.of(document).nodes["parameter"]:
        name = node.text("name")
        if node.text("in") == "header" and name.lower() in IGNORED_HEADERS:
            yield node.child("name") or node, f"OpenAPI ignores a header parameter called {name}"


@check(
    "invalid-status",
    Severity.ERROR,
    "responses must be keyed by a status such as 200, by 4XX or by default",
    Consequence.MENDED,
)
def invalid_status(document: Document) -> Iterator[Finding]:
    """A key of digits need not be quoted."""
    for operation in index.of(document).nodes["operation"]:
        responses = operation.child("responses")
        for key, node in responses.members() if responses else ():
            if not _STATUS.fullmatch(key) and not key.startswith("x-"):
                yield node, f"{show(key)} is no status code, no range such as 4XX, and not default"


@check(
    "status-without-content",
    Severity.WARNING,
    "an answer of status 204, 205 or 304 has no content",
    Consequence.MENDED,
)
def status_without_content(document: Document) -> Iterator[Finding]:
    """RFC 9110, 15.3.5, 15.3.6 and 15.4.5."""
    for holder in index.of(document).nodes["operation"]:
        for status, response in holder.members_of("responses"):
            if status in WITHOUT_CONTENT and response.resolve().object.get("content"):
                yield (
                    response.child("content") or response,
                    f"an answer of {status} never has content: take it away, or say another status",
                )


@check(
    "undefined-server-variable",
    Severity.ERROR,
    "a server's URL and its variables must name the same things",
    Consequence.MENDED,
)
def server_variables(document: Document) -> Iterator[Finding]:
    """A default has to be among the enum."""
    found = index.of(document)
    for holder in [document.node, *found.nodes["path-item"], *found.nodes["operation"]]:
        listed = holder.child("servers")
        for server in listed.elements() if listed else ():
            variables = server.child("variables")
            declared = variables.object if variables else Object({}, server.location)
            for name in dict.fromkeys(_TEMPLATE.findall(server.text("url"))):
                if name not in declared:
                    yield server.child("url") or server, f"the variable {{{name}}} is not declared"
                elif variables is not None and not variables[name].text("default"):
                    yield variables[name], f"the variable {{{name}}} has no default"
            for _, variable in variables.members() if variables else ():
                allowed, default = variable.object.get("enum"), variable.child("default")
                if isinstance(allowed, Array) and default is not None and default.value not in allowed:
                    yield default, f"the default {show(default.value)} is not in the variable's enum"


@check("duplicate-tag", Severity.ERROR, "tags must differ in their names", Consequence.MENDED)
def duplicate_tag(document: Document) -> Iterator[Finding]:
    """Those that the document declares."""
    seen = set[str]()
    listed = document.node.child("tags")
    for tag in listed.elements() if listed else ():
        name = tag.text("name")
        if name in seen and name:
            yield tag, f"the tag {show(name)} is declared twice"
        seen.add(name)
