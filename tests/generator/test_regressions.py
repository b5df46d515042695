"""Descriptions that once gave a wrong or broken client; each is generated, imported and used."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from generator import pipeline
from generator.__main__ import main
from tests.generator.sources import described, imported, written

if TYPE_CHECKING:
    from pathlib import Path

STRING = {"type": "string"}


def sent_and_answered(schema: dict[str, Any], **schemas: dict[str, Any]) -> dict[str, Any]:
    """One operation that takes and gives the schema `Root`."""
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Root"}}}
    operation = {
        "operationId": "put",
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "Fine.", "content": content}},
    }
    return described({"/roots": {"put": operation}}, schemas={"Root": schema, **schemas})


@pytest.mark.parametrize("name", ["default", "example", "examples", "enum", "const", "discriminator", "x-colour"])
def test_a_property_may_be_called_like_a_keyword(name: str, tmp_path: Path) -> None:
    root = {"type": "object", "properties": {name: {"$ref": "#/components/schemas/Inner"}}}
    package = imported(
        sent_and_answered(root, Inner={"type": "object", "properties": {"a": STRING}}),
        tmp_path,
        f"keys_{name.removeprefix('x-')}",
    )
    made = package.models.Root.model_validate({name: {"a": "x"}})
    assert made.to_wire() == {name: {"a": "x"}}
    with pytest.raises(ValueError, match="a dict of its fields"):
        package.models.RootRequest.model_validate({name: 3})


def test_a_reference_may_be_percent_encoded(tmp_path: Path) -> None:
    root = {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/%49nner"}}}
    package = imported(
        sent_and_answered(root, Inner={"type": "object", "properties": {"a": STRING}}), tmp_path, "encoded"
    )
    assert isinstance(package.models.Root.model_validate({"a": {"a": "x"}}).a, package.models.Inner)


def test_a_union_may_hold_itself(tmp_path: Path) -> None:
    value = {"oneOf": [STRING, {"type": "array", "items": {"$ref": "#/components/schemas/Value"}}]}
    root = {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/Value"}}}
    package = imported(sent_and_answered(root, Value=value), tmp_path, "unions")
    assert package.models.Root.model_validate({"a": ["x", ["y"]]}).to_wire() == {"a": ["x", ["y"]]}


def test_an_object_may_be_null(tmp_path: Path) -> None:
    inner = {"type": ["object", "null"], "properties": {"a": STRING}}
    root = {
        "type": "object",
        "required": ["a", "b"],
        "properties": {"a": {"$ref": "#/components/schemas/Inner"}, "b": inner},
    }
    package = imported(sent_and_answered(root, Inner=inner), tmp_path, "nulls")
    for model in (package.models.Root, package.models.RootRequest):
        assert model.model_validate({"a": None, "b": None}).to_wire() == {"a": None, "b": None}


def test_a_default_of_a_number_that_may_be_null(tmp_path: Path) -> None:
    root = {"type": "object", "properties": {"a": {"type": ["number", "null"], "default": 5}}}
    package = imported(sent_and_answered(root), tmp_path, "defaults")
    assert repr(package.models.RootRequest().a) == "Decimal('5')"


def test_tags_of_one_name_in_python(tmp_path: Path) -> None:
    def read(tag: str, name: str) -> dict[str, Any]:
        return {"get": {"operationId": name, "tags": [tag], "responses": {"200": {"description": "Fine."}}}}

    tags = ["a 1", "a1", "pets", "async pets", "cached property", "close"]
    package = imported(described({f"/{n}": read(tag, f"read{n}") for n, tag in enumerate(tags)}), tmp_path, "tags")
    with package.Client(base_url="https://h") as client:
        resources = [getattr(client, name) for name in vars(type(client)) if not name.startswith("_")]
    assert sorted(method for one in resources for method in vars(type(one)) if method.startswith("read")) == [
        f"read{n}" for n in range(len(tags))
    ]
    assert len({type(one) for one in resources}) == len(tags)


def test_a_path_item_may_stand_elsewhere_and_a_callback_is_no_method(tmp_path: Path) -> None:
    def item(name: str) -> dict[str, Any]:
        return {"get": {"operationId": name, "responses": {"200": {"description": "Fine."}}}}

    paths = {"/a": item("a"), "/b": {"$ref": "#/components/pathItems/B"}}
    paths["/a"]["get"]["callbacks"] = {"told": {"{$request.body#/url}": item("told")}}
    package = imported(described(paths, pathItems={"B": item("b")}), tmp_path, "items")
    assert [name for name in vars(package.resources.Default) if not name.startswith("_")] == ["a", "b"]


def test_a_folder_that_only_quotes_the_notice_is_not_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").mkdir()
    quoting = tmp_path / "mine" / "source.py"
    quoting.write_text(
        'NOTICE = "Generated from the OpenAPI description; do not edit, regenerate."\n', encoding="utf-8"
    )
    assert main(["generate", "--package", "mine", "--output", str(tmp_path)]) == 2
    assert "not a generated package" in capsys.readouterr().err
    assert quoting.exists()


def test_fields_that_all_of_brings_together_have_names_of_their_own(tmp_path: Path) -> None:
    parts = [{"type": "object", "properties": {name: STRING}} for name in ("fooBar", "foo_bar")]
    file = tmp_path / "api.json"
    file.write_text(json.dumps(sent_and_answered({"allOf": parts})), encoding="utf-8")
    assert main(["generate", "--spec", str(file), "--package", "merged", "--output", str(tmp_path)]) == 0
    assert "foo_bar_camel: " in (tmp_path / "merged" / "models.py").read_text(encoding="utf-8")


def test_what_stands_under_definitions_may_be_referred_to(tmp_path: Path) -> None:
    kind = {"type": "string", "enum": ["a", "b"]}
    inner = {"$ref": "#/components/schemas/Root/definitions/kind"}
    root = {"type": "object", "properties": {"kind": inner}, "definitions": {"kind": kind}}
    package = imported(sent_and_answered(root), tmp_path, "defined")
    assert package.models.RootRequest(kind="a").to_wire() == {"kind": "a"}
    with pytest.raises(ValueError, match=r"must be one of .a., .b."):
        package.models.RootRequest(kind="c")


@pytest.mark.parametrize("place", ["root", "const", "default"])
def test_what_only_looks_like_a_reference(place: str, tmp_path: Path) -> None:
    looks_like = {"$ref": "#/components/schemas/Gone"}
    fields: dict[str, Any] = {"a": {"type": "object", place: looks_like}} if place != "root" else {}
    answer = {
        "description": "It.",
        "content": {"application/json": {"schema": {"type": "object", "properties": fields}}},
    }
    paths = {"/": {"get": {"operationId": "read", "responses": {"200": answer}}}}
    description = {**described(paths), **(looks_like if place == "root" else {})}
    assert pipeline.generate(written(description, tmp_path), "looks").files


def test_what_is_said_of_the_rest_of_a_list_is_not_said_of_how_it_begins(tmp_path: Path) -> None:
    price = {"type": "array", "prefixItems": [STRING], "items": {"type": "number"}, "maxItems": 3}
    root = {"type": "object", "required": ["price"], "properties": {"price": price}}
    package = imported(sent_and_answered(root), tmp_path, "beginnings")
    wire = {"price": ["EUR", 1.5]}
    assert package.models.RootRequest.model_validate(wire).to_wire() == wire
    assert package.models.Root.model_validate(wire).price == ["EUR", 1.5]
    with pytest.raises(ValueError, match="validation error"):
        package.models.RootRequest.model_validate({"price": ["EUR", 1, 2, 3]})
