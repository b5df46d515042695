"""A request model with everything that a cell can be, written as the generator writes such."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - pydantic reads it
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel
from typing_extensions import TypeAliasType

from generator.runtime import model
from generator.runtime.constraints import AnyOf, Condition, Present
from generator.runtime.groups import PropertyGroup
from generator.runtime.values import AnyJson, Date, Instant, Integer, Number, Timestamp

Size = TypeAliasType("Size", Literal["small", "large"])


class Base(model.RequestModel):
    model_config = ConfigDict(alias_generator=to_camel)


class Discount(Base):
    amount: Annotated[Number, Field(lt=0)]
    """What is taken off."""

    reason: str | None = None


class Line(Base):
    constraints: ClassVar[tuple[Condition, ...]] = (AnyOf(Present("product"), Present("name")),)

    amount: Number
    """What the line costs. Tax is on top."""

    product: str | None = None
    """Id of a product."""

    name: Annotated[str | None, Field(max_length=12)] = None
    """Name of what is sold."""

    quantity: Integer = 1
    """How many are sold."""

    shipped_on: Date | None = None
    """Day on which it is shipped."""

    discounts: list[Discount] | None = None
    """What is taken off."""

    size: Size | None = None


class Customer(Base):
    number: str
    """Number of the customer, with its zeros."""

    email: str | None = None


class Card(Base):
    kind: Literal["card"]
    digits: str


class Cash(Base):
    kind: Literal["cash"]
    paid: Number


class Rate(Base):
    currency: str
    rate: Number


class Order(Base):
    """An order."""

    custom_fields: ClassVar[PropertyGroup[Any]] = PropertyGroup("__c\\Z")
    scores: ClassVar[PropertyGroup[int]] = PropertyGroup("^score_", Integer)

    customer: Customer | None = None
    """Who orders."""

    day: Date
    """Day of the order."""

    lines: Annotated[list[Line], Field(min_length=1, max_length=100)]
    """What is ordered."""

    paid: bool = False
    """Whether it is paid."""

    placed_at: Instant | None = None
    """When it was placed."""

    entered: Annotated[datetime, Timestamp("%Y-%m-%d %H:%M:%S")] | None = None
    """When it was entered, by the clock of the office."""

    status: Literal["Draft", "Sent"] = "Draft"
    """How far it is."""

    priority: Literal[1, 2, 3] | None = None

    tags: list[str] | None = None
    """Words to find it by."""

    rates: Annotated[list[Rate] | None, Field(max_length=2)] = None

    notes: dict[str, str] | None = None

    payment: Card | Cash | None = None

    reference: str | Number | None = None

    weight: Number | bool | None = None

    anything: AnyJson | None = None

    followed_by: Order | None = None

    odd: Annotated[str | None, Field(validation_alias="odd.name", serialization_alias="odd.name")] = None


PLAIN: dict[str, Any] = {"day": "2026-11-30", "lines": [{"amount": Decimal(5), "name": "Tea"}]}
"""An order, as it stands on the wire."""
