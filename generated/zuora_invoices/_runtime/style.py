"""Parameter values as OpenAPI's styles write them: `id=1,2`, `id=1&id=2`, `;id=1`, `filter[name]=x` and the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeGuard
from urllib.parse import quote

from .codec import as_text, encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .operation import Encoding, Style

_RESERVED = ":/?@!$'()*,;"
"""What `allowReserved` leaves as it is: reserved characters but those that end a pair, or the query."""
_MARKS = {"form": ",", "simple": ",", "spaceDelimited": " ", "pipeDelimited": "|"}
"""What stands between the parts of a value that is one text."""


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


def fields_of(name: str, value: object, style: Style, explode: bool) -> Iterator[tuple[str, Sequence[object]]]:
    """A value as the fields of a query or a form: the name of each, and the parts of its text."""
    value = _without_nulls(value)
    if style == "deepObject":
        yield from _deep_fields(name, value)
    elif isinstance(value, Mapping):
        if explode:
            yield from ((key, (member,)) for key, member in value.items())
        else:
            yield name, [part for pair in value.items() for part in pair]
    elif not _is_array(value):
        yield name, (value,)
    elif explode:
        yield from ((name, (element,)) for element in value)
    else:
        yield name, value


def _deep_fields(name: str, value: object) -> Iterator[tuple[str, Sequence[object]]]:
    """A value of any depth, a step in brackets for each level; elements of arrays are numbered."""
    value = _without_nulls(value)
    if isinstance(value, Mapping) or _is_array(value):
        for step, member in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from _deep_fields(f"{name}[{step}]", member)
    else:
        yield name, (value,)


def query_pairs(name: str, value: object, style: Style, explode: bool, reserved: bool = False) -> list[str]:
    """A value as `name=text` pairs of a query or a cookie, quoted but for what is reserved, where that may stand."""
    safe = _RESERVED if reserved else ""
    mark = _quoted(_MARKS.get(style, ","), safe=",")
    fields = fields_of(name, value, style, explode)
    return [f"{_quoted(key)}={mark.join([_quoted(part, safe) for part in parts])}" for key, parts in fields]


def part_texts(name: str, value: object, style: Style, explode: bool) -> Iterator[tuple[str, str]]:
    """A value as the names and texts of parts, where nothing is quoted."""
    mark = _MARKS.get(style, ",")
    for key, parts in fields_of(name, value, style, explode):
        yield key, mark.join(map(as_text, parts))


def form_pairs(fields: Mapping[str, object], encodings: Mapping[str, Encoding]) -> Iterator[str]:
    """The fields of a form as `name=text` pairs: an object is JSON, unless a style is said for the field.

    Nothing is said of a field that is null: a form has no word for it.
    """
    for name, value in fields.items():
        if value is None:
            continue
        encoding = encodings.get(name)
        if encoding is not None and encoding.style is not None:
            yield from query_pairs(name, value, encoding.style, encoding.explode, encoding.reserved)
        elif isinstance(value, Mapping) or (encoding is not None and encoding.is_json):
            yield f"{_quoted(name)}={quote(encode(value), safe='')}"
        else:
            yield from query_pairs(name, value, "form", explode=True)


def whole_query(value: object) -> list[str]:
    """A value that is all of a query: the fields of a form as its pairs, and text, which JSON is too, quoted."""
    return [*form_pairs(value, {})] if isinstance(value, Mapping) else [_quoted(value)]


def ambiguous(value: object, style: Style, explode: bool, reserved: bool) -> str | None:
    """The mark between the parts of a value, where it stands within a part too and nothing would tell them apart.

    A comma within a part does, if it is quoted, so where no `reserved` characters stand as they are; spaces and bars
    are quoted between parts too.
    """
    if type(value) is str:  # as most are
        return None
    mark = _MARKS.get(style)
    if mark is None or (mark == "," and not reserved) or (explode and style != "simple"):
        return None
    value = _without_nulls(value)
    parts = [*value, *value.values()] if isinstance(value, Mapping) else value if _is_array(value) else ()
    return mark if any(mark in as_text(part) for part in parts) else None


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
