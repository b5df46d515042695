"""The types of single values in a tenant: as strict as the JSON Schema of the file, where pydantic alone is not."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _day(value: object) -> object:
    """Pydantic alone would read seconds since 1970 as well."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        raise PydanticCustomError("day", "should be a day such as 2026-01-31")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("day", "there is no such day") from None


def _exact(value: object) -> object:
    """Pydantic alone would read texts, and binary fractions, which are not what they look like."""
    if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise PydanticCustomError("exact_number", "should be a number such as 0.19")


def distinct(value: object) -> object:
    """Pydantic alone would drop the second of two."""
    if isinstance(value, list | tuple) and any(one in value[:at] for at, one in enumerate(value)):
        raise PydanticCustomError("distinct", "should hold each value once")
    return value


# 32 hexadecimal digits, as the vendor's ids have.
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
# ISO 4217.
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Code = Annotated[str, Field(min_length=1, max_length=100)]
Day = Annotated[date, BeforeValidator(_day)]
Exact = Annotated[Decimal, BeforeValidator(_exact)]
Flag = Annotated[bool, Field(strict=True)]
Whole = Annotated[int, Field(strict=True)]
