"""Strings for regular expressions of ECMA-262, made by taking them apart: the simplest, then one decision changed.

Every branch, every class at its ends, every quantifier at its bounds and one off. What a pattern says of what stands
around a place is passed over, so not all of the strings match: jsonschema-rs has the say. (Hypothesis would make them
too, but not the same ones in each run: it takes in constants of whatever modules are loaded.)
"""

from __future__ import annotations

import functools
import re
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec
from jsonschema_rs import Draft202012Validator

from generator.python.pattern import rich

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST: Final = 1000
"""The greatest length at which a bound is tried."""

_MOST: Final = 150
_MOST_DECISIONS: Final = 600
_MOST_OF_CLASS: Final = 24
_UNBOUNDED: Final = 1 << 30
_DEEPEST: Final = 60

_CLASSES: Final = {"d": "09", "w": "azAZ09_", "s": " \t\n", "D": "a-é", "W": "- é", "S": "a0-é"}
_ANY: Final = "a0- é"
_POOL: Final = "abzABZ019_-. ,:/@#+!x\u00e9\n"
_HALF: Final = re.compile("[\ud800-\udfff]")
"""Of a pair that stands for one character: by itself it is in no text of JSON."""
_CONTROLS: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}

Choices: TypeAlias = "dict[int, int]"
"""The option that is taken at each place of decision; the first where there is none."""


class _Chars(msgspec.Struct, frozen=True):
    """One character of some; those of a class at its ends."""

    at: int
    options: tuple[str, ...]


class _Either(msgspec.Struct, frozen=True):
    """One of several branches."""

    at: int
    options: tuple[_Piece, ...]


class _Repeat(msgspec.Struct, frozen=True):
    """A piece some times; the numbers of times that are tried."""

    at: int
    piece: _Piece
    options: tuple[int, ...]


class _Row(msgspec.Struct, frozen=True):
    """Pieces one after another."""

    pieces: tuple[_Piece, ...]


class _Group(msgspec.Struct, frozen=True):
    """A piece that may be referred to."""

    number: int
    piece: _Piece


class _Again(msgspec.Struct, frozen=True):
    """What a group was."""

    number: int


_Piece: TypeAlias = "_Chars | _Either | _Repeat | _Row | _Group | _Again"


class _StrangeError(Exception):
    """This is no pattern, or one that is too strange to be taken apart."""


@functools.lru_cache(maxsize=1024)
def variants(pattern: str) -> tuple[str, ...]:
    """Strings that match a pattern and strings that just do not; none where it cannot be taken apart."""
    try:
        piece = _Parser(pattern).whole()
    except (_StrangeError, RecursionError, ValueError, OverflowError):
        return ()
    found: dict[str, None] = {}
    for choices in islice(_decisions(piece, {}), _MOST_DECISIONS):
        made = _made(piece, choices, {})
        if made is not None and len(made) <= LONGEST + 1 and _HALF.search(made) is None:
            found[made] = None
        if len(found) >= _MOST:
            break
    return tuple(found)


@functools.lru_cache(maxsize=1024)
def examples(pattern: str) -> tuple[str, ...]:
    """Strings that match a pattern, the shortest first."""
    return tuple(sorted((one for one in variants(pattern) if matches(pattern, one)), key=lambda one: (len(one), one)))


def matches(pattern: str, value: str) -> bool:
    """Whether a string matches a pattern of ECMA-262; not, if that is none."""
    validator = _validator(pattern)
    return validator is not None and validator.is_valid(value)


@functools.lru_cache(maxsize=1024)
def _validator(pattern: str) -> Draft202012Validator | None:
    known = rich(pattern)
    return Draft202012Validator({"pattern": known}) if known is not None else None


# -- making ----------------------------------------------------------------------------------------------------------


def _decisions(piece: _Piece, needed: Choices) -> Iterator[Choices]:
    """All first options; then each other option by itself, with what it takes that it is come to."""
    yield needed
    match piece:
        case _Chars():
            yield from ({**needed, piece.at: option} for option in range(1, len(piece.options)))
        case _Either():
            for option, branch in enumerate(piece.options):
                yield from _decisions(branch, {**needed, piece.at: option})
        case _Repeat():
            yield from ({**needed, piece.at: option} for option in range(1, len(piece.options)))
            some = next((option for option, times in enumerate(piece.options) if times), 0)
            yield from _decisions(piece.piece, {**needed, piece.at: some})
        case _Row():
            for one in piece.pieces:
                yield from _decisions(one, needed)
        case _Group():
            yield from _decisions(piece.piece, needed)


def _made(piece: _Piece, choices: Mapping[int, int], groups: dict[int, str]) -> str | None:
    """The string of some choices; `None` where it gets too long."""
    match piece:
        case _Chars():
            return piece.options[choices.get(piece.at, 0)] if piece.options else None
        case _Either():
            return _made(piece.options[choices.get(piece.at, 0)], choices, groups)
        case _Repeat():
            times = piece.options[choices.get(piece.at, 0)]
            once = _made(piece.piece, choices, groups) if times else ""
            return once * times if once is not None and len(once) * times <= 2 * LONGEST else None
        case _Row():
            made = [_made(one, choices, groups) for one in piece.pieces]
            known = [one for one in made if one is not None]
            return "".join(known) if len(known) == len(made) else None
        case _Group():
            inner = _made(piece.piece, choices, groups)
            groups[piece.number] = inner or ""
            return inner
    return groups.get(piece.number, "")


# -- taking apart ----------------------------------------------------------------------------------------------------


class _Parser:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._position = 0
        self._decisions = 0
        self._groups = 0
        self._depth = 0

    def whole(self) -> _Piece:
        """The pattern; raises _StrangeError where it is none."""
        piece = self._either()
        if self._position < len(self._pattern):
            raise _StrangeError
        return piece

    def _next(self) -> str:
        if self._position >= len(self._pattern):
            raise _StrangeError
        self._position += 1
        return self._pattern[self._position - 1]

    def _takes(self, found: str) -> bool:
        here = self._pattern.startswith(found, self._position)
        self._position += len(found) if here else 0
        return here

    def _takes_match(self, wanted: str) -> re.Match[str] | None:
        found = re.compile(wanted).match(self._pattern, self._position)
        self._position = found.end() if found else self._position
        return found

    def _place(self) -> int:
        self._decisions += 1
        return self._decisions

    def _either(self) -> _Piece:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _StrangeError
        branches = [self._row()]
        while self._takes("|"):
            branches.append(self._row())
        self._depth -= 1
        return branches[0] if len(branches) == 1 else _Either(self._place(), tuple(branches))

    def _row(self) -> _Piece:
        pieces: list[_Piece] = []
        while self._position < len(self._pattern) and self._pattern[self._position] not in "|)":
            piece = self._atom()
            pieces.append(self._repeated(piece))
        return _Row(tuple(pieces))

    def _repeated(self, piece: _Piece) -> _Piece:
        counted = self._takes_match(r"\{(\d+)(,?)(\d*)\}")
        if counted:
            low = int(counted[1])
            high = int(counted[3]) if counted[3] else _UNBOUNDED if counted[2] else low
        elif self._takes("*"):
            low, high = 0, _UNBOUNDED
        elif self._takes("+"):
            low, high = 1, _UNBOUNDED
        elif self._takes("?"):
            low, high = 0, 1
        else:
            return piece
        self._takes("?")
        times = [low, low + 1, high, high - 1, low + 2, high + 1, low - 1, low + 7]
        tried = [one for one in dict.fromkeys(times) if 0 <= one <= LONGEST + 1 and (one <= high + 1)]
        return _Repeat(self._place(), piece, tuple(tried))

    def _atom(self) -> _Piece:
        mark = self._next()
        match mark:
            case "(":
                return self._group()
            case "[":
                return self._class()
            case "\\":
                return self._escaped()
            case ".":
                return _Chars(self._place(), tuple(_ANY))
            case "^" | "$":
                return _Row(())
            case "*" | "+" | "?":
                raise _StrangeError
        return _Chars(self._place(), (mark,))

    def _group(self) -> _Piece:
        around = self._takes_match(r"\?(?:[=!]|<[=!])") is not None
        number = 0
        if not around and not self._takes("?:"):
            self._takes_match(r"\?P?<\w+>")
            self._groups += 1
            number = self._groups
        piece = self._either()
        if not self._takes(")"):
            raise _StrangeError
        if around:
            return _Row(())
        return _Group(number, piece) if number else piece

    def _escaped(self) -> _Piece:
        again = self._takes_match(r"[1-9]\d?")
        if again:
            return _Again(int(again[0]))
        if self._takes_match(r"[bB]"):
            return _Row(())
        if self._takes_match(r"k<\w+>"):
            return _Again(self._groups)
        return _Chars(self._place(), tuple(self._escape()))

    def _escape(self) -> str:
        """The characters that an escape stands for, its backslash read."""
        coded = self._takes_match(r"x([0-9A-Fa-f]{2})|u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})")
        if coded:
            return chr(int(coded[coded.lastindex or 1], 16))
        if self._takes_match(r"[pP]\{[^}]*\}"):
            return "aAé0- "
        if control := self._takes_match(r"c([A-Za-z])"):
            return chr(ord(control[1]) % 32)
        mark = self._next()
        return _CLASSES.get(mark) or _CONTROLS.get(mark) or mark

    def _class(self) -> _Piece:
        start = self._position - 1
        negated = self._takes("^")
        lows: list[str] = []
        highs: list[str] = []
        while not self._takes("]"):
            low = self._of_class()
            lows += low
            if len(low) == 1 and self._takes_match(r"-(?!\])"):
                highs += self._of_class()
        ends = list(dict.fromkeys([*lows, *highs]))
        if negated:
            beside = [chr(ord(end) + off) for end in ends for off in (-1, 1) if 32 <= ord(end) + off < 0xD800]
            source = f"^{self._pattern[start : self._position]}$"
            ends = [one for one in dict.fromkeys([*_POOL, *beside]) if matches(source, one)]
        return _Chars(self._place(), tuple(ends[:_MOST_OF_CLASS]))

    def _of_class(self) -> str:
        mark = self._next()
        if mark != "\\":
            return mark
        return "\b" if self._takes("b") else self._escape()
