"""Whether two parts of a description are the same in all that they say, for parts that are shown and not judged."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from generator.document.tree import Array, Node, Object
from generator.document.values import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator


def difference(base: Node | None, head: Node | None) -> tuple[Node | None, Node | None] | None:
    """The first place where they differ, `None` on the side that has nothing there; `None` altogether for equals.

    Where a value stands does not count: references are followed, and the order of members does not matter.
    """
    waiting: list[tuple[Node | None, Node | None]] = [(base, head)]
    seen = set[tuple[str, str]]()
    while waiting:
        before, after = waiting.pop()
        if before is None and after is None:
            continue
        if before is None or after is None:
            return before, after
        # A pair that is met again, as in a recursive schema, is equal unless it differs where it was met first.
        if (before.pointer, after.pointer) in seen:
            continue
        seen.add((before.pointer, after.pointer))
        old, new = _members(before), _members(after)
        if old is not None and new is not None:
            names = dict.fromkeys((*new, *old))
            waiting.extend((old.get(name), new.get(name)) for name in reversed(names))
        elif isinstance(before.value, Array) and isinstance(after.value, Array):
            waiting.extend(reversed([*zip_longest(before.elements(), after.elements())]))
        elif canonical(before.value) != canonical(after.value):
            return before, after
    return None


def _members(node: Node) -> dict[str, Node] | None:
    """The members of an object, those that a reference leads to included; `None` for other values."""
    if not isinstance(node.value, Object):
        return None
    members = dict(_beside(node))
    target = node.resolve() if node.reference is not None else node
    if target.pointer == node.pointer:
        return dict(node.members())
    inside = _members(target) or {}
    both = {name for name in members if name in inside} - {"description", "summary"}
    # Beside a reference a schema says more, it does not say it instead: then what it leads to is kept apart.
    return {**members, "$ref": target} if both else {**inside, **members}


def _beside(node: Node) -> Iterator[tuple[str, Node]]:
    return ((name, member) for name, member in node.members() if name != "$ref")
