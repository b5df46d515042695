"""Types of columns that hold the same values in SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import BigInteger, Numeric, Text
from sqlalchemy.types import TypeDecorator

from zuora_invoices._runtime.codec import decode, encode, encode_checked
from zuora_invoices_sandbox.records import Json

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_ESCAPE: Final = "\x1a"


class AnyText(TypeDecorator[str]):
    """Any text, ordered by code points. PostgreSQL's text has no NUL, so it is written as two characters."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """Byte order in PostgreSQL, as SQLite has it, so that an index serves for what a text begins with."""
        return dialect.type_descriptor(Text(collation="C") if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - as inherited
        """Text to what is stored. What a text begins with is stored as what the stored text begins with."""
        if value is None or not ("\0" in value or _ESCAPE in value):
            return value
        return value.replace(_ESCAPE, _ESCAPE + "1").replace("\0", _ESCAPE + "0")

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - as inherited
        """What is stored to the text."""
        if value is None or _ESCAPE not in value:
            return value
        return value.replace(_ESCAPE + "0", "\0").replace(_ESCAPE + "1", _ESCAPE)


class Money(TypeDecorator[Decimal]):
    """An exact number with its scale: 1.10 stays 1.10. Zero has no sign, and there are no exponents."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Decimal] | TypeEngine[str]:
        """A number in PostgreSQL, which keeps the scale if none is declared; text in SQLite, which would round it."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Numeric())
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | str | None:
        """A number to what is stored.

        Raises:
            ValueError: the number is infinite or none.
        """
        if value is None:
            return None
        if not value.is_finite():
            raise ValueError(f"{value} is no amount")
        return as_stored(value) if dialect.name == "postgresql" else _plain(value)

    def process_result_value(self, value: Decimal | str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002 - as inherited
        """What is stored to the number."""
        return Decimal(value) if isinstance(value, str) else value


def as_stored(number: Decimal | int) -> Decimal:
    """A finite number as it is when it has been stored."""
    return Decimal(_plain(Decimal(number)))


def _plain(number: Decimal) -> str:
    return f"{number or number.copy_abs():f}"


class Moment(TypeDecorator[datetime]):
    """A moment, in whole microseconds since 1970; it comes back in UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - as inherited
        """A moment with its zone to a number.

        Raises:
            TypeError: the moment has no zone.
        """
        return None if value is None else (value - _EPOCH) // _TICK

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as inherited
        """A number to the moment."""
        return None if value is None else _EPOCH + value * _TICK


class Document(TypeDecorator[Json]):
    """JSON as the client's codec writes it: numbers exact, dates as strings. What is read back encodes to the same."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Json | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - as inherited
        """A value to its text."""
        text = encode_checked(value)
        if b"NaN" in text or b"Infinity" in text:  # all that there can be wrong, without `float`
            text = encode(value)
        return text.decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Json:  # noqa: ARG002 - as inherited
        """The text to a value."""
        return None if value is None else cast("Json", decode(value))
