"""The operations on default, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .. import models
from .._runtime.operation import Body, Element, Operation, Parameter, Response
from .._runtime.streams import AnyStream, ServerSentEvent
from .._runtime.values import Date

BYTES_200 = Response("200", "application/zip", bytes)

WATCH_TICKS: Operation[AnyStream[ServerSentEvent[models.Tick | models.WatchTicksResponsePause | str]]] = Operation(
    id="watchTicks",
    method="GET",
    path="/ticks",
    responses=(
        Response(
            "200",
            "text/event-stream",
            elements=(
                Element(lambda: models.Tick, event="tick"),
                Element(lambda: models.WatchTicksResponsePause, event="pause"),
                Element(str, event="note", is_text=True),
                Element(str, event="warning", is_text=True),
            ),
        ),
        Response("404", "application/json", lambda: models.WatchTicksResponse404),
    ),
)

ASK: Operation[models.Answer | AnyStream[ServerSentEvent[models.Word]]] = Operation(
    id="ask",
    method="POST",
    path="/answers",
    body=Body("application/json", lambda: models.Question, required=True),
    responses=(
        Response("200", "application/json", lambda: models.Answer),
        Response("404", "application/json", lambda: models.AskResponse404),
    ),
    accepts=("application/json", "text/event-stream"),
    others=(Response("200", "text/event-stream", elements=(Element(lambda: models.Word),)),),
)

EXPORT: Operation[str | bytes | AnyStream[models.Tick] | None] = Operation(
    id="export",
    method="GET",
    path="/exports",
    parameters=(
        Parameter("since", "since", "query", Date, required=True, style="form", explode=True),
        Parameter("accept", "accept2", "query", str, style="form", explode=True),
    ),
    responses=(
        Response("200", "application/jsonl", elements=(Element(lambda: models.Tick),)),
        Response("200", "application/x-ndjson", elements=(Element(lambda: models.Tick),)),
        Response("202"),
    ),
    accepts=("application/jsonl", "application/x-ndjson", "text/csv", "application/zip", "application/gzip"),
    others=(Response("200", "text/csv", str), BYTES_200, Response("200", "application/gzip", bytes)),
)

READ_REPORT: Operation[bytes] = Operation(
    id="readReport",
    method="GET",
    path="/reports",
    responses=(Response("200", "application/pdf", bytes), BYTES_200),
    accepts=("application/pdf", "application/zip"),
)

READ_LOG: Operation[AnyStream[ServerSentEvent[str]]] = Operation(
    id="readLog",
    method="GET",
    path="/log",
    responses=(Response("200", "text/event-stream", elements=(Element(str, is_text=True),)),),
)

REPLAY_LOG: Operation[AnyStream[models.ReplayLogResponseItem]] = Operation(
    id="replayLog",
    method="PUT",
    path="/log",
    responses=(Response("200", "application/json-seq", elements=(Element(lambda: models.ReplayLogResponseItem),)),),
)
