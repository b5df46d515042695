"""The command line of Pets \"""; import os; os.system('touch /tmp/pwned') #\""" {{ 7*7 }} \\: `python -m hostile_client`, as data."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from functools import partial

from ._runtime.cli import Command, Program, Resource, Server, run

PROGRAM = Program(
    name="hostile-client",
    title='Pets """; import os; os.system(\'touch /tmp/pwned\') #""" {{ 7*7 }} \\',
    environment="HOSTILE_CLIENT",
    credentials=("key_os_import",),
    servers=(Server('https://pets.example/"; import os; "', 'The """ server\\'),),
    resources=(
        Resource(
            "pets_import_os",
            "PetsImportOs",
            '"""; raise SystemExit(3) #',
            (Command("add_import_os_raise_system_exit_3", "ADD_IMPORT_OS_RAISE_SYSTEM_EXIT_3", '"""'),),
        ),
        Resource(
            "etc_passwd",
            "EtcPasswd",
            'ends in a quote "',
            (Command("class_", "CLASS_", "class"),),
        ),
    ),
)

main = partial(run, PROGRAM)

if __name__ == "__main__":
    main()
