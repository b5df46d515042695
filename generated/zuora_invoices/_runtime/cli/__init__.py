"""The command line of a package: from its operations as data to commands, files and exit codes.

Nothing else imports it, and it alone needs the libraries of the extra `cli`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .program import Command, Program, Resource, Server, requirement

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Command", "Program", "Resource", "Server", "run"]

_LIBRARIES: Final = ("click", "rich")


def run(program: Program, arguments: Sequence[str] | None = None) -> None:
    """Run a command and end the process: 0 done, 1 rejected or invalid, 2 bad usage, 3 of unknown outcome.

    `arguments` are those of the process unless given.
    """
    try:
        from .application import application
    except ModuleNotFoundError as error:
        if error.name not in _LIBRARIES:
            raise
        # What has no click cannot say so by it.
        from argparse import ArgumentParser

        wanted = requirement("cli", _LIBRARIES)
        ArgumentParser().exit(2, f"{program.name}: {error.name} is not installed: pip install {wanted}\n")
    else:
        application(program).main(arguments, windows_expand_args=False)
