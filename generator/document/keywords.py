"""The keywords of schemas: which there are in a version, of which types they speak, and the form of their values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from generator.document.tree import Array, Json, Object
from generator.document.values import is_number, type_of


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
KEYWORDS_30: Final = _BOTH | {"nullable"} | _ARRAY_30 | _OBJECT_30 | _NUMBER | {"minLength", "maxLength", "pattern"}
KEYWORDS_31: Final = _words(
    "$id $schema $anchor $dynamicRef $dynamicAnchor $vocabulary $comment $defs if then else const examples"
).union(_BOTH, _ARRAY, _OBJECT, _NUMBER, _STRING)

FITS: Final = {
    **dict.fromkeys(_STRING, frozenset({"string"})),
    **dict.fromkeys(_NUMBER, frozenset({"number", "integer"})),
    **dict.fromkeys(_ARRAY, frozenset({"array"})),
    **dict.fromkeys(_OBJECT, frozenset({"object"})),
}


def _is_whole(value: Json) -> bool:
    return is_number(value) and value >= 0 and type_of(value) == "integer"


def _are_texts(value: Json) -> bool:
    texts = {each for each in value if isinstance(each, str)} if isinstance(value, Array) else set[str]()
    return isinstance(value, Array) and len(texts) == len(value)


def _is_discriminator(value: Json) -> bool:
    mapping = value.get("mapping") if isinstance(value, Object) else None
    return (
        isinstance(value, Object)
        and isinstance(value.get("propertyName"), str)
        and (
            "mapping" not in value
            or (isinstance(mapping, Object) and all(isinstance(one, str) for one in mapping.values()))
        )
    )


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
    **dict.fromkeys(("properties", "patternProperties", "$defs", "definitions", "dependentSchemas"), _SCHEMA_MAP),
    "required": ("a list of different texts", _are_texts),
    "dependentRequired": (
        "a map of lists of different texts",
        lambda value: isinstance(value, Object) and all(map(_are_texts, value.values())),
    ),
    "enum": ("a list of one or more values", lambda value: isinstance(value, Array) and len(value) > 0),
    "examples": ("a list of values", lambda value: isinstance(value, Array)),
    **dict.fromkeys(("xml", "externalDocs"), ("an object", lambda value: isinstance(value, Object))),
    "discriminator": ("an object with a propertyName, and if with a mapping, one of texts", _is_discriminator),
}


def form_of(key: str, is_30: bool) -> _Form | None:
    """What the value of a keyword must be, in words and as a test; `None` where it may be anything."""
    return _FLAG if is_30 and key in ("exclusiveMinimum", "exclusiveMaximum") else _FORMS.get(key)


def is_well_formed(key: str, value: Json, *, is_30: bool) -> bool:
    """Whether a keyword's value has the form that the keyword asks for."""
    form = form_of(key, is_30)
    return form is None or form[1](value)
