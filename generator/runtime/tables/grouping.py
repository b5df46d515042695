"""Which lines are one element: those that say the same in some columns, next to each other or anywhere in the file.

What has to be kept of a file of any size, references and lines that wait for others, is in a database of SQLite that is
deleted when it is closed: in memory while it is small, on the disk beyond that.
"""

from __future__ import annotations

import pickle
import sqlite3
from contextlib import closing
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

from .rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_MOST: Final = 100_000  # lines of one element
_SIZE: Final = 32_768  # KiB of a database that are kept in memory


class GroupError(Exception):
    """More lines are one element than can be; `line` is the first of them."""

    def __init__(self, line: int) -> None:
        super().__init__(f"more than {_MOST:,} lines")
        self.line: Final = line


def together(rows: Iterable[Row], key: Callable[[Row], str]) -> Iterator[list[Row]]:
    """Lines that follow each other and have the same key; a line without one is by itself."""
    for name, found in groupby(rows, key):
        if name:
            yield _few(found)
        else:
            yield from ([one] for one in found)


def anywhere(rows: Iterable[Row], key: Callable[[Row], str]) -> Iterator[list[Row]]:
    """Lines that have the same key, wherever they stand, in the order of the first ones."""
    with closing(_database()) as database:
        database.execute("CREATE TABLE groups (key TEXT PRIMARY KEY, first INTEGER) WITHOUT ROWID")
        database.execute(
            "CREATE TABLE lines (first INTEGER, line INTEGER, kept BLOB, PRIMARY KEY (first, line)) WITHOUT ROWID"
        )
        for row in rows:
            first = _first(database, key(row), row.line)
            # Written and read by this process alone.
            database.execute("INSERT INTO lines VALUES (?, ?, ?)", (first, row.line, pickle.dumps(tuple(row))))
        kept = database.execute("SELECT first, kept FROM lines ORDER BY first, line")
        for _, found in groupby(kept, lambda one: one[0]):
            yield _few(Row(*pickle.loads(text)) for _, text in found)  # noqa: S301 - as above


def _few(rows: Iterable[Row]) -> list[Row]:
    """The lines of one element, which are all in memory at once.

    Raises:
        GroupError: they are too many.
    """
    found = list(islice(rows, _MOST + 1))
    if len(found) > _MOST:
        raise GroupError(found[0].line)
    return found


def _first(database: sqlite3.Connection, key: str, line: int) -> int:
    """The first line with a key; the line itself if there was none yet, or it has no key."""
    if not key:
        return line
    inserted = database.execute("INSERT OR IGNORE INTO groups VALUES (?, ?)", (key, line)).rowcount
    if inserted:
        return line
    [first] = database.execute("SELECT first FROM groups WHERE key = ?", (key,)).fetchone()
    return int(first)


class Seen:
    """The names that came before, each with its line."""

    def __init__(self) -> None:
        self._database: Final = _database()
        self._database.execute("CREATE TABLE groups (key TEXT PRIMARY KEY, first INTEGER) WITHOUT ROWID")

    def line(self, name: str, line: int) -> int | None:
        """The line with which a name came before; `None` if it is new."""
        first = _first(self._database, name, line)
        return None if first == line else first

    def close(self) -> None:
        """Let go of it."""
        self._database.close()


def _database() -> sqlite3.Connection:
    # Of one thread at a time, but not always the same: whoever takes the next element reads on.
    database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    database.execute(f"PRAGMA cache_size = -{_SIZE}")
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    return database
