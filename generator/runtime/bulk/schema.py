"""The file of a journal: its tables, and how it is opened, held and checked.

An SQLite file in WAL mode, in which a commit is durable once it returns. Whoever writes holds a lock for the whole
time: a transaction on a second file, which the system ends with the process. What a journal says is worth money, so one
that is damaged, empty, or without the file that SQLite keeps beside it after a crash, is not used.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Final

from ..codec import NotJsonError, decode, encode
from .errors import JournalError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ..values import Json

FORM: Final = 1
"""The number of this form of journals."""
SYNCHRONOUS: Final = "FULL"
"""A commit returns when the disk has it: no sooner may a request go out."""
_MARK: Final = 0x42_55_4C_4B
"""By which SQLite files of ours are known (`application_id`)."""
_WAIT: Final = 10.0  # seconds for which a reader waits for a writer
_TABLES: Final = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE batches (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    track_id TEXT,
    began REAL NOT NULL,
    encoding TEXT NOT NULL,
    content BLOB,
    seal BLOB NOT NULL
);
CREATE TABLE elements (
    number INTEGER PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    digest BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'created', 'rejected', 'invalid', 'unknown')),
    batch INTEGER,
    place INTEGER,
    run INTEGER NOT NULL,
    resumed INTEGER NOT NULL DEFAULT 0,
    said TEXT,
    CHECK ((state IN ('waiting', 'invalid')) = (batch IS NULL))
);
CREATE INDEX under_way ON elements (batch, place) WHERE state = 'sent';
"""


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Say what SQLite says in words of a journal.

    Raises:
        JournalError: it cannot be read or written.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        # What went wrong for lack of room, or as another process holds the file, can be well later.
        raise JournalError(
            f"{path}: {error}. Nothing was sent that is not in it; run again once that is mended."
        ) from None
    except sqlite3.Error as error:
        raise JournalError(f"{path} is no journal, or is damaged: {error}. {_DAMAGED}") from None


_DAMAGED: Final = (
    "Do not begin a new one for the same elements: what was done would be done again. Take a copy of before, with its "
    "-wal file, or find out on the server."
)


class File:
    """A journal that is open for writing: nobody else writes it meanwhile. `facts` are those of a new one.

    One that is dropped is closed too: SQLite would take away the file beside it without a word in the journal.

    Raises:
        JournalError: another process has it, it is of something else, or it is damaged.
    """

    def __init__(self, path: Path, facts: Mapping[str, Json] | None) -> None:
        self.path = path
        self._is_closed = True
        self._says_open = False
        with guarded(path):
            self._lock = _held(path)
        try:
            if facts is not None and not path.exists():
                with guarded(path):
                    _make(path, facts)
            _check_file(path)
            had_log = _beside(path, "-wal").exists()  # before a connection makes one
            with guarded(path):
                self.connection = _connected(path)
            self._is_closed = False
        except BaseException:
            self._lock.close()
            raise
        try:
            with guarded(path):
                self._open(had_log=had_log)
            self.facts = read_facts(self.connection, path)
        except BaseException:
            self.close()
            raise

    def __del__(self) -> None:
        self.close()

    def _open(self, *, had_log: bool) -> None:
        _check_form(self.connection, self.path)
        _check_log(self.connection, self.path, had_log=had_log)
        found = self.connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise JournalError(f"{self.path} is damaged: {' '.join(found.split())}. {_DAMAGED}")
        self.connection.execute("PRAGMA journal_mode = WAL")
        self._says_open = True
        self.connection.execute("INSERT OR REPLACE INTO facts VALUES ('open', 'true')")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close it; what was not committed is gone."""
        if self._is_closed:
            return
        self._is_closed = True
        try:
            self._close()
        except KeyboardInterrupt:
            self._close()
            raise
        finally:
            self._lock.close()

    def _close(self) -> None:
        with suppress(sqlite3.Error):
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
        is_said = not self._says_open or _say_closed(self.connection)
        with suppress(sqlite3.Error):
            self.connection.close()
        if not is_said and not _beside(self.path, "-wal").exists():
            with closing(_connected(self.path)) as connection:
                _say_closed(connection)  # there may be room now


def _say_closed(connection: sqlite3.Connection) -> bool:
    """Note that all of a journal is in its file; whether that could be noted."""
    try:
        connection.execute("INSERT OR REPLACE INTO facts VALUES ('open', 'false')")
    except sqlite3.Error:
        return False
    return True


def opened_for_reading(path: Path) -> sqlite3.Connection:
    """A journal to be looked at, also while a run writes it.

    Raises:
        JournalError: it is not there, or is none.
    """
    _check_file(path)
    log = _beside(path, "-wal")
    had_log = log.exists()
    with guarded(path):
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT)
        try:
            _check_form(connection, path)
            _check_log(connection, path, had_log=had_log)
        except BaseException:
            connection.close()
            if not had_log:
                log.unlink(missing_ok=True)  # the empty one of this connection, which could be taken for the other
            raise
        return connection


def read_facts(connection: sqlite3.Connection, path: Path) -> dict[str, Json]:
    """What a journal says of itself."""
    try:
        with guarded(path):
            return {str(name): decode(str(value)) for name, value in connection.execute("SELECT * FROM facts")}
    except NotJsonError as error:
        raise JournalError(f"{path} is damaged: {error}. {_DAMAGED}") from None


def _held(path: Path) -> sqlite3.Connection:
    """The lock of a journal, which ends with the process or when it is closed."""
    lock = sqlite3.connect(_beside(path, ".lock"), timeout=0, isolation_level=None, check_same_thread=False)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise JournalError(f"{path} is in use: another run has it. Wait for its end, or end it.") from None
        raise
    except BaseException:
        lock.close()
        raise
    return lock


def _make(path: Path, facts: Mapping[str, Json]) -> None:
    """Make a journal, as a whole or not at all."""
    fresh = _beside(path, ".new")
    fresh.unlink(missing_ok=True)
    connection = sqlite3.connect(fresh, isolation_level=None)
    try:
        connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
        connection.execute(f"PRAGMA application_id = {_MARK}")
        connection.execute(f"PRAGMA user_version = {FORM}")
        connection.execute("BEGIN")
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.executemany(
            "INSERT INTO facts VALUES (?, ?)", [(name, encode(value).decode()) for name, value in facts.items()]
        )
        connection.execute("COMMIT")
    finally:
        connection.close()
    os.replace(fresh, path)
    with suppress(OSError):  # Windows has no such thing, and keeps names by itself
        folder = os.open(path.absolute().parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
    connection.execute("PRAGMA fullfsync = 1")  # where a disk says early that it has written
    connection.execute("PRAGMA checkpoint_fullfsync = 1")
    return connection


def _check_file(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise JournalError(f"{path} cannot be opened: {error.strerror}") from None
    if size == 0:
        raise JournalError(f"{path} is empty, so it is no journal. {_DAMAGED}")


def _check_form(connection: sqlite3.Connection, path: Path) -> None:
    mark, form = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    if mark != _MARK:
        raise JournalError(f"{path} is an SQLite file of something else: choose another path for the journal")
    if form != FORM:
        raise JournalError(
            f"{path} is a journal of form {form}, and this version of the package knows form {FORM}: go on with the "
            "version that began it"
        )


def _check_log(connection: sqlite3.Connection, path: Path, *, had_log: bool) -> None:
    """Make sure that what a crash has left beside a journal is still there."""
    if _fact(connection, "open") and not had_log:
        log = _beside(path, "-wal")
        raise JournalError(f"{log} is missing: it was left by a crash, and has a part of the journal. {_DAMAGED}")


def _fact(connection: sqlite3.Connection, name: str) -> bool:
    found = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return found is not None and found[0] == "true"


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)
