"""Text of a command line as a value of a type: as it is where a string is meant, else as JSON, every number exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NamedTuple, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel
from typing_extensions import TypeAliasType

from ..codec import NotJsonError, decode
from ..files import Upload
from ..groups import groups_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Step: TypeAlias = "str | int"
"""A step of a wire path: the name of a field, or the position of an element."""
Form: TypeAlias = Any  # a type form, such as Annotated[str, Field(max_length=255)]

_FILE: Final = get_args(Upload)[-1]
_AS_TEXT: Final = (str, bytes, date, datetime)
_WORDS: Final[Mapping[object, str]] = {
    str: "TEXT",
    bytes: "TEXT",
    date: "YYYY-MM-DD",
    datetime: "TIME",
    bool: "true|false",
    int: "INTEGER",
    Decimal: "NUMBER",
    float: "NUMBER",
}
_SHOWN: Final = 60  # characters of a list of choices


class Option(NamedTuple):
    """One of the types that a value may have, with all that is said of it besides."""

    type: Form
    notes: tuple[object, ...] = ()

    @property
    def is_file(self) -> bool:
        """Whether it is a file, to be named."""
        return _FILE in self.notes

    @property
    def choices(self) -> tuple[object, ...] | None:
        """The values that there are, where they are listed."""
        return get_args(self.type) if _origin(self.type) is Literal else None


def _origin(form: Form) -> object:
    return get_origin(form)


def options(form: Form, notes: tuple[object, ...] = ()) -> Iterator[Option]:
    """The types that a type form stands for, one by one."""
    if isinstance(form, TypeAliasType):
        yield from options(form.__value__, notes)
    elif _origin(form) is Annotated:
        inner, *own = get_args(form)
        if _FILE in own:
            yield Option(bytes, (*notes, *own))
        else:
            yield from options(inner, (*notes, *own))
    elif _origin(form) in (Union, UnionType):
        for one in get_args(form):
            yield from options(one, notes)
    else:
        yield Option(form, notes)


def from_text(text: str, form: Form) -> object:
    """A text as a value of a type; what is none of it comes back as it is, for the check of the call to judge."""
    known = tuple(options(form))
    if any(one.is_file for one in known):
        return Path(text)
    if any(one.type in _AS_TEXT for one in known):
        return text
    listed = [value for one in known for value in one.choices or ()]
    if text in listed:
        return text
    try:
        return decode(text)
    except NotJsonError:
        return text


def word(form: Form) -> str:
    """What a value of a type is, in a word or by its choices, for a usage line."""
    known = [one for one in options(form) if one.type is not NoneType]
    if any(one.is_file for one in known):
        return "FILE"
    choices = "|".join(str(value) for one in known for value in one.choices or ())
    if 0 < len(choices) <= _SHOWN:
        return choices
    words = [_WORDS[str] if one.choices else _WORDS.get(one.type, "") for one in known]
    return " or ".join(dict.fromkeys(words)) if all(words) and words else "JSON"


def element(form: Form) -> Form | None:
    """The type of the elements of an array; `None` if the type is none of arrays alone."""
    known = [one for one in options(form) if one.type is not NoneType]
    if len(known) != 1 or _origin(known[0].type) not in (list, Sequence):
        return None
    [inside] = get_args(known[0].type)
    return inside


def inside(form: Form, steps: Sequence[Step]) -> Form:
    """The type of what is some steps inside of a value; of what nobody described any."""
    for step in steps:
        found = [one for option in options(form) for one in _below(option.type, step)]
        if not found:
            return Any
        form = found[0] if len(found) == 1 else Union[tuple(found)]  # noqa: UP007 - made when it runs
    return form


def _below(form: Form, step: Step) -> Iterator[Form]:
    origin = _origin(form)
    arguments = get_args(form)
    if isinstance(step, int):
        if origin in (list, Sequence):
            yield arguments[0]
    elif origin in (dict, Mapping):
        yield arguments[1]
    elif isinstance(form, type) and issubclass(form, BaseModel):
        if not form.__pydantic_fields_complete__:
            form.model_rebuild()
        fields = {info.serialization_alias or name: info for name, info in form.model_fields.items()}
        if step in fields:
            info = fields[step]
            annotated: Any = Annotated  # as checkers know no type form that is made when it runs
            yield annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
        else:
            for group in groups_of(form):
                if step in group:
                    yield group.value_type
