"""`Document` -> diagnostics: what reading found, OpenAPI's own schema, and our rules.

OpenAPI's schema is the one that openapi-spec-validator carries, run by jsonschema-rs, which says where. That package
itself has the last word on a document in which nothing else is wrong: it names no places, and raises on a bad `$ref`.
"""

from __future__ import annotations

import functools
import json
from decimal import Decimal
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs
from openapi_schema_validator import OAS30Validator, OAS31Validator
from openapi_schema_validator._specifications import REGISTRY
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator, OpenAPIV32SpecValidator
from openapi_spec_validator.validation.exceptions import ExtraParametersError
from openapi_spec_validator.validation.keywords import (
    OpenAPIV30SchemaValidator,
    OpenAPIV31SchemaValidator,
    OpenAPIV32SchemaValidator,
)

from generator.diagnostics import Consequence, Diagnostic, Location, Severity, arrange, has_errors, rule
from generator.document.graph import graph
from generator.document.parser import MAX_DEPTH, TOO_DEEP
from generator.document.tree import Document, Node
from generator.validation import rules
from generator.validation.rules.conformance import leaves, part, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema_path.paths import SchemaPath
    from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

LAST_WORD: Final = rule(
    "openapi-spec-validator",
    Severity.ERROR,
    "openapi-spec-validator, which has the last word, must find nothing",
    Consequence.NONE,
)
OPENAPI: Final = rule(
    "openapi", Severity.ERROR, "the description must conform to OpenAPI's own schema", Consequence.NONE
)


def validate(document: Document, *, is_thorough: bool = True) -> tuple[Diagnostic, ...]:
    """All findings on a document, those of reading it included, sorted by place.

    If not `is_thorough`, only those that do something to the client, which is a fraction of the work.
    """
    if deep := list(_too_deep(document)):
        return arrange([*document.diagnostics, *deep])
    found_by_rules = list(rules.findings(document, is_thorough=is_thorough))
    found = [
        broken.at(place, text) if isinstance(place, Location) else broken.at(place.location, text, place.pointer)
        for broken, place, text in found_by_rules
    ]
    pointers = {
        place.pointer for broken, place, _ in found_by_rules if isinstance(place, Node) and broken.severity == "error"
    }
    found += document.diagnostics
    if is_thorough:
        found += _conformance(document, pointers)
    return arrange([*found, *_last_word(document)] if is_thorough and not has_errors(found) else found)


def _too_deep(document: Document) -> Iterator[Diagnostic]:
    """Definitions that consist of others, those of others, and so on: asked first, as all that follows goes down."""
    for pointer, depth in graph(document).depths().items():
        if depth == MAX_DEPTH + 1 and (node := document.find(pointer)) is not None:
            message = f"it consists of more than {MAX_DEPTH} definitions, one within the other"
            yield TOO_DEEP.at(node.location, message, pointer)


def _conformance(document: Document, pointers: set[str]) -> Iterator[Diagnostic]:
    """Breaches of OpenAPI's schema, but for those where one of our rules says what is wrong."""
    covered = {
        pointer[:end] for pointer in pointers for end in range(len(pointer) + 1) if pointer[end : end + 1] in ("", "/")
    }
    for error in _schema_of(_version(document)).iter_errors(plain(document.root)):
        for mismatch in leaves(error):
            node = part(document.node, mismatch.path)
            vague = error.kind.name in ("anyOf", "oneOf") and node.pointer in covered
            missing = mismatch.message.endswith(" is a required property")
            if missing and mismatch.message.startswith('"required"'):
                continue  # path parameters: `optional-path-parameter`
            if not vague and (missing or node.pointer not in pointers):
                told = f"{mismatch.message}{f' (at {node.pointer})' if node.pointer else ''}"
                yield OPENAPI.at(node.location, told, node.pointer)


class _Schemas30(OpenAPIV30SchemaValidator):
    """How the library checks that a schema is one, asked only where jsonschema-rs denies it: that is a hundredth."""

    def _validate_schema_meta(self, schema: SchemaPath, schema_value: object) -> OpenAPIValidationError | None:
        if _is_schema(schema_value, "3.0"):
            return None
        return _but_for_patterns(super()._validate_schema_meta(schema, schema_value))


class _Schemas31(OpenAPIV31SchemaValidator):
    """The same for 3.1, where a schema or a document may name another dialect."""

    def _validate_schema_meta(self, schema: SchemaPath, schema_value: object) -> OpenAPIValidationError | None:
        is_ours = self._get_default_jsonschema_dialect_id(schema) == self.default_jsonschema_dialect_id
        is_ours = is_ours and not (isinstance(schema_value, dict) and "$schema" in schema_value)
        if is_ours and _is_schema(schema_value, "3.1"):
            return None
        return _but_for_patterns(super()._validate_schema_meta(schema, schema_value))


class _Schemas32(OpenAPIV32SchemaValidator):
    """And for 3.2."""

    def _validate_schema_meta(self, schema: SchemaPath, schema_value: object) -> OpenAPIValidationError | None:
        return _but_for_patterns(super()._validate_schema_meta(schema, schema_value))


def _but_for_patterns(error: OpenAPIValidationError | None) -> OpenAPIValidationError | None:
    """Without what the library has against patterns: they are not Python's, and a rule of ours judges."""
    return None if error is not None and error.validator_value == "regex" else error


class _Validator30(OpenAPIV30SpecValidator):
    keyword_validators = {**OpenAPIV30SpecValidator.keyword_validators, "schema": _Schemas30}  # noqa: RUF012 - as there


class _Validator31(OpenAPIV31SpecValidator):
    keyword_validators = {**OpenAPIV31SpecValidator.keyword_validators, "schema": _Schemas31}  # noqa: RUF012 - as there


class _Validator32(OpenAPIV32SpecValidator):
    keyword_validators = {**OpenAPIV32SpecValidator.keyword_validators, "schema": _Schemas32}  # noqa: RUF012 - as there


_LIBRARY: Final = {"3.0": _Validator30, "3.1": _Validator31, "3.2": _Validator32}


def _last_word(document: Document) -> Iterator[Diagnostic]:
    """What openapi-spec-validator still has to say."""
    library = _LIBRARY[_version(document)]
    try:
        validator = library(plain(document.root))
        for error in validator.root_validator(validator.schema_path):  # it conforms to OpenAPI's schema: `_conformance`
            if isinstance(error, ExtraParametersError):
                continue  # `unknown-required` says it, and knows `patternProperties`
            node = part(document.node, tuple(map(str, error.absolute_path)))
            yield LAST_WORD.at(node.location, error.message, node.pointer)
    except Exception as error:  # noqa: BLE001 - it promises nothing, and a description must never end in a traceback
        yield LAST_WORD.at(document.root.location, f"openapi-spec-validator gives up: {error or type(error).__name__}")


def _is_schema(value: object, version: str) -> bool:
    return not _has_whole_decimal(value) and _dialect(version).is_valid(value)


def _has_whole_decimal(value: object) -> bool:
    """Whether a number like `1.0` is in a value: an integer to jsonschema-rs, and not to the library."""
    if isinstance(value, dict | list):
        return any(map(_has_whole_decimal, value.values() if isinstance(value, dict) else value))
    return isinstance(value, Decimal) and value == int(value)


def _version(document: Document) -> str:
    return str(document.root.get("openapi"))[:3]


@functools.cache
def _schema_of(version: str) -> jsonschema_rs.Validator:
    # Not by its own reader, which takes it for YAML: that takes as long as all else here.
    file = resources.files("openapi_spec_validator") / "resources/schemas" / f"v{version}" / "schema.json"
    return jsonschema_rs.validator_for(json.loads(file.read_text("utf-8")))


def _is_anything(_: object) -> bool:
    return True


@functools.cache
def _dialect(version: str) -> jsonschema_rs.Validator:
    """The schema of schemas that openapi-spec-validator goes by; what is a regular expression our own rule judges."""
    library = OAS30Validator if version == "3.0" else OAS31Validator
    name = "https://spec.openapis.org/oas/3.1/meta/base"
    vocabulary: Any = REGISTRY.contents(name)  # JSON, of whatever type the library says
    return jsonschema_rs.validator_for(
        library.META_SCHEMA,
        registry=jsonschema_rs.Registry([(name, vocabulary)]),
        validate_formats=True,
        formats={"regex": _is_anything},
    )
