"""The next version: semver's own order, the least release for each level, and what is said of head and package."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.diagnostics import Location
from generator.review.change import Change, Level, Waiver, Wire
from generator.review.versions import Version, asked, needed, parse, versions

BREAK = Change("property-removed", "it is gone", Wire.BREAKING)
ADDITION = Change("property-added", "it is new", Wire.COMPATIBLE)
TEXT = Change("description-changed", "it says more", Wire.DOCS)
RENAMED = replace(TEXT, rule="component-renamed", python=Level.MAJOR)
WAIVED = replace(BREAK, waiver=Waiver(BREAK.rule, "/a", "agreed", "2027-01-31", Location("w.yaml", 1, 1)))

# Rule 11 of semver.org, with cases of numbers and words beside it.
IN_ORDER = [
    *("0.0.0-0", "0.0.0", "0.0.1", "0.1.0", "0.9.0", "0.10.0"),
    *("1.0.0-2", "1.0.0-10", "1.0.0--", "1.0.0-0a", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta"),
    *("1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1-x", "1.0.1", "2.0.0"),
]


@pytest.mark.parametrize(("lower", "higher"), list(itertools.combinations(IN_ORDER, 2)))
def test_precedence_is_that_of_semver(lower: str, higher: str) -> None:
    assert read(lower).precedence < read(higher).precedence


@pytest.mark.parametrize(
    "text",
    [
        *("", "1", "1.0", "v1.0.0", "1.0.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "1.0.0-a..b", "1.0.0+", "1.0.0+a+b"),
        *(" 1.0.0", "1.0.0\n", "-1.0.0", "1.0.0-ä", "\u0661.0.0", "2027-01-31", f"{'9' * 5000}.0.0"),
    ],
)
def test_what_is_no_semantic_version(text: str) -> None:
    assert parse(text) is None


def test_build_metadata_counts_for_nothing() -> None:
    assert read("1.0.0-rc.1+linux.001") == read("1.0.0-rc.1")
    assert versions("1.0.0+a", "1.0.0+b", None, ()).head_says_it


def test_long_numbers_compare_as_numbers() -> None:
    assert read(f"1.0.0-{'1' * 5000}").precedence > read(f"1.0.0-{'9' * 4999}").precedence


@pytest.mark.parametrize(
    ("base", "major", "minor", "patch"),
    [
        ("1.4.2", "2.0.0", "1.5.0", "1.4.3"),
        ("0.1.0", "0.2.0", "0.1.1", "0.1.1"),
        ("0.0.3", "0.1.0", "0.0.4", "0.0.4"),
        ("1.4.2+build", "2.0.0", "1.5.0", "1.4.3"),
        ("2.0.0-rc.1", "2.0.0", "2.0.0", "2.0.0"),
        ("2.1.0-rc.1", "3.0.0", "2.1.0", "2.1.0"),
        ("2.1.3-rc.1", "3.0.0", "2.2.0", "2.1.3"),
        ("0.2.0-a", "0.2.0", "0.2.0", "0.2.0"),
        ("0.2.1-a", "0.3.0", "0.2.1", "0.2.1"),
    ],
)
def test_the_least_next_version(base: str, major: str, minor: str, patch: str) -> None:
    assert [str(needed(read(base), level)) for level in Level] == [major, minor, patch]


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ((), None),
        ((TEXT,), Level.PATCH),
        ((TEXT, ADDITION), Level.MINOR),
        ((ADDITION, BREAK, TEXT), Level.MAJOR),
        ((RENAMED,), Level.MAJOR),
        ((TEXT, WAIVED), Level.MINOR),
        ((WAIVED, BREAK), Level.MAJOR),
    ],
)
def test_the_greatest_change_asks(changes: tuple[Change, ...], level: Level | None) -> None:
    assert asked(changes) == level
    assert versions("1.0.0", "1.0.0", None, changes).level == level


@pytest.mark.parametrize(
    ("base", "head", "says"),
    [
        ("1.4.0", "1.4.0", False),
        ("1.4.0", "1.5.0", False),
        ("1.4.0", "2.0.0", True),
        ("1.4.0", "3.1.0", True),
        ("1.4.0", "2.0.0-rc.1", True),  # the candidate of a version that says it: no range around 1.4.0 takes it
        ("1.4.0", "1.5.0-rc.1", False),
        ("2.0.0-rc.1", "2.0.0-rc.1", False),
        ("2.0.0-rc.1", "2.0.0-rc.2", True),
        ("2.0.0-rc.2", "2.0.0-rc.1", False),
        ("0.1.0", "0.1.1", False),
        ("0.1.0", "0.2.0", True),
        ("0.1.0", "0.0.9", False),
        ("1.4.0", "two", False),
        ("one", "2.0.0", False),
    ],
)
def test_whether_the_head_says_a_break(base: str, head: str, says: bool) -> None:
    found = versions(base, head, head, [BREAK])
    assert (found.head_says_it, found.package_says_it) == (says, says)


def test_texts_ask_for_a_patch() -> None:
    assert not versions("1.0.0", "1.0.0", None, [TEXT]).head_says_it
    assert versions("1.0.0", "1.0.1", None, [TEXT]).head_says_it


def test_python_writes_pre_releases_in_its_own_way() -> None:
    assert versions("1.4.0", "2.0.0-rc.1", "2.0.0rc1", [BREAK]).package_says_it
    assert versions("1.4.0", "2.0.0-rc.1", "2.0.0.dev3", [BREAK]).package_says_it
    assert not versions("1.4.0", "2.0.0-rc.1", "1.9.0rc1", [BREAK]).package_says_it


@pytest.mark.parametrize(
    ("base", "head", "package", "changes", "explanation"),
    [
        ("1.0.0", "1.0.0", None, (), "Nothing changed; `info.version` is 1.0.0."),
        (
            "0.1.0",
            "0.1.0",
            "0.2.0",
            (BREAK,),
            (
                "What breaks asks for 0.2.0 or later (before 1.0.0 a break raises the middle number); "
                "`info.version` is still 0.1.0: raise it; the package is 0.2.0."
            ),
        ),
        (
            "1.0.0",
            "1.0.1",
            "1.0.0",
            (ADDITION, WAIVED),
            (
                "What breaks nobody or is waived asks for 1.1.0 or later; `info.version` is 1.0.1: "
                "raise it by the release; the package is 1.0.0: raise it by the release."
            ),
        ),
        (
            "1.2.0",
            "1.1.0",
            None,
            (TEXT,),
            "What changes in texts asks for 1.2.1 or later; `info.version` goes back from 1.2.0 to 1.1.0.",
        ),
        ("1.2.0", "1.1.0", None, (), "Nothing changed; `info.version` goes back from 1.2.0 to 1.1.0."),
        (
            "2027-01",
            "1.0.0",
            None,
            (TEXT,),
            (
                "What changes in texts asks for a later version, but the base is '2027-01', which is no semantic "
                "version such as 1.2.3; `info.version` is 1.0.0."
            ),
        ),
        (
            "1.0.0",
            "x" * 100,
            None,
            (ADDITION,),
            (
                f"What breaks nobody asks for 1.1.0 or later; `info.version` is '{'x' * 39}…', which is no semantic "
                "version such as 1.2.3."
            ),
        ),
    ],
)
def test_it_is_said_in_words(
    base: str, head: str, package: str | None, changes: tuple[Change, ...], explanation: str
) -> None:
    assert versions(base, head, package, changes).explanation == explanation


def test_where_nothing_changed_any_text_will_do() -> None:
    found = versions("1", "1", "later", ())
    assert (found.needed, found.level, found.head_says_it, found.package_says_it) == ("1", None, True, True)


def test_after_a_base_that_is_no_version_nothing_is_known_to_be_enough() -> None:
    found = versions("1", "2", "2", [ADDITION])
    assert (found.needed, found.head_says_it, found.package_says_it) == ("", False, False)


def test_no_package_contradicts_nothing() -> None:
    assert versions("1.0.0", "1.0.0", None, [BREAK]).package_says_it


def read(text: str) -> Version:
    found = parse(text)
    assert found is not None, text
    return found


NUMBERS = st.integers(0, 3) | st.integers(0, 10**17)
PRE_RELEASES = st.sampled_from(["", "0", "a", "a.1", "rc.2", "10", "9", "-"])
VERSIONS = st.builds(Version, st.tuples(NUMBERS, NUMBERS, NUMBERS), PRE_RELEASES)
LEVELS = st.sampled_from(Level)
CHANGES = st.lists(st.sampled_from([BREAK, ADDITION, TEXT, RENAMED, WAIVED]))


@given(VERSIONS)
def test_a_version_is_read_as_it_is_written(version: Version) -> None:
    assert parse(str(version)) == version


@given(VERSIONS, LEVELS)
def test_the_next_version_is_a_release_and_later(base: Version, level: Level) -> None:
    following = needed(base, level)
    assert following.pre_release == ""
    assert following.precedence > base.precedence
    assert versions(str(base), str(following), str(following), [BREAK]).head_says_it is (
        following.precedence >= needed(base, Level.MAJOR).precedence
    )


@given(VERSIONS, LEVELS, LEVELS)
def test_more_asks_for_no_less(base: Version, one: Level, other: Level) -> None:
    lower, higher = sorted((one, other), key=lambda level: level.weight)
    assert needed(base, lower).precedence <= needed(base, higher).precedence


@given(VERSIONS, LEVELS)
def test_no_lesser_release_says_it(base: Version, level: Level) -> None:
    """Between base and what is needed stand only releases that raise a number further to the right."""
    major, minor, patch = needed(base, level).core
    kept = {Level.MAJOR: 0, Level.MINOR: 1, Level.PATCH: 2}[level] + (base.core[0] == 0 and level is not Level.PATCH)
    assert (major, minor, patch)[kept + 1 :] == (0,) * (2 - kept)
    assert (major, minor, patch)[:kept] == base.core[:kept]
    assert (major, minor, patch)[kept] - base.core[kept] in ((0, 1) if base.pre_release else (1,))


@given(VERSIONS, VERSIONS, CHANGES)
def test_laws_of_the_whole(base: Version, head: Version, changes: list[Change]) -> None:
    found = versions(str(base), str(head), str(head), changes)
    assert found == versions(str(base), str(head), str(head), changes[::-1])
    assert found.package_says_it == found.head_says_it
    # Said once, said for good: from what is needed on, the same changes ask for what is there.
    assert versions(found.base, found.needed, found.needed, changes).head_says_it
    if changes:
        assert read(found.needed).precedence > base.precedence
        assert not versions(found.base, found.base, None, changes).head_says_it
    if head.precedence < base.precedence:
        assert not found.head_says_it
    if found.head_says_it and changes:
        fewer = versions(str(base), str(head), None, changes[1:])
        assert fewer.head_says_it
