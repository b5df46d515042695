"""Parameter values as OpenAPI's styles write them: `id=1,2`, `id=1&id=2`, `;id=1`, `filter[name]=x` and the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeGuard
from urllib.parse import quote

from .codec import as_text, encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .operation import Encoding, Style, Where

RESERVED = ":/?@!$'()*,;"
"""What `allowReserved` leaves as it is: reserved characters but those that end a pair, or the query."""
_SEPARATORS = {"form": ",", "simple": ",", "spaceDelimited": "%20", "pipeDelimited": "|"}


def path_segment(name: str, value: object, style: Style, explode: bool) -> str:
    """A value as the text that takes the place of `{name}` in a path."""
    value = _without_nulls(value)
    if style == "label":
        return "." + _joined(value, "." if explode else ",", explode)
    if style == "matrix":
        if explode and isinstance(value, Mapping):
            return "".join(f";{_quoted(key)}={_quoted(member)}" for key, member in value.items())
        if explode and _is_array(value):
            return "".join(f";{_quoted(name)}={_quoted(element)}" for element in value)
        return f";{_quoted(name)}={_joined(value, ',', False)}"
    return _joined(value, ",", explode)


def query_pairs(name: str, value: object, style: Style, explode: bool, safe: str = "") -> list[str]:
    """A value as `name=text` pairs of a query or a cookie, quoted but for what is `safe`."""
    value = _without_nulls(value)
    if style == "deepObject":
        return list(_deep_pairs(_quoted(name), value, safe))
    if explode and isinstance(value, Mapping):
        return [f"{_quoted(key)}={_quoted(member, safe)}" for key, member in value.items()]
    if explode and _is_array(value):
        return [f"{_quoted(name)}={_quoted(element, safe)}" for element in value]
    return [f"{_quoted(name)}={_joined(value, _SEPARATORS.get(style, ','), False, safe)}"]


def _deep_pairs(name: str, value: object, safe: str) -> Iterator[str]:
    """A value of any depth, a step in brackets for each level; elements of arrays are numbered."""
    value = _without_nulls(value)
    if isinstance(value, Mapping) or _is_array(value):
        for step, member in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from _deep_pairs(f"{name}%5B{_quoted(step)}%5D", member, safe)
    else:
        yield f"{name}={_quoted(value, safe)}"


def form_pairs(fields: Mapping[str, object], encodings: Mapping[str, Encoding]) -> Iterator[str]:
    """The fields of a form as `name=text` pairs: an object is JSON, unless a style is said for the field."""
    for name, value in fields.items():
        encoding = encodings.get(name)
        if encoding is not None and encoding.style is not None:
            yield from query_pairs(name, value, encoding.style, encoding.explode)
        elif isinstance(value, Mapping) or (encoding is not None and encoding.media_type == "application/json"):
            yield f"{_quoted(name)}={quote(encode(value), safe='')}"
        else:
            yield from query_pairs(name, value, "form", explode=True)


def whole_query(value: object) -> list[str]:
    """A value that is all of a query: the fields of a form as its pairs, and text, which JSON is too, quoted."""
    return [*form_pairs(value, {})] if isinstance(value, Mapping) else [_quoted(value)]


def ambiguous(value: object, where: Where, style: Style) -> str | None:
    """The mark between the parts of a value, where it stands within a part too and nothing would tell them apart.

    In a header nothing is quoted; a space in a list that spaces separate is quoted like those.
    """
    if type(value) is str:  # as most are
        return None
    mark = "," if where == "header" else " " if style == "spaceDelimited" else None
    value = _without_nulls(value)
    parts = [*value, *value.values()] if isinstance(value, Mapping) else value if _is_array(value) else ()
    return mark if mark is not None and any(mark in as_text(part) for part in parts) else None


def header_text(value: object, explode: bool) -> str:
    """A value as a header, where nothing is percent-encoded."""
    if type(value) is str:
        return value
    value = _without_nulls(value)
    if isinstance(value, Mapping):
        mark = "=" if explode else ","
        return ",".join(f"{key}{mark}{as_text(member)}" for key, member in value.items())
    if _is_array(value):
        return ",".join(map(as_text, value))
    return as_text(value)


def _joined(value: object, separator: str, explode: bool, safe: str = "") -> str:
    if isinstance(value, Mapping):
        mark = "=" if explode else separator
        return separator.join(f"{_quoted(key)}{mark}{_quoted(member, safe)}" for key, member in value.items())
    if _is_array(value):
        return separator.join(_quoted(element, safe) for element in value)
    return _quoted(value, safe)


def _without_nulls(value: object) -> object:
    """RFC 6570, which the styles come from, leaves undefined members out."""
    if isinstance(value, Mapping):
        return {key: member for key, member in value.items() if member is not None}
    return [element for element in value if element is not None] if _is_array(value) else value


def _is_array(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _quoted(value: object, safe: str = "") -> str:
    return quote(as_text(value), safe=safe)
