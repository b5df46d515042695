r"""Strings for patterns: they match as jsonschema-rs has it, reach every branch, and are the same in each run."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.review.evidence.sampling.regex import LONGEST, examples, matches, variants


@pytest.mark.parametrize(
    ("pattern", "matching", "others"),
    [
        ("^[a-y]+$", {"a", "y", "aa"}, {""}),
        (r"^\d{3}$", {"000", "999"}, {"00", "0000"}),
        ("^(cat|dog|owl)$", {"cat", "dog", "owl"}, set()),
        ("^(?:ab)?c{2,3}$", {"cc", "ccc", "abcc"}, {"c", "cccc"}),
        (r"(a|b)\1", {"aa", "bb"}, set()),
        (r"^(?!b)[ab]$", {"a"}, {"b"}),
        (r"^(?<year>\d{4})$", {"0000"}, {"000"}),
        (r"^\u00e9\x41\u{42}\t\/\.$", {"éAB\t/."}, set()),
        (r"^[^a-z\d]$", {"A", "_", "{", "`"}, set()),
        (r"^[^\w]{2}$", {"--"}, set()),
        (r"^[\w.-]$", {"_", ".", "-", "a"}, set()),
        ("^a{1,40}$", {"a", "a" * 39, "a" * 40}, {"", "a" * 41}),
        ("^((a|b)x)*$", {"", "ax", "bx", "axax"}, set()),
        ("a+?b*?", {"a", "ab"}, {""}),
        ("^x$|y", {"x", "y"}, set()),
        (r"\bword\b", {"word"}, set()),
        ("", {""}, set()),
    ],
)
def test_strings_of_patterns(pattern: str, matching: set[str], others: set[str]) -> None:
    assert matching <= set(examples(pattern))
    assert others <= set(variants(pattern)) - set(examples(pattern))


@pytest.mark.parametrize(
    "pattern", ["(", "[", "*", "a)", "a**", "(?!)", r"[^\s\S]", "[]", "a{1002}", "[z-a]", "(" * 99]
)
def test_what_gives_no_examples(pattern: str) -> None:
    assert examples(pattern) == ()


def test_half_a_pair_is_no_text() -> None:
    assert set(examples(r"^[a\uD800\uDBFF-\uDC00\t]$")) == {"a", "\t"}
    assert examples(r"\ud83d") == ()


@pytest.mark.slow
def test_what_explodes_is_cut_off() -> None:
    assert examples("^((a{900}){900}){900}$") == ()
    assert len(variants("|".join(f"x{at}" for at in range(5000)))) <= 150
    assert max(map(len, variants("^a{0,1000}$"))) == LONGEST + 1
    assert not matches("^(a+)+$", "a" * 60 + "b")


def test_another_run_gives_the_same_strings() -> None:
    patterns = ["^[a-z]+$", r"^[^\d]{2}(x|y)?", r"\w+@\w+", "^[^a]$"]
    code = "from generator.review.evidence.sampling.regex import variants\n"
    code += f"assert {{p: variants(p) for p in {patterns!a}}} == "
    expected = {pattern: variants(pattern) for pattern in patterns}
    subprocess.run([sys.executable, "-c", f"{code}{expected!a}"], check=True)


ATOMS = st.sampled_from(
    [r"\d", r"\w", r"\D", r"\W", "[a-c]", r"[\d_]", r"[^\w]", "a", "_", r"\.", "(a|bc)", "(?:x|y)", "."]
)
COUNTS = st.sampled_from(["", "+", "*", "?", "{2}", "{0,3}", "{2,}", "+?"])
SHAPES = st.lists(st.tuples(ATOMS, COUNTS), min_size=1, max_size=5)


@given(shape=SHAPES, ends=st.tuples(st.sampled_from(["", "^"]), st.sampled_from(["", "$"])))
def test_what_can_match_has_examples(shape: list[tuple[str, str]], ends: tuple[str, str]) -> None:
    pattern = ends[0] + "".join(atom + count for atom, count in shape) + ends[1]
    found = examples(pattern)
    assert found
    assert all(matches(pattern, one) for one in found)


@given(pattern=st.text(alphabet=r"ab01\\()[]{}|*+?^$.,-=!<>:dwsxu", max_size=12))
def test_any_text_is_taken_for_a_pattern_without_harm(pattern: str) -> None:
    assert all(matches(pattern, one) for one in examples(pattern))
