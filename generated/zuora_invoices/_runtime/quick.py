"""The quick path of a request: what was checked when it was made, and has not changed since, is written as it is.

It never says no, and when it says yes, pydantic would make the same object of it and write the same bytes. Validation
leaves a seal on each model: which fields were given, and the very objects that they have. A model that still has those,
of types whose objects never change, needs no second check. Whatever else there may be is checked as if made anew.

What is known of a class is read off the schema that pydantic made of it. A field whose schema holds anything that is
not understood here keeps the models that it is given for off this path.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import repeat
from operator import is_, itemgetter
from types import NoneType
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from msgspec import Struct, defstruct, to_builtins

from .constraints import HasFields, undecided
from .groups import groups_of
from .schemas import Field, UnsureError, fields_of
from .unlisted import allows_unlisted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet

    from pydantic import BaseModel

    from .constraints import Condition, Test
    from .origins import Origins
    from .versions import MinimumVersion

SEAL: Final = "__seal__"
"""The slot in which a model has its seal. No copy has one: what copies, pickles and `model_construct` know of is not
this slot."""

_PLAIN: Final = frozenset((str, int, bool, Decimal, date, NoneType))
"""What nothing can change, and what is written as it is. Subclasses are not meant."""
_AS_READ: Final = frozenset((str, int, bool))
"""What an extra field has as it was given."""
_NONE: Final = repeat(None)
_SHAPES: Final = 256  # of each class that are kept


class Sent(Struct, HasFields, frozen=True, eq=False, gc=False):
    """An object as it went out, which nobody can change. Its attributes are the fields that were given, in order."""

    places: ClassVar[Mapping[str, str]] = {}
    """Wire name -> attribute of the declared fields."""
    others: ClassVar[Mapping[str, str]] = {}
    """Of those that are not declared."""

    def wire_fields(self) -> Mapping[str, object]:
        """Wire name -> value of each field that was given."""
        return {wire: getattr(self, name) for wire, name in (*self.places.items(), *self.others.items())}

    def wire_field(self, name: str) -> object:
        """The value of one of these; `None` if it was not given."""
        place = self.places.get(name) or self.others.get(name)
        return None if place is None else getattr(self, place)

    def declared(self, name: str) -> object:
        """The value of a declared field by its wire name; `None` if there is none."""
        place = self.places.get(name)
        return None if place is None else getattr(self, place)

    def to_wire(self) -> dict[str, object]:
        """The same as of a model: wire names, `Decimal` and `date` still as such."""
        return cast("dict[str, object]", to_builtins(self, builtin_types=(Decimal, date)))


def seal(model: BaseModel) -> None:
    """Remember what validation has left in a model that is fit."""
    kind = _kind_of(type(model))
    if kind is None or allows_unlisted(model):
        return
    key, extra = _key(model)
    shape = kind.shapes.get(key) or kind.add_shape(key, frozenset(model.__pydantic_fields_set__), tuple(extra or ()))
    if shape is not None:
        shape.seal(model, shape.values_of(model.__dict__), extra)


def seal_as_before(model: BaseModel) -> bool:
    """Seal a model of which only values are new, if they are fit; what its fields are was judged before.

    Its fields have been read, each by itself. Whether they may be there together, and be `null`, is what is asked here.
    """
    kind = _kind_of(type(model))
    key, extra = _key(model)
    shape = None if kind is None else kind.shapes.get(key)
    if shape is None:
        return False
    values = shape.values_of(model.__dict__)
    if any(map(is_, values, _NONE)) or (extra and not _AS_READ.issuperset(map(type, extra.values()))):
        return False
    for holds in shape.rules:
        if not holds(shape.given, cast("HasFields", model)):
            return False
    shape.seal(model, values, extra)
    return True


def _key(model: BaseModel) -> tuple[object, dict[str, Any] | None]:
    """What tells the shape of a model, and its extra fields."""
    names, extra = frozenset(model.__pydantic_fields_set__), model.__pydantic_extra__
    return ((names, *extra) if extra else names), extra


def sent(model: object, headers: Mapping[str, str], origins: Origins) -> Sent | None:
    """What goes out for a model in a call with these headers; `None` if something may be wrong with it.

    `origins` gets to know which models the elements of its arrays were made of.
    """
    try:
        kind = _kind_of(type(model))
        if kind is None:
            return None
        found = _sent(model, kind, headers)
        shape, values = kind.get_seal(model)
        for place in shape.lists:
            if values[place] is not None:
                origins.add_all(getattr(found, f"f{place}"), values[place])
    except Exception:  # noqa: BLE001 - whatever it is, the check that takes longer finds it and has words for it
        return None
    return found


def _sent(model: object, kind: _Kind, headers: Mapping[str, str]) -> Sent:
    if type(model) is not kind.cls:
        raise UnsureError
    shape, sealed = kind.get_seal(model)  # AttributeError if there is none
    values, extra = shape.values_of(model.__dict__), cast("BaseModel", model).__pydantic_extra__
    if extra:
        values += tuple(extra.values())
    if (
        shape.kind is not kind
        or cast("BaseModel", model).__pydantic_fields_set__ != shape.names
        or tuple(extra or ()) != shape.extras
        or len(values) != len(sealed)
    ):
        raise UnsureError
    # What is written is what was sealed, so that no other thread can change it meanwhile.
    if shape.inner:
        sealed = tuple(
            _inside(one, now, shape.inner[place], headers) if place in shape.inner else _same(one, now)
            for place, (one, now) in enumerate(zip(sealed, values, strict=True))
        )
    elif not (all(map(is_, values, sealed)) and _PLAIN.issuperset(map(type, sealed))):
        raise UnsureError
    made = shape.sent(*sealed)
    for one in shape.newer:
        if one.fault(headers):
            raise UnsureError
    for holds in shape.rules:  # again, as what they look at inside may have changed twice
        if not holds(shape.given, made):
            raise UnsureError
    return made


def _same(sealed: object, now: object) -> object:
    if sealed is not now or type(now) not in _PLAIN:
        raise UnsureError
    return now


def _inside(sealed: object, now: object, field: Field, headers: Mapping[str, str]) -> object:
    """The written form of an array or of a model in a field."""
    if sealed is None:
        return _same(sealed, now)
    if not field.many:
        if sealed is not now or field.cls is None:
            raise UnsureError
        return _sent(sealed, _known(field.cls), headers)
    if not (type(now) is list and type(sealed) is tuple and len(now) == len(sealed) and all(map(is_, now, sealed))):
        raise UnsureError
    if field.cls is not None:
        kind = _known(field.cls)
        return [_sent(one, kind, headers) for one in sealed]
    if not _PLAIN.issuperset(map(type, sealed)):
        raise UnsureError
    return list(sealed)


class _Kind:
    """What is known of a class of requests."""

    def __init__(self, cls: Any) -> None:  # Any: a RequestModel, which stands above this file
        self.cls = cls
        self.schema = cls.__pydantic_core_schema__
        slot = next(vars(base)[SEAL] for base in cls.__mro__ if SEAL in vars(base))
        self.set_seal: Callable[[object, tuple[_Shape, tuple[Any, ...]]], None] = slot.__set__
        self.get_seal: Callable[[object], tuple[_Shape, tuple[Any, ...]]] = slot.__get__
        self.fields: dict[str, Field | None] = fields_of(cls)
        self.wires: dict[str, str] = {
            name: info.serialization_alias or name for name, info in cls.model_fields.items() if name in self.fields
        }
        self.python = {wire: name for name, wire in self.wires.items()}
        if any(self.python.get(name, name) != name for name in self.wires):
            raise UnsureError  # what is one field's name is another's wire name
        self.constraints: tuple[Condition, ...] = cls.constraints
        self.newer: Mapping[str, MinimumVersion] = cls.minimum_versions
        self.any_extras = all(one.is_of_any for one in groups_of(cls))
        self.shapes: dict[object, _Shape] = {}

    def add_shape(self, key: object, names: frozenset[str], extras: tuple[str, ...]) -> _Shape | None:
        """The shape of models with these fields, if it is understood and there is room for it."""
        # Pydantic counts extra fields among those that were given, if they were there when the model was made.
        understood = all(self.fields.get(name) is not None for name in names.difference(extras))
        if not understood or (extras and not self.any_extras) or len(self.shapes) >= _SHAPES:
            return None
        try:
            self.shapes[key] = shape = _Shape(self, names, extras)
        except (UnsureError, ValueError):  # msgspec knows no names with quotes or control characters
            return None
        return shape

    def naming(self, wire: str) -> str | None:
        """The name by which `given` knows a field."""
        return self.python.get(wire, None if wire in self.wires else wire)


class _Shape:
    """What is known of models in which the same fields are given."""

    def __init__(self, kind: _Kind, names: frozenset[str], extras: tuple[str, ...]) -> None:
        self.kind = kind
        self.names = names
        self.extras = extras
        self.given: AbstractSet[str | None] = names.union(extras)
        ordered = [name for name in kind.wires if name in names]
        self.values_of = _getter(ordered)
        self.inner = {
            place: field
            for place, name in enumerate(ordered)
            if (field := kind.fields[name]) is not None and (field.many or field.cls is not None)
        }
        self.lists = [place for place, field in self.inner.items() if field.many]
        self.newer = [one for wire, one in kind.newer.items() if kind.python.get(wire) in names]
        rules = undecided(kind.constraints, self.given, kind.naming)
        if rules is None:
            raise UnsureError
        self.rules: list[Test] = [one.test(kind.naming) for one in rules]
        wires = [*(kind.wires[name] for name in ordered), *extras]
        places = [f"f{place}" for place in range(len(wires))]
        declared = len(ordered)
        self.sent = cast(
            "Callable[..., Sent]",
            defstruct(
                kind.cls.__name__,
                places,
                bases=(Sent,),
                rename=dict(zip(places, wires, strict=True)),
                namespace={
                    "places": dict(zip(wires[:declared], places, strict=False)),
                    "others": dict(zip(extras, places[declared:], strict=True)),
                },
                frozen=True,
                eq=False,
                gc=False,  # it cannot come to hold itself
            ),
        )

    def seal(self, model: BaseModel, values: tuple[Any, ...], extra: Mapping[str, object] | None) -> None:
        """Let a model know that it was found fit, with these values."""
        if extra:
            values += tuple(extra.values())
        if self.lists:
            values = tuple(
                tuple(one) if place in self.lists and type(one) is list else one for place, one in enumerate(values)
            )
        self.kind.set_seal(model, (self, values))


_KINDS: Final[dict[type, tuple[object, _Kind | None]]] = {}


def _kind_of(cls: type) -> _Kind | None:
    """What is known of a class, if anything is."""
    model = cast("Any", cls)
    schema, kind = _KINDS.get(cls, (None, None))
    if schema is not None and schema is model.__pydantic_core_schema__:
        return kind
    if not getattr(cls, "__pydantic_complete__", False):
        if not hasattr(cls, "model_rebuild"):
            return None
        model.model_rebuild(raise_errors=False)
        if not model.__pydantic_complete__:
            return None
    try:
        kind = _Kind(cls)
    except (UnsureError, LookupError, AttributeError, TypeError, StopIteration):
        kind = None
    _KINDS[cls] = model.__pydantic_core_schema__, kind
    return kind


def _known(cls: type) -> _Kind:
    kind = _kind_of(cls)
    if kind is None:
        raise UnsureError
    return kind


def _getter(names: list[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    if len(names) > 1:
        return itemgetter(*names)
    return (lambda values: (values[names[0]],)) if names else lambda _: ()
