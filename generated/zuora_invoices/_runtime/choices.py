"""A choice of which exactly one option must fit: `oneOf`."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from contextvars import ContextVar
from decimal import Decimal
from types import UnionType
from typing import TYPE_CHECKING, Any, Final, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .digits import as_strings_first

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler

_FITTING: Final[ContextVar[list[object] | None]] = ContextVar("fitting", default=None)


class ExactlyOne:
    """Annotation of a union: one of its types fits the value, and no other one does.

    `null` says whether `None` is a value; types alone do not, as that of a field that need not be given has it too.
    """

    def __init__(self, *, null: bool = False) -> None:
        self._null = null

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Try every option of the union (`Any`: a type form)."""
        options = [one for one in get_args(source) if one is not type(None)] if _is_union(source) else [source]
        tried = [
            (core_schema.no_info_wrap_validator_function(_note, handler.generate_schema(one)), _label(one))
            for one in options
        ]
        union = core_schema.union_schema([*tried], mode="left_to_right")
        return core_schema.no_info_wrap_validator_function(self._read, union)

    def _read(self, value: object, inner: Callable[[object], object]) -> object:
        if value is None and self._null:
            return None
        if value is None:
            raise PydanticCustomError("null", "must not be null")
        fitting = as_strings_first(value, lambda given: _fitting(given, inner))
        if len(fitting) == 1 and (numbered := _numbered(value, fitting[0])) is not value:
            fitting = _fitting(numbered, inner)  # as a number it may fit others too
        if len(fitting) > 1:
            raise PydanticCustomError("one_of", "must fit one of the alternatives only, and fits several")
        return fitting[0]


def _fitting(value: object, inner: Callable[[object], object]) -> list[object]:
    """What a value is by each option that it fits."""
    found: list[object] = []
    mark = _FITTING.set(found)
    try:
        inner(value)
    except ValidationError:
        if not found:
            raise
    finally:
        _FITTING.reset(mark)
    return found


def _note(value: object, inner: Callable[[object], object]) -> object:
    """Read an option; then fail all the same, so that the union goes on to the next."""
    fitting = _FITTING.get()
    made = inner(value)
    if fitting is not None:
        fitting.append(made)
    raise PydanticCustomError("one_of", "fits")


def _numbered(value: object, made: object) -> object:
    """The value with numbers in the place of the strings that were read as such; itself if there are none."""
    fields = getattr(made, "wire_fields", None)
    made = fields() if callable(fields) else made
    if isinstance(value, Mapping) and isinstance(made, Mapping):
        inner = {key: _numbered(one, made[key]) for key, one in value.items() if key in made}
        return value if all(one is value[key] for key, one in inner.items()) else {**value, **inner}
    if isinstance(value, list) and isinstance(made, list):
        listed = list(map(_numbered, value, made))
        return value if all(map(operator.is_, listed, value)) else listed
    return made if isinstance(value, str) and isinstance(made, Decimal) else value


def _is_union(source: object) -> bool:
    return get_origin(source) in (Union, UnionType)


def _label(option: Any) -> str:
    """What an error says of where in a choice it is (`Any`: a type form)."""
    return str(getattr(option, "__name__", option))
