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

ADD_CARD: Operation[None] = Operation(
    id="addCard",
    method="POST",
    path="/cards",
    body=Body("application/json", lambda: models.Card, required=True),
    bodies=(
        Body(
            "application/x-www-form-urlencoded",
            lambda: models.AddCardRequestForm,
            required=True,
            encoding=(
                Encoding("id", media_type="application/xml"),
                Encoding("title", media_type="application/xml; charset=utf-8"),
                Encoding("rows", media_type="text/csv"),
                Encoding("cover", media_type="image/png"),
                Encoding("years", media_type="text/csv"),
                Encoding("either", media_type="application/xml"),
                Encoding("names", media_type="application/xml"),
                Encoding("marks", media_type="application/xml"),
                Encoding("table", media_type="application/xml"),
                Encoding("anything", media_type="application/yaml"),
                Encoding("shape", style="form", explode=True),
            ),
        ),
        Body(
            "multipart/form-data",
            lambda: models.AddCardRequestMultipart,
            required=True,
            encoding=(
                Encoding("id", media_type="application/xml"),
                Encoding("title", media_type="application/xml; charset=utf-8"),
                Encoding("rows", media_type="text/csv"),
                Encoding("cover", media_type="image/png"),
                Encoding("years", media_type="text/csv"),
                Encoding("either", media_type="application/xml"),
                Encoding("names", media_type="application/xml"),
                Encoding("marks", media_type="application/xml"),
                Encoding("table", media_type="application/xml"),
                Encoding("anything", media_type="application/yaml"),
                Encoding("shape", style="form", explode=True),
            ),
        ),
    ),
    responses=(EMPTY_204,),
)
