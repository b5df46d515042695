"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from .books import AsyncBooks, Books
from .library import AsyncLibrary, Library

__all__ = [
    "Library",
    "AsyncLibrary",
    "Books",
    "AsyncBooks",
]
