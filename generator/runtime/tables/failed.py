"""The file of failed lines: the same columns and why, in the form of the file that they are from, to be read again."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .delimited import DelimitedWriter
from .jsonlines import JsonLinesWriter
from .rows import FAILED_BECAUSE, FAILED_LINE
from .workbook import WorkbookWriter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import Self

    from pydantic import BaseModel

    from .elements import Element
    from .faults import Fault
    from .rows import Row, Table

_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets take a cell for, by how it begins


class FailedLines:
    """Writes failed elements of a table into a file beside it: with all of their lines, and why they failed.

    The file is there when the block ends, as a whole, in the place of one of that name; where nothing was written, or
    the block fails, nothing changes. Two columns are added: why, which means nothing when the file is read again, and
    the number of the line in the first file, which stays the reference of elements that have no other one.

        with FailedLines("november.failed.csv", table) as failed:
            for element in elements(table, model, mapping):
                if element.faults:
                    failed.write(element)
    """

    def __init__(self, path: str | os.PathLike[str], table: Table) -> None:
        self._path: Final = Path(path)
        self._table: Final = table
        self.count = 0
        """Elements that were written."""

    def __enter__(self) -> Self:
        descriptor, name = tempfile.mkstemp(prefix=f".{self._path.name}.", dir=self._path.parent)
        self._fresh = Path(name)
        self._file = os.fdopen(descriptor, "wb")
        try:
            shutil.copymode(self._table.path, name)
            self._writer = self._made()
        except BaseException:
            self._discard()
            raise
        return self

    def _made(self) -> DelimitedWriter | JsonLinesWriter | WorkbookWriter:
        layout = self._table.layout
        headers = (*(self._table.headers or ()), FAILED_LINE, FAILED_BECAUSE)
        if layout.format == "jsonl":
            return JsonLinesWriter(self._file)
        if layout.format == "xlsx":
            return WorkbookWriter(self._file, layout, headers)
        return DelimitedWriter(self._file, layout, headers)

    def write(self, element: Element[BaseModel], faults: Sequence[Fault] | None = None) -> None:
        """Write the lines of an element; by default because of its own faults."""
        told = element.faults if faults is None else faults
        lines = element.lines
        for row in element.rows:
            own = [
                one for one in told if (one.lines[0] if one.lines and one.lines[0] in lines else lines[0]) == row.line
            ]
            reasons = "; ".join(map(_reason, own)) or f'is a line of "{element.reference}", of which others are wrong'
            self._write(element, row, f"'{reasons}" if reasons.startswith(_FORMULAS) else reasons)
        self.count += 1

    def _write(self, element: Element[BaseModel], row: Row, why: str) -> None:
        origin = row.line if row.origin is None else row.origin
        if isinstance(self._writer, JsonLinesWriter) and not row.cells:
            self._writer.write_object({**element.data, FAILED_LINE: origin, FAILED_BECAUSE: why})
        elif isinstance(self._writer, DelimitedWriter):
            self._writer.write({**row.cells, FAILED_LINE: str(origin), FAILED_BECAUSE: why})
        else:
            self._writer.write({**row.cells, FAILED_LINE: origin, FAILED_BECAUSE: why})

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is not None or not self.count:
            self._discard()
            return
        try:
            self._writer.close()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            os.replace(self._fresh, self._path)
        except BaseException:
            self._discard()
            raise

    def _discard(self) -> None:
        self._file.close()
        self._fresh.unlink(missing_ok=True)


def _reason(fault: Fault) -> str:
    place = fault.column if fault.column is not None else fault.path
    return f"{place}: {fault.message}" if place else fault.message
