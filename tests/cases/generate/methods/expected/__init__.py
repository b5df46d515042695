"""Library: a typed client, sync and async.

Every method, parameter, body and answer that an operation can have.
"""

# Generated from the OpenAPI description; do not edit, regenerate.

from . import models
from ._runtime.errors import (
    ApiError,
    AuthenticationError,
    BadRequestError,
    CallTimeoutError,
    ConfigurationError,
    ConflictError,
    ConnectionFailedError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    RejectionError,
    RequestValidationError,
    ServerError,
    StatusError,
    UndecodableResponseError,
    UnprocessableError,
    Violation,
)
from .client import AsyncClient, Client

__version__ = "1.2"

__all__ = [
    "AsyncClient",
    "Client",
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
    "models",
]
