"""The command line of Shelter: `python -m discriminators_client`, as data."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import partial

from ._runtime.cli import Command, Program, Resource, run

PROGRAM = Program(
    name="discriminators-client",
    title="Shelter",
    environment="DISCRIMINATORS_CLIENT",
    credentials=(),
    servers=(),
    resources=(
        Resource(
            "default",
            "Default",
            "",
            (
                Command("add_animal", "ADD_ANIMAL", "Add an animal."),
                Command("pay", "PAY", "Pay for food."),
            ),
        ),
    ),
)

main = partial(run, PROGRAM)

if __name__ == "__main__":
    main()
