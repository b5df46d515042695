"""The operations on covers, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .._runtime.operation import Body, Operation, Response

ADD_COVER: Operation[str] = Operation(
    id="addCover",
    method="POST",
    path="/covers",
    body=Body("text/event-stream", str, required=False),
    responses=(Response("200", "text/event-stream", str),),
)
