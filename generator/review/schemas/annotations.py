"""What schemas say that allows and refuses no value: texts, examples, extensions, defaults, discriminators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.document.values import canonical
from generator.review import catalogue
from generator.review.annotations import compare_annotations
from generator.review.extensions import compare_extensions
from generator.review.nodes import chain
from generator.review.schemas.conjunction import CHOICES, flat
from generator.review.schemas.discriminators import compare_discriminators
from generator.review.schemas.subject import value

if TYPE_CHECKING:
    from generator.document.tree import Node
    from generator.review.schemas.conjunction import Conjunction
    from generator.review.schemas.facets import SchemaReader
    from generator.review.schemas.level import Level


def compare_schema_annotations(level: Level) -> None:
    """Everything that is said of the value as a whole: where it is used, or where references lead."""
    base, head = (tuple(one for node in nodes for one in chain(node)) for nodes in (level.base, level.head))
    found = [*compare_annotations(base, head, level.side, ()), *compare_extensions(base, head, level.side, ())]
    level.changes.extend(replace(one, message=_about(level.use, one.message)) for one in found)
    _default(level, _outermost(base, "default"), _outermost(head, "default"))
    base, head = _of_objects(level.context.base, level.base), _of_objects(level.context.head, level.head)
    if not any(_is_one_form(node) for node in (*base, *head)):
        compare_discriminators(level, _outermost(base, "discriminator"), _outermost(head, "discriminator"))


def _of_objects(reader: SchemaReader, nodes: Conjunction) -> Conjunction:
    """All that is said of objects, in the only form that is one too: `null` beside them changes no discriminator."""
    return reader.facets(nodes, "object").nodes if "object" in reader.types(nodes) else flat(nodes)


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
        level.add(catalogue.DEFAULT_ADDED, message, level.base[0], after)
    elif after is None and before is not None:
        message = f"{level.use}, left out, was {value(before)}: no longer said"
        level.add(catalogue.DEFAULT_REMOVED, message, before, level.head[0])
    elif before is not None and after is not None and canonical(before.value) != canonical(after.value):
        message = f"{level.use}, left out, is {value(after)}, was {value(before)}"
        level.add_inside(catalogue.DEFAULT_CHANGED, message, before, after)
