"""The operations on pets, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .. import models
from .._runtime.operation import Body, Operation, Response

ADD_PET: Operation[models.Pet] = Operation(
    id="addPet",
    method="POST",
    path="/pets",
    body=Body("application/json", lambda: models.PetRequest, required=True),
    responses=(Response("200", "application/json", lambda: models.Pet),),
)

ADD_ANIMALS: Operation[models.AddAnimalsResponse] = Operation(
    id="addAnimals",
    method="POST",
    path="/animals",
    body=Body("application/json", lambda: Annotated[list[models.AnimalRequest], Field(max_length=9)], required=True),
    responses=(Response("200", "application/json", lambda: models.AddAnimalsResponse),),
)
