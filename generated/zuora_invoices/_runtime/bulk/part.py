"""What became of one element of a bulk run, as its caller sees it."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - so that the signature of `BulkPart` can be shown
from datetime import datetime  # noqa: TC003 - as above
from typing import Generic, Literal, TypeAlias, TypeVar

from msgspec import Struct

from ..reasons import Reason  # noqa: TC001 - as above
from ..resending import moment
from ..violations import Violation  # noqa: TC001 - as above

__all__ = ["BulkOutcome", "BulkPart"]

BulkOutcome: TypeAlias = Literal["created", "rejected", "invalid", "unknown"]

Given = TypeVar("Given", covariant=True)
Made = TypeVar("Made", covariant=True)


class BulkPart(Struct, Generic[Given, Made], frozen=True):
    """One element of a run and what became of it.

    `created`: the server did it. `rejected`: the server refused it, see `reasons`, and did nothing. `invalid`: it
    breaks the description, see `violations`, and was never sent. `unknown`: it may have been done, and is not sent
    again under another key by itself; see `advice`.
    """

    reference: str
    outcome: BulkOutcome
    request: Given | None = None
    """The object that was passed in; of a mapping the model that was made of it, unless it is `invalid`. Where an
    earlier run sent it, it is read from what went out then; a `Journal` that was opened by itself has `None`."""
    result: Made | None = None
    """What was made, where the server told it."""
    reasons: tuple[Reason, ...] = ()
    """Why it was rejected; or why its outcome is unknown, where the server said something."""
    violations: tuple[Violation, ...] = ()
    """What is wrong with it, by wire paths within the element."""
    idempotency_key: str | None = None
    """The key of the request that it went out in, with others."""
    track_id: str | None = None
    """The id of that request by which it can be traced, where the API has such."""
    key_expires: datetime | None = None
    """Of an unknown one, until when, in UTC, a run finds out what was done under that key: a little less than the
    server keeps it. `None` if none does any more."""
    earlier: bool = False
    """An earlier run has done it, and nothing was sent for it in this one."""
    look_for: Mapping[str, object] = {}
    """Of an unknown one, what the server would show of it: wire names of what is made, and their values."""

    @property
    def advice(self) -> str:
        """What to do about it, in a sentence or two."""
        if self.outcome == "created":
            return "It is done."
        if self.outcome == "invalid":
            return "It was not sent. Mend it, and run again with the same journal."
        if self.outcome == "rejected":
            return "The server did nothing. Mend the cause, and run again with the same journal."
        sought = ", ".join(f"{name} {value}" for name, value in self.look_for.items()) or "what it would have made"
        traced = f", track id {self.track_id}" if self.track_id else ""
        words = (
            f"Look for {sought}{traced} on the server, and say what you found: "
            f"settle({self.reference!r}, done=True) or done=False."
        )
        if self.key_expires is None:
            return f"It may be done. {words}"
        return (
            f"It may be done. Run again with the same journal before {moment(self.key_expires)}, and the server tells. "
            f"After that: {words[0].lower()}{words[1:]}"
        )
