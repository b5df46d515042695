"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from typing import TYPE_CHECKING

from .._runtime.lazy import lazily

if TYPE_CHECKING:
    from .books import AsyncBooks, Books
    from .default import AsyncDefault, Default
    from .reading_rooms import AsyncReadingRooms, ReadingRooms
else:
    __getattr__, __dir__ = lazily(
        __name__,
        {
            "Books": "books",
            "AsyncBooks": "books",
            "ReadingRooms": "reading_rooms",
            "AsyncReadingRooms": "reading_rooms",
            "Default": "default",
            "AsyncDefault": "default",
        },
    )

__all__ = [
    "Books",
    "AsyncBooks",
    "ReadingRooms",
    "AsyncReadingRooms",
    "Default",
    "AsyncDefault",
]
