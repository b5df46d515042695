"""OpenAPI's grammar: which members of an object hold typed objects, and of which kind.

Whatever `CHILDREN` does not name (examples, defaults, enums, extensions) is data and never entered, so a `$ref` in
there is no reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from generator.document.tree import Array, Object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.document.tree import Json, Node

Side: TypeAlias = Literal["request", "response"]
"""Which way a value goes."""

HIDDEN: Final[Mapping[Side, str]] = {"request": "readOnly", "response": "writeOnly"}
"""The keyword that takes a property away from a side."""

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""Those that have a member of their own in a path item; `query` has it since 3.2."""

WITHOUT_CONTENT: Final = ("204", "205", "304")
"""The statuses whose answers never have content (RFC 9110, 15.3.5, 15.3.6 and 15.4.5)."""

IN_PLACE: Final = frozenset(("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"))
"""Schema keywords whose subschemas apply to the same value as the schema that they stand in."""

_SCHEMA: Final = {
    **dict.fromkeys(("properties", "patternProperties", "$defs", "definitions", "dependentSchemas"), "{}schema"),
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
        "mediaTypes": "{}media-type",
    },
    "path-item": {
        "parameters": "[]parameter",
        **dict.fromkeys(METHODS, "operation"),
        "additionalOperations": "{}operation",
    },
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
    "media-type": {
        "schema": "schema",
        "itemSchema": "schema",
        "examples": "{}example",
        "encoding": "{}encoding",
        "itemEncoding": "encoding",
        "prefixEncoding": "[]encoding",
    },
    "encoding": {"headers": "{}header"},
    "schema": _SCHEMA,
    "callback": {},
    "example": {},
    "link": {},
    "security-scheme": {},
}
"""kind -> member -> what it holds: a `kind`, `{}kind` a map of them, `[]kind` a list; `~`: `x-` keys of the map are
extensions. Every member of a callback but its extensions is a path item."""

_HELD: Final = {
    kind: {key: (spec[: -len(one)], one) for key, spec in children.items() if (one := spec.lstrip("[]{}~"))}
    for kind, children in CHILDREN.items()
}
"""The same, with what holds them (`{}`, `{}~`, `[]` or nothing) and their kind apart."""

COMPONENT_KINDS: Final = {holder: spec.lstrip("{}~") for holder, spec in CHILDREN["components"].items()}
"""`schemas` -> `schema` and so on."""


def called(item: Node) -> Iterator[tuple[str, Node]]:
    """The operations of a path item: by its members for them, then by the other methods, written as they are sent."""
    for method in METHODS:
        if (node := item.child(method)) is not None:
            yield method, node
    yield from item.members_of("additionalOperations")


def place_of(parameter: Node) -> tuple[str, str]:
    """Where a parameter goes, and its name there, by which it is another or the same; names of headers have no case."""
    where, name = parameter.text("in"), parameter.text("name")
    return where, name.lower() if where == "header" else name


def sent_as(method: str) -> str:
    """The method in a request, which has no case where the path item has a member for it."""
    return method.upper() if method in METHODS else method


def typed_nodes(start: Node, kind: str = "document") -> Iterator[tuple[str, Node]]:
    """All nodes whose position gives them a kind, depth first, without following references."""
    stack = [(kind, start)]
    while stack:
        kind, node = stack.pop()
        yield kind, node
        stack.extend(reversed([*typed_children(kind, node)]))


def typed_children(kind: str, node: Node) -> Iterator[tuple[str, Node]]:
    """The typed nodes right below one."""
    if kind == "callback":
        yield from (("path-item", one) for key, one in node.members() if key != "$ref" and not key.startswith("x-"))
        return
    grammar = _HELD[kind]
    for key in node.object:
        if key in grammar:
            form, child_kind = grammar[key]
            if form == "":
                yield child_kind, node[key]
            elif form == "[]":
                yield from ((child_kind, one) for one in node[key].elements())
            else:
                named = node[key].members()
                yield from ((child_kind, one) for name, one in named if form == "{}" or not name.startswith("x-"))


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
