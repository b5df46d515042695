"""The command line of Files: `python -m servers_client`, as data."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import partial

from ._runtime.cli import Command, Program, Resource, Server, run

PROGRAM = Program(
    name="servers-client",
    title="Files",
    environment="SERVERS_CLIENT",
    credentials=("key",),
    servers=(
        Server("https://api.files.example/v1", "live"),
        Server("https://api.files.test/v1", "tests"),
    ),
    resources=(
        Resource(
            "default",
            "Default",
            "",
            (
                Command("list_files", "LIST_FILES", "listFiles"),
                Command("upload_file", "UPLOAD_FILE", "uploadFile"),
                Command("preview", "PREVIEW", "preview"),
                Command("set_preview", "SET_PREVIEW", "setPreview"),
                Command("delete_preview", "DELETE_PREVIEW", "deletePreview"),
                Command("read_status", "READ_STATUS", "readStatus"),
            ),
        ),
    ),
)

main = partial(run, PROGRAM)

if __name__ == "__main__":
    main()
