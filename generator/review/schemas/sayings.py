"""What schemas say beside which values they allow: texts, examples, extensions, defaults, discriminators."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.review import catalogue
from generator.review.annotations import compare_annotations
from generator.review.catalogue import BREAKS, NARROWER, WIDER
from generator.review.extensions import compare_extensions
from generator.review.places import chain
from generator.review.rules.wording import code
from generator.review.schemas import alternatives
from generator.review.schemas.conjunction import CHOICES
from generator.review.schemas.subject import several, value
from generator.validation.rules.values import canonical

if TYPE_CHECKING:
    from generator.document.tree import Node
    from generator.review.schemas.conjunction import Conjunction
    from generator.review.schemas.level import Level


def compare_sayings(level: Level) -> None:
    """Everything that is said of the value as a whole: where it is used, or where references lead."""
    base, head = (tuple(one for node in nodes for one in chain(node)) for nodes in (level.base, level.head))
    said = [*compare_annotations(base, head, level.side, ()), *compare_extensions(base, head, level.side, ())]
    level.changes.extend(replace(one, message=_about(level.use, one.message)) for one in said)
    _default(level, _outermost(base, "default"), _outermost(head, "default"))
    if not any(_is_one_form(node) for node in (*base, *head)):
        _discriminator(level, _outermost(base, "discriminator"), _outermost(head, "discriminator"))


def _is_one_form(node: Node) -> bool:
    """Whether a schema stands for one of its forms, which is compared by itself: its discriminator is told above."""
    whole = node.document.find(node.pointer)
    return (
        "discriminator" in node.object
        and any(word in (whole or node).object for word in CHOICES)
        and not any(word in node.object for word in CHOICES)
    )


def _about(what: str, message: str) -> str:
    return f"{what} {message[5:]}" if message.startswith("this ") else f"{what}: {message}"


def _outermost(nodes: Conjunction, word: str) -> Node | None:
    return next((found for node in nodes if (found := node.child(word)) is not None), None)


def _default(level: Level, before: Node | None, after: Node | None) -> None:
    if before is None and after is not None:
        message = f"{level.use}, left out, is {value(after)}: said for the first time"
        level.say(catalogue.DEFAULT_ADDED, message, level.base[0], after)
    elif after is None and before is not None:
        message = f"{level.use}, left out, was {value(before)}: no longer said"
        level.say(catalogue.DEFAULT_REMOVED, message, before, level.head[0])
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
        level.shown_by_nothing()
    elif before is not None and after is not None:
        ours, theirs = before.text("propertyName"), after.text("propertyName")
        if ours != theirs:
            message = f"forms of {level.use} are told apart by `{theirs}`, was `{ours}`"
            level.either(catalogue.DISCRIMINATOR_CHANGED, message, before, after)
            level.shown_by_nothing()
            return
        _labels(level, before, after)


def _labels(level: Level, before: Node, after: Node) -> None:
    """The values that stand for forms. One that comes or goes with its form is told by that."""
    ours, theirs = alternatives.labels(before), alternatives.labels(after)
    gone = [label for label, form in ours.items() if label not in theirs and form not in level.forms_gone]
    new = [label for label, form in theirs.items() if label not in ours and form not in level.forms_new]
    moved = [
        label
        for label, form in ours.items()
        if label in theirs
        and theirs[label] != form
        and not (form in level.forms_gone and theirs[label] in level.forms_new)
        and (after.document.find(form) is not None or before.document.find(theirs[label]) is not None)
    ]
    said = [
        f"{word} {several(map(code, sorted(names)), 'and')}"
        for word, names in (("without", gone), ("with", new), ("another form for", moved))
        if names
    ]
    if not said:
        return
    one_way = NARROWER if not new and not moved else WIDER if not gone and not moved else BREAKS
    message = f"the values of `{after.text('propertyName')}` that tell forms of {level.use} apart are others: "
    level.either(catalogue.DISCRIMINATOR_CHANGED, message + ", ".join(said), before, after)
    level.changes[-1] = replace(level.changes[-1], wire=one_way[level.side == "response"])
    level.shown_by_nothing()
