"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from typing import TYPE_CHECKING

from .._runtime.lazy import lazily

if TYPE_CHECKING:
    from .orders import AsyncOrders, Orders
    from .small import AsyncSmall, Small
else:
    __getattr__, __dir__ = lazily(
        __name__,
        {
            "Orders": "orders",
            "AsyncOrders": "orders",
            "Small": "small",
            "AsyncSmall": "small",
        },
    )

__all__ = [
    "Orders",
    "AsyncOrders",
    "Small",
    "AsyncSmall",
]
