"""The Python types of values in answers: each is read from its own type of JSON, and nothing is turned into it.

What an API answers is no caller's shorthand: a text of digits is a text, a number is no time, and 0 is not false. So
what an answer says is never guessed, and of several types a value is of the one that its JSON shows.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError, SchemaValidator, core_schema

from .values import Exact, Timestamp, exact_number

_DATE = SchemaValidator(core_schema.date_schema())
_TIME = SchemaValidator(core_schema.datetime_schema())
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIMED = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}", re.ASCII)


def number(value: object) -> object:
    """A number as `Decimal`, digit for digit; refuses a string, whatever it says."""
    if type(value) is Decimal and value.is_finite():  # as most that have decimals
        return value
    if type(value) is int:  # as most others
        return Decimal(value)
    if isinstance(value, str):
        raise PydanticCustomError("number_type", "must be a number, not a string")
    return exact_number(value)


def day(value: object) -> object:
    """A date from its text."""
    if isinstance(value, str) and _DAY.match(value):
        try:
            return date.fromisoformat(value)  # as most are
        except ValueError:
            return _DATE.validate_python(value)
    if isinstance(value, date):
        return value
    raise PydanticCustomError("date_format", "must be a text that is a date, as yyyy-mm-dd")


def moment(value: object) -> object:
    """A time from its text, which has to have a time of day: a date alone is none."""
    if isinstance(value, str) and _TIMED.match(value):
        return _TIME.validate_python(value)
    if isinstance(value, datetime):
        return value
    raise PydanticCustomError("datetime_format", "must be a text that is a time, such as 2026-11-21T10:00:00Z")


AnsweredNumber: TypeAlias = Annotated[Decimal, Exact(number)]
"""A JSON number: `Decimal`."""

AnsweredDate: TypeAlias = Annotated[date, BeforeValidator(day)]
"""A JSON string that is a date: `date`."""

AnsweredTime: TypeAlias = Annotated[datetime, BeforeValidator(moment)]
"""A JSON string that is a date and a time: `datetime`, with the offset that it came with."""


class AnsweredTimestamp(Timestamp, frozen=True):
    """The same in an answer: also read in the forms of ISO 8601, with `T`, fractions, `Z` and offsets.

    What came with an offset is an aware `datetime`. What the form of the API's own cannot show is written as ISO 8601.
    """

    def read(self, value: object) -> object:
        """A `datetime` from a string in one of the forms; a `datetime` stays as it is."""
        if isinstance(value, datetime):
            return value
        if not isinstance(value, str):  # pydantic would take a number for seconds since 1970
            raise self._fault()
        try:
            return super().read(value)
        except PydanticCustomError:
            if _TIMED.match(value) is None:
                raise
        try:
            return datetime.fromisoformat(value.upper())  # RFC 3339 has `t` and `z` too
        except ValueError:
            raise self._fault() from None

    def write(self, value: datetime) -> str:
        """The string for the wire."""
        own = not isinstance(value, datetime) or (value.tzinfo is None and not self._loses(value))
        return super().write(value) if own else value.isoformat()
