"""`Document` -> diagnostics: what reading found, OpenAPI's own schema, and our rules.

OpenAPI's schema is the one that openapi-spec-validator carries, run by jsonschema-rs, which says where. The rest of
that package is not run: what it checks beyond the schema our rules say with a place, and it raises on a bad `$ref`.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs
from openapi_spec_validator.schemas import schema_v30, schema_v31

from generator import rules
from generator.diagnostics import Diagnostic, Location, Severity, arrange, rule
from generator.document import Document, Node
from generator.rules.conformance import leaves, part, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

OPENAPI: Final = rule("openapi", Severity.ERROR, "the description must conform to OpenAPI's own schema")


def validate(document: Document) -> tuple[Diagnostic, ...]:
    """All findings on a document, those of reading it included, sorted by place."""
    said = list(rules.findings(document))
    found = [broken.at(place if isinstance(place, Location) else place.location, text) for broken, place, text in said]
    pointers = {place.pointer for broken, place, _ in said if isinstance(place, Node) and broken.severity == "error"}
    return arrange([*document.diagnostics, *found, *_conformance(document, pointers)])


def _conformance(document: Document, said: set[str]) -> Iterator[Diagnostic]:
    """Breaches of OpenAPI's schema, but for those where one of our rules says what is wrong."""
    covered = {
        pointer[:end] for pointer in said for end in range(len(pointer) + 1) if pointer[end : end + 1] in ("", "/")
    }
    for error in _schema_of(str(document.root.get("openapi"))).iter_errors(plain(document.root)):
        for mismatch in leaves(error):
            node = part(document.node, mismatch.path)
            vague = error.kind.name in ("anyOf", "oneOf") and node.pointer in covered
            missing = mismatch.message.endswith(" is a required property")
            if missing and mismatch.message.startswith('"required"'):
                continue  # path parameters: `optional-path-parameter`
            if not vague and (missing or node.pointer not in said):
                yield OPENAPI.at(node.location, f"{mismatch.message}{f' (at {node.pointer})' if node.pointer else ''}")


@functools.cache
def _schema_of(version: str) -> jsonschema_rs.Validator:
    schema: dict[str, Any] = dict(schema_v30 if version.startswith("3.0") else schema_v31)
    return jsonschema_rs.validator_for(schema)
