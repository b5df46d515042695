"""A mapping file for a table, to begin with: what was guessed, with comments, in a form that can be read as it is."""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING, Final

from .delimited import FOUND_OUT
from .guessing import guess, text_on
from .paths import spelled
from .texts import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from .guessing import Guess, Guesses
    from .rows import Table

_PLAIN: Final = re.compile(r"[^\W\d_][\w ./-]*(?<! )")
_WORDS: Final = frozenset(("y", "n", "yes", "no", "true", "false", "on", "off", "null"))
_KINDS: Final = {"integer": "whole number", "boolean": "true or false", "any": "anything", "choice": "of several kinds"}
_WIDTH: Final = 110


def draft_mapping(table: Table, model: type[BaseModel]) -> str:
    """A mapping file (YAML) for a table: guesses, to be looked through."""
    found = guess(table, model)
    return "\n".join(_lines(table, model, found)) + "\n"


def _lines(table: Table, model: type[BaseModel], found: Guesses) -> Iterator[str]:
    yield from _comment(
        f"How {table.name} becomes what is sent. Guessed from its headers and first lines: look it through."
    )
    layout = table.layout
    yield ""
    said = {"encoding": layout.encoding, "delimiter": layout.delimiter, "sheet": layout.sheet}
    if layout.format != "jsonl":
        yield "file:  # as it was found; another file is read in the same way"
        if layout.encoding in FOUND_OUT:
            yield f"  # encoding: {said.pop('encoding')}  # by default it is found out for each file"
        yield from (f"  {name}: {_text(text)}" for name, text in said.items() if text is not None)
        yield from [f"  header: {layout.header}"] if layout.header > 1 else []
        yield ""
    decimal, thousands = found.numbers
    yield "formats:  # of all columns; a column can have its own"
    yield f'  decimal: "{decimal}"'
    yield (
        f'  thousands: "{thousands}"'
        if thousands
        else '  # thousands: ","  # what stands between groups of three digits'
    )
    yield "  # date: dd.mm.yyyy  # by default yyyy-mm-dd"
    yield "  # time: dd.mm.yyyy hh:mm:ss"
    yield "  # zone: Europe/Berlin  # of times that need one and have none"
    yield ""
    yield "columns:"
    for one in found.columns:
        yield from _column(model, one)
    if not found.columns:
        yield "  # Nothing was found; such as"
        yield '  # Price: {path: lines.price, decimal: ","}'
    if found.ignored:
        yield ""
        yield from _comment(
            "Not sent, as nothing is known that is like them: move those that are to be sent to `columns`."
        )
        yield "ignore:"
        yield from (f"  - {_text(header)}" for header in found.ignored)
    yield ""
    yield from _comment(
        "What every element has, or every line of it, by its path."
        + " Required, and in no column:" * bool(found.missing)
    )
    constants = [f"  {_text(spelled(steps))}: ..." for steps in found.missing]
    yield from ("# constants:", *(f"# {line}" for line in constants))
    yield ""
    yield from _together(found)


def _column(model: type[BaseModel], one: Guess) -> Iterator[str]:
    kind = one.leaf.type
    words_of = f"one of {', '.join(map(str, kind.values))}" if kind.kind == "enum" else _KINDS.get(kind.kind, kind.kind)
    yield from _comment(f"{sentence(text_on(model, one.leaf))} ({words_of})".strip(), "  ")
    yield from (f"  # {doubt}" for doubt in one.doubts)
    parts = {"path": _text(spelled(one.leaf.steps))}
    form = one.formats.time or one.formats.date
    if form is not None:
        parts["format"] = _text(form.text)
    if one.formats.values:
        words_of = ", ".join(f"{_text(name)}: {_scalar(value)}" for name, value in one.formats.values.items())
        parts["values"] = f"{{{words_of}}}"
    said = parts["path"] if len(parts) == 1 else f"{{{', '.join(f'{key}: {value}' for key, value in parts.items())}}}"
    yield f"  {_text(one.header)}: {said}"


def _together(found: Guesses) -> Iterator[str]:
    yield from _comment(
        "The columns by which lines are one element; without them each line is one. `grouped: anywhere` if lines of "
        "one element do not follow each other."
    )
    yield f"group: [{_text(found.group)}]" if found.group else "# group: []"
    yield "grouped: anywhere" if found.anywhere else "# grouped: together"
    yield ""
    yield from _comment(
        "The column of your own id of an element, which must stand once in a file; by default the columns of the "
        "group, or the number of the line."
    )
    yield f"reference: {_text(found.reference)}" if found.reference else "# reference:"


def _comment(text: str, indent: str = "") -> Iterator[str]:
    printable = "".join(one if one.isprintable() else " " for one in text)
    yield from textwrap.wrap(printable, _WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ")


def _text(text: str) -> str:
    """A text as YAML; in quotes where other readers could take it for something else."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in quoted)


def _scalar(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else _text(value) if isinstance(value, str) else str(value)
