"""A review as the comment of a pull request: the verdict, a table of what breaks, and the rest folded."""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING, Final

from generator.diagnostics import Severity, has_errors
from generator.review.change import Level, Wire
from generator.review.forms import wording
from generator.review.forms.fitting import Section, fit
from generator.review.forms.markup import code, narrow_code, phrase, text
from generator.review.forms.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from generator.diagnostics import Diagnostic
    from generator.review.change import Change, Review, SymbolChange, Use, Waiver
    from generator.review.forms.wording import Felt

MARKER: Final = "<!-- spec-review -->"
"""The first line, by which the comment is found and written anew. Nothing else in the text can look like it."""

LIMIT: Final = 65_000
"""In bytes. GitHub takes 65,536 characters; a little is left for whoever adds a line."""

_SHOWN: Final = 3
"""How many operations and symbols a row of a table lists."""
_ALL: Final = 100
"""The same for a break in full, which one line too many would keep out altogether."""
_WAYS: Final = 10
_SENTENCE, _NAME = 400, 160
"""How many characters of a text, and of a name, a path or a value, are shown."""
_RESERVED: Final = 5_000
"""In bytes, for what stands around the changes: neither can take the other's room."""

_TABLE: Final = ("| what | on the wire | in Python | where | who feels it |", "|---|---|---|---|---|")


def as_markdown(review: Review) -> str:
    """The comment, at most 65,000 bytes.

    Texts of the description show as they are: they mention nobody, link to nothing, and neither fold, close nor forge
    anything. A row shows the first operations and symbols of a change; those of breaks follow in full. The same review
    gives the same bytes.
    """
    opening = "\n".join([MARKER, f"### {text(wording.verdict(review), _SENTENCE)}", "", _outcome(review)])
    return fit(opening, [one for one in _sections(review) if one.count], _closing(review), LIMIT)


def _outcome(review: Review) -> str:
    said, colon, why = wording.outcome(review).partition(":")
    return f"**{text(said, _SENTENCE)}**{colon} {text(why, _SENTENCE)}"


def _sections(review: Review) -> Iterator[Section]:
    """In the order in which they are read: first what keeps it from landing."""
    breaking, compatible, docs = (wording.of_level(review, level) for level in Level)
    yield Section("", map(_row, breaking), len(breaking), "breaking change", _TABLE, folded=False)
    title = "What breaks, in full: every operation and symbol, and the pointers for waivers"
    yield Section(title, map(_in_full, breaking), len(breaking), "break")
    yield _diagnosed("Waivers that are wrong", review.problems)
    checked = _diagnosed("Validation of the head", review.findings)
    if checked.open:
        yield checked
    title = f"{wording.TITLES[Level.MINOR]}: {counted(len(compatible), 'change')}"
    yield Section(title, map(_row, compatible), len(compatible), "compatible change", _TABLE)
    title = f"{wording.TITLES[Level.PATCH]}: {counted(len(docs), 'change')}"
    yield Section(title, map(_docs, docs), len(docs), "change")
    if review.versions.level is not None and review.versions.explanation:
        title, row = text(wording.versions(review), _SENTENCE), f"- {_sentence(review.versions.explanation)}"
        yield Section(title, [row], 1, "line", reserved=_RESERVED)
    used = wording.waivers(review)
    yield Section(f"Waivers used: {len(used):,}", starmap(_waiver, used), len(used), "waiver", reserved=_RESERVED)
    if not checked.open:
        yield checked
    drift, sizes, notes = review.drift or (), review.generated or (), review.notes
    rows = (f"- {code(file, _NAME)}" for file in drift)
    yield Section(wording.drift(review), rows, len(drift), "file", reserved=_RESERVED)
    rows = (f"- {code(one.path, _NAME)} {wording.lines(one.added, one.removed)}" for one in sizes)
    yield Section(wording.generated(review), rows, len(sizes), "file")
    rows = (f"- {_sentence(note)}" for note in notes)
    yield Section(f"Not looked at: {len(notes):,}", rows, len(notes), "note", reserved=_RESERVED)


def _closing(review: Review) -> str:
    """What has nothing to unfold, in small print."""
    facts = [] if review.findings else [f"Validation of the head: {wording.findings(review.findings)}"]
    facts += [] if review.drift else [wording.drift(review)]
    facts += [] if review.generated else [wording.generated(review)]
    compared = f"Compared: {code(review.base, _NAME)} with {code(review.head, _NAME)}"
    return f"<sub>{' · '.join((*facts, compared))}</sub>"


def _row(change: Change) -> str:
    """A row of a table of changes."""
    what = [_sentence(change.message), code(change.rule, _NAME)]
    if change.evidence is not None:
        value = code(wording.payload(change.evidence.value, _NAME), _NAME)
        what.append(f"{value} {text(wording.disagreement(change), _SENTENCE)}")
    if change.waiver is not None:
        what.append(f"*{text(wording.waived(change.waiver), _SENTENCE)}*")
    wire, python = wording.wire(change), wording.python(change)
    symbols, more = wording.symbols(change, _SHOWN)
    seen = [f"**{python}**" if change.python is Level.MAJOR else python]
    seen += [phrase(wording.symbol(one), _SENTENCE, narrow_code) for one in symbols] + _more(more, "symbol")
    felt, more = wording.uses(change, _SHOWN)
    cells = (
        "<br>".join(what),
        f"**{wire}**" if change.wire is Wire.BREAKING else wire,
        "<br>".join(seen),
        _where(change, narrow_code),
        "<br>".join([*(_operation(one, 1, narrow_code) for one in felt), *_more(more, "operation")]),
    )
    return f"| {' | '.join(cells)} |"


def _in_full(change: Change) -> str:
    """A break with every operation and symbol, and with the pointer that a waiver needs."""
    symbols, symbols_left = wording.symbols(change, _ALL)
    felt, felt_left = wording.uses(change, _ALL)
    lines = [f"- {code(change.rule, _NAME)} {_where(change)}"]
    if pointer := wording.pointer(change):
        lines.append(f"pointer {code(pointer, _SENTENCE)}")
    lines += [f"in Python {_symbol(one)}" for one in symbols] + _more(symbols_left, "symbol")
    lines += [_operation(one, _WAYS) for one in felt] + _more(felt_left, "operation")
    return "\n  - ".join(lines)


def _docs(change: Change) -> str:
    symbols, more = wording.symbols(change, _SHOWN)
    seen = [_symbol(one) for one in symbols] + _more(more, "symbol")
    in_python = f"; in Python {', '.join(seen)}" if seen else ""
    return f"- {code(change.rule, _NAME)} {_where(change)} {_sentence(change.message)}{in_python}"


def _where(change: Change, code: Callable[[str, int], str] = code) -> str:
    if change.place is None:
        return ""
    return code(str(change.place.location), _NAME) + (" in the base" if change.after is None else "")


def _operation(felt: Felt, most: int, code: Callable[[str, int], str] = code) -> str:
    """An operation, and the first ways to the change in it."""
    ways = [way for use in felt.uses[:most] if (way := _way(use, code))]
    more = len(felt.uses) - most
    left = f" and {counted(more, 'more place')}" if more > 0 else ""
    return f"{code(felt.operation, _NAME)} {', '.join(ways)}".rstrip() + left


def _way(use: Use, code: Callable[[str, int], str]) -> str:
    return " ".join([*([text(use.part, _NAME)] if use.part else []), *([code(use.path, _NAME)] if use.path else [])])


def _waiver(one: Waiver, times: int) -> str:
    what = f"{counted(times, 'break')} by {code(one.rule, _NAME)} at {code(one.pointer, _NAME)}"
    return f"- {code(str(one.location), _NAME)} {what}, {text(wording.waived(one), _SENTENCE)}"


def _diagnosed(title: str, found: Sequence[Diagnostic]) -> Section:
    """Findings, the errors first; shown unfolded where there are some."""
    ordered = sorted(found, key=lambda one: one.severity is not Severity.ERROR)
    rows = (
        f"- {code(str(one.location), _NAME)} {one.severity} {code(one.rule, _NAME)}: {_sentence(one.message)}"
        for one in ordered
    )
    title = f"{title}: {wording.findings(found)}"
    return Section(title, rows, len(found), "finding", open=has_errors(found), reserved=_RESERVED)


def _sentence(words: str) -> str:
    return phrase(wording.phrase(words), _SENTENCE)


def _symbol(one: SymbolChange) -> str:
    return phrase(wording.symbol(one), _SENTENCE)


def _more(number: int, noun: str) -> list[str]:
    return [f"and {counted(number, f'more {noun}')}"] if number else []
