"""One call from the command line: sent, or checked and shown; what comes of it decides the exit code."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import click

from ..batch import BatchResult
from ..errors import ApiError
from ..model import ResponseModel
from ..options import fresh_key
from . import program as package
from .connection import connect
from .dry import request_of
from .failures import REJECTED, UNKNOWN, Failure, failure_of, in_words, shown
from .output import UnwrittenError, say, show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..operation import Operation
    from .bodies import GivenBody
    from .connection import Connection
    from .output import Form
    from .program import Command, Program, Resource


class Call(NamedTuple):
    """An operation with what it is called with; `typed` is the command that calls it so."""

    program: Program
    resource: Resource
    command: Command
    operation: Operation[object]
    arguments: dict[str, object]
    body: GivenBody | None
    typed: tuple[str, ...]
    flags: Mapping[str, str]
    """Wire names of parameters, and the options that bring them."""

    def check(self, connection: Connection) -> None:
        """Check everything that can be checked here, and show the request.

        Raises:
            Failure: something is wrong.
        """
        with self._failing(), connect(self.program, self.operation, connection, dry=True) as client:
            for line in request_of(client, self.operation, self.arguments, self._value):
                say(line)
        click.echo("Checked, and not sent.", err=True)

    def send(self, connection: Connection, form: Form) -> None:
        """Make the call, and show what it brings.

        Raises:
            Failure: it did not succeed, or not as a whole.
        """
        with self._failing(), connect(self.program, self.operation, connection) as client:
            method = package.method(client, self.resource, self.command.method)
            try:
                result = method(**self.arguments, **({"body": self._value} if self.body is not None else {}))
                show(result, form)
            except KeyboardInterrupt:
                raise self._unseen("interrupted; it may have been carried out") from None
            except UnwrittenError as error:
                if self.operation.method == "GET":
                    raise
                raise self._unseen(f"{error}; it was carried out") from None
        for one in result.unread if isinstance(result, ResponseModel) else ():
            click.echo(f"Not as described, and left out: {one.path} {one.reason}", err=True)
        if isinstance(result, BatchResult):
            self._fail_for_parts(result)

    @property
    def _value(self) -> object:
        return None if self.body is None else self.body.value

    def _where(self, path: str) -> str:
        """Where the value at a wire path was given, or has to be."""
        name = path.replace("[", ".").partition(".")[0]
        if name in self.flags and not (isinstance(self._value, dict) and name in self._value):
            return f"{self.flags[name]}: "
        return "" if self.body is None else self.body.where(path)

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except ApiError as error:
            raise failure_of(error, self._where, self.typed) from error

    def _unseen(self, what: str) -> Failure:
        """A call whose answer nobody has seen."""
        message = f"{self.operation.id}: {what}"
        if self.operation.idempotency_key is None:
            return Failure(message, UNKNOWN, ["Look whether it was before you send it again."])
        return Failure(message, UNKNOWN, [f"To send it again, or get the answer to it: {shown(self.typed)}"])

    def _fail_for_parts(self, result: BatchResult[object, object, object]) -> None:
        """Tell of the parts of a batch that did not succeed, each with the place that it was given at."""
        failed, unknown = result.failed, result.unknown
        if not failed and not unknown:
            return
        of_all = len(failed) + len(unknown) + len(result.created)
        told = [f"{len(failed)} of {of_all} failed"] * bool(failed) + [
            f"{len(unknown)} of {of_all} cannot be read"
        ] * bool(unknown)
        details = [
            f"{self._where(path)}{path}: {in_words(one.reasons)}"
            for one in (*failed, *unknown)
            for path in [f"{result.batch.requests}[{one.object_index}]"]
        ]
        raise Failure(" and ".join(told), UNKNOWN if unknown else REJECTED, details)


def keyed(
    operation: Operation[object], arguments: dict[str, object], typed: tuple[str, ...], option: str
) -> tuple[str, ...]:
    """The command with an idempotency key: the one given, else a fresh one, which is put among the arguments too.

    So whatever happens, even a Ctrl-C, the same call can be made again.
    """
    key = operation.idempotency_key
    if key is None or arguments[key.name] is not None:
        return typed
    arguments[key.name] = made = fresh_key()
    return (*typed, option, made)
