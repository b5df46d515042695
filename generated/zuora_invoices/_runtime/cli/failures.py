"""What is told when a command fails, and its exit code."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from typing import IO, TYPE_CHECKING, Any, Final

import click

from ..errors import ConfigurationError, RequestValidationError
from ..text import on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..errors import ApiError
    from ..reasons import Reason

_DECIMAL: Final = re.compile(r"Decimal\('([^']*)'\)")

REJECTED: Final = 1
"""Refused, by the server or by the check before it, or never sent: nothing was done."""
MISUSED: Final = 2
UNKNOWN: Final = 3
"""It may have been done."""


class Failure(click.ClickException):
    """The end of a command: a message, further lines, and the exit code."""

    def __init__(self, message: str, exit_code: int, details: Iterable[str] = ()) -> None:
        super().__init__(on_one_line(message))
        self.exit_code = exit_code  # type: ignore[misc]  # click has it so where a file cannot be opened
        self.details = [on_one_line(one) for one in details]

    def show(self, file: IO[Any] | None = None) -> None:  # Any: as click has it
        """Tell it on standard error, or in a file."""
        is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"  # which click does not look at
        click.echo(
            f"{'Error:' if is_plain else click.style('Error:', fg='red', bold=True)} {self.message}", file, err=True
        )
        for one in self.details:
            click.echo(f"  {one}", file, err=True)


def misused(message: str, *details: str) -> Failure:
    """A command that cannot be run as it was given."""
    return Failure(message, MISUSED, details)


def failure_of(error: ApiError, where: Callable[[str], str], again: Sequence[str]) -> Failure:
    """What to tell of a call that did not succeed.

    `where` says where the value at a wire path was given, and `again` is the command that sends the same call again.
    """
    if isinstance(error, RequestValidationError):
        found = error.violations
        things = "1 thing is" if len(found) == 1 else f"{len(found)} things are"
        return Failure(
            f"{things} wrong, and nothing was sent", REJECTED, (where(one.path) + plain(str(one)) for one in found)
        )
    if isinstance(error, ConfigurationError):
        return misused(str(error))
    details = [error.advice]
    if error.resend == "same_key" and error.idempotency_key:
        details.append(f"To send it again: {shown(again)}")
    return Failure(str(error), UNKNOWN if error.outcome == "unknown" else REJECTED, details)


def plain(text: str) -> str:
    """What is wrong with a value, for a reader who knows no Python."""
    return _DECIMAL.sub(r"\1", text)


def in_words(reasons: Iterable[Reason]) -> str:
    """What a server says of a failure."""
    return "; ".join(f"{one.code}: {one.message}" for one in reasons) or "no reason is known"


def shown(command: Sequence[str]) -> str:
    """A command as it is typed."""
    return subprocess.list2cmdline(command) if os.name == "nt" else shlex.join(command)
