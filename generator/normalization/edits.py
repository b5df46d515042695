"""Changes to a document by the pointers of what they set or remove; all are made in one go, and places are kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from generator.document.tree import Array, Document, Json, Object, unescape

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Removed:
    """In the place of a value: the member or element is taken away."""


REMOVED: Final = _Removed()
Edit: TypeAlias = tuple[str, "Json | _Removed"]
"""A pointer, and what is to be there; `-` as its last step is the place behind the last element."""
_Tree: TypeAlias = "dict[str, _Tree | _Leaf]"


class _Leaf:
    """A new value at the end of a pointer."""

    def __init__(self, value: Json | _Removed) -> None:
        self.value = value


def edited(document: Document, edits: Iterable[Edit]) -> Document:
    """The document with the edits made; itself if there are none. What is removed takes edits inside it along."""
    tree: _Tree = {}
    for pointer, value in edits:
        if pointer:  # of the document as a whole there is no other
            _plant(tree, [unescape(step) for step in pointer.split("/")[1:]], value)
    if not tree:
        return document
    root = _rebuilt(document.root, tree)
    return replace(document, root=root) if isinstance(root, Object) else document


def _plant(tree: _Tree, steps: list[str], value: Json | _Removed) -> None:
    for step in steps[:-1]:
        below = tree.setdefault(step, {})
        if isinstance(below, _Leaf):
            return  # what holds it is replaced as a whole
        tree = below
    if steps[-1] == "-":
        steps = [*steps[:-1], f"-{len(tree)}"]
    tree[steps[-1]] = _Leaf(value)


def _rebuilt(value: Json, tree: _Tree) -> Json:
    if isinstance(value, Array):
        return _elements(value, tree)
    if not isinstance(value, Object):
        return value
    changes: dict[str, Json] = {}
    gone = []
    for key, edit in tree.items():
        if not isinstance(edit, _Leaf):
            changes[key] = _rebuilt(value.get(key), edit)
        elif isinstance(edit.value, _Removed):
            gone.append(key)
        else:
            changes[key] = edit.value
    return value.changed({key: one for key, one in changes.items() if key in value or _is_new(tree[key])}, drop=gone)


def _is_new(edit: _Tree | _Leaf) -> bool:
    return isinstance(edit, _Leaf)


def _elements(value: Array, tree: _Tree) -> Array:
    kept: list[Json] = []
    places = []
    for position, element in enumerate(value):
        edit = tree.get(str(position))
        if isinstance(edit, _Leaf) and isinstance(edit.value, _Removed):
            continue
        if edit is None:
            kept.append(element)
        else:
            new = edit.value if isinstance(edit, _Leaf) else _rebuilt(element, edit)
            kept.append(element if isinstance(new, _Removed) else new)
        places.append(value.places[position] if position < len(value.places) else value.location)
    for step, edit in tree.items():
        if step.startswith("-") and isinstance(edit, _Leaf) and not isinstance(edit.value, _Removed):
            kept.append(edit.value)
            places.append(value.location)
    return Array(kept, value.location, places)
