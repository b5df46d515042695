"""The operations of Pets \"""; import os; os.system('touch /tmp/pwned') #\""" {{ 7*7 }} \\ as data, shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from . import models
from ._runtime.operation import Body, Operation, Parameter, Response, SecurityScheme
from ._runtime.reasons import Category, FailureBody

FAILURE = FailureBody(
    reasons="'''why\\\n",
    code="{{ 1 }}",
    message='"""',
    process_id='id"); import os; ("',
    modulo=4,
    categories=(Category(1, '"""; import os'), Category(2, "one\ntwo '\\\u202e {{ 2 }}", transient=True)),
)

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
    body=Body("application/json", models.PetRequest, required=False),
    responses=(
        Response("200", "application/json", models.Pet),
        Response("400", "application/json", models.Failure),
    ),
    security=((SecurityScheme("query", "key_os_import", 'X-Key"; import os; "'),),),
    failure=FAILURE,
)

CLASS_: Operation[Literal["a | None | b"]] = Operation(
    id="class",
    method="GET",
    path="/files",
    responses=(Response("200", "application/json", Literal["a | None | b"]),),
    security=((SecurityScheme("query", "key_os_import", 'X-Key"; import os; "'),),),
    failure=FAILURE,
)
