"""Callbacks and webhooks: what the server sends. Whether anything of them differs is shown and not judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.review import catalogue
from generator.review.operations.difference import difference
from generator.review.places import change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.document.tree import Document, Node
    from generator.review.change import Change, Use
    from generator.review.operations.matching import Pair


def callbacks(pair: Pair) -> Iterator[Change]:
    """What the server calls back after an operation."""
    yield from sent("callback", pair.base.node.child("callbacks"), pair.head.node.child("callbacks"), [pair.use()])


def webhooks(base: Document, head: Document) -> Iterator[Change]:
    """What the server sends without being asked; no operation feels it."""
    yield from sent("webhook", base.node.child("webhooks"), head.node.child("webhooks"), ())


def sent(what: str, base: Node | None, head: Node | None, uses: Sequence[Use]) -> Iterator[Change]:
    """How the members of two maps differ, each by its name and the first place that is another."""
    old = dict(base.members()) if base is not None else {}
    new = dict(head.members()) if head is not None else {}
    for name in dict.fromkeys((*new, *old)):
        before, after = old.get(name), new.get(name)
        found = difference(before, after)
        if found is None:
            continue
        where = found[1] or found[0]
        if before is not None and after is not None and where is not None:
            message = f"the {what} `{name}` is another, first at `{where.key}`"
        else:
            message = f"the {what} `{name}` is {'gone' if after is None else 'new'}"
        yield change(catalogue.CALLBACK_CHANGED, message, before=found[0] or before, after=found[1] or after, uses=uses)
