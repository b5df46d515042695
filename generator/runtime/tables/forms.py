"""Forms of dates and times as spreadsheets have them: `dd.mm.yyyy`, `m/d/yy h:mm AM/PM`, `yyyymmdd`."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

_PART: Final = re.compile(r"am/pm|yyyy|yy|dd?|mm?|hh?|ss|[^a-z]")
_NOON: Final = 12
_CENTURY: Final = 2000

_NAMES: Final = {"y": "year", "m": "month", "d": "day", "h": "hour", "M": "minute", "s": "second", "a": "half"}


class FormError(ValueError):
    """A text is no form of dates."""


class Form:
    """A form of dates, or of times; upper and lower case are the same, and `mm` after hours are minutes.

    What is read may leave out a zero in front, `1.3.2026`, unless digits stand side by side. `yy` is of this century.

    Raises:
        FormError: the text is no such form.
    """

    def __init__(self, text: str) -> None:
        self.text: Final = text
        self._parts: Final = _parts(text)
        pattern = "".join(self._pattern(place) for place in range(len(self._parts)))
        self._match: Final = re.compile(pattern, re.IGNORECASE).fullmatch
        self.has_time: Final = any(part[0] == "h" for part in self._parts)

    def _pattern(self, place: int) -> str:
        part = self._parts[place]
        if not part[0].isalpha():
            return re.escape(part)
        if part == "yyyy":
            digits = "[0-9]{4}"
        elif part == "yy":
            digits = "[0-9]{2}"
        elif part == "am/pm":
            digits = "[ap]m"
        else:
            beside = [*self._parts[max(place - 1, 0) : place], *self._parts[place + 1 : place + 2]]
            digits = "[0-9]{2}" if any(one[0].isalpha() for one in beside) else "[0-9]{1,2}"
        return f"(?P<{_NAMES[part[0]]}>{digits})"

    def read(self, text: str) -> datetime | None:
        """The day or time that a text shows in this form; `None` if it shows none."""
        found = self._match(text)
        if found is None:
            return None
        parts = found.groupdict()
        half = (parts.pop("half", None) or "").lower()
        numbers = {name: int(digits) for name, digits in parts.items()}
        if len(parts["year"]) == len("yy"):
            numbers["year"] += _CENTURY
        if half:
            if not 1 <= numbers["hour"] <= _NOON:
                return None
            numbers["hour"] = numbers["hour"] % _NOON + _NOON * (half == "pm")
        try:
            return datetime(**numbers)  # type: ignore[arg-type]  # a form has year, month and day, and no zone
        except ValueError:
            return None

    def show(self, value: date) -> str:
        """A day or a time in this form."""
        return "".join(_shown(part, value, self._parts) for part in self._parts)


def _parts(text: str) -> list[str]:
    """The parts of a form; minutes are `MM`."""
    found = _PART.findall(text.lower())
    letters = ""
    for place, part in enumerate(found):
        if part in ("mm", "m") and letters[-1:] == "h":
            found[place] = part.upper()
        if part[0].isalpha():
            letters += found[place][0]
    days = {"y", "m", "d"} <= set(letters) and len(set(letters)) == len(letters)
    if "".join(found).lower() != text.lower() or not days or ("h" not in letters and set(letters) - set("ymd")):
        raise FormError("must be a form of dates with year, month and day, such as dd.mm.yyyy or yyyy-mm-dd hh:mm")
    return found


def _shown(part: str, value: date, whole: list[str]) -> str:
    if not part[0].isalpha():
        return part
    clock = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    if part == "am/pm":
        return "PM" if clock.hour >= _NOON else "AM"
    number = getattr(clock, _NAMES[part[0]])
    if part[0] == "h" and "am/pm" in whole:
        number = (number - 1) % _NOON + 1
    if part[0] == "y":
        return f"{number:04}"[-len(part) :]
    return f"{number:0{len(part)}}"
