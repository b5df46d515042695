"""Base and head, compared: every change with both verdicts. The stages of a comparison in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.review import catalogue
from generator.review.operations.comparison import compare_operations
from generator.review.schemas.comparison import SchemaComparison
from generator.review.surface.comparison import symbol_changes
from generator.review.surface.symbols import attribute
from generator.review.tags import spelled_out

if TYPE_CHECKING:
    from generator.review.change import Change
    from generator.review.revision import Revision


def compare(base: Revision, head: Revision) -> tuple[Change, ...]:
    """What changes from base to head, in no particular order."""
    before, after = spelled_out(base.document, head.document)
    schemas = SchemaComparison(before, after)
    operations = tuple(compare_operations(before, after, schemas))
    changes = (*operations, *schemas.changes())
    if not base.files or not head.files:
        return changes
    attributed = attribute(changes, symbol_changes(base.files, head.files), base, head)
    # The name of a component is in Python or nowhere.
    return tuple(one for one in attributed if one.symbols or one.rule != catalogue.COMPONENT_RENAMED.id)
