"""Changes with the places of the nodes that they are about: what many operations feel of one place is one change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.document.tree import Array, Object
from generator.review.change import Change, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.diagnostics import Location
    from generator.document.grammar import Side
    from generator.document.tree import Node
    from generator.review.catalogue import ChangeRule
    from generator.review.change import Use, Wire


def change(
    rule: ChangeRule,
    message: str,
    *,
    before: Node | None = None,
    after: Node | None = None,
    side: Side | None = None,
    uses: Iterable[Use] = (),
    wire: Wire | None = None,
) -> Change:
    """A change between two nodes; `wire` where it is known better than the rule's verdict, which is for the worst."""
    return Change(
        rule.id,
        message,
        rule.verdict(side) if wire is None else wire,
        side,
        None if before is None else _place(before),
        None if after is None else _place(after),
        tuple(uses),
    )


def _place(node: Node) -> Place:
    """Where a node stands: in its own file, where a reference to a file put it in its place."""
    value = node.value
    if isinstance(value, Object | Array) and value.location.file != node.location.file:
        return Place(node.pointer, value.location)
    return Place(node.pointer, node.location)


def grouped(changes: Iterable[Change]) -> Iterator[Change]:
    """The same changes in the same order, each once: what many operations feel of one shared place is one change.

    Places are told apart by file, line and column: a file that many refer to is one place with many pointers.
    """
    groups: dict[tuple[object, ...], list[Change]] = {}
    for one in changes:
        key = (one.rule, one.message, one.side, one.wire, _location(one.before), _location(one.after))
        groups.setdefault(key, []).append(one)
    for group in groups.values():
        yield replace(group[0], uses=tuple(dict.fromkeys(use for one in group for use in one.uses)))


def _location(place: Place | None) -> Location | None:
    return None if place is None else place.location
