"""The operations on covers, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .._runtime.operation import Body, Element, Operation, Response
from .._runtime.streams import AnyStream, ServerSentEvent

ADD_COVER: Operation[AnyStream[ServerSentEvent[str]]] = Operation(
    id="addCover",
    method="POST",
    path="/covers",
    body=Body("text/event-stream", str, required=False),
    responses=(Response("200", "text/event-stream", elements=(Element(str, is_text=True),)),),
)
