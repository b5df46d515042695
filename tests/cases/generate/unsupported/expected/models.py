"""The objects of What has no form in the client: what requests take and what responses bring.

Requests are checked strictly when they are made, and again before they are sent. What is wrong with one that is made is
in one `pydantic.ValidationError`, and `violations(error)` lists it as a `RequestValidationError` does. Responses are read
tolerantly: unknown fields are kept, unknown values of enumerations too, and a field that may be missing may be `None`. A
field whose value is not as described is `None` as well, one that is required too, and listed in `unread`.
"""

# Generated from the OpenAPI description; do not edit, regenerate.

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from ._runtime import model as _model
from ._runtime.values import Among, AnyJson, Number, Unique

__all__ = [
    "AddShelfRequest",
    "AddShelfResponse",
    "Book",
]


class RequestModel(_model.RequestModel):
    """The base of what requests take."""


class ResponseModel(_model.ResponseModel):
    """The base of what responses bring."""


class AddShelfRequest(RequestModel):
    height: Number | None = None
    """Not checked before sending: the second thing that it says of `type`."""


class AddShelfResponse(ResponseModel):
    books: list[Any] | None = None
    price: list[Any] | None = None


class Book(RequestModel):
    """Not checked before sending: what `unevaluatedProperties` demands; a rule between fields (of 'title' the rule
    demands 'minLength', which cannot be checked between fields).
    """

    title: str | None = None
    """Not checked before sending: what `not` demands."""

    pages: list[str] | None = None
    """Not checked before sending: what `contains` demands; what `minContains` demands."""

    pair: Annotated[list[AnyJson] | None, Field(max_length=5)] = None
    """Not checked before sending: what `prefixItems` demands; what `items` demands."""

    notes: Annotated[dict[str, str] | None, Field(max_length=3)] = None
    names: dict[str, str] | None = None
    """Not checked before sending: what `propertyNames` demands."""

    single: Annotated[list[str] | None, Unique()] = None
    sizes: Annotated[Number | None, Among(Decimal("1.5"), Decimal("2.5"))] = None
    exact: Annotated[str | None, Field(min_length=2, max_length=5)] = None
