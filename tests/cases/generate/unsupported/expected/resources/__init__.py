"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from .books import AsyncBooks, Books
from .covers import AsyncCovers, Covers
from .shelves import AsyncShelves, Shelves

__all__ = [
    "Covers",
    "AsyncCovers",
    "Books",
    "AsyncBooks",
    "Shelves",
    "AsyncShelves",
]
