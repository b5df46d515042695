"""Values in answers: each of its own JSON type, and nothing turned into another."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from generator.runtime.answered import AnsweredDate, AnsweredNumber, AnsweredTime  # noqa: TC001 - pydantic needs them when it runs
from generator.runtime.model import ResponseModel
from generator.runtime.values import Integer  # noqa: TC001 - as above

TEXT, TIME = "1999-12-31", datetime(1999, 12, 31, 10, 0, 0, 250000, UTC)


class Answer(ResponseModel):
    day: AnsweredDate | None = None
    time: AnsweredTime | None = None
    either: AnsweredTime | AnsweredDate | None = None
    number: AnsweredNumber | None = None
    whole: Integer | None = None
    truth: bool | None = None
    text: str | None = None


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("day", TEXT, date(1999, 12, 31)),
        ("time", f"{TEXT}T10:00:00.250Z", TIME),
        ("time", f"{TEXT}t10:00:00.25z", TIME),
        ("time", f"{TEXT} 12:00:00.25+02:00", TIME),
        ("either", TEXT, date(1999, 12, 31)),
        ("either", f"{TEXT}T10:00:00.25Z", TIME),
        ("number", 1, Decimal(1)),
        ("number", Decimal("1.50"), Decimal("1.50")),
        ("whole", Decimal("1.0"), 1),
        ("truth", False, False),
    ],
)
def test_a_value_is_read_by_its_type(field: str, value: object, expected: object) -> None:
    read = getattr(Answer.model_validate({field: value}), field)
    assert (type(read), read) == (type(expected), expected)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[
            (field, value)
            for field in ("day", "time", "either")
            for value in (0, 1, Decimal(0), False, "0", "1700000000")
        ],
        ("time", TEXT),
        ("day", "1999-02-30"),
        *[("number", value) for value in ("1", "1.50", "", True)],
        *[("whole", value) for value in ("1", Decimal("1.5"), True)],
        *[("truth", value) for value in (0, 1, "true", "yes")],
        *[("text", value) for value in (0, Decimal("1.5"), False)],
    ],
)
def test_no_value_is_turned_into_one_of_another_type(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        Answer.model_validate({field: value})


def test_an_alternative_that_would_have_to_turn_a_value_is_none() -> None:
    either: TypeAdapter[object] = TypeAdapter(Answer | dict[str, str])
    assert either.validate_python({"number": "1.50"}, strict=True) == {"number": "1.50"}
