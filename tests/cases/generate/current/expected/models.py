"""The objects of Shelf: what requests take and what responses bring.

Requests are checked strictly when they are made, and again before they are sent. What is wrong with one that is made is
in one `pydantic.ValidationError`, and `violations(error)` lists it as a `RequestValidationError` does. Responses are read
tolerantly: unknown fields are kept, unknown values of enumerations too, and a field that may be missing may be `None`. A
field whose value is not as described is `None` as well, one that is required too, and listed in `unread`.
"""

# Generated from the OpenAPI description; do not edit, regenerate.

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from ._runtime import model as _model
from ._runtime.choices import ExactlyOne
from ._runtime.files import Upload
from ._runtime.values import Integer

__all__ = [
    "AddLoanRequestMultipart",
    "Globe",
    "ListBooksFilter",
    "Loan",
    "Map",
    "QueryBooksRequest",
    "Size",
    "Thing",
    "Wish",
]


class RequestModel(_model.RequestModel):
    """The base of what requests take."""


class ResponseModel(_model.ResponseModel):
    """The base of what responses bring."""


class AddLoanRequestMultipart(RequestModel):
    until: str | None = None
    books: list[str] | None = None
    reader: dict[str, str] | None = None
    notes: dict[str, str | None] | None = None
    covers: list[Upload] | None = None


class Globe(RequestModel):
    kind: str | None = None
    radius: Integer


class Loan(RequestModel):
    until: str | None = None
    books: list[str] | None = None
    reader: dict[str, str] | None = None
    notes: dict[str, str | None] | None = None
    covers: list[str] | None = None


class Map(RequestModel):
    kind: Literal["Map"]
    scale: Integer


class QueryBooksRequest(RequestModel):
    title: str


Size = TypeAliasType("Size", Literal["large", "small"])


Thing = TypeAliasType("Thing", Annotated[Map | Globe, ExactlyOne()])


class Wish(ResponseModel):
    title: str


class ListBooksFilter(RequestModel):
    author: Annotated[str, Field(min_length=1)]
    years: list[Integer] | None = None
    size: Size | None = None
