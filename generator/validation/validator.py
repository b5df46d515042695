"""`Document` -> diagnostics: what reading found, OpenAPI's own schema, and our rules.

OpenAPI's schema is the one that openapi-spec-validator carries, run by jsonschema-rs, which says where. That package
itself has the last word on a document in which nothing else is wrong: it names no places, and raises on a bad `$ref`.
"""

from __future__ import annotations

import functools
import importlib.util
import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jsonschema_rs

from generator import aside
from generator.diagnostics import Consequence, Diagnostic, Location, Severity, arrange, has_errors, rule
from generator.document.graph import graph
from generator.document.parser import MAX_DEPTH, TOO_DEEP
from generator.document.tree import Document, Node
from generator.validation import rules
from generator.validation.rules.conformance import leaves, part, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    found, last_word = begin(document, is_thorough=is_thorough)
    return arrange((*found, *last_word()))


def begin(
    document: Document, *, is_thorough: bool = True
) -> tuple[tuple[Diagnostic, ...], Callable[[], tuple[Diagnostic, ...]]]:
    """The same but for what openapi-spec-validator has to say, which nothing depends on and which takes longest.

    That comes when it is called for.
    """
    found = _found(document, is_thorough=is_thorough)
    if not is_thorough or has_errors(found):
        return found, _nothing
    return found, partial(_as_findings, document, _last_word(document))


def _nothing() -> tuple[Diagnostic, ...]:
    return ()


def _found(document: Document, *, is_thorough: bool) -> tuple[Diagnostic, ...]:
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
    return arrange(found)


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


def _last_word(document: Document) -> Callable[[], list[tuple[tuple[str, ...], str]]]:
    return aside.ask(aside.LAST_WORD, plain(document.root), _version(document))


def _as_findings(document: Document, said: Callable[[], list[tuple[tuple[str, ...], str]]]) -> tuple[Diagnostic, ...]:
    nodes = [(part(document.node, path), message) for path, message in said()]
    return tuple(LAST_WORD.at(node.location, message, node.pointer) for node, message in nodes)


def _version(document: Document) -> str:
    return str(document.root.get("openapi"))[:3]


@functools.cache
def _schema_of(version: str) -> jsonschema_rs.Validator:
    # Not by its own reader, which takes it for YAML, nor by loading the package: either takes longer than all else.
    package = importlib.util.find_spec("openapi_spec_validator")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("openapi-spec-validator is not installed")
    file = Path(package.origin).parent / "resources" / "schemas" / f"v{version}" / "schema.json"
    return jsonschema_rs.validator_for(json.loads(file.read_text("utf-8")))
