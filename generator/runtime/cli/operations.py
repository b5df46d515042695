"""The command of one operation: what it takes, and what it says of itself."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from ..bodies import CONTENT_TYPE
from ..codec import encode
from ..operation import ACCEPT
from ..text import on_one_line
from . import program as package
from .bodies import GivenBody
from .calls import Call, keyed
from .connection import Connection
from .documentation import body_example, parts_of
from .examples import examples, run_examples
from .failures import misused
from .flags import flags_of
from .output import write
from .run_options import RunOption, run_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..operation import Body, Operation
    from .documentation import Documentation
    from .flags import Flag
    from .program import Command, Program, Resource

_TYPED: Final = f"{__name__}.typed"
"""Under which a context keeps the arguments as they were typed."""
_TABLES: Final = (".csv", ".tsv", ".jsonl", ".ndjson", ".xlsx", ".xlsm")


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
        of_call = _of_call(self._program, self._operation)
        return (*of_body, *(run_options() if self._command.bulk else ()), *of_call)

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
        own: list[click.Parameter] = [one.option for one in self._flags]
        of_run = [one for one in self._common if isinstance(one, RunOption)]
        others = [one for one in self.get_params(ctx) if one not in own and one not in of_run]
        for title, listed in (("Parameters", own), ("Options for many, from a table", of_run), ("Options", others)):
            if rows := [record for one in listed if (record := one.get_help_record(ctx)) is not None]:
                with formatter.section(title):
                    formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples."""
        with formatter.section("Examples"):
            command = ctx.command_path.split()
            listed = examples(command, self._operation, self._flags)
            if self._command.bulk:
                listed += run_examples(ctx.find_root().command_path.split(), command)
            for one in listed:
                formatter.write(f"{'':{formatter.current_indent}}{on_one_line(one)}\n")

    def invoke(self, ctx: click.Context) -> None:
        """Make the call or the run, or show the request or an example."""
        given, typed = ctx.params, ctx.meta[_TYPED]
        connection = Connection(given["base_url"], given["profile"], given["sandbox"], given["verbose"])
        arguments = {one.parameter.name: one.value(given[str(one.option.name)]) for one in self._flags}
        if given.get("example"):
            self._show_example()
        elif given.get("source") is not None:
            ctx.exit(self._run(ctx, arguments, connection))
        elif of_run := [one for one in self._common if isinstance(one, RunOption) and _is_said(ctx, one)]:
            raise misused(f"{of_run[0].opts[0]} is for many elements: name their table with --from FILE")
        elif self._command.bulk and str(given["file"]).lower().endswith(_TABLES):
            raise misused(f"{given['file']} is a table, and FILE is a body: name a table with --from FILE")
        elif given["dry_run"]:
            self._call(given, arguments, typed).check(connection)
        else:
            self._call(given, arguments, typed).send(connection, given["output"])

    def _show_example(self) -> None:
        example = body_example(self._operation)
        if example is None:
            raise misused("the description has no example of this body")
        write(encode(example, indent=2))

    def _call(self, given: dict[str, Any], arguments: dict[str, object], typed: tuple[str, ...]) -> Call:
        operation = self._operation
        for name in {CONTENT_TYPE, ACCEPT} & given.keys():
            arguments[name] = given[name]
        described = _chosen(operation, given.get(CONTENT_TYPE))
        body = None if described is None else GivenBody(described, given["file"], given["settings"])
        for one in self._flags:
            if one.parameter.idempotency_key:
                typed = keyed(operation, arguments, typed, one.option.opts[0])
        flags = {one.parameter.wire_name: one.option.opts[0] for one in self._flags}
        return Call(self._program, self._resource, self._command, operation, arguments, body, typed, flags)

    def _run(self, ctx: click.Context, arguments: dict[str, object], connection: Connection) -> int:
        from .many import Many  # here, as single calls need no journal

        given, root = ctx.params, tuple(ctx.find_root().command_path.split())
        if given["file"] is not None:
            raise misused("--from FILE is for many elements, and FILE alone for one body: which is it?")
        for one in self._flags:
            is_own = one.parameter.idempotency_key or one.parameter.correlation_id
            if is_own and arguments.pop(one.parameter.name) is not None:
                raise misused(f"{one.option.opts[0]} is for one call; a run makes its own")
        of = self._program, self._resource, self._command, self._operation
        run = Many(*of, arguments, given, ctx.meta[_TYPED], root)
        if given["dry_run"]:
            run.check(connection)
            return 0
        return run.send(connection)


class _FileArgument(click.Argument):
    """The file with the body. Unlike click's own it says what it is."""

    def __init__(self, said: str) -> None:
        super().__init__(["file"], type=click.Path(exists=True, dir_okay=False, allow_dash=True), required=False)
        self._said = said

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Name and text."""
        return self.make_metavar(ctx), self._said


def _is_said(ctx: click.Context, option: click.Option) -> bool:
    return ctx.get_parameter_source(str(option.name)) is ParameterSource.COMMANDLINE


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


def _of_call(program: Program, operation: Operation[object]) -> Iterator[click.Parameter]:
    if operation.accepts:
        yield click.Option(["--accept", ACCEPT], type=click.Choice(operation.accepts), help="Media type of the answer.")
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
