"""What a model class says of wire paths and their types, read from the annotations of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NamedTuple, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel
from typing_extensions import TypeAliasType

from ..groups import groups_of
from ..values import Timestamp
from .faults import nearest
from .paths import EACH, PathError, parse, written

if TYPE_CHECKING:
    from .paths import Steps

Kind: TypeAlias = Literal[
    "text", "number", "integer", "boolean", "date", "time", "enum", "any", "object", "array", "map", "choice", "other"
]
SCALARS: Final = frozenset(("text", "number", "integer", "boolean", "date", "time", "enum", "any", "choice"))
_PLAIN: Final[Mapping[object, Kind]] = {
    str: "text",
    bool: "boolean",
    int: "integer",
    Decimal: "number",
    float: "number",
    date: "date",
    datetime: "time",
    Any: "any",
}


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a wire value. `inner` are the types of elements or members, or the options of a choice."""

    kind: Kind
    inner: tuple[Type, ...] = ()
    values: tuple[object, ...] = ()
    """Of an enumeration."""
    timestamp: Timestamp | None = None
    """The form of a time that has no zone; of one without a form, the zone is part of it."""
    model: type[BaseModel] | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an object on the wire."""

    name: str
    type: Type
    required: bool
    attribute: str
    """Its name in Python."""


def type_of(form: Any, metadata: tuple[object, ...] = ()) -> Type:
    """What a type form means (`Any`: that is no type to checkers)."""
    if isinstance(form, TypeAliasType):
        return type_of(form.__value__, metadata)
    if isinstance(form, str):  # the name of a type that holds itself
        return Type("any")
    origin, arguments = get_origin(form), get_args(form)
    if origin is Annotated:
        return type_of(arguments[0], (*arguments[1:], *metadata))
    if origin in (Union, UnionType):
        options = [type_of(one, metadata) for one in arguments if one is not type(None)]
        return options[0] if len(options) == 1 else Type("choice", tuple(options))
    if origin is Literal:
        return Type("enum", values=arguments)
    if origin is list:
        return Type("array", (type_of(arguments[0]),))
    if origin in (dict, Mapping):
        return Type("map", (type_of(arguments[1]),))
    if isinstance(form, type) and issubclass(form, BaseModel):
        return Type("object", model=form)
    form_of_time = next((one for one in metadata if isinstance(one, Timestamp)), None)
    return Type(_PLAIN.get(form, "other"), timestamp=form_of_time)


@cache
def fields_of(model: type[BaseModel]) -> Mapping[str, Field]:
    """The declared fields of an object, by their names on the wire."""
    if not model.__pydantic_fields_complete__:
        model.model_rebuild()
    found = {}
    for name, info in model.model_fields.items():
        wire = info.serialization_alias or name
        kind = type_of(info.annotation, tuple(info.metadata))
        found[wire] = Field(wire, kind, info.is_required(), name)
    return found


def member(holder: Type, step: str | int) -> Type | None:
    """The type of what is one step inside of a value; `None` where there is nothing of that name."""
    if holder.kind == "choice":
        return _any_of([found for one in holder.inner if (found := member(one, step)) is not None])
    if holder.kind == "any":
        return holder
    if isinstance(step, int):
        return holder.inner[0] if holder.kind == "array" else None
    if holder.kind == "map":
        return holder.inner[0]
    if holder.model is None:
        return None
    fields = fields_of(holder.model)
    if step in fields:
        return fields[step].type
    group = next((one for one in groups_of(holder.model) if step in one), None)
    return None if group is None else type_of(group.value_type)


def _any_of(types: list[Type]) -> Type | None:
    """The type of what is of one of several types."""
    found = tuple(dict.fromkeys(types))
    if len(found) > 1 and all(one.kind == "enum" for one in found):
        return Type("enum", values=tuple(dict.fromkeys(value for one in found for value in one.values)))
    return Type("choice", found) if len(found) > 1 else found[0] if found else None


def resolve(model: type[BaseModel], path: str) -> tuple[Steps, Type]:
    """The steps of a path, and the type that stands there.

    Where the path goes on after an array without saying which element, each line of a file is one of its elements.

    Raises:
        PathError: nothing is there, or no value of a cell can be.
    """
    holder = Type("object", model=model)
    steps: list[str | int] = []
    for step in (*parse(path), None):
        if _is_array(holder) and not isinstance(step, int):
            if EACH in steps:
                raise PathError(
                    f"which element of {written(tuple(steps))} it is must be said, such as {written((*steps, 0))}"
                )
            steps.append(EACH)
            holder = _element(holder)
        if step is None:
            break
        found = member(holder, step)
        if found is None:
            raise PathError(_nothing(holder, tuple(steps), step))
        steps.append(step)
        holder = found
    if not _is_single(holder):
        names = list(_names(holder))
        example = f", such as {written((*steps, names[0]))}" if names else ""
        raise PathError(f"{written(tuple(steps))} is no single value: say what in it{example}")
    return tuple(steps), holder


def _is_single(holder: Type) -> bool:
    """Whether a value can be that of one cell."""
    return holder.kind in SCALARS and (holder.kind != "choice" or any(map(_is_single, holder.inner)))


def _is_array(holder: Type) -> bool:
    return holder.kind == "array" or (holder.kind == "choice" and all(one.kind == "array" for one in holder.inner))


def _element(holder: Type) -> Type:
    return holder.inner[0] if holder.kind == "array" else _element(holder.inner[0])


def _names(holder: Type) -> Mapping[str, Field]:
    """The fields that a value can have, of all that it can be."""
    if holder.kind == "choice":
        options = [_names(one) for one in holder.inner]
        fields = {name: field for one in reversed(options) for name, field in one.items()}
        return {
            name: replace(
                field,
                type=member(holder, name) or field.type,
                required=all(name in one and one[name].required for one in options),
            )
            for name, field in fields.items()
        }
    return {} if holder.model is None else fields_of(holder.model)


def _nothing(holder: Type, steps: Steps, step: str | int) -> str:
    where = f"in {written(steps)}" if steps else "here"
    if isinstance(step, int):
        return f"{written(steps)} is no array, and has no elements"
    names = _names(holder)
    if not names and holder.model is None:
        return f"{written(steps)} is a single value, and has nothing in it"
    close = nearest(step, names) or nearest(step.rpartition(".")[2], names)
    return f'there is no "{step}" {where}{close}'


class Leaf(NamedTuple):
    """A single value on the wire: the steps to it, the fields on the way, and what it is."""

    steps: Steps
    way: tuple[Field, ...]
    type: Type


def leaves(model: type[BaseModel], *, most: int = 5000) -> list[Leaf]:
    """The single values of an object, the shallow ones first.

    The outermost array has an element a line, of those inside of it the first element counts. An object within one of
    its own kind is left out: there would be no end.
    """
    found: list[Leaf] = []
    waiting: list[tuple[Type, Steps, tuple[Field, ...]]] = [(Type("object", model=model), (), ())]
    for holder, steps, way in waiting:  # which grows
        for name, field in _names(holder).items():
            here: Steps = (*steps, name)
            inner = field.type
            if _is_array(inner):
                here, inner = (*here, 0 if EACH in here else EACH), _element(inner)
            if _is_array(inner):  # in an array: of which of the two is a line an element?
                continue
            if _is_single(inner):
                found.append(Leaf(here, (*way, field), inner))
            elif all(field != one for one in way):
                waiting.append((inner, here, (*way, field)))
        if len(found) >= most:
            break
    return found


def model_of(field: Field) -> type[BaseModel] | None:
    """The class of the objects that a field holds, if it does."""
    inner = field.type
    while inner.model is None and inner.inner:
        inner = inner.inner[0]
    return inner.model
