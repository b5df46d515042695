"""Each break of the law that was known by itself, with its right value: what is sent, what is refused, what is read."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.generator.law.clients import Clients, Refused, inspected
from tests.generator.law.descriptions import Case
from tests.generator.law.judging import same

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEW, OLD = "3.1.1", "3.0.3"
REFUSED: Final = "refused"
"""In the place of a value that goes out."""


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def field(schema: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    """An object with the field `v`."""
    return {"type": "object", "properties": {"v": schema}, **({"required": ["v"]} if required else {})}


B: Final = {"type": ["object", "null"], "properties": {"n": {"type": "integer"}}, "required": ["n"]}
"""A nullable object."""
B_OLD: Final = {**B, "type": "object", "nullable": True}
DATE: Final = {"type": "string", "format": "date"}
TIME: Final = {"type": "string", "format": "date-time"}
PATTERNED: Final = {
    "type": "object",
    "properties": {"zz": {"type": "integer"}},
    "patternProperties": {"^z": {"type": "integer", "minimum": 3}},
}
APART: Final[dict[str, Any]] = {
    "allOf": [
        {"type": "object", "additionalProperties": {"type": "integer", "maximum": 3}},
        {"type": "object", "patternProperties": {"^z": {"type": "integer"}}},
    ]
}
LIST: Final = {"type": ["array", "null"], "items": {"type": "integer"}}
ALIASES: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "alias": (NEW, {"Root": field(ref("A")), "A": ref("B"), "B": B}),
    "required": (NEW, {"Root": field(ref("A"), required=True), "A": ref("B"), "B": B}),
    "alias of an alias": (NEW, {"Root": field(ref("A")), "A": ref("C"), "C": ref("B"), "B": B}),
    "described": (NEW, {"Root": field(ref("A")), "A": {**ref("B"), "description": "It."}, "B": B}),
    "allOf": (NEW, {"Root": field({"allOf": [ref("A")]}), "A": {"allOf": [ref("B")]}, "B": B}),
    "3.0": (OLD, {"Root": field(ref("A")), "A": {"allOf": [ref("B")]}, "B": B_OLD}),
    "3.0, nullable where it is used": (
        OLD,
        {"Root": field({"allOf": [ref("A")], "nullable": True}), "A": {**B_OLD, "nullable": False}},
    ),
}
NULLS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "array": (NEW, {"Root": field(LIST, required=True)}),
    "array in 3.0": (OLD, {"Root": field({**LIST, "type": "array", "nullable": True}, required=True)}),
    "array by name": (NEW, {"Root": field(ref("A"), required=True), "A": LIST}),
    "string": (NEW, {"Root": field(ref("A")), "A": {"type": ["string", "null"]}}),
    "enum": (NEW, {"Root": field(ref("A")), "A": {"enum": ["a", None]}}),
    "date": (NEW, {"Root": field(ref("A")), "A": {"type": ["string", "null"], "format": "date"}}),
    "anyOf": (NEW, {"Root": field(ref("A")), "A": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}),
    "anything": (NEW, {"Root": field(ref("A")), "A": {}}),
    "string in 3.0": (OLD, {"Root": field(ref("A")), "A": {"type": "string", "nullable": True}}),
    "in anyOf": (NEW, {"Root": field({"anyOf": [ref("A")]}), "A": {"type": ["string", "null"]}}),
}
VALUES: Final[dict[str, tuple[str, dict[str, Any], Any, Any]]] = {
    **{
        f"a nullable object keeps its checks: {how}, {value}": (*case, {"v": value}, sent)
        for how, case in ALIASES.items()
        for value, sent in (({"n": 1}, {"v": {"n": 1}}), (None, {"v": None}), ({"n": "x"}, REFUSED), ({}, REFUSED))
    },
    "in an array": (
        NEW,
        {"Root": field({"type": "array", "items": ref("A")}), "A": ref("B"), "B": B},
        {"v": [{}]},
        REFUSED,
    ),
    **{f"null: {how}": (*case, {"v": None}, {"v": None}) for how, case in NULLS.items()},
    "null in an array of arrays": (
        NEW,
        {"Root": field({"type": "array", "items": LIST})},
        {"v": [None]},
        {"v": [None]},
    ),
    "null in a map of arrays": (
        NEW,
        {"Root": field({"type": "object", "additionalProperties": LIST})},
        {"v": {"k": None}},
        {"v": {"k": None}},
    ),
    "true is not 1": (NEW, {"Root": field({"const": 1})}, {"v": True}, REFUSED),
    "true is no integer of a few": (NEW, {"Root": field({"type": "integer", "enum": [0, 1]})}, {"v": True}, REFUSED),
    "1 is not true": (NEW, {"Root": field({"const": True})}, {"v": 1}, REFUSED),
    "1.0 is 1": (NEW, {"Root": field({"const": 1})}, {"v": 1.0}, {"v": 1}),
    "1.0 is an integer": (NEW, {"Root": field({"type": "integer"})}, {"v": 1.0}, {"v": 1}),
    "a list of a few lists": (NEW, {"Root": field({"enum": [[1], ["a"]]})}, {"v": [True]}, REFUSED),
    "a number as a string in a choice": (
        NEW,
        {"Root": field({"anyOf": [{"type": "number"}, {"type": "string"}]})},
        {"v": "1.50"},
        {"v": "1.50"},
    ),
    "a number as a string in an exclusive choice": (
        NEW,
        {"Root": field({"oneOf": [{"type": "number"}, {"type": "string"}]})},
        {"v": "1.50"},
        {"v": "1.50"},
    ),
    "a number as a string in a choice with a bound": (
        NEW,
        {"Root": field({"oneOf": [{"type": "number", "minimum": 1}, {"type": "string", "maxLength": 9}]})},
        {"v": "1.50"},
        {"v": "1.50"},
    ),
    **{
        f"a field called {name}": (
            NEW,
            {"Root": {"type": "object", "properties": {name: {}}}},
            {name: "a"},
            {name: "a"},
        )
        for name in ("register", "mro", "__mro__", "model_fields")
    },
    "fields of an alternative": (
        NEW,
        {"Root": {**field({"type": "string"}), "anyOf": [field({}), {"properties": {"w": {"type": "string"}}}]}},
        {"v": "a", "w": "b"},
        {"v": "a", "w": "b"},
    ),
    "two patterns": (
        NEW,
        {"Root": field({"allOf": [{"type": "string", "pattern": "^a"}, {"pattern": "b$"}]})},
        {"v": "ac"},
        REFUSED,
    ),
    "a part of an enumeration": (
        NEW,
        {"Root": field({"allOf": [ref("A"), {"enum": ["b", "c"]}]}), "A": {"type": "string", "enum": ["a", "b"]}},
        {"v": "a"},
        REFUSED,
    ),
    "the rest of an enumeration": (
        NEW,
        {"Root": field({"allOf": [ref("A"), {"enum": ["b", "c"]}]}), "A": {"type": "string", "enum": ["a", "b"]}},
        {"v": "b"},
        {"v": "b"},
    ),
    "null in a circle of classes": (
        NEW,
        {
            "Root": {
                "type": "object",
                "properties": {
                    "a": {
                        "type": "object",
                        "properties": {"someId": {"type": ["object", "null"], "properties": {"a": ref("Root")}}},
                    }
                },
            }
        },
        {"a": {"someId": None}},
        {"a": {"someId": None}},
    ),
    "elements that JSON tells apart": (
        NEW,
        {"Root": field({"type": "array", "items": field({}), "uniqueItems": True})},
        {"v": [{"v": True}, {"v": 1}]},
        {"v": [{"v": True}, {"v": 1}]},
    ),
    "a number as a string where anything may be": (
        NEW,
        {"Root": field({"anyOf": [{"type": "number"}, {}]})},
        {"v": "7"},
        {"v": "7"},
    ),
    "a number as a string deep in an exclusive choice": (
        NEW,
        {"Root": field({"oneOf": [{}, {"type": "object", "additionalProperties": {"type": "number"}}]})},
        {"v": {"k": "1.50"}},
        {"v": {"k": "1.50"}},
    ),
    "a number as a string beside a bound": (
        NEW,
        {"Root": field({"anyOf": [{"type": "number", "maximum": 3}, {}]})},
        {"v": "1.50"},
        {"v": "1.50"},
    ),
    "null among none": (
        NEW,
        {"Root": field({"type": "array", "items": {"enum": [2.5, False]}})},
        {"v": [None]},
        REFUSED,
    ),
    "an option of a few values of another type": (
        NEW,
        {"Root": field({"allOf": [{"enum": ["a", "2026-11-21"]}, {"type": "string", "format": "date"}]})},
        {"v": "a"},
        REFUSED,
    ),
    "fields and what others are": (
        NEW,
        {"Root": {"allOf": [{"type": "object", "additionalProperties": {"type": "string"}}, field({})]}},
        {"v": 0},
        REFUSED,
    ),
    "several of oneOf": (
        NEW,
        {"Root": field({"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 1}]})},
        {"v": 2},
        REFUSED,
    ),
    "what is named, as an object": (
        NEW,
        {"Root": field({"allOf": [{"type": "object"}, ref("A")]}), "A": {}},
        {"v": 2},
        REFUSED,
    ),
    "text that is called binary": (
        NEW,
        {"Root": field({"type": "string", "format": "binary", "maxLength": 3})},
        {"v": "abc"},
        {"v": "abc"},
    ),
    "a name that a pattern matches, beside others": (
        NEW,
        {"Root": {"type": "object", "patternProperties": {"^z": {}}, "additionalProperties": {"type": "integer"}}},
        {"zz": "a", "a": 1},
        {"zz": "a", "a": 1},
    ),
    "another name than a pattern matches": (
        NEW,
        {"Root": {"type": "object", "patternProperties": {"^z": {}}, "additionalProperties": {"type": "integer"}}},
        {"zz": "a", "a": "a"},
        REFUSED,
    ),
    **{
        f"a field that a pattern matches: {value}": (NEW, {"Root": PATTERNED}, {"zz": value}, sent)
        for value, sent in ((4, {"zz": 4}), (1, REFUSED))
    },
    **{
        f"a name by pattern, and any other one in allOf: {value}": (NEW, {"Root": APART}, {"zz": value}, sent)
        for value, sent in ((1, {"zz": 1}), (4, REFUSED))
    },
    "a field that is none of all others to another part": (
        NEW,
        {
            "Root": {
                "allOf": [
                    {"type": "object", "properties": {"zz": {"type": "string"}}},
                    {"type": "object", "patternProperties": {"^z": {}}, "additionalProperties": {"type": "integer"}},
                ]
            }
        },
        {"zz": "a"},
        {"zz": "a"},
    ),
    "a field of another part than the closed one": (
        NEW,
        {"Root": {"allOf": [{**field({"type": "integer"}), "additionalProperties": False}, {"properties": {"w": {}}}]}},
        {"v": 1, "w": 2},
        {"v": 1, "w": 2},
    ),
    "one of oneOf": (
        NEW,
        {"Root": field({"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 1}]})},
        {"v": 0},
        {"v": 0},
    ),
}
READ: Final[dict[str, tuple[str, dict[str, Any], Any]]] = {
    **{f"null: {how}": (*case, {"v": None}) for how, case in (ALIASES | NULLS).items() if how != "required"},
    "a number": (NEW, {"Root": {"type": "number"}}, 1.5),
    "a number or null": (NEW, {"Root": {"type": ["number", "null"]}}, None),
    "numbers": (NEW, {"Root": {"type": "array", "items": {"type": "number"}}}, [1.5]),
    "a map of numbers": (NEW, {"Root": {"type": "object", "additionalProperties": {"type": "number"}}}, {"a": 1.5}),
    "1.0 among whole numbers and truths": (NEW, {"Root": {"enum": [True, 5]}}, 1.0),
    "1.0 among whole numbers and named truths": (
        NEW,
        {"Root": {"anyOf": [ref("A"), {"type": "integer"}]}, "A": {"type": "boolean"}},
        1.0,
    ),
    "another value than a few within a bound": (
        NEW,
        {"Root": {"allOf": [{"enum": [0, None]}, {"exclusiveMinimum": 0}]}},
        2,
    ),
    "text that is called binary": (NEW, {"Root": field({"type": "string", "format": "binary"})}, {"v": "abc"}),
    "a date among times": (NEW, {"Root": {"anyOf": [TIME, DATE]}}, "1999-12-31"),
    "a time among dates": (NEW, {"Root": {"anyOf": [DATE, TIME]}}, "2026-11-21T00:00:00Z"),
    "a number among times": (NEW, {"Root": field({"anyOf": [TIME, {"type": "number"}]})}, {"v": 0}),
    "a text among objects with numbers": (
        NEW,
        {"Root": {"anyOf": [field({}), field(field({"type": "number"}))]}},
        {"v": {"v": "1.50"}},
    ),
    "false among objects with few numbers": (
        NEW,
        {"Root": {"anyOf": [{"type": "object", "properties": {"w": {}}}, field(field({"enum": [0]}))]}},
        {"v": {"v": False}},
    ),
    "true among 1 and truths": (NEW, {"Root": {"anyOf": [{"enum": [1]}, {"type": "boolean"}]}}, True),
    "1.0 for 1": (NEW, {"Root": field({"const": 1})}, {"v": 1.0}),
    "a map that speaks of items": (NEW, {"Root": {"type": "object", "items": {"type": "string"}}}, {"a": 1}),
    "fields beside named others": (
        NEW,
        {"Root": {**field({"type": "string"}), "additionalProperties": ref("B")}, "B": B},
        {"v": "a", "w": {"n": 1}},
    ),
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Clients, int]]]:
    """The client that each case is in, and its place there: one for all cases of a version."""
    made: dict[str, tuple[Clients, int]] = {}
    clients: list[Clients] = []
    for version in (NEW, OLD):
        named = {
            name: one[1]
            for name, one in (VALUES | {f"read: {name}": one for name, one in READ.items()}).items()
            if one[0] == version
        }
        folder = tmp_path_factory.mktemp("known")
        clients.append(Clients([Case(version, schemas, ()) for schemas in named.values()], folder))
        made |= {name: (clients[-1], place) for place, name in enumerate(named)}
        shutil.rmtree(folder)
    yield made
    for one in clients:
        one.close()


@pytest.mark.parametrize("name", VALUES)
def test_what_is_sent(name: str, client: dict[str, tuple[Clients, int]]) -> None:
    _, _, value, expected = VALUES[name]
    clients, place = client[name]
    taken = [REFUSED if isinstance(one, Refused) else one for one in clients.taken(place, value)]
    assert taken == [expected] * len(taken)


@pytest.mark.parametrize("value", [1, 1.0])
def test_1_is_not_read_as_true(value: float, tmp_path: Path) -> None:
    clients = Clients([Case(NEW, {"Root": field({"const": True})}, ())], tmp_path)
    assert isinstance(clients.understood(0, {"v": value}), Refused)
    assert clients.read(0, {"v": value}) == {"v": None}, "it is what could not be read"
    clients.close()


@pytest.mark.parametrize("value", [True, [], 0])
def test_what_is_null_by_all_of_its_parts_is_null_alone(value: object, tmp_path: Path) -> None:
    both = [
        {"allOf": [{"type": "boolean", "nullable": True}], "description": "It."},
        {"type": "array", "nullable": True},
    ]
    clients = Clients([Case("3.0.3", {"Root": field({"allOf": both, "nullable": True})}, ())], tmp_path)
    assert isinstance(clients.sent(0, {"v": value}), Refused)
    assert clients.sent(0, {"v": None}) == {"v": None}
    clients.close()


def test_null_twice_in_one_of_is_nothing(tmp_path: Path) -> None:
    root = {"type": "object", "properties": {}, "additionalProperties": {"oneOf": [{"type": "null"}, {"type": "null"}]}}
    rule, _ = inspected(Case(NEW, {"Root": root}, ()), tmp_path)
    assert rule == "unsupported-keyword"


@pytest.mark.parametrize("name", READ)
def test_what_is_read(name: str, client: dict[str, tuple[Clients, int]]) -> None:
    clients, place = client[f"read: {name}"]
    assert same(clients.read(place, READ[name][2]), READ[name][2])


@pytest.mark.slow
@pytest.mark.parametrize(
    "root",
    [
        {"type": "number"},
        {"type": ["number", "null"]},
        {"type": "array", "items": {"type": "number"}},
        {"type": "object", "additionalProperties": {"type": "number"}},
        {"type": "string", "format": "date"},
        {"type": "array", "items": ref("Root")},
        {"anyOf": [{"type": "integer"}, {"type": "array", "items": ref("Root")}]},
    ],
    ids=str,
)
def test_a_package_that_has_nothing_else_imports(root: dict[str, Any], tmp_path: Path) -> None:
    Clients([Case(NEW, {"Root": root}, ())], tmp_path).close()
