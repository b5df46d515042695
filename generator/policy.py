"""Which findings stop a run: what makes a client impossible; if strict, whatever changes it, and every error.

`accept` lists exceptions to strictness. One that no finding needs is a finding itself, so that the list stays true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from generator.diagnostics import Consequence, Severity, rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.diagnostics import Diagnostic, Location

ACCEPT_UNUSED: Final = rule(
    "accept-unused",
    Severity.ERROR,
    "what [tool.generator] accepts must be found: an exception that nothing needs is to be removed",
    Consequence.NONE,
)


class Acceptance(msgspec.Struct, frozen=True):
    """A finding that may be there although the project is strict, and why."""

    rule: str
    pointer: str
    reason: str
    location: Location

    def covers(self, found: Diagnostic) -> bool:
        """Whether it is about this finding."""
        return (found.rule, found.pointer) == (self.rule, self.pointer)


class Policy(msgspec.Struct, frozen=True):
    """How much is put up with."""

    is_strict: bool = False
    accepted: tuple[Acceptance, ...] = ()

    def unused(self, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """A finding for each exception that none of these needs; none where nothing is strict."""
        listed = list(found)
        return tuple(
            ACCEPT_UNUSED.at(one.location, f"there is no {one.rule} at {one.pointer!r}: remove what accepts it")
            for one in (self.accepted if self.is_strict else ())
            if not any(one.covers(each) for each in listed)
        )

    def stops(self, found: Diagnostic) -> bool:
        """Whether a finding stops the run."""
        if found.consequence is Consequence.FATAL:
            return True
        bad = found.severity is Severity.ERROR or found.consequence is not Consequence.NONE
        return self.is_strict and bad and not any(one.covers(found) for one in self.accepted)


LENIENT: Final = Policy()
"""What a client can be made of is put up with."""
