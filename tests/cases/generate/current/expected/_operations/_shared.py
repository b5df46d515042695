"""What operations of several resources have, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .._runtime.operation import Response

EMPTY_204 = Response("204")
