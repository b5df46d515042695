"""Which operation of the head is which of the base: by method and path, where names of path parameters do not count.

A path that has given its beginning to the servers, or has taken it from them, leads to the same address as before.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from generator.document import grammar
from generator.document.tree import Document, Node, Object
from generator.review.change import Use
from generator.review.operations.addresses import ORIGIN, VARIABLE, address, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Operation(msgspec.Struct, frozen=True):
    """An operation that a client can call. `entry` is its path item as it stands under the path, maybe a reference."""

    path: str
    method: str
    node: Node
    entry: Node

    def __str__(self) -> str:
        return f"{grammar.sent_as(self.method)} {self.path}"

    @property
    def item(self) -> Node:
        """The path item."""
        return self.entry.resolve()

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the path's parameters, in the order of the path."""
        return tuple(VARIABLE.findall(self.path))

    @property
    def shape(self) -> str:
        """The path without the names of its parameters."""
        return VARIABLE.sub("{}", self.path)

    @property
    def servers(self) -> tuple[Node, list[Node]]:
        """Who says where the operation is served, and the list: empty where nobody does."""
        root = self.node.document.node
        held = ((holder, list(holder.elements_of("servers"))) for holder in (self.node, self.item, root))
        return next((one for one in held if one[1]), (root, []))

    @property
    def place(self) -> str:
        """Where calls go, if that is the only server of the whole API; empty else.

        Who calls one of several, or of those that are told of nowhere, says by himself what the paths stand below.
        """
        holder, listed = self.servers
        urls = [] if holder.pointer else [one.text("url") for one in listed]
        return joined(address(urls[0]), self.shape) if len(urls) == 1 and ORIGIN.match(urls[0]) else ""

    def use(self, part: str = "") -> Use:
        """The operation as a place where a change is felt."""
        return Use(str(self), part, "")


class Pair(msgspec.Struct, frozen=True):
    """An operation of the base and what has become of it."""

    base: Operation
    head: Operation

    def use(self, part: str = "") -> Use:
        """The operation as a place where a change is felt, called as in the head."""
        return self.head.use(part)

    @property
    def renamed(self) -> Mapping[str, str]:
        """The name in the base of each path parameter -> that in the head, by position."""
        return dict(zip(self.base.variables, self.head.variables, strict=True))


class Matching(msgspec.Struct, frozen=True):
    """All operations of both sides, in the order of the head; those that are gone in the order of the base."""

    pairs: tuple[Pair, ...]
    added: tuple[Operation, ...]
    removed: tuple[Operation, ...]


def match(base: Document, head: Document) -> Matching:
    """Pair the operations: those of the same path, of paths that differ in names of parameters, of the same address."""
    old = {(one.method, one.path): one for one in operations(base)}
    new = {(one.method, one.path): one for one in operations(head)}
    partner = {key: key for key in new if key in old}
    for of in (attrgetter("shape"), attrgetter("place")):
        taken = set(partner.values())
        known = {
            (one.method, of(one), len(one.variables)): key
            for key, one in reversed(old.items())
            if of(one) and key not in taken
        }
        for key, one in new.items():
            found = None if key in partner else known.pop((one.method, of(one), len(one.variables)), None)
            if found is not None:
                partner[key] = found
    return Matching(
        tuple(Pair(old[partner[key]], one) for key, one in new.items() if key in partner),
        tuple(one for key, one in new.items() if key not in partner),
        tuple(one for key, one in old.items() if key not in set(partner.values())),
    )


def operations(document: Document) -> Iterator[Operation]:
    """The operations under `paths`, in order."""
    for path, entry in document.node.members_of("paths"):
        item = entry.resolve()
        for method, node in () if path.startswith("x-") else grammar.called(item):
            if isinstance(node.value, Object):
                yield Operation(path, method, node, entry)
