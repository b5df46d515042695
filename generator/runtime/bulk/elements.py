"""The elements of a run as they are read: each with its reference, checked, measured, and with a digest of its data."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from decimal import MAX_PREC, Context, Decimal
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct
from pydantic import BaseModel, TypeAdapter, ValidationError

from ..violations import Violation, found_under
from ..wire import WireModel
from .errors import ElementError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .splitting import Limits

LONGEST: Final = 500
"""Characters of a reference."""

_AS_IT_IS: Final = frozenset((str, bool, type(None), date))
_PLAIN: Final = Context(prec=MAX_PREC, traps=[])
_ENCODER: Final = msgspec.json.Encoder(order="sorted", decimal_format="number")


class Element(Struct):
    """One element of a run. `tries` counts how often it went out."""

    reference: str
    request: Any  # a model, or what else the description has in that array
    digest: bytes
    """Stands for its data; empty where that has no form, and then it is invalid."""
    sizes: tuple[int, ...] = ()
    violations: tuple[Violation, ...] = ()
    tries: int = 0
    due: float = 0.0
    """The moment before which it does not go out again."""


class Reader:
    """Makes elements of what a caller passes in. `kind` is the type of an element."""

    def __init__(self, kind: Any, limits: Limits) -> None:  # Any: a type form
        self._adapter: TypeAdapter[Any] = TypeAdapter(kind)
        self._limits = limits

    def read(self, given: Iterable[Any], shard: tuple[int, int] | None) -> Iterator[Element]:
        """The elements, lazily; of a shard those whose references fall in it.

        Raises:
            ElementError: something has no reference that a journal can keep; or it is the object that the one before it
                is, with other data, as by who fills one object again and again: both would go out with the latter.
        """
        before: object = None
        data = b""
        for position, one in enumerate(given):
            reference, value = one if isinstance(one, tuple) and len(one) == 2 else (str(position), one)
            if fault := _fault(reference):
                raise ElementError(f"element {position}: its reference {fault}", (str(reference)[:LONGEST],))
            if shard is not None and part_of(reference, shard[1]) != shard[0]:
                continue
            element = self.element(reference, value)
            if value is before and element.digest != data:
                raise ElementError(
                    f"element {position}, {reference!r}, is the very object that the one before it is, with other "
                    "data, so both would go out with those: pass a new object for each",
                    (reference,),
                )
            before, data = value, element.digest
            yield element

    def element(self, reference: str, value: object) -> Element:
        """One element; what is wrong with it is in its `violations`."""
        try:
            request = value if isinstance(value, BaseModel) else self._adapter.validate_python(value)
            if isinstance(value, BaseModel):
                self._adapter.validate_python(value)  # its class alone: what is in it is checked when it goes out
        except ValidationError as error:
            return Element(reference, None, digest(value), violations=found_under("", error))
        sizes = self._limits.sizes(request)
        broken = tuple(Violation(path, message) for path, message in self._limits.excesses(sizes))
        wire = request.to_wire() if isinstance(request, WireModel) else self._adapter.dump_python(request)
        return Element(reference, request, digest(wire), sizes, broken)


def part_of(reference: str, parts: int) -> int:
    """In which of so many parts a reference falls, from 1: always the same one, on every machine."""
    return int.from_bytes(hashlib.sha256(reference.encode()).digest()[:8], "big") % parts + 1


def _fault(reference: object) -> str:
    if not isinstance(reference, str):
        return f"must be a string, not {type(reference).__name__}"
    if not 0 < len(reference) <= LONGEST or "\0" in reference:
        return f"must have 1 to {LONGEST} characters, none of them a null"
    try:
        reference.encode()
    except UnicodeEncodeError:
        return "must be text that UTF-8 can say"
    return ""


def digest(value: object) -> bytes:
    """32 bytes that stand for data by its meaning: 1.0 is 1.00, and fields have no order. Empty if it has no form."""
    try:
        return hashlib.sha256(_ENCODER.encode(_plain(value))).digest()
    except (TypeError, ValueError, OverflowError, RecursionError):
        return b""


def _plain(value: object) -> object:
    kind = type(value)
    if kind in _AS_IT_IS:  # as most are
        return value
    if isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal):
        return _PLAIN.normalize(Decimal(value))
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, WireModel):
        return _plain(value.to_wire())
    if isinstance(value, str | date):
        return value
    raise TypeError(kind.__name__)
