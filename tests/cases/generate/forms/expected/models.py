"""The objects of Post office: what requests take and what responses bring.

Requests are checked strictly when they are made, and again before they are sent. What is wrong with one that is made is
in one `pydantic.ValidationError`, and `violations(error)` lists it as a `RequestValidationError` does. Responses are read
tolerantly: unknown fields are kept, unknown values of enumerations too, and a field that may be missing may be `None`. A
field whose value is not as described is `None` as well, one that is required too, and listed in `unread`.
"""

# Generated from the OpenAPI description; do not edit, regenerate.

from typing import Annotated, ClassVar

from pydantic import Field
from typing_extensions import TypeAliasType

from ._runtime import model as _model
from ._runtime.files import Upload
from ._runtime.values import AnyJson, Integer

__all__ = [
    "Letter",
    "LetterAddress",
    "LetterHistoryItem",
    "OrderStampsRequest",
    "Scan",
    "SendLetterFilter",
    "SendLetterFilterWeight",
    "SendLetterRequest",
    "SendLetterRequestAddress",
    "SendLetterRequestHistoryItem",
    "SendPhotosRequest",
]


class RequestModel(_model.RequestModel):
    """The base of what requests take."""


class ResponseModel(_model.ResponseModel):
    """The base of what responses bring."""


class LetterAddress(RequestModel):
    town: str | None = None


class LetterHistoryItem(RequestModel):
    place: str | None = None


class OrderStampsRequest(RequestModel):
    plain: str | None = None
    listed: list[Integer] | None = None
    joined: list[Integer] | None = None
    deep: dict[str, list[str]] | None = None
    whole: dict[str, Integer] | None = None


Scan = TypeAliasType("Scan", str)


class SendLetterFilterWeight(RequestModel):
    least: Integer | None = None


class SendLetterRequestAddress(RequestModel):
    town: str | None = None


class SendLetterRequestHistoryItem(RequestModel):
    place: str | None = None


class SendPhotosRequest(RequestModel):
    nullable: ClassVar[frozenset[str]] = frozenset({"any", "data", "scans"})

    photo: Upload | None = None
    """Bytes have no type."""

    any: Upload | AnyJson | None = None
    pages: list[Upload | AnyJson] | None = None
    scan: Upload | None = None
    """By another name."""

    scans: Upload | list[Upload] | None = None
    sketch: Annotated[Upload | str | None, Field(validation_alias="drawing", serialization_alias="drawing")] = None
    vector: str | None = None
    data: AnyJson | None = None
    table: Annotated[str | None, Field(max_length=5)] = None


class Letter(RequestModel):
    nullable: ClassVar[frozenset[str]] = frozenset({"copies"})

    photo: str
    """The first page."""

    scans: list[Scan] | None = None
    """The others."""

    note: Annotated[str | None, Field(max_length=20)] = None
    copies: Integer | None = None
    tags: list[str] | None = None
    address: LetterAddress | None = None
    history: list[LetterHistoryItem] | None = None


class SendLetterFilter(RequestModel):
    weight: SendLetterFilterWeight | None = None
    colours: list[str] | None = None


class SendLetterRequest(RequestModel):
    nullable: ClassVar[frozenset[str]] = frozenset({"copies"})

    photo: Upload
    """The first page."""

    scans: list[Upload] | None = None
    """The others."""

    note: Annotated[str | None, Field(max_length=20)] = None
    copies: Integer | None = None
    tags: list[str] | None = None
    address: SendLetterRequestAddress | None = None
    history: list[SendLetterRequestHistoryItem] | None = None
