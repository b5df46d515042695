"""A review for a terminal: the verdict, what breaks with everything known of it, then the rest in short."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from generator.diagnostics import Severity
from generator.review.change import Level
from generator.review.forms import headline, messages
from generator.review.forms.payload import payload
from generator.review.forms.sections import sections, versions
from generator.wording import counted, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.review.change import Change, Review

_INDENT: Final = 4
_LABELS: Final = 10
_LEAST_PAYLOAD: Final = 40
_SHOWN: Final = 3
"""How many operations and symbols are listed for a change that breaks nobody."""

_BOLD, _DIM, _RED, _GREEN, _YELLOW = "1", "2", "1;31", "32", "33"
_COLOURS: Final = {Level.MAJOR: _RED, Level.MINOR: _GREEN, Level.PATCH: _DIM}
_ALARMS: Final = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW, None: _BOLD}

_WORD: Final = re.compile(r"(?:`[^`]*`|\S)+")
_Word: TypeAlias = tuple[str, str]
"""What is never broken, and its colour."""


def as_text(review: Review, *, colour: bool = False, width: int = 100) -> str:
    """The report in lines of at most `width` characters, longer only where one word or one piece of code is.

    Every operation that feels a break is listed; of changes that break nobody, the first few. `colour` writes the
    escape sequences of terminals.
    """
    form = _Terminal(colour, width)
    lines = chain(form.opening(review), *(form.group(review, level) for level in Level), form.closing(review))
    return "".join(f"{line}\n" for line in lines)


class _Terminal(msgspec.Struct, frozen=True):
    colour: bool
    width: int

    def opening(self, review: Review) -> Iterator[str]:
        """Verdict and outcome."""
        alarm = _GREEN if review.passes else _RED
        yield from self.wrapped(_words(headline.verdict(review), _BOLD), 0, 2)
        yield from self.wrapped(_words(headline.outcome(review), alarm), 0, 2)

    def group(self, review: Review, level: Level) -> Iterator[str]:
        """The changes of one level, under a title."""
        changes = messages.of_level(review, level)
        if changes:
            yield ""
            yield from self.wrapped(_words(f"{messages.TITLES[level].upper()} ({len(changes):,})", _BOLD), 0, 0)
        for change in changes:
            if level is not Level.PATCH:
                yield ""
            title = [
                *_words(f"{messages.place(change)}:", _BOLD),
                *_words(f"{messages.GROUPS[level]}[{change.rule}]:", _COLOURS[level]),
            ]
            yield from self.wrapped([*title, *_words(change.message)], 0, _INDENT)
            most = None if level is Level.MAJOR else _SHOWN
            if level is not Level.PATCH:
                yield from self.details(change, review, most)
            elif change.symbols:
                yield from self.python(change, review, most)

    def details(self, change: Change, review: Review, most: int | None) -> Iterator[str]:
        """What is known of a change, a labelled line each."""
        yield from self.field("wire", _words(messages.wire(change)))
        yield from self.python(change, review, most)
        felt, more = messages.uses(change, most)
        for index, one in enumerate(felt):
            yield from self.field("" if index else "felt by", _words(str(one)))
        if more:
            yield from self.field("", _words(f"and {counted(more, 'more operation')}"))
        if change.evidence is not None:
            room = max(self.width - _INDENT - _LABELS, _LEAST_PAYLOAD)
            yield from self.field("value", [(_tame(payload(change.evidence.value, room)), _YELLOW)])
            yield from self.field("", _words(messages.disagreement(change)))
        if change.is_breaking and messages.pointer(change):
            yield from self.field("pointer", _words(messages.pointer(change)))
        if change.waiver is not None:
            yield from self.field("waived", _words(messages.waived(change.waiver).removeprefix("waived "), _YELLOW))

    def python(self, change: Change, review: Review, most: int | None) -> Iterator[str]:
        """The verdict in Python, and the symbols."""
        symbols, more = messages.symbols(change, most)
        names = [one.message for one in symbols] + ([f"and {counted(more, 'more symbol')}"] if more else [])
        level = messages.python(change, review)
        yield from self.field("Python", _words(f"{level}: {names[0]}" if names else level))
        for name in names[1:]:
            yield from self.field("", _words(name))

    def closing(self, review: Review) -> Iterator[str]:
        """What stands around the changes; at the end, close together, what is a line only."""
        found = tuple(sections(review))
        for section in found:
            if section.rows:
                yield ""
                yield from self.wrapped(_words(section.title, _ALARMS[section.severity]), 0, _INDENT)
                for row in section.rows:
                    yield from self.wrapped(_words(str(row)), _INDENT, _INDENT + 2)
        facts = [versions(review), *(one.title for one in found if not one.rows)]
        yield ""
        for fact in (*filter(None, facts), f"Compared: {review.base} with {review.head}"):
            yield from self.wrapped(_words(fact), 0, _INDENT)

    def field(self, label: str, words: list[_Word]) -> Iterator[str]:
        """Words behind a label, in a column of their own."""
        indent = _INDENT + _LABELS
        for index, line in enumerate(self.wrapped(words, indent, indent)):
            head = "" if index else label
            yield f"{'':{_INDENT}}{self.painted(head, _DIM)}{'':{_LABELS - len(head)}}{line[indent:]}"

    def wrapped(self, words: Iterable[_Word], first: int, others: int) -> Iterator[str]:
        """Words in lines, the first indented by so much and the others by so much."""
        line, used = " " * first, first
        empty = True
        for text, colour in words:
            if not empty and used + 1 + len(text) > self.width:
                yield line
                line, used, empty = " " * others, others, True
            line += ("" if empty else " ") + self.painted(text, colour)
            used += len(text) + (not empty)
            empty = False
        if not empty:
            yield line

    def painted(self, text: str, colour: str) -> str:
        """The text in a colour, where colours are wanted."""
        return f"\x1b[{colour}m{text}\x1b[0m" if self.colour and colour and text else text


def _words(text: str, colour: str = "") -> list[_Word]:
    """Words, and pieces of code in backticks whole."""
    return [(_tame(word), colour) for word in _WORD.findall(printable(text))]


def _tame(word: str) -> str:
    """A word that GitHub takes for no command, in a log at whose line it may begin."""
    word = word.replace("##[", "#\\u0023[")
    return f"\\u003a{word[1:]}" if word.startswith("::") else word
