"""A run, written once: a generator that decides what is written, sent and told, and asks its driver for it in steps.

What goes out is in the journal first, with its key; what came of it is in the journal before the caller is told. So at
whatever point a process ends, the next run knows of each element that it was not sent, that it is done, or under which
key its outcome can be found out.

It sends nothing by itself, and waits for nothing. `Work` may touch the disk and the caller's elements; all else is
quick.
"""

from __future__ import annotations

import time
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from msgspec import Struct

from .. import keys
from ..errors import ApiError
from .errors import JournalError, RunHaltedError
from .recording import Ended, Recorder
from .writing import UnfitError, UnwritableError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from .batches import Batch, Kept
    from .elements import Element
    from .intake import Intake
    from .judging import Exchange
    from .options import BulkSettings
    from .pace import Pace
    from .part import BulkPart
    from .store import Store
    from .tally import Tally
    from .telling import Teller
    from .writing import Writer

_BACKLOG: Final = 2_000  # parts that wait for a caller who takes his time, before nothing more is sent
_PAUSE: Final = 30.0  # seconds, the longest after calls that fail
_LONGEST_ASKED: Final = 3600.0  # seconds that a server can ask to wait
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
        intake: Intake,
        writer: Writer,
        store: Store,
        teller: Teller,
        pace: Pace,
        tally: Tally,
        settings: BulkSettings,
        backoff: float,
    ) -> None:
        self._intake = intake
        self._writer = writer
        self._store = store
        self._teller = teller
        self._recorder = Recorder(store, teller, settings.tries)
        self._pace = pace
        self._tally = tally
        self._settings = settings
        self._backoff = backoff
        self._resume: deque[str] = deque()
        """Keys of requests that an earlier run has left under way, which are sent whether this run is given what they
        hold or not: they may have been carried out."""
        self._again: deque[Batch] = deque()
        """Requests of this run that may have been carried out, to be sent again under their keys."""
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
        while not self._is_over():
            seconds = 0.0 if self._parts else self._wait()
            if self._parts:
                yield Give(self._parts.popleft())
            self._ended += yield Take(seconds)
            if self._parts and (not self._ended or len(self._parts) > _BACKLOG):
                continue
            for batch in (yield Work(self._advance)):
                yield Start(batch)
            if self._tally.is_new:
                self._tally.tell()
        yield Work(self._store.commit)
        if self._halt is not None:
            raise self._halt

    def finish(self) -> Generator[Step, Any, None]:
        """Wait for what is under way, and note what became of it; nobody is told, but by the next run."""
        self.stopped = True
        yield Work(self._store.rollback)
        ended, self._ended = self._ended, []
        while ended or (ended := (yield Rest())):
            yield Work(partial(self._note, tuple(ended)))
            ended = []

    def _note(self, ended: Iterable[Exchange]) -> None:
        made = [self._recorder.end(one) for one in ended]
        self._store.commit()
        for one in made:
            self._tally.add(one.parts)
        self._tally.set(under_way=self._store.count_under_way(), workers=self._pace.workers)

    def _begin(self) -> None:
        self._intake.begin()
        self._resume.extend(self._store.under_way())

    # -- what happens between two waits --------------------------------------------------------------------------

    def _advance(self) -> list[Batch]:
        """Write down what became of calls that have ended, and what goes out next, which comes back."""
        made = [(one, self._recorder.end(one)) for one in self._ended]
        for exchange, ended in made:
            del self._under_way[exchange.batch.key]
            self._follow(ended)
        batches = [] if self.stopped or self._halt is not None else list(self._planned())
        self._store.commit(if_pressing=True)
        self._ended.clear()
        self._parts += self._found
        self._tally.add(self._found)
        self._found.clear()
        self._tally.set(under_way=self._store.count_under_way(), workers=self._pace.workers)
        return batches

    def _follow(self, ended: Ended) -> None:
        """Go on with what a call has led to."""
        now = time.monotonic()
        self._found += ended.parts
        for one in ended.retries:
            one.due = now + min(_PAUSE, self._backoff * 2**one.tries)
        self._intake.retries += ended.retries
        self._intake.halves += ended.halves
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
        if ended.failure.retry_after is not None:
            self._pace.hold(now + min(ended.failure.retry_after, _LONGEST_ASKED))
        if now - self._failing_since > self._settings.patience:
            self._stop_for(ended.failure)

    def _stop_for(self, error: BaseException) -> None:
        if self._halt is None:
            self._halt = RunHaltedError(_halted(error, self._store), error) if isinstance(error, ApiError) else error

    def _planned(self) -> Iterator[Batch]:
        """What goes out now, already in the journal."""
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
        room = _BACKLOG - len(self._parts) - len(self._found)
        batch = None
        while batch is None and (elements := self._intake.next(room)):
            batch = self._written(elements)
        self._found += self._intake.found
        self._intake.found.clear()
        return batch

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
            self._intake.take_back(elements, error.found)
            return None
        self._store.begin(batch)
        return batch

    # -- when ----------------------------------------------------------------------------------------------------

    def _wait(self) -> float:
        """Seconds to wait for calls that end."""
        now = time.monotonic()
        if self.stopped or self._halt is not None:
            return _LONGEST if self._under_way else 0.0
        pause = self._pace.wait(now, len(self._under_way))
        if pause is None:
            return _LONGEST
        due = now if self._again or self._resume else self._intake.due(now)
        first = max(now + pause, now + _LONGEST if due is None else due)
        return min(first - now, _LONGEST)

    def _is_over(self) -> bool:
        if self._parts or self._ended or self._under_way:
            return False
        return self.stopped or self._halt is not None or self.is_complete

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to be sent."""
        return not (self._again or self._resume or self._intake or self._under_way or self._ended)


def _halted(error: ApiError, store: Store) -> str:
    return (
        f"nothing gets through any more, so the run was ended: {error}. Once that is mended, the same call with the "
        f"journal {store.path} goes on where it ended."
    )
