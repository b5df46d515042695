"""Text of a command line as a value of a type: as it is where a string is meant, else as JSON, every number exact."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..codec import NotJsonError, decode
from ..tables.fields import Type, member, type_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ANY: Final = Type("any")
_WORDS: Final[Mapping[str, str]] = {
    "text": "TEXT",
    "date": "YYYY-MM-DD",
    "time": "TIME",
    "boolean": "true|false",
    "integer": "INTEGER",
    "number": "NUMBER",
    "other": "FILE",
    "enum": "TEXT",
}
_SHOWN: Final = 60  # characters of a list of choices


def from_text(text: str, kind: Type) -> object:
    """A text as a value of a type; what is none of it comes back as it is, for the check of the call to judge."""
    options = _options(kind)
    kinds = {one.kind for one in options}
    if kinds == {"other"}:
        return Path(text)
    if kinds & {"text", "date", "time"} or any(text in one.values for one in options):
        return text
    try:
        return decode(text)
    except NotJsonError:
        return text


def word(kind: Type) -> str:
    """What a value of a type is, in a word or by its choices, for a usage line."""
    options = _options(kind)
    choices = "|".join(str(value) for one in options for value in one.values)
    if 0 < len(choices) <= _SHOWN and choices.isprintable():
        return choices
    words = [_WORDS.get(one.kind, "JSON") for one in options]
    return " or ".join(dict.fromkeys(words)) if "JSON" not in words else "JSON"


def inside(form: Any, steps: Sequence[str | int]) -> Type:  # Any: a type form
    """The type of what is some steps inside of a value; of what nobody described any."""
    kind = type_of(form)
    for step in steps:
        kind = member(kind, step) or _ANY
    return kind


def _options(kind: Type) -> tuple[Type, ...]:
    return kind.inner if kind.kind == "choice" else (kind,)
