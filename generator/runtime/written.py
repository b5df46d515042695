"""Bounds on dates and times that are about the text that is sent for them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from pydantic_core import CoreSchema, PydanticCustomError, SchemaValidator, ValidationError, core_schema

from .values import Matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import GetCoreSchemaHandler


class AsText:
    """Annotation of a date or time with bounds on what is sent for it.

    A time can be written in several ways. It goes out in the first that the bounds allow: with an offset or, in UTC,
    with `Z`; with as many fractions of a second as it has, with three or with six.
    """

    def __init__(
        self,
        *,
        min_length: int | None = None,
        max_length: int | None = None,
        pattern: str | None = None,
        matches: str = "",
    ) -> None:
        self._bounds = SchemaValidator(
            core_schema.str_schema(min_length=min_length, max_length=max_length, pattern=pattern)
        )
        self._matches = Matches(matches)

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check what the type has read, and write it so that it fits."""
        written = core_schema.plain_serializer_function_ser_schema(self.write, when_used="unless-none")
        return core_schema.no_info_after_validator_function(self._read, handler(source), serialization=written)

    def _read(self, value: object) -> object:
        """The value; refused where nothing can be sent for it that keeps to the bounds."""
        if value is not None and not any(map(self._fits, _texts(value))):
            self._demand(next(_texts(value)))
        return value

    def write(self, value: object) -> object:
        """The text for the wire; a date that fits stays as it is, as does what is no time."""
        return next(filter(self._fits, _texts(value)), value) if isinstance(value, datetime) else value

    def _demand(self, text: str) -> None:
        self._bounds.validate_python(text)
        self._matches.check(text)

    def _fits(self, text: str) -> bool:
        try:
            self._demand(text)
        except (ValidationError, PydanticCustomError):
            return False
        return True


def _texts(value: object) -> Iterator[str]:
    """The ways to write a date or time, the usual one first."""
    if not isinstance(value, datetime):
        yield value.isoformat() if isinstance(value, date) else str(value)
        return
    for precision in ("auto", "milliseconds", "microseconds"):
        if precision != "milliseconds" or value.microsecond % 1000 == 0:
            text = value.isoformat(timespec=precision)
            yield text
            if text.endswith("+00:00"):
                yield text.removesuffix("+00:00") + "Z"
