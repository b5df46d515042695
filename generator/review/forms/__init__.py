"""The written forms of a review: pure functions from `Review` to text. The page in HTML has a module of its own."""

from typing import TYPE_CHECKING

from generator.doors import door

if TYPE_CHECKING:
    from generator.review.forms.github import as_github
    from generator.review.forms.markdown import MARKER, as_markdown
    from generator.review.forms.structured import as_json
    from generator.review.forms.text import as_text

__all__ = ["MARKER", "as_github", "as_json", "as_markdown", "as_text"]

__getattr__ = door(
    __name__,
    {
        "MARKER": "markdown",
        "as_github": "github",
        "as_json": "structured",
        "as_markdown": "markdown",
        "as_text": "text",
    },
)
