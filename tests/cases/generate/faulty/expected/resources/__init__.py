"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from .books import AsyncBooks, Books
from .default import AsyncDefault, Default

__all__ = [
    "Books",
    "AsyncBooks",
    "Default",
    "AsyncDefault",
]
