"""What a request says, read from the request alone by the rules of OpenAPI: the other way round from the client's.

Scalars have no type in a URL, so values are compared as the texts that they are there.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote, unquote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable

Texts: TypeAlias = "str | list[Texts] | dict[str, Texts]"

_SEPARATORS = {"spaceDelimited": "%20", "pipeDelimited": "%7C", "form": ","}


@dataclass(frozen=True)
class Style:
    """How a parameter is written."""

    name: str
    where: str
    style: str
    explode: bool


def texts(value: Any) -> Texts:
    """A value with each scalar as its text."""
    if isinstance(value, dict):
        return {name: texts(member) for name, member in value.items() if member is not None}
    if isinstance(value, list):
        return [texts(one) for one in value]
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return _number(str(value))


def _number(text: str) -> str:
    """A text; numbers in one spelling."""
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,4})?", text):
        return text
    plain = f"{Decimal(text).normalize():f}"
    return "0" if plain == "-0" else plain


def in_path(template: str, path: str) -> dict[str, str] | None:
    """What stands in the place of each name of a template, still quoted; `None` where the path is another one."""
    pieces = re.split(r"\{([^}]*)\}", template)
    pattern = "(.+?)".join("".join(map(_either, literal)) for literal in pieces[::2])
    found = re.fullmatch(pattern, path)
    return dict(zip(pieces[1::2], found.groups(), strict=True)) if found else None


def _either(sign: str) -> str:
    """A pattern for a character, plain or quoted."""
    return f"(?:{re.escape(sign)}|{''.join(f'%{byte:02X}' for byte in sign.encode())})"


def of_segment(style: Style, text: str, like: Texts) -> Texts:
    """What a segment of a path, or a header, says of a value that is like another."""
    separator = ","
    if style.style == "label":
        text, separator = text.removeprefix("."), "." if style.explode else ","
    elif style.style == "matrix":
        text = text.removeprefix(";")
        if style.explode and not isinstance(like, str):
            pairs = [part.partition("=")[::2] for part in text.split(";")]
            if isinstance(like, dict):
                return {_plain(key): _plain(value) for key, value in pairs}
            return [_plain(value) for _, value in pairs]
        text = text.partition("=")[2]
    return _split(text, separator, style.explode, like)


def of_header(text: str, explode: bool, like: Texts) -> Texts:
    """What a header says."""
    return _split(text, ",", explode, like, quoted=False)


def _split(text: str, separator: str, explode: bool, like: Texts, *, quoted: bool = True) -> Texts:
    plain = _plain if quoted else _number
    if isinstance(like, str):
        return plain(text)
    parts = [plain(part) for part in text.split(separator)] if text else []
    if isinstance(like, list):
        return [_nested(part, one) for part, one in zip(parts, [*like, *parts], strict=False)]
    if explode:
        return {plain(key): plain(value) for key, _, value in (part.partition("=") for part in text.split(separator))}
    return dict(zip(parts[::2], parts[1::2], strict=True))


def pairs(query: str) -> list[tuple[str, str]]:
    """The pairs of a query, or of a form, in order; names in plain text, values as they are written."""
    return [
        (unquote_plus(name), value) for name, _, value in (part.partition("=") for part in query.split("&") if part)
    ]


def of_query(style: Style, found: list[tuple[str, str]], like: Texts) -> tuple[Texts | None, set[str]]:
    """What a query says of a parameter, and the names that it takes there."""
    mine = [value for name, value in found if name == style.name]
    if isinstance(like, str):
        return (_plain(mine[0]) if len(mine) == 1 else None), {style.name}
    if isinstance(like, dict):
        if style.style == "deepObject":
            members = _deep(style.name, found)
            return _rebuilt(members, like), {name for name, _ in found if name.startswith(f"{style.name}[")}
        if style.explode:
            return {name: _nested(_plain(value), like[name]) for name, value in found if name in like}, set(like)
    elif style.style == "deepObject":
        return _rebuilt(_deep(style.name, found), like), {
            name for name, _ in found if name.startswith(f"{style.name}[")
        }
    elif style.explode:
        return [_nested(_plain(value), one) for value, one in zip(mine, [*like, *mine], strict=False)], {style.name}
    if len(mine) > 1:
        return None, {style.name}
    separator = _SEPARATORS.get(style.style, ",")
    text = mine[0] if mine else ""
    text = text.replace("+", "%20").replace("%2C", "%2c") if style.style == "spaceDelimited" else text
    text = text.replace("|", "%7C") if style.style == "pipeDelimited" else text
    return _split(text, separator, False, like), {style.name}


def _nested(text: str, like: Texts) -> Texts:
    """An element or a member: OpenAPI has no form for one that is an array or an object, so it is JSON."""
    if isinstance(like, str):
        return text
    try:
        return texts(json.loads(text, parse_float=Decimal))
    except ValueError:
        return text


def _deep(name: str, found: list[tuple[str, str]]) -> list[tuple[list[str], str]]:
    return [(re.findall(r"\[([^\]]*)\]", key), _plain(value)) for key, value in found if key.startswith(f"{name}[")]


def _rebuilt(members: Iterable[tuple[list[str], str]], like: Texts) -> Texts:
    """Pairs of steps and text as the value that they are of."""
    listed = list(members)
    if isinstance(like, str):
        return listed[0][1] if len(listed) == 1 else ""
    if isinstance(like, list):
        if all(steps in ([], [""]) for steps, _ in listed):
            return [text for _, text in listed]
        return [_rebuilt(_below(listed, str(place)), one) for place, one in enumerate(like)]
    names = dict.fromkeys(steps[0] for steps, _ in listed if steps)
    return {name: _rebuilt(_below(listed, name), like.get(name, "")) for name in names}


def _below(members: list[tuple[list[str], str]], step: str) -> list[tuple[list[str], str]]:
    return [(steps[1:], text) for steps, text in members if steps and steps[0] == step]


def _plain(text: str) -> str:
    return _number(unquote(text.replace("+", "%20")) if "+" in text else unquote(text))
