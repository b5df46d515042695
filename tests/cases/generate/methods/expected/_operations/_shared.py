"""What operations of several resources have, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .._runtime.operation import Response
from .._runtime.reasons import Category, FailureBody

EMPTY_204 = Response("204")
FAILURE = FailureBody(
    reasons="causes",
    code="number",
    message="text",
    process_id="trace-id",
    modulo=10,
    categories=(Category(0, "Lost"), Category(7, "On loan", transient=True)),
)
RETRY_STATUSES = (429, 503)
