"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from typing import TYPE_CHECKING

from .._runtime.lazy import lazily

if TYPE_CHECKING:
    from .books import AsyncBooks, Books
    from .covers import AsyncCovers, Covers
    from .shelves import AsyncShelves, Shelves
else:
    __getattr__, __dir__ = lazily(
        __name__,
        {
            "Covers": "covers",
            "AsyncCovers": "covers",
            "Books": "books",
            "AsyncBooks": "books",
            "Shelves": "shelves",
            "AsyncShelves": "shelves",
        },
    )

__all__ = [
    "Covers",
    "AsyncCovers",
    "Books",
    "AsyncBooks",
    "Shelves",
    "AsyncShelves",
]
