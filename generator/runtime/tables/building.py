"""Lines to one element as it stands on the wire, with the place that every value has in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .faults import quoted
from .paths import EACH, PathError, parse, written
from .rows import CellError, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..values import Json
    from .cells import Read
    from .mapping import Column, TableMapping
    from .paths import Steps
    from .rows import Cell, Row


class Place(NamedTuple):
    """Where something stands in a file: lines, from 1, and a column if it is one cell."""

    lines: tuple[int, ...]
    column: str | None = None


class Wrong(NamedTuple):
    """A cell that is wrong: where, the path that its value would have, and what to do."""

    place: Place
    path: str
    message: str


@dataclass(slots=True)
class _Given:
    """What a column of the whole element said first, and in which line."""

    cell: Cell
    value: Json
    line: int
    is_read: bool
    """Whether the cell is right; else nothing is compared with it."""


class Built:
    """What lines give: the data as it stands on the wire, and what is wrong with cells.

    In the place of a value that cannot be read is its text, so that rules between fields know that something was given.
    """

    __slots__ = ("_declared", "_leaves", "_lines", "data", "wrong")

    def __init__(self, rows: Sequence[Row]) -> None:
        self.data: dict[str, Json] = {}
        self.wrong: list[Wrong] = []
        self._lines: Final = tuple(row.line for row in rows)
        self._leaves: dict[Steps, tuple[int, str]] = {}
        # Steps on the wire -> those of the mapping, and the line of what has an element a line.
        self._declared: dict[Steps, tuple[Steps, int | None]] = {(): ((), None)}

    def place(self, path: str, columns: Mapping[Steps, str]) -> Place:
        """Where a value stands, or would stand: `columns` are the headers of the steps of the mapping.

        Of what no cell is for it is the line of the element of an array that it is in, else all lines.
        """
        try:
            steps = parse(path)
        except PathError:
            steps = ()  # of the whole element, or with a name that is no part of a path
        for end in range(len(steps), -1, -1):
            head = steps[:end]
            if head in self._leaves:
                line, header = self._leaves[head]
                return Place((line,), header)
            if head in self._declared:
                declared, of_line = self._declared[head]
                lines = self._lines if of_line is None else (of_line,)
                found = columns.get((*declared, *steps[end:])) if end < len(steps) else None
                return Place(lines if found is None else lines[:1], found)
        return Place(self._lines)

    @property
    def places(self) -> dict[str, Place]:
        """Path -> place of every value that came from a cell."""
        return {written(steps): Place((line,), header) for steps, (line, header) in self._leaves.items()}


class Builder:
    """Makes elements of lines, as a mapping says."""

    def __init__(self, mapping: TableMapping) -> None:
        # Elements of arrays are counted as they come, so those with a number go in their order.
        columns = sorted(mapping.columns, key=lambda one: [step for step in one.steps if isinstance(step, int)])
        self._columns: Final = [(one, one.reader()) for one in columns if EACH not in one.steps]
        self._each: Final = [(one, one.reader()) for one in columns if EACH in one.steps]
        # What an empty cell means, as far as anything.
        meant = [(one, (one.formats.values or {}).get("")) for one in columns]
        self._empty: Final = [(one, value) for one, value in meant if value is not None and EACH not in one.steps]
        self._each_empty: Final = [(one, value) for one, value in meant if value is not None and EACH in one.steps]
        anchored = [(_anchor(one.steps, columns), one) for one in mapping.constants]
        self._constants: Final = [one for anchor, one in anchored if not anchor]
        self._beside: Final = [one for one in anchored if one[0] and EACH not in one[0]]
        self._each_beside: Final = [one for one in anchored if EACH in one[0]]
        self.columns: Final = {one.steps: one.header for one in columns}

    def build(self, rows: Sequence[Row]) -> Built:
        """An element of lines that belong together."""
        built = Built(rows)
        made: _Made = {(): (built.data, ())}
        alone: _Made = {}
        for constant in self._constants:
            _put(built, made, alone, constant.steps, constant.value, None)
        given: dict[Steps, _Given] = {}
        for row in rows:
            for column, read in self._columns:
                if (cell := row.cells.get(column.header)) is not None:
                    _take(built, made, given, row, column, read, cell)
            inner: _Made = {}
            for column, read in self._each:
                if (cell := row.cells.get(column.header)) is not None:
                    value, message = _value(read, cell)
                    if value is not None:
                        path = _put(built, made, inner, column.steps, value, (row.line, column.header))
                        if message:
                            built.wrong.append(Wrong(Place((row.line,), column.header), written(path), message))
            for column, value in self._each_empty:
                if column.header not in row.cells and (column.steps[-1] == EACH or _element(column.steps) in inner):
                    _put(built, made, inner, column.steps, value, (row.line, column.header))
            for anchor, constant in self._each_beside:
                if anchor in inner:
                    _put(built, made, inner, constant.steps, constant.value, (row.line, ""))
        for column, value in self._empty:
            if column.steps not in given:
                _put(built, made, {}, column.steps, value, (rows[0].line, column.header))
        for anchor, constant in self._beside:
            if anchor in made:
                _put(built, made, {}, constant.steps, constant.value, None)
        return built


def _anchor(steps: Steps, columns: Sequence[Column]) -> Steps:
    """The steps to what has to be there for a constant to count: the object that it is in, or the array's element.

    None if no column goes there.
    """
    for anchor in (steps[:-1], _element(steps)):
        if anchor and any(one.steps[: len(anchor)] == anchor for one in columns):
            return anchor
    return ()


def _element(steps: Steps) -> Steps:
    """The steps to the element that a line gives; none outside of such."""
    return steps[: steps.index(EACH) + 1] if EACH in steps else ()


def _take(
    built: Built, made: _Made, given: dict[Steps, _Given], row: Row, column: Column, read: Read, cell: Cell
) -> None:
    """A cell of what is the same in all lines of an element."""
    first = given.get(column.steps)
    if first is not None and first.cell == cell:
        return
    value, message = _value(read, cell)
    if value is None:
        return
    if first is None:
        path = _put(built, made, {}, column.steps, value, (row.line, column.header))
        given[column.steps] = _Given(cell, value, row.line, not message)
    else:
        path = column.steps
        if not message and first.is_read and value != first.value:
            message = (
                f"is {quoted(text_of(cell))} here and {quoted(text_of(first.cell))} in line {first.line}, and both "
                "are lines of one element: they must say the same"
            )
    if message:
        built.wrong.append(Wrong(Place((row.line,), column.header), written(path), message))


_Made = dict["Steps", tuple[Any, "Steps"]]
"""Steps of the mapping -> the object or array that was made for them (`Any`, as both are filled), and its steps."""


def _value(read: Read, cell: Cell | None) -> tuple[Json, str]:
    """The value of a cell, and what is wrong; then its text stands for it."""
    try:
        return read(cell), ""
    except CellError as error:
        return text_of(cell) or "?", str(error)


def _put(built: Built, made: _Made, inner: _Made, steps: Steps, value: Json, at: tuple[int, str] | None) -> Steps:
    """Put a value in its place; returns the steps to it on the wire."""
    line = None if at is None else at[0]
    holder, way = _holder(built, made, inner, steps, len(steps) - 1, line)
    last = steps[-1]
    if isinstance(last, int):
        path: Steps = (*way, len(holder))
        holder.append(value)
    else:
        path = (*way, last)
        holder[last] = value
    if at is not None and at[1]:
        built._leaves[path] = at  # noqa: SLF001 - one thing in two parts: what is made, and its making
    return path


def _holder(built: Built, made: _Made, inner: _Made, steps: Steps, depth: int, line: int | None) -> tuple[Any, Steps]:
    """The object or array that holds the step at a depth, made where there is none."""
    key = steps[:depth]
    scope = inner if EACH in key else made
    if (found := scope.get(key)) is not None:
        return found
    holder, way = _holder(built, made, inner, steps, depth - 1, line)
    fresh: Any = [] if isinstance(steps[depth], int) else {}
    step = steps[depth - 1]
    if isinstance(step, int):
        way = (*way, len(holder))
        holder.append(fresh)
    else:
        way = (*way, step)
        holder[step] = fresh
    scope[key] = fresh, way
    built._declared[way] = key, line if EACH in key else None  # noqa: SLF001 - as above
    return fresh, way
