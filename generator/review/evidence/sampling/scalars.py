"""Strings and numbers worth trying: at, just inside and just outside of whatever schemas say of them.

Nothing here decides which of them are allowed. The order is simplest first, and always the same.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from itertools import combinations
from typing import TYPE_CHECKING, Final

import msgspec

from generator.document.tree import Array
from generator.document.values import is_number
from generator.review.evidence.sampling.place import in_turn
from generator.review.evidence.sampling.regex import LONGEST, examples, matches, variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.document.tree import Node

_MOST_MARKS: Final = 24
_LONGEST_MUTATED: Final = 40
_LONGEST_STRETCHED: Final = 100_000
_LARGEST_EXPONENT: Final = 40

_FORMATS: Final = {
    "date": ("2024-02-29", "2023-02-29", "2024-2-9", "20240229"),
    "date-time": ("2024-02-29T12:00:00Z", "2024-02-29T12:00:00.5+01:00", "2024-02-29T12:00:00", "2024-02-29 12:00:00"),
    "time": ("12:00:00Z", "12:00:00", "25:00:00Z"),
    "duration": ("P1D", "PT1H", "1 day"),
    "email": ("a@example.org", "a@", "@example.org"),
    "idn-email": ("ä@example.org", "a@"),
    "hostname": ("example.org", "-example.org", "ex_ample"),
    "idn-hostname": ("bücher.example", "-a"),
    "ipv4": ("192.0.2.1", "192.0.2.256", "192.0.2"),
    "ipv6": ("2001:db8::1", "2001:db8:::1"),
    "uri": ("https://example.org/a?b=c", "/a", "https://example.org/a b"),
    "uri-reference": ("/a", "a b\\c"),
    "iri": ("https://example.org/ä", "/ä"),
    "iri-reference": ("/ä", "a b\\c"),
    "uri-template": ("https://example.org/{id}", "{id"),
    "uuid": ("123e4567-e89b-42d3-a456-426614174000", "123e4567e89b42d3a456426614174000"),
    "json-pointer": ("/a/0", "a"),
    "relative-json-pointer": ("1/a", "/a"),
    "regex": ("^a+$", "("),
}
_ELASTIC: Final = {
    "date-time": ("2024-02-29T12:00:00.", "0", "Z"),
    "email": ("", "a", "@example.org"),
    "uri": ("https://example.org/", "a", ""),
}
"""Of some formats what stands before and behind a character that may stand there as often as a length wants it."""
_GUESSES: Final = (
    *("a", "A", "0", "1", "ab", "AB", "aB", "00", "12", "a1", "abc", "ABC", "123", "a-b", "a_b", "a.b", "x", "/", " "),
    *("1.5", "abcd", "1234", "12345", "abc123", "00000000", "v1", "a b", "-1", "+1", "#ffffff", "http://a", "en-US"),
)
_CLASSES: Final = {r"\d": "09", r"\w": "azAZ09_", r"\s": " \t", r"\D": "a", r"\W": "-", r"\S": "a", ".": "a"}


class Hints(msgspec.Struct, frozen=True):
    """What schemas say of scalars and of sizes, each said by some of them."""

    kinds: frozenset[str]
    lengths: tuple[int, ...]
    patterns: tuple[str, ...]
    formats: tuple[str, ...]
    bounds: tuple[int | Decimal, ...]
    steps: tuple[int | Decimal, ...]
    counts: tuple[int, ...]
    """Of the elements of an array."""
    sizes: tuple[int, ...]
    """Of the members of an object."""


def hints(schemas: Sequence[Node]) -> Hints:
    """What is said by the keywords of these schemas themselves."""
    said = [one.object for one in schemas]

    def values(*keys: str) -> list[object]:
        return list(dict.fromkeys(_scalar(one[key]) for one in said for key in keys if key in one))

    kinds = [kind for one in said for kind in _listed(one.get("type"))]
    return Hints(
        frozenset(kind for kind in kinds if isinstance(kind, str)),
        _whole(values("minLength", "maxLength")),
        tuple(one for one in values("pattern") if isinstance(one, str)),
        tuple(one for one in values("format") if isinstance(one, str)),
        _exact(values("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")),
        tuple(one for one in _exact(values("multipleOf")) if one > 0),
        _whole(values("minItems", "maxItems", "minContains", "maxContains")),
        _whole(values("minProperties", "maxProperties")),
    )


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, Array) else (value,)


def _scalar(value: object) -> object:
    return value if isinstance(value, (str, int, Decimal)) else None


def _exact(values: Iterable[object]) -> tuple[int | Decimal, ...]:
    numbers = [one for one in values if isinstance(one, (int, Decimal)) and is_number(one)]
    return tuple(one for one in numbers if _is_handy(one))


def _is_handy(value: int | Decimal) -> bool:
    """Whether arithmetic on a number costs nothing: some have millions of digits, written in six."""
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and abs(exponent) <= _LARGEST_EXPONENT and abs(number.adjusted()) <= 2 * LONGEST


def _whole(values: Iterable[object]) -> tuple[int, ...]:
    return tuple(sorted({int(one) for one in _exact(values) if one == int(one)}))


def near(counts: Iterable[int]) -> list[int]:
    """Sizes at some bounds and one off, as far as they can be tried; the small ones first."""
    around = {one + off for one in counts for off in (-1, 0, 1)}
    return sorted(one for one in around if 0 <= one <= LONGEST)


# -- numbers ---------------------------------------------------------------------------------------------------------


def numbers(given: Hints) -> Iterator[int | Decimal]:
    """Bounds and multiples and what is next to them; whole numbers, and a fraction."""
    with localcontext() as context:
        context.prec = 4 * LONGEST  # before any digit is lost
        found = [_simple(one) for one in _numbers(given)]
    yield from found


def _numbers(given: Hints) -> Iterator[Decimal]:
    bounds = [Decimal(one) for one in given.bounds]
    steps = [Decimal(one) for one in given.steps]
    yield from (Decimal(0), Decimal(1), *bounds)
    for step in steps:
        for bound in (Decimal(0), *bounds):
            below = bound // step * step
            yield from (below, below + step, below - step)
    for bound in bounds:
        grain = Decimal(1).scaleb(min(int(bound.as_tuple().exponent), 0))
        for off in dict.fromkeys((Decimal(1), grain, grain / 10, *steps)):
            yield from (bound - off, bound + off)
    for step in steps:
        yield from (2 * step, 3 * step, step / 2, step / 10, step * 10, step + 1)
    yield from (one * other for one, other in combinations(steps, 2))
    yield from map(Decimal, ("-1", "0.5", "2", "10", "-0.5", "2147483648", "1E+20"))


def _simple(value: Decimal) -> int | Decimal:
    """As people write it: whole numbers without a point, others without zeros at the end."""
    return int(value) if value == value.to_integral_value() else value.normalize()


# -- strings ---------------------------------------------------------------------------------------------------------


def strings(given: Hints) -> Iterator[str]:
    """Of lengths around the bounds, of the formats and next to them, matching the patterns and just not."""
    lengths = near(given.lengths)
    plain = ("", "a", *("a" * length for length in lengths))
    yield from plain if not given.patterns else ()
    for form in given.formats:
        yield from _FORMATS.get(form, ())
        if form in _ELASTIC:
            before, filling, after = _ELASTIC[form]
            spare = [length - len(before + after) for length in lengths]
            yield from (before + filling * count + after for count in spare if count > 0)
    if not given.patterns:
        return
    yield from in_turn(examples(pattern) for pattern in given.patterns)
    for pattern in given.patterns:
        for start in examples(pattern)[:4]:
            yield from _resized(start, lengths, pattern)
    marks = list(dict.fromkeys(mark for pattern in given.patterns for mark in _marks(pattern)))[:_MOST_MARKS]
    near_misses = [
        _mutations(start[:_LONGEST_MUTATED], marks) for one in given.patterns for start in _ends(examples(one))
    ]
    yield from in_turn([(*plain, *_GUESSES), *map(variants, given.patterns), *near_misses])


def _ends(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*values[:1], *values[-1:])))


def stretched(text: str, lengths: Iterable[int]) -> Iterator[str]:
    """A text that is not empty, repeated or cut, of one character more or less than each length."""
    for length in lengths:
        if length <= _LONGEST_STRETCHED and text:
            yield from ((text * (size // len(text) + 1))[:size] for size in (length + 1, length - 1) if size > 0)


def _resized(start: str, lengths: Iterable[int], pattern: str) -> Iterator[str]:
    """Strings of given lengths that still match, by repeating or leaving out one character of a string."""
    for length in lengths:
        more = length - len(start)
        for at in range(min(len(start), 20)):
            made = start[:at] + start[at] * more + start[at + max(-more, 0) :]
            if len(made) == length and matches(pattern, made):
                yield made
                break


def _marks(pattern: str) -> Iterator[str]:
    """The characters that a pattern speaks of, their neighbours, and samples of the classes that it names."""
    for found in re.finditer(r"\\[dDwWsSbB]|\\.|\.|[^\\]", pattern, re.DOTALL):
        mark = found.group()
        if mark in _CLASSES:
            yield from _CLASSES[mark]
        elif len(mark) == 1 and mark not in "^$()[]{}|*+?,":
            yield mark
            if mark.isalnum() and ord(mark) < 127:
                yield chr(ord(mark) + 1)
                yield chr(ord(mark) - 1)
        elif len(mark) == 2 and not mark[1].isalnum():
            yield mark[1]


def _mutations(start: str, marks: Iterable[str]) -> Iterator[str]:
    yield from (start[1:], start[:-1], start.swapcase(), f"{start}\n")
    yield from (f" {start}", f"{start} ", f"x{start}", f"{start}x")
    for mark in (*marks, "é", "-", "0", "A"):
        yield from (start[:-1] + mark, mark + start[1:], start + mark, mark)
        middle = len(start) // 2
        yield start[:middle] + mark + start[middle + 1 :]
