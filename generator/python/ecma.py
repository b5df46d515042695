r"""Regular expressions of ECMA-262, taken apart: what JSON Schema's `pattern` is written in.

Read as JSON Schema recommends, by the grammar of the flag `u`: a character is a code point. What that grammar refuses
and the older one takes (Annex B of ECMA-262: `a{,3}`, a lone `]`, `\_`, `(?=a)*`) means what it means there, but for
letters and digits after a backslash: `\A`, `\Z` and `\h` are the letters themselves there, and whoever writes them
means another language.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

LAST: Final = 0x10FFFF
"""The last code point."""

Span: TypeAlias = "tuple[int, int]"
"""Code points from one to another, both among them."""


class Property(msgspec.Struct, frozen=True):
    """The characters with a property of Unicode, `Script=Greek` or `L`, or those without it."""

    name: str
    negated: bool


class Set(msgspec.Struct, frozen=True):
    """One character of some, or one of all others."""

    items: tuple[Span | Property, ...]
    negated: bool = False


class Edge(msgspec.Struct, frozen=True):
    """A place between characters: `^`, `$`, `b` or `B`."""

    kind: str


class Row(msgspec.Struct, frozen=True):
    """Pieces one after another."""

    pieces: tuple[Piece, ...]


class Either(msgspec.Struct, frozen=True):
    """One of several branches."""

    branches: tuple[Piece, ...]


class Repeat(msgspec.Struct, frozen=True):
    """A piece at least `low` and at most `high` times; `None`: any number."""

    piece: Piece
    low: int
    high: int | None
    lazy: bool


class Group(msgspec.Struct, frozen=True):
    """A piece that may be referred to, by a number from 1."""

    number: int
    piece: Piece


class Back(msgspec.Struct, frozen=True):
    """What a group was; nothing, where it was not."""

    number: int


class Look(msgspec.Struct, frozen=True):
    """What stands before or behind a place, or does not."""

    piece: Piece
    ahead: bool
    negated: bool


Piece: TypeAlias = "Set | Edge | Row | Either | Repeat | Group | Back | Look"


class PatternError(ValueError):
    """This is no regular expression of ECMA-262."""


_DEEPEST: Final = 100
_DIGIT: Final = ((0x30, 0x39),)
_WORD: Final = ((0x41, 0x5A), (0x61, 0x7A), (0x30, 0x39), (0x5F, 0x5F))
_LINE_ENDS: Final = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
SPACE: Final = (
    *((0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029)),
    *((0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)),
)
r"""`\s`."""
_CLASSES: Final = {"d": _DIGIT, "w": _WORD, "s": SPACE}
_CONTROLS: Final = {"t": 0x09, "n": 0x0A, "v": 0x0B, "f": 0x0C, "r": 0x0D}
_QUANTIFIER: Final = re.compile(r"[*+?]|\{([0-9]+)(,?)([0-9]*)\}")
_PROPERTY: Final = re.compile(r"\{([A-Za-z0-9_]+(?:=[A-Za-z0-9_]+)?)\}")
_GROUP: Final = re.compile(r"\((?!\?)|\(\?<(?![=!])([^>]*)>")
_LOOKS: Final = {"(?=": (True, False), "(?!": (True, True), "(?<=": (False, False), "(?<!": (False, True)}


@functools.lru_cache(maxsize=1024)
def parse(pattern: str) -> Piece:
    """The tree of a pattern.

    Raises:
        PatternError: it is none.
    """
    return _Parser(pattern).whole()


def complement(spans: Iterable[Span]) -> tuple[Span, ...]:
    """All other code points."""
    found: list[Span] = []
    free = 0
    for low, high in sorted(spans):
        if low > free:
            found.append((free, low - 1))
        free = max(free, high + 1)
    return (*found, (free, LAST)) if free <= LAST else tuple(found)


class _Parser:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._position = 0
        self._depth = 0
        self._opened = 0
        self._names: dict[str, int] = {}
        self._groups = 0

    def whole(self) -> Piece:
        self._count_groups()
        piece = self._either()
        if self._position < len(self._pattern):
            raise PatternError("a ) that closes nothing")
        return piece

    def _count_groups(self) -> None:
        """How many groups there are, and their names: a reference may stand before its group."""
        plain = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", lambda found: "_" * len(found[0]), self._pattern, flags=re.DOTALL)
        for found in _GROUP.finditer(plain):
            self._groups += 1
            if (name := found[1]) is None:
                continue
            if not name.replace("$", "_").isidentifier() or name in self._names:
                raise PatternError(f"the name of a group must be one, and no other's: {name!r}")
            self._names[name] = self._groups

    def _peek(self, length: int = 1) -> str:
        return self._pattern[self._position : self._position + length]

    def _take(self, text: str) -> bool:
        here = self._pattern.startswith(text, self._position)
        self._position += len(text) if here else 0
        return here

    def _take_match(self, wanted: re.Pattern[str] | str) -> re.Match[str] | None:
        found = re.compile(wanted).match(self._pattern, self._position)
        self._position = found.end() if found else self._position
        return found

    def _next(self, missing: str) -> str:
        if self._position >= len(self._pattern):
            raise PatternError(missing)
        self._position += 1
        return self._pattern[self._position - 1]

    def _either(self) -> Piece:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise PatternError("it nests too deep")
        branches = [self._row()]
        while self._take("|"):
            branches.append(self._row())
        self._depth -= 1
        return branches[0] if len(branches) == 1 else Either(tuple(branches))

    def _row(self) -> Piece:
        pieces: list[Piece] = []
        while self._peek() not in ("", "|", ")"):
            pieces.append(self._repeated(self._atom()))
        return pieces[0] if len(pieces) == 1 else Row(tuple(pieces))

    def _repeated(self, piece: Piece) -> Piece:
        found = self._take_match(_QUANTIFIER)
        if found is None:
            return piece
        if isinstance(piece, Edge) or (isinstance(piece, Look) and not piece.ahead):
            raise PatternError(f"{found[0]} stands behind nothing that could be repeated")
        if found[1] is None:
            low, high = {"*": (0, None), "+": (1, None), "?": (0, 1)}[found[0]]
        else:
            low = int(found[1])
            high = int(found[3]) if found[3] else None if found[2] else low
        if high is not None and low > high:
            raise PatternError(f"{found[0]} ends before it begins")
        return Repeat(piece, low, high, self._take("?"))

    def _atom(self) -> Piece:
        if self._take_match(_QUANTIFIER):
            raise PatternError("a quantifier stands behind nothing that could be repeated")
        mark = self._next("")
        match mark:
            case "(":
                return self._group()
            case "[":
                return self._set()
            case "\\":
                return self._escaped()
            case "^" | "$":
                return Edge(mark)
            case ".":
                return Set(_LINE_ENDS, negated=True)
        return _only(ord(mark))

    def _group(self) -> Piece:
        self._position -= 1
        look = None
        number = 0
        opening = self._take_match(r"\(\?(?:[:=!]|<[=!])")
        if opening is not None:
            look = _LOOKS.get(opening[0])
        elif self._take_match(_GROUP):
            self._opened += 1
            number = self._opened
        else:
            raise PatternError(f"{self._peek(3)} opens no group that ECMA-262 knows")
        piece = self._either()
        if not self._take(")"):
            raise PatternError("a ( that nothing closes")
        if look is not None:
            return Look(piece, *look)
        if number:
            return Group(number, piece)
        return Row((piece,)) if isinstance(piece, Edge | Look | Repeat) else piece  # which may be repeated in brackets

    def _escaped(self) -> Piece:
        mark = self._peek()
        if mark in ("b", "B") and self._take(mark):
            return Edge(mark)
        if found := self._take_match(r"k<([^>]*)>"):
            if found[1] not in self._names:
                raise PatternError(f"no group is called {found[1]!r}")
            return Back(self._names[found[1]])
        if found := self._take_match(r"[1-9][0-9]*"):
            if int(found[0]) > self._groups:
                raise PatternError(f"there is no group {found[0]}")
            return Back(int(found[0]))
        made = self._escape()
        return made if isinstance(made, Set) else _only(made)

    def _escape(self) -> Set | int:
        """What an escape stands for, its backslash read: a class of characters or one of them."""
        mark = self._next("a \\ with nothing behind it")
        if mark.lower() in _CLASSES:
            return Set(_CLASSES[mark.lower()], negated=mark.isupper())
        if mark in ("p", "P"):
            if (found := self._take_match(_PROPERTY)) is None:
                raise PatternError(rf"\{mark} is followed by no property in braces")
            return Set((Property(found[1], negated=mark == "P"),))
        if mark in _CONTROLS:
            return _CONTROLS[mark]
        if mark == "0" and not self._peek().isdecimal():
            return 0
        if mark == "c" and (found := self._take_match("[A-Za-z]")):
            return ord(found[0]) % 32
        if mark == "x" and (found := self._take_match("([0-9A-Fa-f]{2})")):
            return int(found[1], 16)
        if mark == "u":
            return self._code_point()
        if mark.isascii() and mark.isalnum():
            raise PatternError(rf"\{mark} is no escape of ECMA-262")
        return ord(mark)

    def _code_point(self) -> int:
        if found := self._take_match(r"\{([0-9A-Fa-f]+)\}"):
            code = int(found[1], 16)
        elif found := self._take_match(r"([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})"):
            code = 0x10000 + (int(found[1], 16) - 0xD800) * 0x400 + int(found[2], 16) - 0xDC00
        elif found := self._take_match("([0-9A-Fa-f]{4})"):
            code = int(found[1], 16)
        else:
            raise PatternError(r"\u is followed by no code point")
        if code > LAST:
            raise PatternError(r"\u is followed by more than the last code point")
        return code

    def _set(self) -> Set:
        negated = self._take("^")
        items: list[Span | Property] = []
        while not self._take("]"):
            low = self._member()
            if not self._take_match(r"-(?!\])"):
                items += _items(low)
                continue
            high = self._member()
            if isinstance(low, int) and isinstance(high, int):
                if low > high:
                    raise PatternError("a range ends before it begins")
                items.append((low, high))
            else:
                items += [*_items(low), (0x2D, 0x2D), *_items(high)]
        return Set(tuple(items), negated)

    def _member(self) -> Set | int:
        mark = self._next("a [ that nothing closes")
        if mark != "\\":
            return ord(mark)
        return 0x08 if self._take("b") else 0x2D if self._take("-") else self._escape()


def _only(code: int) -> Set:
    return Set(((code, code),))


def _items(member: Set | int) -> tuple[Span | Property, ...]:
    """A member of a set, a class that is negated as all others."""
    if isinstance(member, int):
        return ((member, member),)
    if not member.negated:
        return member.items
    return complement(item for item in member.items if not isinstance(item, Property))
