"""The objects of Orders with rules: what requests take and what responses bring.

Requests are checked strictly when they are made, and again before they are sent. What is wrong with one that is made is
in one `pydantic.ValidationError`, and `violations(error)` lists it as a `RequestValidationError` does. Responses are read
tolerantly: unknown fields are kept, unknown values of enumerations too, and a field that may be missing may be `None`. A
field whose value is not as described is `None` as well, one that is required too, and listed in `unread`.
"""

# Generated from the OpenAPI description; do not edit, regenerate.

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ._runtime import model as _model
from ._runtime.constraints import AllOf, AnyOf, Condition, Count, In, Inside, Not, OneOf, Present, TotalItems, When
from ._runtime.groups import PropertyGroup
from ._runtime.values import Integer, Json, Number
from ._runtime.versions import MinimumVersion

__all__ = [
    "Line",
    "LinePartsItem",
    "Order",
    "OrderBatch",
    "Small",
    "Wishes",
]


class RequestModel(_model.RequestModel):
    """The base of what requests take."""


class ResponseModel(_model.ResponseModel):
    """The base of what responses bring."""


class LinePartsItem(RequestModel):
    name: str | None = None


class Small(RequestModel):
    additional_properties: ClassVar[PropertyGroup[str]] = PropertyGroup("", Annotated[str, Field(max_length=3)])
    constraints: ClassVar[tuple[Condition, ...]] = (Not(AnyOf(Present("a", "b"), Present("b", "c"))),)

    a: Integer | None = None
    b: Integer | None = None
    c: Integer | None = None


class Wishes(RequestModel):
    colour: str | None = None
    size: str | None = None


class Line(RequestModel):
    nullable: ClassVar[frozenset[str]] = frozenset({"wrapping"})

    article: Annotated[str, Field(pattern="^[0-9]{8}$")]
    wrapping: Literal["none", "paper"] | None = None
    parts: list[LinePartsItem] | None = None


class Order(RequestModel):
    own_fields: ClassVar[PropertyGroup[Json]] = PropertyGroup("^x_[a-z]+\\Z")
    pattern_properties_2: ClassVar[PropertyGroup[int]] = PropertyGroup("_count\\Z", Annotated[Integer, Field(ge=0)])
    minimum_versions: ClassVar[Mapping[str, MinimumVersion]] = {"wishes": MinimumVersion("Api-Version", "2.10")}
    constraints: ClassVar[tuple[Condition, ...]] = (
        Not(Present("coupon", "rebate")),
        When(AllOf(In("kind", "loan"), Present("kind")), Present("phone")),
        When(Not(AllOf(In("kind", "loan"), Present("kind"))), Not(AllOf(In("express", True), Present("express")))),
        When(Present("street"), Present("city")),
        When(Present("express"), Present("street", "city")),
        When(Present("rebate"), Present("kind")),
        When(Present("coupon"), In("kind", "gift", "sale")),
        Count(2, None),
        Count(0, 12),
        AnyOf(Present("email"), Present("phone")),
        OneOf(Present("lines"), Present("wishes")),
        When(Present("lines"), Inside("lines", Not(AllOf(Present("wrapping"), In("wrapping", "none"))))),
        When(Present("wishes"), Inside("wishes", AnyOf(Present("colour"), Present("size")))),
    )

    customer: str
    email: str | None = None
    phone: str | None = None
    street: str | None = None
    city: str | None = None
    coupon: Annotated[str | None, Field(pattern="^[A-Z]{2}[0-9]{4}$")] = None
    reference: Annotated[str | None, Field(pattern="^[A-Za-z0-9_.-]+/[^0-9]$")] = None
    rebate: Number | None = None
    kind: Literal["gift", "sale", "loan"] | None = None
    express: bool | None = None
    wishes: Wishes | None = None
    lines: Annotated[list[Line] | None, Field(max_length=50)] = None


class OrderBatch(RequestModel):
    constraints: ClassVar[tuple[Condition, ...]] = (
        TotalItems("orders[*].lines", 100),
        TotalItems("orders[*].lines[*].parts", 500),
    )

    orders: Annotated[list[Order], Field(min_length=1, max_length=20)]
