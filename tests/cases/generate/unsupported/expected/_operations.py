"""The operations of What has no form in the client as data, shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from . import models
from ._runtime.operation import Body, Element, Operation, Response
from ._runtime.streams import AnyStream, ServerSentEvent

ADD_COVER: Operation[AnyStream[ServerSentEvent[str]]] = Operation(
    id="addCover",
    method="POST",
    path="/covers",
    body=Body("text/event-stream", str, required=False),
    responses=(Response("200", "text/event-stream", elements=(Element(str, text=True),)),),
)

FIND_BOOKS: Operation[None] = Operation(
    id="findBooks",
    method="GET",
    path="/books",
    responses=(Response("204"),),
)

ADD_BOOK: Operation[None] = Operation(
    id="addBook",
    method="POST",
    path="/books",
    body=Body("application/json", models.Book, required=True),
    responses=(Response("204"),),
)

ADD_SHELF: Operation[models.AddShelfResponse] = Operation(
    id="addShelf",
    method="POST",
    path="/shelves",
    body=Body("application/json", models.AddShelfRequest, required=True),
    responses=(Response("200", "application/json", models.AddShelfResponse),),
)
