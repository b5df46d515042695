"""Whether a call that failed may be sent again, with which key, and when. Pure decisions.

A call is sent again with the *same* idempotency key while its outcome is unknown, or where nothing was done: the server
then answers for the first attempt instead of doing it twice. A refusal that is transient, and that the server keeps
under its key, takes a *new* key, derived from the first: the first key, `~`, 16 hexadecimal digits of its SHA-256, so
that no caller has the same key for something else, `-` and the number of the start (from 2). Where that would be too
long for the description, a shorter one stands for the first key: its beginning, `~` and 32 digits of its SHA-256. So
the same first key always leads to the same chain, a derived key leads on in the chain it is of, and a caller that
repeats a call with either of them, after a crash or as an error advises, comes to the same end.
"""

from __future__ import annotations

import hashlib
import random
import re
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from .errors import AnsweredError, ConnectionFailedError, RejectionError, StatusError, UndecodableResponseError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .errors import ApiError
    from .operation import Operation
    from .options import Settings
    from .resending import Outcome

KeyChoice: TypeAlias = Literal["same", "new"]

_IDEMPOTENT: Final = frozenset(("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY"))
_KEYED_STATUSES: Final = (408, 409, 425, 429, 500, 502, 503, 504)
_SAFE_STATUSES: Final = (408, 425, 429, 500, 502, 503, 504)
_ANY_STATUSES: Final = (429,)
_LONGEST: Final = 1e9  # seconds; what is asked beyond is never as well
_DERIVED: Final = r"(?s)(.+)~([0-9a-f]{16})-([0-9]{1,6})"
_ASKED: Final = r"\s*[A-Za-z]+,[^,]*|[^,]+"  # one of several with commas between them; dates have one too
_MARK: Final = 24  # characters that a derived key has behind the first one, at most


def again(operation: Operation[object], error: ApiError, *, unsure: bool) -> KeyChoice | None:
    """Whether to send a call again after an attempt; `unsure` if an earlier one may have been carried out."""
    repeatable = operation.idempotency_key is not None or operation.method in _IDEMPOTENT
    if isinstance(error, ConnectionFailedError):
        return "same" if repeatable or error.outcome == "not_sent" else None
    if isinstance(error, StatusError) and error.status in _statuses(operation):
        return "same"
    if isinstance(error, UndecodableResponseError) and error.cut:
        return "same" if repeatable else None
    refused = isinstance(error, RejectionError) or (isinstance(error, StatusError) and error.status < 500)
    if refused and error.transient:
        # With a new key only if nothing can have come of the old one.
        if not unsure:
            return "new"
        return "same" if repeatable else None
    return None


def _statuses(operation: Operation[object]) -> tuple[int, ...]:
    if operation.retry_statuses is not None:
        return operation.retry_statuses
    if operation.idempotency_key is not None:
        return _KEYED_STATUSES
    return _SAFE_STATUSES if operation.method in _IDEMPOTENT else _ANY_STATUSES


def outcome(error: ApiError, *, unsure: bool, replayed: bool = False) -> Outcome:
    """What became of a call whose last attempt failed; `unsure` if an earlier one may have been carried out.

    A refusal tells of the earlier attempts too, as the server answers for the first request with a key; but not one
    that is given before the key is looked at. Of a transient one that is not certain, unless it is `replayed`: then it
    is what the server keeps under the key.
    """
    if not unsure or error.outcome == "unknown":
        return error.outcome
    refused = isinstance(error, AnsweredError) and error.outcome == "rejected" and bool(error.reasons)
    return "rejected" if refused and not error.early and (replayed or not error.transient) else "unknown"


def chain(key: str) -> tuple[str, int]:
    """The key that a chain begins with, and which start of it a key is of: itself and 1, unless it is a derived one."""
    found = re.fullmatch(_DERIVED, key)
    return (found[1], int(found[3])) if found and _digits(found[1], 16) == found[2] else (key, 1)


def next_key(first: str, number: int, most: int | None) -> str:
    """The key of the nth start of a call, from the key of the first; `most` characters long at most (36 or more)."""
    first = stem(first, most)
    return f"{first}~{_digits(first, 16)}-{number}"


def stem(first: str, most: int | None) -> str:
    """What stands for the first key of a chain in the others: itself, or a shorter text where it is too long."""
    room = len(first) if most is None else max(0, most - _MARK)
    return first if len(first) <= room else f"{first[: max(0, room - 33)]}~{_digits(first, 32)}"[-room:]


def _digits(text: str, count: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:count]


def wait(error: ApiError, repetition: int, settings: Settings) -> float | None:
    """Seconds to wait before a repetition (counted from 1); nothing if the server asks for more than may be waited.

    What the server asks for is the least; a random time comes on top, so that callers do not return all at once.
    """
    most = min(settings.max_wait, settings.backoff * 2 ** min(repetition - 1, 30))
    jitter = random.uniform(0, most)  # noqa: S311 - it keeps no secret
    if error.retry_after is None:
        return jitter
    return None if error.retry_after > settings.max_wait else min(error.retry_after + jitter, settings.max_wait)


def retry_after(status: int, headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that the server asks to wait, by `Retry-After` (seconds or a date) or else `RateLimit-Reset`.

    Of several, as where a proxy adds its own, the longest wait counts. `now` is the time of day in seconds since 1970,
    unless the answer has a `Date` of its own.
    """
    sent = _moment(headers.get("date", ""))
    asked = [
        _asked(one.strip(), now if sent is None else sent) for one in re.findall(_ASKED, headers.get("retry-after", ""))
    ]
    if waits := [seconds for seconds in asked if seconds is not None]:
        return max(waits)
    if status == 429 and not _leaves_calls(headers.get("ratelimit-remaining", "0")):
        # Where calls are left in the window, another limit was hit, and the window's end says nothing.
        reset = headers.get("ratelimit-reset", "").strip()
        return _number(reset)
    return None


def _asked(text: str, now: float) -> float | None:
    seconds, moment = _number(text), _moment(text)
    return min(max(0.0, moment - now), _LONGEST) if seconds is None and moment is not None else seconds


def _leaves_calls(remaining: str) -> bool:
    try:
        return float(remaining.partition(",")[0]) > 0
    except ValueError:
        return False


def _moment(text: str) -> float | None:
    try:
        moment = parsedate_to_datetime(text) if text else None
        # All dates of HTTP are in GMT, those that do not say so too (RFC 9110, 5.6.7).
        return None if moment is None else (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return min(number, _LONGEST) if number >= 0 else None
