"""The operations of Post office as data, shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from . import models
from ._runtime.operation import Body, Encoding, Operation, Parameter, Response
from ._runtime.values import Integer

SEND_LETTER: Operation[None] = Operation(
    id="sendLetter",
    method="PUT",
    path="/letters/{id}",
    parameters=(
        Parameter("id", "id", "path", Integer, required=True),
        Parameter("filter", "filter", "query", models.SendLetterFilter, style="deepObject", explode=True),
        Parameter("route", "route", "query", str, style="form", explode=True, reserved=True),
    ),
    body=Body(
        "multipart/form-data",
        models.SendLetterRequest,
        required=True,
        encoding=(
            Encoding("photo", media_type="image/png"),
            Encoding("address", media_type="application/vnd.address+json"),
        ),
    ),
    responses=(Response("204"),),
)

DESCRIBE_LETTER: Operation[None] = Operation(
    id="describeLetter",
    method="POST",
    path="/letters/{id}",
    parameters=(Parameter("id", "id", "path", Integer, required=True),),
    body=Body("application/json", models.Letter, required=False),
    responses=(Response("204"),),
)

ORDER_STAMPS: Operation[None] = Operation(
    id="orderStamps",
    method="POST",
    path="/stamps",
    body=Body(
        "application/x-www-form-urlencoded",
        models.OrderStampsRequest,
        required=False,
        encoding=(Encoding("joined", style="form"), Encoding("deep", style="deepObject", explode=True)),
    ),
    responses=(Response("204"),),
)

IMPORT_PARCELS: Operation[str] = Operation(
    id="importParcels",
    method="POST",
    path="/parcels",
    body=Body("application/xml", bytes, required=True),
    responses=(Response("200", "text/xml", str),),
)
