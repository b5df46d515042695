"""From a call that has ended to what the journal keeps of it, what the caller is told, and what goes out again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct, structs

from .. import keys
from ..codec import NotJsonError, encode
from ..errors import ApiError
from ..wire import WireModel
from .judging import Fate, fate, verdicts
from .said import Said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .batches import Batch, Kept
    from .elements import Element
    from .judging import Exchange, Verdict
    from .part import BulkPart
    from .store import State, Store
    from .telling import Teller


class Ended(Struct, frozen=True):
    """What a call has led to. Nothing of it counts before the journal is committed."""

    parts: tuple[BulkPart[Any, Any], ...] = ()
    retries: tuple[Element, ...] = ()
    """They go out again, with others, under another key; as all that does, if this run was given them."""
    halves: tuple[tuple[Element, ...], ...] = ()
    again: Batch | None = None
    failure: ApiError | None = None
    """The call did not get through, whatever was in it."""
    halt: BaseException | None = None
    """Nothing else will get through."""


class Recorder:
    """Writes what became of calls. `tries` is how often an element, or a request whose outcome is unknown, goes out."""

    def __init__(self, store: Store, teller: Teller, tries: int) -> None:
        self._store = store
        self._teller = teller
        self._tries = tries

    def end(self, exchange: Exchange) -> Ended:
        """Note what became of a call."""
        batch, error = exchange.batch, exchange.error
        if error is None:
            return self._answered(batch, verdicts(exchange))
        if not isinstance(error, ApiError):
            return Ended(halt=error)
        kind = fate(error, len(batch.elements))
        if kind in (Fate.AGAIN, Fate.LATER_RUN) and self._teller.life.has_ended(batch.began, keys.now()):
            kind = Fate.DARK
        if kind is Fate.AGAIN and batch.rounds + 1 < self._tries:
            return Ended(again=structs.replace(batch, unsure=True, rounds=batch.rounds + 1), failure=error)
        if kind in (Fate.AGAIN, Fate.LATER_RUN):  # it stays under way: the next run finds out
            return Ended(parts=self._unknown(batch, error), failure=error)
        if kind is Fate.DARK:
            return Ended(parts=self.lose(batch, error), failure=error)
        if kind is Fate.HALT and error.outcome == "unknown":
            return Ended(failure=error, halt=error)
        if kind in (Fate.BACK, Fate.HALT):
            self._free(batch, batch.elements)
            return Ended(retries=self._given(batch.elements), failure=error, halt=error if kind is Fate.HALT else None)
        if kind is Fate.SPLIT:
            self._free(batch, batch.elements)
            given = self._given(batch.elements)
            middle = len(given) // 2
            return Ended(halves=tuple(filter(None, (given[:middle], given[middle:]))))
        return self._refused(batch, error, may_pass=kind is Fate.RETRY)

    def lose(self, batch: Batch, error: ApiError | None = None) -> tuple[BulkPart[Any, Any], ...]:
        """Note that nobody can find out any more by sending it again what became of a request."""
        parts = self._unknown(batch, error)
        said = [Said(reasons=one.reasons, look_for=one.look_for) for one in parts]
        self._store.end(batch.key, _told(batch.elements, "unknown", said))
        return tuple(structs.replace(one, key_expires=None) for one in parts)

    def lose_unread(self, kept: Kept) -> tuple[BulkPart[Any, Any], ...]:
        """The same for a request that this client cannot read."""
        self._store.end(kept.key, _told(kept.elements, "unknown", [Said()] * len(kept.elements)))
        parts = (self._teller.new(one, "unknown", Said()) for one in kept.elements)
        return tuple(structs.replace(one, idempotency_key=kept.key, track_id=kept.track_id) for one in parts)

    def _answered(self, batch: Batch, found: tuple[Verdict, ...]) -> Ended:
        told: list[tuple[str, State, Said]] = []
        parts: list[BulkPart[Any, Any]] = []
        retries: list[Element] = []
        for element, verdict in zip(batch.elements, found, strict=True):
            if verdict.what == "created":
                said = Said(_wire(verdict.result))
                told.append((element.reference, "created", said))
                parts.append(self._teller.new(element, "created", said, batch, verdict.result))
            elif verdict.what == "unknown":
                said = Said(look_for=self._teller.look_for(element.request))
                told.append((element.reference, "unknown", said))
                parts.append(structs.replace(self._teller.new(element, "unknown", said, batch), key_expires=None))
            elif verdict.transient and self._may_try(element):
                told.append((element.reference, "waiting", Said(reasons=verdict.reasons)))
                retries.append(element)
            else:
                said = Said(reasons=verdict.reasons)
                told.append((element.reference, "rejected", said))
                parts.append(self._teller.new(element, "rejected", said, batch))
        self._store.end(batch.key, told)
        return Ended(tuple(parts), self._given(retries))

    def _refused(self, batch: Batch, error: ApiError, *, may_pass: bool) -> Ended:
        retries = tuple(one for one in batch.elements if may_pass and self._may_try(one))
        refused = [one for one in batch.elements if one not in retries]
        self._free(batch, retries)
        said = Said(reasons=error.reasons)
        self._store.end(batch.key, _told(refused, "rejected", [said] * len(refused)))
        return Ended(tuple(self._teller.new(one, "rejected", said, batch) for one in refused), self._given(retries))

    def _may_try(self, element: Element) -> bool:
        element.tries += 1
        return element.tries < self._tries

    def _given(self, elements: Iterable[Element]) -> tuple[Element, ...]:
        """Those that this run was given. What is only left of an earlier one was taken out, or comes yet."""
        return tuple(one for one in elements if self._store.is_given(one.reference))

    def _free(self, batch: Batch, elements: Iterable[Element]) -> None:
        """Note that elements were not done, and go out in other requests."""
        listed = list(elements)
        self._store.end(batch.key, _told(listed, "waiting", [Said()] * len(listed)))

    def _unknown(self, batch: Batch, error: ApiError | None) -> tuple[BulkPart[Any, Any], ...]:
        reasons = error.reasons if error is not None else ()
        return tuple(
            self._teller.new(one, "unknown", Said(reasons=reasons, look_for=self._teller.look_for(one.request)), batch)
            for one in batch.elements
        )


def _told(elements: Iterable[Element], state: State, said: Iterable[Said]) -> list[tuple[str, State, Said]]:
    return [(element.reference, state, one) for element, one in zip(elements, said, strict=True)]


def _wire(result: object) -> dict[str, object] | None:
    """A result as a journal can keep it; what it cannot, it is without: that it was done is what counts."""
    wire = result.to_wire() if isinstance(result, WireModel) else None
    try:
        encode(wire)
    except NotJsonError:
        return None
    return wire
