"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from .default import AsyncDefault, Default

__all__ = [
    "Default",
    "AsyncDefault",
]
