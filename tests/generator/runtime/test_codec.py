"""JSON both ways, digit for digit."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.runtime.codec import NotJsonError, as_text, decode, encode

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    "text", ["1234567890123456.789", "12345678901234567890.12", "0.1", "1.10", "-0.0", "1e400", "1E-400", "19.99"]
)
def test_a_number_keeps_its_digits_both_ways(text: str) -> None:
    number = decode(text)
    assert isinstance(number, Decimal)
    assert number.as_tuple() == Decimal(text).as_tuple()
    assert decode(encode(number)) == number
    assert encode({"n": Decimal("1.10")}) == b'{"n":1.10}'


@given(number=DECIMALS)
def test_any_decimal_comes_back(number: Decimal) -> None:
    text = encode([number]).decode()
    assert '"' not in text
    (back,) = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    assert back == number


@pytest.mark.parametrize("number", [0, -1, 2**53 + 1, 2**63, 10**30, -(10**30)])
def test_a_whole_number_stays_whole(number: int) -> None:
    found = decode(str(number))
    assert (found, type(found)) == (number, int)


@given(value=VALUES)
def test_any_value_comes_back(value: Any) -> None:
    assert decode(encode(value)) == value
    assert decode(encode(value, indent=2)) == value


@pytest.mark.parametrize("text", [b'\xef\xbb\xbf{"n": 1}', bytearray(b'\xef\xbb\xbf{"n": 1}'), '\ufeff{"n": 1}'])
def test_a_byte_order_mark_before_it_is_no_part_of_it(text: bytes | bytearray | str) -> None:
    assert decode(text) == {"n": 1}


@pytest.mark.parametrize(
    "text",
    [
        *(b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf1", b"1\xef\xbb\xbf"),
        *(b"", b"{", b"nul", b"[1,]", b"{'a': 1}", b"\xff", b'"\xff"', b"NaN", b"Infinity", b"1 2", b"01", b"[" * 5000),
    ],
)
def test_what_is_no_json(text: bytes) -> None:
    with pytest.raises(NotJsonError):
        decode(text)


@pytest.mark.parametrize("value", [object(), {1, 2}.__iter__(), {"a": object()}, "\ud800", lambda: 1])
def test_what_has_no_json_form(value: object) -> None:
    with pytest.raises(NotJsonError):
        encode(value)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_numbers_that_json_has_not_do_not_go_out(number: str) -> None:
    with pytest.raises(NotJsonError):
        encode(Decimal(number))


def test_a_value_that_holds_itself() -> None:
    value: list[Any] = []
    value.append(value)
    with pytest.raises(NotJsonError):
        encode(value)


def test_dates_and_indentation() -> None:
    assert encode(date(2026, 11, 21)) == b'"2026-11-21"'
    assert encode({"a": [1]}, indent=2) == b'{\n  "a": [\n    1\n  ]\n}'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (3, "3"),
        ("x", "x"),
        (Decimal("1E+2"), "100"),
        (Decimal("0.10"), "0.10"),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "2026-01-02T03:04:05+00:00"),
    ],
)
def test_scalars_as_text(value: object, text: str) -> None:
    assert as_text(value) == text
