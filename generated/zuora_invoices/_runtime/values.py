"""The Python types of wire values that pydantic alone would read too loosely or write differently."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from msgspec import Struct, convert
from pydantic import BeforeValidator, PlainSerializer
from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from typing_extensions import TypeAliasType

from .digits import may_be_number

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import LiteralString

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

# An alias that knows where it is from: whoever asks for the type hints of a class looks for what it names here.
Json = TypeAliasType("Json", "dict[str, Json] | list[Json] | str | int | float | Decimal | bool | None")

_EXACT_DIGITS = 15  # every decimal number of so many digits survives float and comes back; with more, it may not
_MOST_DIGITS = 4300  # of an integer, as Python has it by default: 1e999999999 would fill the memory
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def exact_number(value: object) -> object:
    """A number as `Decimal`, digit for digit; refuses what has lost digits already or is no number.

    A `float` counts as the decimal number that it prints, as long as that has at most 15 significant digits.
    """
    if isinstance(value, Decimal):
        number = value
    elif isinstance(value, bool):
        raise PydanticCustomError("number_type", "must be a number, not true or false")
    elif isinstance(value, int):
        return Decimal(value)
    elif isinstance(value, float):
        number = _from_float(value)
    elif isinstance(value, str):
        if _NUMBER.fullmatch(value) is None or not may_be_number(value):
            raise PydanticCustomError("number_parsing", "must be a number such as Decimal('19.99')")
        number = _from_text(value)
    else:
        raise PydanticCustomError("number_type", "must be a number such as Decimal('19.99')")
    if not number.is_finite():
        raise PydanticCustomError("finite_number", "must be a finite number")
    return number


def _from_text(value: str) -> Decimal:
    try:
        return Decimal(value)
    except InvalidOperation:
        raise PydanticCustomError("number_parsing", "is beyond what Decimal can hold") from None


def _from_float(value: float) -> Decimal:
    number = Decimal(repr(value))
    # The digits themselves are looked at, as a context of the caller's may round whatever is reckoned.
    if math.isfinite(value) and len("".join(map(str, number.as_tuple().digits)).rstrip("0")) > _EXACT_DIGITS:
        raise PydanticCustomError(
            "inexact_number",
            "is a float with more digits than a float keeps: pass a Decimal or a string",
        )
    return number


def whole_number(value: object) -> object:
    """An integer, as JSON means it: `1.0` is one, `true` is none."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Decimal) and value.is_finite() and value.adjusted() < _MOST_DIGITS:
        whole = value.to_integral_value()
        return int(whole) if whole == value else value
    return value


def same_json(left: object, right: object) -> bool:
    """Whether two values are the same JSON value: `true` is not 1, but 1.0 is. Objects may be models."""
    left, right = map(_comparable, (left, right))
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(same_json(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same_json, left, right))
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def _comparable(value: object) -> object:
    if isinstance(value, float):
        return Decimal(repr(value))  # it counts as the number that it prints
    fields = getattr(value, "wire_fields", None)  # not by its class, which stands above this file
    return fields() if callable(fields) else value


def calendar_date(value: object) -> object:
    """A date from `date` or its ISO form `yyyy-mm-dd`; refuses a `datetime`, which would lose its time."""
    if isinstance(value, str):
        if _ISO_DATE.fullmatch(value) is None:
            raise PydanticCustomError("date_format", "must be a date of the form yyyy-mm-dd")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("date_format", "must be a day of the calendar, as yyyy-mm-dd") from None
    return value


def instant(value: object) -> object:
    """A point in time from an aware `datetime` or its RFC 3339 form."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("datetime_format", "must be a time such as 2026-11-21T10:00:00Z") from None
    if isinstance(value, datetime) and value.tzinfo is None:
        raise PydanticCustomError("datetime_zone", "must be a datetime with a time zone")
    return value


def exact_json(value: object) -> object:
    """A JSON value of any shape with every number in it exact, or an error that says what JSON cannot say."""
    if value is None or isinstance(value, str | int):  # and bool, which is an int; first, as it is by far the most
        return value
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise PydanticCustomError("json_type", "must have strings as keys")
        return {key: exact_json(member) for key, member in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray):
        return [exact_json(element) for element in value]
    if isinstance(value, float | Decimal):
        return exact_number(value)
    raise PydanticCustomError("json_type", "must be a JSON value")


AnyJson: TypeAlias = Annotated[Any, BeforeValidator(exact_json)]
"""Any JSON value (`Any`: the API does not say which)."""


class Exact:
    """Annotation of a `Decimal` that a function reads.

    To pydantic that is a loose way to read: where a string is as good as a number, a string stays one.
    """

    def __init__(self, read: Callable[[object], object] = exact_number) -> None:
        self._read = read

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read whatever it is; the function has the say."""
        return core_schema.no_info_after_validator_function(self._read, core_schema.any_schema())

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """As pydantic shows a `Decimal`."""
        return handler(core_schema.decimal_schema())


Number: TypeAlias = Annotated[Decimal, Exact()]
"""A JSON number: `Decimal`; an `int`, a string of digits or a short `float` is taken and turned into one."""

Integer: TypeAlias = Annotated[int, BeforeValidator(whole_number)]
"""A JSON integer: `int`; a number with nothing behind the point is taken and turned into one."""

Date: TypeAlias = Annotated[date, BeforeValidator(calendar_date)]
"""A JSON string `yyyy-mm-dd`: `date`."""

Instant: TypeAlias = Annotated[
    datetime, BeforeValidator(instant), PlainSerializer(datetime.isoformat, return_type=str, when_used="unless-none")
]
"""A JSON string as RFC 3339 has it: an aware `datetime`."""


_SEPARATORS = {"%Y-%m-%d %H:%M:%S": " ", "%Y-%m-%dT%H:%M:%S": "T"}
"""Forms that msgspec reads and `datetime` writes, ten times as fast, by what stands between date and time."""
_LENGTH = len("2026-11-21 10:00:00")


class Timestamp(Struct, frozen=True):
    """Annotation of a `datetime` without zone that stands on the wire in a `strptime` form of the API's own.

    `Annotated[datetime, Timestamp("%Y-%m-%d %H:%M:%S")]` reads and writes `2026-11-21 10:00:00`.
    """

    form: str

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read strings in the form, write the form."""
        return core_schema.no_info_before_validator_function(
            self.read, handler(source), serialization=core_schema.plain_serializer_function_ser_schema(self.write)
        )

    def read(self, value: object) -> object:
        """A naive `datetime` from a string in the form; a `datetime` stays as it is."""
        if isinstance(value, str):
            separator = _SEPARATORS.get(self.form)
            try:
                if separator is None:
                    read = datetime.strptime(value, self.form)
                    if self._in_form(read) == value:  # strptime takes 2026-1-1 for 2026-01-01
                        return read
                elif len(value) == _LENGTH and value[10] == separator:  # without fraction and offset
                    return convert(value, datetime)
            except ValueError:
                pass
            raise self._fault()
        if isinstance(value, datetime) and (value.tzinfo is not None or self._loses(value)):
            raise PydanticCustomError(
                "datetime_form", "must be a datetime that {example} can show, without zone", {"example": self._example}
            )
        return value

    def write(self, value: datetime) -> str:
        """The string for the wire; what is no `datetime` stays as it is, for the check before sending to judge."""
        return self._in_form(value) if isinstance(value, datetime) else value

    def _in_form(self, value: datetime) -> str:
        if value.tzinfo is None and (separator := _SEPARATORS.get(self.form)):
            return value.isoformat(separator, "seconds")
        # strftime leaves out the zeros of a year before 1000.
        return value.strftime(re.sub("%(.)", lambda part: f"{value.year:04}" if part[1] == "Y" else part[0], self.form))

    def _loses(self, value: datetime) -> bool:
        if value.tzinfo is None and self.form in _SEPARATORS:
            return value.microsecond > 0
        return datetime.strptime(self._in_form(value), self.form) != value

    def _fault(self) -> PydanticCustomError:
        return PydanticCustomError("datetime_format", "must be a time such as {example}", {"example": self._example})

    @property
    def _example(self) -> str:
        return self._in_form(datetime(2026, 11, 21, 22, 5, 9))


class _Check:
    """An annotation that checks a value after everything else; `None` is not its business."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check what the type has read."""
        return core_schema.no_info_after_validator_function(self._read, handler(source))

    def _read(self, value: object) -> object:
        if value is not None:
            self.check(value)
        return value

    def check(self, value: object) -> None:
        """Raise PydanticCustomError if the value is unfit."""
        raise NotImplementedError


class Matches(_Check):
    """Annotation of a string that a pattern must be found in, for patterns that pydantic's own engine lacks."""

    def __init__(self, pattern: str, words: str = "", kind: LiteralString = "string_pattern_mismatch") -> None:
        self._search = re.compile(pattern).search
        self._words = words or f"must match the pattern {pattern}"
        self._kind: LiteralString = kind

    def check(self, value: object) -> None:
        """Refuse a string in which the pattern is not found."""
        if isinstance(value, str) and self._search(value) is None:
            raise PydanticCustomError(self._kind, "{words}", {"words": self._words})


class Among:
    """Annotation of a value that must be one of a few, as JSON compares: `true` is not 1, but 1.0 is."""

    def __init__(self, *values: object) -> None:
        self._values = values
        self._plain: dict[object, object] = {(type(one), one): one for one in values if isinstance(one, str | int)}

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Put the listed value in the place of an equal one."""
        return core_schema.no_info_wrap_validator_function(self._read, handler(source))

    def _read(self, value: object, inner: Callable[[object], object]) -> object:
        if type(value) in (str, bool, int) and (one := self._plain.get((type(value), value))) is not None:
            return inner(one)
        # A boolean equals nothing else.
        if type(value) is not bool and (listed := self._listed(value)) is not None:
            return inner(listed[0])
        if isinstance(value, str) and self._listed(made := inner(value)) is not None:
            return made  # a number as a string
        expected = ", ".join(map(str, self._values))
        choice = "one of " if len(self._values) > 1 else ""
        raise PydanticCustomError(
            "literal_error", "must be {choice}{expected}", {"choice": choice, "expected": expected}
        )

    def _listed(self, value: object) -> tuple[object] | None:
        return next(((one,) for one in self._values if same_json(one, value)), None)


class MultipleOf(_Check):
    """Annotation of a number that is so many whole steps, exactly, whatever decimal context the caller has."""

    def __init__(self, step: Decimal | int) -> None:
        self._step = Decimal(step)

    def check(self, value: object) -> None:
        """Refuse a number that lies between two steps."""
        if not isinstance(value, Decimal | int) or isinstance(value, bool):
            return
        if not _is_multiple(Decimal(value), self._step):
            step = {"multiple_of": f"{self._step:f}"}
            raise PydanticCustomError("multiple_of", "must be a multiple of {multiple_of}", step)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The same, with the bound."""
        step = self._step
        return {**handler(schema), "multipleOf": int(step) if step == step.to_integral_value() else float(step)}


def _is_multiple(number: Decimal, step: Decimal) -> bool:
    """Whether a number is a whole number of steps.

    `%` of `Decimal` fails where its result has more digits than the context; exponents can be beyond any context.
    """
    (_, digits, exponent), (_, units, place) = number.as_tuple(), step.as_tuple()
    if not number or not isinstance(exponent, int) or not isinstance(place, int):
        return not number
    zeros = next(count for count, digit in enumerate(reversed(digits)) if digit)
    if exponent + zeros < place:
        return False  # it has more decimals than any multiple
    unit = int("".join(map(str, units)))
    rest = functools.reduce(lambda rest, digit: (rest * 10 + digit) % unit, digits[: len(digits) - zeros], 0)
    return rest * pow(10, exponent + zeros - place, unit) % unit == 0


class Unique(_Check):
    """Annotation of an array in which no element may come twice."""

    def check(self, value: object) -> None:
        """Refuse an array with two equal elements."""
        if isinstance(value, list) and any(
            same_json(element, other) for place, element in enumerate(value) for other in value[:place]
        ):
            raise PydanticCustomError("unique_items", "must not hold an element twice")


Email: TypeAlias = Annotated[str, Matches(r"\A[^\s@]+@[^\s@]+\Z", "must be an email address", "email_format")]
"""A string that can be an email address: one `@` with something on both sides."""
