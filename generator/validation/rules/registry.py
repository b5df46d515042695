"""The register of checks: `@check` declares a rule together with the function that finds it broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from generator.diagnostics import Location, Rule, Severity, rule
from generator.document.tree import Document, Node

Finding: TypeAlias = tuple[Node | Location, str]
Checker: TypeAlias = Callable[[Document], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule and what looks for breaches of it."""

    rule: Rule
    find: Checker


CHECKS: list[Check] = []


def check(id: str, severity: Severity, summary: str) -> Callable[[Checker], Checker]:  # noqa: A002 - the field's word for it
    """Declare a rule; the function yields where it is broken and a message."""

    def register(find: Checker) -> Checker:
        CHECKS.append(Check(rule(id, severity, summary), find))
        return find

    return register


def findings(document: Document) -> Iterator[tuple[Rule, Node | Location, str]]:
    """Every breach of every rule."""
    for each in CHECKS:
        for place, message in each.find(document):
            yield each.rule, place, message
