"""A pattern that no engine of a client can say is left out, and everybody is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from tests.generator.sources import built, findings, getting, imported, schema, sending

if TYPE_CHECKING:
    from pathlib import Path

STRANGE = r"(?=\p{L})a"
TOLD = rf"Not checked before sending: that it matches the pattern `{STRANGE}`."
TEXT = {"type": "string", "pattern": STRANGE}


def holding(field: dict[str, Any], **schemas: dict[str, Any]) -> dict[str, Any]:
    return sending({"type": "object", "properties": {"a": field}}, **schemas)


def test_a_field_takes_any_text_and_its_docstring_says_so(tmp_path: Path) -> None:
    description = holding({**TEXT, "maxLength": 2, "description": "A letter."})
    assert findings(description, tmp_path) == ["unchecked-pattern"]
    (field,) = schema(description, tmp_path).properties
    assert field.description == f"A letter.\n\n{TOLD}"
    assert field.metadata == (("max_length", 2),)
    model = imported(description, tmp_path, "unchecked_field").models.Root
    assert model.model_validate({"a": "1"}).to_wire() == {"a": "1"}
    with pytest.raises(ValidationError, match="at most 2"):
        model.model_validate({"a": "123"})


def test_a_schema_a_parameter_and_a_body_say_it_too(tmp_path: Path) -> None:
    named = schema(holding({"$ref": "#/components/schemas/Text"}, Text=TEXT), tmp_path, "Text")
    assert (named.description, named.metadata) == (TOLD, ())
    api, _ = built(getting({"204": {"description": "."}}, [{"name": "q", "in": "query", "schema": TEXT}]), tmp_path)
    (parameter,) = api.resources[0].operations[0].parameters
    assert (parameter.description, parameter.type.metadata) == (TOLD, ())
    description = sending({})
    content = {"text/plain": {"schema": TEXT}}
    description["paths"]["/"]["post"]["requestBody"]["content"] = content
    api, _ = built(description, tmp_path)
    body = api.resources[0].operations[0].body
    assert body is not None
    assert body.description == TOLD


@pytest.mark.parametrize("pattern", [r"^\p{L}$", "("])
def test_names_that_cannot_be_matched_may_be_any_with_any_value(pattern: str, tmp_path: Path) -> None:
    root = {
        "type": "object",
        "properties": {"a": {"type": "string"}},
        "patternProperties": {pattern: {"type": "integer"}},
        "required": ["b"],
        "additionalProperties": False,
    }
    description = sending(root)
    assert findings(description, tmp_path) == ["unchecked-pattern"]
    model = imported(description, tmp_path, f"unchecked_names_{len(pattern)}").models.Root
    assert model.model_validate({"b": "x", "é": 1}).to_wire() == {"b": "x", "é": 1}


@pytest.mark.parametrize("inline", [True, False])
def test_inline_and_in_components_a_pattern_means_the_same(inline: bool, tmp_path: Path) -> None:
    text = {"type": "string", "pattern": r"^[\p{L}\p{N} ]+$"}
    description = holding(text) if inline else holding({"$ref": "#/components/schemas/Text"}, Text=text)
    assert findings(description, tmp_path) == []
    model = imported(description, tmp_path, f"letters_{inline}").models.Root
    assert model.model_validate({"a": "é 名 1"}).a == "é 名 1"
    with pytest.raises(ValidationError, match="pattern"):
        model.model_validate({"a": "-"})
