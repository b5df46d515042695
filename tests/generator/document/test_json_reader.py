"""What is JSON is read as JSON, with the places that the parser of YAML gives where that reads it alike."""

from __future__ import annotations

import json
import re
from decimal import Decimal
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
        '{"a": 1,\r\n"b": [\r\n{}]}',
        '{"a": "\ufeff\xa0", "b": {}}',
    ),
)
NO_YAML = (
    *('\t{"a": 1}', '{"a": 1}\n\t', '{"a"\n: 1}', '{"a": "\x7f"}', '{"a": "\uffff"}', '{"a": "b\x85c"}'),
    *('{"a": "\u2028", "b": {}}', '{"' + "k" * 1_100 + '": 1}', '{"\\u' + "0041" * 300 + '": 1}'),
)
"""JSON that YAML refuses, or reads as something else."""
LEFT = (
    *("", "[]", '"a"', "1", "a: 1", "{a: 1}", '{"a": 1,}', '{"a": [1,]}', '{"a": 01}', '{"a": .5}', '{"a": 1.}'),
    *('{"a": 1 "b": 2}', '{"a": [1 2]}', '{"a": 1}}', '{"a": 1} b', '{"a": 1', '{"a"', '{"a": "b', '{"a": nul}'),
    *('{"a": 1, "a": 2}', '{"a": "\\ud800"}', '{"\\ud800": 1}', '{"a": "\t"}', '{"a": 1e99999}', '{"a":\xa01}'),
    *('{"a": ' + "9" * 1_001 + "}", '{"a": [1}', '{"a": {"b": 1]}', "{'a': 1}", '{"a": 1} # b', '{"a": NaN}'),
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
    """What the parser makes of it as YAML; `None` if there is anything to be said of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "read_json", lambda *_: None)
        try:
            value, found = parser.parse(text, FILE)
        except UnusableInputError:
            return None
    return None if found else tree(value)


@pytest.mark.parametrize("text", TAKEN)
def test_json_is_read_as_yaml_is(text: str) -> None:
    made = read_json(text, FILE, parser.MAX_DEPTH)
    assert made is not None
    assert tree(made) == parsed(text)


def value_of(text: str) -> object:
    """What Python's own reader makes of an object; `None` if it is none, or has a key twice."""

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        assert len(made) == len(pairs)
        return made

    def refuse(name: str) -> None:
        raise ValueError(name)

    try:
        made = json.loads(text, object_pairs_hook=members, parse_float=Decimal, parse_constant=refuse)
    except (ValueError, AssertionError):
        return None
    return made if isinstance(made, dict) else None


def plain(value: Json) -> object:
    if isinstance(value, Object):
        return {key: plain(one) for key, one in value.items()}
    return list(map(plain, value)) if isinstance(value, Array) else value


@pytest.mark.parametrize("text", NO_YAML)
def test_json_that_is_no_yaml_is_read_as_json(text: str) -> None:
    made = read_json(text, FILE, parser.MAX_DEPTH)
    assert made is not None
    assert plain(made) == value_of(text)
    assert tree(made) != parsed(text)
    assert parser.parse(text, FILE) == (made, [])


def test_places_count_the_lines_of_json_alone() -> None:
    made = read_json('{"a": "\x85\u2028", "b":\r1,\r\n"c":\n2}', FILE, parser.MAX_DEPTH)
    assert made is not None
    places = [(key, made.places[key].line, made.places[key].column) for key in made]
    assert places == [("a", 1, 2), ("b", 1, 13), ("c", 3, 1)]


@pytest.mark.parametrize("text", LEFT)
def test_what_is_no_json_or_has_to_be_told_of_is_left_to_the_parser(text: str) -> None:
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


TOLD = re.compile(r"\\u[dD][89a-fA-F]|[eE][-+]?[0-9]{4}")
"""What may be half a character, or a number that nobody means."""
OTHER = re.compile(r"\\ud83d|[\x85\u2028]")
"""After what the parser of YAML counts places otherwise."""


@settings(deadline=None, max_examples=200)
@example(value={"a": [1]}, indent=None, is_ascii=True, edits=[(4, "\t")])
@given(
    value=st.dictionaries(TEXTS, VALUES, max_size=4),
    indent=st.sampled_from([None, 0, 2, "\t"]),
    is_ascii=st.booleans(),
    edits=st.lists(st.tuples(st.integers(0, 60), MARKS), max_size=1),
)
def test_what_is_json_is_read_as_such(
    value: dict[str, Any], indent: int | str | None, is_ascii: bool, edits: list[tuple[int, str]]
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=is_ascii)
    for at, mark in edits:
        text = text[:at] + mark + text[at:]
    text = text.encode("utf-8", "replace").decode("utf-8")
    made, expected = read_json(text, FILE, parser.MAX_DEPTH), value_of(text)
    if made is None:
        assert expected is None or TOLD.search(text)
        return
    assert repr(plain(made)) == repr(expected)
    if OTHER.search(text) is None:
        assert parsed(text) in (None, tree(made))
