"""The operations of What the description may not say as data, shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from ._runtime.operation import Operation, Parameter, Response
from ._runtime.values import AnyJson

FIND_BOOKS: Operation[None] = Operation(
    id="findBooks",
    method="GET",
    path="/books",
    parameters=(Parameter("gone", "gone", "query", AnyJson, style="form", explode=True),),
    responses=(Response("204"),),
)
