"""Answers that are not quite as described: what tells of success is there, and a field beside it cannot be read.

The smallest field that is odd becomes `None` and is listed, and all else is read as ever. A field is a property of an
object; where an element of an array or a value of a map is odd as a whole, the field that holds the array or the map
is. Only what tells what an answer is must be as described, else it is none:

- names: no required field may be missing;
- values of required fields that can have but one;
- where a failure can come in the same place, or the object is one: values of all required fields, of which an answer
  that says success must have one at least.

Of the results of a batch each speaks for itself: one that cannot be read is `None`, in its place, as long as there is
another.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import SimpleNamespace, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from pydantic import Field, TypeAdapter, ValidationError, create_model
from typing_extensions import TypeAliasType

from .alternatives import marked_adapter
from .batch import BatchResult
from .model import ResponseModel, list_unread
from .tagged import Tagged
from .text import shortened
from .unread import Unread
from .violations import found_under, wire_path
from .wire import wire_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .values import Json

_MOST_READ: Final = 100_000  # values; recursive unions could take more time than anybody has
_KEPT: Final = 1000  # types


class UnfitError(Exception):
    """A value cannot be read as a whole; says why, without the value."""


class _EndlessError(Exception):
    """It takes too long to find out what is odd."""


class _Key(str):
    """A key of a map: like a value it is data of the caller's, and not for logs."""

    __slots__ = ()


class Odd(Struct, frozen=True):
    """A field that could not be read: its place from the root of the answer, what came, and what it must be."""

    steps: tuple[int | str, ...]
    value: Json
    reason: str

    def below(self, depth: int = 0) -> Unread:
        """The same as the object so many steps down lists it."""
        return Unread(wire_path(self.steps[depth:]), self.value, self.reason)

    @property
    def place(self) -> str:
        """The path for a log, without keys of maps."""
        return wire_path(tuple("*" if isinstance(step, _Key) else step for step in self.steps))


def salvage(kind: Any, value: Json) -> tuple[object, list[Odd]]:
    """A value of a type, read as far as it can be, and what could not (`Any`: a type form).

    Raises:
        UnfitError: it does not have what tells that it is such a value.
    """
    try:
        return _Reader().read(_Spot(kind, ()), value)
    except (RecursionError, _EndlessError):
        raise UnfitError("is too much to look for what is odd in it") from None


@dataclass(frozen=True, slots=True)
class _Spot:
    """A type, and where its value stands."""

    kind: Any  # a type form
    steps: tuple[int | str, ...]
    beside_failure: bool = False
    """A failure can come in its place."""
    gaps: bool = False
    """Elements of an array that cannot be read are `None`, unless none can be."""

    def into(self, kind: Any, step: int | str) -> _Spot:
        return _Spot(kind, (*self.steps, step))


class _Form:
    """A type form (`Any`), the same as none but itself: few can be hashed, and unions are equal in any order."""

    def __init__(self, kind: Any) -> None:
        self.kind = kind

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Form) and other.kind is self.kind

    def __hash__(self) -> int:
        return id(self.kind)


@lru_cache(maxsize=_KEPT)
def _adapter(form: _Form) -> TypeAdapter[Any]:
    return marked_adapter(form.kind)


class _Reader:
    """Reads one value."""

    def __init__(self) -> None:
        self._left = _MOST_READ

    def read(self, spot: _Spot, value: Json) -> tuple[object, list[Odd]]:
        """The value, and what is odd in it."""
        self._left -= 1
        if self._left < 0:
            raise _EndlessError
        try:
            return _adapter(_Form(spot.kind)).validate_python(value, strict=True), []
        except ValidationError as error:
            fault = error
        kind = _bare(spot.kind)
        origin, inner = get_origin(kind), get_args(kind)
        if origin in (Union, UnionType):
            found = self._option(spot, _options(spot.kind, inner, value), value)
        elif origin is list and isinstance(value, list):
            found = self._list(spot, inner[0], value)
        elif origin is dict and isinstance(value, dict):
            found = self._map(spot, inner[1], value)
        elif _is_response(kind) and isinstance(value, dict):
            found = self._object(spot, kind, value, fault)
        else:
            found = None
        if found is None:
            raise UnfitError(shortened("; ".join(map(str, found_under("", fault)))))
        return found

    def _option(self, spot: _Spot, options: tuple[Any, ...], value: Json) -> tuple[object, list[Odd]] | None:
        """The option of a union in which the least is odd."""
        beside = any(_is_response(bare) and bare.failure for bare in map(_bare, options))
        found: list[tuple[object, list[Odd]]] = []
        for option in options:
            try:
                found.append(self.read(replace(spot, kind=option, beside_failure=spot.beside_failure or beside), value))
            except UnfitError:
                continue
        return min(found, key=lambda one: len(one[1]), default=None)

    def _list(self, spot: _Spot, kind: Any, value: list[Json]) -> tuple[object, list[Odd]] | None:
        made: list[object] = []
        odd: list[Odd] = []
        for place, element in enumerate(value):
            inner = spot.into(kind, place)
            try:
                one, more = self.read(inner, element)
            except UnfitError as fault:
                if not spot.gaps:
                    return None
                one, more = None, [Odd(inner.steps, element, str(fault))]
            made.append(one)
            odd += more
        return None if spot.gaps and value and not any(one is not None for one in made) else (made, odd)

    def _map(self, spot: _Spot, kind: Any, value: dict[str, Json]) -> tuple[object, list[Odd]] | None:
        made: dict[str, object] = {}
        odd: list[Odd] = []
        for name, member in value.items():
            try:
                made[name], more = self.read(spot.into(kind, _Key(name)), member)
            except UnfitError:
                return None
            odd += more
        return made, odd

    def _object(
        self, spot: _Spot, cls: type[ResponseModel], value: dict[str, Json], fault: ValidationError
    ) -> tuple[object, list[Odd]] | None:
        telling = _telling(cls, beside_failure=spot.beside_failure)
        if spot.beside_failure and not telling:
            return None
        fields, given, odd = _fields(cls), dict[str, Any](value), []
        unfit = dict.fromkeys(str(one["loc"][0]) if one["loc"] else "" for one in fault.errors(include_url=False))
        for key in unfit:
            if key not in fields or key not in value:
                return None
            name, kind = fields[key]
            inner = replace(spot.into(kind, key), gaps=_has_results(cls, key))
            try:
                given[key], more = self.read(inner, value[key])
            except UnfitError as why:
                if name in telling:
                    return None
                given[key], more = None, [Odd(inner.steps, value[key], str(why))]
            odd += more
        made = cls.__new__(cls)
        made.__setstate__(_loose(cls, frozenset(fields[key][0] for key in unfit)).model_validate(given).__getstate__())
        list_unread(made, tuple(one.below(len(spot.steps)) for one in odd))
        return made, odd


def _bare(kind: Any) -> Any:
    """A type form without what is annotated, and without the name that an alias gives it."""
    while True:
        if isinstance(kind, TypeAliasType):
            kind = _meant(kind)
        elif get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        else:
            return kind


@cache
def _meant(alias: TypeAliasType) -> Any:
    """What an alias stands for; types that come after it in their file are but names in it."""
    named = SimpleNamespace(__annotations__={alias.__name__: alias.__value__})
    return get_type_hints(named, vars(sys.modules[alias.__module__ or ""]), include_extras=True)[alias.__name__]


def _options(kind: Any, options: tuple[Any, ...], value: Json) -> tuple[Any, ...]:
    """The options of a union that a value can be of: by its tag, if it has one; what is said of all is said of each."""
    while isinstance(kind, TypeAliasType):
        kind = _meant(kind)
    said = kind.__metadata__ if get_origin(kind) is Annotated else ()
    for one in said:
        if isinstance(one, Tagged):
            return one.among(options, value)
    annotated: Any = Annotated  # as checkers know no type form that is made when it runs
    return tuple(annotated[one, *said] for one in options) if said else options


def _is_response(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, ResponseModel)


def _telling(cls: type[ResponseModel], *, beside_failure: bool) -> frozenset[str]:
    """Names of the fields that have to be as described."""
    required = [(name, info) for name, info in cls.model_fields.items() if info.is_required()]
    every = beside_failure or cls.failure
    return frozenset(name for name, info in required if every or _is_constant(info.annotation))


def _has_results(cls: type[ResponseModel], wire_name: str) -> bool:
    return issubclass(cls, BatchResult) and wire_name == cls.batch.results


def _is_constant(kind: Any) -> bool:
    return get_origin(kind) is Literal and len(get_args(kind)) == 1


@cache
def _fields(cls: type[ResponseModel]) -> Mapping[str, tuple[str, Any]]:
    """Wire name or Python name -> Python name and type of each field."""
    return {key: one for names, one in _named_fields(cls) for key in names}


def _named_fields(cls: type[ResponseModel]) -> Iterator[tuple[tuple[str, str], tuple[str, Any]]]:
    for name, wire_name in wire_names(cls).items():
        info = cls.model_fields[name]
        annotated: Any = Annotated  # as checkers know no type form that is made when it runs
        kind = annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
        yield (name, wire_name), (name, kind)


@lru_cache(maxsize=_KEPT)
def _loose(cls: type[ResponseModel], names: frozenset[str]) -> type[ResponseModel]:
    """The class with fields of these names that take anything: what is given to them has been read."""
    aliases = {name: cls.model_fields[name] for name in names}
    fields: dict[str, Any] = {
        name: (Any, Field(validation_alias=info.validation_alias, serialization_alias=info.serialization_alias))
        for name, info in aliases.items()
    }
    return create_model(cls.__name__, __base__=cls, __module__=cls.__module__, **fields)
