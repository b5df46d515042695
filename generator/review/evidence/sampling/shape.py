"""What schemas say of the members and the elements of a value, and the conjunctions that unions make a choice of."""

from __future__ import annotations

from collections import deque
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Final

import msgspec

from generator.document import grammar
from generator.document.tree import Array, Object
from generator.review.evidence.sampling.regex import matches
from generator.review.evidence.validation import identity, parts
from generator.validation.rules.conformance import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.document.tree import Node
    from generator.review.rules.fragments import Plain

MOST_WORLDS: Final = 32
_MOST_PAIRED: Final = 4
_OBJECT: Final = frozenset(
    (
        *("properties", "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties"),
        *("maxProperties", "dependentRequired", "dependentSchemas", "unevaluatedProperties"),
    )
)
_OTHERS: Final = ("additionalProperties", "unevaluatedProperties")
_ARRAY: Final = frozenset(
    ("items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems", "minContains", "maxContains")
)


class World(msgspec.Struct, frozen=True, dict=True):
    """One way to satisfy schemas: a branch taken of each union."""

    parts: tuple[Node, ...]
    """All schemas that hold in it, references and `allOf` followed."""
    picked: tuple[Node, ...]
    """The branches that were taken."""
    against: tuple[Node, ...]
    """The schemas that must not hold: an `if` of which the `else` was taken."""

    @cached_property
    def members(self) -> Members:
        """What is said of the members of an object in it."""
        return Members(self.parts)


class Members:
    """What schemas say of the members of an object; each of them by itself, as JSON Schema has it."""

    def __init__(self, schemas: Iterable[Node]) -> None:
        self._said = [
            (
                schema.child("properties"),
                [*schema.members_of("patternProperties")],
                [other for key in _OTHERS if (other := schema.child(key)) is not None],
            )
            for schema in schemas
        ]
        self._known: dict[str, tuple[Node, ...]] = {}

    def named(self, name: str) -> tuple[Node, ...]:
        """What is said of one of them."""
        if name not in self._known:
            self._known[name] = tuple({identity(each): each for each in self._of(name)}.values())
        return self._known[name]

    def _of(self, name: str) -> Iterator[Node]:
        for declared, patterns, others in self._said:
            own = [each for pattern, each in patterns if matches(pattern, name)]
            if declared is not None and isinstance(declared.value, Object) and name in declared.value:
                own.insert(0, declared[name])
            yield from own or others


class _Union(msgspec.Struct, frozen=True):
    pointer: str
    ways: tuple[tuple[tuple[Node, ...], tuple[Node, ...]], ...]
    """What holds, and what must not, in each way to go on."""


def worlds(schemas: Sequence[Node]) -> tuple[World, ...]:
    """The ways to satisfy schemas: first that with each first branch, then those with one other branch, and so on."""
    found: list[World] = []
    waiting = deque[dict[str, int]]([{}])
    seen = {frozenset[tuple[str, int]]()}
    while waiting and len(found) < MOST_WORLDS:
        picks = waiting.popleft()
        world, unions = _world(schemas, picks)
        found.append(world)
        for union in unions:
            for way in range(1, len(union.ways)):
                other = {**picks, union.pointer: way}
                key = frozenset(other.items())
                if union.pointer not in picks and key not in seen:
                    seen.add(key)
                    waiting.append(other)
    return tuple(found)


def _world(schemas: Sequence[Node], picks: dict[str, int]) -> tuple[World, list[_Union]]:
    found: dict[str, Node] = {}
    picked: list[Node] = []
    against: list[Node] = []
    unions: list[_Union] = []
    waiting = deque(schemas)
    while waiting:
        for node in parts([waiting.popleft()], ("allOf",)):
            if identity(node) in found:
                continue
            found[identity(node)] = node
            for union in _unions(node):
                holds, refused = union.ways[picks.get(union.pointer, 0)]
                unions.append(union)
                picked += holds
                against += refused
                waiting.extend(holds)
    return World(tuple(found.values()), tuple(picked), tuple(against)), unions


def _unions(node: Node) -> Iterator[_Union]:
    for key in ("oneOf", "anyOf"):
        branches = list(node.elements_of(key))
        ways: list[tuple[Node, ...]] = [(branch,) for branch in branches]
        if len(branches) <= _MOST_PAIRED:
            ways += combinations(branches, 2)
        if ways:
            yield _Union(f"{node.pointer}/{key}", tuple((way, ()) for way in ways))
    condition = node.child("if")
    if condition is not None:
        then, other = ((found,) if (found := node.child(key)) is not None else () for key in ("then", "else"))
        yield _Union(condition.pointer, (((condition, *then), ()), (other, (condition,))))
    for _, schema in node.members_of("dependentSchemas"):
        yield _Union(schema.pointer, (((), ()), ((schema,), ())))


def speaks_of_objects(schemas: Iterable[Node]) -> bool:
    """Whether any of these schemas says something of objects."""
    return any(_declares(one, "object", _OBJECT) for one in schemas)


def speaks_of_arrays(schemas: Iterable[Node]) -> bool:
    """Whether any of these schemas says something of arrays."""
    return any(_declares(one, "array", _ARRAY) for one in schemas)


def _declares(schema: Node, kind: str, keywords: frozenset[str]) -> bool:
    declared = schema.object.get("type")
    kinds = declared if isinstance(declared, Array) else (declared,)
    return kind in kinds or not keywords.isdisjoint(schema.object)


def element(schemas: Iterable[Node], position: int) -> tuple[Node, ...]:
    """What schemas say of an element of an array."""
    found: dict[str, Node] = {}
    for schema in schemas:
        listed = list(schema.elements_of("prefixItems"))
        rest = [each for key in ("items", "unevaluatedItems") if (each := schema.child(key))]
        own = [listed[position]] if position < len(listed) else rest
        found |= {identity(each): each for each in own}
    return tuple(found.values())


def properties(schema: Node) -> Iterable[str]:
    """The names of the properties that a schema declares itself."""
    declared = schema.object.get("properties")
    return declared if isinstance(declared, Object) else ()


def required(schemas: Iterable[Node]) -> list[str]:
    """The names that schemas demand themselves, each once."""
    return list(dict.fromkeys(name for schema in schemas for name in texts(schema, "required")))


def texts(schema: Node, key: str) -> list[str]:
    """The texts in the array under a keyword."""
    listed = schema.object.get(key)
    return [each for each in listed if isinstance(each, str)] if isinstance(listed, Array) else []


def dependencies(schema: Node) -> list[str]:
    """The names that `dependentRequired` speaks of."""
    if "dependentRequired" not in schema.object:
        return []
    pairs = ((name, texts(schema["dependentRequired"], name)) for name, _ in schema.members_of("dependentRequired"))
    return [each for name, others in pairs for each in (name, *others)]


def literals(schemas: Iterable[Node], keys: Sequence[str]) -> Iterator[Plain]:
    """The values that schemas name under some keywords."""
    for schema in schemas:
        for key in keys:
            if key in schema.object:
                named = schema.object[key]
                listed = named if isinstance(named, Array) and key in ("enum", "examples") else (named,)
                yield from map(plain, listed)


def outline(world: World) -> frozenset[str]:
    """What is said of an object or an array as a whole, without what is said of its members and elements."""
    return frozenset(line for part in world.parts for line in _outline(part))


def _outline(schema: Node) -> Iterator[str]:
    for key, member in schema.members():
        match key, member.value:
            case "properties", Object():
                for name, declared in member.members():
                    hidden = [flag for flag in ("readOnly", "writeOnly") if declared.resolve().is_true(flag)]
                    yield f"property {name} {declared.value is False} {hidden} {declared.is_true('readOnly')}"
            case "required", Array():
                yield from (f"required {name}" for name in member.value)
            case "patternProperties", Object():
                yield from (f"pattern {name}" for name in member.value)
            case (("anyOf" | "oneOf" | "prefixItems"), Array()):
                yield f"{key} {len(member.value)}"
            case (("additionalProperties" | "unevaluatedProperties" | "items" | "unevaluatedItems"), _):
                yield f"{key} {member.value is False}"
            case (("then" | "else" | "allOf" | "$ref"), _):
                continue
            case _, _ if key in _OBJECT or key in _ARRAY or key in grammar.IN_PLACE:
                yield f"{key} {member.value}"
