"""What Python sees of a change: a table of pairs, each in both directions, and griffe as a second opinion."""

from __future__ import annotations

import ast
import functools
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import griffe
import pytest

from generator import pipeline
from generator.review.change import Level, SymbolKind
from generator.review.surface.comparison import symbol_changes
from generator.review.surface.rules import condition, sentence
from tests.generator.sources import NO_CONTENT, answering, described, sending, written

CASES = Path(__file__).parents[3] / "cases" / "generate"
STRING = {"type": "string"}
INTEGER = {"type": "integer"}
PET = {"$ref": "#/components/schemas/Pet"}


@functools.cache
def _files(description: str) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        made = pipeline.generate(written(json.loads(description), Path(folder)), "pets")
    assert made.files, made.diagnostics
    return made.files


def files(description: dict[str, Any]) -> dict[str, str]:
    return _files(json.dumps(description))


def obj(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


def one(schema: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    """A model with one field `a`, and one that stays."""
    return obj(*(["a"] if required else []), a=schema, kept=INTEGER)


def said(base: dict[str, Any], head: dict[str, Any]) -> list[str]:
    return [f"{change.level} {change.message}" for change in symbol_changes(files(base), files(head))]


def enum(*values: Any) -> dict[str, Any]:
    return {"enum": list(values)}


def items(schema: dict[str, Any], **bounds: Any) -> dict[str, Any]:
    return {"type": "array", "items": schema, **bounds}


INVARIANT = "; `list` and `dict` are invariant, so variables annotated with the old type do not fit"

# What it is about; the model before and after; what a sender reads, and what a reader of answers does.
MODELS: list[tuple[str, dict[str, Any], dict[str, Any], list[str], list[str]]] = [
    (
        "an optional field added",
        obj(kept=INTEGER),
        one(STRING),
        ["minor `models.Root.a` added, optional"],
        ["minor `models.Root.a` added, optional"],
    ),
    (
        "a required field added",
        obj(kept=INTEGER),
        one(STRING, required=True),
        ["major `models.Root.a` added, required"],
        ["minor `models.Root.a` added, required"],
    ),
    (
        "a field removed",
        one(STRING),
        obj(kept=INTEGER),
        ["major `models.Root.a` removed"],
        ["major `models.Root.a` removed"],
    ),
    (
        "a required field removed",
        one(STRING, required=True),
        obj(kept=INTEGER),
        ["major `models.Root.a` removed"],
        ["major `models.Root.a` removed"],
    ),
    (
        "optional, then required",
        one(STRING),
        one(STRING, required=True),
        ["major `models.Root.a` is required, was optional"],
        ["minor `models.Root.a: str`, was `str | None`"],
    ),
    (
        "required, then optional",
        one(STRING, required=True),
        one(STRING),
        ["minor `models.Root.a` is optional, was required"],
        ["major `models.Root.a: str | None`, was `str`"],
    ),
    (
        "a nullable one required, then optional",
        one({"type": ["string", "null"]}, required=True),
        one({"type": ["string", "null"]}),
        ["minor `models.Root.a` is optional, was required"],
        ["minor `models.Root.a` is optional, was required"],
    ),
    (
        "null added",
        one(STRING, required=True),
        one({"type": ["string", "null"]}, required=True),
        ["minor `models.Root.a` takes `None` as a value"],
        ["major `models.Root.a: str | None`, was `str`"],
    ),
    (
        "null added to an optional field",
        one(STRING),
        one({"type": ["string", "null"]}),
        ["minor `models.Root.a` takes `None` as a value"],
        [],
    ),
    (
        "null taken from an optional field",
        one({"type": ["string", "null"]}),
        one(STRING),
        ["major `models.Root.a` no longer takes `None` as a value"],
        [],
    ),
    (
        "a union widened",
        one(STRING),
        one({"type": ["string", "integer"]}),
        ["minor `models.Root.a: str | int | None`, was `str | None`"],
        ["major `models.Root.a: str | int | None`, was `str | None`"],
    ),
    (
        "a union narrowed",
        one({"type": ["string", "integer"]}),
        one(STRING),
        ["major `models.Root.a: str | None`, was `str | int | None`"],
        ["minor `models.Root.a: str | None`, was `str | int | None`"],
    ),
    (
        "another type",
        one(STRING),
        one(INTEGER),
        ["major `models.Root.a: int | None`, was `str | None`"],
        ["major `models.Root.a: int | None`, was `str | None`"],
    ),
    (
        "a whole number, then any number: no `int` is a `Decimal`",
        one(INTEGER),
        one({"type": "number"}),
        ["major `models.Root.a: Decimal | None`, was `int | None`"],
        ["major `models.Root.a: Decimal | None`, was `int | None`"],
    ),
    (
        "a type, then anything",
        one(STRING),
        one({}),
        ["minor `models.Root.a: Any | None`, was `str | None`"],
        ["major `models.Root.a: Any | None`, was `str | None`"],
    ),
    (
        "a value of an enumeration added",
        one(enum("x")),
        one(enum("x", "y")),
        ['minor `models.Root.a: Literal["x", "y"] | None`, was `Literal["x"] | None`'],
        ['minor `models.Root.a: Literal["x", "y"] | str | None`, was `Literal["x"] | str | None`'],
    ),
    (
        "a value of an enumeration removed",
        one(enum("x", "y")),
        one(enum("x")),
        ['major `models.Root.a: Literal["x"] | None`, was `Literal["x", "y"] | None`'],
        ['patch `models.Root.a: Literal["x"] | str | None`, was `Literal["x", "y"] | str | None`'],
    ),
    (
        "an enumeration, then free text: answers were open before",
        one(enum("x")),
        one(STRING),
        ['minor `models.Root.a: str | None`, was `Literal["x"] | None`'],
        ['patch `models.Root.a: str | None`, was `Literal["x"] | str | None`'],
    ),
    (
        "another constant",
        one({"const": "x"}),
        one({"const": "y"}),
        ['major `models.Root.a: Literal["y"] | None`, was `Literal["x"] | None`'],
        ['major `models.Root.a: Literal["y"] | None`, was `Literal["x"] | None`'],
    ),
    (
        "wider elements",
        one(items(STRING)),
        one(items({"type": ["string", "integer"]})),
        [f"minor `models.Root.a: list[str | int] | None`, was `list[str] | None`{INVARIANT}"],
        ["major `models.Root.a: list[str | int] | None`, was `list[str] | None`"],
    ),
    (
        "narrower elements",
        one(items({"type": ["string", "integer"]})),
        one(items(STRING)),
        ["major `models.Root.a: list[str] | None`, was `list[str | int] | None`"],
        [f"minor `models.Root.a: list[str] | None`, was `list[str | int] | None`{INVARIANT}"],
    ),
    (
        "wider values of a map",
        one({"type": "object", "additionalProperties": STRING}),
        one({"type": "object", "additionalProperties": {"type": ["string", "integer"]}}),
        [f"minor `models.Root.a: dict[str, str | int] | None`, was `dict[str, str] | None`{INVARIANT}"],
        ["major `models.Root.a: dict[str, str | int] | None`, was `dict[str, str] | None`"],
    ),
    (
        "a length lowered",
        one({**STRING, "maxLength": 10}),
        one({**STRING, "maxLength": 5}),
        ["major `models.Root.a` takes at most 5 characters, was 10"],
        [],
    ),
    (
        "a length raised",
        one({**STRING, "maxLength": 5}),
        one({**STRING, "maxLength": 10}),
        ["minor `models.Root.a` takes at most 10 characters, was 5"],
        [],
    ),
    (
        "a length set",
        one(STRING),
        one({**STRING, "minLength": 1}),
        ["major `models.Root.a` takes at least 1 character, was unlimited"],
        [],
    ),
    (
        "a number of elements no longer limited",
        one(items(STRING, maxItems=3)),
        one(items(STRING)),
        ["minor `models.Root.a` is no longer limited to at most 3 elements"],
        [],
    ),
    (
        "a range opened at its end",
        one({**INTEGER, "minimum": 1}),
        one({**INTEGER, "exclusiveMinimum": 1}),
        ["major `models.Root.a` takes more than 1, was at least 1"],
        [],
    ),
    (
        "a range widened at both ends",
        one({"type": "number", "minimum": 1, "maximum": 5}),
        one({"type": "number", "minimum": 0.5, "exclusiveMaximum": 6}),
        [
            "minor `models.Root.a` takes at least 0.5, was 1",
            "minor `models.Root.a` takes less than 6, was at most 5",
        ],
        [],
    ),
    (
        "finer steps",
        one({"type": "number", "multipleOf": 0.5}),
        one({"type": "number", "multipleOf": 0.25}),
        ["minor `models.Root.a` takes multiples of 0.25, was multiples of 0.5"],
        [],
    ),
    (
        "other steps",
        one({**INTEGER, "multipleOf": 2}),
        one({**INTEGER, "multipleOf": 3}),
        ["major `models.Root.a` takes multiples of 3, was multiples of 2"],
        [],
    ),
    (
        "another pattern",
        one({**STRING, "pattern": "^a"}),
        one({**STRING, "pattern": "^b"}),
        ["major `models.Root.a` takes what matches `^b`, was what matches `^a`"],
        [],
    ),
    (
        "a pattern dropped",
        one({**STRING, "pattern": "^a"}),
        one(STRING),
        ["minor `models.Root.a` is no longer limited to what matches `^a`"],
        [],
    ),
    (
        "a format that is checked",
        one(STRING),
        one({**STRING, "format": "email"}),
        ["major `models.Root.a` takes an email address, was unlimited"],
        [],
    ),
    (
        "elements that must differ",
        one(items(STRING)),
        one(items(STRING, uniqueItems=True)),
        ["major `models.Root.a` takes different elements, was unlimited"],
        [],
    ),
    (
        "numbers of a list",
        one({"type": "number", "enum": [0.5, 1]}),
        one({"type": "number", "enum": [0.5, 1, 2]}),
        ["minor `models.Root.a` takes 0.5, 1, 2, was 0.5, 1"],
        [],
    ),
    (
        "a form of times",
        one({**STRING, "x-datetime-format": "%Y-%m-%d"}),
        one({**STRING, "x-datetime-format": "%d.%m.%Y"}),
        ["major `models.Root.a` takes times of the form `%d.%m.%Y`, was times of the form `%Y-%m-%d`"],
        [],
    ),
    (
        "a bound of elements, which has a name",
        one(items({**STRING, "maxLength": 5})),
        one(items({**STRING, "maxLength": 9})),
        ["minor `models.RootAItem` takes at most 9 characters, was 5"],
        [],
    ),
    (
        "a bound of elements dropped, and its name with it",
        one(items({**STRING, "maxLength": 5})),
        one(items(STRING)),
        [
            "minor `models.Root.a` is no longer limited to at most 5 characters",
            "major `models.RootAItem` removed",
        ],
        [],
    ),
    (
        "a default",
        one({**STRING, "default": "x"}),
        one({**STRING, "default": "y"}),
        ['minor `models.Root.a` is `"y"` by default, was `"x"`'],
        [],
    ),
    (
        "a default removed",
        one({**STRING, "default": "x"}),
        one(STRING),
        ['minor `models.Root.a` is `None` by default, was `"x"`'],
        [],
    ),
    (
        "a default removed that made it optional",
        one({**STRING, "default": "x"}),
        one(STRING, required=True),
        ["major `models.Root.a` is required, was optional"],
        ["minor `models.Root.a: str`, was `str | None`"],
    ),
    (
        "deprecated",
        one(STRING),
        one({**STRING, "deprecated": True}),
        ["minor `models.Root.a` is deprecated"],
        ["minor `models.Root.a` is deprecated"],
    ),
    (
        "another name on the wire, the same in Python",
        obj(pet_id=STRING, k=INTEGER),
        obj(k=INTEGER, **{"pet-id": STRING}),
        ["major `models.Root.pet_id` is `pet-id` on the wire, was `pet_id`"],
        ["major `models.Root.pet_id` is `pet-id` on the wire, was `pet_id`"],
    ),
    (
        "a rule between fields added",
        obj(a=STRING, b=STRING),
        {**obj(a=STRING, b=STRING), "not": {"required": ["a", "b"]}},
        ["major `models.Root` has a new rule: a and b are not given together"],
        [],
    ),
    (
        "a rule between fields dropped",
        {**obj(a=STRING, b=STRING), "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        obj(a=STRING, b=STRING),
        ["minor `models.Root` no longer has the rule: at least one of a and b is given"],
        [],
    ),
    (
        "rules between fields, a limit raised, and another order",
        {**obj(a=STRING, b=STRING), "maxProperties": 3, "not": {"required": ["a", "b"]}},
        {**obj(a=STRING, b=STRING), "not": {"required": ["a", "b"]}, "maxProperties": 4},
        ["minor `models.Root` has the rule: at most 4 fields are given; it was: at most 3 fields are given"],
        [],
    ),
    (
        "a limit on all elements lowered",
        {**obj(a=items(STRING), b=STRING), "x-max-total-items": {"a": 5}},
        {**obj(a=items(STRING), b=STRING), "x-max-total-items": {"a": 4}},
        ["major `models.Root` has the rule: a has at most 4 elements in all; it was: a has at most 5 elements in all"],
        [],
    ),
    (
        "a group of fields added",
        obj(a=STRING),
        {**obj(a=STRING), "patternProperties": {"^x": STRING}},
        ["minor `models.Root.pattern_properties` added"],
        ["minor `models.Root.pattern_properties` added"],
    ),
    (
        "a group of fields removed",
        {**obj(a=STRING), "additionalProperties": STRING},
        obj(a=STRING),
        ["major `models.Root.additional_properties` removed"],
        ["major `models.Root.additional_properties` removed"],
    ),
    (
        "a group of fields with other names and wider values",
        {**obj(a=STRING), "patternProperties": {"^x": STRING}},
        {**obj(a=STRING), "patternProperties": {"^y": {"type": ["string", "integer"]}}},
        [
            "major `models.Root.pattern_properties` has the fields matching `^y`, was `^x`",
            "minor `models.Root.pattern_properties` has values of `str | int`, was `str`",
        ],
        [
            "major `models.Root.pattern_properties` has the fields matching `^y`, was `^x`",
            "major `models.Root.pattern_properties` has values of `str | int`, was `str`",
        ],
    ),
    ("a text", one(STRING), one({**STRING, "description": "It."}), [], []),
    ("the order of fields", obj(a=STRING, b=INTEGER), obj(b=INTEGER, a=STRING), [], []),
    ("the order of a union", one({"type": ["string", "integer"]}), one({"type": ["integer", "string"]}), [], []),
    (
        "a class, then a name for text",
        obj(a=STRING),
        STRING,
        ["major `models.Root` is `str`, was `class Root(RequestModel)`"],
        ["major `models.Root` is `str`, was `class Root(ResponseModel)`"],
    ),
    (
        "a name for text, then for a number",
        STRING,
        INTEGER,
        ["major `models.Root` is `int`, was `str`"],
        ["major `models.Root` is `int`, was `str`"],
    ),
    (
        "a name for one of two, then of three",
        enum("x", "y"),
        enum("x", "y", "z"),
        ['minor `models.Root` is `Literal["x", "y", "z"]`, was `Literal["x", "y"]`'],
        ['minor `models.Root` is `Literal["x", "y", "z"] | str`, was `Literal["x", "y"] | str`'],
    ),
    (
        "an inline class, new with its field",
        obj(kept=INTEGER),
        one(obj(b=STRING)),
        ["minor `models.Root.a` added, optional", "minor `models.RootA` added"],
        ["minor `models.Root.a` added, optional", "minor `models.RootA` added"],
    ),
]


@pytest.mark.parametrize(("base", "head", "expected", "_"), [row[1:] for row in MODELS], ids=[row[0] for row in MODELS])
def test_a_model_of_requests(
    base: dict[str, Any],
    head: dict[str, Any],
    expected: list[str],
    _: list[str],
) -> None:
    assert said(sending(base), sending(head)) == expected


@pytest.mark.parametrize(("base", "head", "_", "expected"), [row[1:] for row in MODELS], ids=[row[0] for row in MODELS])
def test_a_model_of_responses(
    base: dict[str, Any],
    head: dict[str, Any],
    _: list[str],
    expected: list[str],
) -> None:
    assert said(answering(base), answering(head)) == expected


# -- methods and clients ---------------------------------------------------------------------------------------------


def calling(
    parameters: list[dict[str, Any]] | None = None,
    path: str = "/pets",
    *,
    body: dict[str, Any] | None = None,
    answer: dict[str, Any] | None = None,
    more: dict[str, Any] | None = None,
    **operation: Any,
) -> dict[str, Any]:
    """A description with one operation, `Pets.read`, and a second one that stays."""
    content = {"application/json": {"schema": answer}}
    responses = NO_CONTENT if answer is None else {"200": {"description": "It.", "content": content}}
    made = {"operationId": "read", "tags": ["pets"], "parameters": parameters or [], "responses": responses}
    if body is not None:
        made["requestBody"] = body
    kept = {"operationId": "keep", "tags": ["kept"], "responses": NO_CONTENT}
    return {**described({path: {"post": {**made, **operation}}, "/kept": {"get": kept}}), **(more or {})}


def query(name: str, schema: dict[str, Any] | None = None, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema or STRING, "required": required}


def part(name: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"name": name, "in": "path", "schema": schema or STRING, "required": True}


def body(schema: dict[str, Any], *, required: bool = True) -> dict[str, Any]:
    return {"required": required, "content": {"application/json": {"schema": schema}}}


def secured(**schemes: dict[str, Any]) -> dict[str, Any]:
    return {"components": {"securitySchemes": schemes}, "security": [{name: []} for name in schemes]}


HTTP = {"type": "http", "scheme": "bearer"}
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}

CALLS: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    (
        "an optional argument added",
        calling(),
        calling([query("dry-run")]),
        ["minor `Pets.read(..., dry_run=)` added, optional"],
    ),
    (
        "a required argument added",
        calling(),
        calling([query("dry-run", required=True)]),
        ["major `Pets.read(..., dry_run=)` added, required"],
    ),
    ("an argument removed", calling([query("a")]), calling(), ["major `Pets.read(..., a=)` removed"]),
    (
        "an argument required",
        calling([query("a")]),
        calling([query("a", required=True)]),
        ["major `Pets.read(..., a=)` is required, was optional"],
    ),
    (
        "an argument optional",
        calling([query("a", required=True)]),
        calling([query("a")]),
        ["minor `Pets.read(..., a=)` is optional, was required"],
    ),
    (
        "a wider argument",
        calling([query("a")]),
        calling([query("a", {"type": ["string", "integer"]})]),
        ["minor `Pets.read(..., a=)` takes `str | int`, was `str`"],
    ),
    (
        "a narrower argument",
        calling([query("a")]),
        calling([query("a", enum("x"))]),
        ['major `Pets.read(..., a=)` takes `Literal["x"]`, was `str`'],
    ),
    (
        "a bound of an argument, which its signature does not show",
        calling([query("a", {**STRING, "maxLength": 9})]),
        calling([query("a", {**STRING, "maxLength": 5})]),
        ["major `Pets.read(..., a=)` takes at most 5 characters, was 9"],
    ),
    ("the order of arguments by name", calling([query("a"), query("b")]), calling([query("b"), query("a")]), []),
    (
        "the order of arguments by position",
        calling([part("a"), part("b")], "/{a}/{b}"),
        calling([part("a"), part("b")], "/{b}/{a}"),
        ["major `Pets.read` takes `(b, a)` in this order, was `(a, b)`"],
    ),
    (
        "an argument by position under another name",
        calling([part("a")], "/{a}"),
        calling([part("b")], "/{b}"),
        ["major `Pets.read(..., a=)` renamed to `b=`", "major `Pets.read(..., b=)` added, required"],
    ),
    (
        "an argument by name, then by position",
        calling([query("a")], body=body(STRING)),
        calling([part("a")], "/pets/{a}", body=body(STRING)),
        [
            "major `Pets.read` takes `(a, body)` in this order, was `(body)`",
            "major `Pets.read(..., a=)` is required, was optional",
            "minor `Pets.read(..., a=)` can be given by position",
        ],
    ),
    (
        "an argument by position, then by name",
        calling([part("a")], "/pets/{a}"),
        calling([query("a", required=True)]),
        ["major `Pets.read(..., a=)` is given by name alone, was given by position"],
    ),
    (
        "a body added that may be left out",
        calling(),
        calling(body=body(STRING, required=False)),
        ["minor `Pets.read(..., body=)` added, optional"],
    ),
    (
        "a body required",
        calling(body=body(STRING, required=False)),
        calling(body=body(STRING)),
        ["major `Pets.read(..., body=)` is required, was optional"],
    ),
    (
        "a wider result",
        calling(answer=STRING),
        calling(answer={"type": ["string", "null"]}),
        ["major `Pets.read(...)` gives `str | None`, was `str`"],
    ),
    (
        "a narrower result",
        calling(answer={"type": ["string", "integer"]}),
        calling(answer=STRING),
        ["minor `Pets.read(...)` gives `str`, was `str | int`"],
    ),
    ("a bound of a result", calling(answer=STRING), calling(answer={**STRING, "maxLength": 5}), []),
    (
        "a method added",
        described({"/kept": calling()["paths"]["/kept"]}),
        calling(),
        ["minor `Client.pets` added", "minor `Pets.read` added"],
    ),
    (
        "a method removed",
        calling(),
        described({"/kept": calling()["paths"]["/kept"]}),
        ["major `Client.pets` removed", "major `Pets.read` removed"],
    ),
    (
        "a method renamed",
        calling(),
        calling(operationId="fetch"),
        ["minor `Pets.fetch` added, the new name of `Pets.read`", "major `Pets.read` renamed to `Pets.fetch`"],
    ),
    (
        "a method moved",
        calling(),
        calling(tags=["kept"]),
        [
            "major `Client.pets` removed",
            "minor `Kept.read` added, the new name of `Pets.read`",
            "major `Pets.read` renamed to `Kept.read`",
        ],
    ),
    ("a method deprecated", calling(), calling(deprecated=True), ["minor `Pets.read` is deprecated"]),
    ("texts of a method", calling(), calling(summary="It.", description="Deprecated. Not."), []),
    (
        "a credential added",
        calling(more=secured(bearer=HTTP)),
        calling(more=secured(bearer=HTTP, key=KEY)),
        ["minor `Client(..., key=)` added, optional"],
    ),
    (
        "a credential removed",
        calling(more=secured(bearer=HTTP, key=KEY)),
        calling(more=secured(key=KEY)),
        ["major `Client(..., token=)` removed"],
    ),
    (
        "one server of two",
        calling(more={"servers": [{"url": "https://a.example"}, {"url": "https://b.example"}]}),
        calling(more={"servers": [{"url": "https://a.example"}]}),
        ["minor `Client(..., base_url=)` is optional, was required"],
    ),
    (
        "two servers of one",
        calling(more={"servers": [{"url": "https://a.example"}]}),
        calling(more={"servers": [{"url": "https://a.example"}, {"url": "https://b.example"}]}),
        ["major `Client(..., base_url=)` is required, was optional"],
    ),
    (
        "another server",
        calling(more={"servers": [{"url": "https://a.example"}]}),
        calling(more={"servers": [{"url": "https://b.example"}]}),
        ['major `Client(..., base_url=)` is `"https://b.example"` by default, was `"https://a.example"`'],
    ),
]


@pytest.mark.parametrize(("base", "head", "expected"), [row[1:] for row in CALLS], ids=[row[0] for row in CALLS])
def test_methods_and_clients(base: dict[str, Any], head: dict[str, Any], expected: list[str]) -> None:
    assert said(base, head) == expected


# -- names, sides, twins ---------------------------------------------------------------------------------------------


def with_schemas(root: dict[str, Any], **schemas: dict[str, Any]) -> dict[str, Any]:
    return sending(root, **schemas)


def test_a_renamed_class_is_said_once_and_is_the_same_where_it_is_used() -> None:
    pet = obj("x", x=STRING, mother={"$ref": "#/components/schemas/Pet"})
    animal = obj("x", x=STRING, mother={"$ref": "#/components/schemas/Animal"})
    base = sending(obj(pet=PET, pets=items(PET)), Pet=pet)
    ref = {"$ref": "#/components/schemas/Animal"}
    assert said(base, sending(obj(pet=ref, pets=items(ref)), Animal=animal)) == [
        "minor `models.Animal` added, the new name of `models.Pet`",
        "major `models.Pet` renamed to `models.Animal`",
    ]


def test_what_changes_in_a_renamed_class_is_said_besides() -> None:
    base = sending(obj(pet=PET), Pet=obj(x=STRING))
    head = sending(obj(pet={"$ref": "#/components/schemas/Animal"}), Animal=obj(x={**STRING, "maxLength": 5}))
    assert "major `models.Animal.x` takes at most 5 characters, was unlimited" in said(base, head)


def test_each_renamed_class_finds_its_own() -> None:
    inner = {"Cat": obj(x=STRING), "Dog": obj(x=STRING)}
    base = sending(obj(a={"$ref": "#/components/schemas/Cat"}, b={"$ref": "#/components/schemas/Dog"}), **inner)
    head = sending(
        obj(a={"$ref": "#/components/schemas/OldCat"}, b={"$ref": "#/components/schemas/OldDog"}),
        OldCat=inner["Cat"],
        OldDog=inner["Dog"],
    )
    assert "major `models.Cat` renamed to `models.OldCat`" in said(base, head)
    assert "major `models.Dog` renamed to `models.OldDog`" in said(base, head)


def test_another_class_under_another_name_is_no_renaming() -> None:
    base = sending(obj(pet=PET), Pet=obj(x=STRING))
    head = sending(obj(pet={"$ref": "#/components/schemas/Plant"}), Plant=obj(y=STRING))
    assert said(base, head) == [
        "major `models.Pet` removed",
        "minor `models.Plant` added",
        "major `models.Root.pet: Plant | None`, was `Pet | None`",
    ]


def both(*, answered: bool) -> dict[str, Any]:
    made = sending(one(STRING))
    if answered:
        operation = made["paths"]["/"]["post"]
        operation["responses"] = {"200": {"description": ".", "content": operation["requestBody"]["content"]}}
    return made


def test_a_class_that_moves_to_the_other_side() -> None:
    assert said(both(answered=False), both(answered=True)) == [
        "major `Default.send(...)` gives `models.Root`, was `None`",
        "major `Default.send(..., body=)` takes `models.RootRequest`, was `models.Root`",
        "major `models.Root` is what responses bring (`ResponseModel`), was what requests take",
        "minor `models.RootRequest` added",
    ]


def test_an_alias_said_by_its_name_or_written_out_is_the_same() -> None:
    level = {"$ref": "#/components/schemas/Level"}
    for direction in (sending, answering):
        named = direction(obj(level=level, levels=items(level)), Level=enum("low", "high"))
        inline = direction(obj(level=enum("low", "high"), levels=items(enum("low", "high"))))
        assert said(named, inline) == ["major `models.Level` removed"]
        assert said(inline, named) == ["minor `models.Level` added"]


def test_a_recursive_alias_compares() -> None:
    def tree(leaf: dict[str, Any], name: str) -> dict[str, Any]:
        reference = {"$ref": f"#/components/schemas/{name}"}
        schema = {"type": "object", "additionalProperties": {"anyOf": [leaf, reference]}}
        return answering(obj(tree=reference), **{name: schema})

    assert said(tree(STRING, "Tree"), tree(STRING, "Tree")) == []
    assert said(tree(STRING, "Tree"), tree(STRING, "Wood")) == [
        "major `models.Tree` renamed to `models.Wood`",
        "minor `models.Wood` added, the new name of `models.Tree`",
    ]
    assert said(tree(STRING, "Tree"), tree(INTEGER, "Tree")) == [
        "major `models.Tree` is `dict[str, int | models.Tree]`, was `dict[str, str | models.Tree]`"
    ]


def test_rules_are_said_in_words() -> None:
    rules = {
        'Present("a")': "a is given",
        'Not(Present("a"))': "a is not given",
        'AllOf(Present("a", "b"), Not(Present("c", "d")))': "a and b are given and c and d are not given together",
        'When(Present("a"), In("b", 1, "x", None))': "where a is given, b, where given, is 1, x or None",
        'When(AllOf(In("a", Decimal("0.5")), Present("a")), Present("b"))': "where a is 0.5, b is given",
        'Not(AllOf(In("a", True), Present("a")))': "a is not True",
        'Not(AllOf(In("a", True), Present("b")))': "it is not so that a, where given, is True and b is given",
        'AnyOf(Present("a"), Present("b"), Present("c"))': "at least one of a, b and c is given",
        'AnyOf(Present("a", "b"), Present("c"))': "a and b are given, or c is given",
        'OneOf(Present("a"), Present("b"))': "exactly one of a and b is given",
        'OneOf(Present("a", "b"), Not(Present("c")))': "exactly one of these holds: a and b are given; c is not given",
        'Inside("a", Present("b"))': "in a, b is given",
        "Count(2, None)": "at least 2 fields are given",
        "Count(0, 3)": "at most 3 fields are given",
        'TotalItems("a[*].b", 9)': "a[*].b has at most 9 elements in all",
    }
    for text, expected in rules.items():
        assert sentence(condition(ast.parse(text, mode="eval").body)) == expected


def test_a_minimum_version_is_said_of_its_field() -> None:
    def newer(version: str | None) -> dict[str, Any]:
        header = {"name": "Api-Version", "in": "header", "schema": STRING}
        mark = {} if version is None else {"x-minimum-version": {"header": "Api-Version", "version": version}}
        made = sending(one({**STRING, **mark}))
        made["paths"]["/"]["post"]["parameters"] = [header]
        return made

    assert said(newer(None), newer("2.9")) == ["major `models.Root.a` needs Api-Version 2.9"]
    assert said(newer("2.9"), newer("2.10")) == ["major `models.Root.a` needs Api-Version 2.10, was Api-Version 2.9"]
    assert said(newer("2.10"), newer("2.9")) == ["minor `models.Root.a` needs Api-Version 2.9, was Api-Version 2.10"]
    assert said(newer("2.9"), newer(None)) == ["minor `models.Root.a` no longer needs Api-Version 2.9"]


def test_a_twin_that_changes_alike_is_said_once_and_one_that_does_not_is_said_itself() -> None:
    base, head = files(calling()), dict(files(calling([query("a")])))
    assert [one.symbol for one in symbol_changes(base, head)] == ["Pets.read(..., a=)"]
    text = head["resources/pets.py"]
    first = text.index("a: str | None = None")
    head["resources/pets.py"] = text[:first] + text[first:].replace("a: str | None = None", "a: int | None = None", 1)
    assert [(one.symbol, one.after) for one in symbol_changes(base, head)] == [
        ("AsyncPets.read(..., a=)", "a: str | None = None"),
        ("Pets.read(..., a=)", "a: int | None = None"),
    ]


def test_a_class_called_async_is_no_twin() -> None:
    async_job, job = {"$ref": "#/components/schemas/AsyncJob"}, {"$ref": "#/components/schemas/Job"}
    base = answering(obj(a=async_job, b=job), AsyncJob=obj(x=STRING), Job=obj(x=STRING))
    head = answering(obj(kept=STRING))
    removed = [one.symbol for one in symbol_changes(files(base), files(head)) if one.kind is SymbolKind.REMOVED]
    assert removed == ["models.AsyncJob", "models.Job", "models.Root.a", "models.Root.b"]


def test_names_of_the_package_itself() -> None:
    base = files(calling())
    head = {
        **base,
        "__init__.py": base["__init__.py"].replace('"Options",\n    "AsyncToken"', '"Choices",\n    "AsyncToken"'),
    }
    assert [str(one.message) for one in symbol_changes(base, head)] == ["`Choices` added", "`Options` removed"]


def test_nothing_changes_where_nothing_does_and_the_order_is_always_the_same() -> None:
    base, head = files(sending(MODELS[0][1])), files(sending(MODELS[11][1]))
    assert symbol_changes(head, dict(reversed(head.items()))) == ()
    assert symbol_changes(base, head) == symbol_changes(dict(reversed(base.items())), head)


@pytest.mark.parametrize("case", ["methods", "shapes", "rules", "hostile", "security"])
def test_the_cases_of_the_generator_are_read_whole(case: str) -> None:
    folder = Path(__file__).parents[3] / "cases" / "generate" / case / "expected"
    made = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.py")}
    made = {**files(calling()), **made}
    assert symbol_changes(made, dict(made)) == ()
    gone = [one for one in symbol_changes(made, files(calling())) if one.kind is SymbolKind.REMOVED]
    names = set(re.findall(r'^    "(\w+)",$', made["models.py"], re.MULTILINE))
    assert {f"models.{name}" for name in names} <= {one.symbol for one in gone}


# -- griffe ----------------------------------------------------------------------------------------------------------


@functools.cache
def _module(description: str) -> griffe.Module:
    """A package as griffe reads it, without the runtime, which is the same in all."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in _files(description).items():
            file = Path(folder) / "pets" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if not path.startswith("_runtime/"):
                file.write_text(text, encoding="utf-8")
        found = griffe.load("pets", search_paths=[folder])
    assert isinstance(found, griffe.Module)
    return found


def breakages(base: dict[str, Any], head: dict[str, Any]) -> set[str]:
    """What griffe finds in two packages, said as symbols of ours."""
    found = griffe.find_breaking_changes(_module(json.dumps(base)), _module(json.dumps(head)))
    return {symbol for one in found if (symbol := _symbol(one)) is not None}


def _symbol(found: griffe.Breakage) -> str | None:
    path = found.obj.path.removeprefix("pets.")
    inherited = ("constraints", "minimum_versions", "nullable")  # from the runtime, where they do not stand
    if path.startswith("_") or "Async" in path or path.endswith(inherited):
        return None
    home, *steps = path.split(".")
    if home == "resources" and steps[-1] == found.obj.name and len(steps) == 1:
        return f"Client.{steps[0].lower()}"  # the module of a resource, or its class as the package shows it
    name = ".".join(step for step in (steps[1:] if home == "resources" else steps) if step != "__init__")
    if found.kind is griffe.BreakageKind.PARAMETER_MOVED:
        return name
    if found.kind.name.startswith("PARAMETER"):
        return f"{name}(..., {(found.old_value or found.new_value).name}=)"
    return f"models.{name}" if home == "models" else name


def batches(*, told: bool = True, failing: bool = True, given: dict[str, Any] | None = None) -> dict[str, Any]:
    mark = {"x-batch": {"requests": "pets", "results": "outcomes", "index": "place"}} if told else {}
    made = calling(
        body=body({"$ref": "#/components/schemas/Pets"}),
        answer={"$ref": "#/components/schemas/Added"},
    )
    schemas = {
        "Pets": obj(pets=items(given or {"$ref": "#/components/schemas/New"})),
        "New": obj(name=STRING),
        "Added": {**obj(outcomes=items({"anyOf": [PET, {"$ref": "#/components/schemas/Refused"}]})), **mark},
        "Pet": obj(id=INTEGER),
        "Refused": {**obj(place=INTEGER, why=STRING), **({"x-failure": True} if failing else {})},
    }
    return {**made, "components": {"schemas": schemas}}


MARKERS: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    (
        "a batch told",
        batches(told=False),
        batches(),
        ["minor `models.Added` tells which of its elements belong to those of the request"],
    ),
    (
        "a batch no longer told",
        batches(),
        batches(told=False),
        ["major `models.Added` no longer tells which of its elements belong to those of the request"],
    ),
    (
        "a failure that is none any more",
        batches(told=False),
        batches(told=False, failing=False),
        ["major `models.Refused` no longer says that a call failed"],
    ),
    (
        "elements of a batch that are given in another form",
        batches(),
        batches(given=STRING),
        [
            "major `models.Added` has elements given as `str`, was `models.New`",
            "major `models.New` removed",
            "major `models.Pets.pets: list[str] | None`, was `list[New] | None`",
        ],
    ),
]


@pytest.mark.parametrize(("base", "head", "expected"), [row[1:] for row in MARKERS], ids=[row[0] for row in MARKERS])
def test_markers_of_classes(base: dict[str, Any], head: dict[str, Any], expected: list[str]) -> None:
    assert said(base, head) == expected


ALL = [
    *[row[:3] for row in MARKERS],
    *[(f"request: {row[0]}", sending(row[1]), sending(row[2])) for row in MODELS],
    *[(f"response: {row[0]}", answering(row[1]), answering(row[2])) for row in MODELS],
    *[row[:3] for row in CALLS],
]


@pytest.mark.slow
@pytest.mark.parametrize(("base", "head"), [row[1:] for row in ALL], ids=[row[0] for row in ALL])
def test_what_griffe_finds_is_among_the_majors(base: dict[str, Any], head: dict[str, Any]) -> None:
    changes = symbol_changes(files(base), files(head))
    majors = {one.symbol for one in changes if one.level is Level.MAJOR}
    majors |= {one.removesuffix(".batch") for one in majors}  # a marker that is also a base class
    assert breakages(base, head) <= majors


MISSED = (
    "another type",
    "optional, then required",
    "null taken from an optional field",
    "a value of an enumeration removed",
    "a length lowered",
    "a required field added",
    "a rule between fields added",
)


@pytest.mark.parametrize("name", MISSED)
def test_what_griffe_misses_is_found(name: str) -> None:
    base, head = next((base, head) for row, base, head in ALL if row == f"request: {name}")
    assert breakages(base, head) == set()
    assert [one for one in symbol_changes(files(base), files(head)) if one.level is Level.MAJOR]


@pytest.mark.slow
def test_griffe_has_something_to_say() -> None:
    """Else what griffe finds would be compared with nothing."""
    found = {symbol for _, base, head in ALL for symbol in breakages(base, head)}
    assert found >= {"models.Root.a", "Client.pets", "Pets.read", "Pets.read(..., a=)", "Client(..., base_url=)"}


@pytest.mark.slow
@pytest.mark.parametrize("case", sorted(one.name for one in CASES.iterdir()))
def test_the_form_of_the_files_is_no_change(case: str) -> None:
    survey = pipeline.begin_survey(next((CASES / case).glob("openapi.*")), "case", case)
    sources, files = survey.draft().files, survey.revision().files
    assert sources["models.py" if "models.py" in sources else "models/__init__.py"]
    assert sources != {path: files[path] for path in sources}
    assert symbol_changes(sources, files) == symbol_changes(files, sources) == ()


def test_without_a_package_on_one_side_nothing_is_known() -> None:
    made = files(calling())
    assert symbol_changes({}, made) == symbol_changes(made, {}) == ()
