"""The operations on pets, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .. import models
from .._runtime.operation import Body, LimitHeaders, Operation, Parameter, Response
from .._runtime.values import Integer

ADDED_200 = Response("200", "application/json", lambda: models.Added)

ADD_PETS: Operation[models.Added] = Operation(
    id="addPets",
    method="POST",
    path="/farms/{farm}/pets",
    parameters=(
        Parameter("farm", "farm", "path", str, required=True),
        Parameter("workers", "workers", "query", Integer, style="form", explode=True),
        Parameter("journal", "journal", "query", str, required=True, style="form", explode=True),
        Parameter("Trace", "trace", "header", str, correlation_id=True),
        Parameter("Key", "key", "header", str, idempotency_key=True, lifetime=3600),
    ),
    body=Body("application/json", lambda: models.NewPets, required=True),
    responses=(ADDED_200,),
    limit_headers=LimitHeaders(remaining="calls-left", reset="calls-anew"),
)

ADD_PETS_BULK: Operation[None] = Operation(
    id="addPetsBulk",
    method="POST",
    path="/pets/addPetsBulk",
    responses=(Response("204"),),
)

ADD_PETS_AT_OWN_RISK: Operation[models.Added] = Operation(
    id="addPetsAtOwnRisk",
    method="POST",
    path="/pets/keyless",
    body=Body("application/json", lambda: models.NewPets, required=True),
    responses=(ADDED_200,),
)
