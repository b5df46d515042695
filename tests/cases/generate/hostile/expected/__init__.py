"""Pets \"""; import os; os.system('touch /tmp/pwned') #\""" {{ 7*7 }} \\: a typed client, sync and async.

First \""" import os raise SystemExit(3) \""" and \\N{BULLET} {{ ''.__class__ }} {% raw %} {# no #}

\\x41 \\u0041 \\

right left mark bell line end\\
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

__version__ = '1"""\\'

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
