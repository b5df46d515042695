"""The operations on values, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .. import models
from .._runtime.operation import Body, Operation, Response

SET_VALUES: Operation[models.Values] = Operation(
    id="setValues",
    method="PUT",
    path="/values",
    body=Body("application/json", lambda: models.ValuesRequest, required=True),
    responses=(Response("200", "application/json", lambda: models.Values),),
)

SET_TAGS: Operation[models.Tags] = Operation(
    id="setTags",
    method="PUT",
    path="/tags",
    body=Body("application/json", lambda: models.TagsRequest, required=True),
    responses=(Response("200", "application/json", lambda: models.Tags),),
)
