"""Where things stand in an OpenAPI description: every typed node, every schema, reference and operation.

Imports no stage. `CHILDREN` is the grammar: for each kind of object, which members hold which kind. Whatever it does
not name (examples, defaults, enums, extensions) is data and never entered, so a `$ref` in there is no reference.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from generator.document import Array, Document, Json, Node, Object, remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

IN_PLACE: Final = frozenset(("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"))
"""Schema keywords whose subschemas apply to the same value as the schema that they stand in."""

_SCHEMA: Final = {
    **dict.fromkeys(("properties", "patternProperties", "$defs", "dependentSchemas"), "{}schema"),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), "[]schema"),
    **dict.fromkeys(("items", "additionalProperties", "unevaluatedItems", "unevaluatedProperties"), "schema"),
    **dict.fromkeys(("propertyNames", "contains", "contentSchema", "not", "if", "then", "else"), "schema"),
}

CHILDREN: Final[Mapping[str, Mapping[str, str]]] = {
    "document": {"paths": "{}~path-item", "webhooks": "{}path-item", "components": "components"},
    "components": {
        "schemas": "{}schema",
        "responses": "{}response",
        "parameters": "{}parameter",
        "examples": "{}example",
        "requestBodies": "{}request-body",
        "headers": "{}header",
        "securitySchemes": "{}security-scheme",
        "links": "{}link",
        "callbacks": "{}callback",
        "pathItems": "{}path-item",
    },
    "path-item": {"parameters": "[]parameter", **dict.fromkeys(METHODS, "operation")},
    "operation": {
        "parameters": "[]parameter",
        "requestBody": "request-body",
        "responses": "{}~response",
        "callbacks": "{}callback",
    },
    "parameter": {"schema": "schema", "content": "{}media-type", "examples": "{}example"},
    "header": {"schema": "schema", "content": "{}media-type", "examples": "{}example"},
    "request-body": {"content": "{}media-type"},
    "response": {"headers": "{}header", "content": "{}media-type", "links": "{}link"},
    "media-type": {"schema": "schema", "examples": "{}example", "encoding": "{}encoding"},
    "encoding": {"headers": "{}header"},
    "schema": _SCHEMA,
    "callback": {},
    "example": {},
    "link": {},
    "security-scheme": {},
}
"""kind -> member -> what it holds: a `kind`, `{}kind` a map of them, `[]kind` a list; `~`: `x-` keys of the map are
extensions. Every member of a callback but its extensions is a path item."""

COMPONENT_KINDS: Final = {holder: spec.lstrip("{}~") for holder, spec in CHILDREN["components"].items()}
"""`schemas` -> `schema` and so on."""

_MARKED: Final = (
    *("document", "path-item", "operation", "parameter", "header", "request-body", "response", "media-type"),
    "schema",
)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation under a path, webhook or callback; `parameters` are resolved, the operation's own come last."""

    path: str
    method: str
    node: Node
    item: Node
    parameters: tuple[Node, ...]

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"


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

    def _operations(self) -> Iterator[Operation]:
        done = set[str]()
        holders = [holder for key in ("paths", "webhooks") if (holder := self.document.node.child(key))]
        for holder in [*holders, *self.nodes["callback"]]:
            for path, entry in holder.members():
                if path.startswith("x-"):
                    continue
                item = entry.resolve()
                for method in METHODS:
                    node = item.child(method)
                    if node is not None and isinstance(node.value, Object):
                        done.add(node.pointer)
                        yield Operation(path, method, node, item, tuple(_parameters(item, node)))
        for node in self.nodes["operation"]:
            if node.pointer not in done and isinstance(node.value, Object):
                item = self.document.find(node.pointer.rpartition("/")[0]) or node
                yield Operation("", node.key, node, item, tuple(_parameters(item, node)))


def _parameters(item: Node, operation: Node) -> Iterator[Node]:
    for holder in (item, operation):
        listed = holder.child("parameters")
        for entry in listed.elements() if listed else ():
            yield entry.resolve()


@remembered
def index(document: Document) -> Index:
    """The index of a document, kept since every rule asks for it."""
    return Index(document)


def schemas(document: Document) -> list[Node]:
    """Every schema and subschema, in order of standing; also what stands in a schema's place and is none."""
    return index(document).nodes["schema"]


def references(document: Document) -> list[tuple[str, Node]]:
    """Every object that is a `$ref`, with the kind of thing that its position asks for."""
    return index(document).references


def operations(document: Document) -> tuple[Operation, ...]:
    """Every operation: those of paths, webhooks, callbacks, and of path items that no path refers to."""
    return index(document).operations


def marked(document: Document, extension: str) -> Iterator[tuple[str, Node, Node]]:
    """Every typed object with an extension that the generator reads: its kind, itself, the extension."""
    for kind in _MARKED:
        for node in index(document).nodes[kind]:
            found = node.child(extension)
            if found is not None:
                yield kind, node, found


def path_operations(document: Document) -> Iterator[tuple[str, str, Node]]:
    """Path, method and node of each operation that a client can call; the document is normalized."""
    for path, item in document.node.members_of("paths"):
        for method in METHODS:
            node = item.child(method)
            if node is not None:
                yield path, method, node


def typed_nodes(start: Node, kind: str = "document") -> Iterator[tuple[str, Node]]:
    """All nodes whose position gives them a kind, depth first, without following references."""
    stack = [(kind, start)]
    while stack:
        kind, node = stack.pop()
        yield kind, node
        stack.extend(reversed([*typed_children(kind, node)]))


def typed_children(kind: str, node: Node) -> Iterator[tuple[str, Node]]:
    """The typed nodes right below one."""
    holder, held = node, None
    for (key, *rest), child_kind in typed_steps(kind, node.value):
        if rest and key != held:
            holder, held = node[key], key  # once for all that it holds
        yield child_kind, holder[rest[0]] if rest else node[key]


def typed_steps(kind: str, value: Json) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The steps from a value of some kind to the typed values right below it, with their kinds."""
    if not isinstance(value, Object):
        return
    if kind == "callback":
        yield from (((key,), "path-item") for key in value if key != "$ref" and not key.startswith("x-"))
        return
    grammar = CHILDREN[kind]
    for key, member in value.items():
        spec = grammar.get(key)
        if spec is None:
            continue
        child_kind = spec.lstrip("[]{}~")
        if spec.startswith("{}"):
            if isinstance(member, Object):
                for name in member:
                    if not (spec.startswith("{}~") and name.startswith("x-")):
                        yield (key, name), child_kind
        elif spec.startswith("[]"):
            if isinstance(member, Array):
                for position in range(len(member)):
                    yield (key, position), child_kind
        else:
            yield (key,), child_kind


def parent(document: Document, pointer: str) -> str:
    """The pointer of the schema that a subschema stands in, when both apply to the same value; else ''."""
    steps = pointer.split("/")
    for back in (2, 3):
        holder = "/".join(steps[: 1 - back])
        if len(steps) > back and steps[1 - back] in IN_PLACE and index(document).kinds.get(holder) == "schema":
            takes_name = CHILDREN["schema"][steps[1 - back]][0] in "[{"
            if takes_name == (back == 3):
                return holder
    return ""


def target(node: Node) -> Node | None:
    """What the `$ref` of a node names, one step far; `None` when it is dead or not of this document."""
    reference = node.reference
    return node.document.find(reference) if reference is not None and reference.startswith("#") else None


def contents(holder: Node) -> Iterator[Node]:
    """The schemas of the bodies that a request or an answer can have."""
    for _, media in holder.resolve().members_of("content"):
        if (schema := media.child("schema")) is not None:
            yield schema


def parts(schema: Node, composed_by: Iterable[str] = ("allOf", "anyOf", "oneOf")) -> Iterator[Node]:
    """A schema, references followed, and the schemas that it is composed of."""
    seen, waiting = set[str](), [schema]
    while waiting:
        node = waiting.pop().resolve()
        if node.pointer not in seen:
            seen.add(node.pointer)
            yield node
            waiting.extend(reversed([part for key in composed_by for part in node.elements_of(key)]))


def options(schema: Node) -> Iterator[Node]:
    """The schemas that a value is a choice of, references followed; the schema itself if it is none."""
    choices = ("anyOf", "oneOf")
    return (part for part in parts(schema, choices) if not any(part.child(key) for key in choices))


def properties(schemas: Iterable[Node], name: str) -> list[Node]:
    """What the schemas of objects say of a property."""
    return [found for schema in schemas for part in parts(schema) if (found := part.at("properties", name))]


def items(schemas: Iterable[Node]) -> list[Node]:
    """What the schemas of arrays say of their elements."""
    return [found for schema in schemas for part in parts(schema) if (found := part.child("items"))]


def elements(schema: Node, name: str) -> list[Node]:
    """The schemas that an element of a property, an array, is a choice of."""
    return [option for one in items(properties([schema], name)) for option in options(one)]
