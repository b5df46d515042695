"""The operations on default, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .._runtime.operation import Operation, Parameter, Response
from ._shared import EMPTY_204

DELETE_BOOKS_NAME: Operation[None] = Operation(
    id="delete /books/{name}",
    method="DELETE",
    path="/books/{name}",
    parameters=(Parameter("name", "name", "path", str, required=True),),
    responses=(EMPTY_204, Response("205")),
)
