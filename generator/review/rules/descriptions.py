"""Fragments of JSON Schema in plain words, of bounded length: what a value that fits them is.

What they say is the canonical form of the fragment (`fragments.canonical`), so that equal forms read the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.review.rules import fragments
from generator.review.rules.terms import amount, bounded, code, shown, span
from generator.wording import listed

if TYPE_CHECKING:
    from generator.document.tree import Node
    from generator.review.rules.fragments import Plain

MAX_VALUES: Final = 6
MAX_MEMBERS: Final = 5
MAX_DETAILED: Final = 3
"""Of objects with more members only the names are said."""
MAX_DEPTH: Final = 3

_NOUNS: Final = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "`true` or `false`",
    "null": "`null`",
    "array": "a list",
    "object": "an object",
}
_OF_STRING: Final = ("minLength", "maxLength", "pattern", "format", "contentMediaType", "contentEncoding")
_OF_NUMBER: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_OF_ARRAY: Final = (
    *("minItems", "maxItems", "uniqueItems", "items", "prefixItems"),
    *("contains", "minContains", "maxContains"),
)
_OF_OBJECT: Final = (
    *("required", "properties", "patternProperties", "additionalProperties", "minProperties", "maxProperties"),
    *("propertyNames", "dependentRequired", "dependentSchemas"),
)
_FAMILIES: Final = {"string": _OF_STRING, "number": _OF_NUMBER, "array": _OF_ARRAY, "object": _OF_OBJECT}
_LOGIC: Final = frozenset(("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "type", "enum", "$ref"))
_KNOWN: Final = frozenset((*_OF_STRING, *_OF_NUMBER, *_OF_ARRAY, *_OF_OBJECT)) | _LOGIC


def describe(schema: Node) -> str:
    """What a value that fits a schema is: `text of at most 5 characters`, `one of "A" and "B"`, at most 200 characters.

    It never fails: of what it has no words for it names the keywords.
    """
    return describe_fragment(fragments.Reader(references=MAX_DEPTH + 1).schema(schema))


def describe_fragment(fragment: Plain, depth: int = MAX_DEPTH, *, lenient: bool = False) -> str:
    """What a value that fits a canonical fragment is; `lenient`: a bound is taken to say the type that it is about.

    It looks `depth` steps into the fragment.
    """
    return bounded(_describe(fragment, max(depth, 0), lenient=lenient))


# -- what a value is -------------------------------------------------------------------------------------------------


def _describe(fragment: Plain, depth: int, *, lenient: bool = False) -> str:
    if not isinstance(fragment, dict) or not fragment:
        return "no value at all" if fragment is False else "any value"
    if depth == 0:
        return _brief(fragment)
    whole = _merged(fragment)
    head, kinds = _head(whole, depth, lenient=lenient)
    choices = _choices(whole, kinds, depth)
    head = ", and ".join(choices) if choices and head == "any value" else ", ".join([head, *choices])
    if "not" in whole:
        other = _option(whole["not"], kinds, depth)
        head = f"anything but {other}" if head == "any value" else f"{head}, but not {other}"
    if "if" in whole:
        head += f", if {_describe(whole['if'], depth - 1, lenient=True)}"
        head += f", then {_describe(whole['then'], depth - 1, lenient=True)}" if "then" in whole else ""
        head += f", else {_describe(whole['else'], depth - 1, lenient=True)}" if "else" in whole else ""
    return head


def _brief(fragment: dict[str, Plain]) -> str:
    """A noun alone, for what stands too deep for more."""
    values = fragment.get("enum")
    if isinstance(values, list):
        return _values(values)
    kinds = _types(_merged(fragment))
    families = [kind for kind, keywords in _FAMILIES.items() if any(word in fragment for word in keywords)]
    nouns = [_NOUNS.get(kind, code(kind)) for kind in kinds or families]
    return listed(nouns, "or") if nouns else "a value"


def _types(fragment: dict[str, Plain]) -> list[str]:
    kinds = fragment.get("type")
    names = [kinds] if isinstance(kinds, str) else [str(kind) for kind in kinds] if isinstance(kinds, list) else []
    return sorted(names, key=lambda kind: (kind == "null", list(_NOUNS).index(kind) if kind in _NOUNS else 99, kind))


def _merged(fragment: dict[str, Plain]) -> dict[str, Plain]:
    """The fragment with the members that parts of its `allOf` describe."""
    parts = fragment.get("allOf")
    if not isinstance(parts, list):
        return fragment
    whole = {key: value for key, value in fragment.items() if key != "allOf"}
    kept = []
    for part in parts:
        joined = _joined(whole, part)
        if joined is None:
            kept.append(part)
        else:
            whole = joined
    return {**whole, "allOf": kept} if kept else whole


def _joined(whole: dict[str, Plain], part: Plain) -> dict[str, Plain] | None:
    """Two fragments about the members of an object as one; `None` where it takes more than their members."""
    if not isinstance(part, dict) or not set(part) <= {"type", "properties", "required"} or "enum" in whole:
        return None
    if "additionalProperties" in whole or whole.get("type", "object") not in ("object", part.get("type", "object")):
        return None
    joined = {**part, **whole}
    for word in ("properties", "required"):
        ours, theirs = whole.get(word), part.get(word)
        if isinstance(ours, dict) and isinstance(theirs, dict):
            joined[word] = {**theirs, **ours}
        elif isinstance(ours, list) and isinstance(theirs, list):
            joined[word] = [*ours, *(name for name in theirs if name not in ours)]
    return joined


def _head(fragment: dict[str, Plain], depth: int, *, lenient: bool) -> tuple[str, list[str]]:
    """The noun with its qualities, and the types that it speaks of."""
    target = fragment.get("$ref")
    if isinstance(target, str):
        return ("such a value again" if target[:1] == "#" and target[1:].isdecimal() else _named(target)), []
    kinds = _types(fragment)
    values = fragment.get("enum")
    families = [kind for kind, keywords in _FAMILIES.items() if any(word in fragment for word in keywords)]
    if isinstance(values, list):
        more = "".join(_qualities(kind, fragment, depth) for kind in families)
        return _values(values) + more, kinds
    unknown = sorted(key for key in fragment if key not in _KNOWN)
    tail = f" with a condition of its own ({listed([code(key) for key in unknown], limit=4)})" if unknown else ""
    if not kinds and (families == ["object"] or (lenient and len(families) == 1)):
        kinds = families
    if kinds:
        nouns = [_NOUNS.get(kind, code(kind)) + _qualities(kind, fragment, depth) for kind in kinds]
        return listed(nouns, "or") + tail, kinds
    untyped = [f"if {_NOUNS[kind]}, {_qualities(kind, fragment, depth).lstrip(', ')}" for kind in families]
    return ", ".join(["any value" + tail, *untyped]), []


def _named(target: str) -> str:
    return f"a value as {code(target.rpartition('/')[2])} describes it"


def _values(values: list[Plain]) -> str:
    if not values:
        return "no value at all"
    shown_values = [shown(one) for one in values]
    return shown_values[0] if len(values) == 1 else f"one of {listed(shown_values, limit=MAX_VALUES)}"


def _qualities(kind: str, fragment: dict[str, Plain], depth: int) -> str:
    """What is demanded of a value of a type, to stand after the noun."""
    match kind:
        case "string":
            return _of_string(fragment)
        case "number" | "integer":
            return _of_number(fragment)
        case "array":
            return _of_array(fragment, depth)
        case "object":
            return _of_object(fragment, depth)
        case _:
            return ""


def _of_string(fragment: dict[str, Plain]) -> str:
    text = span(fragment.get("minLength"), fragment.get("maxLength"), "character")
    if "format" in fragment:
        text += f" in the format {shown(fragment['format'])}"
    if "pattern" in fragment:
        text += f" that matches {code(str(fragment['pattern']))}"
    if "contentMediaType" in fragment:
        text += f" that holds {shown(fragment['contentMediaType'])}"
    if "contentEncoding" in fragment:
        text += f" encoded as {shown(fragment['contentEncoding'])}"
    return text


def _of_number(fragment: dict[str, Plain]) -> str:
    parts = []
    if "minimum" in fragment and "maximum" in fragment:
        parts.append(f"from {amount(fragment['minimum'])} to {amount(fragment['maximum'])}")
    else:
        parts += [f"of at least {amount(fragment[word])}" for word in ("minimum",) if word in fragment]
        parts += [f"of at most {amount(fragment[word])}" for word in ("maximum",) if word in fragment]
    parts += [f"above {amount(fragment[word])}" for word in ("exclusiveMinimum",) if word in fragment]
    parts += [f"below {amount(fragment[word])}" for word in ("exclusiveMaximum",) if word in fragment]
    if "multipleOf" in fragment:
        parts.append(f"in steps of {amount(fragment['multipleOf'])}")
    if "format" in fragment:
        parts.append(f"in the format {shown(fragment['format'])}")
    return "".join(f" {one}" for one in parts[:1]) + "".join(f" and {one}" for one in parts[1:])


def _of_array(fragment: dict[str, Plain], depth: int) -> str:
    text = span(fragment.get("minItems"), fragment.get("maxItems"), "element")
    if fragment.get("uniqueItems") is True:
        text += " without repetition"
    first = fragment.get("prefixItems")
    if isinstance(first, list) and first:
        text += f", first {listed([_describe(one, depth - 1) for one in first], limit=MAX_MEMBERS)}"
    items = fragment.get("items")
    if items is False:
        text += ", then nothing" if first else " without elements"
    elif items is not None and items is not True:
        text += f", each {'further ' if first else ''}element {_describe(items, depth - 1)}"
    if "contains" in fragment:
        low, high = fragment.get("minContains", 1), fragment.get("maxContains")
        count = span(low, high, "element").removeprefix(" of ")
        text += f", with {count} being {_describe(fragment['contains'], depth - 1)}"
    return text


def _of_object(fragment: dict[str, Plain], depth: int) -> str:
    text = span(fragment.get("minProperties"), fragment.get("maxProperties"), "member")
    text += _members(fragment, depth)
    names = fragment.get("propertyNames")
    if names is not None and names is not True:
        text += f", each name {_describe(names, depth - 1, lenient=True)}"
    if "dependentRequired" in fragment or "dependentSchemas" in fragment:
        text += ", with rules between its members"
    return text


def _members(fragment: dict[str, Plain], depth: int) -> str:
    required = fragment.get("required")
    needed = [str(name) for name in required] if isinstance(required, list) else []
    declared = fragment.get("properties")
    schemas = declared if isinstance(declared, dict) else {}
    absent = [name for name in schemas if schemas[name] is False]
    perhaps = [name for name in schemas if name not in needed and name not in absent]
    brief = len(needed) + len(perhaps) > MAX_DETAILED

    def member(name: str) -> str:
        inner = schemas.get(name, True)
        details = "" if brief or depth <= 1 or inner is True else f" ({_describe(inner, depth - 1, lenient=True)})"
        return code(name) + details

    groups = [("", needed), ("perhaps ", perhaps), ("no ", absent)]
    parts = [before + listed([member(name) for name in names], limit=MAX_MEMBERS) for before, names in groups if names]
    patterns = fragment.get("patternProperties")
    for pattern, inner in patterns.items() if isinstance(patterns, dict) else ():
        details = "" if inner is True else f" ({_describe(inner, depth - 1, lenient=True)})"
        parts.append(f"perhaps members that match {code(pattern)}{details}")
    others = fragment.get("additionalProperties")
    if others is False:
        parts.append("no other members" if parts else "no members")
    elif others is not None and others is not True:
        parts.append(f"{'any other' if parts else 'any'} members, each {_describe(others, depth - 1)}")
    return f" with {listed(parts)}" if parts else ""


def _choices(fragment: dict[str, Plain], kinds: list[str], depth: int) -> list[str]:
    """What `anyOf`, `oneOf` and `allOf` say, each in its words."""
    choices = []
    for word, before, joint in (("anyOf", "", "or"), ("oneOf", "either ", "or"), ("allOf", "", "and")):
        parts = fragment.get(word)
        if isinstance(parts, list) and parts:
            options = sorted(
                dict.fromkeys(_option(one, kinds, depth) for one in parts), key=lambda one: one == _NOUNS["null"]
            )
            choices.append((before if len(options) > 1 else "") + listed(options, joint, limit=MAX_MEMBERS))
    return choices


def _option(fragment: Plain, kinds: list[str], depth: int) -> str:
    """A fragment within one whose types are known: only what it adds."""
    family = _FAMILIES.get(kinds[0]) if len(kinds) == 1 else None
    if isinstance(fragment, dict) and family and set(fragment) <= set(family):
        return _qualities(kinds[0], fragment, depth - 1).lstrip(", ") or "any"
    return _describe(fragment, depth - 1, lenient=True)
