"""The operations on library, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .. import models
from .._runtime.operation import Body, Element, Operation, Response
from .._runtime.streams import AnyStream
from ._shared import EMPTY_204

READ_NEWS: Operation[AnyStream[models.Wish]] = Operation(
    id="readNews",
    method="GET",
    path="/news",
    responses=(Response("200", "application/jsonl", elements=(Element(lambda: models.Wish),)),),
)

ADD_THING: Operation[None] = Operation(
    id="addThing",
    method="POST",
    path="/things",
    body=Body("application/json", lambda: models.Thing, required=True),
    responses=(EMPTY_204,),
)
