"""JSON text and Python values: numbers to `Decimal` and back, digit for digit, never through `float`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, cast

import msgspec

if TYPE_CHECKING:
    from .values import Json

_DECODER = msgspec.json.Decoder(float_hook=Decimal)
_ENCODER = msgspec.json.Encoder(decimal_format="number")


class NotJsonError(ValueError):
    """The text is not JSON, or the value has no JSON form."""


def decode(text: bytes | bytearray | str) -> Json:
    """Read JSON; a number with a fraction or an exponent becomes `Decimal`, any other becomes `int`.

    Raises:
        NotJsonError: the text is not JSON; says where.
    """
    try:
        return cast("Json", _DECODER.decode(_without_mark(text)))
    except InvalidOperation:
        raise NotJsonError("a number is beyond what Decimal can hold") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotJsonError(str(error)) from None


def _without_mark(text: bytes | bytearray | str) -> bytes | bytearray | str:
    """A text without the byte order mark before it: not to be written, but readers may ignore it (RFC 8259, 8.1)."""
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    return text[3:] if text.startswith(b"\xef\xbb\xbf") else text


encode_checked = _ENCODER.encode
"""Write JSON of what is known to hold no number that JSON cannot say."""


def encode(value: object, *, indent: int | None = None) -> bytes:
    """Write JSON; `Decimal` becomes a number, `date` becomes `yyyy-mm-dd`.

    Raises:
        NotJsonError: the value holds something that JSON cannot say, such as an object of some other class.
    """
    try:
        text = _ENCODER.encode(value)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise NotJsonError(str(error)) from None
    if b"NaN" in text or b"Infinity" in text or b"null" in text:
        _refuse_non_finite(value)
    return text if indent is None else msgspec.json.format(text, indent=indent)


def _refuse_non_finite(value: object) -> None:
    """The encoder writes such a `Decimal` as a bare word and such a `float` as null; inside strings both are fine."""
    if value is None or isinstance(value, str | int):  # which most are, and to ask what else they may be takes long
        return
    finite = value.is_finite() if isinstance(value, Decimal) else not isinstance(value, float) or math.isfinite(value)
    if not finite:
        raise NotJsonError(f"{value} is no JSON number")
    members = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    for member in members:
        _refuse_non_finite(member)


def as_text(value: object) -> str:
    """One value as it stands in a URL or a header: `true`, `2026-11-21`, `19.99`; objects and arrays as JSON."""
    if value is None or isinstance(value, Mapping | list | tuple):
        return encode(value).decode()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)
