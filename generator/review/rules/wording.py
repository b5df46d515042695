"""Names, values, counts and lists in words: what phrases are made of. A leaf of this package."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from generator.review.rules import fragments

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.review.rules.fragments import Plain

MAX_LENGTH: Final = 200
MAX_CODE: Final = 60
"""The longest single name, value or pattern, in characters."""


def code(text: str) -> str:
    """A name, value or pattern as it stands in the description, between backticks."""
    plain = "".join(mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in text).replace("`", "'")
    if len(plain) > MAX_CODE:
        plain = plain[: MAX_CODE - 1] + "…"
    return f"`{plain}`" if plain.strip() else f'`"{plain}"`'


def shown(value: Plain) -> str:
    """A JSON value between backticks; text without quotes, where it cannot be taken for anything else."""
    if isinstance(value, str) and value:
        try:
            fragments.read(value)
        except (ValueError, RecursionError):
            return code(value)
    return code(fragments.text(value) if not isinstance(value, str) else f'"{value}"')


def listed(words: Sequence[str], last: str = "and", limit: int = 12) -> str:
    """`a`, `b` and `c`; of more than `limit` words only the first, and how many more there are."""
    if len(words) > limit:
        words = [*words[: limit - 1], f"{len(words) - limit + 1} more"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def all_names(names: Iterable[str]) -> str:
    """Names of members, sorted: "`a`, `b` and `c`"."""
    return listed([code(name) for name in sorted(names)])


def any_name(names: Iterable[str]) -> str:
    """Names of members, sorted: "`a`, `b` or `c`"."""
    return listed([code(name) for name in sorted(names)], "or")


def shortened(text: str) -> str:
    """A text of at most 200 characters; what is cut off is never half a name."""
    if len(text) <= MAX_LENGTH:
        return text
    kept = text[: MAX_LENGTH - 2]
    if kept.count("`") % 2:
        kept = kept[: kept.rindex("`")]
    return kept[: kept.rfind(" ")].rstrip(" ,;(") + " …" if " " in kept else "…"


def counted(number: Plain, thing: str) -> str:
    """`1 element`, `2 elements`."""
    return f"{amount(number)} {thing}" + ("" if number == 1 else "s")


def amount(value: Plain) -> str:
    """A number as it is; any other value between backticks."""
    return fragments.text(value) if isinstance(value, int | Decimal) else shown(value)


def span(low: Plain, high: Plain, thing: str) -> str:
    """How many things there may be, to stand after a noun: ` of at most 5 elements`; empty without limits."""
    if low is not None and low == high:
        return f" of exactly {counted(low, thing)}"
    if low is not None and high is not None:
        return f" of {amount(low)} to {counted(high, thing)}"
    if low is not None:
        return f" of at least {counted(low, thing)}"
    return f" of at most {counted(high, thing)}" if high is not None else ""
