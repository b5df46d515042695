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

from .values import Exact, exact_number

_DATE = SchemaValidator(core_schema.date_schema())
_TIME = SchemaValidator(core_schema.datetime_schema())
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIMED = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]")


def number(value: object) -> object:
    """A number as `Decimal`, digit for digit; refuses a string, whatever it says."""
    if isinstance(value, str):
        raise PydanticCustomError("number_type", "must be a number, not a string")
    return exact_number(value)


def day(value: object) -> object:
    """A date from its text."""
    return _DATE.validate_python(value) if isinstance(value, str) and _DAY.match(value) else value


def moment(value: object) -> object:
    """A time from its text, which has to have a time of day: a date alone is none."""
    return _TIME.validate_python(value) if isinstance(value, str) and _TIMED.match(value) else value


AnsweredNumber: TypeAlias = Annotated[Decimal, Exact(number)]
"""A JSON number: `Decimal`."""

AnsweredDate: TypeAlias = Annotated[date, BeforeValidator(day)]
"""A JSON string that is a date: `date`."""

AnsweredTime: TypeAlias = Annotated[datetime, BeforeValidator(moment)]
"""A JSON string that is a date and a time: `datetime`, with the offset that it came with."""
