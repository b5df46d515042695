"""OpenAPI 3.0 becomes 3.1, with places kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.document import index
from generator.document.loader import load
from generator.document.upgrader import upgrade
from generator.validation.validator import validate

if TYPE_CHECKING:
    from pathlib import Path

    from generator.document.tree import Document, Node

HEAD = """\
openapi: 3.0.3
info: {title: Pets, version: "1"}
paths: {}
components:
  schemas:
    Other: {type: object}
    Pet:
"""


@pytest.fixture
def pet(tmp_path: Path) -> Pet:
    return Pet(tmp_path)


class Pet:
    """Reads one schema, upgraded."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / "openapi.yaml"

    def __call__(self, text: str) -> Node:
        node = upgrade(self.document(text)).find("/components/schemas/Pet")
        assert node is not None
        return node

    def document(self, text: str) -> Document:
        self.path.write_text(HEAD + "".join(f"      {line}\n" for line in text.splitlines()), encoding="utf-8")
        return load(self.path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: string\nnullable: true", {"type": ["string", "null"]}),
        ("type: string\nnullable: false", {"type": "string"}),
        ("title: anything\nnullable: true", {"title": "anything"}),
        ("minimum: 1\nexclusiveMinimum: true", {"exclusiveMinimum": 1}),
        ("minimum: 1\nexclusiveMinimum: false", {"minimum": 1}),
        ("exclusiveMaximum: true", {}),
        ("maximum: 9\nexclusiveMaximum: true\nminimum: 2", {"exclusiveMaximum": 9, "minimum": 2}),
        ("example: {a: 1}", {"examples": [{"a": 1}]}),
        ("example: null\nx-a: {nullable: true}", {"examples": [None], "x-a": {"nullable": True}}),
        ("type: string\nformat: byte", {"type": "string", "contentEncoding": "base64"}),
        ("type: string\nformat: base64", {"type": "string", "contentEncoding": "base64"}),
        ("type: string\nformat: binary", {"type": "string", "contentMediaType": "application/octet-stream"}),
        ("type: string\nformat: date", {"type": "string", "format": "date"}),
        ("oneOf: [{type: string}]\nnullable: true", {"oneOf": [{"type": "string"}, {"type": "null"}]}),
        (
            'title: T\nallOf: [{$ref: "#/components/schemas/Other"}]\nnullable: true',
            {
                "title": "T",
                "anyOf": [{"allOf": [{"$ref": "#/components/schemas/Other"}]}, {"type": "null"}],
            },
        ),
        (
            '$ref: "#/components/schemas/Other"\nnullable: true\ndescription: D',
            {"$ref": "#/components/schemas/Other", "description": "D"},
        ),
        (
            "type: array\nitems: {type: integer, nullable: true}",
            {"type": "array", "items": {"type": ["integer", "null"]}},
        ),
        (
            "properties: {nullable: {type: string, nullable: true}}\nenum: [{nullable: true}]",
            {"properties": {"nullable": {"type": ["string", "null"]}}, "enum": [{"nullable": True}]},
        ),
        ("allOf: [{minimum: 1, exclusiveMinimum: true}]", {"allOf": [{"exclusiveMinimum": 1}]}),
        ("nullable: maybe\nexclusiveMinimum: 4", {"nullable": "maybe", "exclusiveMinimum": 4}),
    ],
)
def test_keywords(old: str, new: object, pet: Pet) -> None:
    assert pet(old).value == new


def test_places_are_kept(pet: Pet) -> None:
    node = pet("type: string\nnullable: true\nexample: Rex\nminimum: 3\nexclusiveMinimum: true")
    assert [(key, str(member.location).rpartition("yaml:")[2]) for key, member in node.members()] == [
        ("type", "8:7"),
        ("examples", "10:7"),
        ("exclusiveMinimum", "11:7"),
    ]


def test_it_is_idempotent_and_leaves_the_original(pet: Pet) -> None:
    document = pet.document("type: string\nnullable: true\nproperties: {a: {nullable: true, type: object}}")
    before = repr(document.root)
    once = upgrade(document)
    assert repr(document.root) == before
    assert once.root["openapi"] == "3.1.1"
    assert upgrade(once) is once
    assert not any("nullable" in node.object for node in index.schemas(once))


def test_what_is_good_in_30_is_good_in_31(pet: Pet) -> None:
    document = pet.document(
        "type: object\nproperties:\n"
        "  a: {type: number, minimum: 1, exclusiveMinimum: true, nullable: true, example: 2, default: null}\n"
        "  b: {type: string, format: binary}\n  c: {type: string, enum: [x, null], nullable: true, example: null}"
    )
    errors = [str(found) for found in [*validate(document), *validate(upgrade(document))] if found.severity == "error"]
    assert errors == []


FORMS = """\
openapi: 3.0.3
info: {title: Pets, version: "1"}
paths: {}
components:
  requestBodies:
    Pet:
      content:
        multipart/form-data: &form
          encoding:
            name: {contentType: text/plain, style: form, explode: false, allowReserved: true}
            photo: {contentType: image/png}
            odd: 3
        application/x-www-form-urlencoded: *form
        multipart/mixed: {}
"""


def test_parts_have_no_styles_in_30(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(FORMS, encoding="utf-8")
    document = load(tmp_path / "openapi.yaml")
    old, new = (one.find("/components/requestBodies/Pet/content") for one in (document, upgrade(document)))
    assert old is not None
    assert new is not None
    encoding = {"name": {"contentType": "text/plain"}, "photo": {"contentType": "image/png"}, "odd": 3}
    assert new.object == {**old.object, "multipart/form-data": {"encoding": encoding}}
