"""Rules between the fields of an object: fragments of JSON Schema as formulas, and these in one form per meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.document.tree import Array, Node, Object
from generator.review.rules import fragments
from generator.review.rules.formulas import (
    FALSE,
    TRUE,
    AllOf,
    AnyOf,
    Atom,
    Clause,
    Formula,
    Holds,
    Literal,
    Not,
    OneOf,
    Present,
    as_formula,
)
from generator.review.rules.fragments import is_assertion
from generator.review.rules.implicates import implicates

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from generator.review.rules.fragments import Plain

__all__ = [
    "FALSE",
    "TRUE",
    "AllOf",
    "AnyOf",
    "Atom",
    "Clause",
    "Formula",
    "Holds",
    "Literal",
    "Not",
    "OneOf",
    "Present",
    "as_formula",
    "formula",
    "implicates",
    "is_about_fields",
]

MAX_SCHEMAS: Final = 5000
"""References are followed until so many schemas are read in one fragment: they may double at every step."""

_BRANCHES: Final = ("allOf", "anyOf", "oneOf")
_INNER: Final = ("not", "if", "then", "else")
_OF_FIELDS: Final = frozenset(
    (
        *(*_BRANCHES, *_INNER, "type", "$ref", "required", "properties", "minProperties", "maxProperties"),
        *("propertyNames", "dependentRequired", "dependentSchemas"),
    )
)
_KNOWN: Final = _OF_FIELDS - {"minProperties", "maxProperties", "propertyNames"}


def is_about_fields(schema: Node, declared: Collection[str]) -> bool:
    """Whether a fragment is a rule between fields of an object, and not an alternative form of the value.

    It speaks only of which members there are and which conditions the values of `declared` members fulfil. It declares
    no member of its own, does not close the object, and takes objects; what it refers to does so too.
    """
    return _is_about_fields(schema, declared, frozenset())


def _is_about_fields(schema: Node, declared: Collection[str], opened: frozenset[str]) -> bool:
    if isinstance(schema.value, bool):
        return True
    if not isinstance(schema.value, Object) or schema.pointer in opened:
        return False
    opened |= {schema.pointer}
    if not all(key in _OF_FIELDS or not is_assertion(key) for key in schema.value) or not _takes_objects(schema):
        return False
    if not all(name in declared for name, _ in schema.members_of("properties")):
        return False
    inner = [member for key in _INNER if (member := schema.child(key)) is not None]
    inner += [branch for key in _BRANCHES for branch in schema.elements_of(key)]
    inner += [member for _, member in schema.members_of("dependentSchemas")]
    if "$ref" in schema.value:
        target = schema.document.find(schema.reference) if schema.reference is not None else None
        if target is None:
            return False
        inner.append(target)
    return all(_is_about_fields(one, declared, opened) for one in inner)


def _takes_objects(schema: Node) -> bool:
    kinds = schema.object.get("type", "object")
    return "object" in (kinds if isinstance(kinds, Array) else (kinds,))


def formula(schema: Node) -> Formula:
    """What a fragment says of an object: which members it has, and what their values fit.

    Every fragment has a formula: what is neither of the two is an atom about the object itself, with an empty name.
    `properties: {a: S}` says that `a` is absent or fits S. A fragment that takes no objects is never so. References
    are followed; one that is circular, dead or too deep is an atom.
    """
    return _Reader().schema(schema, ())


class _Reader:
    """Reads one fragment; counts the schemas on the way, as references may double them at every step."""

    def __init__(self) -> None:
        self.left = MAX_SCHEMAS

    def schema(self, node: Node, opened: tuple[str, ...]) -> Formula:
        """A schema, within the targets of references that are `opened`."""
        if not isinstance(node.value, Object):
            return FALSE if node.value is False else TRUE
        self.left -= 1
        if not _takes_objects(node):
            return FALSE
        opened = opened or (node.pointer,)
        parts = [part for key in node.value for part in self._keyword(key, node, opened)]
        parts += [Holds("", fragments.text(other)) for other in _others(node)]
        return _all(parts)

    def _keyword(self, key: str, node: Node, opened: tuple[str, ...]) -> Iterator[Formula]:
        member = node[key]
        match key, member.value:
            case "$ref", str(target):
                yield self._referred(node, target, opened)
            case "required", Array():
                yield from (Present(str(name)) for name in member.value)
            case "not", _:
                yield _negated(self.schema(member, opened))
            case "allOf", Array():
                yield from self._each(member, opened)
            case "anyOf", Array():
                yield _any(self._each(member, opened))
            case "oneOf", Array():
                yield _one(self._each(member, opened))
            case "if", _:
                given = self.schema(member, opened)
                if (then := node.child("then")) is not None:
                    yield _any([_negated(given), self.schema(then, opened)])
                if (other := node.child("else")) is not None:
                    yield _any([given, self.schema(other, opened)])
            case "dependentRequired", Object():
                for name, others in member.members():
                    needed = [Present(str(other.value)) for other in others.elements()]
                    yield _any([Not(Present(name)), _all(needed)])
            case "dependentSchemas", Object():
                for name, then in member.members():
                    yield _any([Not(Present(name)), self.schema(then, opened)])
            case "properties", Object():
                for name, value in sorted(member.members(), key=lambda one: one[0]):
                    yield self._property(name, value)
            case _:
                return

    def _property(self, name: str, value: Node) -> Formula:
        reader = fragments.Reader(min(fragments.MAX_SCHEMAS, self.left))
        before = reader.left
        fits = reader.schema(value)
        self.left -= before - reader.left
        if name or isinstance(fits, bool):
            return _any([Not(Present(name)), _value(name, fits)])
        return Holds("", fragments.text({"properties": {"": fits}}))  # the empty name is taken by the object itself

    def _each(self, node: Node, opened: tuple[str, ...]) -> list[Formula]:
        return [self.schema(branch, opened) for branch in node.elements()]

    def _referred(self, node: Node, target: str, opened: tuple[str, ...]) -> Formula:
        found = node.document.find(target)
        if found is None or found.pointer in opened or self.left <= 0 or len(opened) > fragments.MAX_REFERENCES:
            return Holds("", fragments.text({"$ref": target}))
        return self.schema(found, (*opened, found.pointer))


def _others(node: Node) -> Iterator[Plain]:
    """What a schema says besides, one fragment for each keyword."""
    rest = sorted(key for key in node.object if key not in _KNOWN and is_assertion(key))
    for key in rest:
        alone = Object({key: node.object[key]}, node.location)
        shown = fragments.canonical(Node(node.document, node.pointer, alone, node.location))
        if key == "additionalProperties" and isinstance(shown, dict) and shown[key] is not True:
            for word in ("properties", "patternProperties"):  # it is about the members that these do not name
                if named := [name for name, _ in node.members_of(word)]:
                    members: dict[str, Plain] = dict.fromkeys(named, True)
                    shown = {**shown, word: members}
            yield shown
        elif key != "additionalProperties" and shown is not True:
            yield shown


def _value(name: str, fragment: Plain) -> Formula:
    """What a canonical fragment says of the value of a member, taken apart where it is logic and nothing else."""
    if isinstance(fragment, bool):
        return TRUE if fragment else FALSE
    match list(fragment.items()) if isinstance(fragment, dict) else []:
        case [("not", inner)]:
            return _negated(_value(name, inner))
        case [("anyOf", list(parts))]:
            return _any([_value(name, part) for part in parts])
        case [("oneOf", list(parts))]:
            return _one([_value(name, part) for part in parts])
        case [("allOf", list(parts))]:
            return _all([_value(name, part) for part in parts])
        case [("type", list(kinds))]:
            return _any([Holds(name, fragments.text({"type": kind})) for kind in kinds])
        case _:
            return Holds(name, fragments.text(fragment))


# -- formulas without needless parts ---------------------------------------------------------------------------------


def _negated(part: Formula) -> Formula:
    if part in (TRUE, FALSE):
        return FALSE if part == TRUE else TRUE
    return part.part if isinstance(part, Not) else Not(part)


def _all(parts: Iterable[Formula]) -> Formula:
    listed = [part for part in parts if part != TRUE]
    if FALSE in listed:
        return FALSE
    return listed[0] if len(listed) == 1 else AllOf(tuple(listed))


def _any(parts: Iterable[Formula]) -> Formula:
    listed = [part for part in parts if part != FALSE]
    if TRUE in listed:
        return TRUE
    return listed[0] if len(listed) == 1 else AnyOf(tuple(listed))


def _one(parts: Iterable[Formula]) -> Formula:
    listed = [part for part in parts if part != FALSE]
    return listed[0] if len(listed) == 1 else OneOf(tuple(listed))
