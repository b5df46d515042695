"""Everything that stands beside what an object of a description means: texts, examples, deprecation, extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.review.annotations import compare_annotations
from generator.review.extensions import compare_extensions
from generator.review.nodes import chain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.document.grammar import Side
    from generator.document.tree import Node
    from generator.review.change import Change, Use


def described(base: Node, head: Node, side: Side | None, uses: Sequence[Use]) -> Iterator[Change]:
    """What is said differently at two nodes that correspond, and along the references that they are."""
    old, new = chain(base), chain(head)
    yield from compare_annotations(old, new, side, uses)
    yield from compare_extensions(old, new, side, uses)
