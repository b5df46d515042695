"""A package as data, for its command line: written by the generator, read by everything here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..text import on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..core import SyncClient
    from ..operation import Operation

PACKAGE: Final = (__package__ or "").removesuffix("._runtime.cli")
"""The package that this is in, wherever that is."""


class Server(NamedTuple):
    """A server of the description, and what it says of it."""

    url: str
    name: str = ""


class Command(NamedTuple):
    """An operation: the method that calls it, its constant among the operations, and what it does in a line."""

    method: str
    constant: str
    summary: str
    bulk: str = ""
    """The method for a run over many elements, where there is one."""


class Resource(NamedTuple):
    """A group of operations: the attribute of the client, its class, what it is about in a line."""

    name: str
    class_name: str
    summary: str
    commands: tuple[Command, ...]


class Program(NamedTuple):
    """What the command line of a package has to know."""

    name: str
    title: str
    environment: str
    """How the names of its environment variables begin."""
    credentials: tuple[str, ...]
    servers: tuple[Server, ...]
    resources: tuple[Resource, ...]


def version() -> str:
    """The version of the package."""
    return str(import_module(PACKAGE).__version__)


def listed(program: Program) -> Iterator[str]:
    """The servers of the description, a line each."""
    width = max((len(one.url) for one in program.servers), default=0)
    return (on_one_line(f"{one.url:{width}}  {one.name}".rstrip()) for one in program.servers)


def client(**arguments: Any) -> SyncClient:  # Any: as the class of each package has them
    """A client of the package."""
    made: SyncClient = import_module(PACKAGE).Client(**arguments)
    return made


def operation(resource: Resource, command: Command) -> Operation[object]:
    """The operation behind a command."""
    file = import_module(_class(resource).__module__)
    found: Operation[object] = getattr(file._operations, command.constant)  # noqa: SLF001 - what its methods call
    return found


def method(caller: SyncClient, resource: Resource, name: str) -> Callable[..., Any]:  # Any: of each its own
    """A method of a client."""
    found: Callable[..., Any] = getattr(getattr(caller, resource.name), name)
    return found


def documentation(resource: Resource, command: Command) -> str:
    """What the method says of itself; nothing where docstrings are left out."""
    return getattr(_class(resource), command.method).__doc__ or ""


def _class(resource: Resource) -> Any:  # Any: a class of the package
    return getattr(import_module(f"{PACKAGE}.resources"), resource.class_name)


def requirement(extra: str, libraries: Iterable[str]) -> str:
    """What to tell pip to install: an extra of what brought this package, where it has it, else libraries."""
    from importlib.metadata import metadata, packages_distributions

    for name in packages_distributions().get(PACKAGE.partition(".")[0], ()):
        if extra in (metadata(name).get_all("Provides-Extra") or ()):
            return f'"{name}[{extra}]"'
    return " ".join(libraries)
