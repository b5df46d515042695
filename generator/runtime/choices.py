"""A choice of which exactly one option must fit: `oneOf`."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from decimal import Decimal
from types import UnionType
from typing import TYPE_CHECKING, Any, Final, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

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
        fitting: list[object] = []
        mark = _FITTING.set(fitting)
        try:
            inner(value)
        except ValidationError:
            if not fitting:
                raise
        finally:
            _FITTING.reset(mark)
        if len(fitting) > 1:  # what is a string for one of them is no number that was written as one
            fitting = [one for one in fitting if not _is_turned(value, one)] or fitting
        if len(fitting) > 1:
            raise PydanticCustomError("one_of", "must fit one of the alternatives only, and fits several")
        return fitting[0]


def _note(value: object, inner: Callable[[object], object]) -> object:
    """Read an option; then fail all the same, so that the union goes on to the next."""
    fitting = _FITTING.get()
    made = inner(value)
    if fitting is not None:
        fitting.append(made)
    raise PydanticCustomError("one_of", "fits")


def _is_turned(value: object, made: object) -> bool:
    """Whether a string in a value was read as a number."""
    fields = getattr(made, "wire_fields", None)
    made = fields() if callable(fields) else made
    if isinstance(value, Mapping) and isinstance(made, Mapping):
        return any(_is_turned(value[key], made[key]) for key in value if key in made)
    if isinstance(value, list) and isinstance(made, list):
        return any(map(_is_turned, value, made))
    return isinstance(value, str) and isinstance(made, Decimal)


def _is_union(source: object) -> bool:
    return get_origin(source) in (Union, UnionType)


def _label(option: Any) -> str:
    """What an error says of where in a choice it is (`Any`: a type form)."""
    return str(getattr(option, "__name__", option))
