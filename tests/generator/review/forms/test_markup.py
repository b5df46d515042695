"""Texts that hold marks of Markdown and HTML show as they are."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.review.forms import markup
from generator.review.forms.messages import Span
from generator.wording import printable
from tests.generator.review.samples import HOSTILE_TEXTS

ANY = st.text(max_size=60) | st.text("`|<>&\\*_[]~$!@#:wwwGH-. a1", max_size=30) | st.sampled_from(HOSTILE_TEXTS)
STRUCTURE = re.compile(r"[<>`*_\[\]|~$!\\]|&(?!#\d+;)|://|@(?!&#8203;)|#(?!&#8203;|\d+;)|www\.", re.IGNORECASE)


def shown(written: str) -> str:
    """What a reader sees of our own markup."""
    inside = re.fullmatch(r"`([^`]*)`", written)
    if inside:
        return inside[1]
    return html.unescape(re.sub(r"</?code>|<wbr>", "", written)).replace("\u200b", "")


@given(ANY)
def test_prose_shows_as_it_is_and_marks_nothing(words: str) -> None:
    written = markup.text(words, 1_000)
    assert shown(written) == printable(words).strip()
    assert STRUCTURE.search(written) is None
    assert re.match(r"[-+]|\d+[.)](?:\s|$)|\s", written) is None  # it may begin an item of a list
    assert "\n" not in written


@given(ANY, st.sampled_from([markup.code, markup.narrow_code]))
def test_code_shows_as_it_is_and_ends_where_it_ends(words: str, write: type[str]) -> None:
    written = write(words, 1_000)  # type: ignore[call-overload]  # one of two functions
    plain = printable(words).strip()
    assert shown(written) == (plain or "(empty)")
    assert "|" not in written
    assert "<!--" not in written
    assert "\n" not in written
    if written.startswith("`"):
        assert written.count("`") == 2
    elif plain:
        body = written.removeprefix("<code>").removesuffix("</code>").replace("<wbr>", "")
        assert re.search(r"[<>`*_\[\]|~$!\\@:]|&(?!#\d+;)", body.replace("@", "")) is None
        assert "@" not in re.sub("@<wbr>", "", written)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("a@b @me", "a@&#8203;b @&#8203;me"),
        ("#1", "#&#8203;1"),
        ("GH-3", "GH&#8203;-3"),
        ("http://x", "http:&#8203;//x"),
        ("at 12: done", "at 12: done"),
        ("www.x", "www&#8203;.x"),
        ("a < b", "a &#60; b"),
        ("  a\n b ", "a b"),
        ("- a - b", "&#45; a - b"),
        ("+ a", "&#43; a"),
        ("1. a 2. b", "&#49;. a 2. b"),
        ("12) a", "12&#8203;) a"),
        ("1.0.0 is it", "1.0.0 is it"),
    ],
)
def test_prose(words: str, written: str) -> None:
    assert markup.text(words, 100) == written


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("a.b", "`a.b`"),
        ("str | None", "<code>str &#124; None</code>"),
        ("a`b", "<code>a&#96;b</code>"),
        ("a|b@c", "<code>a&#124;b@<wbr>c</code>"),
        ("", "(empty)"),
    ],
)
def test_code(words: str, written: str) -> None:
    assert markup.code(words, 100) == written


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("spec/schemas/order.yaml:91:9", ["spec/", "schemas/", "order.yaml", ":91:9"]),
        ("models.Pet.name", ["models.", "Pet.", "name"]),
        ("Pets.create(..., dry_run=)", ["Pets.", "create(..., dry_run=)"]),
        ("GET /pets/{id}/names", ["GET /pets/", "{id}/", "names"]),
        ("items[*].name", ["items[*].", "name"]),
        ("4.10", ["4.10"]),
        ("name", ["name"]),
    ],
)
def test_where_long_names_may_be_broken(words: str, parts: list[str]) -> None:
    written = markup.narrow_code(words, 100)
    assert [shown(part) for part in re.split("<wbr>", written)] == parts


def test_what_is_too_long_is_cut_before_it_is_escaped() -> None:
    assert markup.text("<" * 9, 4) == "&#60;&#60;&#60;…"
    assert markup.code("a" * 9, 4) == "`aaa…`"
    spans = (Span("abc "), Span("def", code=True), Span(" ghi"))
    assert markup.written(spans, 100) == "abc `def` ghi"
    assert markup.written(spans, 6) == "abc `d…`…"
    assert markup.written(spans, 4) == "abc …"
    assert markup.written(spans[:1], 4) == "abc"
