"""Rules on references, components and security."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.diagnostics import Consequence, Severity
from generator.document import grammar, index
from generator.document.graph import graph
from generator.document.tree import Document, Node, Object, escape
from generator.normalization.inheritance import is_child
from generator.validation.rules.registry import Finding, check

if TYPE_CHECKING:
    from collections.abc import Iterator


@check("unresolvable-ref", Severity.ERROR, "a `$ref` must name something in the document", Consequence.UNCHECKED)
def unresolvable(document: Document) -> Iterator[Finding]:
    """Local references only; the loader has reported those into other files."""
    for _, node in index.references(document):
        target = node.reference or ""
        if target.startswith("#") and document.find(target) is None:
            yield node.at("$ref") or node, f"there is nothing at {target!r}"


@check(
    "invalid-ref",
    Severity.ERROR,
    "a `$ref` must be a text and name a thing of the kind that its place asks for",
    Consequence.UNCHECKED,
)
def invalid(document: Document) -> Iterator[Finding]:
    """A schema's place refers to a schema, a parameter's to a parameter."""
    kinds = index.of(document).kinds
    for kind, node in index.references(document):
        found = node.target
        if found is not None and kinds.get(found.pointer, kind) != kind:
            other = kinds[found.pointer]
            yield node["$ref"], f"{node.reference!r} is a {other}, but a {kind} belongs here"
        elif found is not None and found.pointer not in kinds:
            yield node["$ref"], f"{node.reference!r} is no {kind}"
    for kind, nodes in index.of(document).nodes.items():
        for node in nodes if kind in grammar.COMPONENT_KINDS.values() else ():
            if "$ref" in node.object and node.reference is None:
                yield node["$ref"], "a `$ref` must be a text"


@check("circular-ref", Severity.ERROR, "a definition must not consist of itself", Consequence.UNCHECKED)
def circular(document: Document) -> Iterator[Finding]:
    """`a` is `b` is `a`, by `$ref` alone or through `allOf` and its like: no value is ever reached."""
    for circle in graph(document).circles():
        node = circle[0]
        names = " -> ".join([*(each.reference or "" for each in circle), circle[0].reference or ""])
        yield node["$ref"], f"this reference leads back to itself: {names}"


@check("ref-siblings", Severity.WARNING, "OpenAPI 3.0 ignores what stands beside a `$ref`", Consequence.NONE)
def siblings(document: Document) -> Iterator[Finding]:
    """In 3.1 a schema's siblings count, and a summary and description beside other references."""
    is_30 = str(document.root.get("openapi")).startswith("3.0")
    for kind, node in index.references(document):
        if kind == "path-item" or (kind == "schema" and not is_30):
            continue
        heard = () if is_30 else ("summary", "description")
        ignored = [key for key in node.object if key != "$ref" and key not in heard and not key.startswith("x-")]
        for key in ignored:
            yield node[key], f"{key!r} beside a `$ref` is ignored"


@check("unused-component", Severity.WARNING, "a component should be referred to", Consequence.NONE)
def unused(document: Document) -> Iterator[Finding]:
    """Reached means: from paths and webhooks, through references; a circle that nothing enters is unused too."""
    components = document.node.child("components")
    if components is None:
        return
    links = _links(document)
    reached = _reached(links)
    named = _named_by_discriminators(document)
    for holder, entries in components.members():
        if holder not in grammar.COMPONENT_KINDS or holder == "securitySchemes":
            continue
        for name, node in entries.members():
            if node.pointer not in reached and not (holder == "schemas" and name in named):
                yield node, f"nothing refers to {holder}/{name}"
    used = {scheme for scheme, _, _ in _requirements(document)}
    schemes = components.child("securitySchemes")
    for name, node in schemes.members() if schemes else ():
        if name not in used:
            yield node, f"no operation is secured by securitySchemes/{name}"


def _component_of(pointer: str) -> str:
    """The component that a pointer leads to or into; '' for what is none."""
    steps = pointer.split("/")
    return "/".join(steps[:4]) if len(steps) >= 4 and steps[1] == "components" else ""


def _links(document: Document) -> dict[str, set[str]]:
    links = dict[str, set[str]]()
    for _, node in index.references(document):
        found = node.target
        if found is not None:
            links.setdefault(_component_of(node.pointer), set()).add(_component_of(found.pointer))
    for node in index.schemas(document):
        mapping = node.at("discriminator", "mapping") if "$ref" not in node.object else None
        for _, entry in mapping.members() if mapping else ():
            if isinstance(entry.value, str):
                target = mapped(document, entry.value)
                if target is not None:
                    links.setdefault(_component_of(node.pointer), set()).add(_component_of(target.pointer))
    return links


def _reached(links: dict[str, set[str]]) -> set[str]:
    reached, waiting = set[str](), [""]
    while waiting:
        for target in links.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached


def _named_by_discriminators(document: Document) -> set[str]:
    """Schemas that build on one with a discriminator: the discriminator finds them by their name."""
    schemas = document.node.at("components", "schemas")
    return {name for name, node in (schemas.members() if schemas else ()) if is_child(node)}


def mapped(document: Document, target: str) -> Node | None:
    """What an entry of a discriminator's mapping names: a schema's name or a reference."""
    found = document.find(f"/components/schemas/{escape(target)}")
    return found if found is not None or not target.startswith("#") else document.find(target)


@check(
    "undefined-security-scheme",
    Severity.ERROR,
    "a security requirement must name a security scheme",
    Consequence.MENDED,
)
def undefined_scheme(document: Document) -> Iterator[Finding]:
    """Requirements stand at the root and on operations."""
    schemes = document.node.at("components", "securitySchemes")
    known = schemes.object if schemes else Object({}, document.root.location)
    for name, node, _ in _requirements(document):
        if name not in known:
            yield node, f"there is no security scheme {name!r} in components/securitySchemes"


@check(
    "undefined-scope", Severity.WARNING, "a required OAuth scope should be one that its scheme offers", Consequence.NONE
)
def undefined_scope(document: Document) -> Iterator[Finding]:
    """Only for oauth2 schemes that list scopes."""
    for name, _, scopes in _requirements(document):
        scheme = document.node.at("components", "securitySchemes", name)
        scheme = scheme.resolve() if scheme else None
        flows = scheme.child("flows") if scheme is not None and scheme.text("type") == "oauth2" else None
        if flows is None:
            continue
        offered = {scope for _, flow in flows.members() if (listed := flow.child("scopes")) for scope in listed.object}
        for scope in scopes:
            if scope.value not in offered if isinstance(scope.value, str) else False:
                yield scope, f"the scheme {name!r} offers no scope {scope.value!r}"


def _requirements(document: Document) -> Iterator[tuple[str, Node, list[Node]]]:
    """Scheme name, its node, and the scopes asked for."""
    for holder in [document.node, *index.of(document).nodes["operation"]]:
        listed = holder.child("security")
        for requirement in listed.elements() if listed else ():
            for name, node in requirement.members():
                yield name, node, list(node.elements())
