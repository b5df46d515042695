"""A run, written once: a generator that decides what is written, sent and told, and asks its driver for it in steps.

What goes out is in the journal first, with its key; what came of it is in the journal before the caller is told. So at
whatever point a process ends, the next run knows of each element that it was not sent, that it is done, or under which
key its outcome can be found out.

It keeps no time and sends nothing by itself: `work` may touch the disk and the caller's elements, all else is quick.
"""

from __future__ import annotations

import time
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from msgspec import Struct

from .. import keys
from ..errors import ApiError
from .errors import ElementError, JournalError, RunHaltedError
from .recording import Ended, Recorder
from .said import Said
from .splitting import Filling
from .store import SETTLED
from .writing import Batch, UnfitError, UnwritableError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from .elements import Element, Reader
    from .judging import Exchange
    from .options import BulkSettings
    from .pace import Pace
    from .part import BulkPart
    from .store import Kept, Known, Store
    from .tally import Tally
    from .telling import Teller
    from .writing import Writer

_CHUNK: Final = 200  # elements that are read at once
_BACKLOG: Final = 2_000  # parts that wait for a caller who takes his time, before nothing more is sent
_WAITING: Final = 2_000  # elements that may wait to go out once more, before no more are read
_PAUSE: Final = 30.0  # seconds, the longest after calls that fail
_LONGEST: Final = 1.0  # seconds, after which a run looks whether it was stopped


class Work(Struct, frozen=True):
    """Call a function that may take a while, and come back with what it returns."""

    function: Callable[[], Any]  # Any: what comes back depends on the function


class Start(Struct, frozen=True):
    """Send a request, and do not wait for its answer."""

    batch: Batch


class Take(Struct, frozen=True):
    """Come back with the calls that have ended; wait for one, but no longer than so many seconds."""

    seconds: float


class Rest(Struct, frozen=True):
    """Come back with calls that have ended, waiting for one if any are under way; with none, if none are."""


class Give(Struct, frozen=True):
    """Tell the caller of an element."""

    part: BulkPart[Any, Any]


Step: TypeAlias = "Work | Start | Take | Rest | Give"


class Protocol:
    """One run over some elements with one journal. `backoff` is in seconds, of the first pause after failures."""

    def __init__(
        self,
        elements: Iterable[Any],
        reader: Reader,
        writer: Writer,
        store: Store,
        teller: Teller,
        pace: Pace,
        tally: Tally,
        settings: BulkSettings,
        backoff: float,
    ) -> None:
        self._given = elements
        self._reader = reader
        self._source: Iterator[Element] | None = None
        self._writer = writer
        self._store = store
        self._teller = teller
        self._recorder = Recorder(store, teller, settings.tries)
        self._pace = pace
        self._tally = tally
        self._settings = settings
        self._backoff = backoff
        self._resume: deque[str] = deque()
        """Keys of requests that an earlier run has left under way."""
        self._again: deque[Batch] = deque()
        """Requests of this run that may have been carried out, to be sent again under their keys."""
        self._halves: deque[tuple[Element, ...]] = deque()
        """Elements that go out by themselves, to find the one that the server refuses."""
        self._retries: deque[Element] = deque()
        self._fresh: deque[Element] = deque()
        self._hungry = True
        """There are elements to be read, and room for them."""
        self._taken = 0
        self._under_way: dict[str, Batch] = {}
        self._ended: list[Exchange] = []
        """Calls whose outcomes are not in the journal yet."""
        self._found: list[BulkPart[Any, Any]] = []
        """What is known, and not in the journal yet."""
        self._parts: deque[BulkPart[Any, Any]] = deque()
        self._failing = 0
        """How many calls have failed since one has succeeded."""
        self._failing_since = 0.0
        self._halt: BaseException | None = None
        self.stopped = False
        """Nothing new is sent."""

    def steps(self) -> Generator[Step, Any, None]:
        """The run; it ends when all is known that it can find out.

        Raises:
            ElementError: an element was done, or may be, with other data; or one has the reference of another.
            JournalError: the journal cannot be written.
            RunHaltedError: nothing can be sent any more.
        """
        yield Work(self._begin)
        while True:
            if self._parts:
                yield Give(self._parts.popleft())
            busy = bool(self._parts)
            self._ended += yield Take(0.0 if busy else self._wait())
            if busy and (not self._ended or len(self._parts) > _BACKLOG):
                continue
            if self._is_over():
                break
            for batch in (yield Work(self._advance)):
                yield Start(batch)
            if self._tally.is_new:
                self._tally.tell()
        if self._halt is not None:
            raise self._halt

    def finish(self) -> Generator[Step, Any, None]:
        """Wait for what is under way, and note what became of it; nobody is told, but by the next run."""
        self.stopped = True
        self._store.rollback()
        ended, self._ended = self._ended, []
        while ended or (ended := (yield Rest())):
            yield Work(partial(self._note, tuple(ended)))
            ended = []

    def _note(self, ended: Iterable[Exchange]) -> None:
        made = [self._recorder.end(one) for one in ended]
        self._store.commit()
        for one in made:
            self._tally.add(one.parts)

    def _begin(self) -> None:
        if not self._store.is_new:
            if iter(self._given) is not self._given:
                self._compare_all()
            self._resume.extend(self._store.under_way())
        self._source = self._reader.read(self._given, self._settings.shard)

    def _compare_all(self) -> None:
        """Make sure that no element was done, or may be, with other data, before anything is sent."""
        changed = [
            one.reference
            for one in self._reader.read(self._given, self._settings.shard)
            if (known := self._store.known(one.reference)) is not None and _has_changed(one, known)
        ]
        if changed:
            raise _changed(changed)

    # -- what happens between two waits --------------------------------------------------------------------------

    def _advance(self) -> list[Batch]:
        """Write down what became of calls that have ended, and what goes out next, which comes back."""
        made = [(one, self._recorder.end(one)) for one in self._ended]
        for exchange, ended in made:
            del self._under_way[exchange.batch.key]
            self._follow(ended)
        batches = [] if self.stopped or self._halt is not None else list(self._planned())
        self._store.commit()
        self._ended.clear()
        self._parts += self._found
        self._tally.add(self._found)
        self._found.clear()
        under_way = sum(len(one.elements) for one in self._under_way.values())
        self._tally.set(under_way=under_way, workers=self._pace.workers)
        return batches

    def _follow(self, ended: Ended) -> None:
        """Go on with what a call has led to."""
        now = time.monotonic()
        self._found += ended.parts
        for one in ended.retries:
            one.due = now + min(_PAUSE, self._backoff * 2**one.tries)
        self._retries += ended.retries
        self._halves += ended.halves
        if ended.again is not None:
            self._again.append(ended.again)
        if ended.halt is not None:
            self._stop_for(ended.halt)
        if ended.failure is None:
            self._failing = 0
            return
        if not self._failing:
            self._failing_since = now
        self._failing += 1
        if self._failing > 1:
            self._pace.hold(now + min(_PAUSE, self._backoff * 2 ** min(self._failing, 10)))
        if now - self._failing_since > self._settings.patience:
            self._stop_for(ended.failure)

    def _stop_for(self, error: BaseException) -> None:
        if self._halt is None:
            self._halt = RunHaltedError(_halted(error, self._store), error) if isinstance(error, ApiError) else error

    def _planned(self) -> Iterator[Batch]:
        """What goes out now, already in the journal."""
        self._hungry = True
        while self._pace.wait(time.monotonic(), len(self._under_way)) == 0.0 and not self._halt:
            batch = self._next()
            if batch is None:
                break
            self._pace.started(time.monotonic())
            self._under_way[batch.key] = batch
            yield batch

    def _next(self) -> Batch | None:
        while self._again or self._resume:
            batch = self._again.popleft() if self._again else self._resumed(self._store.resume(self._resume.popleft()))
            if batch is not None and not self._teller.life.has_ended(batch.began, keys.now()):
                return batch
            if batch is not None:
                self._found += self._recorder.lose(batch)
        while elements := self._halves.popleft() if self._halves else self._filled():
            if (batch := self._written(elements)) is not None:
                return batch
        return None

    def _resumed(self, kept: Kept) -> Batch | None:
        """A request of an earlier run; nothing if it can only be said to be unknown."""
        try:
            return self._writer.again(kept)
        except UnwritableError as error:
            if not self._teller.life.has_ended(kept.began, keys.now()):
                raise JournalError(str(error)) from None
            self._found += self._recorder.lose_unread(kept)
            return None

    def _written(self, elements: tuple[Element, ...]) -> Batch | None:
        """A request for elements, in the journal; nothing if they have to be put together in another way."""
        try:
            batch = self._writer.batch(elements, keys.now())
        except UnfitError as error:
            for place, violations in error.found.items():
                self._refuse(elements[place], Said(violations=violations))
            rest = tuple(one for place, one in enumerate(elements) if place not in error.found)
            if error.found:
                self._fresh.extendleft(reversed(rest))
            else:
                middle = len(rest) // 2
                self._halves.extendleft((rest[middle:], rest[:middle]))
            return None
        self._store.begin(batch)
        return batch

    def _filled(self) -> tuple[Element, ...]:
        """The next elements for one request: as many as it takes, in order; none if they are not there yet."""
        chosen: list[Element]
        filling, chosen, now = Filling(self._writer.limits), [], time.monotonic()
        for _ in range(len(self._retries)):
            one = self._retries.popleft()
            if one.due <= now and filling.takes(one.sizes):
                chosen.append(one)
            else:
                self._retries.append(one)
        if self._source is not None and len(self._fresh) + len(chosen) < self._writer.limits.most:
            self._read(self._source)
        full = False
        while self._fresh and not full:
            full = not filling.takes(self._fresh[0].sizes)
            if not full:
                chosen.append(self._fresh.popleft())
        if self._source is None or full or len(chosen) >= self._writer.limits.most:
            return tuple(chosen)
        # More may come: a request goes out full.
        self._fresh.extendleft(reversed(chosen))
        return ()

    # -- what the caller passes in -------------------------------------------------------------------------------

    def _read(self, source: Iterator[Element]) -> None:
        """Read some more elements, unless too many wait already."""
        if len(self._retries) > _WAITING or len(self._parts) + len(self._found) > _BACKLOG:
            self._hungry = False
            return
        for count, element in enumerate(source, 1):
            if not self._meet(element):
                break
            if count >= _CHUNK:
                return
        self._source = None

    def _meet(self, element: Element) -> bool:
        """Take an element in; whether the next one may be read."""
        known = self._store.known(element.reference)
        if known is not None:
            if known.run == self._store.run:
                raise ElementError(f"two elements have the reference {element.reference!r}", (element.reference,))
            if _has_changed(element, known):
                raise _changed([element.reference])
            is_told = known.resumed == self._store.run or known.state == "sent"
            is_refused = known.state == "rejected" and known.digest == element.digest and not self._settings.again
            if is_told or known.state in SETTLED or is_refused:
                self._store.meet_again(element.reference)
                if not is_told:
                    self._found.append(self._teller.earlier(element, known))
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

    def _refuse(self, element: Element, said: Said) -> None:
        self._store.meet(element, "invalid", said)
        self._found.append(self._teller.new(element, "invalid", said))

    # -- when ----------------------------------------------------------------------------------------------------

    def _wait(self) -> float:
        """Seconds to wait for calls that end."""
        now = time.monotonic()
        if self.stopped or self._halt is not None:
            return _LONGEST if self._under_way else 0.0
        pause = self._pace.wait(now, len(self._under_way))
        if pause is None:
            return _LONGEST
        more = self._hungry if self._source is not None else bool(self._fresh)
        is_ready = more or self._again or self._resume or self._halves
        due = [now] if is_ready else [one.due for one in self._retries]
        first = max(now + pause, min(due, default=now + _LONGEST))
        return min(first - now, _LONGEST)

    def _is_over(self) -> bool:
        if self._parts or self._ended or self._under_way:
            return False
        if self.stopped or self._halt is not None:
            return True
        left = self._again or self._resume or self._halves or self._fresh or self._retries
        return not left and self._source is None


def _has_changed(element: Element, known: Known) -> bool:
    return known.state in SETTLED and known.digest != element.digest


def _changed(references: list[str]) -> ElementError:
    shown = ", ".join(map(repr, references[:5])) + (f" and {len(references) - 5} more" if len(references) > 5 else "")
    return ElementError(
        f"the journal says that {shown} was done, or may be, and it has other data now. Nothing was sent for it. Take "
        "it out, or give it another reference if it is to be done besides.",
        tuple(references),
    )


def _halted(error: ApiError, store: Store) -> str:
    return (
        f"nothing gets through any more, so the run was ended: {error}. Once that is mended, the same call with the "
        f"journal {store.path} goes on where it ended."
    )
