"""The command line of Shapes of pets: `python -m shapes_client`, as data."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import partial

from ._runtime.cli import Command, Program, Resource, run

PROGRAM = Program(
    name="shapes-client",
    title="Shapes of pets",
    environment="SHAPES_CLIENT",
    credentials=(),
    servers=(),
    resources=(
        Resource(
            "pets",
            "Pets",
            "",
            (
                Command("add_pet", "ADD_PET", "addPet"),
                Command("add_animals", "ADD_ANIMALS", "addAnimals"),
            ),
        ),
        Resource(
            "names",
            "Names",
            "",
            (Command("set_names", "SET_NAMES", "setNames"),),
        ),
        Resource(
            "values",
            "Values",
            "",
            (
                Command("set_values", "SET_VALUES", "setValues"),
                Command("set_tags", "SET_TAGS", "setTags"),
            ),
        ),
    ),
)

main = partial(run, PROGRAM)

if __name__ == "__main__":
    main()
