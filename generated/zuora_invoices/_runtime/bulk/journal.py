"""A journal by itself: to be looked at, and to settle what nobody but its owner can find out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from .part import BulkOutcome, BulkPart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike
    from types import TracebackType
    from typing import Self

__all__ = ["Journal", "JournalStatus"]


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
    """Until when the first key of those under way is good, in UTC."""


class Journal:
    """The journal of a bulk run, opened without a client. It can be looked at while a run is using it.

    Args:
        path: The file; it has to be there.

    Raises:
        JournalError: it is not there, is no journal, is of another form, or is damaged.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        raise NotImplementedError(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""

    def status(self) -> JournalStatus:
        """What it holds."""
        raise NotImplementedError

    def parts(self, outcome: BulkOutcome | None = None) -> Iterator[BulkPart[Any, Mapping[str, Any]]]:
        """What became of each element, in the order in which they came; of one outcome only, if it is given.

        What is under way is `unknown`; what waits is left out. `result` is JSON, as nobody says of which class it is.
        """
        raise NotImplementedError(outcome)

    def settle(self, reference: str, *, done: bool, result: Mapping[str, Any] | None = None) -> None:
        """Say what became of an element whose outcome is unknown: `done`, or not; `result` is what was made, if known.

        One that was not done is sent again, with a new key, by the next run that is given it.

        Raises:
            JournalError: there is no such element, its outcome is known, or its key is still good: then a run with
                this journal finds out by itself.
        """
        raise NotImplementedError(reference, done, result)
