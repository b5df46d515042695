"""The operations on library, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .. import models
from .._runtime.operation import Body, Element, Encoding, Operation, Response
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

ADD_LOAN: Operation[None] = Operation(
    id="addLoan",
    method="POST",
    path="/loans",
    body=Body(
        "application/x-www-form-urlencoded",
        lambda: models.Loan,
        required=True,
        encoding=(
            Encoding("until", style="form", explode=True, reserved=True),
            Encoding("books", style="form"),
            Encoding("reader", style="deepObject"),
            Encoding("notes", style="form", explode=True),
            Encoding("covers", style="form"),
        ),
    ),
    bodies=(
        Body(
            "multipart/form-data",
            lambda: models.AddLoanRequestMultipart,
            required=True,
            encoding=(
                Encoding("until", style="form", explode=True, reserved=True),
                Encoding("books", style="form"),
                Encoding("reader", style="deepObject"),
                Encoding("notes", style="form", explode=True),
            ),
        ),
    ),
    responses=(EMPTY_204,),
)
