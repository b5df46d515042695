"""YAML and JSON text -> `Object` and `Array` with a place for every member and element.

Built on PyYAML's event stream: the events carry marks, keep duplicate keys apart and leave the
reading of scalars to us, so that YAML 1.2's core schema applies (`no`, dates and `1_000` are strings) and no number
passes through a float. JSON has a reader of its own; what that does not take is read as the YAML that it nearly is.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
import yaml

from generator.diagnostics import Consequence, Location, Severity, UnusableInputError, rule
from generator.document.json_reader import read_json
from generator.document.tree import Array, Json, Object

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic

MAX_DEPTH = 200
MAX_ALIASED = 500_000
MAX_DIGITS = 1000

YAML_SYNTAX = rule(
    "yaml-syntax", Severity.ERROR, "a file must be one well-formed YAML 1.2 or JSON document", Consequence.FATAL
)
TOO_DEEP = rule(
    "too-deep",
    Severity.ERROR,
    f"values may nest {MAX_DEPTH} levels deep, aliases and references followed",
    Consequence.FATAL,
)
ALIAS_BOMB = rule(
    "alias-bomb", Severity.ERROR, f"aliases may repeat at most {MAX_ALIASED:,} values in all", Consequence.FATAL
)
DUPLICATE_KEY = rule("duplicate-key", Severity.ERROR, "a key must stand once in an object", Consequence.MENDED)
INVALID_KEY = rule("invalid-key", Severity.ERROR, "a key must be a scalar", Consequence.MENDED)
INVALID_ALIAS = rule(
    "invalid-alias", Severity.ERROR, "an alias must name an anchor that ends before it", Consequence.MENDED
)
MERGE_KEY = rule(
    "merge-key", Severity.ERROR, "YAML 1.2 has no merge keys (`<<`); write the members out", Consequence.MENDED
)
UNKNOWN_TAG = rule(
    "unknown-tag", Severity.ERROR, "only the tags of YAML's core schema mean something in JSON", Consequence.MENDED
)
INVALID_NUMBER = rule(
    "invalid-number", Severity.ERROR, "a number must be finite and of a sane length", Consequence.MENDED
)

_CORE = "tag:yaml.org,2002:"
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE]([-+]?[0-9]+))?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_SURROGATES = re.compile(r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|.)", re.DOTALL)


class _Collection(msgspec.Struct):
    """A mapping or sequence that is still open."""

    mapping: bool
    location: Location
    anchor: str | None
    values: list[Json] = msgspec.field(default_factory=list)
    places: list[Location] = msgspec.field(default_factory=list)
    keys: dict[str, int] = msgspec.field(default_factory=dict)
    key: str | None = None
    key_place: Location | None = None
    size: int = 1
    depth: int = 1


class _Anchored(msgspec.Struct, frozen=True):
    value: Json
    size: int
    depth: int


def parse(text: str, file: str) -> tuple[Json, list[Diagnostic]]:
    """Read one document.

    Raises:
        UnusableInputError: The text is not YAML, is no or several documents, nests too deep or is an alias bomb.
    """
    if file.endswith(".json"):
        if (simple := read_json(text, file, MAX_DEPTH)) is not None:
            return simple, []
        text = _SURROGATES.sub(_join_surrogates, text)
    reader = _Reader(file)
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            reader.take(event)
    except yaml.YAMLError as error:
        raise UnusableInputError([*reader.findings, _syntax_error(error, text, file)]) from None
    return reader.result, reader.findings


class _Reader:
    """Builds the tree from events, with a stack of its own in place of recursion."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.result: Json = None
        self.findings: list[Diagnostic] = []
        self._stack: list[_Collection] = []
        self._anchors: dict[str, _Anchored] = {}
        self._documents = 0
        self._aliased = 0

    def take(self, event: yaml.Event) -> None:
        """Take in the next event."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._open(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                found = YAML_SYNTAX.at(self._place(event), "a second document begins here; a file must hold one")
                raise UnusableInputError([*self.findings, found])

    def _place(self, event: yaml.Event) -> Location:
        mark = event.start_mark
        return Location(self.file, mark.line + 1, mark.column + 1) if mark else Location(self.file, 1, 1)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        place = self._place(event)
        top = self._stack[-1] if self._stack else None
        is_key = top is not None and top.mapping and top.key_place is None
        text: str = event.value
        value = text if is_key else self._read(event, place)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(value, 1, 0)
        if not is_key or top is None:
            self._add(value, place)
        elif event.value == "<<" and event.implicit[0]:
            self.findings.append(MERGE_KEY.at(place, "YAML 1.2 has no merge keys: `<<` is left out"))
            top.key_place = place
        else:
            top.key, top.key_place = text, place

    def _read(self, event: yaml.ScalarEvent, place: Location) -> Json:
        text: str = event.value
        if event.tag is None:
            return self._plain(text, place) if event.implicit[0] else text
        if event.tag == "!" or event.tag == _CORE + "str":
            return text
        kind = event.tag.removeprefix(_CORE)
        value = self._plain(text, place)
        fits = {
            "null": value is None,
            "bool": isinstance(value, bool),
            "int": isinstance(value, int) and not isinstance(value, bool),
            "float": isinstance(value, (int, Decimal)) and not isinstance(value, bool),
        }
        if kind not in fits:
            self.findings.append(UNKNOWN_TAG.at(place, f"the tag {event.tag!r} is not one of YAML's core schema"))
            return value if event.implicit[0] or not event.style else text
        if not fits[kind]:
            self.findings.append(UNKNOWN_TAG.at(place, f"{text[:40]!r} is no {kind}, as its tag says"))
            return text
        return value

    def _plain(self, text: str, place: Location) -> Json:
        if text in _NULL:
            return None
        if text in _BOOLEAN:
            return _BOOLEAN[text]
        if text[0] not in "0123456789+-.":
            return text
        integer = _INTEGER.fullmatch(text)
        real = None if integer else _FLOAT.fullmatch(text)
        if integer or real:
            exponent = (real[1] if real else None) or "0"
            if len(text) <= MAX_DIGITS and len(exponent) <= 5 and abs(int(exponent)) <= MAX_DIGITS:
                return _integer(text) if integer else Decimal(text)
            self.findings.append(INVALID_NUMBER.at(place, f"the number {text[:20]}... is too long to be meant"))
        elif _NOT_FINITE.fullmatch(text):
            self.findings.append(INVALID_NUMBER.at(place, f"{text} is no number in JSON; quote it if it is a text"))
        return text

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        place = self._place(event)
        mapping = isinstance(event, yaml.MappingStartEvent)
        if event.tag is not None and event.tag not in ("!", _CORE + ("map" if mapping else "seq")):
            self.findings.append(UNKNOWN_TAG.at(place, f"the tag {event.tag!r} is not one of YAML's core schema"))
        if event.anchor is not None:
            self._anchors.pop(event.anchor, None)
        self._stack.append(_Collection(mapping, place, event.anchor))
        self._bound(len(self._stack), place)

    def _bound(self, depth: int, place: Location) -> None:
        if depth > MAX_DEPTH:
            raise UnusableInputError([*self.findings, TOO_DEEP.at(place, f"more than {MAX_DEPTH} levels of nesting")])

    def _close(self) -> None:
        done = self._stack.pop()
        value: Json
        if done.mapping:
            value = Object({key: done.values[at] for key, at in done.keys.items()}, done.location)
            value.places = {key: done.places[at] for key, at in done.keys.items()}
        else:
            value = Array(done.values, done.location, done.places)
        if done.anchor is not None:
            self._anchors[done.anchor] = _Anchored(value, done.size, done.depth)
        self._add(value, done.location, done.size, done.depth)

    def _alias(self, event: yaml.AliasEvent) -> None:
        place = self._place(event)
        target = self._anchors.get(event.anchor or "")
        if target is None:
            is_open = any(event.anchor == collection.anchor for collection in self._stack)
            why = "stands inside what it names" if is_open else "names no anchor before it"
            self.findings.append(INVALID_ALIAS.at(place, f"the alias *{event.anchor} {why}"))
            target = _Anchored(None, 1, 0)
        self._aliased += target.size
        if self._aliased > MAX_ALIASED:
            found = ALIAS_BOMB.at(place, f"aliases repeat more than {MAX_ALIASED:,} values")
            raise UnusableInputError([*self.findings, found])
        self._bound(len(self._stack) + target.depth, place)
        top = self._stack[-1] if self._stack else None
        if top is not None and top.mapping and top.key_place is None and isinstance(target.value, str):
            top.key, top.key_place = target.value, place
        else:
            self._add(target.value, place, target.size, target.depth)

    def _add(self, value: Json, place: Location, size: int = 1, depth: int = 0) -> None:
        """Put a finished value where it belongs: the result, an element, a (wrong) key, or a member."""
        if not self._stack:
            self.result = value
            return
        top = self._stack[-1]
        top.size += size
        top.depth = max(top.depth, depth + 1)
        if not top.mapping:
            top.values.append(value)
            top.places.append(place)
        elif top.key_place is None:
            self.findings.append(INVALID_KEY.at(place, "a key must be a text; this entry is left out"))
            top.key_place = place
        else:
            self._add_member(top, value)

    def _add_member(self, top: _Collection, value: Json) -> None:
        if top.key is not None and top.key_place is not None:
            if top.key in top.keys:
                first = top.places[top.keys[top.key]]
                message = f"the key {top.key!r} stands twice, first at line {first.line}, column {first.column}"
                self.findings.append(DUPLICATE_KEY.at(top.key_place, message))
            else:
                top.keys[top.key] = len(top.values)
                top.values.append(value)
                top.places.append(top.key_place)
        top.key, top.key_place = None, None


def _integer(text: str) -> int:
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    return int(text[2:], base) if base != 10 else int(text)


def _join_surrogates(match: re.Match[str]) -> str:
    """JSON writes a character beyond U+FFFF as two escapes, YAML as one; what follows on the line moves two columns."""
    if match[1] is None:
        return match[0]
    return f"\\U{0x10000 + (int(match[1], 16) - 0xD800) * 0x400 + int(match[2], 16) - 0xDC00:08X}"


def _syntax_error(error: yaml.YAMLError, text: str, file: str) -> Diagnostic:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        parts = [part for part in (error.problem, error.context) if part]
        place = Location(file, mark.line + 1, mark.column + 1) if mark else Location(file, 1, 1)
        return YAML_SYNTAX.at(place, ", ".join(parts))
    if isinstance(error, yaml.reader.ReaderError):
        bad = re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
        at = bad.start() if bad else 0
        begin = text.rfind("\n", 0, at) + 1
        place = Location(file, text.count("\n", 0, at) + 1, at - begin + 1)
        message = f"the character U+{ord(text[at]):04X} may not stand in a YAML file" if bad else str(error)
        return YAML_SYNTAX.at(place, message)
    return YAML_SYNTAX.at(Location(file, 1, 1), str(error))
