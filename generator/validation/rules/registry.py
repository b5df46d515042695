"""The register of checks: `@check` declares a rule together with the function that finds it broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import msgspec

from generator.diagnostics import Consequence, Location, Rule, Severity, rule
from generator.document.tree import Document, Node

Finding: TypeAlias = tuple[Node | Location, str]
Checker: TypeAlias = Callable[[Document], Iterator[Finding]]


class Check(msgspec.Struct, frozen=True):
    """A rule and what looks for breaches of it."""

    rule: Rule
    find: Checker


CHECKS: list[Check] = []


def check(
    id: str,  # noqa: A002 - the field's word for it
    severity: Severity,
    summary: str,
    consequence: Consequence,
) -> Callable[[Checker], Checker]:
    """Declare a rule; the function yields where it is broken and a message."""

    def register(find: Checker) -> Checker:
        CHECKS.append(Check(rule(id, severity, summary, consequence), find))
        return find

    return register


def findings(document: Document, *, is_thorough: bool) -> Iterator[tuple[Rule, Node | Location, str]]:
    """Every breach of every rule; if not `is_thorough`, only of those whose breach does something to the client."""
    for each in CHECKS:
        if not is_thorough and each.rule.consequence is Consequence.NONE:
            continue
        for place, message in each.find(document):
            yield each.rule, place, message
