"""The command line of Pets: `python -m bulk_client`, as data."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import partial

from ._runtime.cli import Command, Program, Resource, Server, run

PROGRAM = Program(
    name="bulk-client",
    title="Pets",
    environment="BULK_CLIENT",
    credentials=(),
    servers=(Server("https://pets.example", ""),),
    resources=(
        Resource(
            "pets",
            "Pets",
            "",
            (
                Command("add_pets", "ADD_PETS", "Add some pets", bulk="add_pets_bulk2"),
                Command("add_pets_bulk", "ADD_PETS_BULK", "Has the name that the second method would have"),
                Command(
                    "add_pets_at_own_risk",
                    "ADD_PETS_AT_OWN_RISK",
                    "Takes batches, and makes nothing of sending them again",
                ),
            ),
        ),
    ),
)

main = partial(run, PROGRAM)

if __name__ == "__main__":
    main()
