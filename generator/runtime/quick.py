"""The quick path of a request: how it is made, and how it is looked over before it is sent.

It never says no, and when it says yes, pydantic would make the same object and write the same bytes. Whatever else
there may be, and every exception, goes through pydantic's validation, which has the words for what is wrong.

What is known of a class is read off the schema that pydantic made of it: `schemas.py` has what that says of each field,
and `twins.py` what follows from it where the same fields are given.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from itertools import starmap
from math import isfinite
from operator import itemgetter
from types import NoneType
from typing import TYPE_CHECKING, Any, Final

from msgspec import ValidationError, convert
from pydantic_core import SchemaValidator, core_schema

from .codec import encode_checked
from .schemas import UnsureError
from .twins import KINDS, kind_of
from .unlisted import Unlisted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .origins import Origins
    from .schemas import Field
    from .sent import Sent
    from .twins import Kind, Shape

# Any: models of classes that stand above this file, and values of any type.

_PLAIN: Final = frozenset((str, int, bool))
"""What an extra field has as it was given."""
_JSON: Final = frozenset((str, int, bool, date, datetime, NoneType))
"""What JSON can say of every value of the type."""
_put: Final = SchemaValidator(core_schema.model_schema(type("_Any", (), {}), core_schema.any_schema())).validate_python
"""Lets a model of any class have what validation leaves: its fields, its extra fields, and the names of those given."""


def fill(model: Any, data: dict[str, Any]) -> bool:
    """Let a new model have these fields, as pydantic would; false if something may be wrong.

    Names are Python names or wire names. Nothing is changed where this is false.
    """
    try:
        cls = type(model)
        kind = KINDS.get(cls)
        if kind is None or kind.schema is not cls.__pydantic_core_schema__:
            kind = kind_of(cls)
        order = kind.orders.get(key := tuple(data)) or kind.add_order(key)
        shape, given = order.shape, order.values_of(data)
        values = _read(shape, given)
        "".join(shape.texts_of(values)).encode()  # an exception for half a character
        if shape.rules:
            shape.judge(values)
        if order.by_name and values is given:
            fields, extra = kind.defaults | data, {}
            for name in shape.extras:
                extra[name] = fields.pop(name)
            _put((fields, extra, set(shape.names)), self_instance=model)
        else:
            _leave(model, kind, shape, values)
    except Exception:  # noqa: BLE001 - whatever it is, the check that takes longer finds it and has words for it
        return False
    return True


def made(cls: Any, data: dict[str, Any]) -> Any:
    """A new model of a class with these fields.

    Raises:
        UnsureError: something may be wrong.
    """
    model = cls.__new__(cls)
    if not fill(model, data):
        raise UnsureError
    return model


def sent(model: object, headers: Mapping[str, str], origins: Origins) -> Sent | None:
    """What goes out for a model in a call with these headers; `None` if something may be wrong with it.

    `origins` gets to know which models the elements of its arrays were made of.
    """
    try:
        return _sent(model, kind_of(type(model)), headers, origins)
    except Exception:  # noqa: BLE001 - the same
        return None


def _sent(model: Any, kind: Kind, headers: Mapping[str, str], origins: Origins | None = None) -> Sent:
    if type(model) is not kind.cls:
        raise UnsureError
    names, extra = frozenset(model.__pydantic_fields_set__), model.__pydantic_extra__
    if type(extra) is Unlisted:
        raise UnsureError
    extra = dict(extra or {})
    shape = kind.shape((names, *extra) if extra else names)
    # What was looked over is what is written, so that no other thread can change it meanwhile.
    values = _read(shape, (*shape.values_of(model.__dict__), *extra.values()))
    if not shape.is_flat:
        values = _with_sent(shape, values, headers, origins)
        if shape.rules:
            shape.judge(values)
    return shape.sent(*values)


def _all_sent(models: list[Any], kind: Kind, headers: Mapping[str, str]) -> list[Sent]:
    """What goes out for the elements of an array."""
    if len(models) > 1:
        try:
            return _alike(models, kind)
        except Exception:  # noqa: BLE001, S110 - they are not alike, or each is said to be wrong below
            pass
    return [_sent(one, kind, headers) for one in models]


def _alike(models: list[Any], kind: Kind) -> list[Sent]:
    """The same, quicker, for models in which the same fields are given, with values as they are sent.

    Raises:
        Exception: they are not so.
    """
    cls, first = kind.cls, models[0]
    extra: dict[str, Any] = first.__pydantic_extra__ or {}
    names, extras = frozenset(first.__pydantic_fields_set__), tuple(extra)
    shape = kind.shape((names, *extras) if extras else names)
    if not shape.is_flat:
        raise UnsureError
    values_of, rows = shape.values_of, []
    for model in models:
        if type(model) is not cls or model.__pydantic_fields_set__ != names:
            raise UnsureError
        row, extra = values_of(model.__dict__), model.__pydantic_extra__
        if extra:  # a row without those that others have is too short below
            if tuple(extra) != extras:
                raise UnsureError
            row += tuple(extra.values())
        rows.append(row)
    shape.look_at_all(rows)
    if not all(_PLAIN.issuperset(map(type, map(itemgetter(place), rows))) for place in shape.others):
        raise UnsureError
    # An exception for what is no Decimal.
    if not all(all(map(Decimal.is_finite, map(itemgetter(place), rows))) for place in shape.numbers):
        raise UnsureError
    return list(starmap(shape.sent, rows))


def _read(shape: Shape, given: tuple[Any, ...]) -> Sequence[Any]:
    """The values as pydantic would leave them; the same object if it would leave them as they are.

    Raises:
        Exception: something may be wrong.
    """
    values: Any = given
    if [*map(type, given)] != shape.types:
        read = zip(given, shape.types, shape.fields, strict=True)
        values = [value if type(value) is exact else _value(field, value) for value, exact, field in read]
    for place in shape.numbers:
        if not values[place].is_finite():
            raise UnsureError
    try:
        looked = convert(values, shape.twin)
    except ValidationError:
        values = _with_models(shape, values)
        looked = convert(values, shape.twin)
    return shape.with_lists(values, looked) if shape.lists else values


def _value(field: Field, value: Any) -> Any:
    """What becomes of a value that is not of the type of its field."""
    if value is None and field.nullable:
        return None
    if field.cls is not None and field.type_ is not list:
        if type(value) is dict:
            return made(field.cls, value)
        if not isinstance(value, field.cls):
            raise UnsureError
        return value
    if value is None or field.read is None:
        raise UnsureError
    value = field.read(value)
    if value is None or (field.type_ is not None and type(value) is not field.type_):
        raise UnsureError
    return value


def _with_models(shape: Shape, values: Sequence[Any]) -> list[Any]:
    """The values with models in place of dicts in arrays of such."""
    values = list(values)
    for place, cls in shape.inner:
        if type(values[place]) is list:
            values[place] = _all_made(cls, values[place])
    return values


def _all_made(cls: Any, given: list[Any]) -> list[Any]:
    """The elements of an array with new models of a class in place of dicts."""
    if len(given) > 1:
        try:
            return _made_alike(cls, given)
        except Exception:  # noqa: BLE001, S110 - they are not alike, or each is said to be wrong below
            pass
    return [made(cls, one) if type(one) is dict else one for one in given]


def _made_alike(cls: Any, given: list[dict[str, Any]]) -> list[Any]:
    """The same, quicker, for dicts of the same names in the same order, without models in them.

    Raises:
        Exception: they are not so.
    """
    kind, key = kind_of(cls), tuple(given[0])
    order = kind.orders.get(key) or kind.add_order(key)
    shape = order.shape
    if shape.inner or any(type(one) is not dict or tuple(one) != key for one in given):
        raise UnsureError
    columns: list[Sequence[Any]] = list(zip(*map(order.values_of, given), strict=True))
    for place, (column, exact, field) in enumerate(zip(columns, shape.types, shape.fields, strict=True)):
        if set(map(type, column)) != {exact}:
            columns[place] = [value if type(value) is exact else _value(field, value) for value in column]
    if not all(all(map(Decimal.is_finite, columns[place])) for place in shape.numbers):
        raise UnsureError
    encode_checked(shape.texts_of(columns))  # as above
    rows = list(zip(*columns, strict=True))
    shape.look_at_all(rows)
    models = []
    for row in rows:
        if shape.rules:
            shape.judge(row)
        models.append(cls.__new__(cls))
        _leave(models[-1], kind, shape, row)
    return models


def _leave(model: Any, kind: Kind, shape: Shape, values: Sequence[Any]) -> None:
    """Let a new model have these values, which were looked at."""
    fields = kind.defaults.copy()
    fields.update(zip(shape.order, values, strict=False))
    extra = dict(zip(shape.extras, values[len(shape.order) :], strict=True))
    _put((fields, extra, set(shape.names)), self_instance=model)


def _with_sent(
    shape: Shape, values: Sequence[Any], headers: Mapping[str, str], origins: Origins | None
) -> Sequence[Any]:
    """The values with what is sent in place of models, if they are fit for a call with these headers.

    Raises:
        Exception: something may be wrong.
    """
    found = list(values)
    for place, cls in shape.inner:
        value, kind = values[place], kind_of(cls)
        if type(value) is list:
            found[place] = _all_sent(value, kind, headers)
            if origins is not None:
                origins.add_all(found[place], value)
        elif value is not None:
            found[place] = _sent(value, kind, headers)
    for place in shape.odd:
        _demand_json(found[place])
    for one in shape.newer:
        if one.fault(headers):
            raise UnsureError
    return found


def _demand_json(value: Any) -> None:
    """UnsureError: there is something of which JSON may be unable to say what it is."""
    kind = type(value)
    if kind in (list, dict):
        for one in value.values() if kind is dict else value:
            _demand_json(one)
    elif not (kind in _JSON or (kind is Decimal and value.is_finite()) or (kind is float and isfinite(value))):
        raise UnsureError
