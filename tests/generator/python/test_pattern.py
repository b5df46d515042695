r"""Patterns mean in pydantic's engine, and in Python's, what ECMA-262 says: classes are of ASCII, `$` is the end."""

from __future__ import annotations

import re
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator
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
    (r"^.$", ["a", "\x85", "\x0b", "\U0001f600"], ["\n", "\r", "\u2028", "\u2029", ""]),
    (r"^\s$", ["\ufeff", "\xa0", "\u2028", "\x0b", "\u3000"], ["\x85", "\x1c", "\u200b", "\u180e"]),
    (r"^\S$", ["\x85", "\x1c", "a"], ["\ufeff", " "]),
    (r"^[^\s,]+$", ["a\x85"], ["\ufeff", "a b", "a,b"]),
    (r"^[\s\S]$", ["\n", "a", "\U0001f600"], [""]),
    (r"^[\S\d]$", ["1", "a"], [" "]),
    (r"^[^]$", ["\n", "a"], ["", "ab"]),
    (r"^a|[]$", ["a"], ["", "b"]),
    (r"^a{,3}$", ["a{,3}"], ["", "a", "aaa"]),
    (r"^a{$", ["a{"], ["a"]),
    (r"^]}$", ["]}"], ["]"]),
    (r"^a\-\_b$", ["a-_b"], ["ab"]),
    (r"^(?<year>\d{2})$", ["26"], ["2", "2026"]),
    (r"^\cJ\cj$", ["\n\n"], ["cJ"]),
    (r"^[\cA-\cC]$", ["\x01", "\x03"], ["A"]),
    (r"^\0$", ["\0"], ["0"]),
    (r"^\x41$", ["A"], ["x41"]),
    (r"^\u{1F600}$", ["\U0001f600"], ["u"]),
    (r"^\uD83D\uDE00$", ["\U0001f600"], ["\U0001f601"]),
    (r"^[\uD83D\uDE00-\u{1F64F}]{2}$", ["\U0001f600\U0001f601"], ["\U0001f600"]),
    (r"\bb", ["b", "éb", "a b"], ["ab", "_b"]),
    (r"^\B$", [""], ["a", "-"]),
    (r"a\Bb", ["ab"], ["a b", "a"]),
    (r"^[\b]$", ["\b"], ["b"]),
    (r"^[^^-]$", ["a"], ["^", "-"]),
    (r"^[\w-z]$", ["a", "-", "z"], ["."]),
    (r"^[--a]$", ["-", "/", "a"], ["b", ","]),
    (r"^[|||&&]$", ["|", "&"], ["a"]),
    (r"^(?:\b)?a$", ["a"], ["b"]),
]
LOOKS = [
    (r"^(?=a)*b", ["b"], ["ab"]),
    (r"^(?!-)[a-]+(?<!-)$", ["a-a"], ["-a", "a-"]),
    (r"(?<=a|bc)d", ["ad", "bcd"], ["d", "cd"]),
    (r"(?<!a|bc)d", ["d", "cd"], ["ad", "bcd"]),
    (r"^(a|b)\1$", ["aa", "bb"], ["ab"]),
    (r"^(?<q>['\"])[^'\"]*\k<q>$", ["'a'"], ["'a\""]),
    (r"^(a)?\1b$", ["aab", "b"], ["ab"]),
    (r"^\1(a)$", ["a"], ["aa"]),
    (r"^(a\1)$", ["a"], ["aa"]),
    (r"^(?:(a)|b\1)$", ["a", "b"], ["ba"]),
    (r"^(a)\1\d$", ["aa1"], ["a1"]),
]
PROPERTIES = [
    (r"^[\p{L}\p{N} ]+$", ["aé名 ٣"], ["", "-"]),
    (r"^\p{Script=Greek}$", ["\u03b1"], ["a"]),
    (r"^\P{Lu}$", ["a"], ["A"]),
    (r"^[^\p{Lu}\d]$", ["a"], ["A", "1"]),
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


@pytest.mark.parametrize(("pattern", "good", "bad"), LOOKS, ids=[row[0] for row in LOOKS])
def test_what_pydantic_lacks_python_has(pattern: str, good: list[str], bad: list[str]) -> None:
    assert patterns.portable(pattern) is None
    made = patterns.pythonic(pattern)
    assert made is not None
    assert [text for text in good if not re.search(made, text)] == []
    assert [text for text in bad if re.search(made, text)] == []
    assert patterns.fault(pattern) == ""


@pytest.mark.parametrize(("pattern", "good", "bad"), PROPERTIES, ids=[row[0] for row in PROPERTIES])
def test_what_python_lacks_pydantic_has(pattern: str, good: list[str], bad: list[str]) -> None:
    assert patterns.pythonic(pattern) is None
    made = patterns.portable(pattern)
    assert made is not None
    assert [text for text in good if not matches(made, text)] == []
    assert [text for text in bad if matches(made, text)] == []
    assert patterns.fault(pattern) == ""
    assert "Python's `re` lacks" in patterns.fault(pattern, for_names=True)


ALL = [*TABLE, *LOOKS, *PROPERTIES]


@pytest.mark.parametrize(("pattern", "good", "bad"), ALL, ids=[row[0] for row in ALL])
def test_values_are_validated_by_what_the_client_checks(pattern: str, good: list[str], bad: list[str]) -> None:
    made = patterns.rich(pattern)
    if made is None:
        # A group that may not be there that engine cannot ask for, nor does it repeat a look ahead.
        assert "(a)" in pattern or "(?=a)*" in pattern
        return
    schema = Draft202012Validator({"pattern": made})
    assert [text for text in good if not schema.is_valid(text)] == []
    assert [text for text in bad if schema.is_valid(text)] == []


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(", "a ( that nothing closes"),
        (")", "a ) that closes nothing"),
        ("[a", "a [ that nothing closes"),
        ("\\", "with nothing behind it"),
        ("*", "nothing that could be repeated"),
        ("a**", "nothing that could be repeated"),
        ("{2}", "nothing that could be repeated"),
        ("^*", "nothing that could be repeated"),
        ("(?<=a)*", "nothing that could be repeated"),
        ("a{3,1}", "ends before it begins"),
        ("[b-a]", "ends before it begins"),
        ("(?<a>x)(?<a>y)", "the name of a group"),
        ("(?<1>x)", "the name of a group"),
        (r"\k<a>", "no group is called 'a'"),
        (r"(a)\2", "there is no group 2"),
        (r"\Aa\Z", r"\A is no escape"),
        (r"\h", r"\h is no escape"),
        (r"\x4", r"\x is no escape"),
        (r"\u{110000}", "the last code point"),
        (r"\u12", "no code point"),
        (r"\pL", "no property in braces"),
        ("(?i)a", "(?i opens no group"),
        ("(?P<a>b)", "(?P opens no group"),
        ("(?>a)", "(?> opens no group"),
        ("a++", "nothing that could be repeated"),
        ("(" * 200 + ")" * 200, "it nests too deep"),
    ],
)
def test_what_is_no_pattern(pattern: str, why: str) -> None:
    assert patterns.portable(pattern) is patterns.pythonic(pattern) is patterns.rich(pattern) is None
    assert why in patterns.fault(pattern)
    assert "is no regular expression of ECMA-262" in patterns.fault(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?=\p{L})a",  # more than either engine has
        r"\p{Nothing}",  # what Unicode does not know
        r"(?<=a+)b(?!c)",  # a look back by any number of characters
        r"^(?:(a)|b)*\1$",  # a group that is forgotten when it is come by again
        r"(?!(a))\1b(?=c)",
    ],
)
def test_what_no_engine_of_a_client_can_say(pattern: str) -> None:
    assert patterns.portable(pattern) is patterns.pythonic(pattern) is None
    assert "neither pydantic's engine nor `re` has all it needs" in patterns.fault(pattern)


def test_what_pydantic_checks_takes_no_more_time_than_the_text_is_long() -> None:
    """Where Python's `re` would go through 2 to the power of 5,000 ways; only what pydantic lacks is left to that."""
    made = patterns.portable(r"^(a+)+$")
    assert made is not None
    assert not matches(made, "a" * 5000 + "b")


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
