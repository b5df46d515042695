"""Which operation of the head is which of the base: by method and path, where names of path parameters do not count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from generator.document import grammar
from generator.document.tree import Document, Node, Object
from generator.review.change import Use

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")


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
        return tuple(_VARIABLE.findall(self.path))

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
    """Pair the operations: those of the same path first, then those whose paths differ in names of parameters alone."""
    old = {(one.method, one.path): one for one in operations(base)}
    new = {(one.method, one.path): one for one in operations(head)}
    partner = {key: key for key in new if key in old}
    shapes = {(method, _shape(path)): (method, path) for method, path in reversed(old) if (method, path) not in partner}
    for method, path in new:
        found = None if (method, path) in partner else shapes.pop((method, _shape(path)), None)
        if found is not None:
            partner[method, path] = found
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


def _shape(path: str) -> str:
    return _VARIABLE.sub("{}", path)
