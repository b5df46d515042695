"""Validation as a whole: public descriptions, garbage, exactness, and no finding said twice."""

from __future__ import annotations

import copy
import json
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import FormatChecker  # type: ignore[import-untyped] # there are stubs, not here
from jsonschema.exceptions import SchemaError  # type: ignore[import-untyped] # there are stubs, not here
from openapi_schema_validator import OAS30Validator, OAS31Validator

from generator.diagnostics import Severity, UnusableInputError
from generator.document.loader import load
from generator.document.upgrader import upgrade
from generator.validation.library import _is_schema
from generator.validation.rules import conformance
from generator.validation.validator import validate
from tests.public.files import PETSTORE, fetched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.document.tree import Document


def _words(text: str) -> list[str]:
    return text.split()


WORDS = _words("""
$ref type properties required allOf anyOf oneOf not if items schema example examples default enum const name in value
parameters responses content security servers tags components schemas paths callbacks headers discriminator mapping
propertyName nullable minimum exclusiveMinimum maximum maxLength pattern patternProperties additionalProperties
dependentSchemas dependentRequired readOnly uniqueItems multipleOf contains prefixItems format externalValue variables
x-failure x-max-total-items x-error-categories x-datetime-format x-property-group x-idempotency-key 200 get /pets
x-batch url modulo categories requests results index x-echo same sums of unless rounded x-idempotency-key-lifetime
x-rate-limit remaining reset
""")
TEXTS = _words("""
string object array null integer date #/components/schemas/Pet #/components/schemas/Tag # #/ #tag other.yaml#/x ( {
http://example.com/x (?=a)b \\p{L} %Y-%m-%d a[*].b path query header petstore.json oauth2
""")
SCALARS: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(TEXTS)
    | st.text("aé😀\u2028 ", max_size=3)
)
JUNK: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    max_leaves=15,
)
PETS: Any = {
    "openapi": "3.1.1",
    "info": {"title": "Pets", "version": "1"},
    "tags": [{"name": "pets"}],
    "servers": [{"url": "https://{region}.example.com", "variables": {"region": {"default": "eu"}}}],
    "security": [{"login": ["pets:read"]}],
    "paths": {
        "/pets/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
            "post": {
                "operationId": "setPet",
                "parameters": [{"$ref": "#/components/parameters/Key"}],
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {"$ref": "#/components/schemas/Pet"},
                            "examples": {"rex": {"$ref": "#/components/examples/Rex"}},
                        }
                    }
                },
                "responses": {
                    "200": {
                        "description": "Done.",
                        "headers": {"X-Left": {"schema": {"type": "integer"}, "example": 3}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
                    }
                },
            },
        }
    },
    "components": {
        "parameters": {"Key": {"name": "Key", "in": "header", "schema": {"type": "string"}, "x-idempotency-key": True}},
        "examples": {"Rex": {"value": {"name": "Rex", "kind": "dog", "friends": []}}},
        "schemas": {
            "Pet": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "pattern": "^[A-Z]", "maxLength": 10},
                    "kind": {"type": "string", "enum": ["cat", "dog"], "default": "cat"},
                    "weight": {"type": "number", "minimum": 0, "multipleOf": 0.01, "examples": [1.5]},
                    "friends": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}},
                    "tag": {"oneOf": [{"$ref": "#/components/schemas/Tag"}, {"type": "null"}]},
                },
                "patternProperties": {"__c$": {"type": ["string", "null"], "x-property-group": "custom"}},
                "x-max-total-items": {"friends[*].friends": 10},
                "not": {"required": ["kind", "tag"]},
            },
            "Tag": {"type": "object", "properties": {"label": {"type": "string"}}, "additionalProperties": False},
        },
        "securitySchemes": {
            "login": {
                "type": "oauth2",
                "flows": {"clientCredentials": {"tokenUrl": "https://example.com/t", "scopes": {"pets:read": "Read."}}},
            }
        },
    },
}


def document(tree: object, directory: Path) -> Document:
    path = directory / "openapi.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    return load(path)


def lines(tree: object, directory: Path) -> list[str]:
    return [f"{found.rule}: {found.message}" for found in validate(document(tree, directory))]


def survives(tree: object, directory: Path) -> None:
    """No error but the one that says that a file is unusable; what is upgraded can be validated again."""
    try:
        read = document(tree, directory)
    except UnusableInputError:
        return
    found = validate(read)
    assert list(found) == sorted(set(found), key=lambda each: (each.location, each.rule, each.message))
    upgraded = upgrade(read)
    assert upgrade(upgraded) is upgraded
    validate(upgraded)


def pointers(tree: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in items:
        yield from pointers(value, (*path, key))


POINTERS = [path for path in pointers(PETS) if path]
SLOW = settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def test_the_sample_is_clean(tmp_path: Path) -> None:
    assert lines(PETS, tmp_path) == []


@SLOW
@given(tree=JUNK, version=st.sampled_from([None, "3.0.3", "3.1.1"]))
def test_any_json_is_survived(tree: Any, version: str | None, tmp_path_factory: pytest.TempPathFactory) -> None:
    if isinstance(tree, dict) and version:
        tree = {"openapi": version, **tree}
    survives(tree, tmp_path_factory.mktemp("any"))


@SLOW
@given(
    changes=st.lists(st.tuples(st.sampled_from(POINTERS), st.none() | JUNK | st.sampled_from(POINTERS)), max_size=4),
    version=st.sampled_from(["3.0.3", "3.1.1"]),
)
def test_any_damage_is_survived(
    changes: list[tuple[tuple[str | int, ...], object]], version: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    tree = copy.deepcopy(PETS) | {"openapi": version}
    for path, change in changes:
        holder: Any = tree
        try:
            for step in path[:-1]:
                holder = holder[step]
            if change is None:
                del holder[path[-1]]
            elif isinstance(change, tuple):
                source: Any = PETS
                for step in change:
                    source = source[step]
                holder[path[-1]] = copy.deepcopy(source)
            else:
                holder[path[-1]] = change
        except (KeyError, IndexError, TypeError):
            continue
    survives(tree, tmp_path_factory.mktemp("damage"))


KEYWORDS = _words(
    "type properties items allOf not required enum minLength maximum pattern discriminator xml default $id"
)
SCHEMAS: st.SearchStrategy[Any] = st.recursive(
    SCALARS | st.sampled_from([1, 1.0, Decimal("1.0"), Decimal("2.5"), 10**25, "object", "(", {}]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYWORDS), inner, max_size=3),
    max_leaves=10,
)


@pytest.mark.filterwarnings("ignore")  # what Python says about strange patterns
@settings(deadline=None, max_examples=300)
@given(schema=st.dictionaries(st.sampled_from(KEYWORDS), SCHEMAS, max_size=3))
@example({"minLength": Decimal("1.0")})
@pytest.mark.parametrize("library", [OAS30Validator, OAS31Validator])
def test_what_is_taken_for_a_schema_is_one_to_the_library(library: Any, schema: dict[str, Any]) -> None:
    formats = FormatChecker([])
    formats.checkers = {name: one for name, one in library.FORMAT_CHECKER.checkers.items() if name != "regex"}
    try:
        library.check_schema(schema, format_checker=formats)
    except SchemaError:
        assert not _is_schema(schema, "3.0" if library is OAS30Validator else "3.1")


@pytest.mark.parametrize("version", ["3.0.3", "3.1.1"])
@pytest.mark.parametrize("pattern", [r"^[\p{L}\p{N} ]+$", r"^(?<year>\d{4})-\k<year>$", r"^\cJ\u{1F600}[^]$"])
def test_the_library_does_not_judge_patterns(version: str, pattern: str, tmp_path: Path) -> None:
    whole = {"type": "string", "pattern": pattern, "minLength": 1.0}  # 1.0 is none of the library's whole numbers
    for schema in (whole, {**whole, "minLength": 1}, {"type": "object", "properties": {"a": whole}}):
        assert not [each for each in lines({**with_schema(schema), "openapi": version}, tmp_path) if "egex" in each]


def test_the_library_is_asked_about_other_dialects(tmp_path: Path) -> None:
    schema = {"$schema": "https://json-schema.org/draft/2019-09/schema", "type": "object"}
    assert lines(with_schema(schema), tmp_path) == lines(with_schema({"type": "object"}), tmp_path)
    tree = {**with_schema({"type": "object"}), "jsonSchemaDialect": "https://example.com/none"}
    assert [each for each in lines(tree, tmp_path) if "nknown JSON Schema dialect" in each]


def with_schema(schema: object) -> Any:
    tree = copy.deepcopy(PETS)
    tree["components"]["schemas"]["Tag"] = schema
    return tree


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ('{"type": "number", "maximum": 1234567890123456.788, "examples": [1234567890123456.789]}', 1),
        ('{"type": "number", "maximum": 1234567890123456.789, "examples": [1234567890123456.789]}', 0),
        ('{"type": "number", "multipleOf": 0.01, "examples": [1234567890123456.789]}', 1),
        ('{"type": "number", "multipleOf": 0.01, "examples": [12345678901234567890.12]}', 0),
        ('{"type": "integer", "maximum": 1000000000000000000000000, "examples": [1000000000000000000000001]}', 1),
        ('{"type": "integer", "examples": [1000000000000000000000001, 1.0, 1e3]}', 0),
        ('{"const": 0.1, "examples": [0.1, 0.10, 1e-1]}', 0),
        ('{"const": 0.1, "examples": [0.1000000000000000000001]}', 1),
        ('{"type": "string", "format": "date", "examples": ["2026-02-29", "2024-02-29"]}', 1),
        ('{"type": "string", "format": "date-time", "examples": ["2026-02-28 10:00", "2026-02-28T10:00:00Z"]}', 1),
        ('{"type": "string", "format": "email", "examples": ["nobody", "a@example.com"]}', 1),
        ('{"type": "string", "format": "uri", "examples": ["not one"]}', 0),
    ],
)
def test_numbers_are_exact_and_formats_asserted(schema: str, expected: int, tmp_path: Path) -> None:
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(with_schema("SCHEMA")).replace('"SCHEMA"', schema), encoding="utf-8")
    found = validate(load(path))
    assert [each.rule for each in found] == ["invalid-example"] * expected


def test_what_is_read_only_may_be_left_out_of_a_request_but_not_of_a_response(tmp_path: Path) -> None:
    tree = copy.deepcopy(PETS)
    pet = tree["components"]["schemas"]["Pet"]
    pet["required"] = ["id", "secret"]
    pet["properties"] |= {
        "id": {"type": "integer", "readOnly": True},
        "secret": {"type": "string", "writeOnly": True},
    }
    operation = tree["paths"]["/pets/{id}"]["post"]
    operation["requestBody"]["content"]["application/json"]["examples"] = {
        "good": {"value": {"secret": "x"}},
        "bad": {"value": {"id": 1}},
    }
    operation["responses"]["200"]["content"]["application/json"]["examples"] = {
        "good": {"value": {"id": 1}},
        "bad": {"value": {"secret": "x"}},
    }
    del tree["components"]["examples"]
    assert lines(tree, tmp_path) == [
        'invalid-example: "secret" is a required property',
        'invalid-example: "id" is a required property',
    ]


def test_a_text_that_is_not_json_is_not_compared(tmp_path: Path) -> None:
    tree = copy.deepcopy(PETS)
    content = tree["paths"]["/pets/{id}"]["post"]["requestBody"]["content"]
    content["application/xml"] = {"schema": {"$ref": "#/components/schemas/Pet"}, "example": "<pet/>"}
    content["text/plain"] = {"schema": {"type": "string", "maxLength": 2}, "example": "abc"}
    assert lines(tree, tmp_path) == ['invalid-example: "abc" is longer than 2 characters']


def test_the_variant_that_was_meant_is_named(tmp_path: Path) -> None:
    tree = copy.deepcopy(PETS)
    tree["components"]["examples"]["Rex"]["value"] = {"name": "Rex", "tag": {"lable": "x"}}
    assert lines(tree, tmp_path) == ["invalid-example: at /tag/lable: there is no such property"]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.1"])
@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "strnig"}, ["invalid-type"]),
        ({"type": "string", "maxLenght": 5}, ["unknown-keyword"]),
        ({"type": "string", "maxLength": "5"}, ["keyword-value"]),
        ({"$ref": "#/components/schemas/Cat"}, ["unresolvable-ref"]),
    ],
)
def test_what_a_rule_says_is_not_said_again(schema: object, expected: list[str], version: str, tmp_path: Path) -> None:
    tree = {
        "openapi": version,
        "info": {"title": "Pets", "version": "1"},
        "paths": {
            "/pets": {
                "get": {
                    "operationId": "listPets",
                    "responses": {"200": {"description": "Pets.", "content": {"application/json": {"schema": schema}}}},
                }
            }
        },
    }
    assert [found.rule for found in validate(document(tree, tmp_path))] == expected


@pytest.mark.parametrize("count", [20, 200])
def test_examples_are_checked_in_one_compilation(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A schema costs as much to compile as all that it leads to: a compilation for each example would be quadratic."""
    schemas = {
        f"S{n}": {
            "type": "object",
            "properties": {f"p{k}": {"$ref": f"#/components/schemas/S{(n * 7 + k * 31) % count}"} for k in range(8)},
            "examples": [{"p1": {}}],
        }
        for n in range(count)
    }
    tree = {
        "openapi": "3.1.1",
        "info": {"title": "Much", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }
    compiled: list[object] = []

    def counting(schema: Any, **options: Any) -> object:  # Any: handed on as they come
        compiled.append(schema)
        return jsonschema_rs.Draft202012Validator(schema, **options)

    monkeypatch.setattr(conformance, "Draft202012Validator", counting)
    validate(document(tree, tmp_path))
    assert 0 < len(compiled) <= 4


# What is found in descriptions of others, counted, so that a rule that goes astray shows.


def counted(path: Path) -> dict[Severity, dict[str, int]]:
    rules = {severity: Counter[str]() for severity in (Severity.ERROR, Severity.WARNING)}
    for each in validate(load(path)):
        rules[each.severity][each.rule] += 1
    return {severity: dict(found) for severity, found in rules.items()}


def test_a_small_public_description() -> None:
    assert counted(PETSTORE) == {Severity.ERROR: {}, Severity.WARNING: {"unused-component": 2}}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "errors", "warnings"),
    [
        (
            "box.com.json",
            {"invalid-example": 79, "unknown-required": 9},
            {"keyword-type": 6, "status-without-content": 1, "unused-component": 4},
        ),
        (
            "asana.com.json",
            {"invalid-example": 31, "unknown-required": 1},
            {"ref-siblings": 37, "status-without-content": 2, "unused-component": 36},
        ),
    ],
)
def test_large_public_descriptions(name: str, errors: dict[str, int], warnings: dict[str, int]) -> None:
    assert counted(fetched(name)) == {Severity.ERROR: errors, Severity.WARNING: warnings}
