"""The operations on small, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .. import models
from .._runtime.operation import Body, Operation
from ._shared import EMPTY_204

PLACE_SMALL: Operation[None] = Operation(
    id="placeSmall",
    method="POST",
    path="/small",
    body=Body("application/json", lambda: models.Small, required=True),
    responses=(EMPTY_204,),
)
