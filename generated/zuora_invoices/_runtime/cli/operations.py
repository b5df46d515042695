"""The command of one operation: what it takes, and what it says of itself."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import click
from click.shell_completion import CompletionItem

from ..bodies import CONTENT_TYPE
from ..codec import encode
from . import program as package
from .bodies import GivenBody
from .calls import Call, keyed
from .connection import Connection
from .documentation import body_example, parts_of
from .examples import examples
from .failures import misused
from .flags import flags_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..operation import Body, Operation
    from .documentation import Documentation
    from .flags import Flag
    from .program import Command, Program, Resource

_TYPED: Final = f"{__name__}.typed"
"""Under which a context keeps the arguments as they were typed."""


class OperationCommand(click.Command):
    """A command that calls an operation. What it takes is looked up when it is used, not when it is listed."""

    def __init__(self, name: str, program: Program, resource: Resource, command: Command) -> None:
        super().__init__(name, short_help=command.summary)
        self._program, self._resource, self._command = program, resource, command

    @cached_property
    def _operation(self) -> Operation[object]:
        return package.operation(self._resource, self._command)

    @cached_property
    def _documentation(self) -> Documentation:
        return parts_of(package.documentation(self._resource, self._command))

    @cached_property
    def _common(self) -> tuple[click.Parameter, ...]:
        """What commands take besides parameters."""
        of_body = _of_body(self._operation, self._documentation.arguments.get("body", ""))
        return (*of_body, *_of_call(self._program))

    @cached_property
    def _flags(self) -> tuple[Flag, ...]:
        taken = {"--help", *(name for one in self._common for name in one.opts)}
        return tuple(flags_of(self._operation, self._documentation.arguments, taken))

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """What it takes."""
        self.params = [*(one.option for one in self._flags), *self._common]
        return super().get_params(ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep them as they were typed too, to say how the same call is sent again."""
        ctx.meta[_TYPED] = (*ctx.command_path.split(), *args)
        return super().parse_args(ctx, args)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The docstring of the method, but for what it says of arguments."""
        self.help = self._documentation.text or self._command.summary
        super().format_help_text(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What is this operation's own comes first."""
        own = [one.option for one in self._flags]
        others = [one for one in self.get_params(ctx) if one not in own]
        for title, listed in (("Parameters", own), ("Options", others)):
            if rows := [record for one in listed if (record := one.get_help_record(ctx)) is not None]:
                with formatter.section(title):
                    formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples."""
        with formatter.section("Examples"):
            for one in examples(ctx.command_path.split(), self._operation, self._flags):
                formatter.write(f"{'':{formatter.current_indent}}{one}\n")

    def invoke(self, ctx: click.Context) -> None:
        """Make the call, or show the request or an example."""
        given = ctx.params
        operation = self._operation
        if given.get("example"):
            example = body_example(operation)
            if example is None:
                raise misused("the description has no example of this body")
            click.echo(encode(example, indent=2))
            return
        arguments = {one.parameter.name: one.value(given[str(one.option.name)]) for one in self._flags}
        if operation.bodies:
            arguments[CONTENT_TYPE] = given[CONTENT_TYPE]
        described = _chosen(operation, given.get(CONTENT_TYPE))
        body = None if described is None else GivenBody(described, given["file"], given["settings"])
        typed = ctx.meta[_TYPED]
        for one in self._flags:
            if one.parameter.idempotency_key:
                typed = keyed(operation, arguments, typed, one.option.opts[0])
        flags = {one.parameter.wire_name: one.option.opts[0] for one in self._flags}
        call = Call(self._program, self._resource, self._command, operation, arguments, body, typed, flags)
        connection = Connection(given["base_url"], given["profile"], given["sandbox"], given["verbose"])
        if given["dry_run"]:
            call.check(connection)
        else:
            call.send(connection, given["output"])


class _FileArgument(click.Argument):
    """The file with the body. Unlike click's own it says what it is."""

    def __init__(self, said: str) -> None:
        super().__init__(["file"], type=click.Path(exists=True, dir_okay=False, allow_dash=True), required=False)
        self._said = said

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Name and text."""
        return self.make_metavar(ctx), self._said


def _chosen(operation: Operation[object], named: str | None) -> Body | None:
    """The body of the media type that is named, or the first one; nothing where there is none."""
    return next((one for one in operation.bodies if one.media_type == named), operation.body)


def _of_body(operation: Operation[object], said: str) -> Iterator[click.Parameter]:
    if operation.body is None:
        return
    yield _FileArgument(f"{said} A file, or - for standard input.".strip())
    yield click.Option(
        ["--set", "settings"],
        multiple=True,
        metavar="PATH=VALUE",
        help="Set a field of the body by its wire path, as in --set items[0].amount=19.99, in FILE or alone. A text is "
        "taken as it is, anything else as JSON, numbers exact. May be given several times.",
    )
    if operation.bodies:
        types = [one.media_type for one in (operation.body, *operation.bodies)]
        yield click.Option(["--content-type", CONTENT_TYPE], type=click.Choice(types), help="Media type of the body.")
    yield click.Option(["--example"], is_flag=True, help="Print an example of the body from the description.")


def _servers(program: Program) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    def complete(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
        return [CompletionItem(one.url, help=one.name) for one in program.servers if one.url.startswith(begun)]

    return complete


def _of_call(program: Program) -> Iterator[click.Parameter]:
    yield click.Option(["--dry-run"], is_flag=True, help="Check everything and show the request; send nothing.")
    yield click.Option(
        ["--output"],
        type=click.Choice(["json", "table"]),
        default="json",
        show_default=True,
        envvar=f"{program.environment}_OUTPUT",
        help="How to show what comes back.",
    )
    yield click.Option(
        ["--base-url"],
        metavar="URL|NAME",
        shell_complete=_servers(program),
        help="Where the API is: an address, or the name of a server; --help without a command lists them.",
    )
    yield click.Option(
        ["--profile"],
        metavar="NAME|FILE",
        envvar=f"{program.environment}_PROFILE",
        help="The profile to take base_url, credentials and options from.",
    )
    yield click.Option(["--sandbox"], is_flag=True, help="Call a sandbox in this process, if one is installed.")
    yield click.Option(["--verbose", "-v"], is_flag=True, help="Tell of each attempt on standard error.")
