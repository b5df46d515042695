"""Any text as a literal or a docstring compiles, gives the text back, and begins no code."""

from __future__ import annotations

import ast
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.api.model import Condition
from generator.package import models
from generator.python import source

if TYPE_CHECKING:
    from collections.abc import Callable

NASTY = [
    '"',
    '"""',
    '""""',
    "'''",
    "\\",
    '\\"',
    '\\"""',
    "\n",
    "\r",
    "{{ 1 }}",
    "\u202e",
    "\x00",
    "\x7f",
    "🐱",
    "é",
    "N{X}",
]
texts = st.text(max_size=60) | st.lists(st.sampled_from([*NASTY, "a", " ", "word "]), max_size=12).map("".join)
indents = st.sampled_from([0, 4, 8])


def text_of(made: str) -> str:
    value = ast.literal_eval(made)
    assert isinstance(value, str)
    return value


@given(text=texts)
@example(text="🐱")
@example(text='"; import os; "')
def test_a_quoted_text_is_the_text(text: str) -> None:
    made = source.quoted(text)
    assert ascii(text_of(made)) == ascii(text)  # a lone surrogate could not be reported
    assert made.isascii()
    assert made.isprintable()
    assert made[0] == made[-1]


@given(text=texts, indent=indents)
@example(text='ends with a quote"', indent=4)
@example(text='ends with three"""', indent=4)
@example(text="ends with a backslash\\", indent=4)
@example(text='"', indent=0)
@example(text='\\"', indent=0)
def test_a_docstring_is_one_string_and_nothing_else(text: str, indent: int) -> None:
    made = " " * indent + source.docstring(text, indent)
    block = f"class A:\n{' ' * 4}x = 1\n    if x:\n{made}\n" if indent == 8 else made.strip()
    tree = ast.parse(block)
    if indent != 8:
        (statement,) = tree.body
        assert isinstance(statement, ast.Expr)
        assert isinstance(statement.value, ast.Constant)
    else:
        (outer,) = tree.body
        assert isinstance(outer, ast.ClassDef)
        assert len(outer.body) == 2


@given(text=texts, indent=indents)
def test_a_docstring_has_every_word(text: str, indent: int) -> None:
    told = text_of(source.docstring(text, indent)).split()
    shown = "".join(mark if mark.isprintable() else " " for mark in text)
    assert told == shown.split()


@given(words=st.lists(st.from_regex(r"[a-z\"\\]{1,18}", fullmatch=True), max_size=80), indent=indents)
def test_a_docstring_keeps_to_the_width_where_words_allow(words: list[str], indent: int) -> None:
    """Escaped marks count double, hence the margin."""
    made = " " * indent + source.docstring(" ".join(words), indent)
    for line in made.splitlines():
        escapes = line.count("\\") // 2 + line.count('\\"')
        assert len(line) - escapes <= source.WIDTH, line


@given(text=texts, indent=indents)
def test_a_docstring_shows_every_mark_it_has(text: str, indent: int) -> None:
    assert all(mark.isprintable() or mark == "\n" for mark in source.docstring(text, indent))


def test_docstrings_as_they_look() -> None:
    assert source.docstring("Short.", 4) == '"""Short."""'
    assert source.docstring("One.\n\nTwo.", 4) == '"""One.\n\n    Two.\n    """'
    assert source.docstring("One\nline.", 4) == '"""One line."""'
    assert source.docstring("One:\n\n- a\n- b", 0) == '"""One:\n\n- a\n- b\n"""'
    long = source.docstring("word " * 40, 8)
    assert [len(line) <= source.WIDTH for line in long.splitlines()] == [True] * 3


@given(value=st.none() | st.booleans() | st.integers() | texts)
def test_a_literal_is_the_value(value: str | int | None) -> None:
    found = ast.literal_eval(source.literal(value))
    assert (ascii(found), type(found)) == (ascii(value), type(value))


@given(value=st.decimals(allow_nan=False, allow_infinity=False))
def test_a_literal_keeps_every_digit(value: Decimal) -> None:
    made = source.literal(value)
    assert made.startswith('Decimal("')
    assert Decimal(ast.literal_eval(made.removeprefix("Decimal(").removesuffix(")"))).as_tuple() == value.as_tuple()


def test_what_is_no_json_has_no_literal() -> None:
    with pytest.raises(TypeError, match="set has no literal"):
        source.literal(set())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda one: st.lists(one) | st.dictionaries(st.text(), one),
    )
)
def test_a_literal_of_an_object_or_array_is_the_value(value: Any) -> None:
    assert ast.literal_eval(source.literal(value)) == value


def test_arguments_and_calls() -> None:
    made = source.arguments([("max_length", 3), ("pattern", '"')])
    assert alike(f"Field({made})", "Field(max_length=3, pattern='\"')")
    inner = Condition("In", ("kind", "a", 1, None, True))
    assert alike(models.call(Condition("Not", (inner,))), "Not(In('kind', 'a', 1, None, True))")


def alike(left: str, right: str) -> bool:
    return ast.dump(ast.parse(left)) == ast.dump(ast.parse(right))


@pytest.mark.parametrize("make", [source.quoted, lambda text: source.docstring(text, 0)])
def test_no_text_begins_code(make: Callable[[str], str]) -> None:
    for end in NASTY:
        made = make(f'{end}"""\n"; import os #{end}')
        assert isinstance(ast.parse(made).body[0], ast.Expr)
        assert len(ast.parse(made).body) == 1
