"""The objects of What a reader has to mend: what requests take and what responses bring.

Requests are checked strictly when they are made, and again before they are sent. What is wrong with one that is made is
in one `pydantic.ValidationError`, and `violations(error)` lists it as a `RequestValidationError` does. Responses are read
tolerantly: unknown fields are kept, unknown values of enumerations too, and a field that may be missing may be `None`. A
field whose value is not as described is `None` as well, one that is required too, and listed in `unread`.
"""

# Generated from the OpenAPI description; do not edit, regenerate.

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from ._runtime import model as _model
from ._runtime.values import Among, AnyJson, Integer

__all__ = [
    "Book",
    "BookRequest",
    "Circle",
    "CircleRequest",
]


class RequestModel(_model.RequestModel):
    """The base of what requests take."""


class ResponseModel(_model.ResponseModel):
    """The base of what responses bring."""


Circle = TypeAliasType("Circle", Any)


CircleRequest = TypeAliasType("CircleRequest", AnyJson)
"""Not checked before sending: what it is, as its reference leads nowhere."""


class Book(ResponseModel):
    title: str
    owners: dict[str, Any] | None = None
    format: Integer | None = None
    size: Integer | None = None
    same: Circle | None = None
    pages: Any | None = None
    plus_1: Annotated[Integer | None, Field(validation_alias="+1", serialization_alias="+1")] = None
    minus_1: Annotated[bool | None, Field(validation_alias="-1", serialization_alias="-1")] = None
    name: Literal["Moby"] | None = None


class BookRequest(RequestModel):
    nullable: ClassVar[frozenset[str]] = frozenset({"owner", "pages", "same"})

    title: str
    """Not checked before sending: its minLength and maxLength, which leave no value."""

    owners: dict[str, AnyJson] | None = None
    format: Integer | None = None
    size: Annotated[Literal[1, 2] | None, Among(1, 2)] = None
    same: CircleRequest | None = None
    pages: AnyJson | None = None
    plus_1: Annotated[Integer | None, Field(validation_alias="+1", serialization_alias="+1")] = None
    minus_1: Annotated[bool, Field(validation_alias="-1", serialization_alias="-1")] = True
    name: Literal["Moby"] | None = None
    owner: AnyJson
