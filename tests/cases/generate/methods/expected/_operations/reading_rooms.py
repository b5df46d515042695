"""The operations on reading_rooms, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .. import models
from .._runtime.operation import Body, Operation, Parameter, Response
from .._runtime.values import Integer
from ._shared import FAILURE, RETRY_STATUSES

FIND_ROOMS: Operation[list[str]] = Operation(
    id="findRooms",
    method="GET",
    path="/rooms/{simple}/{list}/{dict}/{label}/{labels}/{matrix}/{exploded}",
    parameters=(
        Parameter("exploded", "exploded", "path", list[Integer], required=True, style="matrix", explode=True),
        Parameter("matrix", "matrix", "path", Integer, required=True, style="matrix"),
        Parameter("labels", "labels", "path", list[str], required=True, style="label", explode=True),
        Parameter("label", "label", "path", str, required=True, style="label"),
        Parameter("dict", "dict_", "path", dict[str, Integer], required=True, explode=True),
        Parameter("list", "list_", "path", list[str], required=True),
        Parameter("simple", "simple", "path", str, required=True),
    ),
    responses=(Response("default", "application/json", list[str]),),
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)

BOOK_ROOM: Operation[dict[str, int] | list[str | int]] = Operation(
    id="bookRoom",
    method="POST",
    path="/rooms/{body}/bookings",
    parameters=(
        Parameter("body", "body_", "path", str, required=True),
        Parameter("self", "self_", "query", str, style="form", explode=True),
        Parameter("class", "class_", "query", str, style="form", explode=True),
    ),
    body=Body("application/x-www-form-urlencoded", lambda: models.BookRoomRequest, required=False),
    responses=(
        Response("200", "application/json", dict[str, Integer]),
        Response("207", "application/json", list[str | Integer]),
    ),
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)
