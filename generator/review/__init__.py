"""Two revisions of a description -> what changed, what breaks, for whom, and whether it may land."""

from typing import TYPE_CHECKING

from generator.doors import door

if TYPE_CHECKING:
    from generator.review import explain, forms, sources
    from generator.review.change import Review
    from generator.review.comparison import changes, named
    from generator.review.report import compare
    from generator.review.revision import Revision

__all__ = ["Review", "Revision", "changes", "compare", "explain", "forms", "named", "sources"]

__getattr__ = door(
    __name__,
    {
        "Review": "change",
        "Revision": "revision",
        "changes": "comparison",
        "compare": "report",
        "explain": "explain",
        "forms": "forms",
        "named": "comparison",
        "sources": "sources",
    },
)
