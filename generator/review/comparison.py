"""Base and head, compared: every change with both verdicts. The stages of a comparison in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.review import catalogue
from generator.review.operations.comparison import compare_operations
from generator.review.schemas.comparison import SchemaComparison
from generator.review.surface.comparison import symbol_changes
from generator.review.surface.symbols import attribute
from generator.review.tags import as_written, spelled_out

if TYPE_CHECKING:
    from generator.document.tree import Document
    from generator.review.change import Change, Place
    from generator.review.revision import Revision


def changes(base: Document, head: Document) -> tuple[Change, ...]:
    """What changes between the documents of two revisions, in no particular order."""
    before, after = spelled_out(base, head)
    schemas = SchemaComparison(before, after)
    operations = tuple(compare_operations(before, after, schemas))
    return tuple(
        replace(one, before=_as_written(one.before), after=_as_written(one.after))
        for one in (*operations, *schemas.changes())
    )


def named(changes: tuple[Change, ...], base: Revision, head: Revision) -> tuple[Change, ...]:
    """Those changes between the documents, with what each changes in Python; where a side has no package, as they are.

    Whether the files of the packages have the form in which they are kept makes no difference.
    """
    if not base.files or not head.files:
        return changes
    attributed = attribute(changes, symbol_changes(base.files, head.files), base, head)
    # The name of a component is in Python or nowhere.
    return tuple(one for one in attributed if one.symbols or one.rule != catalogue.COMPONENT_RENAMED.id)


def compare(base: Revision, head: Revision) -> tuple[Change, ...]:
    """What changes from base to head, with its names in Python."""
    return named(changes(base.document, head.document), base, head)


def _as_written(place: Place | None) -> Place | None:
    """The place in what the author wrote, which says of discriminators no more than that."""
    return None if place is None else replace(place, pointer=as_written(place.pointer))
