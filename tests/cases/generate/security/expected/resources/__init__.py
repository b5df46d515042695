"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from .doors import AsyncDoors, Doors

__all__ = [
    "Doors",
    "AsyncDoors",
]
