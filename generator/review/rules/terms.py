"""Names, values and counts in words: what phrases are made of. A leaf of this package."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from generator.review.rules import fragments
from generator.wording import listed, plural, shortened, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.review.rules.fragments import Plain

MAX_LENGTH: Final = 200
MAX_CODE: Final = 60
"""The longest single name, value or pattern, in characters."""


def code(text: str, most: int = MAX_CODE) -> str:
    """A name, value or pattern as it stands in the description, between backticks."""
    plain = shortened(visible(text).replace("`", "'"), most)
    return f"`{plain}`" if plain.strip() else f'`"{plain}"`'


def shown(value: Plain) -> str:
    """A JSON value between backticks; text without quotes, where it cannot be taken for anything else."""
    return code(bare(value))


def bare(value: Plain) -> str:
    """A JSON value; text without quotes, where it cannot be taken for anything else."""
    if not isinstance(value, str):
        return fragments.text(value)
    try:
        fragments.read(value)
    except (ValueError, RecursionError):
        return value or '""'
    return f'"{value}"'


def all_names(names: Iterable[str]) -> str:
    """Names of members, sorted: "`a`, `b` and `c`"."""
    return listed([code(name) for name in sorted(names)])


def any_name(names: Iterable[str]) -> str:
    """Names of members, sorted: "`a`, `b` or `c`"."""
    return listed([code(name) for name in sorted(names)], "or")


def bounded(text: str) -> str:
    """A text of at most 200 characters; what is cut off is never half a name."""
    if len(text) <= MAX_LENGTH:
        return text
    kept = text[: MAX_LENGTH - 2]
    if kept.count("`") % 2:
        kept = kept[: kept.rindex("`")]
    return kept[: kept.rfind(" ")].rstrip(" ,;(") + " …" if " " in kept else "…"


def amount(value: Plain) -> str:
    """A number as it is; any other value between backticks."""
    return fragments.text(value) if isinstance(value, int | Decimal) else shown(value)


def span(low: Plain, high: Plain, thing: str) -> str:
    """How many things there may be, to stand after a noun: ` of at most 5 elements`; empty without limits."""
    if low is not None and low == high:
        return f" of exactly {_counted(low, thing)}"
    if low is not None and high is not None:
        return f" of {amount(low)} to {_counted(high, thing)}"
    if low is not None:
        return f" of at least {_counted(low, thing)}"
    return f" of at most {_counted(high, thing)}" if high is not None else ""


def _counted(number: Plain, thing: str) -> str:
    return f"{amount(number)} {plural(thing, is_one=number == 1)}"
