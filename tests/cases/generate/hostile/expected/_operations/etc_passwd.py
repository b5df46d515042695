"""The operations on etc_passwd, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import Literal

from .._runtime.operation import Operation, Response
from ._shared import FAILURE, SECURITY

CLASS_: Operation[Literal["a | None | b"]] = Operation(
    id="class",
    method="GET",
    path="/files",
    responses=(Response("200", "application/json", Literal["a | None | b"]),),
    security=SECURITY,
    failure=FAILURE,
)
