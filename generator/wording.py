"""What messages are made of: counts, lists, texts cut short, texts without hidden characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLANKS: Final = re.compile(r"\s+")
_BEYOND_ASCII: Final = re.compile(r"[^ -~]")


def counted(number: int, noun: str) -> str:
    """`1 change`, `2,000 changes`."""
    return f"{number:,} {plural(noun, is_one=number == 1)}"


def plural(noun: str, *, is_one: bool = False) -> str:
    """A noun for many things, or for one."""
    return noun if is_one else f"{noun}s"


def listed(items: Sequence[str], last: str = "and", limit: int = 12) -> str:
    """`a`, `b` and `c`; of more than `limit` items only the first, and how many more there are. Empty for none."""
    if len(items) > limit:
        items = [*items[: limit - 1], f"{len(items) - limit + 1} more"]
    return f" {last} ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def shortened(text: str, most: int) -> str:
    """At most so many characters; an ellipsis for what is left out."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def printable(text: str) -> str:
    r"""A text on one line, every character of it visible: others are written as `\u202e`, as JSON does.

    What turns the reading direction, moves the cursor or takes no room could make a report say what it does not.
    """
    return visible(_BLANKS.sub(" ", text))


def visible(text: str, kept: str = "") -> str:
    r"""A text in which all that cannot be seen is written as `\u202e`, but for blanks that are `kept`."""

    def spelled(match: re.Match[str]) -> str:
        mark = match[0]
        if mark.isprintable() or mark in kept:
            return mark
        units = mark.encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))

    return text if text.isprintable() else _BEYOND_ASCII.sub(spelled, text)
