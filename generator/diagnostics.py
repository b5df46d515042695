"""What the generator has to say about a description: where, which rule, how bad, and what is wrong.

Each stage declares the rules it can break with :func:`rule`
and reports with :meth:`Rule.at`, so every id stands in one registry whatever stage raised it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from generator.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How bad a finding is: an error stops generation, a warning is said and generation goes on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True, slots=True)
class Location:
    """A place in a source file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `str()` is the line `file:line:column: error[rule-id]: message`."""

    location: Location
    rule: str
    severity: Severity
    message: str

    def __str__(self) -> str:
        return f"{self.location}: {self.severity}[{self.rule}]: {self.message}"


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that can be wrong with a description: a kebab-case id, a severity and a one-line summary."""

    id: str
    severity: Severity
    summary: str

    def at(self, location: Location, message: str) -> Diagnostic:
        """Report this rule as broken at `location`."""
        return Diagnostic(location, self.id, self.severity, " ".join(message.split()))


class DiagnosticError(Exception):
    """A stage cannot go on; carries every finding that it had by then."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = arrange(diagnostics)
        super().__init__("\n".join(map(str, self.diagnostics)))


class UnusableInputError(DiagnosticError):
    """The input is no document at all: missing, unreadable, not YAML, not an object. Exit code 2."""


REGISTRY: dict[str, Rule] = {}


def rule(id: str, severity: Severity, summary: str) -> Rule:  # noqa: A002 - the field's word for it
    """Declare a rule and enter it in the registry; ids are unique."""
    if id in REGISTRY:
        raise ValueError(f"two rules are called {id!r}")
    REGISTRY[id] = Rule(id, severity, summary)
    return REGISTRY[id]


def arrange(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by place, each finding once."""
    return tuple(sorted(set(diagnostics), key=lambda found: (found.location, found.rule, found.message)))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any finding is more than a warning."""
    return any(found.severity is Severity.ERROR for found in diagnostics)


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
    """A JSON array of objects with file, line, column, rule, severity and message."""
    findings = [
        {
            "file": found.location.file,
            "line": found.location.line,
            "column": found.location.column,
            "rule": found.rule,
            "severity": found.severity.value,
            "message": found.message,
        }
        for found in diagnostics
    ]
    return msgspec.json.format(msgspec.json.encode(findings), indent=2).decode() + "\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
