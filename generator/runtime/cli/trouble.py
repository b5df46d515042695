"""Why a run comes no further: calls that fail, and whose elements go out again, are told while it waits."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from ..bulk.judging import Fate, fate
from ..events import GiveUpEvent
from .connection import further, reason

if TYPE_CHECKING:
    from ..events import Event
    from .meters import Meter

_EVERY: Final = 20.0  # seconds between two lines
_GOES_ON: Final = (Fate.AGAIN, Fate.BACK, Fate.RETRY)


class Trouble:
    """A hook of a run's client; what a call means for single elements is told of them."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._next = 0.0

    def __call__(self, event: Event) -> None:
        """See what happens to a call."""
        if (text := further(event)) is not None:
            self._meter.tell(text)
        if not isinstance(event, GiveUpEvent) or fate(event.error, 1) not in _GOES_ON:
            return
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _EVERY
            self._meter.tell(f"A call failed, and what was in it goes out again: {reason(event.error)}")
