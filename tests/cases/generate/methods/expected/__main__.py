"""The command line of Library: `python -m methods_client`, as data."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import partial

from ._runtime.cli import Command, Program, Resource, Server, run

PROGRAM = Program(
    name="methods-client",
    title="Library",
    environment="METHODS_CLIENT",
    credentials=(),
    servers=(Server("https://library.example/v1", "The one library."),),
    resources=(
        Resource(
            "books",
            "Books",
            "What stands on the shelves.",
            (
                Command("find_books", "FIND_BOOKS", "Find books"),
                Command("add_book", "ADD_BOOK", "Add a book"),
                Command("add_books", "ADD_BOOKS", "Add many books, each for itself"),
                Command("get_book", "GET_BOOK", "getBook"),
                Command("replace_book", "REPLACE_BOOK", "replaceBook"),
                Command("remove_book", "REMOVE_BOOK", "removeBook"),
                Command("options_of_book", "OPTIONS_OF_BOOK", "optionsOfBook"),
                Command("has_book", "HAS_BOOK", "hasBook"),
                Command("change_book", "CHANGE_BOOK", "changeBook"),
                Command("trace_book", "TRACE_BOOK", "traceBook"),
                Command("get_cover", "GET_COVER", "getCover"),
                Command("set_cover", "SET_COVER", "setCover"),
                Command("get_blurb", "GET_BLURB", "getBlurb"),
                Command("set_blurb", "SET_BLURB", "setBlurb"),
            ),
        ),
        Resource(
            "reading_rooms",
            "ReadingRooms",
            "Where to read.",
            (
                Command("find_rooms", "FIND_ROOMS", "findRooms"),
                Command("book_room", "BOOK_ROOM", "bookRoom"),
            ),
        ),
        Resource(
            "default",
            "Default",
            "",
            (
                Command("tell_apart_by_fragment", "TELL_APART_BY_FRAGMENT", "tellApartByFragment"),
                Command("list_", "LIST", "list"),
                Command("pages", "PAGES", "pages"),
            ),
        ),
    ),
)

main = partial(run, PROGRAM)

if __name__ == "__main__":
    main()
