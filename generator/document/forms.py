"""What has not the form that its place asks for: no object where the grammar has one, no list where it has a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.document import index
from generator.document.grammar import CHILDREN
from generator.document.tree import Array, Object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.document.tree import Document, Node

_LISTS: Final = {
    "document": ("servers", "tags", "security"),
    "path-item": ("servers",),
    "operation": ("servers", "tags", "security"),
}
"""Members that are lists, of what the grammar has no kinds for."""
_SPECS: Final = {
    kind: {key: spec[:2] for key, spec in children.items()} | dict.fromkeys(_LISTS.get(kind, ()), "[]")
    for kind, children in CHILDREN.items()
}
_PLACES: Final = ("path", "query", "header", "cookie")


def misfits(document: Document) -> Iterator[tuple[Node, str]]:
    """Each value that its place cannot have, and what belongs there. Of schemas the rules on keywords speak."""
    found = index.of(document)
    places = (*_PLACES, "querystring") if str(document.root.get("openapi")).startswith("3.2") else _PLACES
    for kind, nodes in found.nodes.items():
        for node in nodes:
            if kind not in ("schema", "document") and not isinstance(node.value, Object):
                yield node, "an object"
            elif kind != "schema":
                yield from _holders(kind, node)
    for node in found.nodes["parameter"]:
        if isinstance(node.value, Object) and node.reference is None:
            if not node.text("name"):
                yield node, "a parameter with a name"
            elif node.text("in") not in places:
                yield node, f"a parameter of {', '.join(places[:-1])} or {places[-1]}"


def _holders(kind: str, node: Node) -> Iterator[tuple[Node, str]]:
    for key, spec in _SPECS[kind].items():
        held = node.child(key)
        if held is not None and spec == "[]" and not isinstance(held.value, Array):
            yield held, "a list"
        elif held is not None and key in _LISTS.get(kind, ()):
            is_text = (kind, key) == ("operation", "tags")
            for one in held.elements():
                if not isinstance(one.value, str if is_text else Object):
                    yield one, "a text" if is_text else "an object"
        elif held is not None and spec == "{}" and not isinstance(held.value, Object):
            yield held, "a map"
