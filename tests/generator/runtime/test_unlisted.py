"""Fields that a description does not list, in requests that were told to take them."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from pydantic import TypeAdapter, ValidationError

from generator.runtime import model
from generator.runtime.groups import PropertyGroup
from generator.runtime.sending import revalidated
from generator.runtime.values import Json  # noqa: TC001 - pydantic needs it when it runs


class Line(model.RequestModel):
    article: str


class Order(model.RequestModel):
    own: ClassVar[PropertyGroup[Json]] = PropertyGroup("__x$")

    name: str | None = None
    line: Line | None = None
    lines: list[Line] | None = None


WHOLE: dict[str, Any] = {
    "name": "a",
    "line": {"article": "b", "novel": None},
    "lines": [{"article": "c", "novel": {"deep": [Decimal("0.10"), 9007199254740993]}}],
    "own__x": 1,
    "novel": Decimal("1.50"),
}
ORDERS = TypeAdapter[object](Order)


def allowed() -> Order:
    return Order.model_validate(WHOLE, extra="allow")


def sent(order: Order) -> object:
    return ORDERS.dump_python(revalidated(ORDERS, order, {}), by_alias=True, exclude_unset=True)


def faults(error: ValidationError) -> list[tuple[tuple[int | str, ...], str]]:
    return [(one["loc"], one["type"]) for one in error.errors()]


def test_they_are_refused_unless_they_are_allowed() -> None:
    for extra in (None, "forbid"):
        with pytest.raises(ValidationError) as caught:
            Order.model_validate({"name": "a", "novel": 1}, extra=extra)
        assert [place for place, _ in faults(caught.value)] == [("novel",)]


def test_they_come_back_and_are_sent() -> None:
    assert str(allowed().to_wire()) == str(WHOLE)
    assert str(sent(allowed())) == str(WHOLE)
    text = allowed().model_dump_json(by_alias=True, exclude_unset=True)
    assert Order.model_validate_json(text, extra="allow") == allowed()


def test_what_is_sent_may_be_sent_again() -> None:
    again = revalidated(ORDERS, allowed(), {})
    assert isinstance(again, Order)
    assert str(sent(again)) == str(WHOLE)


def test_more_may_be_given_later_and_taken_back() -> None:
    order = allowed()
    assert order.model_extra is not None
    order.model_extra["later"] = [Decimal("2.0")]
    del order.model_extra["novel"]
    assert order.line is not None
    assert order.line.model_extra is not None
    order.line.model_extra["later"] = True
    wire = {**WHOLE, "line": {**WHOLE["line"], "later": True}, "later": [Decimal("2.0")]}
    del wire["novel"]
    assert str(sent(order)) == str(wire)


def repickled(one: object) -> object:
    return pickle.loads(pickle.dumps(one))  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    "copied",
    [copy.copy, copy.deepcopy, repickled, lambda one: one.model_copy()],
)
def test_copies_keep_the_permission(copied: Any) -> None:
    assert copied(allowed()) == allowed()
    assert str(sent(copied(allowed()))) == str(WHOLE)


def test_a_permission_is_that_of_the_objects_that_were_read_with_it() -> None:
    strict = Line(article="d")
    order = Order.model_validate({"line": strict, "novel": 1}, extra="allow")
    assert strict.model_extra is not None
    strict.model_extra["novel"] = 1
    with pytest.raises(ValidationError) as caught:
        sent(order)
    assert faults(caught.value) == [(("line", "novel"), "unknown_field")]


@pytest.mark.parametrize(
    "value",
    [0.30000000000000004, float("nan"), object(), {1: 2}, Decimal("Infinity"), b"x"],
    ids=["float", "nan", "object", "key", "infinity", "bytes"],
)
def test_they_are_json(value: object) -> None:
    with pytest.raises(ValidationError) as made:
        Order.model_validate({"novel": [value]}, extra="allow")
    order = allowed()
    assert order.model_extra is not None
    order.model_extra["novel"] = [value]
    with pytest.raises(ValidationError) as unsent:
        sent(order)
    assert [place[0] for place, _ in faults(made.value)] == [place[0] for place, _ in faults(unsent.value)] == ["novel"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"name": 5}, [(("name",), "string_type")]),
        ({"name": None}, [(("name",), "null")]),
        ({"line": {"novel": 1}}, [(("line", "article"), "missing")]),
        ({"lines": [{"article": 1, "novel": object()}]}, [(("lines", 0, "article"), "string_type")]),
        ({"own": {"a__x": 1}}, [(("own",), "unknown_field")]),
    ],
)
def test_all_else_is_checked_as_ever(changes: dict[str, Any], found: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Order.model_validate({**WHOLE, **changes}, extra="allow")
    assert [one for one in faults(caught.value) if one[0][-1] != "novel"] == found
