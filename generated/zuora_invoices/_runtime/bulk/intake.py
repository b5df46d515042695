"""The elements that are to go out: those of the caller, as the journal knows them, and those to go out once more.

Of the former no more are read than are needed for what goes out next.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Any, Final

from .errors import ElementError
from .said import Said, said_in
from .splitting import Filling
from .store import SETTLED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..violations import Violation
    from .elements import Element, Reader
    from .options import BulkSettings
    from .part import BulkPart
    from .splitting import Limits
    from .store import Known, Store
    from .telling import Teller

_CHUNK: Final = 200  # elements that are read at once
_WAITING: Final = 2_000  # elements that may wait to go out once more, before no more are read


class Intake:
    """What a run may send, in order; false once there is nothing left."""

    def __init__(
        self,
        given: Iterable[Any],
        reader: Reader,
        limits: Limits,
        store: Store,
        teller: Teller,
        settings: BulkSettings,
    ) -> None:
        self._given = given
        self._reader = reader
        self._limits = limits
        self._store = store
        self._teller = teller
        self._settings = settings
        self._source: Iterator[Element] | None = iter(())  # until it begins
        self._left = 0
        """Of the elements that were compared beforehand, how many were not read since."""
        self._fresh: deque[Element] = deque()
        self._taken = 0
        self.retries: deque[Element] = deque()
        """They go out once more, with others, each when it is due."""
        self.halves: deque[tuple[Element, ...]] = deque()
        """They go out by themselves, to find the one that the server refuses."""
        self.found: list[BulkPart[Any, Any]] = []
        """What became of elements that do not go out."""

    def __bool__(self) -> bool:
        return bool(self.halves or self.retries or self._fresh or self._source is not None)

    def begin(self) -> None:
        """Make sure that no element was done, or may be, with other data, if all can be looked at beforehand.

        Raises:
            ElementError: there is such a one.
        """
        if not self._store.is_new and iter(self._given) is not self._given:
            self._compare_all()
        self._source = self._reader.read(self._given, self._settings.shard)

    def due(self, now: float) -> float | None:
        """The moment from which on there may be something to send; `None` if nobody can say."""
        if self.halves or (self._fresh if self._source is None else len(self.retries) <= _WAITING):
            return now
        return min((one.due for one in self.retries), default=None)

    def next(self, room: int) -> tuple[Element, ...]:
        """The next elements for one request, which are not there again; none if there are none at the moment.

        `room` is for how many that do not go out somebody has room.

        Raises:
            ElementError: one was done, or may be, with other data; or it has the reference of another.
        """
        return self.halves.popleft() if self.halves else self._filled(room)

    def take_back(self, elements: tuple[Element, ...], unfit: Mapping[int, tuple[Violation, ...]]) -> None:
        """Take elements that cannot go out together: at some places are those that cannot at all, if it is these."""
        for place, violations in unfit.items():
            self._refuse(elements[place], Said(violations=violations))
        rest = tuple(one for place, one in enumerate(elements) if place not in unfit)
        if unfit:
            self._fresh.extendleft(reversed(rest))
        else:
            middle = len(rest) // 2
            self.halves.extendleft((rest[middle:], rest[:middle]))

    def _compare_all(self) -> None:
        changed: list[str] = []
        for one in self._reader.read(self._given, self._settings.shard):
            self._left += 1
            known = self._store.known(one.reference)
            if known is not None and _has_changed(one, known):
                changed.append(one.reference)
        if changed:
            raise _changed(changed)

    def _filled(self, room: int) -> tuple[Element, ...]:
        """The next elements for one request: as many as it takes, in order; none if they are not there yet."""
        chosen: list[Element]
        filling, chosen, now = Filling(self._limits), [], time.monotonic()
        for _ in range(len(self.retries)):
            one = self.retries.popleft()
            if one.due <= now and filling.takes(one.sizes):
                chosen.append(one)
            else:
                self.retries.append(one)
        if self._source is not None and len(self._fresh) + len(chosen) < self._limits.most:
            self._read(self._source, room)
        full = False
        while self._fresh and not full:
            full = not filling.takes(self._fresh[0].sizes)
            if not full:
                chosen.append(self._fresh.popleft())
        if self._source is None or full or len(chosen) >= self._limits.most:
            return tuple(chosen)
        # More may come: a request goes out full.
        self._fresh.extendleft(reversed(chosen))
        return ()

    def _read(self, source: Iterator[Element], room: int) -> None:
        """Read some more elements, unless too many wait already."""
        if len(self.retries) > _WAITING or len(self.found) >= room:
            return
        for count, element in enumerate(source, 1):
            self._left -= 1
            if not self._meet(element):
                break
            if count >= _CHUNK:
                return
        else:
            if self._left > 0:
                raise ElementError(
                    f"elements were gone through twice, and there were {self._left} fewer the second time: pass a "
                    "list, or an iterator, which is gone through once",
                    (),
                )
        self._source = None

    def _meet(self, element: Element) -> bool:
        """Take an element in; whether the next one may be read."""
        known = self._store.known(element.reference)
        if known is not None:
            if known.run == self._store.run:
                raise ElementError(f"two elements have the reference {element.reference!r}", (element.reference,))
            if _has_changed(element, known):
                raise _changed([element.reference])
            is_told = known.state == "sent" or (known.resumed == self._store.run and known.state != "waiting")
            is_refused = known.state == "rejected" and known.digest == element.digest and not self._may_try(known)
            if is_told or known.state in SETTLED or is_refused:
                self._store.meet_again(element.reference)
                if not is_told:
                    self.found.append(self._teller.earlier(element, known))
                return True
        if element.violations:
            self._refuse(element, Said(violations=element.violations))
            return True
        if self._settings.limit is not None and self._taken >= self._settings.limit:
            return False
        self._taken += 1
        self._store.meet(element)
        self._fresh.append(element)
        return True

    def _may_try(self, known: Known) -> bool:
        """Whether one that was refused, and has not changed, is sent again: if it was for a reason that can pass."""
        reasons = said_in(known.said).reasons
        return self._settings.again or (bool(reasons) and all(one.transient for one in reasons))

    def _refuse(self, element: Element, said: Said) -> None:
        self._store.meet(element, "invalid", said)
        self.found.append(self._teller.new(element, "invalid", said))


def _has_changed(element: Element, known: Known) -> bool:
    return known.state in SETTLED and known.digest != element.digest


def _changed(references: list[str]) -> ElementError:
    shown = ", ".join(map(repr, references[:5])) + (f" and {len(references) - 5} more" if len(references) > 5 else "")
    return ElementError(
        f"what the journal knows as {shown} was done, or may be, and has other data now. Nothing was sent for it. Take "
        "it out, or give it another reference to do it besides.",
        tuple(references),
    )
