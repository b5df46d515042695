"""Whether a set of texts holds all of another, by what patterns, lengths and lists say of them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from generator.python.pattern import rich
from generator.review.evidence.alphabet import UndecidedError
from generator.review.evidence.languages import Long, Matching, OneOf, beyond

if TYPE_CHECKING:
    from generator.review.evidence.languages import Texts

UP_TO_FIVE = Matching(r"^[\s\S]{0,5}$")
TWO = Matching("^[a-z]{2}$")
DAY = Matching(r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")
SOME = OneOf(frozenset({"a", "bc"}))


@pytest.mark.parametrize(
    ("have", "demanded"),
    [
        ([Long(0, 5)], UP_TO_FIVE),
        ([UP_TO_FIVE], Long(0, 5)),
        ([Long(0, 20_000)], Matching(r"^[\s\S]{0,20000}$")),
        ([TWO], Long(2, 2)),
        ([Long(1, None)], Matching(r"[\s\S]")),
        ([Matching(r"^\d{2}$")], Matching("^[0-9][0-9]$")),
        ([Matching("^(a|bc)$")], SOME),
        ([SOME], Matching("^(a|bc)$")),
        ([Matching("^a"), Long(0, 1)], OneOf(frozenset({"a"}))),
        ([Matching(r"^(?=.*\d)[a-z\d]{4,}$")], Matching(r"\d")),
        ([Matching(r"^(?!ab)[a-z]{2}$")], Matching("^[b-z]|^a[^b]$")),
        ([Matching(r"^\p{L}{2,40}$")], Long(0, 40)),
        ([Matching(r"^(\p{Lu}|\P{Lu})$")], Long(1, 1)),
        ([DAY], Matching(r"^\d{4}-\d{2}-\d{2}$")),
        ([Matching("x^a")], OneOf(frozenset())),
        ([Matching("a$b")], OneOf(frozenset())),
        ([Matching("^(?:a$)?")], Matching("")),
        ([Matching(r"^[^\ud800-\udfff]$")], Long(1, 1)),
        ([], Matching(r"[\s\S]*")),
        ([], Long(0, None)),
        ([Matching(r"\bno"), TWO], Long(2, 2)),  # what cannot be read is passed over
    ],
)
def test_one_set_holds_all_of_others(have: list[Texts], demanded: Texts) -> None:
    assert beyond(frozenset(have), demanded) is None


@pytest.mark.parametrize(
    ("have", "demanded", "text"),
    [
        ([Long(0, 6)], UP_TO_FIVE, "a" * 6),
        ([UP_TO_FIVE], Long(0, 4), "a" * 5),
        ([Long(0, 1001)], Matching(r"^[\s\S]{0,1000}$"), "a" * 1001),
        ([TWO], Long(0, 1), "aa"),
        ([TWO], Long(3, None), "aa"),
        ([Long(1, None)], Matching("."), "\n"),
        ([], Matching("^.*$"), "\n"),
        ([Matching("^(a|bc|d)$")], SOME, "d"),
        ([SOME], Matching("^b"), "a"),
        ([DAY], Matching(r"^\d{4}-0\d-\d{2}$"), "0000-10-01"),
        ([Matching(r"^(?!ab)[a-z]{2}$")], Matching("^[c-z]|^a[^b]$"), "ba"),
        ([Matching("^a"), Matching("b$")], Long(3, None), "ab"),
    ],
)
def test_the_shortest_text_that_one_set_does_not_hold(have: list[Texts], demanded: Texts, text: str) -> None:
    assert beyond(frozenset(have), demanded) == text


@pytest.mark.parametrize(
    ("have", "demanded"),
    [
        ([], Matching(r"\bno")),
        ([], Matching(r"(a)\1")),
        ([], Matching("(?<=a)b")),
        ([], Matching("x?^a")),
        ([], Matching("(?:a$|b)*")),
        ([], Matching("(")),
        ([Matching("^a.{30}$")], Matching("(a|b).{29}")),
        ([Matching(r"^\p{L}{2,40}$")], Long(0, 39)),  # which letter shows it is not known
        ([Matching(r"^[\p{L}\p{N}\p{P}\p{S}]$")], Long(1, 1)),
        ([Matching("a?" * 5000)], Long(0, 3)),
    ],
)
def test_what_is_not_decided(have: list[Texts], demanded: Texts) -> None:
    with pytest.raises(UndecidedError):
        beyond(frozenset(have), demanded)


ATOMS = st.sampled_from(
    [*"ab", ".", "[ab]", "[^a]", r"\d", r"\s", r"\p{L}", "^", "$", "(?=a)", "(?!b)", "(?=a$)", "\n"]
)
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.builds("(?:{}|{})".format, inner, inner),
        st.builds("({}){}".format, inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{2,}", "{0}", "*?"])),
    ),
    max_leaves=6,
)
WORDS = ["".join(word) for length in range(5) for word in product("ab0\n", repeat=length)]


def matched(pattern: str) -> set[str]:
    known = rich(pattern)
    assert known is not None
    validator = Draft202012Validator({"pattern": known})
    return {word for word in WORDS if validator.is_valid(word)}


@settings(max_examples=150, derandomize=True, deadline=None)
@given(one=PATTERNS, other=PATTERNS)
def test_the_engine_says_the_same(one: str, other: str) -> None:
    """Of a proof there is no counterexample, and what is shown is one."""
    assume(rich(one) is not None and rich(other) is not None)
    try:
        beyond(frozenset(), Matching(one))  # can it be read?
        text = beyond(frozenset({Matching(one)}), Matching(other))
    except UndecidedError:
        assume(False)
    if text is None:
        assert matched(one) <= matched(other)
    else:
        accepts = [Draft202012Validator({"pattern": rich(pattern)}).is_valid(text) for pattern in (one, other)]
        assert accepts == [True, False]
