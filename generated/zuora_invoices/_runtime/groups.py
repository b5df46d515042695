"""Fields of a model whose names match a pattern, as one mapping."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from functools import cache, cached_property
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast, overload

from .alternatives import marked_adapter
from .values import AnyJson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel, TypeAdapter

Value = TypeVar("Value")

_PLAIN: Final = frozenset((str, int, bool))  # JSON values that are checked by being of such a type


class PropertyGroup(Generic[Value]):
    """The fields of a model whose names match a pattern, as one mapping.

    Stands on the class as `custom_fields: ClassVar[PropertyGroup[Json]] = PropertyGroup("__c$")`; on an object that
    gives `order.custom_fields["colour__c"]`. Setting a name that the pattern refuses is a `KeyError`. Names that one of
    the patterns in `besides` matches are of other groups.
    """

    def __init__(self, pattern: str, value_type: Any = AnyJson, *, besides: tuple[str, ...] = ()) -> None:
        self._matches = re.compile(pattern).search
        self._others = [re.compile(one).search for one in besides]
        self._pattern = pattern
        self._value_type = value_type
        self.name = ""

    @overload
    def __get__(self, instance: None, owner: type[BaseModel]) -> PropertyGroup[Value]: ...
    @overload
    def __get__(self, instance: BaseModel, owner: type[BaseModel]) -> MutableMapping[str, Value]: ...
    def __get__(
        self, instance: BaseModel | None, owner: type[BaseModel]
    ) -> PropertyGroup[Value] | MutableMapping[str, Value]:
        """The group on the class, the mapping on an object."""
        return self if instance is None else _Group(instance, self)

    def __contains__(self, name: str) -> bool:
        return self._matches(name) is not None and not any(matches(name) for matches in self._others)

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        shown = self._pattern.replace(r"\Z", "$")
        return f"names matching {shown}" if shown else "any name"

    @property
    def is_of_any(self) -> bool:
        """Whether the values may be any JSON."""
        return self._value_type is AnyJson

    @property
    def value_type(self) -> Any:
        """The type form of a value (`Any`: that is no type to checkers)."""
        lazy = isinstance(self._value_type, FunctionType)  # where it names a class that comes later
        return self._value_type() if lazy else self._value_type

    def read(self, value: object, context: object = None) -> Value:
        """A value of this group, checked."""
        if self._value_type is AnyJson and type(value) in _PLAIN:
            return cast("Value", value)  # what most groups hold, without the way through pydantic
        return self._adapter.validate_python(value, strict=True, context=context)

    @cached_property
    def _adapter(self) -> TypeAdapter[Value]:
        return marked_adapter(self.value_type)


class _Group(MutableMapping[str, Value]):
    """The live view of a group's fields on one object."""

    def __init__(self, model: BaseModel, group: PropertyGroup[Value]) -> None:
        if model.__pydantic_extra__ is None:
            object.__setattr__(model, "__pydantic_extra__", {})
        self._extra = cast("dict[str, Value]", model.__pydantic_extra__)
        self._group = group

    def __getitem__(self, name: str) -> Value:
        if name not in self._group:
            raise KeyError(name)
        return self._extra[name]

    def __setitem__(self, name: str, value: Value) -> None:
        if name not in self._group:
            raise KeyError(f"{name!r} is not one of {self._group}")
        self._extra[name] = value

    def __delitem__(self, name: str) -> None:
        if name not in self._group:
            raise KeyError(name)
        del self._extra[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._extra if name in self._group)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return repr(dict(self))


@cache
def groups_of(cls: type[BaseModel]) -> tuple[PropertyGroup[object], ...]:
    """The groups of a model."""
    # Of a copy: another thread may be compiling the class, and gives it more.
    found = (value for base in cls.__mro__ for value in tuple(vars(base).values()))
    return tuple(value for value in found if isinstance(value, PropertyGroup))
