"""What the golden cases do not show of names, types, defaults and security."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from generator.runtime import model
from tests.generator.sources import (
    NO_CONTENT,
    answering,
    built,
    described,
    findings,
    getting,
    imported,
    operation,
    schema,
    sending,
)

if TYPE_CHECKING:
    from pathlib import Path

STRING = {"type": "string"}


def json_of(schema_: dict[str, Any]) -> dict[str, Any]:
    return {"description": ".", "content": {"application/json": {"schema": schema_}}}


@pytest.mark.parametrize(
    ("responses", "expected"),
    [
        ({"200": json_of(STRING)}, "str"),
        ({"204": {"description": "."}}, "None"),
        ({"200": json_of(STRING), "204": {"description": "."}}, "str | None"),
        ({"204": {"description": "."}, "200": json_of(STRING)}, "str | None"),
        ({"2XX": json_of({"type": "integer"})}, "int"),
        ({"200": json_of(STRING), "400": json_of({"type": "integer"})}, "str"),
        ({"default": json_of(STRING)}, "str"),
        ({"200": json_of(STRING), "201": json_of(STRING)}, "str"),
        ({"200": json_of({"const": "a | None | b"})}, "Literal['a | None | b']"),
        (
            {
                "200": json_of({"type": "array", "items": {"type": ["string", "integer"]}}),
                "201": json_of({"type": "object", "additionalProperties": {"type": ["string", "integer"]}}),
            },
            "list[str | int] | dict[str, str | int]",
        ),
        ({"200": {"description": ".", "content": {"application/json": {}}}}, "Any"),
        ({"200": {"description": ".", "content": {"image/png": {}}}}, "bytes"),
        ({"200": {"description": ".", "content": {"text/plain": {}}}}, "str"),
    ],
)
def test_the_result_of_an_operation(responses: dict[str, Any], expected: str, tmp_path: Path) -> None:
    assert operation(getting(responses), tmp_path).result.replace('"', "'") == expected


def test_the_answer_that_says_failure_is_no_result(tmp_path: Path) -> None:
    failure = {"type": "object", "x-failure": True, "properties": {"why": STRING}}
    either = {"oneOf": [{"$ref": "#/components/schemas/Pet"}, {"$ref": "#/components/schemas/Failure"}]}
    description = answering(either, Pet={"type": "object", "properties": {"a": STRING}}, Failure=failure)
    description["paths"]["/"]["get"]["responses"]["200"]["content"]["application/json"]["schema"] = either
    api, _ = built(description, tmp_path)
    assert api.resources[0].operations[0].result == "models.Pet"
    assert [one.name for one in api.schemas if one.failure] == ["Failure"]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([{"type": "string"}], "str"),
        ([{"$ref": "#/components/schemas/Pet"}], "PetRequest"),
        ([{"anyOf": [{"$ref": "#/components/schemas/Pet"}, {"type": "integer"}]}], "PetRequest | int"),
        ([{"type": "string", "format": "date"}, {"type": "number"}], "date | Decimal"),
        ([{"type": "string"}, {"type": "string"}], "str"),
        ([{"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}], "Any"),
        ([{}], "Any"),
    ],
)
def test_the_types_of_a_batch(items: list[dict[str, Any]], expected: str, tmp_path: Path) -> None:
    """Of every operation that has the answer, the elements of its request."""
    failure = {"type": "object", "x-failure": True, "properties": {"at": {"type": "integer"}}}
    elements = [{"$ref": f"#/components/schemas/{name}"} for name in ("Pet", "Failure")]
    root = {
        "type": "object",
        "x-batch": {"requests": "sent", "results": "got", "index": "at"},
        "properties": {"got": {"type": "array", "items": {"oneOf": elements}}, "failed": {"type": "boolean"}},
    }
    pet = {"type": "object", "properties": {"a": STRING}}
    description = answering(root, Pet=pet, Failure=failure)
    responses = description["paths"]["/"].pop("get")["responses"]
    for place, item in enumerate(items):
        body = {"type": "object", "properties": {"sent": {"type": "array", "items": item}}}
        added = {"operationId": f"send{place}", "requestBody": json_of(body), "responses": responses}
        description["paths"][f"/{place}"] = {"post": added}
    made = schema(description, tmp_path)
    assert made.batch is not None
    assert (made.batch.given, made.batch.made, made.batch.failed) == (expected, "Pet", "Failure")
    assert [one.name for one in made.properties] == ["got", "failed_"]


@pytest.mark.parametrize("name", ["list", "str", "int", "dict", "bytes", "bool"])
def test_a_method_hides_no_type_of_the_signatures_after_it(name: str, tmp_path: Path) -> None:
    description = getting(NO_CONTENT)
    description["paths"]["/pets"]["get"]["operationId"] = name
    assert operation(description, tmp_path).name != name


@pytest.mark.parametrize("tag", ["close", "models", "date", "self", "class", "sync resource", "", "!?"])
def test_a_resource_takes_no_name_that_the_client_needs(tag: str, tmp_path: Path) -> None:
    description = getting(NO_CONTENT)
    description["paths"]["/pets"]["get"]["tags"] = [tag]
    api, _ = built(description, tmp_path)
    assert api.resources[0].name.isidentifier()
    assert api.resources[0].name not in {"close", "models", "date", "self", "class"}
    assert api.resources[0].class_name not in {"SyncResource", "AsyncResource"}


def test_tags_that_are_one_name_stay_two_resources(tmp_path: Path) -> None:
    description = getting(NO_CONTENT)
    description["paths"]["/pets"]["get"]["tags"] = ["my pets"]
    description["paths"]["/more"] = {"get": {"operationId": "more", "tags": ["my-pets"], "responses": NO_CONTENT}}
    api, _ = built(description, tmp_path)
    assert [one.name for one in api.resources] == ["my_pets", "my_pets2"]
    assert len({one.class_name for one in api.resources}) == 2


def test_resources_stand_in_the_order_of_the_tags(tmp_path: Path) -> None:
    description = getting(NO_CONTENT)
    description["tags"] = [{"name": "b", "description": "Bees."}, {"name": "a"}]
    description["paths"] = {
        f"/{tag}": {"get": {"operationId": tag, "tags": [tag], "responses": NO_CONTENT}} for tag in "cab"
    }
    api, _ = built(description, tmp_path)
    assert [(one.name, one.description) for one in api.resources] == [("b", "Bees."), ("a", ""), ("c", "")]


@pytest.mark.parametrize("name", ["Content-Type", "authorization", "ACCEPT", "Accept-Encoding", "Host", "Cookie"])
def test_headers_of_the_client_are_not_the_callers(name: str, tmp_path: Path) -> None:
    parameters = [{"name": name, "in": "header", "schema": STRING}]
    assert operation(getting(NO_CONTENT, parameters), tmp_path).parameters == ()


def test_parameters_of_one_python_name_are_told_apart(tmp_path: Path) -> None:
    parameters = [{"name": "pet", "in": where, "schema": STRING} for where in ("query", "header", "cookie")]
    made = operation(getting(NO_CONTENT, parameters), tmp_path).parameters
    assert [one.name for one in made] == ["pet", "pet2", "pet3"]


@pytest.mark.parametrize(
    ("schema_", "expected"),
    [
        ({"type": "integer", "default": 4}, "4"),
        ({"type": "boolean", "default": False}, "False"),
        ({"type": "number", "default": 1}, "Decimal('1')"),
        ({"type": "number", "default": 1.5}, "Decimal('1.5')"),
        ({"type": "string", "default": "x"}, "'x'"),
        ({"type": "string", "enum": ["x"], "default": "x"}, "'x'"),
        ({"type": "string", "format": "date", "default": "2026-11-21"}, None),
        ({"type": "array", "items": STRING, "default": []}, None),
        ({"type": ["string", "null"], "default": None}, None),
        ({"type": "string"}, None),
    ],
)
def test_defaults(schema_: dict[str, Any], expected: str | None, tmp_path: Path) -> None:
    root = schema(sending({"type": "object", "properties": {"a": schema_}}), tmp_path)
    default = root.properties[0].default
    assert (default and default.replace('"', "'")) == expected


def test_a_required_field_and_an_answer_have_no_default(tmp_path: Path) -> None:
    root = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer", "default": 4}}}
    assert schema(sending(root), tmp_path).properties[0].default is None
    del root["required"]
    assert schema(answering(root), tmp_path).properties[0].default is None


# -- security ---------------------------------------------------------------------------------------------------------


def guarded(*security: dict[str, Any], **schemes: dict[str, Any]) -> dict[str, Any]:
    description = getting(NO_CONTENT)
    description["paths"]["/pets"]["get"]["security"] = list(security)
    description["components"] = {"securitySchemes": schemes}
    return description


KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}
BEARER = {"type": "http", "scheme": "bearer"}


@pytest.mark.parametrize("name", ["base_url", "timeout", "http_client", "self", "httpClient"])
def test_a_key_takes_no_argument_that_the_client_has(name: str, tmp_path: Path) -> None:
    api, _ = built(guarded({name: []}, **{name: KEY}), tmp_path)
    assert not set(api.credentials) & {"base_url", "timeout", "http_client", "self"}


def test_two_keys_never_share_an_argument(tmp_path: Path) -> None:
    """Else the secret of one goes out as the other."""
    description = guarded({"api_key": [], "api-key": []}, **{"api_key": KEY, "api-key": {**KEY, "name": "X-Other"}})
    (way,) = operation(description, tmp_path).security
    assert len({one.argument for one in way}) == 2


def test_a_key_called_token_is_not_the_bearer_token(tmp_path: Path) -> None:
    description = guarded({"token": [], "bearer": []}, token=KEY, bearer=BEARER)
    (way,) = operation(description, tmp_path).security
    assert len({one.argument for one in way}) == 2


def test_credentials_of_schemes_that_nobody_asks_for_are_no_arguments(tmp_path: Path) -> None:
    api, _ = built(guarded({"bearer": []}, bearer=BEARER, unused=KEY), tmp_path)
    assert api.credentials == ("token",)


# -- what must be importable ------------------------------------------------------------------------------------------


def test_a_description_without_operations_is_a_finding(tmp_path: Path) -> None:
    assert findings(described({}), tmp_path) == ["no-operation"]
    assert findings(described({"/pets": {"summary": "Nothing here."}}), tmp_path) == ["no-operation"]


def test_a_description_without_words(tmp_path: Path) -> None:
    description = getting(NO_CONTENT)
    description["info"] = {"title": "", "version": ""}
    assert imported(description, tmp_path, "no_words").__version__ == ""


HEAD = [
    "AllOf",
    "AnyJson",
    "Condition",
    "Count",
    "Date",
    "DateTime",
    "Email",
    "Field",
    "In",
    "Instant",
    "Json",
    "Literal",
]
HEAD += ["Not", "Number", "Optional", "Present", "PropertyGroup", "Timestamp", "True", "None", "object", "str", "date"]


@pytest.mark.parametrize("name", HEAD)
def test_a_schema_may_have_any_name(name: str, tmp_path: Path) -> None:
    other = {"type": "object", "properties": {"z": STRING}, "minProperties": 1, "additionalProperties": False}
    root = {
        "type": "object",
        "properties": {
            "own": {"$ref": f"#/components/schemas/{name}"},
            "number": {"type": "number"},
            "mail": {"type": "string", "format": "email"},
            "time": {"type": "string", "format": "date-time"},
            "day": {"type": "string", "format": "date"},
            "kind": {"type": "string", "enum": ["a"]},
            "any": {},
        },
        "patternProperties": {"^x_": {}},
        "anyOf": [{"required": ["own"]}, {"not": {"properties": {"kind": {"const": "a"}}}}],
    }
    package = imported(sending(root, **{name: other}), tmp_path, f"schema_{name.lower()}_{name[0].isupper()}")
    given = {"own": {"z": "1"}, "number": "1.5", "mail": "a@b", "day": "2026-11-21", "kind": "a", "any": 1, "x_y": 2}
    assert package.models.Root.model_validate(given).to_wire()["own"] == {"z": "1"}


@pytest.mark.parametrize("name", sorted(one for one in dir(model.ResponseModel) if not one.startswith("_")))
def test_a_field_may_have_any_name(name: str, tmp_path: Path) -> None:
    root = schema(answering({"type": "object", "properties": {name: STRING}}), tmp_path)
    assert root.properties[0].name != name


@pytest.mark.parametrize("name", ["failure", "nullable", "constraints", "wire_fields", "model_config", "json", "copy"])
def test_a_group_may_have_any_name(name: str, tmp_path: Path) -> None:
    group = {"x-property-group": name, "type": "string"}
    root = {"type": "object", "properties": {"a": STRING}, "patternProperties": {"^x_": group}}
    assert schema(sending(root), tmp_path).groups[0].name != name


def test_a_field_and_the_map_of_the_others_have_different_names(tmp_path: Path) -> None:
    root = {
        "type": "object",
        "properties": {"additionalProperties": STRING},
        "additionalProperties": {"type": "integer"},
    }
    description = sending(root)
    if "property-name-collision" in findings(description, tmp_path):
        return
    package = imported(description, tmp_path, "map_of_others")
    made = package.models.Root.model_validate({"additionalProperties": "a", "other": 1})
    assert made.to_wire() == {"additionalProperties": "a", "other": 1}


def test_a_schema_that_refers_to_itself(tmp_path: Path) -> None:
    own = {"$ref": "#/components/schemas/Root"}
    root = {"type": "object", "properties": {"up": own, "down": {"type": "array", "items": own}, "name": STRING}}
    package = imported(sending(root), tmp_path, "recursive")
    made = package.models.Root.model_validate({"up": {"name": "a"}, "down": [{"down": []}]})
    assert isinstance(made.up, package.models.Root)
    assert made.to_wire() == {"up": {"name": "a"}, "down": [{"down": []}]}


def test_maps_in_answers_hold_models(tmp_path: Path) -> None:
    pet = {"type": "object", "properties": {"name": STRING}}
    root = {
        "type": "object",
        "properties": {
            "named": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Pet"}},
            "inline": {"type": "object", "additionalProperties": {"type": "number"}},
        },
    }
    package = imported(answering(root, Pet=pet), tmp_path, "maps")
    made = package.models.Root.model_validate({"named": {"x": {"name": "a"}}, "inline": None})
    assert made.named["x"].name == "a"
    with pytest.raises(ValueError, match="inline"):
        package.models.Root.model_validate({"inline": {"a": "no number"}})


# -- promise 6: what is said and not done is a finding ----------------------------------------------------------------

SEVERAL = {"type": "array", "items": STRING}
NESTED = {"type": "object", "properties": {"a": SEVERAL}}
FORM = {"encoding": {"a": {"style": "pipeDelimited"}}, "schema": NESTED}
SAID: dict[str, dict[str, Any]] = {
    "allowReserved": getting(NO_CONTENT, [{"name": "q", "in": "query", "allowReserved": True, "schema": STRING}]),
    "an array in a deepObject": getting(
        NO_CONTENT, [{"name": "q", "in": "query", "style": "deepObject", "schema": NESTED}]
    ),
    "objects in a query's array": getting(
        NO_CONTENT, [{"name": "q", "in": "query", "schema": {"type": "array", "items": NESTED}}]
    ),
    "the encoding of a form": described(
        {
            "/pets": {
                "post": {
                    "operationId": "add",
                    "requestBody": {"content": {"application/x-www-form-urlencoded": FORM}},
                    "responses": NO_CONTENT,
                }
            }
        }
    ),
    "servers of a path": described(
        {
            "/pets": {
                "servers": [{"url": "https://other.example"}],
                "get": {"operationId": "read", "responses": NO_CONTENT},
            }
        }
    ),
    "servers of an operation": described(
        {
            "/pets": {
                "get": {
                    "operationId": "read",
                    "servers": [{"url": "https://other.example"}],
                    "responses": NO_CONTENT,
                }
            }
        }
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_what_is_said_and_not_done_is_a_finding(name: str, tmp_path: Path) -> None:
    assert findings(SAID[name], tmp_path) != []
