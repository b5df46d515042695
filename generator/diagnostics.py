"""What the generator has to say about a description: where, which rule, how bad, what is wrong, and what comes of it.

Each stage declares the rules it can break with :func:`rule`
and reports with :meth:`Rule.at`, so every id stands in one registry whatever stage raised it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from generator.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How bad a finding is for the author: an error is to be mended, a warning to be looked at."""

    ERROR = "error"
    WARNING = "warning"


class Consequence(StrEnum):
    """What a finding does to the client that is made; the worst comes last."""

    NONE = "none"
    MENDED = "mended"
    UNCHECKED = "unchecked"
    LEFT_OUT = "left-out"
    FATAL = "fatal"


class Location(NamedTuple):
    """A place in a source file; line and column count from 1.

    A tuple, as there is one for each value of a description.
    """

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Diagnostic(msgspec.Struct, frozen=True):
    """One finding. `str()` is the line `file:line:column: error[rule-id]: message`."""

    location: Location
    rule: str
    severity: Severity
    message: str
    consequence: Consequence = Consequence.NONE
    pointer: str = ""
    """The JSON pointer of what it is about, in the bundled description; empty for the whole of it."""

    @property
    def place(self) -> str:
        """`file:line:column`, and the pointer too where the line says nothing: files of one line are all line 1."""
        is_told = self.pointer and self.location.line == 1 and self.location.column > 1
        return f"{self.location} ({self.pointer})" if is_told else str(self.location)

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}[{self.rule}]: {self.message}"


class Rule(msgspec.Struct, frozen=True):
    """Something that can be wrong with a description: a kebab-case id, a severity and a one-line summary."""

    id: str
    severity: Severity
    summary: str
    consequence: Consequence

    def at(self, location: Location, message: str, pointer: str = "") -> Diagnostic:
        """Report this rule as broken at `location`, by what is at `pointer`."""
        return Diagnostic(location, self.id, self.severity, " ".join(message.split()), self.consequence, pointer)


class DiagnosticError(Exception):
    """A stage cannot go on; carries every finding that it had by then."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = arrange(diagnostics)
        super().__init__("\n".join(map(str, self.diagnostics)))


class UnusableInputError(DiagnosticError):
    """The input is no document at all: missing, unreadable, not YAML, not an object. Exit code 2."""


REGISTRY: dict[str, Rule] = {}


def rule(id: str, severity: Severity, summary: str, consequence: Consequence) -> Rule:  # noqa: A002 - the field's word
    """Declare a rule and enter it in the registry; ids are unique."""
    if id in REGISTRY:
        raise ValueError(f"two rules are called {id!r}")
    REGISTRY[id] = Rule(id, severity, summary, consequence)
    return REGISTRY[id]


def arrange(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by place, each finding once: what stands in one place of a file can be in several of a description."""
    first: dict[tuple[Location, str, str], Diagnostic] = {}
    for found in sorted(set(diagnostics), key=lambda one: (one.location, one.rule, one.message, one.pointer)):
        first.setdefault((found.location, found.rule, found.message), found)
    return tuple(first.values())


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any finding is more than a warning."""
    return any(found.severity is Severity.ERROR for found in diagnostics)


def is_fatal(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any finding is such that no client can be made."""
    return any(found.consequence is Consequence.FATAL for found in diagnostics)


def as_text(diagnostics: Iterable[Diagnostic]) -> str:
    """One line a finding, as compilers print them, characters that cannot be seen spelled out."""
    return "".join(f"{printable(str(found))}\n" for found in diagnostics)


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Workflow commands that GitHub shows beside the line."""
    return "".join(
        command(found.severity, found.rule, found.location, *found.message.splitlines()) for found in diagnostics
    )


def command(severity: str, title: str, location: Location | None, *lines: str) -> str:
    """A workflow command, which is one line whatever the texts are. `severity` is `error`, `warning` or `notice`.

    Characters that cannot be seen are spelled out.
    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    place = f"file={_property(location.file)},line={location.line},col={location.column}," if location else ""
    message = "\n".join(printable(line).strip() for line in lines)
    return f"::{severity} {place}title={_property(printable(title))}::{_data(message)}\n"


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON array of objects with file, line, column, pointer, rule, severity, consequence and message."""
    findings = [
        {
            "file": found.location.file,
            "line": found.location.line,
            "column": found.location.column,
            "pointer": found.pointer,
            "rule": found.rule,
            "severity": found.severity.value,
            "consequence": found.consequence.value,
            "message": found.message,
        }
        for found in diagnostics
    ]
    return msgspec.json.format(msgspec.json.encode(findings), indent=2).decode() + "\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
