"""The operations on default, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import Any

from .._runtime.operation import Operation, Response
from .._runtime.values import Integer
from ._shared import EMPTY_204, FAILURE, RETRY_STATUSES

TELL_APART_BY_FRAGMENT: Operation[None] = Operation(
    id="tellApartByFragment",
    method="GET",
    path="/untagged",
    responses=(EMPTY_204,),
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)

LIST: Operation[Any] = Operation(
    id="list",
    method="GET",
    path="/untagged",
    responses=(Response("200", "application/json", Any),),
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)

PAGES: Operation[list[int]] = Operation(
    id="pages",
    method="POST",
    path="/untagged",
    responses=(Response("200", "application/json", list[Integer]),),
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)
