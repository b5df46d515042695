"""A choice in which one field of an object, its tag, says which option it is: `discriminator`."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Final, Union, get_args, get_origin

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


class _Reader:
    """Reads the values of one union."""

    def __init__(
        self, name: str, tags: Mapping[str, str], unknown: str | None, types: list[Any], *, null: bool
    ) -> None:  # Any: type forms
        self._name, self._null, self._types = name, null, types
        self._tags = {tag: f"{ALTERNATIVE}{type_}" for tag, type_ in tags.items()}
        self._unknown = f"{ALTERNATIVE}{unknown}" if unknown is not None else None
        self._classes = {one: f"{ALTERNATIVE}{one.__name__}" for one in types if isinstance(one, type)}
        self._known_names: tuple[str, ...] = ()

    def choose(self, value: object) -> str | None:
        """The key of the type that a value is read as, or written as, when it is of a class that has it already."""
        if value is None:
            return _NULL if self._null else None
        if (own := self._own(value)) is not None:
            return own
        if self._unknown is not None and _UNTAGGED.get() is value:
            return _ANY
        tag = self._tag(value)
        return self._tags.get(tag, self._unknown) if isinstance(tag, str) else None

    def read(self, value: object, inner: Callable[[object], object]) -> object:
        """The value as what its tag says."""
        if value is None and self._null:
            return None
        if not isinstance(value, Mapping) and not hasattr(value, "__pydantic_fields_set__"):
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
            if self.choose(value) is not None:
                return inner(value)
        except ValidationError as error:
            return self._read_as_any(value, inner, error)
        return self._read_as_any(value, inner, self._fault(value, self._tag(value)))

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
        if isinstance(value, Mapping):
            return None
        return next((self._classes[one] for one in type(value).__mro__ if one in self._classes), None)

    def _is_given(self, value: object) -> bool:
        return isinstance(value, Mapping) and any(name in value for name in self._names)

    def _tag(self, value: object) -> object:
        """What a value has as its tag, under its name on the wire or in Python; none where it was not given."""
        if isinstance(value, Mapping):
            return next((value[name] for name in self._names if name in value), None)
        given: set[str] = getattr(value, "__pydantic_fields_set__", set())
        others: Mapping[str, object] = getattr(value, "__pydantic_extra__", None) or {}
        fields = value.__dict__
        return next((fields.get(name) for name in self._names if name in given), others.get(self._name))

    @property
    def _names(self) -> tuple[str, ...]:
        # Found late, as the classes may not be complete when the union is made.
        if not self._known_names:
            found = (name for one in self._types for name in _python_names(one, self._name))
            self._known_names = tuple(dict.fromkeys((self._name, *found)))
        return self._known_names


def _options(source: Any) -> tuple[Any, ...]:  # as above
    return get_args(source) if get_origin(source) in (Union, UnionType) else (source,)


def _python_names(type_: Any, wire_name: str) -> Iterator[str]:  # as above
    """How the field is called in the classes of a type."""
    if isinstance(type_, TypeAliasType):
        yield from _python_names(type_.__value__, wire_name)
    elif get_origin(type_) is Annotated:
        yield from _python_names(get_args(type_)[0], wire_name)
    elif get_origin(type_) in (Union, UnionType):
        for one in get_args(type_):
            yield from _python_names(one, wire_name)
    for name, info in getattr(type_, "model_fields", {}).items():
        if (info.serialization_alias or name) == wire_name:
            yield name
