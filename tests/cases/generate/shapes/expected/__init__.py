"""Shapes of pets: a typed client, sync and async."""

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

__version__ = "0"

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
