"""The objects of Pets: what requests take and what responses bring.

Requests are checked strictly when they are made, and again before they are sent. What is wrong with one that is made is
in one `pydantic.ValidationError`, and `violations(error)` lists it as a `RequestValidationError` does. Responses are read
tolerantly: unknown fields are kept, unknown values of enumerations too, and a field that may be missing may be `None`. A
field whose value is not as described is `None` as well, one that is required too, and listed in `unread`.
"""

# Generated from the OpenAPI description; do not edit, regenerate.

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ._runtime import batch as _batch
from ._runtime import model as _model
from ._runtime.constraints import Condition, TotalItems
from ._runtime.values import Among, Integer

__all__ = [
    "Added",
    "NewPet",
    "NewPets",
    "Pet",
    "Refusal",
]


class RequestModel(_model.RequestModel):
    """The base of what requests take."""


class ResponseModel(_model.ResponseModel):
    """The base of what responses bring."""


class NewPet(RequestModel):
    name: str
    toys: list[str] | None = None


class NewPets(RequestModel):
    constraints: ClassVar[tuple[Condition, ...]] = (TotalItems("pets[*].toys", 100),)

    pets: Annotated[list[NewPet], Field(min_length=1, max_length=20)]


class Pet(ResponseModel):
    id: str


class Refusal(ResponseModel):
    failure: ClassVar[bool] = True

    why: str
    at: Integer | None = None


class Added(ResponseModel, _batch.BatchResult["NewPet", "Pet", "Refusal"]):
    batch: ClassVar[_batch.Batch] = _batch.Batch(requests="pets", results="pets", index="at")

    ok: Annotated[Literal[True], Among(True)]
    pets: list[Pet | Refusal]
