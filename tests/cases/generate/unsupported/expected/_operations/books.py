"""The operations on books, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .. import models
from .._runtime.operation import Body, Operation, Response

EMPTY_204 = Response("204")

FIND_BOOKS: Operation[None] = Operation(
    id="findBooks",
    method="GET",
    path="/books",
    responses=(EMPTY_204,),
)

ADD_BOOK: Operation[None] = Operation(
    id="addBook",
    method="POST",
    path="/books",
    body=Body("application/json", lambda: models.Book, required=True),
    responses=(EMPTY_204,),
)
