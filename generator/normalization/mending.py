"""Document -> Document: a faulty description in its one sensible reading, so that no stage behind knows of faults.

What is mended is said by the rules of validation, whose findings have the consequence `mended` or `unchecked`: a
description without such a finding comes out as it is. First what has not the form that its place asks for goes, then
what is left is read: a function for each kind of fault.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generator.document import index
from generator.document.forms import misfits
from generator.document.grammar import COMPONENT_KINDS, WITHOUT_CONTENT, called, place_of
from generator.document.graph import graph
from generator.document.tree import Array, Object, escape
from generator.normalization.edits import REMOVED, edited
from generator.normalization.mending_schemas import FORMS, MEANINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from generator.diagnostics import Diagnostic
    from generator.document.tree import Document, Json, Node
    from generator.normalization.edits import Edit

_TEMPLATE: Final = re.compile(r"\{([^{}]*)\}")
_STATUS: Final = re.compile(r"[1-5](?:[0-9]{2}|XX)|default")
_OPEN: Final = "x-unchecked"


def mend(document: Document, found: Iterable[Diagnostic] = ()) -> Document:
    """The description as its reader has to take it; of `found`, what is wrong with extensions is read."""
    document = edited(document, _extensions(document, found))
    # One after another, as what moves is to be read where it goes.
    for step in (_forms, _path, _status, _contents, _meanings):
        document = edited(document, step(document))
    return document


def _extensions(document: Document, found: Iterable[Diagnostic]) -> Iterator[Edit]:
    """Extensions whose value is not what the generator knows are those of others."""
    for one in found:
        steps = one.pointer.split("/")
        if one.rule.startswith("invalid-x-"):
            last = max((place for place, step in enumerate(steps) if step.startswith("x-")), default=0)
            if last and document.find(pointer := "/".join(steps[: last + 1])) is not None:
                yield pointer, REMOVED


def _forms(document: Document) -> Iterator[Edit]:
    """What has not the form that its place asks for is read as if it were not there."""
    if not isinstance(document.root.get("info"), Object):
        yield "/info", Object({}, document.root.location)
    yield from ((node.pointer, REMOVED) for node, _ in misfits(document))
    for kind in dict.fromkeys(COMPONENT_KINDS.values()):
        for node in index.of(document).nodes[kind]:
            if "$ref" in node.object and node.reference is None:
                yield node["$ref"].pointer, REMOVED
    for check in FORMS:
        yield from check(document)


def _meanings(document: Document) -> Iterator[Edit]:
    for check in (*_MEANINGS, *MEANINGS):
        yield from check(document)


# -- operations -----------------------------------------------------------------------------------------------------


def _identity(document: Document) -> Iterator[Edit]:
    """An operation without an id, or with the one of another, is named by its method and path."""
    names = {one.node.pointer: f"{one.method} {one.path}" for one in reversed(index.operations(document))}
    seen = set[str]()
    for node in index.of(document).nodes["operation"]:
        name = node.text("operationId")
        if not name.strip() or name in seen:
            yield f"{node.pointer}/operationId", names[node.pointer]
        seen.add(name)


def _path(document: Document) -> Iterator[Edit]:
    """A path begins with a slash."""
    for path, node in document.node.members_of("paths"):
        if not path.startswith(("/", "x-")):
            yield node.pointer, REMOVED
            if document.node.at("paths", f"/{path}") is None:
                yield f"/paths/{escape(f'/{path}')}", node.value


def _path_parameters(document: Document) -> Iterator[Edit]:
    """Each name of a path is a parameter that is required, of whatever text; others are not of the path."""
    for path, item in document.node.members_of("paths"):
        names = set(_TEMPLATE.findall(path))
        holder = item.resolve()
        yield from _strangers(holder, names)
        shared = set(_declared(holder))
        for _, operation in called(holder):
            yield from _strangers(operation, names)
            known = shared | set(_declared(operation))
            names_here = dict.fromkeys(_TEMPLATE.findall(path))
            missing = [_text_parameter(name, operation) for name in names_here if name and name not in known]
            if missing and operation.child("parameters") is None:
                yield f"{operation.pointer}/parameters", Array(missing, operation.location)
            else:
                yield from ((f"{operation.pointer}/parameters/-", one) for one in missing)


def _declared(holder: Node) -> Iterator[str]:
    for entry in holder.elements_of("parameters"):
        node = entry.resolve()
        if node.text("in") == "path":
            yield node.text("name")


def _strangers(holder: Node, names: set[str]) -> Iterator[Edit]:
    for entry in holder.elements_of("parameters"):
        node = entry.resolve()
        if node.text("in") == "path" and node.text("name") not in names:
            yield entry.pointer, REMOVED


def _text_parameter(name: str, node: Node) -> Object:
    place = node.location
    made: dict[str, Json] = {"name": name, "in": "path", "required": True, "schema": Object({"type": "string"}, place)}
    return Object(made, place)


def _required(document: Document) -> Iterator[Edit]:
    """A path parameter is required, said or not."""
    for node in index.of(document).nodes["parameter"]:
        if node.text("in") == "path" and not node.is_true("required"):
            yield f"{node.pointer}/required", True


def _twice(document: Document) -> Iterator[Edit]:
    """Of parameters of one name and place, the first counts."""
    for kind in ("path-item", "operation"):
        for holder in index.of(document).nodes[kind]:
            seen = set[tuple[str, str]]()
            for entry in holder.elements_of("parameters"):
                key = place_of(entry.resolve())
                if key in seen and key[1]:
                    yield entry.pointer, REMOVED
                seen.add(key)


def _parameter_schema(document: Document) -> Iterator[Edit]:
    """A parameter or a header has a schema, else content of one media type, else it is a text."""
    for node in (*index.of(document).nodes["parameter"], *index.of(document).nodes["header"]):
        if node.reference is not None:
            continue
        content = node.child("content")
        if "schema" in node.object:
            if content is not None:
                yield content.pointer, REMOVED
        elif content is None or not content.object:
            yield f"{node.pointer}/schema", Object({"type": "string"}, node.location)
            if content is not None:
                yield content.pointer, REMOVED
        else:
            yield from ((other.pointer, REMOVED) for _, other in list(content.members())[1:])


def _status(document: Document) -> Iterator[Edit]:
    """`2xx` is `2XX`; what is no status at all says nothing of any answer."""
    for operation in index.of(document).nodes["operation"]:
        for status, response in operation.members_of("responses"):
            if _STATUS.fullmatch(status) or status.startswith("x-"):
                continue
            yield response.pointer, REMOVED
            other = status.strip().upper() if status.strip().upper() != "DEFAULT" else "default"
            holder = operation["responses"]
            if _STATUS.fullmatch(other) and other not in holder.object:
                yield f"{holder.pointer}/{other}", response.value


def _contents(document: Document) -> Iterator[Edit]:
    """An answer of some statuses never has content, whatever is said of it there or elsewhere."""
    for operation in index.of(document).nodes["operation"]:
        for status, response in operation.members_of("responses"):
            said = response.resolve().object
            if status in WITHOUT_CONTENT and said.get("content"):
                yield response.pointer, said.changed({}, drop=["content"])


def _servers(document: Document) -> Iterator[Edit]:
    """A server whose URL has variables without a value is no address."""
    for server in document.node.elements_of("servers"):
        known = {name for name, one in server.members_of("variables") if one.text("default")}
        if not set(_TEMPLATE.findall(server.text("url"))) <= known:
            yield server.pointer, REMOVED


def _tags(document: Document) -> Iterator[Edit]:
    """Of tags of one name, the first counts."""
    seen = set[str]()
    for tag in document.node.elements_of("tags"):
        name = tag.text("name")
        if name in seen and name:
            yield tag.pointer, REMOVED
        seen.add(name)


def _security(document: Document) -> Iterator[Edit]:
    """What asks for a credential that nobody describes is no way to authorize a call."""
    schemes = document.node.at("components", "securitySchemes")
    known = schemes.object if schemes is not None else {}
    for holder in (document.node, *index.of(document).nodes["operation"]):
        for way in holder.elements_of("security"):
            if any(name not in known for name in way.object):
                yield way.pointer, REMOVED


# -- references -----------------------------------------------------------------------------------------------------


def _dead_references(document: Document) -> Iterator[Edit]:
    """What a reference names that leads nowhere, or to another kind of thing, is not known."""
    kinds = index.of(document).kinds
    circular = {node.pointer for circle in graph(document).circles() for node in circle}
    for kind, node in index.references(document):
        if kind not in ("schema", "response"):
            if _leads_nowhere(kind, node, kinds):
                yield node.pointer, REMOVED
            continue
        found = node.target
        if found is not None and kinds.get(found.pointer) == kind and node.pointer not in circular:
            continue
        if kind == "schema":
            rest = {key: node.object[key] for key in ("description", "deprecated") if key in node.object}
            told = Array(["what it is, as its reference leads nowhere"], node.location)
            yield node.pointer, Object({**rest, _OPEN: told}, node.location, node.object.places)
        else:
            yield node.pointer, Object({"description": ""}, node.location)


def _leads_nowhere(kind: str, node: Node, kinds: Mapping[str, str]) -> bool:
    """Whether a reference ends at nothing of its kind; so what leads to one that goes has to go, too."""
    seen = {node.pointer}
    while node.reference is not None:
        found = node.target
        if found is None or kinds.get(found.pointer) != kind or found.pointer in seen:
            return True
        seen.add(found.pointer)
        node = found
    return False


_MEANINGS: Final[tuple[Callable[[Document], Iterator[Edit]], ...]] = (
    *(_identity, _path_parameters, _required, _twice, _parameter_schema),
    *(_servers, _tags, _security, _dead_references),
)
