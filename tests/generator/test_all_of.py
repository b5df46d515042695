"""`allOf` that narrows: what both schemas say holds, from a description to what its client takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.generator.law.clients import Clients, Refused
from tests.generator.law.descriptions import Case
from tests.generator.law.judging import Judge
from tests.generator.sources import findings, sending

if TYPE_CHECKING:
    from pathlib import Path

Schema = dict[str, Any]
STRING = {"type": "string"}
INTEGER = {"type": "integer"}


def thing(*required: str, **fields: Any) -> Schema:
    return {"type": "object", "properties": fields, **({"required": list(required)} if required else {})}


PAIRS: list[tuple[Schema, Schema, list[Any]]] = [
    ({"enum": ["a", "b", "c"]}, {"enum": ["c", "b"]}, ["a", "b", "c", "d"]),
    ({"enum": ["a", "b"]}, {"enum": ["b", "a"]}, ["a", "b", "c"]),
    ({"enum": ["a", 1, True, None]}, {"enum": [True, 1]}, ["a", 1, True]),
    ({**STRING, "enum": ["a", "b"]}, {"const": "b"}, ["a", "b"]),
    ({"enum": [True, 1, 2]}, {"const": True}, [1, True]),
    ({"type": ["string", "null"], "enum": ["a", "b", None]}, {"enum": ["b", None]}, ["a", "b"]),
    ({"type": "array", "items": STRING}, {"items": {"maxLength": 2}, "maxItems": 2}, [["a"], ["abc"], ["a", "b", "c"]]),
    ({"type": "array", "items": {"enum": ["a", "b"]}}, {"items": {"enum": ["b", "c"]}}, [["b"], ["a"], ["c"], []]),
    ({"type": "array", "items": thing(p=STRING)}, {"items": thing("p", p={"maxLength": 1})}, [[{"p": "a"}], [{}]]),
    ({**INTEGER, "minimum": 1}, {"type": "number", "maximum": 5}, [0, 1, 5, 6, 2.5]),
    ({**INTEGER, "format": "int64"}, {"format": "int32"}, [1, "x"]),
    ({"type": ["string", "integer"]}, {"type": ["integer", "null"]}, ["a", 1]),
    (thing(x=STRING), thing("x", x={"maxLength": 2}, y=STRING), [{"x": "a", "y": "b"}, {"x": "abc"}, {}]),
    (
        thing(x=thing(p=STRING)),
        thing(x=thing("p", p={"maxLength": 1})),
        [{"x": {"p": "a"}}, {"x": {"p": "ab"}}, {"x": {}}],
    ),
    (
        {"additionalProperties": INTEGER},
        {"additionalProperties": {"minimum": 1}, "type": "object"},
        [{"x": 1}, {"x": 0}],
    ),
    ({"anyOf": [STRING, INTEGER]}, STRING, ["a", 1]),
    ({"oneOf": [STRING, INTEGER, {"type": "null"}]}, {"type": ["integer", "boolean"]}, ["a", 1, True]),
    (
        {"anyOf": [{"const": "a"}, {"enum": ["b", "c"]}, INTEGER]},
        {"type": "string", "enum": ["c", "a"]},
        ["a", "b", "c", 1],
    ),
    ({"anyOf": [STRING, INTEGER]}, {"anyOf": [INTEGER, {"type": "boolean"}]}, ["a", 1, True]),
    ({"anyOf": [STRING, INTEGER]}, {"anyOf": [{"minimum": 5}, {"maxLength": 1}]}, ["a", "ab", 1, 5]),
    ({"oneOf": [STRING, INTEGER]}, {"oneOf": [{"minimum": 5}, {"maxLength": 1}]}, ["a", "ab", 1, 5]),
    ({"oneOf": [{"minimum": 5}, {"maximum": 9}]}, {"anyOf": [INTEGER, {"type": "boolean"}]}, [1, 5, 7, 10, True, "a"]),
    (
        {"anyOf": [thing("a", a=STRING), thing("b", b=STRING)]},
        {"anyOf": [thing("c", c=INTEGER), thing("d", d=INTEGER)]},
        [{"a": "x", "c": 1}, {"b": "x", "c": 1}, {"a": "x"}, {"c": 1}, {"a": "x", "d": "y"}, {}],
    ),
    (
        {**thing(n=STRING), "oneOf": [thing("a", a=STRING), thing("b", b=STRING)]},
        {"oneOf": [thing("c", c=INTEGER), thing("d", d=INTEGER)]},
        [{"a": "x", "c": 1}, {"a": "x", "b": "x", "c": 1}, {"n": "x", "b": "y", "d": 1}, {"n": "x", "a": "y"}],
    ),
    (
        {"anyOf": [thing("a", a=STRING), thing("b", b=STRING)]},
        {"oneOf": [thing("c", c=INTEGER), thing("d", d=INTEGER)]},
        [{"a": "x", "c": 1}, {"b": "x", "d": 1}, {"a": "x", "c": 1, "d": 1}, {"c": 1}],
    ),
]


def cases() -> list[Case]:
    """Each pair in both orders, as the whole and as a field; and a choice beside fields."""
    choice = {"oneOf": [thing("email", email=STRING), thing("phone", phone=STRING)]}
    ways: list[Any] = [{"name": "a", "email": "b"}, {"phone": "b"}, {"name": "a"}, {"email": "b", "phone": "c"}]
    made = [Case("3.1.1", {"Root": {**thing(name=STRING), **choice}}, tuple(ways))]
    for left, right, values in PAIRS:
        for one, other in ((left, right), (right, left)):
            both = {"allOf": [{"$ref": "#/components/schemas/A"}, other]}
            fields = tuple({"v": value} for value in values)
            made += [
                Case("3.1.1", {"A": one, "Root": both}, tuple(values)),
                Case("3.1.1", {"A": one, "Root": {"type": "object", "properties": {"v": both}}}, fields),
            ]
    return made


def test_what_both_say_holds(tmp_path: Path) -> None:
    listed = cases()
    clients = Clients(listed, tmp_path)
    try:
        for place, case in enumerate(listed):
            judge = Judge(case.version, case.schemas)
            for value in case.values:
                sent = clients.sent(place, value)
                assert isinstance(sent, Refused) is not judge.may_be_sent(value), (case.schemas, value, sent)
                if judge.must_be_read(value):
                    assert clients.read(place, value) == value, (case.schemas, value)
    finally:
        clients.close()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (STRING, INTEGER),
        ({"enum": ["a"]}, {"enum": ["b"]}),
        ({"const": "a"}, {"const": "b"}),
        ({"const": "a"}, {"enum": ["b"]}),
        ({"enum": ["b"]}, {"const": "a"}),
        ({**STRING, "format": "date"}, {"format": "uuid"}),
        ({"anyOf": [STRING, INTEGER]}, {"anyOf": [{"type": "array"}, {"type": "boolean"}]}),
        ({"anyOf": [STRING, INTEGER]}, {"type": "boolean"}),
    ],
)
def test_what_cannot_be_joined_is_said(left: Schema, right: Schema, tmp_path: Path) -> None:
    found = findings(sending({"allOf": [{"$ref": "#/components/schemas/A"}, right]}, A=left), tmp_path)
    assert {"unsupported-composition", "unsupported-keyword"} & set(found)
