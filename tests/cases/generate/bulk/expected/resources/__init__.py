"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from .pets import AsyncPets, Pets

__all__ = [
    "Pets",
    "AsyncPets",
]
