"""What the quick path knows of a class of requests, and of those of its models in which the same fields are given.

For each set of names there is a twin, a struct of msgspec, that looks over the values in one call, and another one as
which they are written. What the names alone say of the rules between fields is decided once.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import itemgetter
from types import GenericAlias
from typing import TYPE_CHECKING, Any, Final, TypeVar

from msgspec import ValidationError, convert, defstruct
from pydantic_core import SchemaValidator

from .constraints import HasFields, undecided
from .groups import groups_of
from .schemas import NEEDED, Field, UnsureError, fields_of
from .sent import struct_of
from .values import exact_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from .constraints import Condition, Test
    from .versions import MinimumVersion

# Any: models of classes that stand above this file, and values of any type.

Known = TypeVar("Known")

_KEPT: Final = 256
"""So many sets of names are known of each class, and so many orders in which names were given."""
_WIDEST: Final = 128
"""So many names have those at most: to make their structs takes time and memory, and extra fields can be thousands."""
_LONGEST: Final = 200
"""So many characters does each of these have at most: they are kept, and those of extra fields can be of any length."""
_EXACT: Final = (date,)
"""In place of this msgspec then takes nothing else, such as the same as a string."""
_EXTRA: Final = Field(default=NEEDED, nullable=True, read=exact_json)
_plain: Final = str.__str__
"""The same string without a class of its own; no string, no name."""


class Kind:
    """What is known of a class of requests."""

    def __init__(self, cls: Any, schema: Any) -> None:
        self.cls = cls
        self.schema = schema
        self.fields: dict[str, Field] = fields_of(cls, schema)
        self.wires = {name: info.serialization_alias or name for name, info in cls.model_fields.items()}
        self.python = {wire: name for name, wire in self.wires.items()}
        if type(cls.__pydantic_validator__) is not SchemaValidator:
            raise UnsureError  # a plugin of pydantic wants to see what is made
        if self.fields.keys() != self.wires.keys() or len(self.python) != len(self.wires):
            raise UnsureError
        if any(self.python.get(one, one) != one for one in self.wires):
            raise UnsureError  # what is one field's name is another's wire name
        self.defaults = {name: field.default for name, field in self.fields.items()}
        self.needed = {name for name, default in self.defaults.items() if default is NEEDED}
        self.nullable: AbstractSet[str] = cls.nullable
        self.constraints: tuple[Condition, ...] = cls.constraints
        self.newer: Mapping[str, MinimumVersion] = cls.minimum_versions
        self._groups = groups_of(cls)
        self._reserved = {*self.wires, *self.python, *(group.name for group in self._groups)}
        self._shapes: dict[object, Shape | None] = {}
        self.orders: dict[object, Order | None] = {}

    def shape(self, key: Any) -> Shape:
        """What is known of models with these names, a set; where there are extra fields, it comes first, and then they.

        Raises:
            UnsureError: nothing is.
        """
        if (shape := self._shapes.get(key)) is not None:
            return shape
        names, *extras = (key,) if isinstance(key, frozenset) else key
        _demand_small((*names, *extras))
        # What is known is of names that are equal, and nothing else of them is kept.
        return _keep(self._shapes, key, lambda: Shape(self, frozenset(map(_plain, names)), tuple(map(_plain, extras))))

    def add_order(self, given: tuple[str, ...]) -> Order:
        """What is known of fields that are given in an order of which nothing was known.

        Raises:
            UnsureError: nothing is.
        """
        _demand_small(given)
        return _keep(self.orders, given, lambda: Order(self, given))

    def takes(self, name: str) -> bool:
        """Whether an extra field can have a name, and any value."""
        groups = [group for group in self._groups if name in group]
        return name not in self._reserved and bool(groups) and all(group.is_of_any for group in groups)

    def naming(self, wire: str) -> str | None:
        """The name by which rules know a field."""
        return self.python.get(wire, None if wire in self.wires else wire)


def _demand_small(names: Sequence[str]) -> None:
    if len(names) > _WIDEST or any(len(one) > _LONGEST for one in names):
        raise UnsureError


def _keep(known: dict[object, Known | None], key: object, make: Callable[[], Known]) -> Known:
    """Remember what is made, or that nothing can be, if there is room."""
    if key in known or len(known) >= _KEPT:
        raise UnsureError
    try:
        found = make()
    except (UnsureError, TypeError, ValueError):  # msgspec knows no names with quotes or control characters
        known[key] = None
        raise UnsureError from None
    known[key] = found
    return found


class Order:
    """What is known of fields that are given in one order, by Python names or wire names."""

    def __init__(self, kind: Kind, given: tuple[str, ...]) -> None:
        names: dict[str, str] = {}
        extras = []
        for one in given:
            name = one if one in kind.fields else kind.python.get(one)
            if name is None:
                extras.append(one)
            elif names.setdefault(name, one) != one:
                raise UnsureError
        every = frozenset((*names, *extras))
        self.shape = kind.shape((every, *extras) if extras else every)
        self.values_of: Callable[[Mapping[str, Any]], tuple[Any, ...]]
        self.values_of = getter([*(names[name] for name in self.shape.order), *extras])
        """The values at their places."""
        self.by_name = all(name == one for name, one in names.items())
        """Whether all were given by their Python names."""


class Shape:
    """What is known of models in which the same fields are given.

    A place is that of a field among those that are given: the declared ones in the order of the class, then the others.
    """

    def __init__(self, kind: Kind, names: frozenset[str], extras: tuple[str, ...]) -> None:
        self.names = names
        self.extras = extras
        self.order = [name for name in kind.wires if name in names]
        # Pydantic counts extra fields among those that were given, if they were there when the model was made.
        if not (kind.needed <= names <= {*self.order, *extras} and all(map(kind.takes, extras))):
            raise UnsureError
        wires = [kind.wires[name] for name in self.order]
        known = [(kind.fields[name], wire) for name, wire in zip(self.order, wires, strict=True)]
        declared = [one._replace(nullable=one.nullable and wire in kind.nullable) for one, wire in known]
        if any(one.read is None for one in declared):
            raise UnsureError
        self.fields = [*declared, *[_EXTRA] * len(extras)]
        # Of what may be null each value is read, as of what has no type that says all.
        self.types = [*(None if one.nullable else one.type_ for one in declared), *[str] * len(extras)]
        """Those of values that need no more than a look."""
        self.values_of: Callable[[Mapping[str, Any]], tuple[Any, ...]] = getter(self.order)
        self._given: AbstractSet[str | None] = names.union(extras)
        self._wires = [*wires, *extras]
        rules = undecided(kind.constraints, self._given, kind.naming)
        if rules is None:
            raise UnsureError
        self.rules: list[Test] = [one.test(kind.naming) for one in rules]
        self.newer = [one for wire, one in kind.newer.items() if kind.python.get(wire) in names]
        places = list(enumerate(declared))
        self.numbers = [place for place, one in places if one.type_ is Decimal and not one.nullable]
        self.others = range(len(declared), len(self.fields))
        """The places of extra fields."""
        self.texts_of: Callable[[Sequence[Any]], tuple[Any, ...]]
        self.texts_of = getter([place for place, one in places if one.type_ is str and not one.nullable])
        self.odd = [place for place, one in places if one.type_ is None]
        self.inner = [(place, one.cls) for place, one in places if one.cls is not None]
        for _, cls in self.inner:
            if not cls.__pydantic_complete__:  # it was only seen as a part of others
                cls.model_rebuild(raise_errors=False)
        self.lists = [place for place, one in places if one.type_ is list]
        nulls = any(one.type_ is Decimal and one.nullable for one in declared)
        self.is_flat = not (self.inner or self.odd or self.newer or self.rules or nulls)
        looks = [one.look | None if one.nullable else one.look for one in declared]
        self.twin = _struct(kind.cls.__name__, looks)
        """Has a look at values of the right types, those of extra fields aside."""
        self.sent = struct_of(
            kind.cls.__name__, wires, extras, {place: one.write for place, one in places if one.write is not None}
        )

    def with_lists(self, values: Sequence[Any], looked: Any) -> Sequence[Any]:
        """The values with the lists that are only in what `twin` made of them: they are nobody else's."""
        values = list(values)
        for place in self.lists:
            values[place] = getattr(looked, f"f{place}")
        return values

    def look_at_all(self, rows: list[tuple[Any, ...]]) -> None:
        """Have a look at the values of several models, and at their types, those of numbers aside.

        Subclasses of `str` and `int` will do.

        Raises:
            msgspec.ValidationError: something may be wrong.
        """
        convert((rows,), self._twins, builtin_types=_EXACT)

    @cached_property
    def _twins(self) -> Any:
        # A struct around them, as msgspec keeps what it knows of structs.
        return _struct(self.twin.__name__, [GenericAlias(list, self.twin)])

    def judge(self, values: Sequence[Any]) -> None:
        """UnsureError: one of the rules between fields does not hold."""
        fields = _Fields(dict(zip(self._wires, values, strict=True)))
        for holds in self.rules:
            if not holds(self._given, fields):
                raise UnsureError


def _struct(name: str, looks: Sequence[Any]) -> Any:
    made = defstruct(name, [(f"f{place}", look) for place, look in enumerate(looks)], array_like=True, gc=False)
    # What the types say msgspec finds out at the first use, and must not in two threads at once (it crashes).
    with suppress(ValidationError):
        convert((), made)
    return made


class _Fields(HasFields):
    def __init__(self, fields: Mapping[str, object]) -> None:
        self._fields = fields

    def wire_fields(self) -> Mapping[str, object]:
        return self._fields


def getter(names: Sequence[Any]) -> Any:
    """What gives the values of these names, or at these places, as a tuple."""
    if len(names) > 1:
        return itemgetter(*names)
    return (lambda values: (values[names[0]],)) if names else lambda _: ()


KINDS: Final[dict[type, Kind]] = {}
"""The classes of which something is known, as they were; see `kind_of`."""
_UNKNOWN: Final[dict[type, object]] = {}
"""The schemas of classes of which nothing is."""


def kind_of(cls: Any) -> Kind:
    """What is known of a class, as it is now.

    Raises:
        UnsureError: nothing is, or not yet.
    """
    kind, schema = KINDS.get(cls), cls.__pydantic_core_schema__
    if kind is not None and kind.schema is schema:
        return kind
    if _UNKNOWN.get(cls) is schema or not cls.__pydantic_complete__:
        raise UnsureError
    try:
        kind = KINDS[cls] = Kind(cls, schema)
    except (UnsureError, LookupError, AttributeError, TypeError):
        _UNKNOWN[cls] = schema
        raise UnsureError from None
    return kind
