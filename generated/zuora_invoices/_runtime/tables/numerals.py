"""Numbers as people write them, with their own signs for decimals and thousands, to the exact number."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Final

from .faults import quoted
from .rows import CellError, Shown, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from .rows import Cell

_BLANKS: Final = " \u00a0\u202f"  # of all kinds that stand between thousands
_OTHER_WAYS: Final = ((",", None), (".", None), (",", "."), (".", ","), (",", " "), (".", " "), (".", "'"))
_SHEET: Final = Context(prec=400, rounding=ROUND_HALF_UP)  # as sheets round
_LOST: Final = re.compile(r"[+-]?[0-9.,]+[eE][+-]?[0-9]+")


def number_reader(decimal: str, thousands: str | None) -> Callable[[Cell], int | Decimal]:
    """What reads numbers written in one way, and in no other: no sign is guessed at. Raises CellError."""
    digits = _pattern(decimal, thousands)
    between = _BLANKS if thousands == " " else thousands or ""
    plain = str.maketrans({**dict.fromkeys(between, ""), decimal: "."})

    def read(cell: Cell) -> int | Decimal:
        if isinstance(cell, Shown):
            return as_shown(cell)
        if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
            return cell
        if not isinstance(cell, str) or digits.fullmatch(text := cell.strip()) is None:
            raise CellError(_no_number(text_of(cell).strip(), decimal, thousands))
        text = text.translate(plain)
        return Decimal(text) if "." in text else int(text)

    return read


def as_shown(cell: Shown) -> int | Decimal:
    """A number of a spreadsheet.

    Raises:
        CellError: it has more decimals than people see.
    """
    if cell.decimals is not None and isinstance(cell.number, Decimal):
        seen = cell.number.quantize(Decimal(1).scaleb(-cell.decimals), context=_SHEET)
        if seen != cell.number:
            raise CellError(f"holds {cell.number:f} and is shown as {seen:f}: round it to what is meant")
    return cell.number


def _pattern(decimal: str, thousands: str | None) -> re.Pattern[str]:
    """Numbers of no more digits than Python turns into an integer."""
    whole = "[0-9]{1,4000}"
    if thousands is not None:
        mark = f"[{_BLANKS}]" if thousands == " " else re.escape(thousands)
        whole = f"(?:[0-9]{{1,3}}(?:{mark}[0-9]{{3}}){{1,1000}}|{whole})"
    mark = re.escape(decimal)
    return re.compile(rf"[+-]?(?:{whole}(?:{mark}[0-9]{{1,4000}})?|{mark}[0-9]{{1,4000}})")


def _no_number(text: str, decimal: str, thousands: str | None) -> str:
    message = f"must be a number such as 1{thousands or ''}234{decimal}56, not {quoted(text)}"
    if _LOST.fullmatch(text):
        return f"{message}: digits are lost; show the column's numbers in full, and save the file again"
    for other, between in _OTHER_WAYS:
        if (other, between) != (decimal, thousands) and _pattern(other, between).fullmatch(text):
            also = "" if between is None else f' and thousands: "{between}"'
            return f'{message}; if that is right, the mapping must say decimal: "{other}"{also}'
    return message
