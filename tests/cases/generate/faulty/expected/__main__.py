"""The command line of What a reader has to mend: `python -m faulty_client`, as data."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import partial

from ._runtime.cli import Command, Program, Resource, Server, run

PROGRAM = Program(
    name="faulty-client",
    title="What a reader has to mend",
    environment="FAULTY_CLIENT",
    credentials=(),
    servers=(Server("https://example.com", ""),),
    resources=(
        Resource(
            "books",
            "Books",
            "Old and new.",
            (
                Command("put_books_id_pages_page", "PUT_BOOKS_ID_PAGES_PAGE", "put /books/{id}/pages/{page}"),
                Command("add_page", "ADD_PAGE", "addPage"),
                Command("get_books_id", "GET_BOOKS_ID", "A book, by its number and its part."),
            ),
        ),
        Resource(
            "default",
            "Default",
            "",
            (Command("delete_books_name", "DELETE_BOOKS_NAME", "delete /books/{name}"),),
        ),
    ),
)

main = partial(run, PROGRAM)

if __name__ == "__main__":
    main()
