"""A first mapping for a table, guessed from its headers, its first lines, and what the model says of its fields."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from .cells import Formats, reader
from .fields import Type, leaves, model_of
from .forms import Form
from .paths import EACH
from .rows import CellError, own, text_of
from .texts import docs_of, likeness, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import BaseModel

    from ..values import Json
    from .fields import Field
    from .paths import Steps
    from .rows import Cell, Row, Table

_SAMPLE: Final = 500  # lines that are looked at
_ENOUGH: Final = 0.7  # of likeness, for a guess
_FITTING: Final = 0.1  # for cells that can be such values
_NUMBERS: Final = ((".", None), (",", None), (".", ","), (",", "."), (",", " "), (".", " "), (".", "'"))
_DATES: Final = (
    *("yyyy-mm-dd", "dd.mm.yyyy", "dd/mm/yyyy", "mm/dd/yyyy", "dd-mm-yyyy", "yyyy/mm/dd", "yyyymmdd"),
    *("dd.mm.yy", "dd/mm/yy", "mm/dd/yy"),
)
_CLOCKS: Final = ("", " hh:mm:ss", " hh:mm", " h:mm:ss am/pm", " h:mm am/pm")
_YES: Final = ("yes", "y", "1", "on", "x", "true")
_NO: Final = ("no", "n", "0", "off", "", "false")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column may be: steps to its value, the fields on the way, how it is written, and what else it may be."""

    header: str
    steps: Steps
    way: tuple[Field, ...]
    formats: Formats
    doubts: tuple[str, ...] = ()
    others: tuple[Steps, ...] = ()

    @property
    def field(self) -> Field:
        """The field that the column is for."""
        return self.way[-1]


@dataclass(frozen=True, slots=True)
class Guesses:
    """What a table may be."""

    columns: tuple[Guess, ...]
    numbers: tuple[str, str | None]
    group: str | None
    reference: str | None
    ignored: tuple[str, ...]
    missing: tuple[Steps, ...]
    """The required fields that no column is for."""


def guess(table: Table, model: type[BaseModel]) -> Guesses:
    """Guess; the first lines of the table are looked at."""
    rows = list(islice(table.rows(), _SAMPLE))
    headers = table.headers or own(dict.fromkeys(header for row in rows for header in row.cells))
    cells = {header: [row.cells[header] for row in rows if header in row.cells] for header in headers}
    known = leaves(model)
    numbers = _numbers(cells)
    scores = sorted(_scores(model, known, cells, numbers), key=lambda one: (-one[0], one[2], one[1]))
    chosen: dict[str, int] = {}
    others: dict[str, list[int]] = {}
    for score, header, place in scores:
        if header not in chosen and place not in chosen.values():
            chosen[header] = place
        elif header in chosen and score > 0.95 * next(one for one, name, _ in scores if name == header):
            others.setdefault(header, []).append(place)
    columns = tuple(
        Guess(
            header,
            *known[place],
            *_formats(known[place][1][-1], cells[header], numbers),
            tuple(known[one][0] for one in others.get(header, [])[:3]),
        )
        for header, place in sorted(chosen.items(), key=lambda one: headers.index(one[0]))
    )
    group = _group(rows, columns, headers)
    return Guesses(
        columns,
        numbers,
        group,
        None if group else _unique(rows, headers),
        tuple(header for header in headers if header not in chosen),
        tuple(_missing(known, [one.steps for one in columns])),
    )


def _scores(
    model: type[BaseModel],
    known: Sequence[tuple[Steps, tuple[Field, ...]]],
    cells: Mapping[str, Sequence[Cell]],
    numbers: tuple[str, str | None],
) -> Iterator[tuple[float, str, int]]:
    for place, (_, way) in enumerate(known):
        holder = model_of(way[-2]) if len(way) > 1 else model
        text = docs_of(holder).get(way[-1].attribute, "") if holder is not None else ""
        around = tuple(word for one in way[:-1] for word in words(one.name))
        for header, found in cells.items():
            score = likeness(words(header), words(way[-1].name), around, words(text)) - 0.03 * (len(way) - 1)
            if score > _ENOUGH - _FITTING and (score := score + _FITTING * _fits(way[-1], found, numbers)) >= _ENOUGH:
                yield score, header, place


def _fits(field: Field, cells: Sequence[Cell], numbers: tuple[str, str | None]) -> int:
    """Whether most cells can be such a value: 1 or -1; 0 where that says nothing."""
    if field.type.kind in ("text", "any", "choice") or not cells:
        return 0
    formats, _ = _formats(field, cells, numbers)
    return 1 if _readable(field.type, cells, formats) * 2 > len(cells) else -1


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

    def count(way: tuple[str, str | None]) -> int:
        return _readable(Type("number"), every, Formats(*way))

    return max(_NUMBERS, key=count)


def _formats(field: Field, cells: Sequence[Cell], numbers: tuple[str, str | None]) -> tuple[Formats, tuple[str, ...]]:
    """How the cells of a column are written, and what is to be looked at."""
    kind, base = field.type.kind, Formats(*numbers)
    if kind in ("date", "time"):
        clocks = _CLOCKS if kind == "time" else _CLOCKS[:1]
        forms = [Form(day + clock) for day in _DATES for clock in clocks]
        ways = [replace(base, date=form) if kind == "date" else replace(base, time=form) for form in forms]
        ways = [base, *ways] if kind == "time" else ways
        counts = [_readable(field.type, cells, way) for way in ways]
        fitting = [way for way, count in zip(ways, counts, strict=True) if count == max(counts)]
        texts = [form.text for way in fitting[1:] if (form := way.date or way.time) is not None]
        doubts = [f"or {texts[0]}: the first lines do not say which"] if texts else []
        doubts += ["not all cells of the first lines can be read"] if max(counts) < len(cells) else []
        return fitting[0], tuple(doubts)
    if kind in ("boolean", "enum"):
        values = _values(field, {text_of(cell).strip() for cell in cells})
        base = Formats(*numbers, values=values or None)
    count = _readable(field.type, cells, base)
    doubts = () if count == len(cells) else ("not all cells of the first lines can be read",)
    return base, doubts


def _values(field: Field, texts: set[str]) -> dict[str, Json]:
    """What words may mean."""
    if field.type.kind == "enum":
        known = {value.casefold(): value for value in field.type.values if isinstance(value, str)}
        return {
            text: known[text.casefold()]
            for text in sorted(texts)
            if text.casefold() in known and text not in map(str, known.values())
        }
    found: dict[str, Json] = {
        text: text.casefold() in _YES for text in sorted(texts) if text.casefold() in (*_YES, *_NO)
    }
    return {} if all(text.casefold() in ("true", "false", "") for text in found) else found


def _group(rows: Sequence[Row], columns: Sequence[Guess], headers: Sequence[str]) -> str | None:
    """The column by which lines belong together: the finest one that fits."""
    if all(EACH not in one.steps for one in columns):
        return None
    same = [one.header for one in columns if EACH not in one.steps]
    each = [one.header for one in columns if EACH in one.steps]
    found: dict[str, int] = {}
    for header in headers:
        names = [text_of(row.cells.get(header)).strip() for row in rows]
        starts = [place for place, name in enumerate(names) if not place or names[place - 1] != name]
        if (
            header in each
            or not all(names)
            or len({names[one] for one in starts}) < len(starts)
            or len(starts) == len(names)
        ):
            continue
        heads = {names[one]: rows[one] for one in starts}
        if all(
            row.cells.get(other) in (None, heads[name].cells.get(other))
            for row, name in zip(rows, names, strict=True)
            for other in same
        ):
            found[header] = len(starts)
    return max(found, key=lambda header: found[header], default=None)


def _unique(rows: Sequence[Row], headers: Sequence[str]) -> str | None:
    """The first column that says something else in each line."""
    for header in headers:
        names = [text_of(row.cells.get(header)).strip() for row in rows]
        if names and all(names) and len(set(names)) == len(names):
            return header
    return None


def _missing(known: Sequence[tuple[Steps, tuple[Field, ...]]], given: Sequence[Steps]) -> Iterator[Steps]:
    """Required fields of the element, and of objects of which something is given."""
    for steps, way in known:
        holders = [one[: len(steps) - 1] for one in given]
        if way[-1].required and steps not in given and (all(one.required for one in way) or steps[:-1] in holders):
            yield steps
