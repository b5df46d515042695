"""Notes: a typed client, sync and async.

`Client` and `AsyncClient` make the calls, `models` has what they take and bring. A call that does not succeed raises an
`ApiError`, whatever the status of the answer.

Not checked before sending, though the description says it:
    the body is taken as it is: the client knows nothing of application/xml
        (`/paths/~1notes/post/requestBody/content/application~1xml`)
    the answer is taken as it is: the client knows nothing of application/xml
        (`/paths/~1notes/get/responses/200/content/application~1xml`)
    the parameter 'mood' is taken as it is: the client does not check what is said of text/plain
        (`/paths/~1notes~1{text}/get/parameters/2/content/text~1plain`)

Left out, though the description has it:
    the parameter is left out: 'form', which is neither JSON, nor text (`/paths/~1notes~1{text}/get`)
    the parameter is left out: 'tree', which is neither JSON, nor text (`/paths/~1notes~1{text}/get`)
    the parameter is left out: 'whole', which is neither JSON, nor text (`/paths/~1notes~1{text}/get`)
    application/json;v=2 is left out, as a body of application/json is there already
        (`/paths/~1pictures/post/requestBody/content`)
"""

# Generated from the OpenAPI description; do not edit, regenerate.

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import models
    from ._runtime.answers import Answer, answers
    from ._runtime.auth import AsyncToken, Token
    from ._runtime.downloads import streamed
    from ._runtime.echo import Difference
    from ._runtime.errors import (
        AnsweredError,
        ApiError,
        AuthenticationError,
        BadRequestError,
        BatchFailureError,
        BatchPart,
        CallTimeoutError,
        ConfigurationError,
        ConflictError,
        ConnectionFailedError,
        IdempotencyMismatchError,
        KeyReusedError,
        MismatchedResponseError,
        NotFoundError,
        PermissionDeniedError,
        RateLimitedError,
        RejectionError,
        RequestValidationError,
        ServerError,
        StatusError,
        TokenError,
        UndecodableResponseError,
        UnprocessableError,
    )
    from ._runtime.events import CallInfo, Event, GiveUpEvent, Hook, RequestEvent, ResponseEvent, RetryEvent
    from ._runtime.files import File
    from ._runtime.options import Options
    from ._runtime.reasons import Category, Reason
    from ._runtime.resending import Outcome, Resend
    from ._runtime.streams import AsyncByteStream, AsyncStream, ByteStream, ServerSentEvent, Stream, StreamBrokenError
    from ._runtime.transport import AsyncHttpClient, HttpClient
    from ._runtime.unread import Unread
    from ._runtime.values import Json
    from ._runtime.violations import Violation, violations
    from .client import AsyncClient, Client
else:
    # Nothing of the package is loaded with it, see `lazily`.
    _HOMES = {
        "AsyncClient": "client",
        "Client": "client",
        "AnsweredError": "_runtime.errors",
        "ApiError": "_runtime.errors",
        "AuthenticationError": "_runtime.errors",
        "BadRequestError": "_runtime.errors",
        "BatchFailureError": "_runtime.errors",
        "BatchPart": "_runtime.errors",
        "CallTimeoutError": "_runtime.errors",
        "ConfigurationError": "_runtime.errors",
        "ConflictError": "_runtime.errors",
        "ConnectionFailedError": "_runtime.errors",
        "IdempotencyMismatchError": "_runtime.errors",
        "KeyReusedError": "_runtime.errors",
        "MismatchedResponseError": "_runtime.errors",
        "NotFoundError": "_runtime.errors",
        "PermissionDeniedError": "_runtime.errors",
        "RateLimitedError": "_runtime.errors",
        "RejectionError": "_runtime.errors",
        "RequestValidationError": "_runtime.errors",
        "ServerError": "_runtime.errors",
        "StatusError": "_runtime.errors",
        "TokenError": "_runtime.errors",
        "UndecodableResponseError": "_runtime.errors",
        "UnprocessableError": "_runtime.errors",
        "Outcome": "_runtime.resending",
        "Resend": "_runtime.resending",
        "Difference": "_runtime.echo",
        "Category": "_runtime.reasons",
        "Reason": "_runtime.reasons",
        "Violation": "_runtime.violations",
        "violations": "_runtime.violations",
        "CallInfo": "_runtime.events",
        "Event": "_runtime.events",
        "GiveUpEvent": "_runtime.events",
        "Hook": "_runtime.events",
        "RequestEvent": "_runtime.events",
        "ResponseEvent": "_runtime.events",
        "RetryEvent": "_runtime.events",
        "Answer": "_runtime.answers",
        "answers": "_runtime.answers",
        "Unread": "_runtime.unread",
        "Options": "_runtime.options",
        "AsyncToken": "_runtime.auth",
        "Token": "_runtime.auth",
        "AsyncHttpClient": "_runtime.transport",
        "HttpClient": "_runtime.transport",
        "Json": "_runtime.values",
        "File": "_runtime.files",
        "AsyncByteStream": "_runtime.streams",
        "AsyncStream": "_runtime.streams",
        "ByteStream": "_runtime.streams",
        "ServerSentEvent": "_runtime.streams",
        "Stream": "_runtime.streams",
        "StreamBrokenError": "_runtime.streams",
        "streamed": "_runtime.downloads",
        "models": "models",
    }

    def __getattr__(name: str) -> object:
        from ._runtime.lazy import load

        return load(__name__, _HOMES, name)

    def __dir__() -> list[str]:
        return sorted(_HOMES)


__version__ = "1"

__all__ = [
    "AsyncClient",
    "Client",
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
    "Outcome",
    "Resend",
    "Difference",
    "Category",
    "Reason",
    "Violation",
    "violations",
    "CallInfo",
    "Event",
    "GiveUpEvent",
    "Hook",
    "RequestEvent",
    "ResponseEvent",
    "RetryEvent",
    "Answer",
    "answers",
    "Unread",
    "Options",
    "AsyncToken",
    "Token",
    "AsyncHttpClient",
    "HttpClient",
    "Json",
    "File",
    "AsyncByteStream",
    "AsyncStream",
    "ByteStream",
    "ServerSentEvent",
    "Stream",
    "StreamBrokenError",
    "streamed",
    "models",
]
