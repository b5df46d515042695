"""What rules mean: kinds of change and rules of validation by id, for a terminal and as a document.

It speaks of every rule, whichever modules its caller has imported. `RULES.md` beside it is what `as_markdown` gives.
"""

from __future__ import annotations

import functools
import textwrap
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Final

from generator.diagnostics import REGISTRY, Consequence, Severity
from generator.review.catalogue import CHANGES
from generator.review.change import Wire
from generator.settings import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from generator.diagnostics import Rule
    from generator.review.catalogue import ChangeRule

_WORDS: Final = {Wire.BREAKING: "breaking", Wire.COMPATIBLE: "compatible", Wire.DOCS: "docs only"}
_SEVERITIES: Final = {
    Severity.ERROR: "An error: it fails a review, and stops a strict project.",
    Severity.WARNING: "A warning.",
}
_CONSEQUENCES: Final = {
    Consequence.NONE: "It does nothing to the client.",
    Consequence.MENDED: "The client takes it in the one sensible way.",
    Consequence.UNCHECKED: "The client passes it through and does not enforce it; its docstrings say so.",
    Consequence.LEFT_OUT: "The client is made without it; its docstrings say so.",
    Consequence.FATAL: "No client can be made.",
}
_OPENING: Final = """\
# Rules

Written by `python -m generator explain --format markdown`; a test compares. To change a text, edit it where the rule is
declared (changes in `catalogue.py`), and write this file anew:

    .venv/bin/python -m generator explain --format markdown > generator/review/RULES.md

## Changes

The kinds of change that a review tells apart. The verdicts of this list are about the wire: what a change does to those
who send and read messages, in whatever language.

- A request may widen: what was fine still is. If it narrows, something that was sent is refused.
- An answer may narrow: no reader meets anything new. If it widens, readers can meet what they have no code for.

*breaking* asks for a new major version, *compatible* for a minor one, *docs only* for a patch. What a change does to
Python code stands beside it in the report, with the names that change. That verdict can be another: a renamed component
is nothing on the wire, and a class that is gone in Python. The version follows from the greater of the two.

The table shows the usual verdicts; where it is no question of direction, both are the same. Where a change can be
milder or worse than that, its section below says when.
"""
_HEADER: Final = """\
| change | in a request | in an answer | what it is |
|---|---|---|---|
"""
_FINDINGS: Final = """\
## Findings

What the commands find in a description, and what a review finds in the file of waivers. An error fails a review; what
the client makes of it is its consequence. In a strict project, errors and all consequences but `none` stop generation.

| rule | severity | consequence | what it demands |
|---|---|---|---|
"""


class UnknownRuleError(UsageError):
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
    overview = "".join(map(_row, CHANGES.values()))
    sections = "\n".join(map(_section, CHANGES))
    findings = "".join(
        f"| `{id_}` | {one.severity} | {one.consequence} | {_cell(one.summary)} |\n" for id_, one in _findings().items()
    )
    return f"{_OPENING}\n{_HEADER}{overview}\n{sections}\n{_FINDINGS}{findings}"


def consequences() -> str:
    """The rules whose findings do something to the client, as a table in Markdown; worse consequences come later."""
    rows = [
        f"| {consequence} | `{id_}` | {_cell(one.summary)} |\n"
        for consequence in Consequence
        for id_, one in _findings().items()
        if one.consequence is consequence is not Consequence.NONE
    ]
    return f"| consequence | rule | what it demands |\n|---|---|---|\n{''.join(rows)}"


@functools.cache
def _findings() -> Mapping[str, Rule]:
    """The rules of validation by id, sorted."""
    # Rules enter the registry when the modules that declare them are imported. They are stages, which the pipeline has,
    # and the waivers; nothing here may depend on them but for this list.
    for name in ("generator.pipeline", "generator.review.waivers"):
        import_module(name)
    return dict(sorted(REGISTRY.items()))


def _known(ids: Collection[str]) -> tuple[str, ...]:
    every = (*CHANGES, *_findings())
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
        yield _findings()[id_].summary
        yield f"{_SEVERITIES[_findings()[id_].severity]} {_CONSEQUENCES[_findings()[id_].consequence]}"


def _verdict(change: ChangeRule) -> str:
    request, response = _WORDS[change.request], _WORDS[change.response]
    verdicts = request if request == response else f"{request} in a request, {response} in an answer"
    return f"{verdicts}; values that are tried on both sides decide" if change.witnessed else verdicts


def _row(change: ChangeRule) -> str:
    verdicts = ("values decide" if change.witnessed else _WORDS[one] for one in (change.request, change.response))
    return f"| [`{change.id}`](#{change.id}) | {' | '.join(verdicts)} | {_cell(change.summary)} |\n"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
