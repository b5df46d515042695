"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from typing import TYPE_CHECKING

from .._runtime.lazy import lazily

if TYPE_CHECKING:
    from .pets import AsyncPets, Pets
else:
    __getattr__, __dir__ = lazily(
        __name__,
        {
            "Pets": "pets",
            "AsyncPets": "pets",
        },
    )

__all__ = [
    "Pets",
    "AsyncPets",
]
