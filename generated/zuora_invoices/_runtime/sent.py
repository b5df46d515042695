"""What went out, as it stands in the JSON."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, cast

from msgspec import Struct, defstruct, to_builtins

from .constraints import HasFields

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Sent(Struct, HasFields, frozen=True, eq=False, gc=False):
    """An object as it went out, which nobody can change. Its fields are those that were given, in order."""

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


def struct_of(
    name: str, wires: Sequence[str], extras: Sequence[str], write: Mapping[int, Callable[[object], object]]
) -> Callable[..., Sent]:
    """What makes a `Sent` of the values of these fields; `write` makes what stands on the wire of those at some places.

    Raises:
        ValueError: msgspec knows no names with quotes or control characters.
    """
    every = [*wires, *extras]
    attributes = [f"f{place}" for place in range(len(every))]
    # What is written in a form of its own is also there as the value that it is.
    shown = [f"v{place}" if place in write else one for place, one in enumerate(attributes)]
    struct = defstruct(
        name,
        attributes,
        bases=(Sent,),
        rename=dict(zip(attributes, every, strict=True)),
        namespace={
            "places": dict(zip(wires, shown, strict=False)),
            "others": dict(zip(extras, attributes[len(wires) :], strict=True)),
        },
        frozen=True,
        eq=False,
        gc=bool(write),  # it cannot come to hold itself; what has attributes that are no fields has to be looked at
        dict=bool(write),
    )
    if not write:
        return cast("Callable[..., Sent]", struct)

    def make(*values: object) -> Sent:
        made = struct(*(write[place](one) if place in write else one for place, one in enumerate(values)))
        vars(made).update((f"v{place}", values[place]) for place in write)
        return cast("Sent", made)

    return make
