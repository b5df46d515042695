"""How forms of a value are told apart: by which property, and by which of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.review import catalogue
from generator.review.catalogue import BREAKS, NARROWER, WIDER
from generator.review.rules.terms import code
from generator.review.schemas.subject import several
from generator.review.tags import forms

if TYPE_CHECKING:
    from generator.document.tree import Node
    from generator.review.schemas.level import Level


def compare_discriminators(level: Level, before: Node | None, after: Node | None) -> None:
    """By which property, if by one at all, forms are told apart."""
    if before is None and after is not None:
        message = f"forms of {level.use} are told apart by `{after.text('propertyName')}`"
        level.add_inside(catalogue.DISCRIMINATOR_ADDED, message, None, after)
    elif after is None and before is not None:
        message = f"forms of {level.use} are no longer told apart by `{before.text('propertyName')}`"
        level.add_inside(catalogue.DISCRIMINATOR_REMOVED, message, before, None)
        level.shown_by_nothing()
    elif before is not None and after is not None:
        ours, theirs = before.text("propertyName"), after.text("propertyName")
        if ours != theirs:
            message = f"forms of {level.use} are told apart by `{theirs}`, was `{ours}`"
            level.add_inside(catalogue.DISCRIMINATOR_CHANGED, message, before, after)
            level.shown_by_nothing()
            return
        _values(level, before, after)


def _values(level: Level, before: Node, after: Node) -> None:
    """The values that stand for forms. One that comes or goes with its form is told by that."""
    ours, theirs = forms(before), forms(after)
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
    parts = [
        f"{word} {several(map(code, sorted(names)), 'and')}"
        for word, names in (("without", gone), ("with", new), ("another form for", moved))
        if names
    ]
    if not parts:
        return
    one_way = NARROWER if not new and not moved else WIDER if not gone and not moved else BREAKS
    message = f"the values of `{after.text('propertyName')}` that tell forms of {level.use} apart are others: "
    level.add_inside(catalogue.DISCRIMINATOR_CHANGED, message + ", ".join(parts), before, after)
    level.changes[-1] = replace(level.changes[-1], wire=one_way[level.side == "response"])
    level.shown_by_nothing()
