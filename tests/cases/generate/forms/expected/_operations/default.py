"""The operations on default, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .. import models
from .._runtime.operation import Body, Encoding, Operation, Parameter, Response
from .._runtime.values import Integer

EMPTY_204 = Response("204")
ID = Parameter("id", "id", "path", Integer, required=True)

SEND_LETTER: Operation[None] = Operation(
    id="sendLetter",
    method="PUT",
    path="/letters/{id}",
    parameters=(
        ID,
        Parameter("filter", "filter", "query", lambda: models.SendLetterFilter, style="deepObject", explode=True),
        Parameter("route", "route", "query", str, style="form", explode=True, reserved=True),
    ),
    body=Body(
        "multipart/form-data",
        lambda: models.SendLetterRequest,
        required=True,
        encoding=(
            Encoding("photo", media_type="image/png"),
            Encoding("address", media_type="application/vnd.address+json"),
        ),
    ),
    responses=(EMPTY_204,),
)

DESCRIBE_LETTER: Operation[None] = Operation(
    id="describeLetter",
    method="POST",
    path="/letters/{id}",
    parameters=(ID,),
    body=Body("application/json", lambda: models.Letter, required=False),
    responses=(EMPTY_204,),
)

SEND_PHOTOS: Operation[None] = Operation(
    id="sendPhotos",
    method="POST",
    path="/photos",
    body=Body(
        "multipart/form-data",
        lambda: models.SendPhotosRequest,
        required=False,
        encoding=(
            Encoding("drawing", media_type="image/png"),
            Encoding("vector", media_type="text/plain"),
            Encoding("data", media_type="application/json"),
        ),
    ),
    responses=(EMPTY_204,),
)

ORDER_STAMPS: Operation[None] = Operation(
    id="orderStamps",
    method="POST",
    path="/stamps",
    body=Body(
        "application/x-www-form-urlencoded",
        lambda: models.OrderStampsRequest,
        required=False,
        encoding=(Encoding("joined", style="form"), Encoding("deep", style="deepObject", explode=True)),
    ),
    responses=(EMPTY_204,),
)

IMPORT_PARCELS: Operation[str] = Operation(
    id="importParcels",
    method="POST",
    path="/parcels",
    body=Body("application/xml", bytes, required=True),
    responses=(Response("200", "text/xml", str),),
)
