"""What became of a call, read from its answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from zuora_invoices._runtime.codec import NotJsonError, decode

from .refusal import Reason

if TYPE_CHECKING:
    from zuora_invoices._runtime.values import Json


class Kind(StrEnum):
    """What an outcome is, in one word: calls are filtered by it."""

    CREATED = "created"
    PARTIAL = "partial"
    """Some invoices of a batch failed, perhaps all of them."""
    REFUSED = "refused"
    REPLAYED = "replayed"
    DROPPED = "dropped"
    """The connection ended before the answer was there, or all of it."""
    FAILED = "failed"
    """A status of 500 or more."""
    TOKEN = "token"  # noqa: S105 - a token was issued
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Creation:
    """An invoice that an answer tells of."""

    index: int | None
    """Its position in the batch, from 0; `None` where the call is for one invoice."""
    id: str
    number: str


@dataclass(frozen=True, slots=True)
class Failure:
    """What was refused: the call, or one invoice of a batch."""

    index: int | None
    """Position in the batch, from 0; `None` for the call as a whole."""
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer says."""

    kind: Kind
    label: str
    """In words, as `Call.outcome` has it."""
    creations: tuple[Creation, ...] = ()
    failures: tuple[Failure, ...] = ()


def outcome_of(status: int, content: bytes) -> Outcome:
    """Read an answer. One that cannot be read is judged by its status alone."""
    try:
        answer = decode(content)
    except NotJsonError:
        answer = None
    body = answer if isinstance(answer, dict) else {}
    if status == 200 and "access_token" in body:
        return Outcome(Kind.TOKEN, "token issued")
    if status == 200 and isinstance(elements := body.get("invoices"), list):
        return _of_batch(elements)
    if status == 200 and body.get("success") is True:
        creation = _creation(body, None)
        return Outcome(Kind.CREATED, "created 1", (creation,) if creation else ())
    if status >= 500:
        return Outcome(Kind.FAILED, "failed", (), (Failure(None, _reasons(body)),))
    if status >= 400 or body.get("success") is False:
        return Outcome(Kind.REFUSED, "refused", (), (Failure(None, _reasons(body)),))
    return Outcome(Kind.OTHER, "answered")


def _of_batch(elements: list[Json]) -> Outcome:
    creations: list[Creation] = []
    failures: list[Failure] = []
    for position, element in enumerate(elements):
        result = element if isinstance(element, dict) else {}
        creation = _creation(result, position)
        if result.get("success", True) is not False and creation:
            creations.append(creation)
        else:
            index = result.get("objectIndex")
            failures.append(Failure(index if isinstance(index, int) else position, _reasons(result)))
    failed = f", failed {len(failures)}" if failures else ""
    kind = Kind.PARTIAL if failures else Kind.CREATED
    return Outcome(kind, f"created {len(creations)}{failed}", tuple(creations), tuple(failures))


def _creation(invoice: dict[str, Json], index: int | None) -> Creation | None:
    found = invoice.get("id")
    return Creation(index, found, str(invoice.get("invoiceNumber") or "")) if isinstance(found, str) else None


def _reasons(result: dict[str, Json]) -> tuple[Reason, ...]:
    listed = result.get("reasons")
    return tuple(
        Reason(code if isinstance(code := one.get("code"), int) else 0, str(one.get("message", "")))
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict)
    )
