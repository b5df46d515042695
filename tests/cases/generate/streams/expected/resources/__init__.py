"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from typing import TYPE_CHECKING

from .._runtime.lazy import lazily

if TYPE_CHECKING:
    from .default import AsyncDefault, Default
else:
    __getattr__, __dir__ = lazily(
        __name__,
        {
            "Default": "default",
            "AsyncDefault": "default",
        },
    )

__all__ = [
    "Default",
    "AsyncDefault",
]
