"""What the golden cases do not show of the normal form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.generator.sources import NO_CONTENT, answering, described, findings, imported, normal, sending

if TYPE_CHECKING:
    from pathlib import Path

STRING = {"type": "string"}


def schemas(description: dict[str, Any], folder: Path) -> dict[str, Any]:
    found = normal(description, folder).find("/components/schemas")
    assert found is not None
    return dict(found.object)


def test_only_what_is_reached_is_kept(tmp_path: Path) -> None:
    made = schemas(sending({"type": "object", "properties": {"a": STRING}}, Unused=STRING), tmp_path)
    assert list(made) == ["Root"]
    assert made["Root"]["x-side"] == "request"


def test_a_schema_of_both_sides_is_split_and_one_of_a_side_is_not(tmp_path: Path) -> None:
    pet = {"type": "object", "properties": {"a": STRING, "tag": {"$ref": "#/components/schemas/Tag"}}}
    description = sending(pet, Tag={"type": "object", "properties": {"b": STRING}})
    operation = description["paths"]["/"]["post"]
    operation["responses"] = {"200": {"description": ".", "content": operation["requestBody"]["content"]}}
    made = schemas(description, tmp_path)
    assert {name: one["x-side"] for name, one in made.items()} == {
        "Root": "response",
        "RootRequest": "request",
        "Tag": "response",
        "TagRequest": "request",
    }
    assert made["RootRequest"]["properties"]["tag"]["$ref"] == "#/components/schemas/TagRequest"


def test_the_name_of_a_split_is_free(tmp_path: Path) -> None:
    description = sending(
        {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/RootRequest"}}},
        RootRequest={"type": "object", "properties": {"b": STRING}},
    )
    operation = description["paths"]["/"]["post"]
    operation["responses"] = {"200": {"description": ".", "content": operation["requestBody"]["content"]}}
    made = schemas(description, tmp_path)
    assert len(made) == 4
    assert made["RootRequest"]["x-side"] == "response"
    assert made["RootRequest2"]["properties"]["a"]["$ref"] == "#/components/schemas/RootRequestRequest"


def test_fields_of_the_other_side_are_left_out_and_so_are_their_schemas(tmp_path: Path) -> None:
    root = {
        "type": "object",
        "required": ["id", "name"],
        "properties": {
            "id": {"readOnly": True, "type": "integer"},
            "by": {"readOnly": True, "allOf": [{"$ref": "#/components/schemas/Person"}]},
            "name": STRING,
        },
    }
    made = schemas(sending(root, Person={"type": "object", "properties": {"x": STRING}}), tmp_path)
    assert list(made) == ["Root"]
    assert (list(made["Root"]["properties"]), made["Root"]["required"]) == (["name"], ["name"])


def test_answers_take_null_where_a_field_is_optional_and_any_value_for_an_enumeration(tmp_path: Path) -> None:
    root = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string", "enum": ["a"]}, "note": {"type": "string", "maxLength": 3}},
    }
    made = schemas(answering(root), tmp_path)["Root"]["properties"]
    assert made["kind"]["anyOf"] == [{"enum": ["a"]}, {"type": "string"}]
    assert made["note"] == {"anyOf": [{"type": "string"}, {"type": "null"}]}


def test_each_rule_between_fields_is_data(tmp_path: Path) -> None:
    root = {
        "type": "object",
        "properties": {"a": STRING, "b": STRING},
        "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
        "allOf": [{"not": {"required": ["a", "b"]}}],
        "minProperties": 1,
    }
    made = schemas(sending(root), tmp_path)["Root"]
    assert sorted(key for rule in made["x-constraints"] for key in rule) == ["anyOf", "minProperties", "not"]
    assert not {"anyOf", "allOf", "not", "minProperties"} & set(made)
    assert schemas(answering(root), tmp_path)["Root"].get("x-constraints", []) == []


def test_inline_objects_are_named_after_where_they_stand(tmp_path: Path) -> None:
    root = {
        "type": "object",
        "properties": {"home": {"type": "object", "properties": {"doors": {"type": "array", "items": {
            "type": "object", "properties": {"a": STRING}}}}}},
    }  # fmt: skip
    assert list(schemas(sending(root), tmp_path)) == ["Root", "RootHome", "RootHomeDoorsItem"]


def test_an_inline_name_does_not_take_that_of_a_component(tmp_path: Path) -> None:
    root = {
        "type": "object",
        "properties": {
            "home": {"type": "object", "properties": {"a": STRING}},
            "other": {"$ref": "#/components/schemas/RootHome"},
        },
    }
    made = schemas(sending(root, RootHome={"type": "object", "properties": {"b": STRING}}), tmp_path)
    assert list(made) == ["Root", "RootHome", "RootHome2"]
    assert list(made["RootHome"]["properties"]) == ["b"]


def test_a_reference_to_a_path_inside_a_schema(tmp_path: Path) -> None:
    root = {
        "type": "object",
        "properties": {
            "a": {"type": "object", "properties": {"x": STRING}},
            "b": {"$ref": "#/components/schemas/Root/properties/a"},
        },
    }
    made = schemas(sending(root), tmp_path)
    target = made["Root"]["properties"]["b"]["$ref"].rpartition("/")[2]
    assert list(made[target]["properties"]) == ["x"]


def test_the_same_inline_parameter_twice_is_the_later_one(tmp_path: Path) -> None:
    """What an operation says of a parameter goes before what its path says."""
    parameter = {"name": "q", "in": "query", "schema": STRING}
    item = {
        "parameters": [parameter],
        "get": {
            "operationId": "read",
            "parameters": [{**parameter, "required": True}],
            "responses": {"204": {"description": "."}},
        },
    }
    document = normal(described({"/": item}), tmp_path)
    found = document.find("/paths/~1/get/parameters")
    assert found is not None
    assert [one.is_true("required") for one in found.elements()] == [True]


def test_a_header_of_an_operation_takes_the_place_of_one_of_its_path_in_any_case(tmp_path: Path) -> None:
    names = (("X-Trace", "header"), ("Filter", "query")), (("x-trace", "header"), ("filter", "query"))
    of_path, own = ([{"name": name, "in": where, "schema": STRING} for name, where in each] for each in names)
    item = {"parameters": of_path, "get": {"operationId": "get", "parameters": own, "responses": NO_CONTENT}}
    document = normal(described({"/": item}), tmp_path)
    found = document.find("/paths/~1/get/parameters")
    assert found is not None
    assert [one.text("name") for one in found.elements()] == ["x-trace", "Filter", "filter"]


def test_the_preferred_media_type_comes_first_and_a_second_of_one_name_is_told(tmp_path: Path) -> None:
    content = {
        "text/csv": {"schema": STRING},
        "application/vnd.pets+json": {"schema": STRING},
        "application/json; charset=utf-8": {"schema": STRING},
    }
    operation = {"operationId": "read", "responses": {"200": {"description": ".", "content": content}}}
    description = described({"/": {"get": operation}})
    found = normal(description, tmp_path).find("/paths/~1/get/responses/200/content")
    assert found is not None
    assert list(found.object) == ["application/json", "application/vnd.pets+json", "text/csv"]
    assert findings(description, tmp_path) == []
    content["application/json; charset=latin-1"] = {"schema": STRING}
    assert findings(description, tmp_path) == []
    content["application/json; v=2"] = {"schema": {"type": "integer"}}
    assert findings(description, tmp_path) == ["ignored-media-type"]


def test_media_types_of_failures_are_nobodys_loss(tmp_path: Path) -> None:
    operation = {
        "operationId": "read",
        "responses": {
            "204": {"description": "."},
            "400": {"description": ".", "content": {"application/xml": {"schema": STRING}}},
        },
    }
    assert findings(described({"/": {"get": operation}}), tmp_path) == []


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([{"maxLength": 5}, {"maxLength": 9}], 5),
        ([{"maxLength": 9}, {"maxLength": 5}], 5),
    ],
)
def test_of_two_bounds_that_hold_at_once_the_tighter_one_holds(
    parts: list[dict[str, Any]], expected: int, tmp_path: Path
) -> None:
    """Or it is a finding: never the looser one in silence."""
    root = {"type": "object", "properties": {"a": {"type": "string", "allOf": parts}}}
    description = sending(root)
    if "unsupported-composition" not in findings(description, tmp_path):
        assert schemas(description, tmp_path)["Root"]["properties"]["a"]["maxLength"] == expected


UNENFORCED: dict[str, dict[str, Any]] = {
    "contains": {"type": "array", "contains": STRING},
    "prefixItems": {"type": "array", "prefixItems": [STRING]},
    "propertyNames": {"type": "object", "additionalProperties": STRING, "propertyNames": {"maxLength": 3}},
    "unevaluatedItems": {"type": "array", "prefixItems": [STRING], "unevaluatedItems": False},
    "not": {"type": "string", "not": {"const": "x"}},
    "if": {"type": "string", "if": {"maxLength": 3}, "then": {"pattern": "x"}},
}


@pytest.mark.parametrize("keyword", UNENFORCED)
def test_what_a_request_cannot_enforce_is_a_finding_and_in_an_answer_nobodys_loss(keyword: str, tmp_path: Path) -> None:
    root = {"type": "object", "properties": {"a": UNENFORCED[keyword]}}
    assert "unsupported-keyword" in findings(sending(root), tmp_path)
    assert findings(answering(root), tmp_path) == []


PROMISED: dict[str, tuple[dict[str, Any], Any, Any]] = {
    "uniqueItems": ({"type": "array", "items": STRING, "uniqueItems": True}, ["a"], ["a", "a"]),
    "enum of numbers": ({"type": "number", "enum": [1.5, 2.5]}, "1.5", "3"),
    "enum of whole numbers": ({"type": "number", "enum": [1, 2]}, 1, 3),
    "const number": ({"const": 1.5}, "1.5", "2"),
    "enum with null": ({"type": ["string", "null"], "enum": ["a", None]}, None, "b"),
    "const null": ({"const": None}, None, 1),
    "two patterns": ({"type": "string", "allOf": [{"pattern": "^a"}, {"pattern": "b$"}]}, "ab", "b"),
    "two minimums": ({"type": "number", "allOf": [{"minimum": 3}, {"minimum": 1}]}, 3, 2),
    "lookahead": ({"type": "string", "pattern": "^(?=a)a$"}, "a", "b"),
    "bare brace": ({"type": "string", "pattern": "^{a}$"}, "{a}", "a"),
    "date and length": ({"type": "string", "format": "date", "maxLength": 10}, "2026-11-21", "2026-11-2"),
    "date-time and pattern": (
        {"type": "string", "format": "date-time", "pattern": "Z$"},
        "2026-11-21T10:00:00Z",
        "2026-11-21",
    ),
    "email and pattern": ({"type": "string", "format": "email", "pattern": "x$"}, "a@x", "x"),
    "half an integer": ({"type": "integer", "minimum": 0.5}, 1, 0),
    "multiple of a fraction": ({"type": "number", "multipleOf": 0.01}, "1.25", "1.255"),
    "length of one of two types": ({"type": ["string", "integer"], "maxLength": 2}, 5555, "abc"),
    "minimum of one of two types": ({"type": ["string", "integer"], "minimum": 2}, "abc", 1),
    "minimum without a type": ({"minimum": 2}, "abc", 1),
    "length without a type": ({"maxLength": 2}, 5, "abc"),
    "free-form": ({"$ref": "#/components/schemas/Free"}, {"any": [1]}, "no object"),
    "free-form in place": ({"type": "object"}, {"any": [1]}, "no object"),
}


@pytest.mark.parametrize("name", PROMISED)
def test_what_a_request_demands_is_enforced_or_a_finding(name: str, tmp_path: Path) -> None:
    """Promise 6: nothing is skipped in silence, and nothing that is allowed is refused."""
    schema, good, bad = PROMISED[name]
    free = {"Free": {"type": "object"}} if "$ref" in schema else {}
    description = sending({"type": "object", "required": ["a"], "properties": {"a": schema}}, **free)
    if any(one.startswith(("unsupported-", "unsayable-")) for one in findings(description, tmp_path)):
        return
    package = imported(description, tmp_path, f"promised_{list(PROMISED).index(name)}")
    model = package.models.Root
    assert model.model_validate({"a": good})
    with pytest.raises(ValueError, match="validation error"):
        model.model_validate({"a": bad})
