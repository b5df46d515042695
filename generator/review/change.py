"""What a review says: changes, their two verdicts, and what stands around them. Frozen data; a leaf of this package.

Review ── changes: Change ── verdicts on the wire (`Wire`) and in Python (`Level`)
                           ├ before, after: Place      pointer, and file, line and column
                           ├ uses: Use                 each operation that feels it, with the way to it
                           ├ symbols: SymbolChange     what Python code sees of it
                           ├ evidence: Evidence        a value that one side takes and the other does not
                           └ waiver: Waiver            why a break may land
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic, Location
    from generator.document.grammar import Side
    from generator.document.tree import Json


class Wire(StrEnum):
    """What a change does to those who send and read messages, in whatever language."""

    BREAKING = "breaking"
    COMPATIBLE = "compatible"
    DOCS = "docs"
    """The messages stay as they are: only what is said about them, or how it is written down, differs."""

    @property
    def level(self) -> Level:
        """The part of a version that it asks for."""
        return {Wire.BREAKING: Level.MAJOR, Wire.COMPATIBLE: Level.MINOR, Wire.DOCS: Level.PATCH}[self]


class Level(StrEnum):
    """The part of a semantic version that a change asks for."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"

    @property
    def weight(self) -> int:
        """2 for major, 1 for minor, 0 for patch."""
        return {Level.MAJOR: 2, Level.MINOR: 1, Level.PATCH: 0}[self]


class Place(msgspec.Struct, frozen=True):
    """Where something stands in one of the two descriptions."""

    pointer: str
    """JSON pointer in the bundled, upgraded document, such as `/components/schemas/Pet/properties/name`."""
    location: Location


class Use(msgspec.Struct, frozen=True, order=True):
    """An operation that a change is felt in, and the way to it there."""

    operation: str
    """`POST /pets`, as in the head; as in the base where the head has it no more."""
    part: str
    """`request body`, `200 response`, `header parameter X-Key`, `200 response header X-Id`, or empty: the whole."""
    path: str
    """The way through the JSON value, such as `items[*].amount`; empty: the value itself."""

    def __str__(self) -> str:
        return " · ".join(one for one in (self.operation, self.part, self.path) if one)


class SymbolKind(StrEnum):
    """What happened to a name in Python."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class SymbolChange(msgspec.Struct, frozen=True):
    """A name of the generated package that is new, gone or another than before."""

    symbol: str
    """`models.Pet.name`, or `Pets.create(..., dry_run=)` for an argument."""
    kind: SymbolKind
    level: Level
    before: str
    """What stood there, as Python: an annotation, a signature; empty for what is new."""
    after: str
    message: str
    """`models.Pet.name removed`, `models.Pet.name: str | None, was str`."""
    is_check: bool = False
    """It is about what the client checks before it sends: a bound, a rule between fields. Names and types stay."""


class Evidence(msgspec.Struct, frozen=True):
    """A value on which the two descriptions disagree, as found by validating it against both."""

    value: Json
    accepted_before: bool
    accepted_after: bool
    reason: str = ""
    """What the side that refuses it says."""


class Waiver(msgspec.Struct, frozen=True):
    """An entry of the waivers' file: a break that may land, and why."""

    rule: str
    pointer: str
    reason: str
    expires: str
    """The last day on which it holds, as `2027-01-31`."""
    location: Location


class Change(msgspec.Struct, frozen=True):
    """One difference in meaning between base and head."""

    rule: str
    """The id in the catalogue (`catalogue.CHANGES`)."""
    message: str
    """One sentence without a full stop: what it was and what it is, rules between fields in words."""
    wire: Wire
    side: Side | None = None
    """Which way the messages go; `None` where that is no question, as for a server."""
    before: Place | None = None
    after: Place | None = None
    uses: tuple[Use, ...] = ()
    python: Level = Level.PATCH
    symbols: tuple[SymbolChange, ...] = ()
    evidence: Evidence | None = None
    waiver: Waiver | None = None

    @property
    def level(self) -> Level:
        """The part of the version that it asks for: the greater of both verdicts."""
        return max(self.wire.level, self.python, key=lambda one: one.weight)

    @property
    def is_breaking(self) -> bool:
        """Whether it breaks somebody, on the wire or in Python."""
        return self.level is Level.MAJOR

    @property
    def place(self) -> Place | None:
        """Where a reader of the change looks: in the head, else in the base."""
        return self.after or self.before


class FileChange(msgspec.Struct, frozen=True):
    """How a file of the generated package differs between base and head, in lines."""

    path: str
    added: int
    removed: int


class Hint(msgspec.Struct, frozen=True):
    """Something that a change leaves to be looked at, and that stops nothing."""

    message: str
    """One sentence without a full stop."""
    location: Location | None = None


class Versions(msgspec.Struct, frozen=True):
    """What the versions say, and what they should."""

    base: str
    """`info.version` of the base."""
    head: str
    """`info.version` of the head."""
    package: str | None
    """The version of the Python package; `None` where there is no project to ask."""
    needed: str
    """The least version that says these changes, by semantic versioning; the base's where nothing changed."""
    level: Level | None
    """What the changes ask for together; `None` without changes."""
    head_says_it: bool
    package_says_it: bool
    explanation: str
    """A sentence for people."""


class Review(msgspec.Struct, frozen=True):
    """The whole report, without its form."""

    base: str
    """What the base is called: a revision or a file."""
    head: str
    versions: Versions
    changes: tuple[Change, ...] = ()
    """Breaking ones first, then by place: the order in which they are shown."""
    findings: tuple[Diagnostic, ...] = ()
    """What validation finds in the head."""
    problems: tuple[Diagnostic, ...] = ()
    """Waivers that are expired, unused or malformed: each an error."""
    drift: tuple[str, ...] | None = None
    """The generated files that are not what the head gives; `None` where none could be made or none are kept."""
    generated: tuple[FileChange, ...] | None = None
    """How the generated package differs; `None` where one of the sides gives none."""
    hints: tuple[Hint, ...] = ()
    """What the changes leave to be looked at."""
    notes: tuple[str, ...] = ()
    """What could not be looked at, and why."""

    @property
    def unwaived(self) -> tuple[Change, ...]:
        """The breaking changes that no waiver names."""
        return tuple(one for one in self.changes if one.is_breaking and one.waiver is None)

    @property
    def passes(self) -> bool:
        """Whether it may land: breaks are waived or said by `info.version`, and there are no errors besides.

        Drift is shown and not judged here: `check` does that.
        """
        errors = [one for one in (*self.findings, *self.problems) if one.severity == "error"]
        return not errors and (self.versions.head_says_it or not self.unwaived)
