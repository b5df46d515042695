"""JSON text -> the tree that it says, in a fraction of the time that the parser of YAML takes.

JSON is nearly YAML, but for white space, long keys, and characters that YAML takes for ends of lines or refuses. What
is no JSON, and what has something in it of which there is anything to say, the parser reads, which knows what to say.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from generator.diagnostics import Location
from generator.document.tree import Array, Object

if TYPE_CHECKING:
    from generator.document.tree import Json

_STRINGS: Final = json.JSONDecoder()
_SPACE: Final = re.compile(r"[ \t\n\r]*")
_KEY: Final = re.compile(r'"([^"\\\x00-\x1f]*)"[ \t\n\r]*:[ \t\n\r]*')
"""Without escapes, as most are."""
_COLON: Final = re.compile(r"[ \t\n\r]*:[ \t\n\r]*")
_BETWEEN: Final = re.compile(r"[ \t\n\r]*([,}\]])[ \t\n\r]*")
_SCALAR: Final = re.compile(r"(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?(?![0-9.eE])|true|false|null")
_NAMES: Final = {"true": True, "false": False, "null": None}
_LINE_END: Final = re.compile(r"\r\n?|\n")
_LONE: Final = re.compile(r"[\ud800-\udfff]")
_MOST_DIGITS: Final = 900


class _OtherError(Exception):
    """The parser has to read this."""


def read_json(text: str, file: str, max_depth: int) -> Object | None:
    """The object that a text holds; `None` if it is no JSON, holds anything else, or says what one has to hear of.

    That is a key that stands twice, half a character, a number that nobody means, and what nests deeper.
    """
    begin = _SPACE.match(text)
    start = begin.end() if begin else 0
    if not text.startswith("{", start):
        return None
    try:
        reader = _Reader(text, file, max_depth)
        made, end = reader.object(start, reader.place(start), 1)
    except (_OtherError, ValueError, IndexError):
        return None
    return made if _SPACE.fullmatch(text, end) else None


class _Reader:
    """Each method is told where a value begins, and says what it is and where it ends."""

    def __init__(self, text: str, file: str, max_depth: int) -> None:
        self._text = text
        self._file = file
        self._max_depth = max_depth
        self._keys: dict[str, str] = {}
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(text)), len(text) + 1]
        self._line = 0
        self._has_surrogates = "\\ud" in text or "\\uD" in text

    def place(self, at: int) -> Location:
        """Where a character stands; those that were asked for before stand before it."""
        starts = self._starts
        while starts[self._line + 1] <= at:
            self._line += 1
        return Location(self._file, self._line + 1, at - starts[self._line] + 1)

    def object(self, at: int, place: Location, depth: int) -> tuple[Object, int]:
        """What begins with a brace."""
        text, key_at = self._text, _KEY.match
        members: dict[str, Json] = {}
        places: dict[str, Location] = {}
        at = self._inside(at, depth)
        if text[at] == "}":
            return Object(members, place), at + 1
        while True:
            found = key_at(text, at)
            key, value_at = (found[1], found.end()) if found is not None else self._escaped_key(at)
            if key in members:
                raise _OtherError
            key = self._keys.setdefault(key, key)
            places[key] = self.place(at)
            members[key], at = self._value(value_at, depth)
            at, is_last = self._behind(at, "}")
            if is_last:
                return Object(members, place, places), at

    def _escaped_key(self, at: int) -> tuple[str, int]:
        key, end = self._string(at)
        found = _COLON.match(self._text, end)
        if found is None:
            raise _OtherError
        return key, found.end()

    def _array(self, at: int, place: Location, depth: int) -> tuple[Array, int]:
        elements: list[Json] = []
        places: list[Location] = []
        at = self._inside(at, depth)
        if self._text[at] == "]":
            return Array(elements, place), at + 1
        while True:
            places.append(self.place(at))
            made, at = self._value(at, depth)
            elements.append(made)
            at, is_last = self._behind(at, "]")
            if is_last:
                return Array(elements, place, places), at

    def _inside(self, at: int, depth: int) -> int:
        found = _SPACE.match(self._text, at + 1)
        if depth > self._max_depth or found is None:
            raise _OtherError
        return found.end()

    def _behind(self, at: int, last: str) -> tuple[int, bool]:
        """Where to go on behind a value, and whether it is the last one."""
        found = _BETWEEN.match(self._text, at)
        if found is None:
            raise _OtherError
        mark = found[1]
        if mark == ",":
            return found.end(), False
        if mark != last:
            raise _OtherError
        return found.end(1), True

    def _value(self, at: int, depth: int) -> tuple[Json, int]:
        first = self._text[at]
        if first == '"':
            return self._string(at)
        if first == "{":
            return self.object(at, self.place(at), depth + 1)
        if first == "[":
            return self._array(at, self.place(at), depth + 1)
        found = _SCALAR.match(self._text, at)
        if found is None or found.end() - at > _MOST_DIGITS:
            raise _OtherError
        whole, fraction, exponent = found.groups()
        if whole is None:
            return _NAMES[found[0]], found.end()
        return int(whole) if fraction is None and exponent is None else Decimal(found[0]), found.end()

    def _string(self, at: int) -> tuple[str, int]:
        if self._text[at] != '"':
            raise _OtherError
        made, end = _STRINGS.raw_decode(self._text, at)
        if not isinstance(made, str) or (self._has_surrogates and _LONE.search(made)):
            raise _OtherError
        return made, end
