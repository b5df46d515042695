"""What openapi-spec-validator has to say; loading it takes longer than most commands, so that it is asked last.

It is asked in a process of its own where there is one, which loads nothing else of ours.
"""

from __future__ import annotations

import functools
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs

from .loading import loaded_as


class DefaultSettings:
    """What these libraries take from the environment, where nothing is said there.

    To look there they load pydantic and more, half of all that they load; and a review says the same everywhere.
    """

    compiled_validator_cache_max_size = 128
    resolved_cache_maxsize = 128
    schema_validator_backend = "auto"


_SETTINGS: Final = SimpleNamespace(
    get_settings=DefaultSettings,
    OpenAPISpecValidatorSettings=DefaultSettings,
    get_schema_validator_backend=lambda: DefaultSettings.schema_validator_backend,
)

# One of them loads `requests` to fetch what a description refers to, which it is never let.
with (
    loaded_as("requests", None),
    loaded_as("openapi_schema_validator.settings", _SETTINGS),
    loaded_as("openapi_spec_validator.settings", _SETTINGS),
):
    from openapi_schema_validator import OAS30Validator, OAS31Validator
    from openapi_schema_validator._specifications import REGISTRY
    from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator, OpenAPIV32SpecValidator
    from openapi_spec_validator.validation.exceptions import ExtraParametersError
    from openapi_spec_validator.validation.keywords import (
        OpenAPIV30SchemaValidator,
        OpenAPIV31SchemaValidator,
        OpenAPIV32SchemaValidator,
    )

if TYPE_CHECKING:
    from jsonschema_path.paths import SchemaPath
    from openapi_spec_validator.validation.exceptions import OpenAPIValidationError


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


PRACTICE: Final = ({"openapi": "3.1.0", "info": {"title": "-", "version": "-"}, "paths": {}}, "3.1")
"""Arguments with which :func:`last_word` loads all that the library leaves to its first use."""
_LIBRARY: Final = {"3.0": _Validator30, "3.1": _Validator31, "3.2": _Validator32}


def last_word(document: dict[str, Any], version: str) -> list[tuple[tuple[str, ...], str]]:
    """What the library finds, as (path, message), in a document of a version, such as `3.1`.

    The document conforms to OpenAPI's schema, and is made of dicts and lists proper.
    """
    found: list[tuple[tuple[str, ...], str]] = []
    try:
        validator = _LIBRARY[version](document)
        for error in validator.root_validator(validator.schema_path):  # not against OpenAPI's schema again
            if not isinstance(error, ExtraParametersError):  # `unknown-required` says it, and knows `patternProperties`
                said = (tuple(map(str, error.absolute_path)), error.message)
                found.append(said)
    except Exception as error:  # noqa: BLE001 - it promises nothing, and a description must never end in a traceback
        found.append(((), f"openapi-spec-validator gives up: {error or type(error).__name__}"))
    return found


def _is_schema(value: object, version: str) -> bool:
    return not _has_whole_decimal(value) and _dialect(version).is_valid(value)


def _has_whole_decimal(value: object) -> bool:
    """Whether a number like `1.0` is in a value: an integer to jsonschema-rs, and not to the library."""
    if isinstance(value, dict | list):
        return any(map(_has_whole_decimal, value.values() if isinstance(value, dict) else value))
    return isinstance(value, Decimal) and value == int(value)


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
