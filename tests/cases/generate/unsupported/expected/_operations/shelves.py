"""The operations on shelves, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .. import models
from .._runtime.operation import Body, Operation, Response

ADD_SHELF: Operation[models.AddShelfResponse] = Operation(
    id="addShelf",
    method="POST",
    path="/shelves",
    body=Body("application/json", lambda: models.AddShelfRequest, required=True),
    responses=(Response("200", "application/json", lambda: models.AddShelfResponse),),
)
