"""Request models near what is valid, and what can happen to them between being made and being sent."""

from __future__ import annotations

import copy
import pickle
from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable

# Any: models of many classes, and values of many types.
Draw = Any
Model = Any


class Text(str):
    """A string of a class of its own."""

    __slots__ = ()


ODD: list[Any] = [
    *("", "x" * 600, Text("x"), "\ud800", "5", "2026-11-21", True, 0, 1, 2**70, 2.5, float("nan"), b"x"),
    *(
        Decimal("1.10"),
        Decimal("NaN"),
        date(2026, 11, 21),
        datetime(2026, 11, 21, 10, 5),
        None,
        [],
        ["x"],
        {},
        {"a": 1},
    ),
]
NAMES = ["colour__c", "size__c", "nothing", 'odd"name__c']


def made(draw: Draw, cls: type[Model], base: dict[type[Model], dict[str, Any]], *, depth: int = 3) -> Model:
    """A model that was made with some fields beside those that it has to have; without them if that is not valid.

    Of a class of which `base` has no valid fields it may be the fields themselves.
    """
    found = fields(draw, cls, base, depth)
    try:
        return cls(**found)
    except ValidationError:
        return cls(**base[cls]) if cls in base else found


def fields(draw: Draw, cls: type[Model], base: dict[type[Model], dict[str, Any]], depth: int) -> dict[str, Any]:
    """Fields of a class by their Python names or their wire names: those of `base`, needed ones, and some more."""
    found = dict(base.get(cls, {}))
    needed = [name for name, info in cls.model_fields.items() if info.is_required() and cls not in base]
    every = list(cls.model_fields)
    for name in [*needed, *(draw(st.lists(st.sampled_from(every), max_size=4, unique=True)) if every else ())]:
        info = cls.model_fields[name]
        key = info.serialization_alias or name if draw(st.booleans()) and name not in found else name
        found[key] = draw_value(draw, info.annotation, base, depth)
    for name in draw(st.lists(st.sampled_from(NAMES[:2]), max_size=2, unique=True)):
        found[name] = draw(st.sampled_from(ODD))
    return found


def draw_value(draw: Draw, kind: Any, base: dict[type[Model], dict[str, Any]], depth: int) -> Any:
    """A value of a type, or seldom of any other."""
    if draw(st.integers(0, 9)) == 9:
        return draw(st.sampled_from(ODD))
    while not isinstance(kind, type) and get_origin(kind) not in (list, Literal):
        options = [kind.__origin__] if hasattr(kind, "__metadata__") else get_args(kind)
        kind = draw(st.sampled_from([one for one in options if one is not NoneType] or [object]))
    if get_origin(kind) is Literal:
        return draw(st.sampled_from(get_args(kind)))
    if get_origin(kind) is list:
        count = draw(st.integers(0, 3)) if depth else 0
        found = [draw_value(draw, get_args(kind)[0], base, depth - 1) for _ in range(count)]
        return draw(st.sampled_from([found] * 9 + [tuple(found)]))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return fields(draw, kind, base, 0) if draw(st.booleans()) else made(draw, kind, base, depth=max(0, depth - 1))
    simple = {
        str: st.sampled_from(["a", "USD", "text", Text("USD")]),
        bool: st.booleans(),
        int: st.integers(-3, 3),
        Decimal: st.sampled_from([Decimal("-1.10"), Decimal(7), 3, "4.5", 2.5]),
        date: st.sampled_from([date(2026, 11, 21), "2026-11-22"]),
        datetime: st.sampled_from([datetime(2026, 11, 21, 10), "2026-11-21 10:00:00", "2026-11-21T10:00:00Z"]),
    }
    return draw(simple.get(kind, st.sampled_from(ODD)))


def nodes(model: Model) -> list[Model]:
    """The model and those in it."""
    found = [model]
    for value in list(vars(model).values()):
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, BaseModel):
                found += nodes(one)
    return found


def assign(draw: Draw, model: Model) -> None:
    name = draw(st.sampled_from(list(type(model).model_fields)))
    others = [vars(one)[name] for one in (model, model.model_copy()) if name in vars(one)]
    setattr(model, name, draw(st.sampled_from([*ODD, *others])))


def delete(draw: Draw, model: Model) -> None:
    if vars(model):
        delattr(model, draw(st.sampled_from(sorted(vars(model)))))


def change_list(draw: Draw, model: Model) -> None:
    lists = [value for value in vars(model).values() if isinstance(value, list)]
    if not lists:
        return
    chosen = draw(st.sampled_from(lists))
    change: Callable[[list[Any]], Any] = draw(
        st.sampled_from(
            [
                list.clear,
                list.reverse,
                lambda one: one.extend(one[:1]),
                lambda one: one.extend(one * 20),
                lambda one: one.append(None),
                lambda one: one.append({}),
                lambda one: one.insert(0, "x"),
                lambda one: one.append(copy.copy(one[0])) if one else None,
            ]
        )
    )
    change(chosen)


def change_extras(draw: Draw, model: Model) -> None:
    extra = model.__pydantic_extra__
    if extra and draw(st.booleans()):
        name, value = extra.popitem()
        if draw(st.booleans()):
            extra["size__c"] = "first"
            extra[name] = value
    else:
        extra[draw(st.sampled_from(NAMES))] = draw(st.sampled_from(ODD))


def change_dict(draw: Draw, model: Model) -> None:
    name = draw(st.sampled_from([*type(model).model_fields, "nothing"]))
    model.__dict__[name] = draw(st.sampled_from(ODD))


def change_names(draw: Draw, model: Model) -> None:
    name = draw(st.sampled_from([*type(model).model_fields, "nothing"]))
    model.model_fields_set.symmetric_difference_update({name})


def construct(_: Draw, model: Model) -> Model:
    return type(model).model_construct(_fields_set=set(model.model_fields_set), **vars(model))


def copied(draw: Draw, model: Model) -> Model:
    update = {draw(st.sampled_from(list(type(model).model_fields))): draw(st.sampled_from(ODD))}
    return model.model_copy(update=update if draw(st.booleans()) else None, deep=draw(st.booleans()))


def pickled(_: Draw, model: Model) -> Model:
    return pickle.loads(pickle.dumps(model))  # noqa: S301


def shown(value: Any) -> object:
    """All that a value is, its type too; strings that are equal differ if they are of different classes."""
    kind = type(value)
    if isinstance(value, BaseModel):
        own: object = (value.__pydantic_private__, [(type(name), name) for name in sorted(value.model_fields_set)])
        return kind, own, shown(vars(value)), shown(value.__pydantic_extra__)
    if isinstance(value, dict):
        return kind, [(shown(name), shown(one)) for name, one in value.items()]
    return kind, [shown(one) for one in value] if isinstance(value, list) else repr(value)


INSIDE = [assign, delete, change_list, change_extras, change_dict, change_names]
WHOLE = [construct, copied, pickled]


def mutated(draw: Draw, model: Model) -> Model:
    """What becomes of a model by up to three changes, anywhere in it."""
    for _ in range(draw(st.integers(0, 3))):
        change = draw(st.sampled_from([*INSIDE, *WHOLE]))
        if change in WHOLE:
            model = change(draw, model)
        else:
            change(draw, draw(st.sampled_from([one for one in nodes(model) if type(one).model_fields])))
    return model
