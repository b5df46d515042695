"""Strings of digits, which callers may give for numbers: in a choice they stay strings wherever one fits."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")

_REFUSED: Final[ContextVar[list[str] | None]] = ContextVar("refused", default=None)
"""The strings that were not taken for numbers; none where they may be."""


def may_be_number(text: str) -> bool:
    """Whether a string may be taken for the number that it shows."""
    if (refused := _REFUSED.get()) is None:
        return True
    refused.append(text)
    return False


def as_strings_first(value: object, read: Callable[[object], Value]) -> Value:
    """What a value is with strings as strings; if it is nothing then, with strings of digits as numbers.

    Of choices within each other the outermost decides.

    Raises:
        ValidationError: the value is nothing either way.
    """
    if _REFUSED.get() is not None:
        return read(value)
    refused: list[str] = []
    mark = _REFUSED.set(refused)
    try:
        return read(value)
    except ValidationError:
        if not refused:
            raise
    finally:
        _REFUSED.reset(mark)
    return read(value)
