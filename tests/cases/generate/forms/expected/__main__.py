"""The command line of Post office: `python -m forms_client`, as data."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import partial

from ._runtime.cli import Command, Program, Resource, Server, run

PROGRAM = Program(
    name="forms-client",
    title="Post office",
    environment="FORMS_CLIENT",
    credentials=(),
    servers=(Server("https://post.example", ""),),
    resources=(
        Resource(
            "default",
            "Default",
            "",
            (
                Command("send_letter", "SEND_LETTER", "sendLetter"),
                Command("describe_letter", "DESCRIBE_LETTER", "describeLetter"),
                Command("send_photos", "SEND_PHOTOS", "sendPhotos"),
                Command("order_stamps", "ORDER_STAMPS", "orderStamps"),
                Command("import_parcels", "IMPORT_PARCELS", "importParcels"),
            ),
        ),
    ),
)

main = partial(run, PROGRAM)

if __name__ == "__main__":
    main()
