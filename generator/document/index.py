"""The index of a document: every typed node, every schema, reference and operation in it, found in one pass."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec

from generator.document.grammar import CHILDREN, IN_PLACE, called, sent_as, typed_nodes
from generator.document.tree import Document, Node, Object, remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MARKED: Final = (
    *("document", "path-item", "operation", "parameter", "header", "request-body", "response", "media-type"),
    "schema",
)


class Operation(msgspec.Struct, frozen=True):
    """An operation under a path, webhook or callback; `parameters` are resolved, the operation's own come last."""

    path: str
    method: str
    node: Node
    item: Node
    parameters: tuple[Node, ...]

    def __str__(self) -> str:
        return f"{sent_as(self.method)} {self.path}"


class Index:
    """Everything typed in one document, found in one pass."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.nodes: dict[str, list[Node]] = defaultdict(list)
        self.kinds: dict[str, str] = {}
        self.references: list[tuple[str, Node]] = []
        for kind, node in typed_nodes(document.node):
            self.nodes[kind].append(node)
            self.kinds[node.pointer] = kind
            if node.reference is not None:
                self.references.append((kind, node))
        self.operations = tuple(self._operations())

    @cached_property
    def keywords(self) -> dict[str, list[int]]:
        """The positions of the schemas that have a keyword, by the keyword."""
        found: dict[str, list[int]] = defaultdict(list)
        for position, node in enumerate(self.nodes["schema"]):
            for key in node.object:
                found[key].append(position)
        return found

    @cached_property
    def marks(self) -> dict[str, list[tuple[str, Node]]]:
        """Every typed object that has extensions, with its kind, by the name of each."""
        found: dict[str, list[tuple[str, Node]]] = defaultdict(list)
        for kind in _MARKED:
            for node in self.nodes[kind]:
                for key in node.object:
                    if key.startswith("x-"):
                        found[key].append((kind, node))
        return found

    def _operations(self) -> Iterator[Operation]:
        done = set[str]()
        holders = [holder for key in ("paths", "webhooks") if (holder := self.document.node.child(key))]
        for holder in [*holders, *self.nodes["callback"]]:
            for path, entry in holder.members():
                if path.startswith("x-"):
                    continue
                item = entry.resolve()
                for method, node in called(item):
                    if isinstance(node.value, Object):
                        done.add(node.pointer)
                        yield Operation(path, method, node, item, tuple(_parameters(item, node)))
        for node in self.nodes["operation"]:
            if node.pointer not in done and isinstance(node.value, Object):
                above = node.pointer.rpartition("/")[0].removesuffix("/additionalOperations")
                item = self.document.find(above) or node
                yield Operation("", node.key, node, item, tuple(_parameters(item, node)))


def _parameters(item: Node, operation: Node) -> Iterator[Node]:
    for holder in (item, operation):
        listed = holder.child("parameters")
        for entry in listed.elements() if listed else ():
            yield entry.resolve()


@remembered
def of(document: Document) -> Index:
    """The index of a document, kept since every rule asks for it."""
    return Index(document)


def schemas(document: Document) -> list[Node]:
    """Every schema and subschema, in order of standing; also what stands in a schema's place and is none."""
    return of(document).nodes["schema"]


def saying(document: Document, *keywords: str) -> Iterator[Node]:
    """Those of the schemas that have any of some keywords: most have few, and most rules are about few."""
    known, nodes = of(document).keywords, schemas(document)
    positions = {position for keyword in keywords for position in known.get(keyword, ())}
    return (nodes[position] for position in sorted(positions))


def references(document: Document) -> list[tuple[str, Node]]:
    """Every object that is a `$ref`, with the kind of thing that its position asks for."""
    return of(document).references


def operations(document: Document) -> tuple[Operation, ...]:
    """Every operation: those of paths, webhooks, callbacks, and of path items that no path refers to."""
    return of(document).operations


def marked(document: Document, extension: str) -> Iterator[tuple[str, Node, Node]]:
    """Every typed object with an extension that the generator reads: its kind, itself, the extension."""
    for kind, node in of(document).marks.get(extension, ()):
        yield kind, node, node[extension]


def path_operations(document: Document) -> Iterator[tuple[str, str, Node]]:
    """Path, method and node of each operation that a client can call; the document is normalized."""
    for path, item in document.node.members_of("paths"):
        for method, node in item.members():
            yield path, method, node


def schemas_below(starts: Iterable[tuple[str, Node]]) -> Iterator[Node]:
    """Every schema in typed objects, each given with its kind; references are followed."""
    seen, waiting = set[str](), list(starts)
    while waiting:
        kind, start = waiting.pop()
        for inner, node in typed_nodes(start, kind):
            if inner != "schema" or node.pointer in seen:
                continue
            seen.add(node.pointer)
            yield node
            if (found := node.target) is not None:
                waiting.append(("schema", found))


def parent(document: Document, pointer: str) -> str:
    """The pointer of the schema that a subschema stands in, when both apply to the same value; else ''."""
    steps = pointer.split("/")
    for back in (2, 3):
        holder = "/".join(steps[: 1 - back])
        if len(steps) > back and steps[1 - back] in IN_PLACE and of(document).kinds.get(holder) == "schema":
            takes_name = CHILDREN["schema"][steps[1 - back]][0] in "[{"
            if takes_name == (back == 3):
                return holder
    return ""
