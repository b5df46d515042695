r"""Regular expressions of JSON Schema, which are ECMA-262's, as the engines here read them.

Three engines, as none has all: pydantic's, which takes time in proportion to the text, and has neither lookarounds nor
backreferences; Python's `re`, which has them, may take time without end, and has no `\p{...}`; and that of
jsonschema-rs, which has both, and which no client has. Only whether a pattern is found counts, so groups that nothing
refers to are groups like any other, and names are numbers.
"""

from __future__ import annotations

import functools
import re
import warnings
from typing import TYPE_CHECKING, Final

import msgspec
from jsonschema_rs import Draft202012Validator
from pydantic_core import SchemaError, SchemaValidator, core_schema

from generator.python.backreferences import referred
from generator.python.ecma import (
    LAST,
    SPACE,
    Edge,
    Either,
    Group,
    Look,
    PatternError,
    Property,
    Repeat,
    Row,
    Set,
    complement,
    parse,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.python.ecma import Piece, Span


class _Engine(msgspec.Struct, frozen=True):
    """How an engine spells what the others spell differently; empty where it has no such thing."""

    end: str
    at_word: str
    spaces: str
    r"""`\s` within a set."""
    beyond: str
    """Code points over U+FFFF."""
    has_looks: bool
    has_conditions: bool
    has_properties: bool
    has_surrogates: bool


_W: Final = "[A-Za-z0-9_]"
_AT_WORD: Final = rf"(?:(?<={_W})(?!{_W})|(?<!{_W})(?={_W}))"
_NOT_AT_WORD: Final = rf"(?:(?<={_W})(?={_W})|(?<!{_W})(?!{_W}))"
_LINEAR: Final = _Engine(
    "$",
    r"(?-u:\b)",
    r"[\s--\x85]\ufeff",
    r"\u{{{:x}}}",
    has_looks=False,
    has_conditions=False,
    has_properties=True,
    has_surrogates=False,
)
_PYTHON: Final = _Engine(
    r"\Z", r"(?a:\b)", "", r"\U{:08x}", has_looks=True, has_conditions=True, has_properties=False, has_surrogates=True
)
_RICH: Final = _Engine(
    "$", _AT_WORD, "", r"\u{{{:x}}}", has_looks=True, has_conditions=False, has_properties=True, has_surrogates=False
)

_ESCAPES: Final = {0x09: r"\t", 0x0A: r"\n", 0x0B: r"\v", 0x0C: r"\f", 0x0D: r"\r"}
_SYNTAX: Final = frozenset(r"\^$.*+?()[]{}|")
_ANY: Final = r"[\s\S]"
_SURROGATES: Final = (0xD800, 0xDFFF)


class _LacksError(Exception):
    """An engine has no such thing."""


@functools.lru_cache(maxsize=1024)
def portable(pattern: str) -> str | None:
    """The pattern for pydantic; `None` where its engine cannot say it."""
    translated = _translated(pattern, _LINEAR)
    try:
        SchemaValidator(core_schema.str_schema(pattern=translated))
    except SchemaError:
        return None
    return translated


@functools.lru_cache(maxsize=1024)
def pythonic(pattern: str) -> str | None:
    """The pattern for Python's `re`, to be searched for; `None` where that cannot say it."""
    translated = _translated(pattern, _PYTHON)
    if translated is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # of sets that may mean something else one day
            re.compile(translated)
    except (re.error, OverflowError, RecursionError, Warning):
        return None
    return translated


def is_found(pattern: str, text: str) -> bool | None:
    """Whether a pattern is found in a text; `None` where no client could say it.

    By jsonschema-rs, which takes no time without end, whatever the pattern.
    """
    searcher = _searcher(pattern) if pythonic(pattern) is not None else None
    return None if searcher is None else searcher.is_valid(text)


@functools.lru_cache(maxsize=1024)
def _searcher(pattern: str) -> Draft202012Validator | None:
    searched = rich(pattern)
    try:
        return None if searched is None else Draft202012Validator({"pattern": searched})
    except ValueError:
        return None


@functools.lru_cache(maxsize=1024)
def rich(pattern: str) -> str | None:
    """The pattern for jsonschema-rs; `None` where its engine cannot say it."""
    translated = _translated(pattern, _RICH)
    try:
        Draft202012Validator({"pattern": translated})
    except ValueError:
        return None
    return translated


def fault(pattern: str, *, for_names: bool = False) -> str:
    """Why a client cannot check a pattern, of values or `for_names`, which only `re` looks at; empty where it can."""
    try:
        parse(pattern)
    except PatternError as error:
        return f"it is no regular expression of ECMA-262: {error}"
    if pythonic(pattern) is not None or (not for_names and portable(pattern) is not None):
        return ""
    return "Python's `re` lacks what it needs" if for_names else "neither pydantic's engine nor `re` has all it needs"


def _translated(pattern: str, engine: _Engine) -> str | None:
    try:
        tree = parse(pattern)
        return _Printer(engine, referred(tree)).print(tree)
    except (PatternError, _LacksError):
        return None


class _Printer:
    def __init__(self, engine: _Engine, known: Mapping[int, bool]) -> None:
        self._engine = engine
        self._known = known
        self._closed = set[int]()

    def print(self, piece: Piece) -> str:
        match piece:
            case Set():
                return self._set(piece)
            case Edge("^"):
                return "^"
            case Edge("$"):
                return self._engine.end
            case Edge("b"):
                return self._engine.at_word
            case Edge():
                return _NOT_AT_WORD if self._engine.has_looks else r"(?-u:\B)"
            case Row(pieces):
                return "".join(self._atomic(one) if isinstance(one, Either) else self.print(one) for one in pieces)
            case Either(branches):
                return "|".join(map(self.print, branches))
            case Repeat():
                return self._repeat(piece)
            case Group(number, inner):
                made = f"({self.print(inner)})"
                self._closed.add(number)
                return made
            case Look():
                return self._look(piece)
        return self._back(piece.number)

    def _atomic(self, piece: Piece) -> str:
        return self.print(piece) if isinstance(piece, Set | Group) else f"(?:{self.print(piece)})"

    def _repeat(self, piece: Repeat) -> str:
        match piece.low, piece.high:
            case 0, None:
                count = "*"
            case 1, None:
                count = "+"
            case 0, 1:
                count = "?"
            case low, None:
                count = f"{{{low},}}"
            case low, high:
                count = f"{{{low}}}" if low == high else f"{{{low},{high}}}"
        return self._atomic(piece.piece) + count + "?" * piece.lazy

    def _look(self, piece: Look) -> str:
        if not self._engine.has_looks:
            raise _LacksError
        opening = f"(?{'' if piece.ahead else '<'}{'!' if piece.negated else '='}"
        branches = piece.piece.branches if isinstance(piece.piece, Either) and not piece.ahead else (piece.piece,)
        # Python looks back by a number of characters that it must know for each branch.
        looks = [f"{opening}{self.print(branch)})" for branch in branches]
        return "".join(looks) if piece.negated or len(looks) == 1 else f"(?:{'|'.join(looks)})"

    def _back(self, number: int) -> str:
        if not self._engine.has_looks or number not in self._known:
            raise _LacksError
        if number not in self._closed:
            return "(?:)"  # in ECMA-262 a group that has not come to its end is found everywhere, being nothing
        if self._known[number]:
            return rf"(?:\{number})"  # in brackets, as a digit may follow
        if not self._engine.has_conditions:
            raise _LacksError
        return rf"(?({number})\{number}|)"

    # -- sets ----------------------------------------------------------------------------------------------------

    def _set(self, piece: Set) -> str:
        spans = [item for item in piece.items if not isinstance(item, Property)]
        properties = [item for item in piece.items if isinstance(item, Property)]
        if properties and not self._engine.has_properties:
            raise _LacksError
        if not self._engine.has_surrogates:
            spans = list(_without_surrogates(spans))
        left = complement([*spans, _SURROGATES] if not self._engine.has_surrogates else spans)
        if not left or not (spans or properties):
            return self._none if (not left) is piece.negated else _ANY
        if not piece.negated and len(spans) + len(properties) == 1:
            if properties:
                return _property(properties[0])
            low, high = spans[0]
            if low == high:
                return f"\\{chr(low)}" if chr(low) in _SYNTAX else self._character(low)
        return f"[{'^' * piece.negated}{self._members(spans)}{''.join(map(_property, properties))}]"

    @property
    def _none(self) -> str:
        return f"[^\\x00-{self._engine.beyond.format(LAST)}]"

    def _members(self, spans: Sequence[Span]) -> str:
        made = ""
        if self._engine.spaces and (end := _end_of_spaces(spans)):
            before, after = spans[: end - len(SPACE)], spans[end:]
            made, spans = f"{self._members(before)}{self._engine.spaces}", after
        for place, (low, high) in enumerate(spans):
            if low == high == ord("-") and place == len(spans) - 1:
                return f"{made}-"
            first = self._member(low, made)
            made += first if low == high else f"{first}-{self._member(high, '-')}"
        return made

    def _member(self, code: int, before: str) -> str:
        mark = chr(code)
        # Two of some marks are operators of sets, and a caret is one where it comes first.
        if mark in r"\[]-" or (mark in "&~|" and before.endswith(mark)) or (mark == "^" and not before):
            return f"\\{mark}"
        return self._character(code)

    def _character(self, code: int) -> str:
        if chr(code).isprintable():
            return chr(code)
        if code in _ESCAPES:
            return _ESCAPES[code]
        if code < 0x100:
            return f"\\x{code:02x}"
        return f"\\u{code:04x}" if code < 0x10000 else self._engine.beyond.format(code)


def _property(one: Property) -> str:
    return rf"\{'P' if one.negated else 'p'}{{{one.name}}}"


def _end_of_spaces(spans: Sequence[Span]) -> int:
    """Where the first blanks end that are all that there are; 0 if there are none."""
    ends = range(len(SPACE), len(spans) + 1)
    return next((end for end in ends if tuple(spans[end - len(SPACE) : end]) == SPACE), 0)


def _without_surrogates(spans: Iterable[Span]) -> Iterator[Span]:
    first, last = _SURROGATES
    for low, high in spans:
        if low < first:
            yield low, min(high, first - 1)
        if high > last:
            yield max(low, last + 1), high
