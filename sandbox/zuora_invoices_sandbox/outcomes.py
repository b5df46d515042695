"""What became of a call, read from its answer, in words."""

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
class Failure:
    """What was refused: the call, or the invoice at this place of a batch, counted from 0."""

    index: int | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer says."""

    kind: Kind
    words: str
    created: tuple[str, ...] = ()
    """Ids of the invoices in the answer."""
    failures: tuple[Failure, ...] = ()


def outcome_of(status: int, body: bytes) -> Outcome:
    """Read an answer. One that cannot be read is judged by its status alone."""
    try:
        answer = decode(body)
    except NotJsonError:
        answer = None
    told = answer if isinstance(answer, dict) else {}
    if status == 200 and "access_token" in told:
        return Outcome(Kind.TOKEN, "token issued")
    if status == 200 and isinstance(elements := told.get("invoices"), list):
        return _of_batch(elements)
    if status == 200 and told.get("success") is True:
        found = told.get("id")
        return Outcome(Kind.CREATED, "created 1", (found,) if isinstance(found, str) else ())
    if status >= 500:
        return Outcome(Kind.FAILED, "failed", (), (Failure(None, _reasons(told)),))
    if status >= 400 or told.get("success") is False:
        return Outcome(Kind.REFUSED, "refused", (), (Failure(None, _reasons(told)),))
    return Outcome(Kind.OTHER, "answered")


def _of_batch(elements: list[Json]) -> Outcome:
    created: list[str] = []
    failures: list[Failure] = []
    for place, element in enumerate(elements):
        told = element if isinstance(element, dict) else {}
        found, index = told.get("id"), told.get("objectIndex")
        if told.get("success", True) is not False and isinstance(found, str):
            created.append(found)
        else:
            failures.append(Failure(index if isinstance(index, int) else place, _reasons(told)))
    failed = f", failed {len(failures)}" if failures else ""
    kind = Kind.PARTIAL if failures else Kind.CREATED
    return Outcome(kind, f"created {len(created)}{failed}", tuple(created), tuple(failures))


def _reasons(told: dict[str, Json]) -> tuple[Reason, ...]:
    listed = told.get("reasons")
    return tuple(
        Reason(code if isinstance(code := one.get("code"), int) else 0, str(one.get("message", "")))
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict)
    )
