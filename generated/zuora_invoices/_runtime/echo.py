"""What an answer says again of the request that it is for, as data, and where the two differ."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from .codec import NotJsonError, as_text, encode
from .text import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Difference"]

_WIDTH: Final = 60  # characters of a value in a message


class Sum(Struct, frozen=True):
    """A number of the answer that is the sum of numbers of the request; `a[*].b` is `b` in each element of `a`."""

    total: str
    of: tuple[str, ...]
    unless: Mapping[str, tuple[object, ...] | Literal[True]] = {}
    """Paths of the request, and the values with which nothing is said of the total; `True` is any value."""
    rounded: bool = False
    """The server may round each number to as many decimals as amounts have there, of which it does not tell."""


class Echo(Struct, frozen=True):
    """Wire names that answer and request share, and sums."""

    same: tuple[str, ...] = ()
    sums: tuple[Sum, ...] = ()


class Difference(Struct, frozen=True):
    """Where an answer says something else than the request that it should be for."""

    path: str
    """The wire path in the answer, such as `orders[1].total`."""
    sent: object
    received: object
    sum_of: tuple[str, ...] = ()
    """The wire paths in the request, or in its element, whose sum `sent` is; empty where it is the field itself."""

    def __str__(self) -> str:
        summed = f", the sum of {' and '.join(self.sum_of)}" if self.sum_of else ""
        return f"{self.path} is {_shown(self.received)}, and {_shown(self.sent)} was sent{summed}"


def _shown(value: object) -> str:
    if isinstance(value, date):
        return as_text(value)
    try:
        return shortened(encode(value).decode(), _WIDTH)
    except NotJsonError:
        return shortened(repr(value), _WIDTH)
