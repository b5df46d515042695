"""What schemas say beside which values they allow: texts, examples, extensions, defaults, discriminators."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.review import catalogue
from generator.review.annotations import compare_annotations
from generator.review.extensions import compare_extensions
from generator.review.places import chain
from generator.review.rules.wording import code
from generator.review.schemas import alternatives
from generator.review.schemas.subject import several, value
from generator.rules.values import canonical

if TYPE_CHECKING:
    from generator.document import Node
    from generator.review.schemas.conjunction import Conjunction
    from generator.review.schemas.level import Level


def compare_sayings(level: Level) -> None:
    """Everything that is said of the value as a whole: where it is used, or where references lead."""
    base, head = (tuple(one for node in nodes for one in chain(node)) for nodes in (level.base, level.head))
    said = [*compare_annotations(base, head, level.side, ()), *compare_extensions(base, head, level.side, ())]
    level.changes.extend(replace(one, message=f"{level.use}: {one.message}") for one in said)
    _default(level, _outermost(base, "default"), _outermost(head, "default"))
    _discriminator(level, _outermost(base, "discriminator"), _outermost(head, "discriminator"))


def _outermost(nodes: Conjunction, word: str) -> Node | None:
    return next((found for node in nodes if (found := node.child(word)) is not None), None)


def _default(level: Level, before: Node | None, after: Node | None) -> None:
    if before is None and after is not None:
        message = f"{level.use}, left out, is {value(after)}: said for the first time"
        level.either(catalogue.DEFAULT_ADDED, message, None, after)
    elif after is None and before is not None:
        message = f"{level.use}, left out, was {value(before)}: no longer said"
        level.either(catalogue.DEFAULT_REMOVED, message, before, None)
    elif before is not None and after is not None and canonical(before.value) != canonical(after.value):
        message = f"{level.use}, left out, is {value(after)}, was {value(before)}"
        level.either(catalogue.DEFAULT_CHANGED, message, before, after)


def _discriminator(level: Level, before: Node | None, after: Node | None) -> None:
    if before is None and after is not None:
        message = f"forms of {level.use} are told apart by `{after.text('propertyName')}`"
        level.either(catalogue.DISCRIMINATOR_ADDED, message, None, after)
    elif after is None and before is not None:
        message = f"forms of {level.use} are no longer told apart by `{before.text('propertyName')}`"
        level.either(catalogue.DISCRIMINATOR_REMOVED, message, before, None)
    elif before is not None and after is not None:
        ours, theirs = before.text("propertyName"), after.text("propertyName")
        if ours != theirs:
            message = f"forms of {level.use} are told apart by `{theirs}`, was `{ours}`"
            level.either(catalogue.DISCRIMINATOR_CHANGED, message, before, after)
            return
        gone, new = (alternatives.labels(before, level.base[0]), alternatives.labels(after, level.head[0]))
        if gone != new:
            said = [
                f"{word} {several(map(code, sorted(names)), 'and')}"
                for word, names in (("without", gone - new), ("with", new - gone))
                if names
            ]
            message = f"the values of `{theirs}` that tell forms of {level.use} apart are others: {', '.join(said)}"
            level.either(catalogue.DISCRIMINATOR_CHANGED, message, before, after)
