"""The operations on names, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .. import models
from .._runtime.operation import Body, Operation, Response

SET_NAMES: Operation[models.OddNames] = Operation(
    id="setNames",
    method="PUT",
    path="/names",
    body=Body("application/json", lambda: models.OddNamesRequest, required=True),
    responses=(Response("200", "application/json", lambda: models.OddNames),),
)
