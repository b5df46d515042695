"""Whether an answer is for the request that went out: what both say has to be the same.

Values are compared by what they mean: 1.0 is 1.00, times are moments, and what is `null` or not there says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Context, Decimal, Inexact, localcontext
from functools import cache, reduce
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeGuard, cast

from pydantic_core import PydanticCustomError

from .codec import as_text
from .echo import Difference
from .sent import Sent
from .values import exact_number, same_json
from .wire import WireModel, declared, python_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .echo import Echo, Sum
    from .model import ResponseModel

_SHOWN: Final = 5  # differences in a message
_PLAIN: Final = frozenset((str, bool, int, Decimal, date))
_EXACT: Final = Context(prec=1000, traps=[Inexact])
"""A sum of more digits is no sum of amounts, and is not compared."""


def differences(sent: object, answer: object, place: str = "") -> Iterator[Difference]:
    """What an answer says differently than what was sent; `place` is where it stands, such as `orders[1].`."""
    echo: Echo | None = getattr(type(answer), "echo", None)  # to ask whether it is a model takes longer
    if echo is None:
        return
    answered = cast("ResponseModel", answer)
    names, fields = python_names(type(answered)), answered.__dict__
    for name in echo.same:
        received = fields.get(names.get(name, ""))
        if received is not None and not _agree(asked := _field(sent, name), received):
            yield Difference(f"{place}{name}", _wire(asked), _wire(received))
    for rule in echo.sums:
        received = fields.get(names.get(rule.total, ""))
        if not _is_number(received) or (total := _sum(rule, sent)) is None:
            continue
        if not (_comes_to(rule, sent, total, Decimal(received)) or _is_excepted(rule, sent)):
            yield Difference(f"{place}{rule.total}", total, received, rule.of)


def expected(echo: Echo | None, sent: object) -> dict[str, object]:
    """What an answer would say again of what was sent: wire names of the answer, and values."""
    if echo is None:
        return {}
    found = {name: _wire(value) for name in echo.same if (value := _field(sent, name)) is not None}
    for rule in echo.sums:
        if not _is_excepted(rule, sent) and (total := _sum(rule, sent)) is not None:
            found[rule.total] = total
    return found


def in_words(found: Sequence[Difference]) -> str:
    """Where an answer differs from what was sent, of the first few."""
    more = f"; and {len(found) - _SHOWN} more, see `differences`" if len(found) > _SHOWN else ""
    return "; ".join(map(str, found[:_SHOWN])) + more


def _field(value: object, name: str) -> object:
    if isinstance(value, Sent):  # first, as it is by far the most, and what takes least to ask
        return value.declared(name)
    if isinstance(value, WireModel):
        return declared(value, name)
    return value.get(name) if isinstance(value, Mapping) else None


def _wire(value: object) -> object:
    """A value without models, which say too much of themselves."""
    if isinstance(value, list):
        return [_wire(one) for one in value]
    return value.to_wire() if isinstance(value, WireModel | Sent) else value


def _agree(sent: object, received: object) -> bool:
    """Whether two values can be the same; of what cannot be compared nothing is said."""
    kind = type(sent)
    if sent is None or received is None or (kind is type(received) and kind in _PLAIN and sent == received):
        return True  # by far the most, and what takes least to ask
    if same_json(sent, received):
        return True
    if isinstance(sent, date) and isinstance(received, date):
        # Without a zone on one side, or without a time, nobody can say which moment is meant.
        timed = isinstance(sent, datetime), isinstance(received, datetime)
        if timed == (True, True):
            return _has_zone(sent) != _has_zone(received)
        return any(timed)
    if isinstance(sent, str) != isinstance(received, str):
        text, value = (sent, received) if isinstance(sent, str) else (received, sent)
        return _is_text_of(str(text), _wire(value))
    return False


def _has_zone(value: date) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None


def _is_text_of(text: str, value: object) -> bool:
    """Whether a text is how a value can be written."""
    if _is_number(value):
        try:
            return bool(exact_number(text) == value)
        except PydanticCustomError:
            return False
    return text == as_text(value)


def _sum(rule: Sum, sent: object) -> Decimal | None:
    """What the numbers of a request come to, if there are any."""
    numbers = _addends(rule, sent)
    try:
        return reduce(_EXACT.add, numbers, Decimal(0)) if numbers else None
    except ArithmeticError:
        return None


def _is_excepted(rule: Sum, sent: object) -> bool:
    """Whether the request has a value with which nothing is said of the total."""
    return any(
        values is True or any(same_json(one, other) for other in values)
        for path, values in rule.unless.items()
        for one in _at((sent,), (path,))
    )


def _comes_to(rule: Sum, sent: object, total: Decimal, received: Decimal) -> bool:
    """Whether a total is the one received, or becomes it where each number is rounded.

    To how many decimals is not known, but to no fewer than the total has. So a number with more moves by less than one
    unit of its last place, up or down, and every other stays.
    """
    if total == received:
        return True
    if not rule.rounded:
        return False
    places = _decimals(received)
    moved = sum(_decimals(one) > places for one in _addends(rule, sent))
    try:
        with localcontext(_EXACT):
            return abs(total - received) < Decimal(moved).scaleb(-places)
    except ArithmeticError:
        return False


def _decimals(number: Decimal) -> int:
    """How many decimals a number needs."""
    digits, exponent = number.as_tuple()[1:]
    if not isinstance(exponent, int) or not number:
        return 0
    return max(0, -exponent - (len(digits) - len("".join(map(str, digits)).rstrip("0"))))


def _addends(rule: Sum, sent: object) -> list[Decimal]:
    found = _at((sent,), rule.of)
    if set(map(type, found)) <= {Decimal}:  # as they nearly always are
        return cast("list[Decimal]", found)
    return [Decimal(one) for one in found if _is_number(one)]


def _at(objects: Sequence[object], paths: tuple[str, ...]) -> list[object]:
    """What objects have at paths of names, through each element of the arrays on the way."""
    kinds = set(map(type, objects))
    places = kind.places if len(kinds) == 1 and issubclass(kind := kinds.pop(), Sent) else None
    found: list[object] = []
    for name, many, behind in _branches(paths):
        values: Iterable[object]
        if places is None:
            values = (_field(one, name) for one in objects)
        else:  # they are of one set of names
            values = map(attrgetter(places[name]), objects) if name in places else ()
        here = [one for one in values if one is not None]
        if many and len(here) == 1 and type(here[0]) is list:
            here = here[0]
        elif many:
            here = [element for one in here for element in (one if isinstance(one, list) else [one])]
        if here:
            found += _at(here, behind) if behind else here
    return found


@cache
def _branches(paths: tuple[str, ...]) -> tuple[tuple[str, bool, tuple[str, ...]], ...]:
    """The first names of paths, whether they go through an array there, and the paths behind, if any."""
    steps = [path.partition(".") for path in paths]
    behind: dict[str, list[str]] = {}
    for step, _, rest in steps:
        if rest:
            behind.setdefault(step, []).append(rest)
    every = [*((step, ()) for step, _, rest in steps if not rest), *behind.items()]
    return tuple((step.removesuffix("[*]"), step.endswith("[*]"), tuple(rest)) for step, rest in every)


def _is_number(value: object) -> TypeGuard[int | Decimal]:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
