"""What the reader of JSON takes, it reads as the parser of YAML does, and the parser has nothing to say of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.diagnostics import UnusableInputError
from generator.document import parser
from generator.document.json_reader import read_json
from generator.document.tree import Array, Object

if TYPE_CHECKING:
    from generator.document.tree import Json

FILE = "api.json"
TAKEN = (
    *('{"a": [1, -0, 2.50, 1e5, "x", true, false, null, {}, []], "b": {"c": "d"}}', "{}", ' \n{\n"a"\t:\n1\n}\n '),
    *(
        r'{"\u00e9\/": "\ud83d\ude00 \n\"\\"}',
        '{"\u00e9": "\u20ac \U0001f600"}',
        '{"<<": 1, "": "- # : {"}',
    ),
)
LEFT = (
    *("", "[]", '"a"', "1", "a: 1", "{a: 1}", '{"a": 1,}', '{"a": [1,]}', '{"a": 01}', '{"a": .5}', '{"a": 1.}'),
    *('{"a": 1 "b": 2}', '{"a": [1 2]}', '{"a": 1}}', '{"a": 1} b', '{"a": 1', '{"a"', '{"a": "b', '{"a": nul}'),
    *('{"a"\n: 1}', '{"a": 1, "a": 2}', '{"a": "\\ud800"}', '{"\\ud800": 1}', '{"a": "\x7f"}', '{"a": "\u2028"}'),
    *(
        '\t{"a": 1}',
        '{"a": 1}\n\t',
        '{"a": 1,\r\n"b": 2}',
        '{"a": "\t"}',
        '{"a": 1e99999}',
        '{"a": ' + "9" * 1_001 + "}",
    ),
    *('{"' + "k" * 1_100 + '": 1}', '{"a": [1}', '{"a": {"b": 1]}', '{"a": "\ufeff"}', "{'a': 1}", '{"a": 1} # b'),
)


def tree(value: Json) -> object:
    """A value with the places of everything in it."""
    if isinstance(value, Object):
        members = [(key, value.places[key], tree(one)) for key, one in value.items()]
        return value.location, members
    if isinstance(value, Array):
        return value.location, value.places, [tree(one) for one in value]
    return repr(value)


def parsed(text: str) -> object:
    """What the parser makes of it as YAML, or of it and what there is to say."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "read_json", lambda *_: None)
        try:
            value, found = parser.parse(text, FILE)
        except UnusableInputError as error:
            return str(error)
    return (tree(value), found) if found else tree(value)


@pytest.mark.parametrize("text", TAKEN)
def test_json_is_read_as_yaml_is(text: str) -> None:
    made = read_json(text, FILE, parser.MAX_DEPTH)
    assert made is not None
    assert tree(made) == parsed(text)


@pytest.mark.parametrize("text", LEFT)
def test_what_is_no_json_or_no_yaml_is_left_to_the_parser(text: str) -> None:
    assert read_json(text, FILE, parser.MAX_DEPTH) is None


@pytest.mark.parametrize(("depth", "is_taken"), [(parser.MAX_DEPTH, True), (parser.MAX_DEPTH + 1, False)])
def test_what_nests_deeper_is_left_to_the_parser(depth: int, is_taken: bool) -> None:
    text = '{"a":' * (depth - 1) + "[]" + "}" * (depth - 1)
    assert (read_json(text, FILE, parser.MAX_DEPTH) is not None) is is_taken


TEXTS = st.text(st.sampled_from('ab"\\/#:,-{}[] \t\n\r\x00\x7f\x85\xa0\u2028\u20ac\ufeff\ud800\U0001f600'), max_size=6)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
MARKS = st.sampled_from([*'{}[]",:# \t\n\r\\-.0e\x7f\u2028', "u12", "null", "---", "&a ", "<<"])


@settings(deadline=None, max_examples=200)
@example(value={"a": [1]}, indent=None, is_ascii=True, edits=[(4, "\t")])
@given(
    value=st.dictionaries(TEXTS, VALUES, max_size=4),
    indent=st.sampled_from([None, 0, 2, "\t"]),
    is_ascii=st.booleans(),
    edits=st.lists(st.tuples(st.integers(0, 60), MARKS), max_size=1),
)
def test_whatever_it_takes_the_parser_reads_alike(
    value: dict[str, Any], indent: int | str | None, is_ascii: bool, edits: list[tuple[int, str]]
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=is_ascii)
    for at, mark in edits:
        text = text[:at] + mark + text[at:]
    made = read_json(text, FILE, parser.MAX_DEPTH)
    if made is not None and "\\ud83d" not in text:  # the parser joins the halves, and places behind them are off
        assert tree(made) == parsed(text)
