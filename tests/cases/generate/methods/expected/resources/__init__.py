"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from .books import AsyncBooks, Books
from .default import AsyncDefault, Default
from .reading_rooms import AsyncReadingRooms, ReadingRooms

__all__ = [
    "Books",
    "AsyncBooks",
    "ReadingRooms",
    "AsyncReadingRooms",
    "Default",
    "AsyncDefault",
]
