"""Lines of a file and their cells, whatever the file is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from .faults import Fault, TableError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping
    from pathlib import Path

FAILED_LINE: Final = "Failed line"
"""The column of a file of failed lines that has the number of the line in the first file."""
FAILED_BECAUSE: Final = "Failed because"
"""The column of a file of failed lines that says why; it means nothing when the file is read again."""
_LONG: Final = 400  # digits
_ADDED: Final = (FAILED_LINE, FAILED_BECAUSE)


class Shown(NamedTuple):
    """A number of a spreadsheet: what it is, its form there, and how that shows it, as far as this is known."""

    number: int | Decimal
    form: str = "General"
    text: str | None = None
    decimals: int | None = None


class Broken(NamedTuple):
    """A cell whose value cannot be used, and why; what stands there all the same."""

    message: str
    value: object = None


Cell: TypeAlias = str | bool | int | Decimal | date | datetime | time | timedelta | Shown | Broken
"""What stands in a cell. CSV has strings alone."""


class CellError(ValueError):
    """A cell does not say what its column is for."""


class Row(NamedTuple):
    """A line of a file: its number, from 1, and its cells by their headers, without those that are empty.

    `origin` is the number of the line that a line of failed ones had in the first file. `faults` are of the line
    itself, as when it has too many cells.
    """

    line: int
    cells: Mapping[str, Cell]
    origin: int | None = None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is written; what is `None` is detected. What was detected is in the layout of the open table."""

    format: str | None = None
    """`csv`, `jsonl` or `xlsx`; by default what the file's name ends in."""
    encoding: str | None = None
    """Of CSV: UTF-8 where it is that, UTF-16 where it has its zeros, else cp1252; a mark counts more than this."""
    delimiter: str | None = None
    """Of CSV, one character."""
    sheet: str | None = None
    """Of a workbook; by default its only one."""
    header: int = 1
    """The line that names the columns, or the first after it that is not blank; what stands above it is no line."""
    mark: bool = False
    """Whether a byte order mark stands before the text."""
    said: bool = False
    """Whether the first line is `sep=` and the delimiter, as spreadsheets write it."""
    line_end: str = "\r\n"


@dataclass(frozen=True, slots=True)
class Table:
    """An open file of lines: each call of `rows` reads it from the beginning."""

    path: Path
    layout: Layout
    headers: tuple[str, ...] | None
    """Of the columns, but for those that a file of failed lines has more; `None` where each line names its own."""
    rows: Callable[[], Generator[Row]]

    @property
    def name(self) -> str:
        """The file's name, as faults have it."""
        return self.path.name


def is_sign(text: str) -> bool:
    """Whether a text is a character that can part others: no letter, no digit, no quote and no end of a line."""
    return len(text) == 1 and not text.isalnum() and text not in '"\r\n'


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing though something is in it."""
    return isinstance(cell, str) and (not cell or cell.isspace())


def text_of(cell: Cell | None) -> str:
    """A cell as text, for what is looked up by it, such as which lines belong together."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, Shown):
        return plain(cell.number) if cell.text is None else cell.text
    if isinstance(cell, int | Decimal):
        return plain(cell)
    return "" if isinstance(cell, Broken) else str(cell)


def plain(number: int | Decimal) -> str:
    """A number with all of its digits, and without an exponent, as long as that has a sane length."""
    if isinstance(number, int) or abs(number.adjusted()) > _LONG:
        return str(number)
    return f"{number:f}"  # which goes through float for an int


def headers_of(file: str, line: int, cells: Iterable[Cell | None]) -> list[str]:
    """The headers of a table, one for each column; a column without one is ``.

    Raises:
        TableError: two columns have one header, or none has any.
    """
    headers = [" ".join(text_of(cell).split()) for cell in cells]
    faults = [
        Fault(file, f"stands over columns {headers.index(header) + 1} and {number}; rename one", (line,), header)
        for number, header in enumerate(headers, 1)
        if header and headers.index(header) + 1 < number
    ]
    if not any(headers):
        faults.append(Fault(file, "has no header line: the first line must name the columns"))
    if faults:
        raise TableError(faults)
    return headers


def row_of(line: int, headers: list[str], cells: Iterable[Cell | None]) -> Row | None:
    """A line of a table with these headers; `None` if there is nothing in it."""
    found: dict[str, Cell] = {}
    faults: list[str] = []
    origin: int | None = None
    for number, cell in enumerate(cells):
        if cell is None or is_blank(cell):
            continue
        header = headers[number] if number < len(headers) else ""
        if not header:
            faults.append(
                f"column {number + 1} has no header, and a value in this line: give it a header, or empty the cell"
            )
        elif header == FAILED_LINE:
            text = str(cell.number if isinstance(cell, Shown) else cell).strip()
            if text.isascii() and text.isdecimal() and len(text) < _LONG:
                origin = int(text)
            else:
                faults.append(f'"{FAILED_LINE}" must be the number of a line')
        elif header != FAILED_BECAUSE:
            found[header] = cell
    return Row(line, found, origin, tuple(faults)) if found or faults else None


def own(headers: Iterable[str]) -> tuple[str, ...]:
    """The headers but for those that a file of failed lines has more, and for columns without one."""
    return tuple(header for header in headers if header and header not in _ADDED)
