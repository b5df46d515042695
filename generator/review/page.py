"""The page of a review. A stub: its author is at work on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.document import Document
    from generator.review.change import Review


def as_html(review: Review, base: Document, head: Document) -> str:
    """One self-contained page."""
    return f"<title>{review.base} {review.head} {len(base.files)} {len(head.files)}</title>\n"
