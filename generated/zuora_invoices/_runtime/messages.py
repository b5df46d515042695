"""How a finding of pydantic's reads: the rule that is broken, and a message that stands well behind the path.

Messages show what the description says, never what was given: that may be huge, or a secret.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# pydantic's name of an error -> the keyword of JSON Schema that is broken
_KEYWORDS: Final = {
    "string_too_long": "maxLength",
    "string_too_short": "minLength",
    "bytes_too_long": "maxLength",
    "bytes_too_short": "minLength",
    "too_long": "maxItems",
    "too_short": "minItems",
    "greater_than": "exclusiveMinimum",
    "greater_than_equal": "minimum",
    "less_than": "exclusiveMaximum",
    "less_than_equal": "maximum",
    "multiple_of": "multipleOf",
    "string_pattern_mismatch": "pattern",
    "unique_items": "uniqueItems",
    "missing": "required",
    "unknown_field": "additionalProperties",
    "extra_forbidden": "additionalProperties",
    **dict.fromkeys(
        ["null", "none_required", "is_instance_of", "invalid_key", "finite_number", "inexact_number"], "type"
    ),
}
_FORMAT: Final = r"(date|time|uuid|url|email)(?!.*_type$)"
_TYPE: Final = r"(.+)_(type|unicode|parsing|parsing_size|from_float)$"

_MESSAGES: Final = {
    "missing": "is required",
    "extra_forbidden": "is not a field here",
    "string_too_long": "must have at most {max_length} character{s}",
    "string_too_short": "must have at least {min_length} character{s}",
    "bytes_too_long": "must have at most {max_length} byte{s}",
    "bytes_too_short": "must have at least {min_length} byte{s}",
    "too_long": "must have at most {max_length} item{s}",
    "too_short": "must have at least {min_length} item{s}",
    "greater_than": "must be greater than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "multiple_of": "must be a multiple of {multiple_of}",
    "string_pattern_mismatch": "must match the pattern {pattern}",
    "model_type": "must be {class_name} or a dict of its fields",
    "is_instance_of": "must be of the class {class}",
    "invalid_key": "must have strings as keys",
    "none_required": "must be null",
    "string_unicode": "must be a string of valid Unicode",
    "recursion_loop": "must not hold itself",
    "recursion_depth_exceeded": "is nested too deep",
    "union_tag_invalid": "must have one of {expected_tags} as {discriminator}",
    "union_tag_not_found": "must have a {discriminator}",
}
_TYPE_NAMES: Final = {
    "string": "a string",
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
    "decimal": "a number",
    "list": "a list",
    "dict": "a dict",
    "date": "a date",
    "datetime": "a datetime",
    "bytes": "bytes",
}
_SHOULD: Final = r"^[^:]*? should (be a valid |be )?"
_VALUE: Final = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s,]+"""
_DECIMAL: Final = r"Decimal\('([^']*)'\)"
_SHOWN: Final = 12  # of the values of an enumeration


def explain(found: Mapping[str, Any]) -> tuple[str, str]:
    """The rule that is broken and a message, from one of pydantic's `errors()` (`Any`: they are of many types).

    The rule is a keyword of JSON Schema where there is one, such as `maxLength`, and else the name of the error. The
    message is a clause that says of the value what it must be. `found` needs its `ctx`; its `input` is not looked at.
    """
    kind, context = str(found["type"]), found.get("ctx") or {}
    return _rule(kind, context), context["message"] if "message" in context else _message(kind, found["msg"], context)


def _rule(kind: str, context: Mapping[str, Any]) -> str:
    if kind in ("literal_error", "enum"):
        return "const" if len(_values(context)) == 1 else "enum"
    if kind in _KEYWORDS:
        keyword = _KEYWORDS[kind]
        return keyword.replace("Items", "Properties") if context.get("field_type") == "Dictionary" else keyword
    if re.match(_FORMAT, kind):
        return "format"
    return "type" if re.match(_TYPE, kind) else kind


def _message(kind: str, text: str, context: Mapping[str, Any]) -> str:
    if text.startswith(("must ", "is ")):
        return text  # a message of ours
    if kind in ("literal_error", "enum"):
        values = _values(context)
        more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
        return f"must be {'one of ' if len(values) > 1 else ''}{', '.join(values[:_SHOWN])}{more}"
    if kind in _MESSAGES:
        limit = context.get("max_length", context.get("min_length"))
        try:
            return re.sub(_DECIMAL, r"\1", _MESSAGES[kind].format(**context, s="" if limit == 1 else "s"))
        except KeyError:  # an error of the caller's own, under a name of pydantic's
            return text
    if (found := re.match(_TYPE, kind)) and found[1] in _TYPE_NAMES:
        return f"must be {_TYPE_NAMES[found[1]]}"
    if kind in ("value_error", "assertion_error"):
        return text.partition(", ")[2]  # what a validator of the caller's says
    for detail in (str(value) for key, value in context.items() if "error" in key):
        text = text.partition(detail)[0].rstrip(" ,:") if detail else text  # it can quote what was given
    return re.sub(_SHOULD, lambda found: "must be a " if found[1] == "be a valid " else f"must {found[1] or ''}", text)


def _values(context: Mapping[str, Any]) -> list[str]:
    """The values that pydantic lists as `'a', 'b' or 'c'`."""
    found = re.findall(_VALUE, str(context.get("expected", "")))
    return [value for place, value in enumerate(found) if value != "or" or place != len(found) - 2]
