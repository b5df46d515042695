"""What is wrong in a file, with its place: of cells, of lines, of a mapping file."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

_LISTED: Final = 4  # line numbers that are written out
_SHOWN: Final = 40  # characters of a cell


class Fault(Struct, frozen=True):
    """One thing that is wrong: the file, where in it, and what to do.

    `lines` are numbers of lines in the file, from 1, in order; none where it is about the file as a whole. `column` is
    the header of the cell. `path` is the wire path of the value, such as `lines[2].amount`, as far as there is one.
    `character` counts from 1 and is known of mapping files alone.
    """

    file: str
    message: str
    lines: tuple[int, ...] = ()
    column: str | None = None
    path: str = ""
    character: int | None = None

    def __str__(self) -> str:
        place = self.file + (f":{_numbers(self.lines)}" if self.lines else "")
        if self.character is not None:
            place += f":{self.character}"
        if self.column is not None:
            place += f', column "{self.column}"'
        elif self.path:
            place += f", {self.path}"
        text = f"{place}: {self.message}"
        return "".join(one if one.isprintable() else "\ufffd" for one in text)  # a file may hold what moves a terminal


class TableError(ValueError):
    """A file cannot be read, or is not as its mapping says; `faults` are all that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: Final = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def _numbers(lines: tuple[int, ...]) -> str:
    """Line numbers as people write them: `17`, `17-19`, `17, 21 and 40`."""
    first, last = lines[0], lines[-1]
    if len(lines) == 1:
        return str(first)
    if last - first == len(lines) - 1:
        return f"{first}-{last}"
    if len(lines) > _LISTED:
        return f"{', '.join(map(str, lines[: _LISTED - 1]))} and {len(lines) - _LISTED + 1} more"
    return f"{', '.join(map(str, lines[:-1]))} and {last}"


def quoted(value: object) -> str:
    """What stands in a cell, for a message: on one line, and not too long."""
    text = " ".join(str(value).split())
    return f'"{text[:_SHOWN]}..."' if len(text) > _SHOWN else f'"{text}"'


def nearest(name: str, known: Iterable[str]) -> str:
    """` (did you mean ...?)` where one of the known names is like the given one, else nothing."""
    names = {one.casefold(): one for one in known}
    close = difflib.get_close_matches(name.casefold(), names, n=1)
    return f' (did you mean "{names[close[0]]}"?)' if close else ""
