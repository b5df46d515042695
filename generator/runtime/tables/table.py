"""The door to files of lines, whatever they are."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .delimited import open_delimited
from .faults import Fault, TableError
from .jsonlines import open_json_lines
from .rows import Layout, Table
from .workbook import open_workbook

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

FORMATS: Final[Mapping[str, Callable[[Path, Layout], Table]]] = {
    "csv": open_delimited,
    "jsonl": open_json_lines,
    "xlsx": open_workbook,
}
_ENDINGS: Final = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
}


def open_table(path: str | os.PathLike[str], layout: Layout | None = None) -> Table:
    """A file of lines: CSV, JSON Lines or an .xlsx workbook; what the layout leaves open is detected.

    Raises:
        TableError: the file cannot be read as that, or has no proper header line.
    """
    path, layout = Path(path), layout or Layout()
    kind = layout.format or _ENDINGS.get(path.suffix.lower(), "")
    if kind not in FORMATS:
        known = ", ".join(FORMATS)
        hint = "save it as .xlsx or as CSV" if path.suffix.lower() in (".xls", ".ods") else f'say its "format": {known}'
        raise TableError([Fault(path.name, f"is of no format that is known here: {hint}")])
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise TableError(
                [Fault(path.name, "is no file on a disk, and lines are read more than once: save them in one")]
            )
        return FORMATS[kind](path, layout)
    except OSError as error:
        raise TableError([Fault(path.name, f"cannot be read: {error.strerror}")]) from None
