"""Schemas of base and head, compared by what they mean. A stub: its author is at work on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.document import Document, Node
    from generator.ir import Side
    from generator.review.change import Change, Use


class SchemaComparison:
    """Collects pairs of schemas in places of use; tells what differs once, with every use."""

    def __init__(self, base: Document, head: Document) -> None:
        self.base = base
        self.head = head

    def compare(self, base: Node, head: Node, side: Side, use: Use) -> None:
        """Two schemas that stand in the same place of use; `use.path` is empty."""
        raise NotImplementedError

    def changes(self) -> tuple[Change, ...]:
        """Everything that differs below all pairs that were given."""
        raise NotImplementedError
