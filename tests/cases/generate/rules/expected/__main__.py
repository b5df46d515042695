"""The command line of Orders with rules: `python -m rules_client`, as data."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import partial

from ._runtime.cli import Command, Program, Resource, run

PROGRAM = Program(
    name="rules-client",
    title="Orders with rules",
    environment="RULES_CLIENT",
    credentials=(),
    servers=(),
    resources=(
        Resource(
            "orders",
            "Orders",
            "",
            (
                Command("place_order", "PLACE_ORDER", "placeOrder"),
                Command("place_orders", "PLACE_ORDERS", "placeOrders"),
            ),
        ),
        Resource(
            "small",
            "Small",
            "",
            (Command("place_small", "PLACE_SMALL", "placeSmall"),),
        ),
    ),
)

main = partial(run, PROGRAM)

if __name__ == "__main__":
    main()
