"""What a run reads from its journal and writes into it. Nothing counts before `commit` has returned."""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from .batches import Kept
from .elements import Element
from .errors import JournalError
from .schema import File, guarded

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ..values import Json
    from .batches import Batch
    from .said import Said

State: TypeAlias = Literal["waiting", "sent", "created", "rejected", "invalid", "unknown"]

_KNOWN: Final = """
    SELECT e.state, e.digest, e.run, e.resumed, e.said, b.key, b.track_id, b.began
    FROM elements e LEFT JOIN batches b ON b.number = e.batch WHERE e.reference = ?
"""
COMPARED: Final = frozenset(("operation", "request", "base_url", "arguments", "fields", "shard"))
"""Facts that are the same for all runs with a journal."""
_PAUSE: Final = 1.0  # seconds
SETTLED: Final = frozenset(("created", "unknown", "sent"))
"""States in which an element was done, or may be."""


class Known(NamedTuple):
    """What a journal knows of an element."""

    state: State
    digest: bytes
    run: int
    """The number of the run that was given it last."""
    resumed: int
    """The number of the run that went on with a request which holds it, until that run is given it too."""
    said: str | None
    key: str | None
    track_id: str | None
    began: float | None


class Store:
    """The journal of one run. `facts` say what the run is of; one of something else is refused.

    Without them it has to be there, and is taken as it is. Once another run has begun with it, nothing is written.

    Raises:
        JournalError: it cannot be used.
    """

    def __init__(self, path: Path, facts: Mapping[str, Json] | None) -> None:
        self.path = path
        self._file = File(path, facts)
        self._connection: sqlite3.Connection = self._file.connection
        self.facts: Mapping[str, Json] = self._file.facts
        self._pressing = False
        """Something waits to be committed that a request, or somebody who is told of an outcome, waits for."""
        self._committed = 0.0
        try:
            _compare(path, self.facts, facts or {})
            with guarded(path):
                self._connection.execute("BEGIN IMMEDIATE")
                self.run = self._runs() + 1
                self._write("INSERT OR REPLACE INTO facts VALUES ('runs', ?)", (str(self.run),))
            self.is_new = self.run == 1
            self.commit()
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        """Close it; what was not committed is gone."""
        self._file.close()

    def commit(self, *, if_pressing: bool = False) -> None:
        """Make all that was written durable, at once.

        `if_pressing` leaves it for later where nothing is in it but what the run was given: a disk takes its time.
        """
        if if_pressing and not self._pressing and time.monotonic() < self._committed + _PAUSE:
            return
        with guarded(self.path):
            if self._connection.in_transaction:
                self._connection.execute("COMMIT")
        self._pressing, self._committed = False, time.monotonic()

    def rollback(self) -> None:
        """Forget what was written since."""
        with guarded(self.path):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def known(self, reference: str) -> Known | None:
        """What it knows of an element."""
        with guarded(self.path):
            found = self._connection.execute(_KNOWN, (reference,)).fetchone()
        return None if found is None else Known(*found)

    def is_given(self, reference: str) -> bool:
        """Whether the run was given an element."""
        known = self.known(reference)
        return known is not None and known.run == self.run

    def meet(self, element: Element, state: State = "waiting", said: Said | None = None) -> None:
        """Note that the run was given an element that is to be sent, or that is invalid."""
        self._pressing = self._pressing or state == "invalid"
        with guarded(self.path):
            self._write(
                "INSERT INTO elements (reference, digest, state, run, said) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (reference) DO UPDATE SET digest = excluded.digest, state = excluded.state,"
                " run = excluded.run, said = excluded.said, batch = NULL, place = NULL, resumed = 0",
                (element.reference, element.digest, state, self.run, None if said is None else said.text()),
            )

    def meet_again(self, reference: str) -> None:
        """Note that the run was given an element that stays as it is."""
        with guarded(self.path):
            self._write("UPDATE elements SET run = ?, resumed = 0 WHERE reference = ?", (self.run, reference))

    def under_way(self) -> list[str]:
        """The keys of the requests that were sent and are not known to be answered, the oldest first."""
        with guarded(self.path):
            rows = self._connection.execute(
                "SELECT key FROM batches WHERE number IN (SELECT batch FROM elements WHERE state = 'sent')"
                " ORDER BY number"
            )
            return [key for (key,) in rows]

    def count_under_way(self) -> int:
        """How many elements were sent and are not known to be answered."""
        with guarded(self.path):
            found = self._connection.execute("SELECT count(*) FROM elements WHERE state = 'sent'").fetchone()
        return int(found[0])

    def resume(self, key: str) -> Kept:
        """A request that is under way; its elements are the business of this run from now on."""
        with guarded(self.path):
            row = self._connection.execute(
                "SELECT number, content, encoding, track_id, began, seal FROM batches WHERE key = ?", (key,)
            ).fetchone()
            number, content, encoding, track_id, began, seal = row
            listed = self._connection.execute(
                "SELECT place, reference, digest FROM elements WHERE batch = ? AND state = 'sent' ORDER BY place",
                (number,),
            ).fetchall()
            self._write("UPDATE elements SET resumed = ? WHERE batch = ? AND state = 'sent'", (self.run, number))
        references = [reference for _, reference, _ in listed]
        if content is None or seal != _seal(key, track_id, began, encoding, content, references):
            raise JournalError(f"{self.path} is damaged: the request with the idempotency key {key} is not as it was")
        elements = [Element(reference, None, digest, tries=1) for _, reference, digest in listed]
        return Kept(content, encoding, key, track_id, datetime.fromtimestamp(began, UTC), elements)

    def begin(self, batch: Batch) -> None:
        """Note a request that is about to go out."""
        self._pressing = True
        began = batch.began.timestamp()
        references = [one.reference for one in batch.elements]
        seal = _seal(batch.key, batch.track_id, began, batch.encoding, batch.content, references)
        with guarded(self.path):
            number = self._write(
                "INSERT INTO batches (key, track_id, began, encoding, content, seal) VALUES (?, ?, ?, ?, ?, ?)",
                (batch.key, batch.track_id, began, batch.encoding, batch.content, seal),
            ).lastrowid
            self._connection.executemany(
                "UPDATE elements SET state = 'sent', batch = ?, place = ?, said = NULL WHERE reference = ?",
                [(number, place, reference) for place, reference in enumerate(references)],
            )

    def end(self, key: str, told: Iterable[tuple[str, State, Said]]) -> None:
        """Note what became of the elements of a request: their references, states, and what was said.

        What `waiting` says was not done, and goes out again in another request.
        """
        self._pressing = True
        with guarded(self.path):
            (number,) = self._connection.execute("SELECT number FROM batches WHERE key = ?", (key,)).fetchone()
            self._write("UPDATE batches SET content = NULL WHERE number = ?", (number,))
            self._connection.executemany(
                "UPDATE elements SET state = ?1, said = ?2, batch = iif(?1 = 'waiting', NULL, batch),"
                " place = iif(?1 = 'waiting', NULL, place) WHERE reference = ?3 AND batch = ?4 AND state = 'sent'",
                [(state, said.text(), reference, number) for reference, state, said in told],
            )

    def lose(self, key: str) -> None:
        """Note that nobody can find out by its key any more what became of a request."""
        with guarded(self.path):
            self._write(
                "UPDATE elements SET state = 'unknown'"
                " WHERE state = 'sent' AND batch = (SELECT number FROM batches WHERE key = ?)",
                (key,),
            )

    def settle(self, reference: str, *, done: bool, said: Said) -> None:
        """Note what the caller found out of an element."""
        with guarded(self.path):
            self._write(
                "UPDATE elements SET state = ?, said = ?, batch = iif(?, batch, NULL), place = iif(?, place, NULL)"
                " WHERE reference = ?",
                ("created" if done else "waiting", said.text(), done, done, reference),
            )

    def _write(self, statement: str, values: tuple[object, ...]) -> sqlite3.Cursor:
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")
            if self._runs() != self.run:  # as locks of files can be got round
                self._connection.execute("ROLLBACK")
                raise JournalError(
                    f"{self.path}: another run has begun with it, so this one sends no more. What it has sent is in "
                    "the journal, and the other one goes on with it. Leave the .lock file alone while a run goes on."
                )
        return self._connection.execute(statement, values)

    def _runs(self) -> int:
        """How many runs have begun with it."""
        found = self._connection.execute("SELECT value FROM facts WHERE name = 'runs'").fetchone()
        return 0 if found is None else int(found[0])


def _compare(path: Path, found: Mapping[str, Json], wanted: Mapping[str, Json]) -> None:
    """Make sure that a journal is of this run."""
    for name, value in wanted.items():
        if name in COMPARED and found.get(name) != value:
            raise JournalError(
                f"{path} is the journal of another run: its {name.replace('_', ' ')} is {found.get(name)}, and that of "
                f"this one is {value}. Give each its own journal, and go on with each as it was begun."
            )


def _seal(
    key: str, track_id: str | None, began: float, encoding: str, content: bytes, references: Iterable[str]
) -> bytes:
    """What shows that a request is as it was written."""
    made = hashlib.sha256()
    for text in (key, track_id or "", repr(began), encoding, *references):
        part = text.encode()
        made.update(len(part).to_bytes(4, "big") + part)
    made.update(content)
    return made.digest()
