"""Limits that a text gives in prose: `up to 1,000 items`, `at least two`, `32 characters`. Knows nothing of reviews."""

from __future__ import annotations

import functools
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

Direction: TypeAlias = Literal["upper", "lower", "either", "none"]
"""Which kind of bound the words around a number speak of; `none`: of no bound at all."""

_SENTENCES: Final = re.compile(r"(?<=[.;!?])\s+|\n\s*\n")
_ONES: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TENS: Final = ("ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred")
_NUMERALS: Final = {
    **{word: number for number, word in enumerate(_ONES, 1)},
    **{word: 10 * number for number, word in enumerate(_TENS, 1)},
    "thousand": 1000,
    "million": 1_000_000,
}
_BLANKS: Final = re.compile(r"[ \t\r\n]+")  # others may stand in a number
_NUMBER: Final = re.compile(
    r"(?<![\w.,/:#-])(?:-(?=\d))?"
    rf"(?:\d{{1,3}}(?:[,_\u00a0\u202f]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|(?:(?:a|one) )?(?:{'|'.join(_NUMERALS)})\b)"
    r"(?!\w|[.,]\d|[/:]\w|-\d)",
    re.IGNORECASE,
)
_UPPER: Final = re.compile(
    r"""(?: up\ to | at\ (?:the\ )?most | (?:no|not|never)(?:\ be)?\ (?:\w+er|more)\ than
      | max(?:imum|imal|\.)?(?:\ \w+){0,2}:?
      | (?:limit|limited|capped|restricted)(?:\ \w+){0,2} | (?:not|never|cannot)\ exceed | (?:fewer|less)\ than
      | (?<!not\ )below | not\ above | under | within | ≤ | <=?
    )\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_LOWER: Final = re.compile(
    r"""(?: at\ (?:the\ very\ )?least | no\ (?:fewer|less)\ than | min(?:imum|imal|\.)?(?:\ \w+){0,2}:?
      | from | between | not\ below | (?<!not\ )above | ≥ | >=?
    )\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_EITHER: Final = re.compile(r"(?:exactly|precisely|exceed\w*|(?:\w+er|more) than|beyond|over)\s*$", re.IGNORECASE)
_JOINED: Final = re.compile(r"(?:\s+\w+){0,3}\s*(?:,|\band\b|\bor\b)\s*$", re.IGNORECASE)
_RANGED: Final = re.compile(r"\s*(?:to|through|\u2013|-|\band\b)\s*$", re.IGNORECASE)
_LESS: Final = re.compile(r"(?: [\w-]+){0,2} or (?:fewer|less|below)\b", re.IGNORECASE)
_MORE: Final = re.compile(r"(?: [\w-]+){0,2} or (?:more|above|later)\b", re.IGNORECASE)
_TOTAL: Final = re.compile(r"\b(?:together|in all|in total|altogether|total|combined|over all)\b", re.IGNORECASE)
_RATE: Final = re.compile(r"\b(?:per|an?|each|every) (?:second|minute|hour|day|week|month|year)\b", re.IGNORECASE)
_SMALL: Final = frozenset(
    ["a", "an", "and", "at", "by", "for", "from", "in", "is", "of", "on", "or", "per", "the", "to"]
)
_PAUSE: Final = re.compile(r"[,;:()]")
_NEAR: Final = 60
"""So many characters before a number are looked at for the words that make it a limit."""
_AFTER: Final = 3
"""So many words after a number say what it counts."""


class Limit(msgspec.Struct, frozen=True):
    """A number in a text, and what is said around it."""

    value: Decimal
    text: str
    """The words as they stand, such as `up to 1,000 items`."""
    direction: Direction
    counted: tuple[str, ...]
    """The first words after it, in lower case and as if of one: what it counts."""
    sentence: str
    is_total: bool
    """Whether it speaks of several together."""
    is_rate: bool
    """Whether it is so many in a time."""


@functools.lru_cache(maxsize=1_000)
def limits(text: str) -> tuple[Limit, ...]:
    """Every number of a text, in digits or in words, with what is said around it."""
    return tuple(_limits(text))


def _limits(text: str) -> Iterator[Limit]:
    for sentence in filter(None, map(str.strip, _SENTENCES.split(text))):
        plain = _BLANKS.sub(" ", sentence.replace("`", "").replace("*", ""))
        found = [*_NUMBER.finditer(plain)]
        known: list[Direction] = []
        for place, match in enumerate(found):
            start = found[place - 1].end() if place else 0
            end = found[place + 1].start() if place + 1 < len(found) else len(plain)
            before, after = plain[start : match.start()], plain[match.end() : end]
            close = before[-_NEAR:]
            known.append(_direction(close, after, plain[match.end() :], known[-1] if known else "none"))
            words = [one.strip("-") for one in re.findall(r"[\w%-]+", _PAUSE.split(after)[0])[:_AFTER]]
            lead = next((one[0] for pattern in (_LOWER, _UPPER, _EITHER) if (one := pattern.search(close))), "")
            yield Limit(
                _value(match[0]),
                f"{lead}{match[0]} {' '.join(_noun(words))}".strip(),
                known[-1],
                tuple(singular(word.lower()) for word in words),
                plain,
                bool(_TOTAL.search(before + " " + after)),
                bool(_RATE.search(after)),
            )


def singular(word: str) -> str:
    """A noun for one thing: `entries` is `entry`, `items` is `item`."""
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _noun(words: list[str]) -> list[str]:
    """The words after a number that name what it counts, as far as one can see: to the first small word."""
    end = next((place for place, word in enumerate(words) if word.lower() in _SMALL), len(words))
    return words[: min(end, 2)]


def _direction(before: str, after: str, rest: str, previous: Direction) -> Direction:
    if _LESS.match(after):
        return "upper"
    if _MORE.match(after):
        return "lower"
    if _LOWER.search(before):
        return "lower"
    if _UPPER.search(before):
        return "upper"
    if _EITHER.search(before):
        return "either"
    if _RANGED.fullmatch(before) and previous in ("lower", "none"):
        return "upper"
    if _JOINED.fullmatch(before) and previous != "none":
        return previous
    following = _NUMBER.search(rest)
    if following and _RANGED.fullmatch(rest[: following.start()]):
        return "lower"
    return "none"


def _value(text: str) -> Decimal:
    word = text.lower().removeprefix("a ").removeprefix("one ") if " " in text else text.lower()
    return Decimal(_NUMERALS[word]) if word in _NUMERALS else Decimal(re.sub(r"[,_\u00a0\u202f]", "", text))
