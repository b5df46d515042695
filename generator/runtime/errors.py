"""Every error that a call can raise.

ApiError
+-- ConfigurationError           the client lacks something that the call needs, or was given something unfit
+-- RequestValidationError       the call breaks rules of the description; nothing was sent
+-- KeyReusedError               its idempotency key went out with another body before; nothing was sent
+-- TokenError                   no token could be had for the call
+-- ConnectionFailedError        no answer: the connection could not be made, or was lost
|   +-- CallTimeoutError         no answer in time
|   +-- StreamBrokenError        the answer broke off in the middle of a stream
+-- BatchFailureError            parts of a batch failed; raised by `raise_for_failures()` alone
+-- AnsweredError                an answer came, and it is no success
    +-- StatusError              the status says failure
    |   +-- BadRequestError          400
    |   +-- AuthenticationError      401
    |   +-- PermissionDeniedError    403
    |   +-- NotFoundError            404
    |   +-- ConflictError            409
    |   +-- UnprocessableError       422
    |   |   +-- IdempotencyMismatchError   422 of an operation with idempotency keys
    |   +-- RateLimitedError         429
    |   +-- ServerError              5XX
    +-- RejectionError           the status says success, the body says failure
    +-- UndecodableResponseError the answer is not what the description promises
        +-- MismatchedResponseError  it is the answer to another request
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeVar

from msgspec import Struct

from .reasons import Reason  # noqa: TC001 - so that the signatures of these classes can be shown
from .resending import DARK_PARTS, PARTS, Outcome, Situation, Verdict, judged, limited, mismatched, moment, reused
from .text import on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from .echo import Difference
    from .resending import Resend
    from .violations import Violation

__all__ = [
    "AnsweredError",
    "ApiError",
    "AuthenticationError",
    "BadRequestError",
    "BatchFailureError",
    "BatchPart",
    "CallTimeoutError",
    "ConfigurationError",
    "ConflictError",
    "ConnectionFailedError",
    "IdempotencyMismatchError",
    "KeyReusedError",
    "MismatchedResponseError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitedError",
    "RejectionError",
    "RequestValidationError",
    "ServerError",
    "StatusError",
    "TokenError",
    "UndecodableResponseError",
    "UnprocessableError",
]

Given = TypeVar("Given", covariant=True)
Got = TypeVar("Got", covariant=True)

_SHOWN: Final = 20  # violations in a message
_UNSETTLED: Final = (408, 409, 425)  # of the 4XX, those after which the call may have been, or be being, carried out
_EARLY: Final = (401, 403, 407, 429)  # given before the call or its key is looked at
_OUTCOME_LABELS: Final = {"not_sent": "not sent", "rejected": "rejected", "unknown": "outcome unknown"}


class ApiError(Exception):
    """A call did not succeed. `str()` is one line; `operation` is the operation's id in the description.

    `outcome` says what became of the call, over all its attempts: `not_sent` (it never left), `rejected` (the server
    refused it and did nothing) or `unknown` (it may have been carried out); `advice` says what to do about it, and
    `resend` says the same as data.

    `idempotency_key` is the key of the last attempt, the caller's or one that was made: sent again, it makes the server
    answer for the first call with it instead of doing it twice. Until `key_expires`, a time in UTC, it certainly does,
    as far as this client knows of calls with the key; that is `None` where the key never went out, or nobody says how
    long the server keeps it. `track_id` is the caller's own id of the call.
    `attempts` counts what was tried; `elapsed` is in seconds, waits between attempts included. `status`, `headers`
    (names in lower case), `reasons`, `process_id` and `retry_after` (seconds) are of the last answer, if there was one.
    """

    outcome: Outcome = "not_sent"
    idempotency_key: str | None = None
    key_expires: datetime | None = None
    track_id: str | None = None
    attempts: int = 0
    elapsed: float = 0.0
    headers: Mapping[str, str] = MappingProxyType({})
    reasons: tuple[Reason, ...] = ()
    process_id: str | None = None
    retry_after: float | None = None
    _status: int | None = None

    def __init__(self, operation: str, message: str) -> None:
        message = on_one_line(message)
        super().__init__(operation, message)
        self.operation = operation
        self.message = message

    def __reduce__(self) -> tuple[Callable[..., ApiError], tuple[object, ...]]:
        return _revived, (type(self), self.args, dict(vars(self)))

    def __str__(self) -> str:
        text = f"{self.operation}: " + (f"{self.status}: " if self.status else "") + self.message
        if not self.attempts:
            return text
        tries = f"{self.attempts} attempt{'s' if self.attempts > 1 else ''} in {self.elapsed:.1f} s"
        ids = (("idempotency key", self.idempotency_key), ("track id", self.track_id), ("process", self.process_id))
        details = [_OUTCOME_LABELS[self.outcome], tries, *(f"{name} {one}" for name, one in ids if one)]
        return f"{text} [{'; '.join(details)}]"

    @property
    def status(self) -> int | None:
        """The status of the last answer, if there was one."""
        return self._status

    @property
    def transient(self) -> bool:
        """Whether the server's reasons are all such that the same call can succeed later."""
        return bool(self.reasons) and all(reason.transient for reason in self.reasons)

    @property
    def early(self) -> bool:
        """Whether the server refused before it looked at the call or its key: it tells nothing of earlier calls."""
        return self.status in _EARLY or any(one.category is not None and one.category.early for one in self.reasons)

    @property
    def resend(self) -> Resend:
        """Whether the call may be sent again, and how: with the `same_key`, with a `new_key`, or `never`.

        With the same key only as long as that is good, see `key_expires`. An operation that has no keys has none to be
        sent again with: then `new_key` is a new call. `never` is not before somebody has found out what was done.
        """
        return self._verdict(self._situation).resend

    @property
    def advice(self) -> str:
        """What `resend` says, in a sentence or two."""
        return self._verdict(self._situation).advice

    @property
    def _situation(self) -> Situation:
        return Situation(self.outcome, self.idempotency_key, self.key_expires, self.transient, self.early)

    def _verdict(self, known: Situation) -> Verdict:
        """What `resend` and `advice` have in common."""
        return judged(known)


def _revived(kind: type[ApiError], arguments: tuple[object, ...], state: dict[str, object]) -> ApiError:
    """An error out of a pickle, whatever its class takes to be made."""
    error = kind.__new__(kind, *arguments)
    error.args = arguments
    vars(error).update(state)
    return error


class ConfigurationError(ApiError):
    """The client lacks something that the call needs, such as a credential, or was given something unfit."""


class RequestValidationError(ApiError):
    """The call breaks rules of the description; `violations` has every one."""

    def __init__(self, operation: str, violations: Sequence[Violation]) -> None:
        shown = "; ".join(map(str, violations[:_SHOWN]))
        more = len(violations) - _SHOWN
        super().__init__(operation, f"{shown}; and {more} more, see `violations`" if more > 0 else shown)
        self.violations = tuple(violations)


class KeyReusedError(ApiError):
    """The idempotency key went out with another body, or for another operation, at `first_sent` (in UTC).

    The server would answer for that one, so nothing was sent.
    """

    def __init__(self, operation: str, key: str, first_sent: datetime) -> None:
        message = (
            f"the idempotency key {key!r} went out with another request at {moment(first_sent)}, and the server would "
            "answer for that one: give another body a new key, or send the very body of then again"
        )
        super().__init__(operation, message)
        self.idempotency_key = key
        self.first_sent = first_sent

    def _verdict(self, known: Situation) -> Verdict:
        return reused(known)


class TokenError(ApiError):
    """No token could be had: the token endpoint refused or did not answer, or the caller's own source failed."""

    def __init__(
        self,
        operation: str,
        message: str,
        status: int | None = None,
        headers: Mapping[str, str] = MappingProxyType({}),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(operation, message)
        self._status = status
        self.headers = dict(headers)
        self.retry_after = retry_after


class ConnectionFailedError(ApiError):
    """There was no answer. The outcome is `unknown` unless the connection was never made."""

    def __init__(self, operation: str, message: str, outcome: Outcome) -> None:
        super().__init__(operation, message)
        self.outcome = outcome


class CallTimeoutError(ConnectionFailedError):
    """There was no answer in time."""


class StreamBrokenError(ConnectionFailedError):
    """A stream broke off, or nothing came in time; what came before is whole. The outcome of the call is `unknown`.

    `status` and `headers` (names in lower case) are those of the answer. Nothing is sent again by itself.
    """

    def __init__(self, operation: str, message: str, status: int, headers: Mapping[str, str]) -> None:
        super().__init__(operation, message, "unknown")
        self._status = status
        self.headers = dict(headers)


class BatchPart(Struct, Generic[Given, Got], frozen=True):
    """One element of a batch: its position in the request, counted from 0, what was asked and what came of it.

    `request` is the very object that was passed in, as it is now; of a mapping it is the model that was made of it.
    """

    object_index: int
    request: Given
    result: Got
    reasons: tuple[Reason, ...] = ()
    """Why it failed, if it did."""


class BatchFailureError(ApiError):
    """Parts of a batch failed: `failed` has them and `created` the others, each in the order of the request.

    The outcome is that of the failed parts; those of `created` are done. What `failed` asks for may be sent again, with
    a new idempotency key: under the old one the server repeats its answer. `unknown` has the parts whose result cannot
    be read, each with what came; where there are any, so is the outcome.
    """

    outcome: Outcome = "rejected"

    def __init__(
        self,
        operation: str,
        message: str,
        created: tuple[BatchPart[Any, Any], ...],  # Any: an `except` cannot say of which batch the error is
        failed: tuple[BatchPart[Any, Any], ...],
        unknown: tuple[BatchPart[Any, Any], ...] = (),
    ) -> None:
        super().__init__(operation, message)
        self.created = created
        self.failed = failed
        self.unknown = unknown
        if unknown:
            self.outcome = "unknown"
        self.reasons = tuple(reason for part in failed for reason in part.reasons)

    def _verdict(self, known: Situation) -> Verdict:  # noqa: ARG002 - parts have one, whatever is known
        return DARK_PARTS if self.unknown else PARTS


class AnsweredError(ApiError):
    """There was an answer: `status`, `headers` (names in lower case) and `body`, parsed as far as possible."""

    outcome: Outcome = "unknown"

    def __init__(self, operation: str, message: str, status: int, headers: Mapping[str, str], body: object) -> None:
        super().__init__(operation, message)
        self._status = status
        self.headers = dict(headers)
        self.body = body

    @property
    def status(self) -> int:
        """The status of the answer."""
        return self._status or 0


class StatusError(AnsweredError):
    """The status says failure. `body` is the described type where the body fits it, else what could be read of it."""

    statuses: ClassVar[Mapping[int, type[StatusError]]]

    def __init__(self, operation: str, message: str, status: int, headers: Mapping[str, str], body: object) -> None:
        super().__init__(operation, message, status, headers, body)
        self.outcome = "rejected" if 400 <= status < 500 and status not in _UNSETTLED else "unknown"

    @classmethod
    def for_status(cls, status: int, *, keyed: bool = False) -> type[StatusError]:
        """The class for a status; `keyed` says that the operation has idempotency keys."""
        if keyed and status == 422:
            return IdempotencyMismatchError
        return cls.statuses.get(status, ServerError if status >= 500 else StatusError)


class BadRequestError(StatusError):
    """400: the server could not make sense of the request."""


class AuthenticationError(StatusError):
    """401: the credential is missing, wrong or expired."""


class PermissionDeniedError(StatusError):
    """403: the credential is good, but not for this."""


class NotFoundError(StatusError):
    """404: there is no such thing."""


class ConflictError(StatusError):
    """409: it conflicts with another call; with an idempotency key, the first call with it is still running."""


class UnprocessableError(StatusError):
    """422: the request is well formed and refused."""


class IdempotencyMismatchError(UnprocessableError):
    """422: the idempotency key was used for another request before."""


class RateLimitedError(StatusError):
    """429: too many calls; `retry_after` says how long to wait, where the server said it."""

    def _verdict(self, known: Situation) -> Verdict:
        return limited(known, self.retry_after)


class ServerError(StatusError):
    """5XX: the server failed; whether it carried the call out is not known."""


StatusError.statuses = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableError,
    429: RateLimitedError,
}


class RejectionError(AnsweredError):
    """The status says success, the body says failure. `body` is the described failure."""

    outcome: Outcome = "rejected"


class UndecodableResponseError(AnsweredError):
    """The status says success, but the body is not what the description promises; `body` is the raw bytes.

    `cut` tells that the body is not whole, or not of its media type at all: another attempt may bring it.
    """

    cut: bool = False


class MismatchedResponseError(UndecodableResponseError):
    """The answer is one to another request: `differences` are what it says differently than what was sent.

    So nothing is known of this request. They are empty where there are more or fewer results than requests, or one
    names another position than its own.
    """

    def __init__(
        self,
        operation: str,
        message: str,
        status: int,
        headers: Mapping[str, str],
        body: object,
        differences: tuple[Difference, ...] = (),
    ) -> None:
        super().__init__(operation, message, status, headers, body)
        self.differences = differences

    def _verdict(self, known: Situation) -> Verdict:
        return mismatched(known)
