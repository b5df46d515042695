"""JSON Lines: an object a line, every number exact."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ..codec import NotJsonError, decode, encode
from .faults import Fault, TableError
from .rows import FAILED_BECAUSE, FAILED_LINE, Broken, Cell, Layout, Row, Table, is_blank

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from ..values import Json

_INNER: Final = "is an object or an array: a mapping is for single values, leave it out for lines that are elements"


def open_json_lines(path: Path, said: Layout) -> Table:
    """A file of JSON Lines as a table, whose columns are the members of its lines."""

    def rows() -> Generator[Row]:
        for line, found, origin in objects(path):
            cells = {name: _cell(value) for name, value in found.items() if value is not None}
            yield Row(line, {name: cell for name, cell in cells.items() if not is_blank(cell)}, origin)

    return Table(path, replace(said, format="jsonl", encoding="utf-8"), None, rows)


def _cell(value: Json) -> Cell:
    if isinstance(value, str | bool | int | Decimal):
        return value
    return Broken(_INNER, value)


def objects(path: Path) -> Iterator[tuple[int, Mapping[str, Json], int | None]]:
    """The lines of a file: number, object, and the number that the line of failed ones had in the first file.

    Raises:
        TableError: a line is no JSON object.
    """
    with path.open("rb") as file:
        for line, text in enumerate(file, 1):
            if not text.strip():
                continue
            try:
                found = decode(text.strip())
            except NotJsonError as error:
                raise TableError([Fault(path.name, f"is not JSON: {error}", (line,))]) from None
            if not isinstance(found, dict):
                raise TableError([Fault(path.name, "must be a JSON object, one on a line", (line,))])
            found.pop(FAILED_BECAUSE, None)
            origin = found.pop(FAILED_LINE, None)
            yield line, found, origin if isinstance(origin, int) else None


class JsonLinesWriter:
    """Writes lines as they were read, numbers digit for digit."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, cells: Mapping[str, Cell]) -> None:
        """Write a line."""
        found = {name: cell.value if isinstance(cell, Broken) else cell for name, cell in cells.items()}
        self.write_object(found)

    def write_object(self, members: Mapping[str, object]) -> None:
        """Write a line that is an element itself."""
        self._file.write(encode(members) + b"\n")

    def close(self) -> None:
        """Nothing is left to be written."""
