"""What a request takes for a number, a date, a time, an email or any JSON: exactly, or not at all."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Context, Decimal, Inexact, localcontext
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ConfigDict, TypeAdapter, ValidationError

from generator.runtime.answered import AnsweredDate, AnsweredTime, AnsweredTimestamp
from generator.runtime.values import (
    AnyJson,
    Date,
    Email,
    Instant,
    Integer,
    MultipleOf,
    Number,
    Timestamp,
    same_json,
)

STRICT = ConfigDict(strict=True)
NUMBER: TypeAdapter[Decimal] = TypeAdapter(Number, config=STRICT)
DATE: TypeAdapter[date] = TypeAdapter(Date, config=STRICT)
INSTANT: TypeAdapter[datetime] = TypeAdapter(Instant, config=STRICT)
STAMP: TypeAdapter[datetime] = TypeAdapter(Annotated[datetime, Timestamp("%Y-%m-%d %H:%M:%S")], config=STRICT)
READ_DATE: TypeAdapter[date] = TypeAdapter(AnsweredDate)
READ_INSTANT: TypeAdapter[datetime] = TypeAdapter(AnsweredTime)
READ_STAMP: TypeAdapter[datetime] = TypeAdapter(Annotated[datetime, AnsweredTimestamp("%Y-%m-%d %H:%M:%S")])
READ_OWN: TypeAdapter[datetime] = TypeAdapter(Annotated[datetime, AnsweredTimestamp("%d.%m.%Y %H:%M")])
ANY: TypeAdapter[Any] = TypeAdapter(AnyJson, config=STRICT)


def refused(adapter: TypeAdapter[Any], value: object) -> str:
    with pytest.raises(ValidationError) as error:
        adapter.validate_python(value)
    return str(error.value.errors()[0]["msg"])


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (Decimal("19.990"), "19.990"),
        (3, "3"),
        (10**40, str(10**40)),
        ("19.99", "19.99"),
        (0.1, "0.1"),
        (1e22, "1E+22"),
        (-2.5, "-2.5"),
        (123456789.123456, "123456789.123456"),
    ],
)
def test_numbers(given_: object, expected: str) -> None:
    assert NUMBER.validate_python(given_).as_tuple() == Decimal(expected).as_tuple()


@pytest.mark.parametrize(
    "given_",
    [
        True,
        False,
        None,
        "x",
        "",
        "1,5",
        " 1 ",
        "1_000",
        "\N{ARABIC-INDIC DIGIT ONE}",
        b"1",
        [1],
        math.nan,
        math.inf,
        "NaN",
        "Infinity",
    ],
)
def test_what_is_no_number(given_: object) -> None:
    assert "must be" in refused(NUMBER, given_)


@pytest.mark.parametrize("given_", [0.1 + 0.2, 1234567890.1234567, 1 / 3])
def test_a_float_that_has_lost_digits_is_refused(given_: float) -> None:
    assert "float" in refused(NUMBER, given_)


@given(number=st.decimals(allow_nan=False, allow_infinity=False))
def test_every_decimal_is_kept(number: Decimal) -> None:
    assert NUMBER.validate_python(number).as_tuple() == number.as_tuple()
    assert NUMBER.validate_python(str(number)) == number


def test_a_float_is_read_the_same_in_any_context() -> None:
    for context in (Context(prec=3), Context(prec=3, traps=[Inexact]), Context(prec=5, Emax=2, Emin=-2)):
        with localcontext(context):
            assert NUMBER.validate_python(12345.5) == Decimal("12345.5")
            assert NUMBER.validate_python(1e300) == Decimal("1e300")
            assert "float" in refused(NUMBER, 0.1 + 0.2)


@given(number=st.decimals(-(10**6), 10**6, places=2))
def test_a_price_as_float_is_the_price(number: Decimal) -> None:
    assert NUMBER.validate_python(float(number)) == number


@given(
    number=st.decimals(-(10**20), 10**20, places=6) | st.integers(-(10**30), 10**30),
    step=st.decimals("0.0001", 10**6, places=4),
    factor=st.integers(0, 10**40),
)
def test_a_multiple_is_one_exactly_whatever_room_the_caller_s_context_has(
    number: Decimal | int, step: Decimal, factor: int
) -> None:
    steps: TypeAdapter[Decimal] = TypeAdapter(Annotated[Number, MultipleOf(step)])
    exact = Context(prec=200)
    is_multiple = exact.remainder(Decimal(number), step) == 0
    with localcontext(prec=3):
        assert steps.validate_python(exact.multiply(step, factor)) == exact.multiply(step, factor)
        if is_multiple:
            assert steps.validate_python(number) == number
        else:
            assert refused(steps, number) == f"must be a multiple of {step}"


def test_multiples_are_told_where_exponents_are_huge() -> None:
    cents: TypeAdapter[Decimal] = TypeAdapter(Annotated[Number, MultipleOf(Decimal("0.01"))])
    for number in ("1E+999999", "-9E+999999", "0E-999999", "0E+999999", "9" * 5000 + ".99"):
        assert cents.validate_python(Decimal(number)) == Decimal(number)
    for number in ("1E-999999", "0.001", "9" * 5000 + ".999"):
        assert refused(cents, Decimal(number)) == "must be a multiple of 0.01"
    assert cents.json_schema()["multipleOf"] == 0.01


def test_dates() -> None:
    day = date(2026, 11, 21)
    assert DATE.validate_python(day) == DATE.validate_python("2026-11-21") == day
    assert DATE.dump_json(day) == b'"2026-11-21"'


@pytest.mark.parametrize(
    "given_",
    ["2026-1-2", "20261121", "2026-02-30", "2026-11-21T00:00:00", "٢٠٢٦-11-21", "", 5, None, datetime(2026, 11, 21)],
)
def test_what_is_no_date(given_: object) -> None:
    assert refused(DATE, given_)


def test_a_datetime_would_lose_its_time_as_a_date() -> None:
    refused(DATE, datetime(2026, 11, 21, 10, 30))
    refused(DATE, datetime(2026, 11, 21))


def test_instants() -> None:
    moment = datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert INSTANT.validate_python("2026-11-21T10:00:00Z") == moment
    assert INSTANT.validate_python(moment.astimezone(timezone(timedelta(hours=2)))) == moment
    assert INSTANT.dump_python(moment) == "2026-11-21T10:00:00+00:00"


@pytest.mark.parametrize("given_", [datetime(2026, 11, 21), "2026-11-21T10:00:00", "2026-11-21", "now", 5, None])
def test_what_is_no_instant(given_: object) -> None:
    assert refused(INSTANT, given_)


def test_timestamps_of_the_api_s_own() -> None:
    moment = datetime(2026, 11, 21, 10, 0, 1)
    assert STAMP.validate_python("2026-11-21 10:00:01") == moment
    assert STAMP.validate_python(moment) == moment
    assert STAMP.dump_python(moment) == "2026-11-21 10:00:01"


@given(moment=st.datetimes())
def test_a_timestamp_comes_back_or_is_refused(moment: datetime) -> None:
    if moment.microsecond:
        refused(STAMP, moment)
    else:
        assert STAMP.validate_python(STAMP.dump_python(STAMP.validate_python(moment))) == moment


@pytest.mark.parametrize(
    "given_",
    [
        *("2026-11-21T10:00:01", "2026-1-2 10:00:01", "2026-11-21", "20261121 100001", "2026-W47-6 10:00:01"),
        *("2026-11-21 10:00", "2026-11-21 10:00+01", "2026-11-21 10:00:01Z", "2026-11-21 10:00:01.5"),
        *(
            "2026-02-29 10:00:01",
            "2026-11-21 24:00:00",
            "2026-11-21 10:00:60",
            "2026-11-21 10:00:0\u0661",
            "\ud800" * 19,
        ),
        *(datetime(2026, 11, 21, tzinfo=UTC), datetime(2026, 11, 21, microsecond=5), 5, None),
    ],
)
def test_what_is_no_timestamp(given_: object) -> None:
    assert refused(STAMP, given_)


@pytest.mark.parametrize("given_", ["1.2.2026 10:00", "01.02.2026 10:00:01", "01.02.26 10:00", "31.02.2026 10:00"])
def test_what_is_no_timestamp_in_another_form(given_: str) -> None:
    adapter: TypeAdapter[datetime] = TypeAdapter(Annotated[datetime, Timestamp("%d.%m.%Y %H:%M")], config=STRICT)
    assert adapter.validate_python("01.02.2026 10:00") == datetime(2026, 2, 1, 10)
    assert refused(adapter, given_)


@pytest.mark.parametrize(
    ("text", "good"), [("a@b", True), ("a", False), ("@b", False), ("a@", False), ("a b@c", False)]
)
def test_emails(text: str, good: bool) -> None:
    adapter: TypeAdapter[str] = TypeAdapter(Email)
    if good:
        assert adapter.validate_python(text) == text
    else:
        refused(adapter, text)


def test_any_json_is_exact_at_every_depth() -> None:
    found = ANY.validate_python({"a": [0.1, {"b": Decimal("1.50")}], "c": (1, None, True, "x")})
    assert found == {"a": [Decimal("0.1"), {"b": Decimal("1.50")}], "c": [1, None, True, "x"]}
    assert isinstance(found["a"][0], Decimal)


@pytest.mark.parametrize("given_", [{1: 2}, object(), {1, 2}, b"x", [math.nan], {"a": [0.1 + 0.2]}, date(2026, 1, 1)])
def test_what_is_no_json(given_: object) -> None:
    assert refused(ANY, given_)


@pytest.mark.parametrize(
    ("value", "whole"),
    [(Decimal("1.0"), 1), (1.0, 1), (Decimal("1e3"), 1000), (2, 2), (Decimal(-0), 0)],
)
def test_a_number_with_nothing_behind_the_point_is_an_integer(value: object, whole: int) -> None:
    assert TypeAdapter(Integer).validate_python(value, strict=True) == whole


@pytest.mark.parametrize(
    "value", [Decimal("1.5"), 1.5, True, "1", Decimal("1e999999999"), float("inf"), Decimal("NaN")]
)
def test_what_is_no_integer(value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Integer).validate_python(value, strict=True)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        *[(1, 1.0, True), (1, True, False), ([1], [True], False), ({"a": 1}, {"a": 1.0}, True), ({"a": 1}, {}, False)],
        *[(Decimal("1.10"), 1.1, True), (0.1 + 0.2, Decimal("0.3"), False), (math.inf, 1e300, False)],
    ],
)
def test_json_values_are_compared_as_json_has_it(left: object, right: object, same: bool) -> None:
    assert same_json(left, right) is same


AFTERNOON = datetime(2025, 10, 15, 13, 53, 36)
EAST = timezone(timedelta(hours=2))
ISO = [
    ("2025-10-15T13:53:36", AFTERNOON),
    ("2025-10-15 13:53:36", AFTERNOON),
    ("2025-10-15T13:53", AFTERNOON.replace(second=0)),
    ("2025-10-15T13:53:36.308", AFTERNOON.replace(microsecond=308000)),
    ("2025-10-15T13:53:36.308Z", AFTERNOON.replace(microsecond=308000, tzinfo=UTC)),
    ("2025-10-15t13:53:36z", AFTERNOON.replace(tzinfo=UTC)),
    ("2025-10-15 13:53:36.308124+02:00", AFTERNOON.replace(microsecond=308124, tzinfo=EAST)),
    ("2025-10-15T13:53:36+0200", AFTERNOON.replace(tzinfo=EAST)),
]


@pytest.mark.parametrize(("text", "time"), ISO)
@pytest.mark.parametrize("adapter", [READ_INSTANT, READ_STAMP, READ_OWN])
def test_times_of_answers_are_read_in_iso_forms_and_keep_their_offset(
    adapter: TypeAdapter[datetime], text: str, time: datetime
) -> None:
    read = adapter.validate_python(text)
    assert (read, read.utcoffset()) == (time, time.utcoffset())
    assert adapter.validate_python(read) is read
    written = adapter.dump_python(read)
    again = datetime.fromisoformat(written) if isinstance(written, str) and adapter is not READ_OWN else read
    assert (again, again.utcoffset()) == (time, time.utcoffset())


def test_times_of_answers_are_written_in_their_own_form_where_it_can_show_them() -> None:
    assert READ_OWN.validate_python("15.10.2025 13:53") == AFTERNOON.replace(second=0)
    assert READ_OWN.dump_python(AFTERNOON.replace(second=0)) == "15.10.2025 13:53"
    assert READ_OWN.dump_python(AFTERNOON) == "2025-10-15T13:53:36"
    assert READ_STAMP.dump_python(AFTERNOON) == "2025-10-15 13:53:36"
    assert READ_STAMP.dump_python(AFTERNOON.replace(microsecond=5)) == "2025-10-15T13:53:36.000005"
    assert READ_STAMP.dump_python(AFTERNOON.replace(tzinfo=EAST)) == "2025-10-15T13:53:36+02:00"


@pytest.mark.parametrize(
    "value", [0, 1, 1760536416, 1.5, Decimal("1.5"), True, "0", "1760536416", "20251015", "soon", "", [], "15.10.2025"]
)
@pytest.mark.parametrize("adapter", [READ_DATE, READ_INSTANT, READ_STAMP, READ_OWN])
def test_nothing_but_a_written_day_is_read_as_one(adapter: TypeAdapter[Any], value: object) -> None:
    refused(adapter, value)


@pytest.mark.parametrize("value", ["2025-10-15T25:00:00", "2025-13-15 10:00:00", "2025-10-15T10:61", "2025-10-15Tsoon"])
@pytest.mark.parametrize("adapter", [READ_DATE, READ_INSTANT, READ_STAMP, READ_OWN])
def test_times_that_no_clock_shows_are_none(adapter: TypeAdapter[Any], value: object) -> None:
    refused(adapter, value)


def test_dates_of_answers() -> None:
    for text in ("2025-10-15", "2025-10-15T00:00:00", "2025-10-15 00:00:00", "2025-10-15T00:00:00.000Z"):
        assert READ_DATE.validate_python(text) == date(2025, 10, 15)
    refused(READ_DATE, "2025-10-15T13:53:36.308Z")  # which day that is depends on where
    assert READ_DATE.validate_python(date(2025, 10, 15)) == date(2025, 10, 15)
    assert READ_DATE.json_schema() == {"format": "date", "type": "string"}


@pytest.mark.parametrize("text", [text for text, _ in ISO if text != "2025-10-15 13:53:36"])
def test_requests_have_times_in_their_own_form_alone(text: str) -> None:
    refused(STAMP, text)
