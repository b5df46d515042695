"""YAML text -> values, and where each of them stands.

Built on PyYAML's events, which have marks, keep duplicate keys apart and leave the reading of scalars to us: YAML 1.2's
core schema applies (`no` and dates are texts) and no number passes through a float. A tenant needs neither aliases nor
tags, so there are none, and with them go the bombs that could be built of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NoReturn

import yaml

from .findings import Path, Problem, TenantError, spell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zuora_invoices._runtime.values import Json

MAX_DEPTH = 16
MAX_CHARACTERS = 8 * 1024 * 1024
MAX_DIGITS = 100
"""Of a number, and as its exponent."""

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_REAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?([0-9]+))?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_UNREADABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Tree:
    """What a file holds."""

    file: str
    value: Json = None
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """Line and column, from 1, of every member (of its key) and of every element."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong so far, though it can be read."""

    def problem(self, path: Path, message: str) -> Problem:
        """A problem at the place of a value or, of one that is missing, at that of what it is missing in."""
        known = path
        while known and known not in self.places:
            known = known[:-1]
        line, column = self.places.get(known, (1, 1))
        return Problem(self.file, line, column, spell(path), message)


def read(text: str, file: str) -> Tree:
    """Read one YAML document, or one of JSON.

    Raises:
        TenantError: it is not YAML, nests too deep, is too large, has an alias, or holds several documents.
    """
    tree = Tree(file)
    if len(text) > MAX_CHARACTERS:
        raise TenantError([Problem(file, 1, 1, "", f"the text has more than {MAX_CHARACTERS:,} characters")])
    try:
        _Reader(tree, yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = ", ".join(part for part in (error.problem, error.context) if part)
        raise TenantError([*tree.problems, Problem(file, line, column, "", message or "this is not YAML")]) from None
    except yaml.YAMLError:
        raise TenantError([*tree.problems, _unreadable(text, file)]) from None
    return tree


class _Reader:
    """Takes values from events."""

    def __init__(self, tree: Tree, events: Iterator[yaml.Event]) -> None:
        self._tree = tree
        self._events = events

    def document(self) -> None:
        """Read the whole text into the tree."""
        next(self._events)  # the stream begins
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return
        self._tree.value = self._value(next(self._events), ())
        next(self._events)  # the document ends
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            self._stop(event, (), "a second document begins here; a file holds one")

    def _value(self, event: yaml.Event, path: Path) -> Json:
        mark = event.start_mark
        self._tree.places.setdefault(path, (mark.line + 1, mark.column + 1) if mark else (1, 1))
        if isinstance(event, yaml.AliasEvent):
            self._stop(event, path, "there are no aliases in a tenant: write the value out")
        if len(path) > MAX_DEPTH:
            self._stop(event, path, f"more than {MAX_DEPTH} levels of nesting")
        if getattr(event, "tag", None) is not None:
            self._complain(event, path, "there are no tags in a tenant")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._scalar(event, path) if isinstance(event, yaml.ScalarEvent) else None

    def _mapping(self, path: Path) -> Json:
        members: dict[str, Json] = {}
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                self._stop(key, path, "a key must be a text")
            name = str(key.value)
            member = (*path, name)
            mark = key.start_mark
            if name in members:
                line, column = self._tree.places[member]
                self._complain(key, member, f"stands twice, first at line {line}, column {column}")
            elif mark:
                self._tree.places.setdefault(member, (mark.line + 1, mark.column + 1))
            value = self._value(next(self._events), member)
            members.setdefault(name, value)
        return members

    def _sequence(self, path: Path) -> Json:
        elements: list[Json] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            elements.append(self._value(event, (*path, len(elements))))
        return elements

    def _scalar(self, event: yaml.ScalarEvent, path: Path) -> Json:
        text: str = event.value
        if not event.implicit[0]:
            if _CONTROL.search(text):
                self._complain(event, path, "holds a line break or another control character")
            return text
        if text in _NULL:
            return None
        if text in _BOOLEAN:
            return _BOOLEAN[text]
        integer = _INTEGER.fullmatch(text)
        real = None if integer else _REAL.fullmatch(text)
        if not integer and not real:
            return text
        exponent = (real[1] if real else None) or "0"
        if len(text) > MAX_DIGITS or int(exponent) > MAX_DIGITS:
            self._complain(event, path, f"a number has at most {MAX_DIGITS} digits; quote it if it is a text")
            return 0
        return _integer(text) if integer else Decimal(text)

    def _complain(self, event: yaml.Event, path: Path, message: str) -> None:
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        self._tree.problems.append(Problem(self._tree.file, line, column, spell(path), message))

    def _stop(self, event: yaml.Event, path: Path, message: str) -> NoReturn:
        self._complain(event, path, message)
        raise TenantError(self._tree.problems)


def _integer(text: str) -> int:
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    return int(text, base) if base != 10 else int(text)


def _unreadable(text: str, file: str) -> Problem:
    """The first character that YAML does not allow, which the library tells no line of."""
    found = _UNREADABLE.search(text)
    at = found.start() if found else 0
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    what = f"the character U+{ord(text[at]):04X} may not stand in a YAML file" if found else "this is not YAML"
    return Problem(file, line, column, "", what)
