"""`x-echo`: what an answer says again of its request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.api.model import Echo, Sum
from generator.document.tree import Array

if TYPE_CHECKING:
    from generator.document.tree import Node


def echo(schema: Node) -> Echo | None:
    """What a normalized answer says of itself."""
    mark = schema.child("x-echo")
    if mark is None or schema.text("x-side") != "response":
        return None
    return Echo(
        same=tuple(str(one.value) for one in mark.elements_of("same")),
        sums=tuple(_sum(total, rule) for total, rule in mark.members_of("sums")),
    )


def _sum(total: str, rule: Node) -> Sum:
    return Sum(
        total=total,
        of=tuple(str(one.value) for one in rule.elements_of("of")),
        unless=tuple(
            (path, tuple(one.value) if isinstance(one.value, Array) else None)
            for path, one in rule.members_of("unless")
        ),
        rounded=rule.is_true("rounded"),
    )
