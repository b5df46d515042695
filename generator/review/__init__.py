"""Two revisions of a description -> what changed, what breaks, for whom, and whether it may land."""

from typing import TYPE_CHECKING

from generator.doors import door

if TYPE_CHECKING:
    from generator.review import explain, forms, sources
    from generator.review.change import Review
    from generator.review.comparison import changes
    from generator.review.report import compare
    from generator.review.revision import Revision
    from generator.review.surface.comparison import symbol_changes

__all__ = ["Review", "Revision", "changes", "compare", "explain", "forms", "sources", "symbol_changes"]

__getattr__ = door(
    __name__,
    {
        "Review": "change",
        "Revision": "revision",
        "changes": "comparison",
        "compare": "report",
        "explain": "explain",
        "forms": "forms",
        "sources": "sources",
        "symbol_changes": "surface.comparison",
    },
)
