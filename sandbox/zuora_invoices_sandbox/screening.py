"""What is wrong with a document that the client's own check does not see, as it serves Python and not JSON.

It takes the Python names of fields, and strings for numbers. And what it does about each unknown field, and with each
number, is too dear for a body that is made of nothing else.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from decimal import Decimal
from types import NoneType
from typing import TYPE_CHECKING, Final

from .fields import fields_of
from .findings import Finding
from .refusal import Category

if TYPE_CHECKING:
    from zuora_invoices._runtime.model import RequestModel

    from .fields import Fields, Path
    from .records import Json

DIGITS: Final = 64
"""So many digits a number may have before its decimal point, and so many after it, written without an exponent."""

_KEPT: Final = 1000  # findings
_RESEMBLING: Final = 100  # characters of a name that may resemble another
_MOST_ALIKE: Final = 1000
_WIDEST: Final = 100  # fields
_ALIKE: Final[dict[tuple[type, tuple[str, ...], tuple[type, ...]], tuple[str, ...]]] = {}
"""Model, names of fields and types of their values -> the names of those that are to be looked at. Most objects are
like others; names can be anything, so that not all are kept."""
_BEYOND: Final = 10**DIGITS
_LONGEST: Final = 2 * DIGITS + 8  # characters of a number within bounds: its digits, sign, point, a short exponent
_TOO_LONG: Final = f"must have at most {DIGITS} digits before and {DIGITS} after the decimal point"


@dataclass(slots=True)
class Screening:
    """What was found; `unlisted` is how many more findings there were than are kept."""

    findings: list[Finding] = field(default_factory=list)
    unlisted: int = 0
    unknown: bool = False
    """Whether there are fields that the models do not declare."""
    unsure: bool = False
    """Whether something may be wrong that is not looked at here: fields that need a newer version, too long arrays."""

    def screen(self, model: type[RequestModel], document: Json, path: Path = ()) -> None:
        """Look at an object and at all that is in it; what is no object is not looked at."""
        if isinstance(document, dict):
            self._screen(model, document, path)

    def _screen(self, model: type[RequestModel], document: dict[str, Json], path: Path) -> None:
        fields = fields_of(model)
        for name in _doubtful(model, document):
            value = document[name]
            if name in fields.newer:
                self.unsure = True
            elif name in fields.numbers and type(value) is Decimal and is_bounded(value):  # which most are
                continue
            if name not in fields.names and name not in fields:
                self.unknown = True
                # The suggestion is the dear part.
                kept = len(self.findings) < _KEPT
                self._found((*path, name), Category.UNKNOWN_FIELD, _suggested(model, name) if kept else "")
            elif isinstance(value, str):
                if name in fields.numbers:
                    self._found((*path, name), Category.INVALID, "must be a number")
            elif isinstance(value, list | dict):
                inner = fields.inner.get(name)
                if inner is None:
                    self._screen_any(value, (*path, name))
                elif isinstance(value, dict):
                    self._screen(inner, value, (*path, name))
                else:
                    # What is beyond the limit makes the array unfit as a whole.
                    within = value[: fields.most.get(name)]
                    self.unsure |= len(within) < len(value)
                    for place, element in enumerate(within):
                        if isinstance(element, dict):
                            self._screen(inner, element, (*path, name, place))
            elif not is_bounded(value):
                self._found((*path, name), Category.INVALID, _TOO_LONG)

    def _screen_any(self, value: Json, path: Path) -> None:
        """Look at the numbers of a value of any shape, however deep."""
        rest: list[tuple[Json, Path]] = [(value, path)]
        while rest:
            one, at = rest.pop()
            if isinstance(one, dict):
                rest.extend((member, (*at, name)) for name, member in one.items())
            elif isinstance(one, list):
                rest.extend((element, (*at, place)) for place, element in enumerate(one))
            elif not is_bounded(one):
                self._found(at, Category.INVALID, _TOO_LONG)

    def _found(self, path: Path, category: Category, message: str) -> None:
        if len(self.findings) < _KEPT:
            self.findings.append(Finding(path, category, message))
        else:
            self.unlisted += 1


def _doubtful(model: type[RequestModel], document: dict[str, Json]) -> tuple[str, ...]:
    """The names of fields that are to be looked at; what the others hold cannot be wrong by what is looked at here."""
    names, kinds = tuple(document), tuple(map(type, document.values()))
    if (found := _ALIKE.get((model, names, kinds))) is None:
        fields = fields_of(model)
        found = tuple(name for name, kind in zip(names, kinds, strict=True) if not _is_plain(fields, name, kind))
        if len(_ALIKE) < _MOST_ALIKE and len(names) <= _WIDEST and all(len(name) <= _RESEMBLING for name in names):
            _ALIKE[model, names, kinds] = found
    return found


def _is_plain(fields: Fields, name: str, kind: type) -> bool:
    if name in fields.newer or name not in fields:
        return False
    return kind in (bool, NoneType) or (kind is str and name not in fields.numbers)


def _suggested(model: type[RequestModel], name: str) -> str:
    """What is wrong with a field that is not declared: a clause, with the name that was perhaps meant."""
    names = fields_of(model).names
    close = [wire_name for wire_name, python_name in names.items() if name == python_name]
    if not close and len(name) <= _RESEMBLING:
        close = difflib.get_close_matches(name, names, n=1)
    return f"is not a field here; did you mean {close[0]}?" if close else "is not a field here"


def known(model: type[RequestModel], document: Json) -> Json:
    """A copy of a document without the fields that the models do not declare."""
    if isinstance(document, list):
        return [known(model, element) for element in document]
    if not isinstance(document, dict):
        return document
    fields = fields_of(model)
    return {
        name: known(fields.inner[name], value) if name in fields.inner else value
        for name, value in document.items()
        if name in fields
    }


def is_bounded(value: Json) -> bool:
    """Whether a value, if it is a number, is one that can be reckoned with and written out at little cost."""
    if isinstance(value, int):
        return -_BEYOND < value < _BEYOND
    if not isinstance(value, Decimal):
        return True
    # The place of the first digit, then the length, as looking at the digits is dear where there are many.
    if not -DIGITS <= value.adjusted() < DIGITS or len(text := str(value)) > _LONGEST:
        return False
    if len(text) <= DIGITS and "E" not in text:
        return True
    last = value.as_tuple().exponent
    return isinstance(last, int) and last >= -DIGITS
