"""Where in a description the names of its package come from: JSON pointers, and the symbols that stand there."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from generator.document.grammar import sent_as
from generator.document.index import operations, references
from generator.document.tree import Object, escape, unescape
from generator.normalization.usages import name_schemas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.api.model import Api, Schema
    from generator.api.model import Operation as Method
    from generator.diagnostics import Location
    from generator.document.grammar import Side
    from generator.document.index import Operation
    from generator.document.tree import Document, Node
    from generator.review.revision import Revision


class Kind(StrEnum):
    """What a symbol is."""

    MODEL = "model"
    FIELD = "field"
    GROUP = "group"
    RULES = "rules"
    MARKER = "marker"
    """`failure` and `batch` of a model."""
    ARGUMENT = "argument"
    RESULT = "result"
    METHOD = "method"
    RESOURCE = "resource"


class Anchor(msgspec.Struct, frozen=True, order=True):
    """A symbol at a place that it comes from."""

    symbol: str
    kind: Kind
    side: Side | None


class Anchors:
    """The symbols of one side by the pointers of their description."""

    def __init__(self, revision: Revision) -> None:
        self.document = revision.document
        self._at: dict[str, set[Anchor]] = defaultdict(set)
        self._fields: dict[tuple[str, str], Anchor] = {}
        self._places: dict[str, str] = {}
        self._referrers: dict[str, list[str]] = defaultdict(list)
        for _, node in references(self.document):
            self._referrers[str(node.reference).removeprefix("#")].append(node.pointer)
        if revision.api is not None:
            self._add_models(revision.api)
            self._add_calls(revision.api)

    def at(self, pointer: str, side: Side | None = None) -> tuple[Anchor, ...]:
        """What comes from exactly there, on a side if one is asked for."""
        found = self._at.get(pointer, set())
        return tuple(sorted(one for one in found if side is None or one.side in (None, side)))

    def place(self, symbol: str) -> Node | None:
        """Where a symbol comes from, if it comes from this side."""
        if symbol.startswith("Client("):
            holder = "/servers" if "base_url=" in symbol else "/components/securitySchemes"
            return self.document.find(holder) or self.document.node
        return self.document.find(self._places[symbol]) if symbol in self._places else None

    def pointers(self, symbol: str) -> tuple[str, ...]:
        """All places that a symbol comes from."""
        return tuple(self._pointers.get(symbol, ()))

    @cached_property
    def _pointers(self) -> Mapping[str, list[str]]:
        """The places of each symbol, of all that come from the description."""
        found: dict[str, list[str]] = defaultdict(list)
        for pointer, anchors in self._at.items():
            for symbol in {one.symbol for one in anchors}:
                found[symbol].append(pointer)
        return found

    def nearest(
        self, pointer: str, side: Side | None, *, of_fields: bool = True
    ) -> Iterator[tuple[Anchor, tuple[str, ...]]]:
        """The symbols that come from the nearest place around a pointer, with the steps down to it from there.

        Where a component gives no name itself, as a base in `allOf`, the places that refer to it are around it; a
        property that stands there belongs to the classes that are found. Not so `of_fields`: it is said in a rule.
        """
        waiting: list[tuple[str, tuple[str, ...], str | None]] = [(pointer, (), None)]
        seen: set[tuple[str, str | None]] = set()
        while waiting:
            here, steps, field = waiting.pop(0)
            if not here or (here, field) in seen:
                continue
            seen.add((here, field))
            anchors = self.at(here, side)
            fields = [
                self._fields[one.symbol, field] for one in anchors if field and (one.symbol, field) in self._fields
            ]
            found = fields or list(anchors)
            if found:
                yield from ((one, steps) for one in found)
                continue
            waiting += [(one, steps, field) for one in self._referrers.get(here, [])]
            parent, key = _above(here)
            if of_fields and parent.endswith("/properties"):
                field, (parent, _) = key, _above(parent)
            elif of_fields and parent.endswith("/required"):
                named = self.document.find(here)
                field, (parent, _) = str(named.value if named else ""), _above(parent)
            if not _is_component(here):
                waiting.append((parent, (key, *steps), field))

    def around(self, pointer: str) -> Iterator[str]:
        """The pointers above one, nearest first, and those of the places that refer to any of them."""
        waiting, seen = [pointer], set[str]()
        while waiting:
            here = waiting.pop(0)
            if here and here not in seen:
                seen.add(here)
                yield here
                waiting += self._referrers.get(here, [])
                if not _is_component(here):
                    waiting.append(_above(here)[0])

    # -- finding ---------------------------------------------------------------------------------------------------

    def _add(self, pointer: str, anchor: Anchor) -> None:
        self._at[pointer].add(anchor)
        self._places.setdefault(anchor.symbol, pointer)

    def _add_models(self, api: Api) -> None:
        objects, members = _located(self.document)
        named = _named(self.document)
        for schema in api.schemas:
            symbol = f"models.{schema.name}"
            own = [*named.get((schema.name, schema.side), ()), *objects.get(schema.definition.location, ())]
            for pointer in dict.fromkeys(own):
                self._add(pointer, Anchor(symbol, Kind.MODEL, schema.side))
                self._add(pointer, Anchor(f"{symbol}.constraints", Kind.RULES, schema.side))
                for marker in ("failure", "batch"):
                    self._add(pointer, Anchor(f"{symbol}.{marker}", Kind.MARKER, schema.side))
                for group in schema.groups:
                    anchor = Anchor(f"{symbol}.{group.name}", Kind.GROUP, schema.side)
                    inner = f"patternProperties/{escape(group.pattern)}" if group.pattern else "additionalProperties"
                    if self.document.find(f"{pointer}/{inner}") is not None:
                        self._add(f"{pointer}/{inner}", anchor)
                    self._add(pointer, anchor)
            self._add_fields(schema, members)

    def _add_fields(self, schema: Schema, members: Mapping[tuple[Location, str], list[str]]) -> None:
        properties = schema.definition.get("properties")
        places = properties.places if isinstance(properties, Object) else {}
        for one in schema.properties:
            anchor = Anchor(f"models.{schema.name}.{one.name}", Kind.FIELD, schema.side)
            self._fields[f"models.{schema.name}", one.wire_name] = anchor
            location = places.get(one.wire_name)
            for pointer in members.get((location, one.wire_name), ()) if location is not None else ():
                self._add(pointer, anchor)

    def _add_calls(self, api: Api) -> None:
        known = {(sent_as(one.method), one.path): one for one in _called(self.document)}
        for resource in api.resources:
            for method in resource.operations:
                operation = known.get((method.method, method.path))
                if operation is not None:
                    self._add(operation.node.pointer, Anchor(f"Client.{resource.name}", Kind.RESOURCE, None))
                    self._add_call(f"{resource.class_name}.{method.name}", method, operation)

    def _add_call(self, symbol: str, method: Method, operation: Operation) -> None:
        self._add(operation.node.pointer, Anchor(symbol, Kind.METHOD, None))
        arguments = {(one.wire_name, one.where): one.name for one in method.parameters}
        for node in operation.parameters:
            name = arguments.get((node.text("name"), node.text("in")))
            if name is not None:
                self._add(node.pointer, Anchor(f"{symbol}(..., {name}=)", Kind.ARGUMENT, "request"))
        if (body := operation.node.child("requestBody")) is not None:
            for one in (body.resolve(), body):
                self._add(one.pointer, Anchor(f"{symbol}(..., body=)", Kind.ARGUMENT, "request"))
        for status, response in operation.node.members_of("responses"):
            if status.startswith("2") or status == "default":
                for one in (response.resolve(), response):
                    self._add(one.pointer, Anchor(f"{symbol}(...)", Kind.RESULT, "response"))


def _above(pointer: str) -> tuple[str, str]:
    parent, _, key = pointer.rpartition("/")
    return parent, unescape(key)


def _is_component(pointer: str) -> bool:
    return pointer.startswith("/components/") and pointer.count("/") <= 3


def _called(document: Document) -> list[Operation]:
    """The operations that become methods: not those of callbacks and webhooks."""
    items = {path: item.resolve().pointer for path, item in document.node.members_of("paths")}
    return [one for one in operations(document) if items.get(one.path) == one.item.pointer]


def _named(document: Document) -> Mapping[tuple[str, Side], list[str]]:
    """The pointers of the schemas that have names because something refers to them."""
    found: dict[tuple[str, Side], list[str]] = defaultdict(list)
    for (pointer, side), name in name_schemas(document, _called(document)).items():
        found[name, side].append(pointer)
    return found


def _located(document: Document) -> tuple[Mapping[Location, list[str]], Mapping[tuple[Location, str], list[str]]]:
    """Pointers of all objects by where they begin; of all properties by where their keys stand, and those."""
    objects: dict[Location, list[str]] = defaultdict(list)
    members: dict[tuple[Location, str], list[str]] = defaultdict(list)
    for node in document.node.walk():
        if isinstance(node.value, Object):
            objects[node.value.location].append(node.pointer)
        if node.pointer.rpartition("/")[0].endswith("/properties"):
            members[node.location, node.key].append(node.pointer)
    return objects, members
