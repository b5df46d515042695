"""CSV: its encoding and delimiter detected where nobody says them, its lines with their numbers in the file."""

from __future__ import annotations

import codecs
import csv
import io
import re
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from .faults import Fault, TableError
from .rows import Layout, Row, Table, headers_of, own, row_of, text_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from .rows import Cell

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before that of UTF-16, which it begins with
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED: Final = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}
_DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 100  # lines by which the delimiter is found
_CHUNK: Final = 1 << 16
_LAST_RESORT: Final = "cp1252"
FOUND_OUT: Final = frozenset(("utf-8", "utf-32-le", "utf-16-le", "utf-16-be", _LAST_RESORT))
"""The encodings that are known from a file itself."""


def open_delimited(path: Path, said: Layout) -> Table:
    """A CSV file as a table.

    Raises:
        TableError: it cannot be read, or has no proper header line.
    """
    layout = _detected(path, said)
    with closing(_records(path, layout)) as records:
        first = next(records, None)
    if first is None:
        raise TableError([Fault(path.name, "is empty: the first line must name the columns")])
    headers = headers_of(path.name, *first)

    def rows() -> Generator[Row]:
        for line, cells in islice(_records(path, layout), 1, None):
            row = row_of(line, headers, cells)
            if row is not None:
                yield row

    return Table(path, layout, own(headers), rows)


def _detected(path: Path, said: Layout) -> Layout:
    encoding, mark = _encoding(path, said.encoding)
    layout = replace(said, format="csv", encoding=encoding, mark=mark)
    try:
        with _reading(path, layout) as lines:
            sample = list(islice(lines, _SAMPLE))
    except UnicodeDecodeError:
        raise _unreadable(path, encoding) from None
    text = "".join(sample)
    line_end = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
    top = sample[0].rstrip("\r\n") if sample else ""
    is_said = re.fullmatch('sep=[^\r\n"]', top, re.IGNORECASE) is not None
    layout = replace(layout, said=is_said, line_end=line_end)
    if layout.delimiter is None:
        delimiter = sample[0][len("sep=")] if is_said else _delimiter(sample[layout.header - 1 :])
        layout = replace(layout, delimiter=delimiter)
    return layout


def _encoding(path: Path, said: str | None) -> tuple[str, bool]:
    """The encoding of a file, and whether its mark stands in it."""
    with path.open("rb") as file:
        head = file.read(4096)
    try:
        name = None if said is None else codecs.lookup(said).name
    except LookupError:
        raise TableError([Fault(path.name, f'"{said}" is no encoding: say utf-8, utf-16 or cp1252')]) from None
    found = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if found is not None:
        return found, True
    if name is not None:
        return _UNMARKED.get(name, name), False
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if zeros.count(0) * 2 > len(zeros):  # of a text that is mostly Latin
            return name, False
    return next((name for name in ("utf-8", _LAST_RESORT) if _first_odd_line(path, name) is None), "utf-8"), False


def _first_odd_line(path: Path, encoding: str) -> int | None:
    """The first line that is not in an encoding."""
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                line += decoder.decode(chunk).count("\n")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            return line + error.object[: error.start].decode(encoding, "ignore").count("\n")
    return None


def _unreadable(path: Path, encoding: str) -> TableError:
    line = _first_odd_line(path, encoding)
    message = f'is not in {encoding}: save it as CSV UTF-8, or say its "encoding"'
    return TableError([Fault(path.name, message, (line,) if line else ())])


def _delimiter(sample: list[str]) -> str:
    """The one by which most lines have as many cells as the first one, and that has many."""

    def fitness(delimiter: str) -> tuple[int, int]:
        try:
            counts = [len(cells) for cells in csv.reader(sample, delimiter=delimiter) if cells]
        except csv.Error:
            return (0, 0)
        width = counts[0] if counts else 0
        return (counts.count(width), width) if width > 1 else (0, 0)

    return max(_DELIMITERS, key=fitness)


@contextmanager
def _reading(path: Path, layout: Layout) -> Iterator[Iterator[str]]:
    with path.open(encoding=layout.encoding, newline="") as file:
        if layout.mark:
            file.read(1)
        yield iter(file)


def _records(path: Path, layout: Layout) -> Generator[tuple[int, list[str]]]:
    """Lines that hold something, with the numbers on which they begin: a cell in quotes may go over several."""
    with _reading(path, layout) as lines:
        skipped = 1 if layout.said else 0
        reader = csv.reader(islice(lines, skipped, None), delimiter=layout.delimiter or ",", strict=True)
        while True:
            line = reader.line_num + skipped + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise TableError([Fault(path.name, _words(str(error)), (line,))]) from None
            except UnicodeDecodeError:
                raise _unreadable(path, layout.encoding or "utf-8") from None
            if cells is None:
                return
            if any(cells) and line >= layout.header:
                yield line, cells


def _words(error: str) -> str:
    if "unexpected end" in error:
        return "begins a cell with a quote that is never closed"
    if "expected after" in error:
        return 'has text behind the closing quote of a cell: a quote within quotes is written twice, ""'
    if "field limit" in error:
        return "has a cell of more than 131,072 characters; is a quote missing?"
    return f"cannot be read: {error}"


class DelimitedWriter:
    """Writes lines of CSV in a layout; a character that its encoding lacks becomes a question mark."""

    def __init__(self, file: BinaryIO, layout: Layout, headers: Sequence[str]) -> None:
        encoding = layout.encoding or "utf-8"
        self._headers = headers
        self._text = io.TextIOWrapper(file, encoding, "replace", newline="", write_through=True)
        self._text.write("\ufeff" * layout.mark)
        delimiter = layout.delimiter or ","
        above = [f"sep={delimiter}"] if layout.said else []
        above += [""] * (layout.header - 1 - len(above))  # so that the header is in the line that was said
        self._text.writelines(f"{line}{layout.line_end}" for line in above)
        self._writer = csv.writer(self._text, delimiter=delimiter, lineterminator=layout.line_end)
        self._writer.writerow(headers)

    def write(self, cells: Mapping[str, Cell]) -> None:
        """Write a line."""
        self._writer.writerow([text_of(cells.get(header)) for header in self._headers])

    def close(self) -> None:
        """Let go of the file."""
        self._text.detach()
