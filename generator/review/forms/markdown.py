"""A review as the comment of a pull request: the verdict, a table of what breaks, and the rest folded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from generator.diagnostics import Severity
from generator.review.change import Level, Wire
from generator.review.forms import headline, messages
from generator.review.forms.fitting import Block, fit
from generator.review.forms.markup import code, narrow_code, text, written
from generator.review.forms.payload import payload
from generator.review.forms.sections import sections, versions
from generator.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.review.change import Change, Review
    from generator.review.forms.messages import Felt
    from generator.review.forms.sections import Row, Section

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
    opening = "\n".join([MARKER, f"### {text(headline.verdict(review), _SENTENCE)}", "", _outcome(review)])
    blocks, facts = list[Block](), list[str]()
    for one in sections(review):
        if one.rows:
            blocks.append(_folded(one))
        else:
            facts.append(text(one.title, _SENTENCE))
    facts.append(f"Compared: {code(review.base, _NAME)} with {code(review.head, _NAME)}")
    closing = [_sentence(versions(review)), "", f"<sub>{' · '.join(facts)}</sub>"]
    # What keeps it from landing comes before what breaks nobody.
    first, rest = ([one for one in blocks if one.open is is_open] for is_open in (True, False))
    ordered = (*_breaking(review), *first, *_others(review), *rest)
    return fit(opening, [one for one in ordered if one.count], "\n".join(closing).lstrip(), LIMIT)


def _outcome(review: Review) -> str:
    verdict, colon, why = headline.outcome(review).partition(":")
    return f"**{text(verdict, _SENTENCE)}**{colon} {text(why, _SENTENCE)}"


def _breaking(review: Review) -> Iterator[Block]:
    breaking = messages.of_level(review, Level.MAJOR)
    yield Block("", map(partial(_row, review), breaking), len(breaking), "breaking change", _TABLE, folded=False)
    title = "What breaks, in full: pointers for waivers, and every operation and symbol"
    yield Block(title, map(_in_full, breaking), len(breaking), "break")


def _others(review: Review) -> Iterator[Block]:
    compatible, docs = (messages.of_level(review, level) for level in (Level.MINOR, Level.PATCH))
    title = f"{messages.TITLES[Level.MINOR]}: {counted(len(compatible), 'change')}"
    yield Block(title, map(partial(_row, review), compatible), len(compatible), "compatible change", _TABLE)
    title = f"{messages.TITLES[Level.PATCH]}: {counted(len(docs), 'change')}"
    yield Block(title, map(_docs, docs), len(docs), "change")


def _folded(section: Section) -> Block:
    rows = (f"- {_line(row)}" for row in section.rows)
    is_open = section.severity is Severity.ERROR
    return Block(
        text(section.title, _SENTENCE), rows, len(section.rows), section.noun, (), open=is_open, reserved=_RESERVED
    )


def _line(row: Row) -> str:
    place = [code(row.place, _NAME)] if row.place else []
    return ": ".join([*place, *(_sentence(one) for one in (row.label, row.text) if one)])


def _row(review: Review, change: Change) -> str:
    """A row of a table of changes."""
    what = [_sentence(change.message), code(change.rule, _NAME)]
    if change.evidence is not None:
        value = code(payload(change.evidence.value, _NAME), _NAME)
        what.append(f"{value} {text(messages.disagreement(change), _SENTENCE)}")
    if change.waiver is not None:
        what.append(f"*{text(messages.waived(change.waiver), _SENTENCE)}*")
    wire, python = messages.wire(change), messages.python(change, review)
    symbols, more = messages.symbols(change, _SHOWN)
    seen = [f"**{python}**" if change.python is Level.MAJOR else python]
    seen += [written(messages.spans(one.message), _SENTENCE, narrow_code) for one in symbols] + _more(more, "symbol")
    felt, more = messages.uses(change, _SHOWN)
    cells = (
        "<br>".join(what),
        f"**{wire}**" if change.wire is Wire.BREAKING else wire,
        "<br>".join(seen),
        _where(change, narrow_code),
        "<br>".join([*(_operation(one, 1, narrow_code) for one in felt), *_more(more, "operation")]),
    )
    return f"| {' | '.join(cells)} |"


def _in_full(change: Change) -> str:
    """A break with the pointer that a waiver needs, and all operations or symbols where its row leaves some out."""
    symbols, symbols_left = messages.symbols(change, _ALL)
    felt, felt_left = messages.uses(change, _ALL)
    lines = [f"- {code(change.rule, _NAME)} {_where(change)}"]
    if pointer := messages.pointer(change):
        lines.append(f"pointer {code(pointer, _SENTENCE)}")
    if messages.symbols(change, _SHOWN)[1]:
        lines += [f"in Python {_sentence(one.message)}" for one in symbols] + _more(symbols_left, "symbol")
    if messages.uses(change, _SHOWN)[1] or any(len(one.uses) > 1 for one in felt):
        lines += [_operation(one, _WAYS) for one in felt] + _more(felt_left, "operation")
    return "\n  - ".join(lines)


def _docs(change: Change) -> str:
    symbols, more = messages.symbols(change, _SHOWN)
    seen = [_sentence(one.message) for one in symbols] + _more(more, "symbol")
    in_python = f"; in Python {', '.join(seen)}" if seen else ""
    return f"- {code(change.rule, _NAME)} {_where(change)} {_sentence(change.message)}{in_python}"


def _where(change: Change, code: Callable[[str, int], str] = code) -> str:
    if change.place is None:
        return ""
    return code(str(change.place.location), _NAME) + (" in the base" if change.after is None else "")


def _operation(felt: Felt, most: int, code: Callable[[str, int], str] = code) -> str:
    """An operation, and the first ways to the change in it."""
    shown, more = felt.first(most)
    ways = list[str]()
    for part, paths in shown.ways:
        named = ", ".join(code(one, _NAME) for one in paths)
        ways.append(f"{text(part, _NAME)} {named}".strip())
    left = f" and {counted(more, 'more place')}" if more else ""
    return f"{code(felt.operation, _NAME)} {'; '.join(filter(None, ways))}".rstrip() + left


def _sentence(message: str) -> str:
    return written(messages.spans(message), _SENTENCE)


def _more(number: int, noun: str) -> list[str]:
    return [f"and {counted(number, f'more {noun}')}"] if number else []
