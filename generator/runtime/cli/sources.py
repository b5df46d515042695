"""The file of a run: its table, its mapping, and its elements, which can be gone through as often as is needed."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..bulk.elements import part_of
from ..bulk.writing import names_of
from ..tables import Layout, TableError, elements, open_table, plain_mapping, read_mapping
from ..tables.cells import Formats
from .failures import MISUSED, REJECTED, Failure, misused, plain, shown
from .values import inside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from pydantic import BaseModel

    from ..operation import Operation
    from ..tables import Element, Table, TableMapping


@dataclass(frozen=True, slots=True)
class Source:
    """A file, and what its lines are to become."""

    table: Table
    model: type[BaseModel]
    mapping: TableMapping | None
    reference: str | None
    shard: tuple[int, int] | None
    state: tuple[int, ...]
    """Of the file, when it was opened."""

    def check_unchanged(self) -> None:
        """Make sure that the file is still the one that was opened: it is read more than once.

        Raises:
            Failure: it is another, or is not there any more.
        """
        with table_failures():
            if _state(self.table.path) != self.state:
                message = f"{self.table.name} was saved over while it was being read"
                raise Failure(message, REJECTED, ["Run the same command again: it reads all of it anew."])

    def elements(self) -> Iterator[Element[BaseModel]]:
        """Its elements; of a shard, those of that.

        Raises:
            Failure: the file cannot be read to its end.
        """
        with table_failures():
            for one in elements(self.table, self.model, self.mapping, reference=self.reference):
                if self.shard is None or part_of(one.reference, self.shard[1]) == self.shard[0]:
                    yield one

    def places(self, references: Collection[str]) -> Iterator[str]:
        """Where elements stand, a line each; `references` are theirs.

        Raises:
            Failure: the file cannot be read to its end.
        """
        return (str(one.fault(f"is {one.reference}")) for one in self.elements() if one.reference in references)

    def __iter__(self) -> Iterator[tuple[str, Any]]:  # Any: a model of the operation
        """References and models of the elements that are right."""
        return ((one.reference, one.request) for one in self.elements() if not one.faults)


def element_model(operation: Operation[object]) -> type[BaseModel]:
    """The class of what an operation that takes batches takes many of."""
    names = names_of(operation)
    kind = (
        inside(operation.body.type, [names.requests, 0]) if operation.body is not None and names is not None else None
    )
    if kind is None or kind.model is None:
        raise Failure(f"the elements of {operation.id} are no objects, so no table can have them", MISUSED)
    return kind.model


def opened(operation: Operation[object], given: Mapping[str, Any], root: Sequence[str]) -> Source:
    """The file that the options of a command name, with its mapping; nothing of its lines is read.

    `root` is the command line as such.

    Raises:
        Failure: it cannot be read, or its columns are not those of the mapping.
    """
    model = element_model(operation)
    said = [name for name in ("group", "reference", "decimal") if given[name]]
    if said and given["map"] is not None:
        raise misused(f"--{said[0]} is for files without a mapping: say it in {given['map']}")
    with table_failures():
        mapping = None if given["map"] is None else read_mapping(given["map"], model)
        state = _state(Path(given["source"]))
        table = open_table(given["source"], layout(given, mapping.layout if mapping is not None else Layout()))
    if mapping is None and table.headers is not None:
        first = shown([*root, "init-map", given["source"]])
        with table_failures(f"To say in a mapping file what the columns are, begin with: {first} > map.yaml"):
            formats = Formats(decimal=given["decimal"]) if given["decimal"] else None
            mapping = plain_mapping(
                table.name, table.headers, model, group=given["group"], reference=given["reference"], formats=formats
            )
    return Source(table, model, mapping, given["reference"], given["shard"], state)


def _state(path: Path) -> tuple[int, ...]:
    """What is another if a file was written to, or put in the place of another."""
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def layout(given: Mapping[str, Any], said: Layout) -> Layout:
    """How a file is written: what options say counts more than a mapping file."""
    names = ("format", "encoding", "delimiter", "sheet")
    return replace(said, **{name: given[name] for name in names if given[name] is not None})


@contextmanager
def table_failures(*ways: str) -> Iterator[None]:
    """Let what is wrong with a file end a command, with all that is wrong, and with ways to mend it."""
    try:
        yield
    except TableError as error:
        first, *others = error.faults
        raise Failure(plain(str(first)), MISUSED, [*(plain(str(one)) for one in others), *ways]) from None
    except OSError as error:
        # The second is the one that was to be written anew.
        name = error.filename if error.filename2 is None else error.filename2
        is_open = "Is it open in another program? Close it there, and run the same command again."
        mending = [is_open] * isinstance(error, PermissionError)
        raise Failure(f"{name}: {error.strerror or type(error).__name__}", MISUSED, mending) from None
