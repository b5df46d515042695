"""What rules mean: kinds of change and rules of validation by id, for a terminal and as a document.

Pure. It speaks of the rules that have entered the registry: `generator.pipeline` imports all that declare some.
"""

from __future__ import annotations

import textwrap
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from generator.diagnostics import REGISTRY, Severity
from generator.review.catalogue import CHANGES
from generator.review.change import Wire

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from generator.review.catalogue import ChangeRule

_WORDS: Final = {Wire.BREAKING: "breaking", Wire.COMPATIBLE: "compatible", Wire.DOCS: "docs only"}
_SEVERITIES: Final = {
    Severity.ERROR: "An error: it stops generation and fails a review.",
    Severity.WARNING: "A warning: it is said, and stops nothing.",
}
_OPENING: Final = """\
# Rules

Written by `python -m generator explain --format markdown`; a test keeps it so.

## Changes

What a review tells apart. *On the wire* says what a change does to those who send and read messages, in whatever
language: a request may widen, as what was fine still is, and an answer may narrow, as no reader meets anything new.
What it does to Python code stands in the report beside it, with the names that change: a renamed component is nothing
on the wire, and a class that is gone in Python.
"""
_FINDINGS: Final = """\
## Findings

What the commands find in a description, and in the waivers of a review. An error stops generation and fails a review; a
warning is said.
"""


class UnknownRuleError(Exception):
    """No rule is called so; `str()` names those that are near, a line for each id that was asked for."""


def as_text(ids: Collection[str] = (), width: int = 100) -> str:
    """The rules of these ids, in the order asked for; all of them without an id.

    Raises:
        UnknownRuleError: one of the ids is of no rule.
    """
    return "\n".join(_text(id_, width) for id_ in _known(ids))


def as_markdown(ids: Collection[str] = ()) -> str:
    """The same as sections with the ids as headings, to link to; without an id a whole document.

    Raises:
        UnknownRuleError: one of the ids is of no rule.
    """
    if ids:
        return "\n".join(_section(id_) for id_ in _known(ids))
    changes = "\n".join(_section(id_) for id_ in CHANGES)
    rows = ((f"`{id_}`", rule.severity, rule.summary.replace("|", r"\|")) for id_, rule in sorted(REGISTRY.items()))
    findings = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return f"{_OPENING}\n{changes}\n{_FINDINGS}\n| rule | severity | what it demands |\n|---|---|---|\n{findings}"


def _known(ids: Collection[str]) -> tuple[str, ...]:
    every = (*CHANGES, *sorted(REGISTRY))
    wrong = [id_ for id_ in ids if id_ not in every]
    if wrong:
        raise UnknownRuleError("\n".join(_unknown(id_, every) for id_ in wrong))
    return tuple(dict.fromkeys(ids)) if ids else every


def _unknown(id_: str, every: Collection[str]) -> str:
    holding = [one for one in every if len(id_) > 2 and id_ in one]
    near = list(dict.fromkeys([*holding, *get_close_matches(id_, every)]))[:3]
    return f"there is no rule {id_!r}" + (f"; near are {', '.join(near)}" if near else "")


def _text(id_: str, width: int) -> str:
    lines = [line for part in _parts(id_) for line in textwrap.wrap(part, width - 2)]
    return "\n".join([id_, *(f"  {line}" for line in lines)]) + "\n"


def _section(id_: str) -> str:
    summary, *rest = _parts(id_)
    filled = (textwrap.fill(part, 120, break_on_hyphens=False) for part in (_sentence(summary), *rest))
    return "\n\n".join((f"### `{id_}`", *filled)) + "\n"


def _parts(id_: str) -> Iterator[str]:
    """The paragraphs about a rule: what it is, how bad it is, and why."""
    if id_ in CHANGES:
        change = CHANGES[id_]
        yield change.summary
        yield f"On the wire: {_verdict(change)}."
        yield change.explanation
    else:
        yield REGISTRY[id_].summary
        yield _SEVERITIES[REGISTRY[id_].severity]


def _verdict(change: ChangeRule) -> str:
    request, response = _WORDS[change.request], _WORDS[change.response]
    words = request if request == response else f"{request} in a request, {response} in an answer"
    return f"{words}; values that are tried on both sides decide" if change.witnessed else words


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
