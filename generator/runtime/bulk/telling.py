"""What a caller is told of an element, out of what this run or the journal knows of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, get_args

from msgspec import Struct
from pydantic import TypeAdapter, ValidationError

from ..comparison import expected
from ..model import ResponseModel
from ..salvage import UnfitError, salvage
from .part import BulkPart
from .said import said_in

if TYPE_CHECKING:
    from .batches import Batch
    from .elements import Element
    from .part import BulkOutcome
    from .said import Said
    from .store import Known

_MARGIN: Final = timedelta(minutes=10)
"""So long before its end no request goes out under a key: it has to arrive, and clocks differ."""
_AHEAD: Final = timedelta(minutes=10)
"""A key that seems to be of later than so much from now was made by another clock: nobody knows how old it is."""


class Life(Struct, frozen=True):
    """How long the server keeps its answer to a key; `None` if nobody says it, and then not for another call."""

    seconds: int | None

    def expires(self, began: datetime) -> datetime | None:
        """Until when a request may go out under a key."""
        if self.seconds is None:
            return None
        life = timedelta(seconds=self.seconds)
        return began + life - min(_MARGIN, life / 10)

    def has_ended(self, began: datetime, now: datetime) -> bool:
        """Whether nothing may go out under a key any more."""
        expires = self.expires(began)
        return expires is None or now >= expires or began > now + _AHEAD


class Teller:
    """Makes parts. `made` is the type of results."""

    def __init__(self, made: Any, life: Life) -> None:  # Any: a type form
        self._made = made
        self._adapter: TypeAdapter[Any] = TypeAdapter(made)
        kinds = [one for one in get_args(made) or (made,) if isinstance(one, type) and issubclass(one, ResponseModel)]
        self._echo = next((one.echo for one in kinds if one.echo is not None and not one.failure), None)
        self.life = life

    def look_for(self, request: object) -> dict[str, object]:
        """What the server would show of an element, if it was done."""
        return expected(self._echo, request)

    def new(
        self, element: Element, outcome: BulkOutcome, said: Said, batch: Batch | None = None, result: Any = None
    ) -> BulkPart[Any, Any]:
        """A part of this run; `result` is the model of what was made."""
        return BulkPart(
            element.reference,
            outcome,
            element.request,
            result,
            said.reasons,
            said.violations,
            batch.key if batch is not None else None,
            batch.track_id if batch is not None else None,
            self.life.expires(batch.began) if batch is not None and outcome == "unknown" else None,
            look_for=said.look_for,
        )

    def earlier(self, element: Element, known: Known) -> BulkPart[Any, Any]:
        """A part of an earlier run, given again."""
        said = said_in(known.said)
        return BulkPart(
            element.reference,
            outcome_of(known.state),
            element.request,
            None if said.result is None else self._read(said.result),
            said.reasons,
            said.violations,
            known.key,
            known.track_id,
            earlier=True,
            look_for=said.look_for,
        )

    def _read(self, result: Any) -> Any:
        try:
            return self._adapter.validate_python(result, strict=True)
        except ValidationError:
            try:
                return salvage(self._made, result)[0]
            except UnfitError:
                return None  # of another version of the description, and the journal still has it


def outcome_of(state: str) -> BulkOutcome:
    """The outcome that a state is for a caller."""
    known: dict[str, BulkOutcome] = {"created": "created", "rejected": "rejected", "invalid": "invalid"}
    return known.get(state, "unknown")
