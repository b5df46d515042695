"""The operations of Shapes of pets as data, shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from . import models
from ._runtime.operation import Body, Operation, Response

ADD_PET: Operation[models.Pet] = Operation(
    id="addPet",
    method="POST",
    path="/pets",
    body=Body("application/json", models.PetRequest, required=True),
    responses=(Response("200", "application/json", models.Pet),),
)

ADD_ANIMALS: Operation[models.AddAnimalsResponse] = Operation(
    id="addAnimals",
    method="POST",
    path="/animals",
    body=Body("application/json", Annotated[list[models.AnimalRequest], Field(max_length=9)], required=True),
    responses=(Response("200", "application/json", models.AddAnimalsResponse),),
)

SET_NAMES: Operation[models.OddNames] = Operation(
    id="setNames",
    method="PUT",
    path="/names",
    body=Body("application/json", models.OddNamesRequest, required=True),
    responses=(Response("200", "application/json", models.OddNames),),
)

SET_VALUES: Operation[models.Values] = Operation(
    id="setValues",
    method="PUT",
    path="/values",
    body=Body("application/json", models.ValuesRequest, required=True),
    responses=(Response("200", "application/json", models.Values),),
)

SET_TAGS: Operation[models.Tags] = Operation(
    id="setTags",
    method="PUT",
    path="/tags",
    body=Body("application/json", models.TagsRequest, required=True),
    responses=(Response("200", "application/json", models.Tags),),
)
