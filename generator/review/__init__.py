"""Two revisions of a description -> what changed, what breaks, for whom, and whether it may land."""

from generator.review.change import Review
from generator.review.report import compare
from generator.review.revision import Revision

__all__ = ["Review", "Revision", "compare"]
