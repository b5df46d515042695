"""The objects of Shelf: what requests take and what responses bring.

Requests are checked strictly when they are made, and again before they are sent. What is wrong with one that is made is
in one `pydantic.ValidationError`, and `violations(error)` lists it as a `RequestValidationError` does. Responses are read
tolerantly: unknown fields are kept, unknown values of enumerations too, and a field that may be missing may be `None`. A
field whose value is not as described is `None` as well, one that is required too, and listed in `unread`.
"""

# Generated from the OpenAPI description; do not edit, regenerate.

from typing import Annotated, ClassVar, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from ._runtime import model as _model
from ._runtime.choices import ExactlyOne
from ._runtime.files import Upload
from ._runtime.values import AnyJson, Integer

__all__ = [
    "AddCardRequestForm",
    "AddCardRequestFormOwner",
    "AddCardRequestMultipart",
    "AddCardRequestMultipartOwner",
    "AddLoanRequestMultipart",
    "Card",
    "CardOwner",
    "Globe",
    "ListBooksFilter",
    "Loan",
    "Map",
    "Size",
    "Thing",
    "Wish",
    "WishRequest",
]


class RequestModel(_model.RequestModel):
    """The base of what requests take."""


class ResponseModel(_model.ResponseModel):
    """The base of what responses bring."""


class AddCardRequestFormOwner(RequestModel):
    name: str | None = None


class AddCardRequestMultipartOwner(RequestModel):
    name: str | None = None


class AddLoanRequestMultipart(RequestModel):
    until: str | None = None
    books: list[str] | None = None
    reader: dict[str, str] | None = None
    notes: dict[str, str | None] | None = None
    covers: list[Upload] | None = None


class CardOwner(RequestModel):
    name: str | None = None


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


Size = TypeAliasType("Size", Literal["large", "small"])


Thing = TypeAliasType("Thing", Annotated[Map | Globe, ExactlyOne()])


class Wish(ResponseModel):
    title: str


class WishRequest(RequestModel):
    title: str


class AddCardRequestForm(RequestModel):
    nullable: ClassVar[frozenset[str]] = frozenset({"cover", "names", "rows"})

    title: str
    """Not checked before sending: that it is application/xml; charset=utf-8."""

    rows: Annotated[list[str] | None, Field(max_length=3)] = None
    """Not checked before sending: that it is text/csv."""

    items: Annotated[str | None, Field(validation_alias="entries", serialization_alias="entries")] = None
    """All of them.

    Not checked before sending: that it is application/xml, text/xml.
    """

    cover: str | None = None
    """Not checked before sending: that it is image/png."""

    years: list[Integer] | None = None
    either: str | None = None
    """Not checked before sending: that it is application/xml."""

    names: Literal["a", "b"] | Integer | None = None
    marks: str | list[str] | None = None
    table: list[str] | None = None
    """Not checked before sending: that it is application/xml."""

    anything: str | None = None
    """Not checked before sending: that it is application/yaml."""

    owner: AddCardRequestFormOwner | None = None
    shape: dict[str, str] | None = None


class AddCardRequestMultipart(RequestModel):
    nullable: ClassVar[frozenset[str]] = frozenset({"cover", "names", "rows"})

    title: str | Upload
    """Not checked before sending: that it is application/xml; charset=utf-8."""

    rows: Annotated[list[str | Upload] | None, Field(max_length=3)] = None
    """Not checked before sending: that it is text/csv."""

    items: Annotated[Upload | None, Field(validation_alias="entries", serialization_alias="entries")] = None
    """All of them.

    Not checked before sending: that it is application/xml, text/xml.
    """

    cover: Upload | None = None
    """Not checked before sending: that it is image/png."""

    years: list[Integer] | None = None
    either: str | Upload | None = None
    """Not checked before sending: that it is application/xml."""

    names: Literal["a", "b"] | Integer | None = None
    marks: str | list[str] | None = None
    table: list[str | Upload] | None = None
    """Not checked before sending: that it is application/xml."""

    anything: str | Upload | None = None
    """Not checked before sending: that it is application/yaml."""

    owner: AddCardRequestMultipartOwner | None = None
    shape: dict[str, str] | None = None


class Card(RequestModel):
    nullable: ClassVar[frozenset[str]] = frozenset({"anything", "cover", "names", "rows"})

    title: WishRequest
    rows: Annotated[list[WishRequest] | None, Field(max_length=3)] = None
    items: Annotated[dict[str, AnyJson] | None, Field(validation_alias="entries", serialization_alias="entries")] = None
    """All of them."""

    cover: dict[str, AnyJson] | None = None
    years: list[Integer] | None = None
    either: str | WishRequest | None = None
    names: Literal["a", "b"] | Integer | None = None
    marks: str | list[str] | None = None
    table: list[list[str]] | None = None
    anything: AnyJson | None = None
    owner: CardOwner | None = None
    shape: dict[str, str] | None = None


class ListBooksFilter(RequestModel):
    author: Annotated[str, Field(min_length=1)]
    years: list[Integer] | None = None
    size: Size | None = None
