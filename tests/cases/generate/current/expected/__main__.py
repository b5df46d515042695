"""The command line of Shelf: `python -m current_client`, as data."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import partial

from ._runtime.cli import Command, Program, Resource, Server, run

PROGRAM = Program(
    name="current-client",
    title="Shelf",
    environment="CURRENT_CLIENT",
    credentials=(),
    servers=(Server("https://shelf.example/api", ""),),
    resources=(
        Resource(
            "library",
            "Library",
            "",
            (
                Command("read_news", "READ_NEWS", "readNews"),
                Command("add_thing", "ADD_THING", "addThing"),
                Command("add_loan", "ADD_LOAN", "addLoan"),
                Command("add_card", "ADD_CARD", "addCard"),
            ),
        ),
        Resource(
            "books",
            "Books",
            "Books.",
            (
                Command("list_books", "LIST_BOOKS", "listBooks"),
                Command("query_books", "QUERY_BOOKS", "queryBooks"),
                Command("link_books", "LINK_BOOKS", "linkBooks"),
                Command("search_by_tree", "SEARCH_BY_TREE", "searchByTree"),
                Command("search_by_text", "SEARCH_BY_TEXT", "searchByText"),
            ),
        ),
    ),
)

main = partial(run, PROGRAM)

if __name__ == "__main__":
    main()
