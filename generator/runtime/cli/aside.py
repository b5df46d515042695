"""A file of failed lines that somebody has mended is not written over: it is kept beside the next one."""

from __future__ import annotations

import os
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

from ..tables import TableError, open_table
from ..tables.rows import Broken, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..tables import Table
    from ..tables.rows import Cell, Row


@contextmanager
def kept(path: Path, source: Table) -> Iterator[Path | None]:
    """Make room for a file of failed lines of a table; gives the name that the one before has then, if it is kept.

    Raises:
        OSError: it cannot be moved.
    """
    if not path.is_file() or not _is_mended(path, source):
        yield None
        return
    names = (
        path.with_name(f"{path.stem}.mended{'' if number == 1 else f'-{number}'}{path.suffix}") for number in count(1)
    )
    aside = next(one for one in names if not one.exists())
    os.replace(path, aside)
    try:
        yield aside
    finally:
        if not path.exists():
            os.replace(aside, path)


def _is_mended(path: Path, source: Table) -> bool:
    """Whether something stands in it that does not stand in the table."""
    try:
        rows = [(row.origin, _texts(row)) for row in open_table(path, source.layout).rows()]
    except TableError:
        return True
    found = dict(rows)
    if None in found or len(found) < len(rows):
        return True
    for row in source.rows():
        line = row.line if row.origin is None else row.origin
        if line in found and found.pop(line) != _texts(row):
            return True
    return bool(found)


def _texts(row: Row) -> dict[str, str]:
    return {header: _text(cell) for header, cell in row.cells.items()}


def _text(cell: Cell) -> str:
    """What stands in a cell; an error of a workbook is written as another one, so all are the same here."""
    return str(cell.value) if isinstance(cell, Broken) and isinstance(cell.value, dict | list) else text_of(cell)
