"""Operations of two descriptions: which schemas meet, what means the same, what is one change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Location
from generator.document.loader import load
from generator.document.tree import Array, Document, Json, Object
from generator.document.upgrader import upgrade
from generator.review.catalogue import CHANGES
from generator.review.operations.comparison import compare_operations
from generator.review.revision import Revision
from generator.review.schemas.comparison import SchemaComparison
from tests.generator.review.test_cases import IDS, compared, read
from tests.generator.sources import written

if TYPE_CHECKING:
    from generator.document.grammar import Side
    from generator.document.tree import Node
    from generator.review.change import Change, Use

ROOT = Path(__file__).parents[4]
Description = dict[str, Any]  # Any: what a description holds where is what the tests are about


class Recorded(SchemaComparison):
    """Notes which schemas are compared with which."""

    def __init__(self, base: Document, head: Document) -> None:
        super().__init__(base, head)
        self.pairs: list[tuple[str, str, Side, str]] = []
        self.nodes: list[tuple[Node, Node]] = []

    def compare(self, base: Node, head: Node, side: Side, use: Use) -> None:
        self.pairs.append((base.pointer, head.pointer, side, str(use)))
        self.nodes.append((base, head))


def document(description: Description, folder: Path) -> Document:
    return upgrade(load(written(description, folder)))


def changes(base: Description, head: Description, folder: Path) -> list[Change]:
    return differences(document(base, folder), document(head, folder))


def differences(base: Document, head: Document) -> list[Change]:
    return [*compare_operations(base, head, Recorded(base, head))]


def told(base: Description, head: Description, folder: Path) -> list[str]:
    """Verdict and rule of every change."""
    return [f"{one.wire} {one.rule}" for one in changes(base, head, folder)]


def api(operation: Description | None = None, **root: Any) -> Description:
    """A description with one operation, `GET /pets/{pet}`."""
    get = {"operationId": "readPet", "responses": {"200": {"description": "It."}}, **(operation or {})}
    paths = {"/pets/{pet}": {"get": get}}
    return {"openapi": "3.1.1", "info": {"title": "Pets", "version": "1"}, "paths": paths, **root}


def answering(responses: Description) -> Description:
    return api({"responses": responses})


def sending_field(encoding: Description, media_type: str = "multipart/form-data") -> Description:
    """A description of an operation that takes a form with one field."""
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    return api({"requestBody": {"content": {media_type: {"schema": schema, "encoding": {"a": encoding}}}}})


PET = {"name": "pet", "in": "path", "required": True, "schema": {"type": "string"}}
TRACE = {"name": "X-Trace", "in": "header", "schema": {"type": "string"}}
QUERY = {"name": "filter", "in": "query", "schema": {"type": "string"}}
OAUTH = {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/token", "scopes": {"read": "Look."}}}}
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}
PROBLEM = {"description": "No.", "content": {"application/json": {"schema": {"type": "object"}}}}


def ref(kind: str, name: str) -> Description:
    return {"$ref": f"#/components/{kind}/{name}"}


EQUAL: dict[str, tuple[Description, Description]] = {
    "a parameter is declared by the path item, by reference, under another name": (
        api({"parameters": [PET, TRACE]}),
        {
            **api(components={"parameters": {"Tracing": {**TRACE, "required": False, "style": "simple"}}}),
            "paths": {"/pets/{pet}": {**api({"parameters": [PET]})["paths"]["/pets/{pet}"],
                                      "parameters": [ref("parameters", "Tracing")]}},
        },
    ),
    "an operation's own parameter takes the place of the path item's": (
        api({"parameters": [PET]}),
        {
            **api(),
            "paths": {"/pets/{pet}": {**api({"parameters": [PET]})["paths"]["/pets/{pet}"],
                                      "parameters": [{**PET, "schema": {"type": "integer"}, "deprecated": True}]}},
        },
    ),
    "the path names its parameter otherwise, and nothing in Python can tell: it is not declared": (
        api(),
        {**api(), "paths": {"/pets/{id}": api()["paths"]["/pets/{pet}"]}},
    ),
    "parameters stand in another order": (api({"parameters": [PET, TRACE]}), api({"parameters": [TRACE, PET]})),
    "what is ignored is no parameter": (
        api(),
        api({"parameters": [{**TRACE, "name": name, "required": True}
                            for name in ("Accept", "content-type", "AUTHORIZATION")]}),
    ),
    "defaults are said": (
        api({"parameters": [{"name": "q", "in": "query", "schema": {"type": "array"}}], "requestBody": PROBLEM}),
        api({
            "parameters": [{"name": "q", "in": "query", "schema": {"type": "array"}, "style": "form", "explode": True,
                            "required": False, "allowReserved": False, "allowEmptyValue": False, "deprecated": False}],
            "requestBody": {**PROBLEM, "required": False},
            "deprecated": False, "security": [], "servers": [{"url": "/"}],
        }),
    ),
    "whether a scalar is exploded makes no difference": (
        api({"parameters": [TRACE]}),
        api({"parameters": [{**TRACE, "explode": True}]}),
    ),
    "a body moves to a component": (
        api({"requestBody": PROBLEM}),
        api({"requestBody": ref("requestBodies", "Any")}, components={"requestBodies": {"Any": PROBLEM}}),
    ),
    "media types in another case, with parameters": (
        api({"requestBody": {"content": {"application/json": {"schema": True}, "text/plain": {}}}}),
        api({"requestBody": {"content": {"Text/Plain; charset=utf-8": {}, "Application/JSON": {"schema": True}}}}),
    ),
    "404 is split out of 4XX": (
        answering({"200": PROBLEM, "4XX": PROBLEM}),
        answering({"200": PROBLEM, "4XX": PROBLEM, "404": PROBLEM}),
    ),
    "5XX and 404 are split out of what stands for all failures": (
        answering({"200": PROBLEM, "default": PROBLEM}),
        answering({"200": PROBLEM, "404": ref("responses", "Problem"), "5XX": PROBLEM, "default": PROBLEM})
        | {"components": {"responses": {"Problem": PROBLEM}}},
    ),
    "a range of statuses in lower case": (answering({"2XX": PROBLEM}), answering({"2xx": PROBLEM})),
    "headers in another case, and one that is ignored": (
        answering({"200": {"description": "It.", "headers": {"X-Total": {"schema": True}}}}),
        answering({"200": {"description": "It.", "headers": {"x-total": {"schema": True}, "content-type": {}}}}),
    ),
    "a text stands beside the reference": (
        api({"parameters": [ref("parameters", "T")]}, components={"parameters": {"T": {**TRACE, "description": "Id"}}}),
        api({"parameters": [{**ref("parameters", "T"), "description": "Id"}]}, components={"parameters": {"T": TRACE}}),
    ),
    "what all need is said once": (
        api({"security": [{"key": []}]}, components={"securitySchemes": {"key": KEY}}),
        api(security=[{"key": []}], components={"securitySchemes": {"key": KEY}}),
    ),
    "a scheme has another name": (
        api(security=[{"key": [], "login": ["read"]}], components={"securitySchemes": {"key": KEY, "login": OAUTH}}),
        api(security=[{"oauth": ["read"], "token": []}],
            components={"securitySchemes": {"oauth": OAUTH, "token": {**KEY, "name": "x-key"}}}),
    ),
    "two schemes swap their names": (
        api(security=[{"a": [], "b": ["read"]}], components={"securitySchemes": {"a": KEY, "b": OAUTH}}),
        api(security=[{"b": [], "a": ["read"]}], components={"securitySchemes": {"b": KEY, "a": OAUTH}}),
    ),
    "an alternative that asks for more than another": (
        api(security=[{"key": []}], components={"securitySchemes": {"key": KEY, "login": OAUTH}}),
        api(security=[{"key": [], "login": ["read"]}, {"key": []}],
            components={"securitySchemes": {"key": KEY, "login": OAUTH}}),
    ),
    "servers are repeated, in another order": (
        api(servers=[{"url": "https://a.example.com/"}, {"url": "http://b.example.com:80/v1"}]),
        api({"servers": [{"url": "HTTP://B.example.com/v1"}, {"url": "https://a.example.com:443"}]}),
    ),
    "a server's variable has another name": (
        api(servers=[{"url": "https://{a}.example.com", "variables": {"a": {"default": "x", "enum": ["x", "y"]}}}]),
        api(servers=[{"url": "https://{b}.example.com", "variables": {"b": {"enum": ["y", "x"], "default": "x"}}}]),
    ),
    "a server with a variable is taken apart": (
        api(servers=[{"url": "https://{a}.example.com/{v}", "variables": {
            "a": {"default": "x", "enum": ["x", "y"]}, "v": {"default": "v1", "enum": ["v1"]}}}]),
        api(servers=[{"url": "https://x.example.com/v1"}, {"url": "https://y.example.com/v1/"}]),
    ),
    "paths give their beginning to the server": (
        {**api(servers=[{"url": "https://example.com/"}]), "paths": {"/v1/pets/{pet}": api()["paths"]["/pets/{pet}"]}},
        {**api(servers=[{"url": "https://EXAMPLE.com/v1"}]), "paths": {"/pets/{id}": api()["paths"]["/pets/{pet}"]}},
    ),
    "when to try again is said by each operation": (
        api(**{"x-retry": {"statuses": [429, 503]}}),
        api({"x-retry": {"statuses": [503, 429]}}),
    ),
    "a path item is shared": (
        api(),
        {**api(), "paths": {"/pets/{pet}": ref("pathItems", "Pet")},
         "components": {"pathItems": {"Pet": api()["paths"]["/pets/{pet}"]}}},
    ),
    "an operation asks for what a callback is by reference": (
        api({"callbacks": {"done": {"{$url}": {"post": {"requestBody": PROBLEM}}}}}),
        api({"callbacks": {"done": ref("callbacks", "Done")}},
            components={"callbacks": {"Done": {"{$url}": {"post": {"requestBody": ref("requestBodies", "Any")}}}},
                        "requestBodies": {"Any": PROBLEM}}),
    ),
    "the version of the API": (api(), {**api(), "info": {"version": "2", "title": "Pets"}}),
    "components that nobody uses": (api(), api(components={"parameters": {"Trace": TRACE}})),
}  # fmt: skip


@pytest.mark.parametrize("case", EQUAL)
def test_equal_meaning_is_no_change(case: str, tmp_path: Path) -> None:
    one, other = EQUAL[case]
    assert changes(one, other, tmp_path) == []
    assert changes(other, one, tmp_path) == []


def test_splitting_into_files_is_no_change(tmp_path: Path) -> None:
    base = document(api({"requestBody": PROBLEM, "parameters": [PET, TRACE]}), tmp_path)
    (tmp_path / "body.json").write_text(json.dumps(PROBLEM), encoding="utf-8")
    (tmp_path / "trace.json").write_text(json.dumps(TRACE), encoding="utf-8")
    split = api({"requestBody": {"$ref": "body.json"}, "parameters": [PET, {"$ref": "trace.json"}]})
    assert differences(base, document(split, tmp_path)) == []


TOLD: dict[str, tuple[Description, Description, list[str]]] = {
    "json becomes a range: what was sent is still taken, what is answered may be anything": (
        api({"requestBody": PROBLEM, "responses": {"200": PROBLEM}}),
        api({"requestBody": {**PROBLEM, "content": {"application/*": {"schema": {"type": "object"}}}},
             "responses": {"200": {**PROBLEM, "content": {"*/*": {"schema": {"type": "object"}}}}}}),
        ["compatible content-type-added", "breaking content-type-added"],
    ),
    "a range becomes json": (
        api({"requestBody": {**PROBLEM, "content": {"application/*": {"schema": {"type": "object"}}}}}),
        api({"requestBody": PROBLEM}),
        ["breaking content-type-removed"],
    ),
    "of two of one essence one goes": (
        api({"requestBody": {"content": {"a/b;v=1": {}, "a/b; v=2": {}, "a/b; v=3": {}}}}),
        api({"requestBody": {"content": {"a/b; v=1": {}, "A/B; V=3": {}}}}),
        ["breaking content-type-removed"],
    ),
    "a success beside a default of failures": (
        answering({"200": PROBLEM, "default": PROBLEM}),
        answering({"200": PROBLEM, "201": PROBLEM, "default": PROBLEM}),
        ["breaking success-status-added"],
    ),
    "a success out of a default of successes": (
        answering({"default": PROBLEM}),
        answering({"default": PROBLEM, "200": PROBLEM}),
        # the default stands for failures now that a success is listed
        ["compatible failure-status-added", "compatible success-status-removed"],
    ),
    "a failure beside a default of successes is no success of another kind": (
        answering({"default": {"description": "It."}}),
        answering({"default": {"description": "It."}, "404": PROBLEM}),
        ["compatible failure-status-added"],
    ),
    "another success": (
        answering({"200": PROBLEM}),
        answering({"302": PROBLEM}),
        ["breaking success-status-added", "breaking success-status-removed"],
    ),
    "a range of successes becomes one": (
        answering({"2XX": PROBLEM}), answering({"200": PROBLEM}), ["compatible success-status-removed"],
    ),
    "one success becomes a range": (
        answering({"200": PROBLEM}), answering({"2XX": PROBLEM}), ["breaking success-status-added"],
    ),
    "404 differs from the 4XX that it was": (
        answering({"200": PROBLEM, "4XX": PROBLEM}),
        answering({"200": PROBLEM, "4XX": PROBLEM, "404": {**PROBLEM, "content": {"text/html": {}}}}),
        ["breaking content-type-added", "breaking content-type-removed"],
    ),
    "an answer without a body gets one, and loses it": (
        answering({"200": {"description": "No."}}), answering({"200": PROBLEM}), ["compatible content-type-added"],
    ),
    "the path's parameters swap their names": (
        {**api(), "paths": {"/{a}/{b}": {"get": {"operationId": "read", "parameters": [
            {**PET, "name": "a"}, {**PET, "name": "b"}]}}}},
        {**api(), "paths": {"/{b}/{a}": {"get": {"operationId": "read", "parameters": [
            {**PET, "name": "a"}, {**PET, "name": "b"}]}}}},
        ["docs path-parameter-renamed", "docs path-parameter-renamed"],
    ),
    "a header becomes a query parameter and is required": (
        api({"parameters": [TRACE]}),
        api({"parameters": [{**TRACE, "name": "x-trace", "in": "query", "required": True}]}),
        ["breaking parameter-moved", "breaking parameter-became-required"],
    ),
    "an empty value is allowed": (
        api({"parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}]}),
        api({"parameters": [{"name": "q", "in": "query", "allowEmptyValue": True, "schema": {"type": "string"}}]}),
        ["compatible parameter-style-changed"],
    ),
    "style and what follows from it are one change": (
        api({"parameters": [{"name": "q", "in": "query", "schema": {"type": "array"}}]}),
        api({"parameters": [{"name": "q", "in": "query", "style": "pipeDelimited", "schema": {"type": "array"}}]}),
        ["breaking parameter-style-changed"],
    ),
    "other credentials than before": (
        api(security=[{"key": []}], components={"securitySchemes": {"key": KEY, "login": OAUTH}}),
        api(security=[{"login": []}], components={"securitySchemes": {"key": KEY, "login": OAUTH}}),
        ["breaking security-tightened", "compatible security-loosened"],
    ),
    "the same scheme, fetched elsewhere, is not other credentials": (
        api(security=[{"login": []}], components={"securitySchemes": {"login": OAUTH}}),
        api(security=[{"login": []}], components={"securitySchemes": {"login": {
            "type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/oauth", "scopes": {"read": "Look."}}}}}}),
        ["breaking security-scheme-changed"],
    ),
    "a flow and a scope more": (
        api(security=[{"login": []}], components={"securitySchemes": {"login": OAUTH}}),
        api(security=[{"login": []}], components={"securitySchemes": {"login": {"type": "oauth2", "flows": {
            "implicit": {"authorizationUrl": "/", "scopes": {}},
            "clientCredentials": {"tokenUrl": "/token", "scopes": {"read": "Look.", "write": "Write."}}}}}}),
        ["compatible security-scheme-changed", "compatible security-scheme-changed"],
    ),
    "a key in a header, of which case is nothing, is in the query now": (
        api(security=[{"key": []}], components={"securitySchemes": {"key": KEY}}),
        api(security=[{"key": []}], components={"securitySchemes": {"key": {**KEY, "in": "query"}}}),
        ["breaking security-scheme-changed"],
    ),
    "an answer of anything is JSON now": (
        answering({"200": {"description": "It.", "content": {"*/*": {"schema": {"type": "object"}}}}}),
        answering({"200": {"description": "It.", "content": {"application/json": {"schema": {"type": "object"}}}}}),
        ["compatible content-type-removed"],
    ),
    "an answer of JSON is anything now": (
        answering({"200": {"description": "It.", "content": {"application/json": {"schema": {"type": "object"}}}}}),
        answering({"200": {"description": "It.", "content": {"*/*": {"schema": {"type": "object"}}}}}),
        ["breaking content-type-added"],
    ),
    "an answer is of another version": (
        answering({"200": {"description": "It.", "content": {"application/json; version=1": {}}}}),
        answering({"200": {"description": "It.", "content": {"application/json;charset=utf-8;version=2": {}}}}),
        ["breaking content-type-added", "breaking content-type-removed"],
    ),
    "a field may be of more media types": (
        sending_field({"contentType": "image/png, text/csv"}),
        sending_field({"contentType": "text/csv,image/*"}),
        ["compatible encoding-changed"],
    ),
    "a field may be of fewer media types": (
        sending_field({"contentType": "text/csv,image/*"}),
        sending_field({"contentType": "image/png, text/csv"}),
        ["breaking encoding-changed"],
    ),
    "OpenAPI ignores how the fields of JSON are written": (
        sending_field({"contentType": "image/png"}, "application/json"),
        sending_field({"contentType": "text/csv"}, "application/json"),
        [],
    ),
    "reserved characters may go out as they are": (
        api({"parameters": [QUERY]}), api({"parameters": [{**QUERY, "allowReserved": True}]}),
        ["compatible parameter-style-changed"],
    ),
    "reserved characters may no longer go out as they are": (
        api({"parameters": [{**QUERY, "allowReserved": True}]}), api({"parameters": [QUERY]}),
        ["breaking parameter-style-changed"],
    ),
    "parts without names are of another type": (
        api({"requestBody": {"content": {"multipart/mixed": {"itemEncoding": {"contentType": "text/csv"}}}}}),
        api({"requestBody": {"content": {"multipart/mixed": {"itemEncoding": {"contentType": "text/html"}}}}}),
        ["breaking encoding-changed"],
    ),
    "no security at all becomes some": (
        api(), api(security=[{"key": []}], components={"securitySchemes": {"key": KEY}}),
        ["breaking security-tightened"],
    ),
    "servers where there were none": (
        api(), api(servers=[{"url": "https://a.example.com"}]), ["compatible server-added", "breaking server-removed"],
    ),
    "a server is one of what another can become": (
        api(servers=[{"url": "https://x.example.com"}]),
        api(servers=[{"url": "https://{a}.example.com", "variables": {"a": {"default": "x"}}}]),
        ["compatible server-added"],
    ),
    "a server that can be anywhere is no promise of all places": (
        api(servers=[{"url": "https://x.example.com"}]),
        api(servers=[{"url": "https://{host}", "variables": {"host": {"default": "y.example.com"}}}]),
        ["compatible server-added", "breaking server-removed"],
    ),
    "a server can become what no other one is": (
        api(servers=[{"url": "https://{a}.example.com", "variables": {"a": {"default": "x", "enum": ["x", "y"]}}}]),
        api(servers=[{"url": "https://x.example.com"}]),
        ["breaking server-removed"],
    ),
    "paths give their beginning to another server": (
        {**api(servers=[{"url": "https://example.com"}]), "paths": {"/v1/pets/{pet}": api()["paths"]["/pets/{pet}"]}},
        api(servers=[{"url": "https://example.com/v2"}]),
        ["breaking operation-removed", "compatible operation-added"],
    ),
    "paths give their beginning to one of several servers": (
        {**api(), "servers": [{"url": "https://example.com"}, {"url": "/"}],
         "paths": {"/v1/pets/{pet}": api()["paths"]["/pets/{pet}"]}},
        {**api(), "servers": [{"url": "https://example.com/v1"}, {"url": "/v1"}]},
        ["breaking operation-removed", "compatible operation-added"],
    ),
    "an operation is called otherwise, under another path": (
        api(), {**api(), "paths": {"/animals/{pet}": api()["paths"]["/pets/{pet}"]}},
        ["breaking operation-removed", "compatible operation-added"],
    ),
    "an operation without its own retries is not the whole API": (
        api({"x-retry": {"statuses": []}}, **{"x-retry": {"statuses": [429]}}),
        api({"x-retry": {"statuses": []}}),
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TOLD)
def test_what_is_told(case: str, tmp_path: Path) -> None:
    base, head, expected = TOLD[case]
    assert told(base, head, tmp_path) == expected


def test_schemas_meet_where_they_are_used(tmp_path: Path) -> None:
    def described(name: str) -> Description:
        schema = {"schema": ref("schemas", name)}
        return api(
            {
                "parameters": [
                    {**PET, **schema},
                    {"name": "f", "in": "query", "content": {"application/json": schema}},
                ],
                "requestBody": {"content": {"application/json": schema, "text/plain": {}}},
                "responses": {"4xx": {**PROBLEM, "headers": {"x-id": schema}}, "200": PROBLEM},
            },
            components={"schemas": {name: {"type": "string"}}},
        )

    schemas = Recorded(*(documents := (document(described("Old"), tmp_path), document(described("New"), tmp_path))))
    assert [*compare_operations(*documents, schemas)] == []
    get = "/paths/~1pets~1{pet}/get"
    json_body = "application~1json/schema"
    assert [pair for pair in schemas.pairs if pair[2] == "request"] == [
        (f"{get}/parameters/0/schema",) * 2 + ("request", "GET /pets/{pet} · path parameter pet"),
        (f"{get}/parameters/1/content/{json_body}",) * 2 + ("request", "GET /pets/{pet} · query parameter f"),
        (f"{get}/requestBody/content/{json_body}",) * 2 + ("request", "GET /pets/{pet} · request body"),
    ]
    assert [pair for pair in schemas.pairs if pair[2] == "response"] == [
        (f"{get}/responses/4xx/content/{json_body}",) * 2 + ("response", "GET /pets/{pet} · 4XX response"),
        (f"{get}/responses/4xx/headers/x-id/schema",) * 2 + ("response", "GET /pets/{pet} · 4XX response header x-id"),
        (f"{get}/responses/200/content/{json_body}",) * 2 + ("response", "GET /pets/{pet} · 200 response"),
    ]


def test_what_has_no_schema_may_be_anything(tmp_path: Path) -> None:
    base = document(answering({"200": {"description": "No.", "content": {"application/json": {}}}}), tmp_path)
    head = document(answering({"200": PROBLEM}), tmp_path)
    schemas = Recorded(base, head)
    assert [*compare_operations(base, head, schemas)] == []
    ((before, after),) = schemas.nodes
    assert before.value is True
    assert before.pointer == "/paths/~1pets~1{pet}/get/responses/200/content/application~1json"
    assert after.value == {"type": "object"}


def test_a_status_of_its_own_meets_the_schema_of_its_range(tmp_path: Path) -> None:
    base = document(answering({"200": PROBLEM, "4XX": PROBLEM}), tmp_path)
    head = document(answering({"404": PROBLEM, "200": PROBLEM, "4XX": PROBLEM}), tmp_path)
    schemas = Recorded(base, head)
    assert [*compare_operations(base, head, schemas)] == []
    met = [(one.split("/")[5], other.split("/")[5], use.rpartition("· ")[2]) for one, other, _, use in schemas.pairs]
    assert met == [("4XX", "404", "404 response"), ("200",) * 2 + ("200 response",), ("4XX",) * 2 + ("4XX response",)]


def test_a_shared_component_is_one_change_with_every_use(tmp_path: Path) -> None:
    def described(header: Description) -> Description:
        answer = {"200": ref("responses", "It"), "4XX": ref("responses", "It")}
        paths = {path: {method: {"responses": answer} for method in ("post", "get")} for path in ("/zebras", "/ants")}
        shared = {"responses": {"It": {"description": "It.", "headers": {"X-Id": ref("headers", "Id")}}}}
        return {**api(), "paths": paths, "components": {**shared, "headers": {"Id": header}}}

    (found,) = changes(described({"required": True}), described({}), tmp_path)
    assert found.rule == "header-became-optional"
    assert found.before is not None
    assert found.before.pointer == "/components/headers/Id/required"
    assert found.after is not None
    assert found.after.pointer == "/components/headers/Id"
    assert [str(use) for use in found.uses] == [
        f"{method} {path} · {status} response header X-Id"
        for path in ("/zebras", "/ants")
        for method in ("GET", "POST")
        for status in ("200", "4XX")
    ]


def test_what_the_root_says_of_all_is_felt_by_those_that_inherit_it(tmp_path: Path) -> None:
    def described(*scopes: str) -> Description:
        made = api(security=[{"login": [*scopes]}], components={"securitySchemes": {"login": OAUTH}})
        made["paths"]["/health"] = {"get": {"security": []}}
        made["paths"]["/pets"] = {"get": {}}
        return made

    (found,) = changes(described(), described("read"), tmp_path)
    assert [use.operation for use in found.uses] == ["GET /pets/{pet}", "GET /pets"]
    assert found.message == "a call needs `login` with scope `read`; it needed `login`"


def test_the_same_file_at_two_places_is_one_change(tmp_path: Path) -> None:
    def described() -> Document:
        made = api({"parameters": [{"$ref": "trace.json"}]})
        made["paths"]["/owners"] = {"get": {"parameters": [{"$ref": "trace.json"}]}}
        return document(made, tmp_path)

    (tmp_path / "trace.json").write_text(json.dumps(TRACE), encoding="utf-8")
    base = described()
    (tmp_path / "trace.json").write_text(json.dumps({**TRACE, "required": True}), encoding="utf-8")
    (found,) = differences(base, described())
    assert [use.operation for use in found.uses] == ["GET /pets/{pet}", "GET /owners"]


@pytest.mark.parametrize("case", IDS)
def test_nothing_is_silent_in_one_direction_alone(case: str) -> None:
    base, head = read(case, "base"), read(case, "trips")
    found = [*compared(base, head), *compared(head, base)]
    assert all(one.rule in CHANGES for one in found)
    assert bool(compared(base, head)) is bool(compared(head, base))


def unmade(root: Object) -> Revision:
    """A description of which no package is made."""
    return Revision("another", Document(root, ("another.yaml",)), None, {}, ())


def shuffled(value: Json, random: st.DataObject) -> Json:
    """The same value with the members of every object in another order."""
    if isinstance(value, Object):
        keys = random.draw(st.permutations([*value])) if len(value) < 6 else [*reversed(value)]
        return Object({key: shuffled(value[key], random) for key in keys}, value.location, value.places)
    if isinstance(value, Array):
        return Array([shuffled(element, random) for element in value], value.location, value.places)
    return value


@given(st.sampled_from(IDS), st.data())
def test_the_order_of_members_is_no_change(case: str, data: st.DataObject) -> None:
    base = read(case, "base")
    root = shuffled(base.document.root, data)
    assert isinstance(root, Object)
    assert compared(base, unmade(root)) == ()


JUNK: tuple[Any, ...] = (
    None,
    True,
    0,
    "x",
    [],
    {},
    [1],
    {"x": 1},
    {"$ref": "#"},
    {"$ref": "#/nope"},
    {"$ref": "#/paths"},
)


def parsed(value: Any) -> Json:
    """A JSON value with a place."""
    nowhere = Location("junk.yaml", 1, 1)
    if isinstance(value, dict):
        return Object({key: parsed(member) for key, member in value.items()}, nowhere)
    return Array([parsed(element) for element in value], nowhere) if isinstance(value, list) else value


def broken(value: Json, steps: list[int], junk: Json) -> Json:
    """The same value with something else in one place."""
    if not steps or not isinstance(value, Object | Array) or not value:
        return junk
    position = steps[0] % len(value)
    if isinstance(value, Array):
        elements = [broken(one, steps[1:], junk) if at == position else one for at, one in enumerate(value)]
        return Array(elements, value.location, value.places)
    key = [*value][position]
    return value.changed({key: broken(value[key], steps[1:], junk)})


@given(
    st.sampled_from(IDS),
    st.lists(st.integers(0, 20), min_size=1, max_size=9),
    st.sampled_from(JUNK),
)
def test_what_is_malformed_stops_nothing(case: str, steps: list[int], junk: Any) -> None:
    """Such a description has findings, and is compared all the same."""
    base = read(case, "base")
    root = broken(base.document.root, steps, parsed(junk))
    assert isinstance(root, Object)
    head = unmade(root)
    assert compared(head, head) == ()
    assert bool(compared(base, head)) is bool(compared(head, base))


def test_our_own_description_is_what_it_is() -> None:
    ours = upgrade(load(ROOT / "spec" / "openapi.yaml"))
    schemas = Recorded(ours, ours)
    assert [*compare_operations(ours, ours, schemas)] == []
    assert {"request", "response"} == {side for _, _, side, _ in schemas.pairs}
