"""Every rule of the stages after validation: a description that breaks it, and one that comes close and does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import generator.pipeline
import generator.review.waivers
from generator.diagnostics import REGISTRY
from tests.generator.sources import NO_CONTENT, described, findings, getting, sending
from tests.generator.validation.test_rules import IDS, TESTED_ELSEWHERE

if TYPE_CHECKING:
    from pathlib import Path

Description = dict[str, Any]
STRING = {"type": "string"}


def posting(media_type: str, **media: Any) -> Description:
    content = {media_type: {"schema": {"type": "object", "properties": {"a": STRING}}, **media}}
    return described(
        {"/": {"post": {"operationId": "send", "requestBody": {"content": content}, "responses": NO_CONTENT}}}
    )


def giving(*media_types: str, schemas: list[Any]) -> Description:
    content = {kind: {"schema": schema} for kind, schema in zip(media_types, schemas, strict=True)}
    return getting({"200": {"description": "It.", "content": content}})


def with_item(**members: Any) -> Description:
    return described({"/": {"get": {"operationId": "read", "responses": NO_CONTENT}, **members}})


def reading(**members: Any) -> Description:
    return described({"/": {"get": {"operationId": "read", "responses": NO_CONTENT, **members}}})


JSONS = ("application/json;v=1", "application/json;v=2")
NAMELESS = {"operationId": "link", "responses": NO_CONTENT}
MUTUAL, BEARER = {"type": "mutualTLS"}, {"type": "http", "scheme": "bearer"}


def secured(scheme: Description, *ways: Description) -> Description:
    return {**described(with_item()["paths"], securitySchemes={"own": scheme}), "security": [*ways] or [{"own": []}]}


def with_another(description: Description) -> Description:
    """The description with an operation that the client can make."""
    return {**description, "paths": {**description["paths"], **with_item_at("/other")}}


def with_item_at(path: str) -> Description:
    return {path: {"get": {"operationId": "other", "responses": NO_CONTENT}}}


def header(name: str) -> Description:
    return getting(NO_CONTENT, [{"name": name, "in": "header", "schema": STRING}])


def query(schema: Description, **members: Any) -> Description:
    return getting(NO_CONTENT, [{"name": "q", "in": "query", "schema": schema, **members}])


def keyed(name: str) -> Description:
    scheme = {"type": "apiKey", "in": "header", "name": "Key"}
    return {**described(header(name)["paths"], securitySchemes={"own": scheme}), "security": [{"own": []}]}


def ruling(**rule: Any) -> Description:
    return sending({"type": "object", "properties": {"a": STRING, "b": STRING}, **rule})


def failing(*names: str) -> Description:
    """Statuses whose bodies say why under these names."""
    schemas = [{"type": "object", "properties": {name: {**STRING, "x-error-field": "message"}}} for name in names]
    contents = [{"application/json": {"schema": schema}} for schema in schemas]
    return getting({str(400 + place): {"description": "It.", "content": one} for place, one in enumerate(contents)})


VARIANTS = [{"type": "object", "required": ["kind"], "properties": {"kind": STRING, name: STRING}} for name in "ab"]
NAMED = dict(zip("AB", VARIANTS, strict=True))
TOLD = {"discriminator": {"propertyName": "kind"}}
CALLBACK = {"{$request.body#/url}": {"post": {"operationId": "told", "responses": NO_CONTENT}}}

CASES: dict[str, tuple[Description, Description]] = {
    "ambiguous-error-field": (failing("why", "reason"), failing("why", "why")),
    "client-header": (header("User-Agent"), header("Agent")),
    "closed-part": (
        ruling(allOf=[{"type": "object", "properties": {"c": STRING}, "additionalProperties": False}]),
        ruling(allOf=[{"type": "object", "properties": {"a": STRING, "b": STRING}, "additionalProperties": False}]),
    ),
    "credential-parameter": (keyed("key"), keyed("other")),
    "ignored-callback": (reading(callbacks={"told": CALLBACK}), reading()),
    "ignored-discriminator": (
        sending({"oneOf": VARIANTS, "discriminator": {"propertyName": "kind"}}),
        sending({"oneOf": VARIANTS}),
    ),
    "ignored-media-type": (giving(*JSONS, schemas=[True, STRING]), giving(*JSONS, schemas=[STRING, STRING])),
    "ignored-security": (secured(MUTUAL, {"own": []}, {}), secured(BEARER, {"own": []}, {})),
    "nested-parameter": (
        query({"type": "array", "items": {"type": "array"}}),
        query({"type": "object", "properties": {"a": {"type": "array"}}}, style="deepObject"),
    ),
    "nested-tag": (
        {**reading(), "openapi": "3.2.0", "tags": [{"name": "a"}, {"name": "b", "parent": "a"}]},
        {**reading(), "openapi": "3.2.0", "tags": [{"name": "a"}, {"name": "b", "kind": "nav"}]},
    ),
    "no-operation": (described({}), reading()),
    "unchecked-choice": (
        sending({"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}], **TOLD}, **NAMED),
        sending({"anyOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}], **TOLD}, **NAMED),
    ),
    "unsayable-rule": (
        ruling(**{"if": {"properties": {"a": {"minLength": 2}}}, "then": {"required": ["b"]}}),
        ruling(**{"if": {"properties": {"a": {"const": "x"}}}, "then": {"required": ["b"]}}),
    ),
    "unsupported-bound": (
        sending({"type": "object", "properties": {"a": {"type": "integer", "multipleOf": 0.5}}}),
        sending({"type": "object", "properties": {"a": {"type": "integer", "multipleOf": 2}}}),
    ),
    "unsupported-composition": (
        ruling(allOf=[{"type": "string"}]),
        ruling(anyOf=[{"required": ["b"]}, {"required": ["a"]}]),
    ),
    "unsupported-encoding": (
        posting("multipart/form-data", encoding={"a": {"headers": {"X-A": {"schema": STRING}}}}),
        posting("multipart/form-data", encoding={"a": {"headers": {"Content-Type": {"schema": STRING}}}}),
    ),
    "unsupported-keyword": (
        sending({"type": "object", "properties": {"a": {"type": "array", "contains": STRING}}}),
        sending({"type": "object", "properties": {"a": {"type": "array", "items": STRING}}}),
    ),
    "unsupported-method": (
        {**with_item(additionalOperations={"CONNECT": NAMELESS}), "openapi": "3.2.0"},
        {**with_item(additionalOperations={"LINK": NAMELESS}), "openapi": "3.2.0"},
    ),
    "unsupported-parameter": (header("a b"), query(STRING, allowReserved=True)),
    "unsupported-security": (secured(MUTUAL), secured(BEARER)),
    "unsupported-servers": (
        with_item(servers=[{"url": "ftp://other.example"}]),
        with_item(servers=[{"url": "https://other.example"}, {"url": "/other"}]),
    ),
    "untyped-media-type": (posting("application/xml"), posting("text/plain", schema=STRING)),
}

OF_OTHER_FILES = {
    "accept-unused": "of the settings of a project: test_main.py",
    "idle-overlay-action": "of an overlay: document/test_overlay.py",
    "invalid-overlay": "of an overlay: document/test_overlay.py",
    "waiver-expired": "of a waiver and a day: review/test_waivers.py",
    "waiver-invalid": "of another file than the description: review/test_waivers.py",
    "waiver-unused": "of a waiver and two descriptions: review/test_waivers.py",
}


def test_every_rule_has_its_cases() -> None:
    assert generator.pipeline  # importing it enters the rules of every stage
    assert generator.review.waivers  # the same, for what no stage imports
    assert {*IDS, *TESTED_ELSEWHERE, *CASES, *OF_OTHER_FILES} == set(REGISTRY)


NUMBER, OBJECT, SHORT = {"type": "integer"}, {"type": "object"}, {**STRING, "maxLength": 5}
BINARY = {**STRING, "format": "binary"}
KINDS = ("text/plain", "application/octet-stream", "*/*")


@pytest.mark.parametrize("media_type", KINDS)
@pytest.mark.parametrize(
    ("schema", "sent", "answered"),
    [
        (STRING, False, False),
        (BINARY, False, False),
        ({"type": ["string", "null"], "description": "It.", "examples": ["a"]}, False, False),
        ({}, False, False),
        (SHORT, True, False),
        ({"enum": ["a"]}, True, False),
        ({**STRING, "format": "date"}, True, False),
        (NUMBER, True, True),
        (OBJECT, True, True),
        ({"properties": {"a": STRING}}, True, True),
    ],
)
def test_what_is_said_of_a_text_or_of_bytes_is_not_checked_in_silence(
    media_type: str, schema: Any, sent: bool, answered: bool, tmp_path: Path
) -> None:
    assert findings(posting(media_type, schema=schema), tmp_path) == ["untyped-media-type"] * sent
    assert findings(giving(media_type, schemas=[schema]), tmp_path) == ["untyped-media-type"] * answered
    failure = getting({"400": {"description": "No.", "content": {media_type: {"schema": schema}}}})
    assert findings(failure, tmp_path) == []


@pytest.mark.parametrize(
    ("media_type", "schema", "expected"),
    [
        ("text/plain", STRING, []),
        ("text/plain", SHORT, ["untyped-media-type"]),
        ("text/xml", STRING, ["untyped-media-type"]),
        ("application/json", SHORT, []),
        ("application/xml", SHORT, ["unsupported-parameter"]),
        ("application/octet-stream", SHORT, ["unsupported-parameter"]),
    ],
)
def test_of_a_parameter_with_content_the_same_is_told(
    media_type: str, schema: Any, expected: list[str], tmp_path: Path
) -> None:
    parameter = {"name": "q", "in": "query", "content": {media_type: {"schema": schema}}}
    assert findings(getting(NO_CONTENT, [parameter]), tmp_path) == expected


@pytest.mark.parametrize("rule", CASES)
def test_what_breaks_the_rule_and_what_does_not(rule: str, tmp_path: Path) -> None:
    broken, fine = CASES[rule]
    assert findings(broken, tmp_path) == [rule]
    assert findings(fine, tmp_path) == []
