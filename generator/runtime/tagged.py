"""A choice in which one field of an object, its tag, says which option it is: `discriminator`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cached_property
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Final, ForwardRef, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema
from typing_extensions import TypeAliasType

from .alternatives import ALTERNATIVE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import GetCoreSchemaHandler

_ANY: Final = f"{ALTERNATIVE}any"
_NULL: Final = f"{ALTERNATIVE}null"
_UNTAGGED: Final[ContextVar[object]] = ContextVar("untagged", default=None)
"""The value that is being read as whatever option it fits."""


class Tagged:
    """Annotation of a union of objects, of which the field `name` (on the wire) says which one a value is.

    `tags` has the name of a type of the union for each value of that field. Without `unknown` the value is checked as
    that type alone, and another tag, or none, is refused. With it the value is read, as far as that can be: `unknown`
    is the type of objects whose tag stands for nothing here, and one that is not what its tag says, or has none, is
    what else it fits.
    """

    def __init__(self, name: str, tags: Mapping[str, str], *, unknown: str | None = None) -> None:
        self._name = name
        self._tags = tags
        self._unknown = unknown

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Choose the type by the tag (`Any`: a type form)."""
        types = [one for one in _options(source) if one is not type(None)]
        choices: dict[Any, CoreSchema] = {  # Any: pydantic's word for keys
            f"{ALTERNATIVE}{one.__name__}": handler.generate_schema(one) for one in types
        }
        if self._unknown is not None:
            others = [one for one in types if one.__name__ != self._unknown or one.__name__ in self._tags.values()]
            choices[_ANY] = core_schema.union_schema([choices[f"{ALTERNATIVE}{one.__name__}"] for one in others])
        if type(None) in _options(source):
            choices[_NULL] = core_schema.none_schema()
        reader = _Reader(self._name, self._tags, self._unknown, types, null=type(None) in _options(source))
        tagged = core_schema.tagged_union_schema(choices, reader.choose)
        return core_schema.no_info_wrap_validator_function(reader.read, tagged)

    def among(self, options: tuple[Any, ...], value: object) -> tuple[Any, ...]:
        """Those options of the union that a value in JSON can be of by its tag; none where it has no tag."""
        tag = value.get(self._name) if isinstance(value, dict) else None
        named = self._tags.get(tag, self._unknown) if isinstance(tag, str) else None
        return tuple(one for one in options if named is not None and getattr(one, "__name__", None) == named)


class _Reader:
    """Reads the values of one union."""

    def __init__(
        self, name: str, tags: Mapping[str, str], unknown: str | None, types: list[Any], *, null: bool
    ) -> None:  # Any: type forms
        self._name, self._null, self._types = name, null, types
        self._tags = {tag: f"{ALTERNATIVE}{type_}" for tag, type_ in tags.items()}
        self._unknown = f"{ALTERNATIVE}{unknown}" if unknown is not None else None

    def choose(self, value: object) -> str | None:
        """The key of the type that a value is read as, or written as, when it is of a class that has it already."""
        if self._unknown is not None and _UNTAGGED.get() is value and value is not None:
            return _ANY
        if type(value) is dict and isinstance(tag := value.get(self._name), str):
            return self._tags.get(tag, self._unknown)
        if value is None:
            return _NULL if self._null else None
        if (own := self._own(value)) is not None:
            return own
        tag = self._tag(value)
        return self._tags.get(tag, self._unknown) if isinstance(tag, str) else None

    def read(self, value: object, inner: Callable[[object], object]) -> object:
        """The value as what its tag says."""
        if value is None and self._null:
            return None
        if type(value) is not dict and not isinstance(value, Mapping) and self._own(value) is None:
            named = " or ".join(one.__name__ for one in self._types)
            raise PydanticCustomError(
                "model_type", "must be {class_name} or a dict of its fields", {"class_name": named}
            )
        if self._unknown is None:
            tag = self._tag(value)
            if not isinstance(tag, str) or tag not in self._tags:
                raise self._fault(value, tag)
            own = self._own(value)
            if own is not None and own != self._tags[tag]:
                raise self._fault(value, tag, own)
            return inner(value)
        try:
            return inner(value)
        except ValidationError as error:
            is_told = self.choose(value) is not None
            return self._read_as_any(value, inner, error if is_told else self._fault(value, self._tag(value)))

    def _read_as_any(self, value: object, inner: Callable[[object], object], error: ValidationError) -> object:
        mark = _UNTAGGED.set(value)
        try:
            return inner(value)
        except ValidationError:
            raise error from None
        finally:
            _UNTAGGED.reset(mark)

    def _fault(self, value: object, tag: object, own: str | None = None) -> ValidationError:
        listed = [one for one, key in self._tags.items() if own in (None, key)]
        choice = f"must be {'one of ' * (len(listed) > 1)}{', '.join(listed)}"
        missing = tag is None and not self._is_given(value)
        where = f" in {own.removeprefix(ALTERNATIVE)}" if own is not None else ""
        words = f"is required, and {choice}" if missing else f"{choice}{where}"
        # Said as it is, and filled in last: braces in it would else be taken for placeholders.
        kind = PydanticCustomError("discriminator", "{message}", {"message": words})
        found = InitErrorDetails(type=kind, loc=(self._name,), input=value if missing else tag)
        return ValidationError.from_exception_data("union", [found])

    def _own(self, value: object) -> str | None:
        """The key of the class of the union that a value is of."""
        if type(value) is dict:
            return None
        return next((self._classes[one] for one in type(value).__mro__ if one in self._classes), None)

    def _is_given(self, value: object) -> bool:
        return isinstance(value, Mapping) and any(name in value for name in self._names)

    def _tag(self, value: object) -> object:
        """What a value has as its tag, under its name on the wire or in Python; none where it was not given."""
        if type(value) is dict and self._name in value:  # by far the most
            return value[self._name]
        if isinstance(value, Mapping):
            return next((value[name] for name in self._names if name in value), None)
        given: set[str] = getattr(value, "__pydantic_fields_set__", set())
        others: Mapping[str, object] = getattr(value, "__pydantic_extra__", None) or {}
        fields = value.__dict__
        return next((fields.get(name) for name in self._names if name in given), others.get(self._name))

    @cached_property
    def _classes(self) -> dict[type, str]:
        """The classes of the types, those of choices among them too, each with its key.

        Found late, as classes may come later than a union of them.
        """
        return {found: f"{ALTERNATIVE}{one.__name__}" for one in self._types for found in _classes_of(one, "")}

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """What the tag is called, on the wire and in Python."""
        fields = [
            (name, info.serialization_alias or name)
            for one in self._classes
            for name, info in getattr(one, "model_fields", {}).items()
        ]
        return tuple(dict.fromkeys((self._name, *(name for name, wire in fields if wire == self._name))))


def _options(source: Any) -> tuple[Any, ...]:  # as above
    return get_args(source) if get_origin(source) in (Union, UnionType) else (source,)


def _classes_of(type_: Any, module: str) -> Iterator[type]:  # as above
    if isinstance(type_, str | ForwardRef):
        name = type_ if isinstance(type_, str) else type_.__forward_arg__
        type_ = vars(sys.modules[module]).get(name)
    if isinstance(type_, TypeAliasType):
        yield from _classes_of(type_.__value__, type_.__module__ or module)
    elif get_origin(type_) is Annotated:
        yield from _classes_of(get_args(type_)[0], module)
    elif get_origin(type_) in (Union, UnionType):
        for one in get_args(type_):
            yield from _classes_of(one, module)
    elif isinstance(type_, type):
        yield type_
