"""Rules on how the parts of a schema fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from generator.diagnostics import Consequence, Severity
from generator.document import index
from generator.document.graph import graph
from generator.document.ranges import BOUNDS, empty_ranges
from generator.document.tree import Document, Node, Object
from generator.document.values import canonical, declared_types, fits, show, strings
from generator.python.pattern import is_found
from generator.validation.rules.references import mapped
from generator.validation.rules.registry import Finding, check

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator


class _Properties(msgspec.Struct, frozen=True):
    """Names and patterns of properties."""

    names: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()

    def __contains__(self, name: str) -> bool:
        return name in self.names or any(is_found(one, name) is not False for one in self.patterns)

    def __bool__(self) -> bool:
        return bool(self.names or self.patterns)


class _Declared:
    """What each schema, together with all that it consists of, declares."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known = dict[str, _Properties]()
        parts = graph(document).parts
        for group in graph(document).groups:
            below = {part for pointer in group for part in parts.get(pointer, ())}.difference(group)
            joined = [self[part] for part in below]
            joined += [_own(node) for pointer in group if (node := document.find(pointer))]
            names = [each.names for each in joined if each.names]
            whole = _Properties(
                names[0] if len(names) == 1 else frozenset().union(*names),
                frozenset().union(*(each.patterns for each in joined)),
            )
            self._known.update(dict.fromkeys(group, whole))

    def __getitem__(self, pointer: str) -> _Properties:
        if pointer not in self._known:
            node = self._document.find(pointer)
            self._known[pointer] = _own(node) if node else _Properties()
        return self._known[pointer]


def _own(node: Node) -> _Properties:
    declared, matched = node.child("properties"), node.child("patternProperties")
    return _Properties(*(frozenset(one.object if one else ()) for one in (declared, matched)))


@check("unknown-required", Severity.ERROR, "`required` must name properties that the schema declares", Consequence.NONE)
def unknown_required(document: Document) -> Iterator[Finding]:
    """Declared by the schema, by what it is composed of, or by the schema whose `anyOf` (and so on) it stands in."""
    known = _Declared(document)
    for node in index.saying(document, "required", "dependentRequired"):
        asked = [*strings(node.child("required"))]
        dependent = node.child("dependentRequired")
        for name, entry in dependent.members() if dependent else ():
            asked += [(name, entry), *strings(entry)]
        if not asked:
            continue
        declared = known[_outermost(document, node.pointer)]
        for name, place in asked if declared else ():
            if name not in declared:
                yield place, f"no property is called {show(name)}"


def _outermost(document: Document, pointer: str) -> str:
    while holder := index.parent(document, pointer):
        pointer = holder
    return pointer


@check("empty-range", Severity.ERROR, "a minimum must not lie over its maximum", Consequence.UNCHECKED)
def empty_range(document: Document) -> Iterator[Finding]:
    """All pairs; an exclusive bound needs room."""
    for node in index.saying(document, *BOUNDS):
        for low, high in empty_ranges(node):
            least, most = node.object[low], node.object[high]
            yield node[low], f"{low!r} {show(least)} leaves nothing below {high!r} {show(most)}"


@check("duplicate-enum", Severity.ERROR, "an enum must list each value once", Consequence.MENDED)
def duplicate_enum(document: Document) -> Iterator[Finding]:
    """`1` and `1.0` are one value."""
    for node in index.saying(document, "enum"):
        listed = node.child("enum")
        seen: set[Hashable] = set()
        for element in listed.elements() if listed else ():
            key = canonical(element.value)
            if key in seen:
                yield element, f"{show(element.value)} stands twice in the enum"
            seen.add(key)


@check("enum-type", Severity.ERROR, "the values of enum and const must be of the schema's type", Consequence.MENDED)
def enum_type(document: Document) -> Iterator[Finding]:
    """What is of another type can never be sent or received."""
    for node in index.saying(document, "enum", "const"):
        types = declared_types(node)
        if types is None:
            continue
        listed, only = node.child("enum"), node.child("const")
        for element in [*(listed.elements() if listed else ()), *([only] if only else ())]:
            if not fits(element.value, types):
                yield element, f"{show(element.value)} is not of type {' or '.join(sorted(types))}"


@check(
    "discriminator-property",
    Severity.ERROR,
    "a discriminator must name a property that every variant declares",
    Consequence.NONE,
)
def discriminator_property(document: Document) -> Iterator[Finding]:
    """Looked for in each variant of `oneOf` or `anyOf`, else in the schema itself."""
    known = _Declared(document)
    for node in index.saying(document, "discriminator"):
        name = node.at("discriminator", "propertyName") if node.reference is None else None
        if name is None or not isinstance(name.value, str):
            continue
        variants = [each for key in ("oneOf", "anyOf") if (listed := node.child(key)) for each in listed.elements()]
        if _declares(node, name.value):
            continue
        for variant in variants:
            if variant.value != {"type": "null"} and name.value not in known[variant.pointer]:
                shown = variant.reference or "this variant"
                yield variant, f"{shown} has no property {show(name.value)} to be told apart by"
        if not variants and name.value not in known[node.pointer]:
            yield name, f"the schema has no property {show(name.value)}"


def _declares(node: Node, name: str) -> bool:
    declared = node.child("properties")
    return declared is not None and name in declared.object


@check(
    "discriminator-mapping",
    Severity.ERROR,
    "a discriminator's mapping must name schemas of the document",
    Consequence.NONE,
)
def discriminator_mapping(document: Document) -> Iterator[Finding]:
    """By name or by reference."""
    for node in index.saying(document, "discriminator"):
        mapping = node.at("discriminator", "mapping") if node.reference is None else None
        for key, entry in mapping.members() if mapping else ():
            if isinstance(entry.value, str) and _is_dead(document, entry.value):
                yield entry, f"{show(key)} leads to {show(entry.value)}, which is no schema here"


def _is_dead(document: Document, target: str) -> bool:
    found = mapped(document, target)
    return found is None or not isinstance(found.value, (Object, bool))
