"""Every error that a call can raise.

ApiError
+-- ConfigurationError           the client lacks something that the call needs; nothing was sent
+-- RequestValidationError       the call breaks rules of the description; nothing was sent
+-- ConnectionFailedError        no answer: the connection could not be made, or was lost
|   +-- CallTimeoutError         no answer in time
+-- BatchFailureError            parts of a batch failed; raised by `raise_for_failures()` alone
+-- AnsweredError                an answer came, and it is no success
    +-- StatusError              the status says failure
    |   +-- BadRequestError          400
    |   +-- AuthenticationError      401
    |   +-- PermissionDeniedError    403
    |   +-- NotFoundError            404
    |   +-- ConflictError            409
    |   +-- UnprocessableError       422
    |   +-- RateLimitedError         429
    |   +-- ServerError              5XX
    +-- RejectionError           the status says success, the body says failure
    +-- UndecodableResponseError the answer is not what the description promises
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeAlias, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitedError",
    "RejectionError",
    "RequestValidationError",
    "ServerError",
    "StatusError",
    "UndecodableResponseError",
    "UnprocessableError",
    "Violation",
]

Outcome: TypeAlias = Literal["not_sent", "rejected", "unknown"]
Given = TypeVar("Given", covariant=True)
Got = TypeVar("Got", covariant=True)

_SHOWN = 20  # violations in a message
_UNSETTLED = (408, 409, 425)  # of the 4XX, those after which the call may have been, or be being, carried out


class ApiError(Exception):
    """A call did not succeed. `str()` is one line; `operation` is the operation's id in the description.

    `outcome` says what became of the call: `not_sent` (it never left), `rejected` (the server refused it and did
    nothing) or `unknown` (it may have been carried out). `idempotency_key` is the key that was sent, the caller's or a
    fresh one: sent again, it makes the server answer for the first call instead of doing it twice.
    """

    outcome: Outcome = "not_sent"
    idempotency_key: str | None = None

    def __init__(self, operation: str, message: str) -> None:
        super().__init__(operation, message)
        self.operation = operation
        self.message = message

    def __reduce__(self) -> tuple[Callable[..., ApiError], tuple[object, ...]]:
        return _revived, (type(self), self.args, dict(vars(self)))

    def __str__(self) -> str:
        return f"{self.operation}: {self.message}"


def _revived(kind: type[ApiError], arguments: tuple[object, ...], state: dict[str, object]) -> ApiError:
    """An error out of a pickle, whatever its class takes to be made."""
    error = kind.__new__(kind, *arguments)
    error.args = arguments
    vars(error).update(state)
    return error


class ConfigurationError(ApiError):
    """The client lacks something that the call needs, such as a credential."""


class Violation(Struct, frozen=True):
    """One broken rule: the wire path of the value, such as `lines[3].name`, and what is wrong."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class RequestValidationError(ApiError):
    """The call breaks rules of the description; `violations` has every one."""

    def __init__(self, operation: str, violations: Sequence[Violation]) -> None:
        shown = "; ".join(map(str, violations[:_SHOWN]))
        more = len(violations) - _SHOWN
        super().__init__(operation, f"{shown}; and {more} more, see `violations`" if more > 0 else shown)
        self.violations = tuple(violations)


class ConnectionFailedError(ApiError):
    """There was no answer. The outcome is `unknown` unless the connection was never made."""

    def __init__(self, operation: str, message: str, outcome: Outcome) -> None:
        super().__init__(operation, message)
        self.outcome = outcome


class CallTimeoutError(ConnectionFailedError):
    """There was no answer in time."""


class BatchPart(Struct, Generic[Given, Got], frozen=True):
    """One element of a batch: its position in the request, counted from 0, what was asked and what came of it."""

    object_index: int
    request: Given
    result: Got


class BatchFailureError(ApiError):
    """Parts of a batch failed: `failed` has them and `created` the others, each in the order of the request.

    The outcome is that of the failed parts; those of `created` are done. What `failed` asks for may be sent again, with
    a new idempotency key: under the old one the server repeats its answer.
    """

    outcome: Outcome = "rejected"

    def __init__(
        self,
        operation: str,
        message: str,
        created: tuple[BatchPart[Any, Any], ...],  # Any: an `except` cannot say of which batch the error is
        failed: tuple[BatchPart[Any, Any], ...],
    ) -> None:
        super().__init__(operation, message)
        self.created = created
        self.failed = failed


class AnsweredError(ApiError):
    """There was an answer: `status`, `headers` (names in lower case) and `body`, parsed as far as possible."""

    outcome: Outcome = "unknown"

    def __init__(self, operation: str, message: str, status: int, headers: Mapping[str, str], body: object) -> None:
        super().__init__(operation, message)
        self.status = status
        self.headers = dict(headers)
        self.body = body

    def __str__(self) -> str:
        return f"{self.operation}: {self.status}: {self.message}"


class StatusError(AnsweredError):
    """The status says failure. `body` is the described type where the body fits it, else what could be read of it."""

    statuses: ClassVar[Mapping[int, type[StatusError]]]

    def __init__(self, operation: str, message: str, status: int, headers: Mapping[str, str], body: object) -> None:
        super().__init__(operation, message, status, headers, body)
        self.outcome = "rejected" if 400 <= status < 500 and status not in _UNSETTLED else "unknown"

    @classmethod
    def for_status(cls, status: int) -> type[StatusError]:
        """The class for a status."""
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
    """409: it conflicts with another call; with an idempotency key, the first call with it may still be running."""


class UnprocessableError(StatusError):
    """422: the request is well formed and refused; with an idempotency key, the key was used for another request."""


class RateLimitedError(StatusError):
    """429: too many calls."""


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
    """The status says success, but the body is not what the description promises; `body` is the raw bytes."""
