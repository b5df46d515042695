"""Messages: the rule that is broken and what to do, from every error there is, and nothing of what was given."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_core._pydantic_core import list_all_errors

from generator.runtime.messages import explain
from generator.runtime.model import RequestModel
from generator.runtime.values import (
    Among,
    AnyJson,
    Date,
    Email,
    Instant,
    Matches,
    MultipleOf,
    Number,
    Timestamp,
    Unique,
)

SECRET = "s3cret"


class Pet(RequestModel):
    name: Annotated[str, Field(max_length=3)]
    kind: Literal["cat"] | None = None


class Size(Enum):
    SMALL = "small"
    LARGE = "large"


def found(type_: Any, value: object) -> list[tuple[str, str]]:
    """What is wrong with a value, explained; neither the value nor its absence from the error makes a difference."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(type_).validate_python(value, strict=True)
    explained = [explain(one) for one in caught.value.errors(include_url=False, include_input=False)]
    assert explained == [explain({**one, "loc": (), "url": "", "input": SECRET}) for one in caught.value.errors()]
    return explained


def even(value: int) -> int:
    if value % 2:
        raise ValueError("must be even")
    return value


def refuse(value: object) -> object:
    raise PydanticCustomError("string_too_long", "too much of it")


@pytest.mark.parametrize(
    ("type_", "value", "rule", "message"),
    [
        (Annotated[str, Field(max_length=130)], SECRET * 30, "maxLength", "must have at most 130 characters"),
        (Annotated[str, Field(max_length=1)], SECRET, "maxLength", "must have at most 1 character"),
        (Annotated[str, Field(min_length=2)], "x", "minLength", "must have at least 2 characters"),
        (Annotated[list[int], Field(max_length=1)], [1, 2], "maxItems", "must have at most 1 item"),
        (Annotated[list[int], Field(min_length=2)], [1], "minItems", "must have at least 2 items"),
        (Annotated[dict[str, int], Field(max_length=1)], {"a": 1, "b": 1}, "maxProperties", "must have at most 1 item"),
        (Annotated[int, Field(gt=1)], 1, "exclusiveMinimum", "must be greater than 1"),
        (Annotated[int, Field(ge=2)], 1, "minimum", "must be at least 2"),
        (Annotated[Number, Field(lt=Decimal("0.10"))], 1, "exclusiveMaximum", "must be less than 0.10"),
        (Annotated[int, Field(le=0)], 1, "maximum", "must be at most 0"),
        (Annotated[int, MultipleOf(5)], 1, "multipleOf", "must be a multiple of 5"),
        (Annotated[Number, MultipleOf(Decimal("0.01"))], "0.005", "multipleOf", "must be a multiple of 0.01"),
        (Annotated[str, Field(pattern="^[a{]+$")], SECRET, "pattern", "must match the pattern ^[a{]+$"),
        (Annotated[str, Matches("^(?=a)")], SECRET, "pattern", "must match the pattern ^(?=a)"),
        (Email, SECRET, "format", "must be an email address"),
        (Literal["Draft", "Posted"], SECRET, "enum", "must be one of 'Draft', 'Posted'"),
        (
            Literal["a or b", "c, d", "it's", '"', 1],
            SECRET,
            "enum",
            "must be one of 'a or b', 'c, d', \"it's\", '\"', 1",
        ),
        (Literal["a or b"], SECRET, "const", "must be 'a or b'"),
        (Literal[True], False, "const", "must be True"),
        (
            Literal[tuple(range(20))],
            20,
            "enum",
            "must be one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 8 more",
        ),
        (Annotated[Number, Among(1, 2)], 3, "enum", "must be one of 1, 2"),
        (Annotated[Number, Among(1)], 3, "const", "must be 1"),
        (Annotated[list[int], Unique()], [1, 1], "uniqueItems", "must not hold an element twice"),
        (str, 1, "type", "must be a string"),
        (int, SECRET, "type", "must be a whole number"),
        (bool, 1, "type", "must be true or false"),
        (list[int], SECRET, "type", "must be a list"),
        (dict[str, int], SECRET, "type", "must be a dict"),
        (dict[str, int], {1: 1}, "type", "must be a string"),
        (None, SECRET, "type", "must be null"),
        (bytes, SECRET, "type", "must be bytes"),
        (Size, SECRET, "type", "must be of the class Size"),
        (Number, SECRET, "type", "must be a number such as Decimal('19.99')"),
        (Number, [SECRET], "type", "must be a number such as Decimal('19.99')"),
        (Number, Decimal("NaN"), "type", "must be a finite number"),
        (
            Number,
            0.1 + 0.2,
            "type",
            "is a float with more digits than a float keeps: pass a Decimal or a string",
        ),
        (Date, SECRET, "format", "must be a date of the form yyyy-mm-dd"),
        (Date, "2026-02-30", "format", "must be a day of the calendar, as yyyy-mm-dd"),
        (Date, 5, "type", "must be a date"),
        (Instant, SECRET, "format", "must be a time such as 2026-11-21T10:00:00Z"),
        (Instant, datetime(2026, 11, 21), "format", "must be a datetime with a time zone"),
        (Annotated[datetime, Timestamp("%H:%M %d.%m.%Y")], SECRET, "format", "must be a time such as 22:05 21.11.2026"),
        (Annotated[datetime, Timestamp("%H:%M %d.%m.%Y")], 5, "type", "must be a datetime"),
        (AnyJson, object(), "type", "must be a JSON value"),
        (Pet, SECRET, "type", "must be Pet or a dict of its fields"),
        (Pet, {}, "required", "is required"),
        (Pet, {"name": "x", "odd": SECRET}, "additionalProperties", "is not a field here"),
        (Pet, {"name": "x", "kind": None}, "type", "must not be null: leave the field out instead"),
        (Pet, {"name": SECRET}, "maxLength", "must have at most 3 characters"),
        (Pet, {"name": "x", "kind": SECRET}, "const", "must be 'cat'"),
        (Annotated[int, AfterValidator(even)], 1, "value_error", "must be even"),
        (Annotated[str, AfterValidator(refuse)], SECRET, "maxLength", "too much of it"),
    ],
)
def test_rule_and_message(type_: Any, value: object, rule: str, message: str) -> None:
    assert found(type_, value) == [(rule, message)]


def test_a_model_says_it_as_its_validation_does() -> None:
    class Owner(RequestModel):
        pets: list[Pet]

    with pytest.raises(ValidationError) as caught:
        Owner.model_validate({"pets": [{"name": "long", "kind": "{max_length}{message}"}]})
    assert [(one["loc"], one["type"], one["msg"]) for one in caught.value.errors()] == [
        (("pets", 0, "name"), "string_too_long", "must have at most 3 characters"),
        (("pets", 0, "kind"), "literal_error", "must be 'cat'"),
    ]
    assert caught.value.errors()[0].get("ctx") == {"max_length": 3, "message": "must have at most 3 characters"}
    assert "must be 'cat'" in caught.value.json()


@pytest.mark.parametrize("error", list_all_errors(), ids=lambda error: error["type"])
def test_every_error_of_pydantic_has_a_message_without_what_was_given(error: Any) -> None:
    details = {name: SECRET for name in error.get("example_context") or {} if "error" in name or name == "tag"}
    context = {**(error.get("example_context") or {}), **details}
    told = error["message_template_python"].replace("{expected_plural}", "s")
    for name, value in context.items():
        told = told.replace(f"{{{name}}}", str(value))
    rule, message = explain({"type": error["type"], "msg": told, "ctx": context})
    assert rule
    assert message
    assert not message.startswith(("Input should", "String should"))
    if error["type"] not in ("value_error", "assertion_error"):  # the words of the caller's own validators
        assert SECRET not in message


@given(values=st.lists(st.one_of(st.text(), st.integers()), min_size=1, max_size=12, unique_by=repr))
def test_the_values_of_an_enumeration_are_told_apart(values: list[str | int]) -> None:
    ((rule, message),) = found(Literal[tuple(values)], date(2026, 1, 1))
    assert rule == ("enum" if len(values) > 1 else "const")
    assert message.startswith("must be one of " if len(values) > 1 else "must be ")
