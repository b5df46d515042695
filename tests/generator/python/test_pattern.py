r"""Patterns mean in pydantic's engine, and in Python's, what ECMA-262 says: classes are of ASCII, `$` is the end."""

from __future__ import annotations

import re
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import Field

from generator.python import pattern as patterns

TABLE = [
    # pattern, texts that match, texts that do not
    (r"^\d+$", ["1", "0123"], ["", "a", "٣", "1\n", "1٣"]),
    (r"^\D$", ["a", "٣", "é"], ["1", ""]),
    (r"^\w+$", ["aZ_9"], ["é", "名", "-", ""]),
    (r"^\W$", ["é", "-", "名"], ["a", "_", "9"]),
    (r"^[\d.]+$", ["1.2"], ["٣", "a"]),
    (r"^[\w-]+$", ["a-b_1"], ["é", "+"]),
    (r"^[^\d]+$", ["ab", "٣"], ["1"]),
    (r"^[\D]$", ["a", "٣"], ["1"]),
    (r"^[\W_]$", ["é", "_", "-"], ["a", "9"]),
    (r"^a\/b$", ["a/b"], ["ab", "a\\/b"]),
    (r"^[a[]$", ["a", "["], ["b", "]"]),
    (r"^[&&a]$", ["&", "a"], ["b"]),
    (r"^[a~~b]$", ["~", "a", "b"], ["c"]),
    (r"^[a\]]$", ["]", "a"], ["\\"]),
    (r"^[\\]$", ["\\"], ["/"]),
    (r"\d\\d", ["1\\d"], ["1d", "11"]),
    (r"^x{2,3}$", ["xx", "xxx"], ["x", "xxxx"]),
    (r"b", ["abc", "b"], ["a", ""]),
    (r"^a|b$", ["axx", "xxb"], ["xax", "b\n"]),
    (r"^(?:ab)+$", ["abab"], ["aba"]),
    (r"^\u0041$", ["A"], ["B"]),
    (r"^[$]$", ["$"], [""]),
    (r"", ["", "x"], []),
]


def matches(pattern: str, text: str) -> bool:
    try:
        TypeAdapter(Annotated[str, Field(pattern=pattern)]).validate_python(text)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(("pattern", "good", "bad"), TABLE, ids=[row[0] for row in TABLE])
def test_pydantic_reads_it_as_ecma_262(pattern: str, good: list[str], bad: list[str]) -> None:
    made = patterns.portable(pattern)
    assert made is not None
    assert [text for text in good if not matches(made, text)] == []
    assert [text for text in bad if matches(made, text)] == []


@pytest.mark.parametrize(("pattern", "good", "bad"), TABLE, ids=[row[0] for row in TABLE])
def test_python_reads_it_as_ecma_262(pattern: str, good: list[str], bad: list[str]) -> None:
    made = patterns.pythonic(pattern)
    assert made is not None
    assert [text for text in good if not re.search(made, text)] == []
    assert [text for text in bad if re.search(made, text)] == []


@pytest.mark.parametrize("pattern", [r"^(?=a)", r"(?!b)", r"(a)\1", r"(?<=a)b"])
def test_what_pydantic_lacks_python_has(pattern: str) -> None:
    assert patterns.portable(pattern) is None
    assert patterns.pythonic(pattern) is not None


@pytest.mark.parametrize("pattern", ["(", "[", "*", "a{3,1}", "(?<a>x)(?<a>y)"])
def test_what_is_no_pattern(pattern: str) -> None:
    assert patterns.portable(pattern) is None
    assert patterns.pythonic(pattern) is None


def test_named_groups_are_spelled_as_each_engine_does() -> None:
    for made in (patterns.portable(r"^(?<year>\d{4})$"), patterns.pythonic(r"^(?<year>\d{4})$")):
        assert made is not None
    assert re.search(patterns.pythonic(r"^(?<year>\d{4})$") or "", "2026")


ATOMS = st.sampled_from([r"\d", r"\w", r"\D", r"\W", "[a-c]", r"[\d_]", r"[^\w]", "a", "_", r"\.", r"(?:a|\d)"])
SHAPES = st.lists(st.tuples(ATOMS, st.sampled_from(["", "+", "*", "?", "{2}"])), min_size=1, max_size=4)
TEXTS = st.text(alphabet="ab_1.é٣名\n ", max_size=5)


@given(shape=SHAPES, text=TEXTS)
def test_both_engines_agree_with_python_in_ascii(shape: list[tuple[str, str]], text: str) -> None:
    r"""Python's `re.ASCII` has the classes of ECMA-262, and `\Z` its end."""
    pattern = "".join(atom + count for atom, count in shape)
    expected = re.search(rf"\A(?:{pattern})\Z", text, re.ASCII) is not None
    for made in (patterns.portable(f"^{pattern}$"), patterns.pythonic(f"^{pattern}$")):
        assert made is not None
    assert matches(patterns.portable(f"^{pattern}$") or "", text) is expected
    assert (re.search(patterns.pythonic(f"^{pattern}$") or "", text) is not None) is expected
