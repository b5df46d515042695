"""Rules on single schema keywords: known, well-formed, fitting the type."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from generator.diagnostics import Severity
from generator.document import index
from generator.document.tree import Array, Document, Json, Node, Object
from generator.python.pattern import fault
from generator.validation.rules.registry import Finding, check
from generator.validation.rules.values import TYPES, declared_types, is_number, show, type_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STRING: Final = frozenset(
    {"minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType", "contentSchema"}
)
_NUMBER: Final = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
_ARRAY_30: Final = frozenset({"items", "minItems", "maxItems", "uniqueItems"})
_ARRAY: Final = _ARRAY_30 | {"prefixItems", "contains", "minContains", "maxContains", "unevaluatedItems"}
_OBJECT_30: Final = frozenset({"properties", "additionalProperties", "required", "minProperties", "maxProperties"})
_OBJECT: Final = _OBJECT_30 | _words(
    "patternProperties propertyNames dependentRequired dependentSchemas unevaluatedProperties"
)
_BOTH: Final = _words("""
    $ref title description default type enum format allOf anyOf oneOf not discriminator readOnly writeOnly xml
    externalDocs example deprecated
""")
_KEYWORDS_30: Final = _BOTH | {"nullable"} | _ARRAY_30 | _OBJECT_30 | _NUMBER | {"minLength", "maxLength", "pattern"}
_KEYWORDS_31: Final = _words(
    "$id $schema $anchor $dynamicRef $dynamicAnchor $vocabulary $comment $defs if then else const examples"
).union(_BOTH, _ARRAY, _OBJECT, _NUMBER, _STRING)

_FITS: Final = {
    **dict.fromkeys(_STRING, frozenset({"string"})),
    **dict.fromkeys(_NUMBER, frozenset({"number", "integer"})),
    **dict.fromkeys(_ARRAY, frozenset({"array"})),
    **dict.fromkeys(_OBJECT, frozenset({"object"})),
}
_HINTS: Final = {
    "nullable": "in 3.1 write `type: [..., 'null']`",
    "definitions": "it is called `$defs`, and shared schemas belong in components/schemas",
    "dependencies": "it is called `dependentRequired` or `dependentSchemas`",
    "id": "it is called `$id`",
}


def _is_whole(value: Json) -> bool:
    return is_number(value) and value >= 0 and type_of(value) == "integer"


def _are_texts(value: Json) -> bool:
    texts = {each for each in value if isinstance(each, str)} if isinstance(value, Array) else set[str]()
    return isinstance(value, Array) and len(texts) == len(value)


_Form: TypeAlias = tuple[str, Callable[[Json], bool]]
_TEXT: Final[_Form] = ("a text", lambda value: isinstance(value, str))
_FLAG: Final[_Form] = ("true or false", lambda value: isinstance(value, bool))
_SCHEMAS: Final[_Form] = ("a list of one or more schemas", lambda value: isinstance(value, Array) and len(value) > 0)
_SCHEMA_MAP: Final[_Form] = ("a map of schemas", lambda value: isinstance(value, Object))
_FORMS: Final[dict[str, _Form]] = {
    **dict.fromkeys(
        _words("""
            $id $schema $anchor $dynamicRef $dynamicAnchor $comment title description format pattern
            contentEncoding contentMediaType
        """),
        _TEXT,
    ),
    **dict.fromkeys(
        _words("minLength maxLength minItems maxItems minProperties maxProperties minContains maxContains"),
        ("a whole number of 0 or more", _is_whole),
    ),
    **dict.fromkeys(("nullable", "deprecated", "readOnly", "writeOnly", "uniqueItems"), _FLAG),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), ("a number", is_number)),
    "multipleOf": ("a number above 0", lambda value: is_number(value) and value > 0),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), _SCHEMAS),
    **dict.fromkeys(("properties", "patternProperties", "$defs", "dependentSchemas"), _SCHEMA_MAP),
    "required": ("a list of different texts", _are_texts),
    "dependentRequired": (
        "a map of lists of different texts",
        lambda value: isinstance(value, Object) and all(map(_are_texts, value.values())),
    ),
    "enum": ("a list of one or more values", lambda value: isinstance(value, Array) and len(value) > 0),
    "examples": ("a list of values", lambda value: isinstance(value, Array)),
    **dict.fromkeys(("discriminator", "xml", "externalDocs"), ("an object", lambda value: isinstance(value, Object))),
}


def _is_30(document: Document) -> bool:
    return str(document.root.get("openapi")).startswith("3.0")


@check("invalid-schema", Severity.ERROR, "a schema must be an object (in 3.1 also true or false)")
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


@check("unknown-keyword", Severity.ERROR, "a schema keyword must be one of this OpenAPI version, or begin with x-")
def unknown(document: Document) -> Iterator[Finding]:
    """With the nearest known one, since most are misspelt."""
    is_30 = _is_30(document)
    known, other = (_KEYWORDS_30, _KEYWORDS_31) if is_30 else (_KEYWORDS_31, _KEYWORDS_30)
    for node in index.schemas(document):
        for key in node.object:
            if key in known or key.startswith("x-") or (node.reference is not None and is_30):
                continue
            near = _nearest(key[:50], known)
            if key in _HINTS and not (key == "nullable" and is_30):
                hint = f"; {_HINTS[key]}"
            elif key in other:
                hint = f" (OpenAPI {'3.1' if is_30 else '3.0'} has it)"
            else:
                hint = f"; did you mean {near!r}?" if near else ""
            yield node[key], f"unknown schema keyword {show(key)}{hint}"


@functools.cache
def _nearest(key: str, known: frozenset[str]) -> str:
    by_fold = {keyword.lower(): keyword for keyword in known}
    return next((by_fold[near] for near in difflib.get_close_matches(key.lower(), by_fold, 1, 0.75)), "")


@check("keyword-value", Severity.ERROR, "a schema keyword's value must be of the form that the keyword asks for")
def keyword_value(document: Document) -> Iterator[Finding]:
    """`maxLength: "40"`, `properties: []`, `required: true` and so on."""
    is_30 = _is_30(document)
    for node in index.schemas(document):
        for key, member in node.members():
            form = _form(key, is_30)
            if form and not form[1](member.value):
                yield member, f"{key!r} must be {form[0]}, not {show(member.value)}"


def _form(key: str, is_30: bool) -> _Form | None:
    return _FLAG if is_30 and key in ("exclusiveMinimum", "exclusiveMaximum") else _FORMS.get(key)


def is_well_formed(key: str, value: Json, *, is_30: bool) -> bool:
    """Whether a keyword's value has the form that the keyword asks for."""
    form = _form(key, is_30)
    return form is None or form[1](value)


@check("invalid-type", Severity.ERROR, "`type` must be one of JSON Schema's types, in 3.1 also a list of them")
def invalid_type(document: Document) -> Iterator[Finding]:
    """3.0 has neither lists nor `null`."""
    is_30 = _is_30(document)
    for node in index.schemas(document):
        kind = node.child("type")
        if kind is None:
            continue
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


@check("keyword-type", Severity.WARNING, "a schema keyword should say something about the schema's type")
def keyword_type(document: Document) -> Iterator[Finding]:
    """`maxLength` on an integer forbids nothing."""
    known = _KEYWORDS_30 if _is_30(document) else _KEYWORDS_31
    for node in index.schemas(document):
        types = declared_types(node)
        for key in node.object if types else ():
            if key in _FITS and key in known and types is not None and not _FITS[key] & types:
                yield node[key], f"{key!r} says nothing about type {' or '.join(sorted(types - {'null'}) or types)}"


def patterns(document: Document) -> Iterator[tuple[Node, str, bool]]:
    """Every regular expression, and whether it is one for names (in `patternProperties`) and not for values."""
    for node in index.schemas(document):
        pattern = node.child("pattern")
        if pattern is not None and isinstance(pattern.value, str):
            yield pattern, pattern.value, False
        holder = node.child("patternProperties")
        for key, member in holder.members() if holder else ():
            yield member, key, True


@check("unchecked-pattern", Severity.WARNING, "a pattern should be a regular expression that a Python client can check")
def unchecked_pattern(document: Document) -> Iterator[Finding]:
    """Values are checked by pydantic's engine, or by `re` where that lacks something; names by `re`."""
    for node, pattern, for_names in patterns(document):
        if why := fault(pattern, for_names=for_names):
            yield node, f"{show(pattern)} is not checked: {why}"
