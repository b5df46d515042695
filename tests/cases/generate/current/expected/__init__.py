"""Shelf: a typed client, sync and async.

`Client` and `AsyncClient` make the calls, `models` has what they take and bring. A call that does not succeed raises an
`ApiError`, whatever the status of the answer.

Not checked before sending, though the description says it:
    the field 'title' is taken as it is: the client does not write application/xml; charset=utf-8
        (`/paths/~1cards/post/requestBody/content/application~1x-www-form-urlencoded/encoding/title`)
    the field 'rows' is taken as it is: the client does not write text/csv
        (`/paths/~1cards/post/requestBody/content/application~1x-www-form-urlencoded/encoding/rows`)
    the field 'entries' is taken as it is: the client does not write application/xml, text/xml
        (`/paths/~1cards/post/requestBody/content/application~1x-www-form-urlencoded/encoding/entries`)
    the field 'cover' is taken as it is: the client does not write image/png
        (`/paths/~1cards/post/requestBody/content/application~1x-www-form-urlencoded/encoding/cover`)
    the field 'either' is taken as it is: the client does not write application/xml
        (`/paths/~1cards/post/requestBody/content/application~1x-www-form-urlencoded/encoding/either`)
    the field 'table' is taken as it is: the client does not write application/xml
        (`/paths/~1cards/post/requestBody/content/application~1x-www-form-urlencoded/encoding/table`)
    the field 'anything' is taken as it is: the client does not write application/yaml
        (`/paths/~1cards/post/requestBody/content/application~1x-www-form-urlencoded/encoding/anything`)

Left out, though the description has it:
    the operation is left out: 'POST' belongs into the path item itself, as `post`
        (`/paths/~1books/additionalOperations/POST`)
    the operation is left out: 'CONNECT' is no method that a client can send
        (`/paths/~1books/additionalOperations/CONNECT`)
    the operation is left out: 'tree', which is neither JSON, nor text, nor a form without `encoding`
        (`/paths/~1lost/get`)
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
