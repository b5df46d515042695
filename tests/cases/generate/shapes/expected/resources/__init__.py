"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from typing import TYPE_CHECKING

from .._runtime.lazy import lazily

if TYPE_CHECKING:
    from .names import AsyncNames, Names
    from .pets import AsyncPets, Pets
    from .values import AsyncValues, Values
else:
    __getattr__, __dir__ = lazily(
        __name__,
        {
            "Pets": "pets",
            "AsyncPets": "pets",
            "Names": "names",
            "AsyncNames": "names",
            "Values": "values",
            "AsyncValues": "values",
        },
    )

__all__ = [
    "Pets",
    "AsyncPets",
    "Names",
    "AsyncNames",
    "Values",
    "AsyncValues",
]
