"""The command line of Notes: `python -m media_client`, as data."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import partial

from ._runtime.cli import Command, Program, Resource, Server, run

PROGRAM = Program(
    name="media-client",
    title="Notes",
    environment="MEDIA_CLIENT",
    credentials=(),
    servers=(Server("https://notes.example", ""),),
    resources=(
        Resource(
            "default",
            "Default",
            "",
            (
                Command("read_note", "READ_NOTE", "readNote"),
                Command("import_notes", "IMPORT_NOTES", "importNotes"),
                Command("add_note", "ADD_NOTE", "addNote"),
                Command("find_note", "FIND_NOTE", "findNote"),
                Command("read_picture", "READ_PICTURE", "readPicture"),
                Command("set_picture", "SET_PICTURE", "setPicture"),
                Command("draw_picture", "DRAW_PICTURE", "drawPicture"),
                Command("read_version", "READ_VERSION", "readVersion"),
                Command("add_version", "ADD_VERSION", "addVersion"),
            ),
        ),
    ),
)

main = partial(run, PROGRAM)

if __name__ == "__main__":
    main()
