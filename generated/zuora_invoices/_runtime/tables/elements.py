"""Elements of a table, each checked by its model, with all that is wrong in the terms of the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from ..violations import violations
from .building import Builder, Built, Place
from .faults import Fault, TableError
from .grouping import GroupError, Seen, anywhere, together
from .jsonlines import objects
from .mapping import TableMapping, check_headers, plain_mapping
from .rows import Row, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..values import Json
    from .paths import Steps
    from .rows import Table

Model = TypeVar("Model", bound=BaseModel)
Made = TypeVar("Made", bound=BaseModel, covariant=True)


@dataclass(frozen=True, eq=False)
class Element(Generic[Made]):
    """What some lines of a table give, ready to be sent, or all that is wrong with it.

    `reference` is the caller's own id of it. `data` is the element as it stands on the wire, numbers exact; `request`
    is its model, `None` where something is wrong, which `faults` says then.
    """

    file: str
    reference: str
    rows: tuple[Row, ...]
    data: Mapping[str, Json]
    request: Made | None
    faults: tuple[Fault, ...]
    _built: Built | None = None
    _columns: Mapping[Steps, str] | None = None

    @property
    def lines(self) -> tuple[int, ...]:
        """The numbers of its lines in the file, from 1."""
        return tuple(row.line for row in self.rows)

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Wire path -> line and column of every value that came from a cell."""
        return {} if self._built is None else self._built.places

    def fault(self, message: str, path: str = "") -> Fault:
        """Something that is wrong with the element, or with the value at a path of it, as a fault of the file.

        For what is found out later, as by the server.
        """
        place = Place(self.lines)
        if self._built is not None:
            place = self._built.place(path, self._columns or {})
        return Fault(self.file, message, place.lines, place.column, path)


def elements(
    table: Table,
    model: type[Model],
    mapping: TableMapping | None = None,
    *,
    group: Sequence[str] = (),
    reference: str | None = None,
) -> Iterator[Element[Model]]:
    """The elements of a table, lazily, in the order of their first lines; what is wrong with one is in it.

    Without a mapping the headers are wire paths, and the lines of JSON Lines whole elements; `group` and `reference`
    are then as those of a mapping. Memory does not grow with the file.

    Raises:
        TableError: the columns are not those of the mapping, or the file cannot be read to its end.
    """
    try:
        if mapping is None and table.headers is None:
            yield from _whole(table, model, group, reference)
            return
        if mapping is None:
            mapping = plain_mapping(table.name, table.headers or (), model, group=group, reference=reference)
        if table.headers is not None:
            check_headers(mapping, table.name, table.headers)
        yield from _Elements(table, model, mapping).all()
    except sqlite3.Error as error:
        message = f"cannot be gone through, as there is no room for what has to be kept of it: {error}"
        raise TableError([Fault(table.name, message)]) from None


def _whole(table: Table, model: type[Model], group: Sequence[str], reference: str | None) -> Iterator[Element[Model]]:
    """The lines of JSON Lines that are elements themselves."""
    if group:
        raise TableError([Fault(table.name, "has an element in each line: lines are grouped by a mapping alone")])
    with closing(Seen()) as seen:
        for line, data, origin in objects(table.path):
            name = str(origin or line)
            faults = []
            if reference is not None:
                given = data.get(reference)
                name = str(given) if isinstance(given, str | int) else ""
                if not name:
                    faults.append(
                        Fault(table.name, "must be there, as the reference of the line", (line,), path=reference)
                    )
            request, found = _checked(model, data)
            faults += [Fault(table.name, message, (line,), path=path) for path, message in found]
            faults += _again(table.name, seen, name, line)
            row = Row(line, {}, origin)
            yield Element(table.name, name or str(line), (row,), data, None if faults else request, tuple(faults))


def _again(file: str, seen: Seen, name: str, line: int) -> list[Fault]:
    """That a reference came before."""
    first = seen.line(name, line)
    message = f'has the reference "{name}", which line {first} has too: each element needs its own'
    return [] if first is None else [Fault(file, message, (line,))]


def _checked(model: type[Model], data: Mapping[str, Json]) -> tuple[Model | None, list[tuple[str, str]]]:
    """The model of data, or paths and messages of what is wrong."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [(one.path, one.message) for one in violations(error)]


class _Elements(Generic[Model]):
    """Makes the elements of one table."""

    def __init__(self, table: Table, model: type[Model], mapping: TableMapping) -> None:
        self._table = table
        self._model = model
        self._mapping = mapping
        self._builder = Builder(mapping)

    def all(self) -> Iterator[Element[Model]]:
        """One after the other."""
        rows, mapping = self._table.rows(), self._mapping
        groups: Iterable[list[Row]] = ([row] for row in rows)
        if mapping.group:
            groups = (anywhere if mapping.anywhere else together)(rows, self._key)
        try:
            with closing(Seen()) as seen:
                for found in groups:
                    yield self._element(found, seen)
        except GroupError as error:
            columns = " and ".join(f'"{header}"' for header in mapping.group)
            message = f"begins an element of {error}: is it {columns} by which lines are one?"
            raise TableError([Fault(self._table.name, message, (error.line,))]) from None

    def _key(self, row: Row) -> str:
        """What the columns of the group say, as one text."""
        return " / ".join(filter(None, (text_of(row.cells.get(header)).strip() for header in self._mapping.group)))

    def _element(self, rows: list[Row], seen: Seen) -> Element[Model]:
        file, built = self._table.name, self._builder.build(rows)
        faults = [*self._faults_of_lines(rows)]
        reference = self._reference(rows, faults)
        faults += [Fault(file, one.message, one.place.lines, one.place.column, one.path) for one in built.wrong]
        unread = {one.path for one in built.wrong}
        request, found = _checked(self._model, built.data)
        for path, message in found:
            if not any(path == one or path.startswith((f"{one}.", f"{one}[")) for one in unread):
                place = built.place(path, self._builder.columns)
                faults.append(Fault(file, message, place.lines, place.column, path))
        if reference:
            faults += self._came_before(reference, rows[0].line, seen)
        faults.sort(key=lambda fault: fault.lines)
        return Element(
            file,
            reference or str(rows[0].origin or rows[0].line),
            tuple(rows),
            built.data,
            None if faults else request,
            tuple(faults),
            built,
            self._builder.columns,
        )

    def _faults_of_lines(self, rows: Sequence[Row]) -> Iterator[Fault]:
        for row in rows:
            for message in row.faults:
                yield Fault(self._table.name, message, (row.line,))
            if self._table.headers is None:
                for header, message in self._mapping.unknown(tuple(row.cells)):
                    yield Fault(self._table.name, message, (row.line,), header)
            for header in self._mapping.group:
                if header not in row.cells:
                    yield Fault(self._table.name, "is empty, and says which lines are one element", (row.line,), header)

    def _reference(self, rows: Sequence[Row], faults: list[Fault]) -> str:
        """The reference of an element; empty if its column is."""
        header = self._mapping.reference
        if header is None:
            return self._key(rows[0]) if self._mapping.group else str(rows[0].origin or rows[0].line)
        given = {text: row.line for row in reversed(rows) if (text := text_of(row.cells.get(header)).strip())}
        if len(given) == 1:
            return next(iter(given))
        lines = tuple(row.line for row in rows)
        if not given:
            faults.append(Fault(self._table.name, "is empty, and is the reference", lines, header))
            return ""
        (one, line), (other, other_line) = sorted(given.items(), key=lambda found: found[1])[:2]
        message = f'is "{one}" in line {line} and "{other}" in line {other_line}, and is the reference of one element'
        faults.append(Fault(self._table.name, message, lines, header))
        return ""

    def _came_before(self, reference: str, line: int, seen: Seen) -> list[Fault]:
        first = seen.line(reference, line)
        if first is None:
            return []
        if self._mapping.reference is None and self._mapping.group:
            columns = " and ".join(f'"{header}"' for header in self._mapping.group)
            message = (
                f'is a line of "{reference}", which begins in line {first}, and lines of others are between them: sort '
                f"the file by {columns}, or say `grouped: anywhere` in the mapping"
            )
            return [Fault(self._table.name, message, (line,))]
        return _again(self._table.name, seen, reference, line)
