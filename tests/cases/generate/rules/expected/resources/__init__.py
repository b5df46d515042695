"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from .orders import AsyncOrders, Orders
from .small import AsyncSmall, Small

__all__ = [
    "Orders",
    "AsyncOrders",
    "Small",
    "AsyncSmall",
]
