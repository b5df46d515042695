"""A journal by itself: to be looked at, and to settle what nobody but its owner can find out."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from .. import keys
from .errors import JournalError
from .part import BulkPart
from .said import Said, said_in
from .schema import guarded, opened_for_reading, read_facts
from .store import Store
from .telling import Life, outcome_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from os import PathLike
    from types import TracebackType
    from typing import Self

    from .part import BulkOutcome

__all__ = ["Journal", "JournalStatus"]

_PARTS = """
    SELECT e.reference, e.state, e.said, b.key, b.track_id, b.began
    FROM elements e LEFT JOIN batches b ON b.number = e.batch WHERE e.state != 'waiting' ORDER BY e.number
"""


class JournalStatus(Struct, frozen=True):
    """What a journal holds, as counts of elements."""

    operation: str
    base_url: str
    created: int
    rejected: int
    invalid: int
    unknown: int
    under_way: int
    """Sent, and not known to be answered: a run with this journal finds out, by their keys."""
    waiting: int
    """Seen by a run, and not sent: they are sent by the next one that is given them."""
    key_expires: datetime | None
    """Until when a run finds out all of those under way that it still can, in UTC; `None` if there are none."""


class Journal:
    """The journal of a bulk run, opened without a client. It can be looked at while a run is using it.

    Args:
        path: The file; it has to be there.

    Raises:
        JournalError: it is not there, is no journal, is of another form, or is damaged.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self.path = Path(path).resolve()
        self._connection = opened_for_reading(self.path)
        try:
            facts = read_facts(self._connection, self.path)
        except BaseException:
            self._connection.close()
            raise
        self._operation, self._base_url = str(facts.get("operation")), str(facts.get("base_url"))
        self._life = _life(facts)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def status(self) -> JournalStatus:
        """What it holds."""
        with guarded(self.path):
            counts = dict(self._connection.execute("SELECT state, count(*) FROM elements GROUP BY state").fetchall())
            began = self._connection.execute(
                "SELECT began FROM batches WHERE number IN (SELECT batch FROM elements WHERE state = 'sent')"
            ).fetchall()
        names = ("created", "rejected", "invalid", "unknown", "waiting")
        return JournalStatus(
            operation=self._operation,
            base_url=self._base_url,
            under_way=counts.get("sent", 0),
            key_expires=min(filter(None, (self._expires(one) for (one,) in began)), default=None),
            **{name: counts.get(name, 0) for name in names},
        )

    def parts(self, outcome: BulkOutcome | None = None) -> Iterator[BulkPart[None, Mapping[str, Any]]]:
        """What became of each element, in the order in which they came; of one outcome only, if it is given.

        What is under way is `unknown`; what waits is left out. `result` is JSON, as nobody says of which class it is.
        """
        with guarded(self.path), closing(self._connection.cursor()) as rows:
            for reference, state, text, key, track_id, began in rows.execute(_PARTS):
                if outcome in (None, outcome_of(state)):
                    said = said_in(text)
                    yield BulkPart(
                        reference,
                        outcome_of(state),
                        None,
                        said.result,
                        said.reasons,
                        said.violations,
                        key,
                        track_id,
                        self._expires(began) if state == "sent" else None,
                        earlier=True,
                        look_for=said.look_for,
                    )

    def _expires(self, began: float) -> datetime | None:
        """Until when a run finds out what was sent at a time; `None` if none does any more."""
        moment = datetime.fromtimestamp(began, UTC)
        return None if self._life.has_ended(moment, keys.now()) else self._life.expires(moment)

    def settle(self, reference: str, *, done: bool, result: Mapping[str, Any] | None = None) -> None:
        """Say what became of an element whose outcome is unknown: `done`, or not; `result` is what was made, if known.

        One that was not done is sent again, with a new key, by the next run that is given it.

        Raises:
            JournalError: there is no such element, its outcome is known, or its key is still good: then a run with
                this journal finds out by itself. Or a run is using the journal.
        """
        settle(self.path, reference, done=done, result=result)


def settle(path: Path, reference: str, *, done: bool, result: Mapping[str, Any] | None) -> None:
    """Say in a journal what became of an element; see `Journal.settle`."""
    store = Store(path, None)
    try:
        life = _life(store.facts)
        known = store.known(reference)
        if known is None:
            raise JournalError(f"{path} knows no element {reference!r}")
        began = None if known.began is None else datetime.fromtimestamp(known.began, UTC)
        if known.state == "sent" and began is not None and known.key is not None:
            if not life.has_ended(began, keys.now()):
                raise JournalError(
                    f"{reference!r} need not be settled: its key is good until {life.expires(began)}, and a run with "
                    "this journal finds out before that"
                )
            store.lose(known.key)
        elif known.state != "unknown":
            raise JournalError(f"{reference!r} need not be settled: it is {known.state}")
        store.settle(reference, done=done, said=Said(result))
        store.commit()
    finally:
        store.close()


def _life(facts: Mapping[str, Any]) -> Life:
    seconds = facts.get("lifetime")
    return Life(seconds if isinstance(seconds, int) else None)
