"""The client that a command calls with: the address, the credentials, and the sandbox in their place."""

from __future__ import annotations

import logging
import os
from contextlib import ExitStack, contextmanager
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from ..events import LOGGER, RetryEvent
from .failures import misused
from .profiles import Profile, load, path_of
from .program import PACKAGE, client, listed, requirement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..core import SyncClient
    from ..errors import ApiError
    from ..events import Event, Hook
    from ..operation import Operation
    from .program import Program

SANDBOX: Final = f"{PACKAGE}.sandbox"
"""The group of entry points in which a sandbox of this API says how it is called in this process.

Each is a function without arguments that gives a context manager, and that gives the arguments of a `Client`.
"""
NOWHERE: Final = "http://nowhere.invalid"
"""The address of what is not sent (RFC 2606)."""


class Connection(NamedTuple):
    """What the options of a command say of where and how to call."""

    base_url: str | None
    profile: str | None
    sandbox: bool
    verbose: bool


class _Echo(logging.Handler):
    """Log lines on standard error, as it is at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one."""
        click.echo(self.format(record), err=True)


@contextmanager
def connect(
    program: Program,
    operation: Operation[object],
    connection: Connection,
    *,
    dry: bool = False,
    hook: Hook | None = None,
) -> Iterator[SyncClient]:
    """A client that calls an operation, to be had while the context lasts; a `dry` one needs no address or credential.

    `hook` says why nothing is heard for a while, where not all is logged; by default it tells of each further attempt.

    Raises:
        Failure: something that the call needs is missing or unfit.
    """
    with ExitStack() as stack:
        stack.enter_context(_logging(verbose=connection.verbose))
        if connection.sandbox:
            arguments = stack.enter_context(_sandbox())
        else:
            profile = load(program, connection.profile)
            base_url = _base_url(program, connection, profile) or (NOWHERE if dry else None)
            if base_url is None:
                raise misused(
                    f"where to? Say --base-url, {program.environment}_BASE_URL, or base_url in a profile",
                    *listed(program),
                )
            arguments = {
                "base_url": base_url,
                **_credentials(program, operation, connection, profile, dry=dry),
                **profile.options,
            }
        made = stack.enter_context(client(**arguments))
        yield made if connection.verbose else made.with_options(hooks=[hook or _tell])


@contextmanager
def _logging(*, verbose: bool) -> Iterator[None]:
    """Show what the package logs: each attempt, if that is asked for."""
    before = LOGGER.handlers, LOGGER.propagate, LOGGER.level
    LOGGER.handlers, LOGGER.propagate = [_Echo()], False
    LOGGER.setLevel(logging.INFO if verbose else logging.ERROR)
    try:
        yield
    finally:
        LOGGER.handlers, LOGGER.propagate = before[:2]
        LOGGER.setLevel(before[2])


def _tell(event: Event) -> None:
    if (text := further(event)) is not None:
        click.echo(text, err=True)


def further(event: Event) -> str | None:
    """What is told of an attempt that another one follows."""
    if not isinstance(event, RetryEvent):
        return None
    return f"Attempt {event.attempt}: {reason(event.error)}; again in {event.wait:.0f} s"


def reason(error: ApiError) -> str:
    """Why an attempt failed."""
    return f"{error.status}: {error.message}" if error.status else error.message


@contextmanager
def _sandbox() -> Iterator[Mapping[str, Any]]:  # Any: arguments of a client
    found = next(iter(entry_points(group=SANDBOX)), None)
    if found is None:
        raise misused(f"no sandbox is installed: nothing has an entry point {SANDBOX}")
    with ExitStack() as stack:
        try:
            arguments = stack.enter_context(found.load()())
        except ModuleNotFoundError as error:
            wanted = requirement("sandbox", [str(error.name)])
            raise misused(f"the sandbox needs {error.name}, which is not installed: pip install {wanted}") from None
        yield arguments


def _base_url(program: Program, connection: Connection, profile: Profile) -> str | None:
    """What says it most closely: an option, a profile that is named, the environment, the default profile."""
    variable = os.environ.get(f"{program.environment}_BASE_URL") or None
    said = [connection.base_url, variable, profile.base_url]
    if connection.profile is not None:
        said = [connection.base_url, profile.base_url, variable]
    if (given := next(filter(None, said), None)) is None:
        absolute = [one.url for one in program.servers if "://" in one.url]
        return absolute[0] if len(absolute) == len(program.servers) == 1 else None
    if "://" in given:
        return given
    wanted = given.casefold()
    named = [one.url for one in program.servers if one.name.casefold() == wanted]
    if not named:
        raise misused(f"{given!r} is no address and no server of the description", *listed(program))
    return named[0]


def _credentials(
    program: Program, operation: Operation[object], connection: Connection, profile: Profile, *, dry: bool
) -> Mapping[str, str]:
    """Those of a profile that is named, else of the environment, which a client reads by itself, else of the default.

    Raises:
        Failure: the operation needs some, and there are none.
    """
    variables = [f"{program.environment}_{name.upper()}" for name in program.credentials]
    in_environment = any(os.environ.get(one) for one in variables)
    if profile.credentials and (connection.profile is not None or not in_environment):
        return profile.credentials
    if operation.security and all(operation.security) and not in_environment and not dry:
        raise misused(
            f"{operation.id} needs a credential, which is never an argument",
            f"set what you have of {', '.join(variables)},",
            f"or write it into {path_of(program, connection.profile)}, a file that nobody else may read",
        )
    return {}
