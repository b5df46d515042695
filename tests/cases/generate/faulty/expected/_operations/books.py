"""The operations on books, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .. import models
from .._runtime.operation import Body, Operation, Parameter, Response
from .._runtime.values import Among, AnyJson, Integer
from ._shared import EMPTY_204

ID = Parameter("id", "id", "path", str, required=True)
PAGE = Parameter("page", "page", "path", str, required=True)

PUT_BOOKS_ID_PAGES_PAGE: Operation[None] = Operation(
    id="put /books/{id}/pages/{page}",
    method="PUT",
    path="/books/{id}/pages/{page}",
    parameters=(ID, PAGE),
    responses=(EMPTY_204,),
)

ADD_PAGE: Operation[None] = Operation(
    id="addPage",
    method="POST",
    path="/books/{id}/pages/{page}",
    parameters=(ID, PAGE),
    body=Body("application/json", lambda: models.BookRequest, required=True),
    responses=(EMPTY_204,),
)

GET_BOOKS_ID: Operation[models.Book] = Operation(
    id="get /books/{id}",
    method="GET",
    path="/books/{id}",
    parameters=(
        Parameter("id", "id", "path", Integer, required=True),
        Parameter("gone", "gone", "query", AnyJson, style="form", explode=True),
        Parameter("limit", "limit", "query", Annotated[Integer, Field(ge=1)], style="form", explode=True),
        Parameter(
            "kind", "kind", "query", Annotated[Literal["a", "b", 5], Among("a", "b", 5)], style="form", explode=True
        ),
    ),
    responses=(Response("2XX", "application/json", lambda: models.Book),),
)
