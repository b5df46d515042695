"""The command line of What has no form in the client: `python -m unsupported_client`, as data."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import partial

from ._runtime.cli import Command, Program, Resource, run

PROGRAM = Program(
    name="unsupported-client",
    title="What has no form in the client",
    environment="UNSUPPORTED_CLIENT",
    credentials=(),
    servers=(),
    resources=(
        Resource(
            "covers",
            "Covers",
            "",
            (Command("add_cover", "ADD_COVER", "addCover"),),
        ),
        Resource(
            "books",
            "Books",
            "",
            (
                Command("find_books", "FIND_BOOKS", "findBooks"),
                Command("add_book", "ADD_BOOK", "addBook"),
            ),
        ),
        Resource(
            "shelves",
            "Shelves",
            "",
            (Command("add_shelf", "ADD_SHELF", "addShelf"),),
        ),
    ),
)

main = partial(run, PROGRAM)

if __name__ == "__main__":
    main()
