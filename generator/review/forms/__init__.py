"""The forms of a review. A stub: its author is at work on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.review.change import Review


def as_text(review: Review, *, colour: bool = False, width: int = 100) -> str:
    """For a terminal."""
    return f"text {colour} {width} {review.base} {review.head}\n"


def as_markdown(review: Review) -> str:
    """For a comment."""
    return f"markdown {review.base} {review.head}\n"


def as_github(review: Review) -> str:
    """For annotations."""
    return f"github {review.base} {review.head}\n"


def as_json(review: Review) -> str:
    """For programs."""
    return f'["json", "{review.base}", "{review.head}"]\n'
