"""One request of a run: as it goes out, and as a journal keeps it."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - so that the signatures of these classes can be shown
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from ..request import Draft
    from .elements import Element

ENCODING: Final = "Content-Encoding"


class Batch(Struct, frozen=True):
    """One request of a run."""

    elements: tuple[Element, ...]
    key: str
    track_id: str | None
    began: datetime
    """When its key went into the journal, before it went out."""
    draft: Draft
    unsure: bool = False
    """It may have been carried out before, by this run or an earlier one."""
    rounds: int = 0
    """How often this run has sent it before."""

    @property
    def content(self) -> bytes:
        """The body, as it goes out."""
        return self.draft.content or b""

    @property
    def encoding(self) -> str:
        """How that is encoded; empty if it is as it was written."""
        return self.draft.headers.get(ENCODING, "")


class Kept(NamedTuple):
    """A request that is under way, as a journal kept it."""

    content: bytes
    encoding: str
    key: str
    track_id: str | None
    began: datetime
    elements: list[Element]
