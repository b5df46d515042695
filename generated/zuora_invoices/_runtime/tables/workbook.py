"""Sheets of .xlsx workbooks, read and written by openpyxl, which the extra `xlsx` installs.

A workbook holds its numbers as binary fractions and shows at most 15 digits of them, so those 15 are what a number here
is: 0.1 is `Decimal("0.1")`, and what a formula gives as 0.30000000000000004 is 0.3, as people see it.
"""

from __future__ import annotations

import codecs
import re
import warnings
import zlib
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import count, islice
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile, ZipFile
from zipfile import Path as Member

from .faults import Fault, TableError
from .rows import Broken, Cell, Layout, Row, Shown, Table, headers_of, own, plain, row_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

_DIGITS: Final = 15
_LITERALS: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ZEROS: Final = re.compile(r"0+")
_DECIMALS: Final = re.compile(r"[0#?](?:\.(?P<decimals>[0#?]*))?(?!.*[0#?])")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # in which a tag looks different
_CHUNK: Final = 1 << 16
_OVERLAP: Final = 100  # bytes, in which a tag may be cut
_MISSING: Final = "reading .xlsx needs openpyxl: install the extra xlsx, or save the sheet as CSV"
_TOO_LONG: Final = (
    f"is a number of more than {_DIGITS} digits, which a sheet does not keep: make the column one of text"
)
_DAMAGED: Final = "is no .xlsx workbook, is damaged, or has a password: open it, and save it anew as .xlsx"
_ODD: Final = (BadZipFile, LookupError, ValueError, TypeError, SyntaxError, EOFError, zlib.error)
"""What openpyxl, and what it reads by, raise of a workbook that is none; XML that is none is a `SyntaxError`."""
_NO_RESULT: Final = "is a formula without a result: open the workbook, let it calculate, and save it"


def open_workbook(path: Path, said: Layout) -> Table:
    """A sheet of a workbook as a table; the lines are those of the sheet.

    Raises:
        TableError: openpyxl is not installed, or the workbook cannot be read.
    """
    with _sheet(path, said.sheet, formulas=False) as sheet:
        title = str(sheet.title)
    layout = replace(said, format="xlsx", sheet=title)
    with closing(_records(path, layout)) as records:
        first = next(records, None)
    if first is None:
        raise TableError([Fault(path.name, f'has nothing on the sheet "{title}"')])
    headers = headers_of(path.name, *first)

    def rows() -> Generator[Row]:
        for line, cells in islice(_records(path, layout), 1, None):
            row = row_of(line, headers, cells)
            if row is not None:
                yield row

    return Table(path, layout, own(headers), rows)


@contextmanager
def _sheet(path: Path, name: str | None, *, formulas: bool) -> Iterator[Any]:  # Any: of many classes
    """A sheet, with the results of formulas or with the formulas themselves."""
    try:
        import openpyxl  # here, as it is an extra
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        raise TableError([Fault(path.name, _MISSING)]) from None
    try:
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(path, read_only=True, data_only=not formulas, keep_links=False)
    except (InvalidFileException, *_ODD):
        raise TableError([Fault(path.name, _DAMAGED)]) from None
    try:
        titles = [sheet.title for sheet in book.worksheets]
        chosen = name if name is not None else titles[0] if len(titles) == 1 else None
        if chosen not in titles:
            wrong = f'has no sheet "{name}"' if name is not None else 'has several sheets: say which is the "sheet"'
            raise TableError([Fault(path.name, f"{wrong}; there are {', '.join(titles)}")])
        sheet = book[chosen]
        sheet.reset_dimensions()  # those that stand in the file may be wrong, and would cut lines off
        yield sheet
    finally:
        book.close()


def _records(path: Path, layout: Layout) -> Generator[tuple[int, list[Cell | None]]]:
    """Lines that hold something."""
    with closing(_lines(path, layout.sheet)) as lines:
        for line in count(1):
            try:
                with warnings.catch_warnings(action="ignore"):  # of styles and the like; what is odd in a cell is told
                    cells = next(lines, None)
            except TableError:
                raise
            except _ODD:
                raise TableError([Fault(path.name, _DAMAGED, (line,))]) from None
            if cells is None:
                return
            found = [_cell(cell, source) for cell, source in cells]
            if line >= layout.header and any(cell is not None for cell in found):
                yield line, found


def _lines(path: Path, title: str | None) -> Generator[Iterable[tuple[Any, Any]]]:
    """Cells, each with itself as it was put in: only a formula itself says where its result is missing."""
    with _sheet(path, title, formulas=False) as results, closing(results.iter_rows()) as lines:
        if not _has_formulas(path):
            for cells in lines:
                yield zip(cells, cells, strict=True)
            return
        with _sheet(path, title, formulas=True) as formulas, closing(formulas.iter_rows()) as sources:
            for cells, put_in in zip(lines, sources, strict=True):
                yield zip(cells, put_in, strict=True)


def _has_formulas(path: Path) -> bool:
    """Whether a formula may be in a workbook, which is found out much quicker than it is read."""
    with ZipFile(path) as book:
        for name in book.namelist():
            with Member(book, name).open("rb") as part:
                before = b""
                while chunk := part.read(_CHUNK):
                    seen = before + chunk
                    if _FORMULA.search(seen) or seen.startswith(_WIDE):
                        return True
                    before = seen[-_OVERLAP:]
    return False


def _cell(cell: Any, source: Any) -> Cell | None:
    value = cell.value
    if value is None or value == "":
        return Broken(_NO_RESULT) if value is None and source.data_type == "f" else None
    if cell.data_type == "e":
        return Broken(f"holds the error {value}", value)
    if isinstance(value, bool | str | date | time | timedelta):
        return value
    if abs(value) >= 10**_DIGITS:
        return Broken(_TOO_LONG, "#NUM!")
    return _shown(value, str(cell.number_format))


def _shown(value: float, form: str) -> Shown:
    """A number as the sheet has it; of how it is shown the plain ways are known."""
    number = exact(value)
    bare = _LITERALS.sub("", form.partition(";")[0])
    text = None
    if form in ("General", "@"):
        text = plain(number)
    elif _ZEROS.fullmatch(form) and isinstance(number, int):
        text = f"{number:0{len(form) + (number < 0)}}"
    found = _DECIMALS.search(bare)
    if found is None or "E" in bare or "/" in bare or bare.rstrip().endswith(","):
        return Shown(number, form, text)
    return Shown(number, form, text, len(found["decimals"] or "") + 2 * bare.count("%"))


def exact(value: float) -> int | Decimal:
    """A number of fewer than 16 digits, as a sheet shows it where there is room: with 15 digits at most."""
    number = Decimal(format(value, f".{_DIGITS}g"))
    return int(number) if number == number.to_integral_value() else number


class WorkbookWriter:
    """Writes a workbook of one sheet."""

    def __init__(self, file: BinaryIO, layout: Layout, headers: Sequence[str]) -> None:
        import openpyxl  # here, as it is an extra; without it none could be read

        self._file = file
        self._headers = headers
        self._book = openpyxl.Workbook(write_only=True)
        self._sheet: Any = self._book.create_sheet(layout.sheet)  # as above
        for _ in range(1, layout.header):
            self._sheet.append([])
        self.write(dict(zip(headers, headers, strict=True)))

    def write(self, cells: Mapping[str, Cell]) -> None:
        """Write a line."""
        self._sheet.append([_written(self._sheet, cells.get(header)) for header in self._headers])

    def close(self) -> None:
        """Write the file."""
        self._book.save(self._file)


def _written(sheet: Any, cell: Cell | None) -> object:
    from openpyxl.cell import WriteOnlyCell  # as above

    if isinstance(cell, Shown):
        made = WriteOnlyCell(sheet, float(cell.number) if isinstance(cell.number, Decimal) else cell.number)
        made.number_format = cell.form
        return made
    if isinstance(cell, Broken):
        made = WriteOnlyCell(sheet, "#VALUE!" if cell.value is None else str(cell.value))
        made.data_type = "e"
        return made
    if isinstance(cell, str):
        made = WriteOnlyCell(sheet, cell)
        made.data_type = "s"  # "=1+1" is text here
        return made
    return float(cell) if isinstance(cell, Decimal) else cell
