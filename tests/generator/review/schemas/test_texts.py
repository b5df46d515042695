"""A demand on texts that another keyword makes anyhow is no change; one that no other makes still breaks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from generator.review.evidence.sampling.regex import matches
from generator.review.schemas.texts import FORMATS
from tests.generator.review.schemas.test_comparison import changes

if TYPE_CHECKING:
    from pathlib import Path

TEXT = {"type": "string"}
TWO = {**TEXT, "pattern": "^[a-z]{2}$"}
DAY = {**TEXT, "format": "date"}

IMPLIED: dict[str, tuple[Any, Any]] = {
    "a length as a pattern": ({**TEXT, "maxLength": 5}, {**TEXT, "pattern": r"^[\s\S]{0,5}$"}),
    "both lengths as a pattern": ({**TEXT, "minLength": 1, "maxLength": 5}, {**TEXT, "pattern": r"^[\s\S]{1,5}$"}),
    "a large length as a pattern": ({**TEXT, "maxLength": 9000}, {**TEXT, "pattern": r"^[\s\S]{0,9000}$"}),
    "no empty text": ({**TEXT, "minLength": 1}, {**TEXT, "pattern": r"[\s\S]"}),
    "a greatest length beside a pattern": (TWO, {**TWO, "maxLength": 2}),
    "a least length beside a pattern": (TWO, {**TWO, "minLength": 1}),
    "a length beside a pattern of letters": (
        {**TEXT, "pattern": r"^\p{L}{2,40}$"},
        {**TEXT, "pattern": r"^\p{L}{2,40}$", "maxLength": 40},
    ),
    "a pattern beside a stricter one": (TWO, {**TEXT, "allOf": [TWO, {"pattern": "^[a-z]+$"}]}),
    "a pattern in other words": ({**TEXT, "pattern": r"^\d{2}$"}, {**TEXT, "pattern": "^[0-9][0-9]$"}),
    "a pattern beside a format": (DAY, {**DAY, "pattern": r"^\d{4}-\d{2}-\d{2}$"}),
    "lengths beside a format": (DAY, {**DAY, "minLength": 10, "maxLength": 10}),
    "a pattern and a length beside a format": (DAY, {**DAY, "maxLength": 12, "pattern": "^[0-9-]*$"}),
    "a pattern beside a format of mail": (
        {**TEXT, "format": "email"},
        {**TEXT, "format": "email", "pattern": "@", "minLength": 3},
    ),
    "a list as a pattern": ({**TEXT, "enum": ["a", "bc"]}, {**TEXT, "pattern": "^(a|bc)$"}),
    "a list as a pattern, where null is allowed": (
        {"type": ["string", "null"], "enum": ["a", "bc", None]},
        {"type": ["string", "null"], "pattern": "^(a|bc)$"},
    ),
    "a length beside a list": ({**TEXT, "enum": ["a", "bc"]}, {**TEXT, "enum": ["a", "bc"], "maxLength": 2}),
    "a value excluded that is none": (TWO, {**TWO, "not": {"const": "abc"}}),
    "a limit beside a list": ({"enum": [1, 5]}, {"enum": [1, 5], "minimum": 1, "maximum": 5}),
    "a limit beside a step": (
        {"type": "integer", "multipleOf": 5, "minimum": 1},
        {"type": "integer", "multipleOf": 5, "minimum": 5},
    ),
    "a number of members beside required ones": (
        {"type": "object", "required": ["a"]},
        {"type": "object", "required": ["a"], "minProperties": 1},
    ),
    "a number of elements beside different ones": (
        {"type": "array", "items": {"enum": ["a"]}, "uniqueItems": True},
        {"type": "array", "items": {"enum": ["a"]}, "uniqueItems": True, "maxItems": 1},
    ),
}


@pytest.mark.parametrize("name", IMPLIED)
def test_what_another_keyword_implies_is_no_change(name: str, tmp_path: Path) -> None:
    base, head = IMPLIED[name]
    assert changes(tmp_path, base, head) == changes(tmp_path, head, base) == ()


NARROWER: dict[str, tuple[Any, Any, str]] = {
    "a lesser length as a pattern": ({**TEXT, "maxLength": 5}, {**TEXT, "pattern": r"^[\s\S]{0,4}$"}, "pattern-added"),
    "a pattern that stops at a line": ({**TEXT, "minLength": 1}, {**TEXT, "pattern": "."}, "pattern-added"),
    "a greatest length beside a pattern": (TWO, {**TWO, "maxLength": 1}, "max-length-lowered"),
    "a least length beside a pattern": (TWO, {**TWO, "minLength": 3}, "min-length-raised"),
    "a pattern beside a wider one": (TWO, {**TEXT, "allOf": [TWO, {"pattern": "^[a-y]+$"}]}, "pattern-added"),
    "a pattern beside a format": (DAY, {**DAY, "pattern": r"^\d{4}-0\d-\d{2}$"}, "pattern-added"),
    "a length beside a format": (DAY, {**DAY, "maxLength": 9}, "max-length-lowered"),
    "a letter beside a format": (
        {**TEXT, "format": "date-time"},
        {**TEXT, "format": "date-time", "pattern": "T"},
        "pattern-added",
    ),
    "a list for a pattern": ({**TEXT, "pattern": "^(a|bc|d)$"}, {**TEXT, "enum": ["a", "bc"]}, "enum-added"),
    "a value excluded": (TWO, {**TWO, "not": {"const": "ab"}}, "excluded-value-added"),
}


@pytest.mark.parametrize("name", NARROWER)
def test_what_no_other_keyword_implies_breaks_one_way(name: str, tmp_path: Path) -> None:
    base, head, rule = NARROWER[name]
    [sent] = [one for one in changes(tmp_path, base, head, "request") if one.rule == rule]
    [read] = [one for one in changes(tmp_path, head, base, "response") if one.wire == "breaking"]
    assert sent.wire == "breaking"
    assert sent.evidence is not None
    assert read.evidence is not None
    assert "breaking" not in {one.wire for one in changes(tmp_path, head, base, "request")}
    assert "breaking" not in {one.wire for one in changes(tmp_path, base, head, "response")}


def test_what_is_implied_is_not_told_beside_what_breaks(tmp_path: Path) -> None:
    head = {**TWO, "maxLength": 2, "allOf": [{"pattern": "^[a-y]+$"}]}
    assert [one.rule for one in changes(tmp_path, TWO, head, "request")] == ["pattern-added"]


@pytest.mark.parametrize("side", ["request", "response"])
@pytest.mark.parametrize(
    ("wide", "narrow"), [(r"^\w{1,20}$", r"^[a-z]{1,20}$"), (r"^[\s\S]{0,500}$", r"^\d{4}-\d{2}$")]
)
def test_of_two_patterns_one_holds_the_other(side: str, wide: str, narrow: str, tmp_path: Path) -> None:
    widened = changes(tmp_path, {**TEXT, "pattern": narrow}, {**TEXT, "pattern": wide}, side)
    narrowed = changes(tmp_path, {**TEXT, "pattern": wide}, {**TEXT, "pattern": narrow}, side)
    assert [(one.rule, one.wire == "breaking") for one in widened] == [("pattern-changed", side == "response")]
    assert [(one.rule, one.wire == "breaking") for one in narrowed] == [("pattern-changed", side == "request")]


def test_what_is_wider_is_no_break_beside_one_that_is(tmp_path: Path) -> None:
    base, head = {**TEXT, "pattern": "^[a-c]+$", "maxLength": 9}, {**TEXT, "pattern": "^[a-z]+$", "maxLength": 3}
    found = {one.rule: one for one in changes(tmp_path, base, head, "request")}
    assert {rule: one.wire for rule, one in found.items()} == {
        "max-length-lowered": "breaking",
        "pattern-changed": "compatible",
    }
    evidence = found["pattern-changed"].evidence
    assert evidence is None or evidence.accepted_after


UNDECIDED = "; undecided, as no value was found that shows it: to be careful it counts as a break"


@pytest.mark.parametrize(
    ("base", "head", "rule"),
    [
        (TEXT, {**TEXT, "pattern": r"^(?:(?!\bno\b)[\s\S])*$|no"}, "pattern-added"),
        (TEXT, {**TEXT, "format": "of our own"}, "format-added"),
    ],
)
def test_what_cannot_be_decided_is_said_to_be_so(base: Any, head: Any, rule: str, tmp_path: Path) -> None:
    [found] = changes(tmp_path, base, head, "request")
    assert (found.rule, found.wire, found.evidence) == (rule, "breaking", None)
    assert found.message.endswith(UNDECIDED)
    [found] = changes(tmp_path, base, head, "response")
    assert (found.wire, UNDECIDED in found.message) == ("compatible", False)


ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(moment=st.datetimes(timezones=st.just(UTC) | ZONES))
def test_every_moment_matches_the_patterns_of_its_formats(moment: datetime) -> None:
    written = moment.isoformat()
    forms = {"date": written[:10], "time": written[11:], "date-time": written}
    for form, text in [*forms.items(), ("date-time", written.lower()), ("time", f"{written[11:16]}:60Z")]:
        assert Draft202012Validator({"format": form}, validate_formats=True).is_valid(text) or text.endswith(":60Z")
        assert matches(FORMATS[form], text)


OF_FORMATS = {
    "uuid": ["2eb8aa08-aa98-11ea-b4aa-73b441d16380"],
    "ipv4": ["127.0.0.1", "255.255.249.99"],
    "ipv6": ["::", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "2001:0db8:0000:0000:0000:ff00:255.255.255.255"],
    "email": ["a@b", '"a b@c"@d.e', "a@[IPv6:::1]"],
    "idn-email": ["é@é.é"],
}


@settings(max_examples=300, derandomize=True, deadline=None)
@given(
    form=st.sampled_from(sorted(OF_FORMATS)),
    which=st.integers(0, 3),
    edits=st.lists(st.tuples(st.integers(0, 50), st.sampled_from([*"019afFZ:.-@ \né", ""])), max_size=3),
)
def test_what_is_of_a_format_matches_its_pattern(form: str, which: int, edits: list[tuple[int, str]]) -> None:
    text = OF_FORMATS[form][which % len(OF_FORMATS[form])]
    for place, letter in edits:
        at = place % (len(text) + 1)
        text = f"{text[:at]}{letter}{text[at + (not letter) :]}"
    is_valid = Draft202012Validator({"format": form}, validate_formats=True).is_valid(text)
    assert not is_valid or matches(FORMATS[form], text)


def test_every_format_is_tried() -> None:
    assert {*OF_FORMATS, "date", "time", "date-time"} == set(FORMATS)
