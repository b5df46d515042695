"""From a cell to the value on the wire: numbers exact, dates by their form, strings as they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from .faults import nearest, quoted
from .forms import Form
from .numerals import as_shown, number_reader
from .rows import Broken, Cell, CellError, Shown, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..values import Json, Timestamp
    from .fields import Type

_CACHED: Final = 2048  # texts of a column whose values are kept: days and times come again and again
_ISO_DATE: Final = Form("yyyy-mm-dd")
_MIDNIGHT: Final = time()
_MOST_DIGITS: Final = 4000


@dataclass(frozen=True, slots=True)
class Formats:
    """How cells of a column are written."""

    decimal: str = "."
    thousands: str | None = None
    """What stands between groups of three digits."""
    date: Form | None = None
    """Such as `dd.mm.yyyy`; without it `yyyy-mm-dd`."""
    time: Form | None = None
    """Such as `dd.mm.yyyy hh:mm`; without it `yyyy-mm-dd hh:mm:ss`, with or without an offset."""
    zone: tzinfo | None = None
    """Of times that have none in their cell, and need one on the wire."""
    values: Mapping[str, Json] | None = None
    """What is meant by a text; `None` for nothing at all. Others are read as ever."""


Read: TypeAlias = Callable[[Cell | None], "Json"]
"""Reads a cell; `None` is nothing. Raises CellError."""
_Reading: TypeAlias = Callable[[Cell], "Json"]


def reader(kind: Type, formats: Formats) -> Read:
    """What reads the cells of a column of a type."""
    read, values = _reading(kind, formats), formats.values

    def read_cell(cell: Cell | None) -> Json:
        if values is not None and (text := text_of(cell).strip()) in values:
            return values[text]
        if cell is None:
            return None
        if isinstance(cell, Broken):
            raise CellError(cell.message)
        if read is None:
            raise CellError("is for a value that no cell can hold")
        return read(cell)

    return read_cell


def _reading(kind: Type, formats: Formats) -> _Reading | None:
    """What reads cells with something in them; `None` if no cell can hold such a value."""
    of_formats = {"text": _text, "number": _number, "integer": _integer, "date": _date}
    if kind.kind in of_formats:
        return of_formats[kind.kind](formats)
    if kind.kind == "time":
        return _time(kind.timestamp, formats)
    if kind.kind == "enum":
        return _enum(kind.values)
    if kind.kind == "choice":
        return _choice(kind.inner, formats)
    return {"boolean": _boolean, "any": _any}.get(kind.kind)


def _text(formats: Formats) -> _Reading:
    def read(cell: Cell) -> Json:
        if isinstance(cell, str):
            return cell
        if isinstance(cell, Shown):
            if cell.text is None:
                raise CellError("is a number that is shown in a way of its own: make the column one of text")
            return cell.text
        if isinstance(cell, date):
            form = formats.time if isinstance(cell, datetime) and formats.time else formats.date
            if form is None:
                raise CellError('is a date, and text is needed: make the column one of text, or give a "format"')
            return form.show(cell)
        return text_of(cell)

    return read


def _number(formats: Formats) -> _Reading:
    return number_reader(formats.decimal, formats.thousands)


def _integer(formats: Formats) -> _Reading:
    number = number_reader(formats.decimal, formats.thousands)

    def read(cell: Cell) -> Json:
        found = number(cell)
        if isinstance(found, Decimal):
            if found.adjusted() > _MOST_DIGITS or found != found.to_integral_value():
                raise CellError("must be a whole number")
            return int(found)
        return found

    return read


def _boolean(cell: Cell) -> Json:
    text = text_of(cell).strip()
    if isinstance(cell, bool) or (isinstance(cell, str) and text.casefold() in ("true", "false")):
        return text.casefold() == "true"
    raise CellError(f'must be true or false, not {quoted(text)}; what other words mean, "values" of the column says')


def _enum(values: tuple[object, ...]) -> _Reading:
    listed = [value for value in values if isinstance(value, str | int | Decimal)]
    known: dict[str, Json] = {str(one).lower() if isinstance(one, bool) else str(one): one for one in listed}

    def read(cell: Cell) -> Json:
        text = text_of(cell).strip()
        found = text.casefold() if isinstance(cell, bool) else text
        if found not in known:
            words = ", ".join(known)
            raise CellError(f"must be {'one of ' * (len(known) > 1)}{words}, not {quoted(text)}{nearest(text, known)}")
        return known[found]

    return read


def _date(formats: Formats) -> _Reading:
    form = formats.date or _ISO_DATE
    read_text = lru_cache(_CACHED)(form.read)

    def read(cell: Cell) -> Json:
        if isinstance(cell, datetime):
            if cell.time() != _MIDNIGHT:
                raise CellError("holds a time of day, and is for days alone")
            return cell.date().isoformat()
        if isinstance(cell, date):
            return cell.isoformat()
        text = text_of(cell).strip()
        if not isinstance(cell, str) or (found := read_text(text)) is None:
            raise CellError(f"must be a date of the form {form.text}, not {quoted(text)}")
        return found.date().isoformat()

    return read


def _time(timestamp: Timestamp | None, formats: Formats) -> _Reading:
    form = formats.time.text if formats.time else "yyyy-mm-dd hh:mm:ss"
    read_text = lru_cache(_CACHED)(formats.time.read if formats.time else _iso_time)

    def read(cell: Cell) -> Json:
        text = text_of(cell).strip()
        if isinstance(cell, datetime):
            found: datetime | None = cell
        elif isinstance(cell, date):
            found = datetime(cell.year, cell.month, cell.day)
        else:
            found = read_text(text) if isinstance(cell, str) else None
        if found is None:
            raise CellError(f"must be a time of the form {form}, not {quoted(text)}")
        return _on_the_wire(found, timestamp, formats.zone)

    return read


def _iso_time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if len(text) > len("yyyy-mm-dd") else None
    except ValueError:
        return None


def _on_the_wire(found: datetime, timestamp: Timestamp | None, zone: tzinfo | None) -> str:
    if timestamp is None:
        return _placed(found, zone).isoformat()
    if found.tzinfo is not None:
        raise CellError("must be a time without an offset")
    return timestamp.write(found)


def _placed(found: datetime, zone: tzinfo | None) -> datetime:
    """A moment; local times that are none, or two, are nobody's guess."""
    if found.tzinfo is not None:
        return found
    if zone is None:
        raise CellError('must have an offset such as +01:00, or the mapping a "zone"')
    placed = found.replace(tzinfo=zone)
    if placed.utcoffset() != placed.replace(fold=1).utcoffset():
        raise CellError("is a time that a clock shows twice or never, as it is put forward or back: give its offset")
    return placed


def _any(cell: Cell) -> Json:
    """Text stays text: what it could be else, the mapping has to say by a type."""
    if isinstance(cell, Shown):
        return as_shown(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == _MIDNIGHT else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, bool | int | Decimal) else text_of(cell)


def _choice(options: tuple[Type, ...], formats: Formats) -> _Reading:
    """Strings where one of the options is that, else the first option that can be read."""
    if any(one.kind in ("text", "any") for one in options):
        return _any
    readers = [one for one in (_reading(option, formats) for option in options) if one is not None]

    def read(cell: Cell) -> Json:
        errors: list[str] = []
        for one in readers:
            try:
                return one(cell)
            except CellError as error:
                errors.append(str(error))
        raise CellError("; or ".join(errors))

    return read
