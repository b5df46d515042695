"""Every error that a call can raise.

ApiError
+-- ConfigurationError           the client lacks something that the call needs; nothing was sent
+-- RequestValidationError       the call breaks rules of the description; nothing was sent
+-- ConnectionFailedError        no answer: the connection could not be made, or was lost
|   +-- CallTimeoutError         no answer in time
+-- StatusError                  the status says failure
|   +-- BadRequestError          400
|   +-- AuthenticationError      401
|   +-- PermissionDeniedError    403
|   +-- NotFoundError            404
|   +-- ConflictError            409
|   +-- UnprocessableError       422
|   +-- RateLimitedError         429
|   +-- ServerError              5XX
+-- RejectionError               the status says success, the body says failure
+-- UndecodableResponseError     the answer is not what the description promises
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "ApiError",
    "AuthenticationError",
    "BadRequestError",
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

_UNSETTLED = (408, 409, 425)  # of the 4XX, those after which the call may have been, or be being, carried out


class ApiError(Exception):
    """A call did not succeed. `str()` is one line; `operation` is the operation's id in the description.

    `outcome` says what became of the call: `not_sent` (it never left), `rejected` (the server refused it and did
    nothing) or `unknown` (it may have been carried out).
    """

    outcome: Outcome = "not_sent"

    def __init__(self, operation: str, message: str) -> None:
        super().__init__(operation, message)
        self.operation = operation
        self.message = message

    def __str__(self) -> str:
        return f"{self.operation}: {self.message}"


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
        super().__init__(operation, "; ".join(map(str, violations)))
        self.violations = tuple(violations)

    def __reduce__(self) -> tuple[type[RequestValidationError], tuple[str, tuple[Violation, ...]]]:
        return type(self), (self.operation, self.violations)


class ConnectionFailedError(ApiError):
    """There was no answer. The outcome is `unknown` unless the connection was never made."""

    def __init__(self, operation: str, message: str, outcome: Outcome) -> None:
        super().__init__(operation, message)
        self.outcome = outcome

    def __reduce__(self) -> tuple[type[ConnectionFailedError], tuple[str, str, Outcome]]:
        return type(self), (self.operation, self.message, self.outcome)


class CallTimeoutError(ConnectionFailedError):
    """There was no answer in time."""


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

    def __reduce__(self) -> tuple[type[AnsweredError], tuple[str, str, int, dict[str, str], object]]:
        return type(self), (self.operation, self.message, self.status, self.headers, self.body)


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
