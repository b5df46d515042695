"""The objects of Shelter: what requests take and what responses bring.

Requests are checked strictly when they are made, and again before they are sent. What is wrong with one that is made is
in one `pydantic.ValidationError`, and `violations(error)` lists it as a `RequestValidationError` does. Responses are read
tolerantly: unknown fields are kept, unknown values of enumerations too, and a field that may be missing may be `None`. A
field whose value is not as described is `None` as well, one that is required too, and listed in `unread`.
"""

# Generated from the OpenAPI description; do not edit, regenerate.

from typing import Annotated, ClassVar, Literal, Union

from pydantic import Field
from typing_extensions import TypeAliasType

from ._runtime import model as _model
from ._runtime.answered import AnsweredDate
from ._runtime.tagged import Tagged
from ._runtime.values import Integer

__all__ = [
    "Animal",
    "AnimalBase",
    "AnimalBaseRequest",
    "AnimalRequest",
    "Card",
    "Cash",
    "Cat",
    "CatRequest",
    "Dachshund",
    "DachshundRequest",
    "Dog",
    "DogBase",
    "DogBaseRequest",
    "DogRequest",
    "Means",
    "Paid",
    "PayRequest",
    "Pending",
    "Size",
    "SizeRequest",
    "UnknownPayResponse",
]


class RequestModel(_model.RequestModel):
    """The base of what requests take."""


class ResponseModel(_model.ResponseModel):
    """The base of what responses bring."""


class AnimalBase(ResponseModel):
    """Whoever lives here."""

    kind: str
    """What it is."""

    name: str | None = None


class AnimalBaseRequest(RequestModel):
    """Whoever lives here."""

    kind: str
    """What it is."""

    name: str | None = None


class Card(RequestModel):
    type: Literal["credit", "debit"]
    number: Annotated[str, Field(pattern="^[0-9]{16}$")]


class Cash(RequestModel):
    type: Literal["cash"]


class Cat(ResponseModel):
    """Whoever lives here."""

    kind: str
    """What it is."""

    name: str | None = None
    lives: Integer | None = None


class CatRequest(RequestModel):
    """Whoever lives here."""

    kind: str
    """What it is."""

    name: str | None = None
    lives: Annotated[Integer | None, Field(ge=1)] = None


Means = TypeAliasType(
    "Means", Annotated[Card | Cash | None, Tagged("type", {"credit": "Card", "debit": "Card", "cash": "Cash"})]
)


class Paid(ResponseModel):
    state: Annotated[Literal["paid"], Field(validation_alias="@state", serialization_alias="@state")]
    on: AnsweredDate | None = None


class PayRequest(RequestModel):
    nullable: ClassVar[frozenset[str]] = frozenset({"means"})

    means: Means
    fallbacks: list[Means] | None = None


class Pending(ResponseModel):
    state: Annotated[Literal["pending"], Field(validation_alias="@state", serialization_alias="@state")]


Size = TypeAliasType("Size", Literal["small", "medium", "large"] | str)


SizeRequest = TypeAliasType("SizeRequest", Literal["small", "medium", "large"])


class UnknownPayResponse(ResponseModel):
    """A `PayResponse` whose `@state` is none of those that the description lists; `model_extra` has its other fields."""

    state: Annotated[str | None, Field(validation_alias="@state", serialization_alias="@state")] = None


Animal = TypeAliasType(
    "Animal",
    Annotated[
        Union[Cat, "Dog", AnimalBase],
        Tagged(
            "kind",
            {"cat": "Cat", "dog": "Dog", "puppy": "Dog", "Dachshund": "Dog", "Animal": "AnimalBase"},
            unknown="AnimalBase",
        ),
    ],
)
"""Whoever lives here."""


AnimalRequest = TypeAliasType(
    "AnimalRequest",
    Annotated[
        Union[CatRequest, "DogRequest", AnimalBaseRequest],
        Tagged(
            "kind",
            {
                "cat": "CatRequest",
                "dog": "DogRequest",
                "puppy": "DogRequest",
                "Dachshund": "DogRequest",
                "Animal": "AnimalBaseRequest",
            },
        ),
    ],
)
"""Whoever lives here."""


class Dachshund(ResponseModel):
    """Whoever lives here."""

    kind: str
    """What it is."""

    name: str | None = None
    size: Literal["small", "medium"] | str
    friend: Animal | None = None
    """Whoever lives here."""


class DachshundRequest(RequestModel):
    """Whoever lives here."""

    kind: str
    """What it is."""

    name: Annotated[str | None, Field(max_length=10)] = None
    size: Literal["small", "medium"]
    friend: AnimalRequest | None = None


Dog = TypeAliasType(
    "Dog",
    Annotated[
        Union[Dachshund, "DogBase"],
        Tagged("kind", {"Dachshund": "Dachshund", "dog": "DogBase", "puppy": "DogBase"}, unknown="DogBase"),
    ],
)


class DogBase(ResponseModel):
    """Whoever lives here."""

    kind: str
    """What it is."""

    name: str | None = None
    size: Size
    friend: Animal | None = None
    """Whoever lives here."""


class DogBaseRequest(RequestModel):
    """Whoever lives here."""

    kind: str
    """What it is."""

    name: str | None = None
    size: SizeRequest
    friend: AnimalRequest | None = None


DogRequest = TypeAliasType(
    "DogRequest",
    Annotated[
        DachshundRequest | DogBaseRequest,
        Tagged("kind", {"Dachshund": "DachshundRequest", "dog": "DogBaseRequest", "puppy": "DogBaseRequest"}),
    ],
)
