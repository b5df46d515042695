"""Rules on single schema keywords: known, well-formed, fitting the type."""

from __future__ import annotations

import difflib
import functools
from typing import TYPE_CHECKING, Final

from generator.diagnostics import Consequence, Severity
from generator.document import index
from generator.document.keywords import FITS, KEYWORDS_30, KEYWORDS_31, form_of
from generator.document.tree import Array, Document, Node, Object
from generator.document.values import TYPES, declared_types, show
from generator.python.pattern import fault
from generator.validation.rules.registry import Finding, check

if TYPE_CHECKING:
    from collections.abc import Iterator


_HINTS: Final = {
    "nullable": "in 3.1 write `type: [..., 'null']`",
    "definitions": "it is called `$defs`, and shared schemas belong in components/schemas",
    "dependencies": "it is called `dependentRequired` or `dependentSchemas`",
    "id": "it is called `$id`",
}


def _is_30(document: Document) -> bool:
    return str(document.root.get("openapi")).startswith("3.0")


@check("invalid-schema", Severity.ERROR, "a schema must be an object (in 3.1 also true or false)", Consequence.MENDED)
def invalid_schema(document: Document) -> Iterator[Finding]:
    """3.0 takes a boolean for `additionalProperties` alone."""
    is_30 = _is_30(document)
    for node in index.schemas(document):
        if isinstance(node.value, Object):
            continue
        if not isinstance(node.value, bool):
            yield node, f"a schema belongs here, not {show(node.value)}"
        elif is_30 and not (node.key == "additionalProperties" and _is_keyword(document, node)):
            yield node, "in OpenAPI 3.0 a schema must be an object, true and false are none"


def _is_keyword(document: Document, node: Node) -> bool:
    return index.of(document).kinds.get(node.pointer.rpartition("/")[0]) == "schema"


@check(
    "unknown-keyword",
    Severity.ERROR,
    "a schema keyword must be one of OpenAPI, or begin with x-",
    Consequence.NONE,
)
def unknown(document: Document) -> Iterator[Finding]:
    """With the nearest known one, since most are misspelt."""
    known = KEYWORDS_30 if _is_30(document) else KEYWORDS_31
    for node, key in _unknown_keys(document):
        if key not in KEYWORDS_30 | KEYWORDS_31:
            near = _nearest(key[:50], known)
            hint = f"; {_HINTS[key]}" if key in _HINTS else f"; did you mean {near!r}?" if near else ""
            yield node[key], f"unknown schema keyword {show(key)}{hint}"


@check(
    "foreign-keyword",
    Severity.ERROR,
    "a schema keyword must be one of this OpenAPI version, not of another",
    Consequence.MENDED,
)
def foreign(document: Document) -> Iterator[Finding]:
    """It is read as the version that has it means it."""
    other = "3.1" if _is_30(document) else "3.0"
    for node, key in _unknown_keys(document):
        if key in KEYWORDS_30 | KEYWORDS_31:
            hint = f"; {_HINTS[key]}" if key in _HINTS else f" (OpenAPI {other} has it)"
            yield node[key], f"unknown schema keyword {show(key)}{hint}"


def _unknown_keys(document: Document) -> Iterator[tuple[Node, str]]:
    """What stands in schemas and is no keyword of this version; in 3.0, nothing beside a `$ref` is one."""
    is_30 = _is_30(document)
    known = KEYWORDS_30 if is_30 else KEYWORDS_31
    for node in index.schemas(document):
        for key in node.object:
            if key not in known and not key.startswith("x-") and not (node.reference is not None and is_30):
                yield node, key


@functools.cache
def _nearest(key: str, known: frozenset[str]) -> str:
    by_fold = {keyword.lower(): keyword for keyword in known}
    return next((by_fold[near] for near in difflib.get_close_matches(key.lower(), by_fold, 1, 0.75)), "")


@check(
    "keyword-value",
    Severity.ERROR,
    "a schema keyword's value must be of the form that the keyword asks for",
    Consequence.MENDED,
)
def keyword_value(document: Document) -> Iterator[Finding]:
    """`maxLength: "40"`, `properties: []`, `required: true` and so on."""
    is_30 = _is_30(document)
    for node in index.schemas(document):
        for key, value in node.object.items():
            form = form_of(key, is_30)
            if form and not form[1](value):
                yield node[key], f"{key!r} must be {form[0]}, not {show(value)}"


@check(
    "invalid-type",
    Severity.ERROR,
    "`type` must be one of JSON Schema's types, in 3.1 also a list of them",
    Consequence.MENDED,
)
def invalid_type(document: Document) -> Iterator[Finding]:
    """3.0 has neither lists nor `null`."""
    is_30 = _is_30(document)
    for node in index.saying(document, "type"):
        kind = node["type"]
        if isinstance(kind.value, Array) and not is_30:
            listed = list(kind.elements())
            texts = [each.value for each in listed if isinstance(each.value, str)]
            if not listed or len(set(texts)) != len(texts):
                yield kind, "a list of types must name one or more, each once"
        else:
            listed = [kind]
        for each in listed:
            if each.value not in TYPES if isinstance(each.value, str) else True:
                near = difflib.get_close_matches(str(each.value)[:50].lower(), TYPES, 1, 0.5)
                hint = f"; did you mean {near[0]!r}?" if near and near[0] != each.value else ""
                shown = f"{show(each.value)} is no type" if each.value is not None else "null is no type unless quoted"
                yield each, f"{shown}{hint}"
            elif each.value == "null" and is_30:
                yield each, "OpenAPI 3.0 has no type null; write `nullable: true`"


@check(
    "keyword-type", Severity.WARNING, "a schema keyword should say something about the schema's type", Consequence.NONE
)
def keyword_type(document: Document) -> Iterator[Finding]:
    """`maxLength` on an integer forbids nothing."""
    known = KEYWORDS_30 if _is_30(document) else KEYWORDS_31
    for node in index.saying(document, "type"):
        types = declared_types(node)
        for key in node.object if types else ():
            if key in FITS and key in known and types is not None and not FITS[key] & types:
                yield node[key], f"{key!r} says nothing about type {' or '.join(sorted(types - {'null'}) or types)}"


def patterns(document: Document) -> Iterator[tuple[Node, str, bool]]:
    """Every regular expression, and whether it is one for names (in `patternProperties`) and not for values."""
    for node in index.saying(document, "pattern", "patternProperties"):
        pattern = node.child("pattern")
        if pattern is not None and isinstance(pattern.value, str):
            yield pattern, pattern.value, False
        holder = node.child("patternProperties")
        for key, member in holder.members() if holder else ():
            yield member, key, True


@check(
    "unchecked-pattern",
    Severity.WARNING,
    "a pattern should be a regular expression that a Python client can check",
    Consequence.UNCHECKED,
)
def unchecked_pattern(document: Document) -> Iterator[Finding]:
    """Values are checked by pydantic's engine, or by `re` where that lacks something; names by `re`."""
    for node, pattern, for_names in patterns(document):
        if why := fault(pattern, for_names=for_names):
            yield node, f"{show(pattern)} is not checked: {why}"
