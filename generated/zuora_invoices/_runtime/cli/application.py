"""The commands: a group for each resource, and in it a command for each operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from .failures import MISUSED, REJECTED, UNKNOWN
from .profiles import path_of
from .program import listed, version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .program import Command, Program, Resource

_WIDTH: Final = 100
_ABOUT: Final = """{title}, from the command line.

Where to call is said by --base-url, by {environment}_BASE_URL, or in a profile. {credentials}A profile is a TOML file
with base_url and what else is said here, which nobody else may read (on Windows that is not checked); without --profile
that is

\b
  {profile}
"""
_SECRETS: Final = "Credentials come from {variables} or from a profile, never from arguments. "
_END: Final = """{servers}\b
Exit codes:
  0  done
  {rejected}  rejected or invalid: nothing was done
  {misused}  bad usage
  {unknown}  unknown: it may have been done; send it again as you are told

\b
To complete commands in bash, zsh or fish, put one of these into ~/.bashrc, ~/.zshrc or config.fish:
  eval "$({complete}=bash_source {name})"
  eval "$({complete}=zsh_source {name})"
  {complete}=fish_source {name} | source
"""


def application(program: Program) -> click.Group:
    """The command line of a package."""
    variables = [f"{program.environment}_{name.upper()}" for name in program.credentials]
    group = click.Group(
        program.name,
        [*(_group(program, one) for one in program.resources), *_of_runs(program)],
        help=_ABOUT.format(
            title=program.title,
            environment=program.environment,
            credentials=_SECRETS.format(variables=", ".join(variables)) if variables else "",
            profile=path_of(program, None),
        ),
        epilog=_END.format(
            servers="\n  ".join(["\b\nServers:", *listed(program)]) + "\n\n" if program.servers else "",
            rejected=REJECTED,
            misused=MISUSED,
            unknown=UNKNOWN,
            name=program.name,
            complete=f"_{program.name}_COMPLETE".replace("-", "_").upper(),
        ),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": _WIDTH},
    )
    return click.version_option(version(), prog_name=program.name)(group)


def named(program: Program) -> dict[str, Resource]:
    """The resources by the names of their groups."""
    return {dashed(one.name): one for one in program.resources}


def dashed(name: str) -> str:
    """A name of Python as commands have it."""
    return name.strip("_").replace("_", "-")


def _group(program: Program, resource: Resource) -> click.Group:
    commands = [_operation(program, resource, one) for one in resource.commands]
    return click.Group(
        dashed(resource.name), commands, help=resource.summary or f"The operations on {dashed(resource.name)}."
    )


def _operation(program: Program, resource: Resource, command: Command) -> click.Command:
    def load(name: str) -> click.Command:
        from .operations import OperationCommand

        return OperationCommand(name, program, resource, command)

    return _Lazy(dashed(command.method), command.summary, load)


def _of_runs(program: Program) -> Iterator[click.Command]:
    """The commands for runs over many elements, where there are such; their names are no resource's."""
    if not any(command.bulk for resource in program.resources for command in resource.commands):
        return
    taken = named(program)
    for name, (summary, make) in _RUNS.items():

        def load(name: str, make: str = make) -> click.Command:
            from . import journals

            made: click.Command = getattr(journals, make)(name, program)
            return made

        yield _Lazy(f"run-{name}" if name in taken else name, summary, load)


_RUNS: Final = {
    "init-map": ("Write a mapping file for a table, to begin with.", "init_map_command"),
    "report": ("Write what became of each element of a run as CSV.", "report_command"),
    "settle": ("Say what became of an element whose outcome is unknown.", "settle_command"),
    "status": ("Show what the journal of a run holds.", "status_command"),
}
"""Name -> what it does in a line, and what makes it."""


class _Lazy(click.Command):
    """What stands for a command in lists: that itself is loaded when it is used."""

    def __init__(self, name: str, summary: str, load: Callable[[str], click.Command]) -> None:
        super().__init__(name, short_help=summary)
        self._load = load

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:  # Any: as click has it
        """That of the command itself."""
        return self._load(str(self.name)).make_context(info_name, args, parent, **extra)
