"""The operations on pets_import_os, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .. import models
from .._runtime.operation import Body, Operation, Parameter, Response
from ._shared import FAILURE, SECURITY

ADD_IMPORT_OS_RAISE_SYSTEM_EXIT_3: Operation[models.Pet] = Operation(
    id='add"; import os; raise SystemExit(3) #',
    method="POST",
    path='/pets/{id}/"; import os; "',
    parameters=(
        Parameter("id", "id", "path", Annotated[str, Field(pattern="^[^\"\\\\'\\n{}]+$")], required=True),
        Parameter(
            'q"]; import os; ["',
            "q_import_os",
            "query",
            Literal[
                '"',
                "'",
                "\\",
                "\n",
                '"""; import os',
                "{{ 1 }}",
                "{% x %}",
                "\u202e",
                "\x07",
                "a | None | b",
                "\U0001f431",
                "#",
            ],
            style="form",
            explode=True,
        ),
        Parameter("X-A", "x_a", "header", str),
    ),
    body=Body("application/json", lambda: models.PetRequest, required=False),
    responses=(
        Response("200", "application/json", lambda: models.Pet),
        Response("400", "application/json", lambda: models.Failure),
    ),
    security=SECURITY,
    failure=FAILURE,
)
