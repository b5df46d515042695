"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from .books import AsyncBooks, Books
from .shelves import AsyncShelves, Shelves

__all__ = [
    "Books",
    "AsyncBooks",
    "Shelves",
    "AsyncShelves",
]
