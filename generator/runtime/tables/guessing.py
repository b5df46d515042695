"""A first mapping for a table, guessed from its headers, its first lines, and what the model says of its fields."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from .cells import Formats, reader
from .fields import Type, leaves, model_of
from .forms import Form
from .paths import EACH, spelled
from .rows import CellError, own, text_of
from .texts import docs_of, likeness, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import BaseModel

    from ..values import Json
    from .fields import Leaf
    from .paths import Steps
    from .rows import Cell, Row, Table

_SAMPLE: Final = 500  # lines that are looked at
_ENOUGH: Final = 0.7  # of likeness, for a guess
_FITTING: Final = 0.1  # for cells that can be such values
_DEPTH: Final = 0.03  # for each object that a value is in
_OTHERS: Final = 3  # paths that are as likely
_NUMBERS: Final = ((".", None), (",", None), (".", ","), (",", "."), (",", " "), (".", " "), (".", "'"))
_ISO: Final = "yyyy-mm-dd"
_DATES: Final = (
    *("dd.mm.yyyy", "dd/mm/yyyy", "mm/dd/yyyy", "dd-mm-yyyy", "yyyy/mm/dd", "yyyymmdd"),
    *("dd.mm.yy", "dd/mm/yy", "mm/dd/yy"),
)
_CLOCKS: Final = (" hh:mm", " hh:mm:ss", " h:mm am/pm", " h:mm:ss am/pm", "")
_YES: Final = ("yes", "y", "1", "on", "x", "true")
_NAME: Final = re.compile(r"[\w/-]+")
_NO: Final = ("no", "n", "0", "off", "false")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column may be: where its values go, how they are written, and what is to be looked at."""

    header: str
    leaf: Leaf
    formats: Formats
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guesses:
    """What a table may be."""

    columns: tuple[Guess, ...]
    numbers: tuple[str, str | None]
    group: str | None
    anywhere: bool
    """Whether lines of a group stand apart."""
    reference: str | None
    ignored: tuple[str, ...]
    missing: tuple[Steps, ...]
    """The required fields that no column is for."""


def guess(table: Table, model: type[BaseModel]) -> Guesses:
    """Guess; the first lines of the table are looked at."""
    with closing(table.rows()) as lines:
        rows = list(islice(lines, _SAMPLE))
    headers = table.headers or own(dict.fromkeys(header for row in rows for header in row.cells))
    cells = {header: [row.cells[header] for row in rows if header in row.cells] for header in headers}
    known = leaves(model)
    numbers = _numbers(cells)
    chosen: dict[str, tuple[float, int]] = {}
    others: dict[str, list[str]] = {}
    for score, header, place in sorted(
        _scores(model, known, cells, numbers), key=lambda one: (-one[0], one[2], one[1])
    ):
        if header not in chosen and all(place != other for _, other in chosen.values()):
            chosen[header] = score, place
        elif header in chosen and score >= chosen[header][0]:
            others.setdefault(header, []).append(f"or {spelled(known[place].steps)}")
    columns = []
    for header in filter(chosen.__contains__, headers):
        leaf = known[chosen[header][1]]
        formats, doubts = _formats(leaf.type, cells[header], numbers)
        columns.append(Guess(header, leaf, formats, (*others.get(header, [])[:_OTHERS], *doubts)))
    group, anywhere = _group(rows, columns, headers)
    reference = None if group else _unique(rows, columns, headers)
    return Guesses(
        tuple(columns),
        numbers,
        group,
        anywhere,
        reference,
        tuple(header for header in headers if header not in chosen and header not in (group, reference)),
        tuple(_missing(known, [one.leaf.steps for one in columns])),
    )


def _scores(
    model: type[BaseModel],
    known: Sequence[Leaf],
    cells: Mapping[str, Sequence[Cell]],
    numbers: tuple[str, str | None],
) -> Iterator[tuple[float, str, int]]:
    """How well headers fit values, for those that fit well enough."""
    for place, leaf in enumerate(known):
        text = words(text_on(model, leaf))
        name, around = words(leaf.way[-1].name), tuple(word for one in leaf.way[:-1] for word in words(one.name))
        for header, found in cells.items():
            score = likeness(words(header), name, around, text) - _DEPTH * (len(leaf.way) - 1)
            if score > _ENOUGH - _FITTING:
                score += _FITTING * _fits(leaf.type, found, numbers)
            if score >= _ENOUGH:
                yield score, header, place


def text_on(model: type[BaseModel], leaf: Leaf) -> str:
    """What the description says of a value."""
    *around, field = leaf.way
    holder = model_of(around[-1]) if around else model
    return docs_of(holder).get(field.attribute, "") if holder is not None else ""


def _fits(kind: Type, cells: Sequence[Cell], numbers: tuple[str, str | None]) -> int:
    """Whether most cells can be such a value: 1 or -1; 0 where that says nothing."""
    if kind.kind in ("text", "any", "choice") or not cells:
        return 0
    formats, _ = _formats(kind, cells, numbers)
    return 1 if _readable(kind, cells, formats) * 2 > len(cells) else -1


def _readable(kind: Type, cells: Sequence[Cell], formats: Formats) -> int:
    """How many cells can be read."""
    read = reader(kind, formats)

    def is_read(cell: Cell) -> bool:
        try:
            read(cell)
        except CellError:
            return False
        return True

    return sum(map(is_read, cells))


def _numbers(cells: Mapping[str, Sequence[Cell]]) -> tuple[str, str | None]:
    """How numbers are written: the first way in which most cells are numbers."""
    every = [cell for found in cells.values() for cell in found]
    return max(_NUMBERS, key=lambda way: _readable(Type("number"), every, Formats(*way)))


def _formats(kind: Type, cells: Sequence[Cell], numbers: tuple[str, str | None]) -> tuple[Formats, tuple[str, ...]]:
    """How the cells of a column are written, and what is to be looked at."""
    ways = [Formats(*numbers)]
    if kind.kind == "date":
        ways += [replace(ways[0], date=Form(day)) for day in _DATES]
    elif kind.kind == "time":
        ways += [replace(ways[0], time=Form(day + clock)) for day in (_ISO, *_DATES) for clock in _CLOCKS]
    elif kind.kind in ("boolean", "enum"):
        ways += [replace(ways[0], values=_values(kind, {text_of(cell).strip() for cell in cells}))]
    counts = [_readable(kind, cells, way) for way in ways]
    best = max(counts)
    fitting = [way for way, count in zip(ways, counts, strict=True) if count == best]
    doubts = [] if best == len(cells) else ["not all cells of the first lines can be read"]
    texts = [form.text for way in fitting[1:] if (form := way.date or way.time) is not None]
    if best and texts:
        doubts.insert(0, f"or {texts[0]}: the first lines do not say which")
    return fitting[0], tuple(doubts)


def _values(kind: Type, texts: set[str]) -> dict[str, Json]:
    """What words may mean."""
    if kind.kind == "enum":
        known = {value.casefold(): value for value in kind.values if isinstance(value, str)}
        return {text: known[text.casefold()] for text in sorted(texts) if known.get(text.casefold(), text) != text}
    return {text: text.casefold() in _YES for text in sorted(texts) if text.casefold() in (*_YES, *_NO)}


def _group(rows: Sequence[Row], columns: Sequence[Guess], headers: Sequence[str]) -> tuple[str | None, bool]:
    """The column by which lines belong together, the finest that fits, and whether they may be anywhere in the file."""
    whole = [one for one in columns if EACH not in one.leaf.steps]
    if not whole or len(whole) == len(columns):
        return None, False
    unfit = {one.header for one in columns if one not in whole or one.leaf.type.kind != "text"}
    found: dict[tuple[bool, str], int] = {}
    for header in headers:
        names = [text_of(row.cells.get(header)).strip() for row in rows]
        heads = dict(zip(reversed(names), reversed(rows), strict=True))
        if header in unfit or not all(names) or len(heads) == len(names):
            continue
        starts = sum(not place or names[place - 1] != name for place, name in enumerate(names))
        if all(
            row.cells.get(one.header) in (None, heads[name].cells.get(one.header))
            for row, name in zip(rows, names, strict=True)
            for one in whole
        ):
            found[starts == len(heads), header] = len(heads)
    if not found:
        return None, False
    together, header = max(found, key=lambda one: (one[0], found[one]))
    return header, not together


def _unique(rows: Sequence[Row], columns: Sequence[Guess], headers: Sequence[str]) -> str | None:
    """The first column that names each line: it says something else in each, and nothing like an amount or a day."""
    unfit = {one.header for one in columns if one.leaf.type.kind != "text"}
    for header in headers:
        names = [text_of(row.cells.get(header)).strip() for row in rows]
        if (
            header not in unfit
            and len(names) > 1
            and len(set(names)) == len(names)
            and all(map(_NAME.fullmatch, names))
        ):
            return header
    return None


def _missing(known: Sequence[Leaf], given: Sequence[Steps]) -> Iterator[Steps]:
    """Required fields of the element, and of objects of which something is given."""
    for steps, way, _ in known:
        holders = [one[: len(steps) - 1] for one in given]
        if way[-1].required and steps not in given and (all(one.required for one in way) or steps[:-1] in holders):
            yield steps
