"""The operations on default, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import Annotated

from .. import models
from .._runtime.operation import Body, Operation, Response
from .._runtime.tagged import Tagged

ADD_ANIMAL: Operation[models.Animal] = Operation(
    id="addAnimal",
    method="POST",
    path="/animals",
    body=Body("application/json", lambda: models.AnimalRequest, required=True),
    responses=(Response("200", "application/json", lambda: models.Animal),),
)

PAY: Operation[models.Paid | models.Pending | models.UnknownPayResponse] = Operation(
    id="pay",
    method="POST",
    path="/payments",
    body=Body("application/json", lambda: models.PayRequest, required=True),
    responses=(
        Response(
            "200",
            "application/json",
            lambda: Annotated[
                models.Paid | models.Pending | models.UnknownPayResponse,
                Tagged("@state", {"paid": "Paid", "pending": "Pending"}, unknown="UnknownPayResponse"),
            ],
        ),
    ),
)
