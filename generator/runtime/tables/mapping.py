"""What columns are: where their values go on the wire, how they are written, and which lines are one element."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from .cells import Formats, reader
from .faults import Fault, TableError, nearest
from .fields import Type, resolve
from .paths import PathError, spelled
from .rows import Layout, own

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import BaseModel

    from ..values import Json
    from .cells import Read
    from .paths import Steps

_PLAIN: Final = Formats()
_DETECTED: Final = Layout()
_ONE_COLUMN: Final = (
    'is the only column: if another sign parts its cells, say that as "delimiter"; if another line names the columns, '
    'say which as "header"'
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column whose values are sent: its header, the steps to its value, what the value is, and what reads a cell."""

    header: str
    steps: Steps
    type: Type
    formats: Formats = _PLAIN

    def reader(self) -> Read:
        """What reads a cell of the column."""
        return reader(self.type, self.formats)


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that every element has, or that every element of the array has of which each line is one."""

    steps: Steps
    value: Json


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How a table becomes elements."""

    columns: tuple[Column, ...]
    constants: tuple[Constant, ...] = ()
    group: tuple[str, ...] = ()
    """The columns by which lines belong together; without any, each line is an element."""
    anywhere: bool = False
    """Whether the lines of an element may stand anywhere in the file; else they follow each other."""
    reference: str | None = None
    """The column of the caller's own id of an element; by default the columns of the group, or the line's number."""
    ignored: frozenset[str] = frozenset()
    layout: Layout = _DETECTED
    file: str = ""
    """The mapping file, as far as there is one."""
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Header -> line and character in the mapping file."""

    def headers(self) -> tuple[str, ...]:
        """The columns that must be there."""
        named = [column.header for column in self.columns]
        return tuple(dict.fromkeys([*named, *self.group, *([self.reference] if self.reference is not None else [])]))

    def unknown(self, headers: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Columns of a file that the mapping says nothing of, each with what to do."""
        known = {*self.headers(), *self.ignored}
        for header in headers:
            if header not in known:
                yield header, f'is not in the mapping: add it to "columns", or to "ignore"{nearest(header, known)}'


def check_headers(mapping: TableMapping, file: str, headers: Sequence[str]) -> None:
    """Hold a mapping against the headers of a file.

    Raises:
        TableError: the file has columns that the mapping does not know, or lacks some that it does.
    """
    faults = [Fault(file, message, column=header) for header, message in mapping.unknown(headers)]
    if faults and len(headers) == 1 < len(mapping.headers()):
        raise TableError([Fault(file, _ONE_COLUMN, column=headers[0])])
    for header in mapping.headers():
        if header not in headers:
            line, character = mapping.places.get(header, (0, 0))
            faults.append(
                Fault(
                    mapping.file or file,
                    f"is no column of {file}{nearest(header, headers)}: add it there, or take it out here",
                    (line,) if line else (),
                    header,
                    character=character or None,
                )
            )
    if faults:
        raise TableError(faults)


def plain_mapping(
    file: str,
    headers: Sequence[str],
    model: type[BaseModel],
    *,
    group: Sequence[str] = (),
    reference: str | None = None,
    formats: Formats | None = None,
) -> TableMapping:
    """The mapping of a table whose headers are wire paths; those of `group` and `reference` may be none.

    Raises:
        TableError: a header is no path; says all of them.
    """
    faults: list[Fault] = []
    columns: list[Column] = []
    for header in own(headers):
        try:
            steps, kind = resolve(model, header)
        except PathError as error:
            if header not in group and header != reference:
                faults.append(
                    Fault(
                        file,
                        f"is no path to a value: {error}; a mapping file says what columns of other names are",
                        column=header,
                    )
                )
        else:
            columns.append(Column(header, steps, kind, formats or _PLAIN))
    faults += [Fault(file, message, column=header) for header, message in twice(columns)]
    for header in [*group, *([reference] if reference is not None else [])]:
        if header not in headers:
            faults.append(Fault(file, f"is no column of the file{nearest(header, headers)}", column=header))
    if faults:
        raise TableError(faults)
    return TableMapping(tuple(columns), group=tuple(group), reference=reference)


def twice(columns: Sequence[Column], constants: Sequence[Constant] = ()) -> Iterator[tuple[str, str]]:
    """Columns whose values would go where others go already, each with a message."""
    seen: dict[Steps, str] = {one.steps: "the constant" for one in constants}
    for column in columns:
        path = spelled(column.steps)
        for end in range(1, len(column.steps)):
            if (other := seen.get(column.steps[:end])) is not None:
                yield column.header, f"goes to {path}, inside of what {other} gives"
        if column.steps in seen:
            yield column.header, f"goes to {path}, as {seen[column.steps]} does: one of them has to go"
        seen.setdefault(column.steps, f'column "{column.header}"')
