"""What the golden cases do not show of names, types, defaults and security."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from generator.api import security
from generator.api.model import Category, FailureBody
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
    operations,
    schema,
    sending,
)

if TYPE_CHECKING:
    from collections.abc import Callable
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


NEEDED = [
    "close",
    "with options",
    "models",
    "date",
    "self",
    "class",
    "sync resource",
    "resource",
    "options",
    "HTTP client",
    "",
    "!?",
]


@pytest.mark.parametrize("tag", NEEDED)
def test_a_resource_takes_no_name_that_the_client_needs(tag: str, tmp_path: Path) -> None:
    description = getting(NO_CONTENT)
    description["paths"]["/pets"]["get"]["tags"] = [tag]
    api, _ = built(description, tmp_path)
    assert api.resources[0].name.isidentifier()
    assert api.resources[0].name not in {"close", "with_options", "models", "date", "self", "class"}
    name = api.resources[0].class_name
    assert not {name, f"Async{name}"} & {"SyncResource", "AsyncResource", "Options", "HttpClient", "AsyncHttpClient"}


def test_tags_that_are_one_name_stay_two_resources(tmp_path: Path) -> None:
    description = getting(NO_CONTENT)
    description["paths"]["/pets"]["get"]["tags"] = ["my pets"]
    description["paths"]["/more"] = {"get": {"operationId": "more", "tags": ["my-pets"], "responses": NO_CONTENT}}
    api, _ = built(description, tmp_path)
    assert [one.name for one in api.resources] == ["my_pets", "my_dash_pets"]
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
    assert [one.name for one in made] == ["pet_query", "pet_header", "pet_cookie"]


@pytest.mark.parametrize(
    ("schema_", "expected"),
    [
        ({"type": "string", "maxLength": 64}, 64),
        ({"type": "string", "maxLength": 64.0}, 64),
        ({"$ref": "#/components/schemas/Key"}, 32),
        ({"allOf": [{"$ref": "#/components/schemas/Key"}], "maxLength": 16}, 16),
        (STRING, None),
    ],
)
def test_how_long_a_key_may_be(schema_: dict[str, Any], expected: int | None, tmp_path: Path) -> None:
    """Only of the key: the client makes no other value."""
    lasting = {"x-idempotency-key-lifetime": 90}
    key = {"name": "Key", "in": "header", "x-idempotency-key": True, **lasting, "schema": schema_}
    trace = {"name": "Trace", "in": "header", "x-correlation-id": True, "schema": schema_}
    description = getting(NO_CONTENT, [key, trace])
    description["components"] = {"schemas": {"Key": {"type": "string", "maxLength": 32}}}
    made = operation(description, tmp_path).parameters
    assert [one.max_length for one in made] == [expected, None]
    assert [one.lifetime for one in made] == [90, None]
    assert [one.correlation_id for one in made] == [False, True]


@pytest.mark.parametrize(
    ("name", "schema_", "expected"),
    [
        ("Content-Encoding", {"type": "string", "enum": ["gzip"]}, True),
        ("content-encoding", {"type": "string", "enum": ["identity", "gzip"]}, True),
        ("Content-Encoding", {"const": "gzip"}, True),
        ("Content-Encoding", {"$ref": "#/components/schemas/Coding"}, True),
        ("Content-Encoding", STRING, False),
        ("Content-Encoding", {"type": "string", "enum": ["br", "x-gzip"]}, False),
        ("Content-Encoding", {"type": "string", "examples": ["gzip"]}, False),
        ("Accept-Encoding", {"type": "string", "enum": ["gzip"]}, False),
    ],
)
def test_a_body_is_compressed_where_the_server_plainly_takes_it(
    name: str, schema_: dict[str, Any], expected: bool, tmp_path: Path
) -> None:
    description = sending({"type": "object", "properties": {"a": STRING}}, Coding={"enum": ["gzip"]})
    description["paths"]["/"]["post"]["parameters"] = [{"name": name, "in": "header", "schema": schema_}]
    made = operation(description, tmp_path)
    assert made.parameters == ()
    assert made.body is not None
    assert made.body.gzip is expected


def test_only_the_header_says_how_a_body_may_be_compressed(tmp_path: Path) -> None:
    description = sending({"type": "object", "properties": {"a": STRING}})
    query = {"name": "Content-Encoding", "in": "query", "schema": {"enum": ["gzip"]}}
    description["paths"]["/"]["post"]["parameters"] = [query]
    body = operation(description, tmp_path).body
    assert body is not None
    assert not body.gzip


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


TAKEN = sorted({*security.CLIENT_ARGUMENTS, "self", "body", "options"})


@pytest.mark.parametrize("name", [*TAKEN, "httpClient", "Client-Secret"])
def test_a_key_takes_no_argument_that_the_client_has(name: str, tmp_path: Path) -> None:
    api, _ = built(guarded({name: []}, **{name: KEY}), tmp_path)
    assert len(api.credentials) == 1
    assert not set(api.credentials) & set(TAKEN)


@pytest.mark.parametrize("name", ["self", "options", "body"])
def test_a_parameter_takes_no_argument_that_every_method_has(name: str, tmp_path: Path) -> None:
    (made,) = operation(getting(NO_CONTENT, [{"name": name, "in": "query", "schema": STRING}]), tmp_path).parameters
    assert made.name != name


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


def oauth(**flow: Any) -> dict[str, Any]:
    return {"type": "oauth2", "flows": {"clientCredentials": {"scopes": {}, **flow}}}


def test_a_token_that_the_client_can_fetch_is_another_way_than_one_that_it_is_given(tmp_path: Path) -> None:
    description = guarded({"oauth": ["a", "b"]}, {"bearer": []}, oauth=oauth(tokenUrl="/token"), bearer=BEARER)
    api, _ = built(description, tmp_path)
    fetched, given = (scheme for way in api.resources[0].operations[0].security for scheme in way)
    assert (fetched.kind, fetched.argument, fetched.token_url, fetched.scopes) == (
        "bearer",
        "token",
        "/token",
        ("a", "b"),
    )
    assert (given.kind, given.argument, given.token_url, given.scopes) == ("bearer", "token", None, ())
    assert api.credentials == ("token", "client_id", "client_secret")


@pytest.mark.parametrize(
    "scheme",
    [
        BEARER,
        oauth(),
        oauth(tokenUrl=""),
        {"type": "openIdConnect", "openIdConnectUrl": "/openid"},
        {"type": "oauth2", "flows": {"password": {"tokenUrl": "/token", "scopes": {}}}},
    ],
)
def test_a_token_that_the_client_cannot_fetch(scheme: dict[str, Any], tmp_path: Path) -> None:
    api, _ = built(guarded({"own": ["a"]}, own=scheme), tmp_path)
    assert api.credentials == ("token",)
    assert api.resources[0].operations[0].security[0][0].scopes == ()


def test_words_of_an_oauth_scheme_stay_words(tmp_path: Path) -> None:
    url, scopes = '/token"); import os; ("', ['\'\n"""', "\\", "{{ 1 }}"]
    imported(guarded({"oauth": scopes}, oauth=oauth(tokenUrl=url)), tmp_path, "hostile_oauth")
    (read,) = operations("hostile_oauth")
    (way,) = read.security
    assert (way[0].token_url, way[0].scopes) == (url, tuple(scopes))


# -- failures ---------------------------------------------------------------------------------------------------------


def failing(code: dict[str, Any] | None = None, **fields: dict[str, Any]) -> dict[str, Any]:
    """A description whose one answer lists reasons, each of them with a code."""
    reason = {"type": "object", "properties": {"number": code or {"type": "integer", "x-error-field": "code"}}}
    reasons = {"type": "array", "items": reason, "x-error-field": "reasons"}
    return answering({"type": "object", "properties": {"why": reasons, **fields}})


def table(**titles: str) -> dict[str, Any]:
    categories = {number.strip("n"): {"title": title, "transient": title == "Busy"} for number, title in titles.items()}
    return {"type": "integer", "x-error-field": "code", "x-error-categories": {"modulo": 100, "categories": categories}}


def test_where_failures_say_why(tmp_path: Path) -> None:
    api, found = built(
        failing(table(n50="Busy", n9="Wrong"), trace={**STRING, "x-error-field": "process-id"}), tmp_path
    )
    assert found == ()
    assert api.failure == FailureBody(
        reasons="why",
        code="number",
        message=None,
        process_id="trace",
        modulo=100,
        categories=(Category(9, "Wrong", transient=False), Category(50, "Busy", transient=True)),
    )


@pytest.mark.parametrize("side", [answering, sending])
def test_nobody_says_where_failures_say_why(side: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    """What a request marks is no answer."""
    field = {**STRING, **({"x-error-field": "message"} if side is sending else {})}
    description = side({"type": "object", "properties": {"a": field}})
    assert built(description, tmp_path)[0].failure is None
    imported(description, tmp_path, f"no_failures_{side.__name__}")
    (only,) = operations(f"no_failures_{side.__name__}")
    assert only.failure == type(only.failure)()


@pytest.mark.parametrize(
    "member",
    [
        {"type": "string"},
        {"type": ["integer", "null"]},
        {"oneOf": [{"type": "string"}, {"type": "integer"}]},
        {"$ref": "#/components/schemas/Code"},
        {"allOf": [{"$ref": "#/components/schemas/Code"}]},
    ],
)
def test_a_field_of_a_failure_may_be_of_any_form(member: dict[str, Any], tmp_path: Path) -> None:
    root = {"type": "object", "properties": {"a": {**member, "x-error-field": "code"}}}
    api, _ = built(answering(root, Code={"type": "integer"}), tmp_path)
    assert api.failure is not None
    assert api.failure.code == "a"


def test_a_field_of_a_failure_may_be_inherited(tmp_path: Path) -> None:
    base = {"type": "object", "properties": {"a": {**STRING, "x-error-field": "message"}}}
    own = {"type": "object", "properties": {"b": STRING}}
    api, _ = built(answering({"allOf": [{"$ref": "#/components/schemas/Base"}, own]}, Base=base), tmp_path)
    assert api.failure is not None
    assert api.failure.message == "a"


def test_categories_are_said_once(tmp_path: Path) -> None:
    same, other = table(n50="Busy"), table(n51="Busy")
    for second, rules in ((same, []), (other, ["ambiguous-error-field"])):
        more = {"type": "object", "properties": {"number": second}}
        assert findings(failing(same, inner=more), tmp_path) == rules


def test_an_operation_may_be_called_like_what_failures_say(tmp_path: Path) -> None:
    description = failing()
    item = description["paths"]["/"]
    item["put"] = {**item["get"], "operationId": "other"}
    item["get"]["operationId"] = "failure"
    imported(description, tmp_path, "called_failure")
    first, second = operations("called_failure")
    assert first.id == "failure"
    assert first.failure is second.failure


@pytest.mark.parametrize(
    ("of_all", "own", "expected"),
    [
        (None, None, None),
        ([429, 503], None, (429, 503)),
        (None, [503], (503,)),
        ([429, 503], [500], (500,)),
        ([429], [], ()),
    ],
)
def test_after_which_statuses_a_call_is_sent_again(
    of_all: list[int] | None, own: list[int] | None, expected: tuple[int, ...] | None, tmp_path: Path
) -> None:
    description = getting(NO_CONTENT)
    for holder, statuses in ((description, of_all), (description["paths"]["/pets"]["get"], own)):
        if statuses is not None:
            holder["x-retry"] = {"statuses": statuses}
    assert operation(description, tmp_path).retry_statuses == expected


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
FORM = {"encoding": {"a": {"contentType": "application/json"}}, "schema": NESTED}
SAID: dict[str, dict[str, Any]] = {
    "objects in a query's array": getting(
        NO_CONTENT, [{"name": "q", "in": "query", "schema": {"type": "array", "items": NESTED}}]
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_what_is_said_and_not_done_is_a_finding(name: str, tmp_path: Path) -> None:
    assert findings(SAID[name], tmp_path) != []
