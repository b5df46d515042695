"""Strings of digits for numbers: taken where a number alone is meant, and strings wherever a string fits."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import pytest
from pydantic import ValidationError

from generator.runtime.alternatives import marked_adapter
from generator.runtime.choices import ExactlyOne
from generator.runtime.model import RequestModel
from generator.runtime.values import AnyJson, Integer, Number

TEXT, NUMBER = "1.50", Decimal("1.50")


class Priced(RequestModel):
    price: Number


class Line(RequestModel):
    price: Number
    note: Number | str | None = None


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (Number, TEXT, NUMBER),
        (Number | str, TEXT, TEXT),
        (Number | AnyJson, TEXT, TEXT),
        (Number | bool, TEXT, NUMBER),
        (list[Number] | list[str], [TEXT], [TEXT]),
        (list[Number | bool] | str, [TEXT], [NUMBER]),
        (Priced | dict[str, str], {"price": TEXT}, {"price": TEXT}),
        (Priced | bool, {"price": TEXT}, Priced(price=NUMBER)),
        (Annotated[Number | str, ExactlyOne()], TEXT, TEXT),
        (Annotated[Number | bool, ExactlyOne()], TEXT, NUMBER),
    ],
)
def test_a_string_stays_one_wherever_one_fits(kind: Any, value: object, expected: object) -> None:
    read = marked_adapter(kind).validate_python(value, strict=True)
    assert (type(read), read) == (type(expected), expected)


def test_each_choice_decides_for_itself() -> None:
    line = Line.model_validate({"price": TEXT, "note": TEXT})
    assert (line.price, line.note) == (NUMBER, TEXT)


def test_a_number_that_would_fit_two_does_not_come_in_as_a_string() -> None:
    adapter = marked_adapter(Annotated[Number | Integer, ExactlyOne()])
    for value in (1, "1"):
        with pytest.raises(ValidationError, match="fits several"):
            adapter.validate_python(value, strict=True)
    assert adapter.validate_python(TEXT, strict=True) == NUMBER


def test_what_is_nothing_either_way_is_told_as_ever() -> None:
    with pytest.raises(ValidationError, match="must be a number such as"):
        marked_adapter(Number | bool).validate_python("much", strict=True)
