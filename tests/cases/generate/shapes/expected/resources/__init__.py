"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from .names import AsyncNames, Names
from .pets import AsyncPets, Pets
from .values import AsyncValues, Values

__all__ = [
    "Pets",
    "AsyncPets",
    "Names",
    "AsyncNames",
    "Values",
    "AsyncValues",
]
