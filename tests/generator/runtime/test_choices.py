"""Exactly one option of a choice."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from generator.runtime.choices import ExactlyOne
from generator.runtime.values import Integer, Number

Small = Annotated[Integer, Field(le=5)]
Large = Annotated[Integer, Field(ge=5)]


def read(type_: Any, value: object) -> object:
    adapter: TypeAdapter[object] = TypeAdapter(type_)
    return adapter.validate_python(value, strict=True)


@pytest.mark.parametrize("value", [1, 9])
def test_one_fits(value: int) -> None:
    assert read(Annotated[Small | Large, ExactlyOne()], value) == value


def test_several_fit() -> None:
    with pytest.raises(ValidationError, match="fits several"):
        read(Annotated[Small | Large, ExactlyOne()], 5)


def test_none_fits_and_each_says_why() -> None:
    with pytest.raises(ValidationError) as error:
        read(Annotated[Small | str, ExactlyOne()], 7)
    assert [one["type"] for one in error.value.errors()] == ["less_than_equal", "string_type"]


def test_choices_within_choices_count_by_themselves() -> None:
    inner = list[Annotated[Small | Large, ExactlyOne()]]
    assert read(Annotated[inner | str, ExactlyOne()], [1, 9]) == [1, 9]
    with pytest.raises(ValidationError, match="fits several"):
        read(Annotated[inner | str, ExactlyOne()], [1, 5])


@pytest.mark.parametrize("type_", [int | str | None, int])
def test_null_is_what_is_said_of_it(type_: Any) -> None:
    assert read(Annotated[type_, ExactlyOne(null=True)], None) is None
    with pytest.raises(ValidationError, match="must not be null"):
        read(Annotated[type_, ExactlyOne()], None)


def test_what_is_a_string_is_no_number() -> None:
    assert read(Annotated[Number | str, ExactlyOne()], "1.50") == "1.50"
