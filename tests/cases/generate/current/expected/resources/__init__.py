"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from typing import TYPE_CHECKING

from .._runtime.lazy import lazily

if TYPE_CHECKING:
    from .books import AsyncBooks, Books
    from .library import AsyncLibrary, Library
else:
    __getattr__, __dir__ = lazily(
        __name__,
        {
            "Library": "library",
            "AsyncLibrary": "library",
            "Books": "books",
            "AsyncBooks": "books",
        },
    )

__all__ = [
    "Library",
    "AsyncLibrary",
    "Books",
    "AsyncBooks",
]
