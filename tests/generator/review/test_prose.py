"""Numbers in prose, and whether the words around them make them a limit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.review.prose import limits

CASES = [
    ("up to 1,000 items", 1000, "upper", "up to 1,000 items"),
    ("at most two custom rates", 2, "upper", "at most two custom rates"),
    ("No more than 50 of them", 50, "upper", "No more than 50"),
    ("must not be longer than 20 characters", 20, "upper", "not be longer than 20 characters"),
    ("Maximum length: 255", 255, "upper", "Maximum length: 255"),
    ("a maximum of 3 tries", 3, "upper", "maximum of 3 tries"),
    ("limited to 12 letters", 12, "upper", "limited to 12 letters"),
    ("It cannot exceed 99.5.", Decimal("99.5"), "upper", "cannot exceed 99.5"),
    ("less than 10", 10, "upper", "less than 10"),
    ("≤ 7", 7, "upper", "≤ 7"),
    ("5 characters or fewer", 5, "upper", "5 characters"),
    ("at least one letter", 1, "lower", "at least one letter"),
    ("minimum 6 digits", 6, "lower", "minimum 6 digits"),
    ("3 or more of them", 3, "lower", "3"),
    ("no fewer than 4", 4, "lower", "no fewer than 4"),
    ("exactly 36 characters", 36, "either", "exactly 36 characters"),
    ("more than 30 days", 30, "either", "more than 30 days"),
    ("a 32-character id", 32, "none", "32 character id"),
    ("one of a hundred", 1, "none", "one"),
    ("`at most` **8** entries", 8, "upper", "at most 8 entries"),
    ("at most a thousand lines", 1000, "upper", "at most a thousand lines"),
    ("up to 2\u00a0000 rows", 2000, "upper", "up to 2\u00a0000 rows"),
    ("not below -5", -5, "lower", "not below -5"),
    ("not above 5", 5, "upper", "not above 5"),
]


@pytest.mark.parametrize(("text", "value", "direction", "phrase"), CASES, ids=[case[0] for case in CASES])
def test_a_number_and_the_words_around_it(text: str, value: object, direction: str, phrase: str) -> None:
    first = next(iter(limits(text)))
    assert (first.value, first.direction, first.text) == (value, direction, phrase)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1 to 50 characters", [(1, "lower"), (50, "upper")]),
        ("between 8 and 64", [(8, "lower"), (64, "upper")]),
        ("at most 50 orders and 1,000 lines", [(50, "upper"), (1000, "upper")]),
        ("Up to 3. Then 4 follow.", [(3, "upper"), (4, "none")]),
        ("since 224.0, v2, 2024-01-31, 10:30, 1/2, #12, ISO-8601, 8080/tcp", [(224, "none")]),
        ("", []),
    ],
)
def test_several_numbers(text: str, found: list[tuple[int, str]]) -> None:
    assert [(int(one.value), str(one.direction)) for one in limits(text)] == found


@pytest.mark.parametrize(
    ("text", "is_total", "is_rate"),
    [
        ("at most 50", False, False),
        ("Together they hold at most 50", True, False),
        ("at most 50 in all", True, False),
        ("at most 50 a minute", False, True),
        ("at most 50 calls per day", False, True),
    ],
)
def test_totals_and_rates(text: str, is_total: bool, is_rate: bool) -> None:
    (one,) = limits(text)
    assert (one.is_total, one.is_rate) == (is_total, is_rate)
