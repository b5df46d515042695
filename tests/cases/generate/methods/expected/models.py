"""The objects of Library: what requests take and what responses bring.

Requests are checked strictly when they are made, and again before they are sent. What is wrong with one that is made is
in one `pydantic.ValidationError`, and `violations(error)` lists it as a `RequestValidationError` does. Responses are read
tolerantly: unknown fields are kept, unknown values of enumerations too, and a field that may be missing may be `None`. A
field whose value is not as described is `None` as well, one that is required too, and listed in `unread`.
"""

# Generated from the OpenAPI description; do not edit, regenerate.

from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel
from typing_extensions import TypeAliasType

from ._runtime import batch as _batch
from ._runtime import echo as _echo
from ._runtime import model as _model
from ._runtime.answered import AnsweredDate, AnsweredNumber
from ._runtime.values import AnyJson, Date, Integer, Number

__all__ = [
    "AddBooksRequest",
    "Book",
    "BookRequest",
    "BookRoomRequest",
    "BooksAdded",
    "Causes",
    "CausesItem",
    "ChangeBookRequest",
    "FindBooksFilter",
    "FindBooksRange",
    "Outcome",
    "Problem",
    "Receipt",
    "Refused",
    "Shelf",
]


class RequestModel(_model.RequestModel):
    """The base of what requests take."""

    model_config = ConfigDict(alias_generator=to_camel)


class ResponseModel(_model.ResponseModel):
    """The base of what responses bring."""

    model_config = ConfigDict(alias_generator=to_camel)


class Book(ResponseModel):
    """One copy."""

    echo: ClassVar[_echo.Echo | None] = _echo.Echo(
        same=("title", "printed"),
        sums=(
            _echo.Sum("price", ("price",), unless={"title": ("Gift", 'A "second" one'), "printed": True}, rounded=True),
        ),
    )

    title: str
    """As it stands on the cover."""

    price: AnsweredNumber | None = None
    printed: AnsweredDate | None = None


class BookRequest(RequestModel):
    """One copy."""

    title: Annotated[str, Field(max_length=200)]
    """As it stands on the cover."""

    price: Number | None = None
    printed: Date | None = None


class BookRoomRequest(RequestModel):
    name: str
    seats: list[Integer] | None = None
    day: Date | None = None


class CausesItem(ResponseModel):
    number: Integer | None = None
    text: str | None = None


class ChangeBookRequest(RequestModel):
    nullable: ClassVar[frozenset[str]] = frozenset({"title"})

    title: str | None = None


class FindBooksFilter(RequestModel):
    nullable: ClassVar[frozenset[str]] = frozenset({"value"})

    field: str
    value: AnyJson | None = None


class FindBooksRange(RequestModel):
    from_page: Annotated[Integer | None, Field(ge=1)] = None
    to_page: Integer | None = None


class Receipt(ResponseModel):
    number: Integer | None = None


class Refused(ResponseModel):
    failure: ClassVar[bool] = True

    place: Integer
    why: str


Shelf = TypeAliasType("Shelf", Annotated[list[BookRequest | str], Field(max_length=20)])


class AddBooksRequest(RequestModel):
    books: Shelf


Causes = TypeAliasType("Causes", list[CausesItem])


Outcome = TypeAliasType("Outcome", Book | Receipt | Refused)


class Problem(ResponseModel):
    title: str | None = None
    status: Integer | None = None
    trace_id: Annotated[str | None, Field(validation_alias="trace-id", serialization_alias="trace-id")] = None
    causes: Causes | None = None


class BooksAdded(ResponseModel, _batch.BatchResult["BookRequest | str", "Book | Receipt", "Refused"]):
    """What became of each book."""

    batch: ClassVar[_batch.Batch] = _batch.Batch(requests="books", results="outcomes", index="place")

    created_: Annotated[Integer | None, Field(validation_alias="created", serialization_alias="created")] = None
    """How many there are now."""

    outcomes: list[Outcome] | None = None
