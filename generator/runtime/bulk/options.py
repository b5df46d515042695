"""What can be set for a bulk run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypedDict, TypeVar, cast

from msgspec import Struct

from ..errors import ConfigurationError

if TYPE_CHECKING:
    from .progress import BulkProgress

Given = TypeVar("Given")

Elements: TypeAlias = Iterable[Given | Mapping[str, Any] | tuple[str, Given | Mapping[str, Any]]]
"""Models or their wire data, each alone or as `(reference, model)`. `Any`: what a member holds is checked by the model.
"""


class BulkOptions(TypedDict, total=False):
    """What can be set for a bulk run; each may be left out.

    workers: how many requests are under way at once, at most. 4 at first. There are fewer while the server says that
        there are too many, or that few are left; more again once it takes them.
    batch_size: elements in a request at most; as many as the description allows at first.
    rate: requests a second at most; as many as the server takes at first.
    fields: the other fields of each request's body, by wire or Python names.
    limit: how many elements are sent at most, of those that the journal does not know yet; for a first try.
    shard: `(2, 8)` takes the second of eight parts of all references. Each part has a journal of its own, and no
        other part may use it, as that would do again what is in the journals of others.
    total: how many elements there are, where their iterable does not say it by `len()`; for `BulkProgress` alone.
    tries: how often an element goes out that the server refuses for a reason that can pass. 5 at first.
    again: whether elements that an earlier run saw rejected for good are sent again though they have not changed.
        False at first: then they are told as they were.
    patience: seconds for which every call may fail, before the run ends with a `RunHaltedError`. 300 at first.
    progress: a function that is given a `BulkProgress` whenever something is known anew. What it raises is logged.
    """

    workers: int
    batch_size: int | None
    rate: float | None
    fields: Mapping[str, Any]
    limit: int | None
    shard: tuple[int, int] | None
    total: int | None
    tries: int
    again: bool
    patience: float
    progress: Callable[[BulkProgress], object] | None


class BulkSettings(Struct, frozen=True):
    """Every option with its value."""

    workers: int = 4
    batch_size: int | None = None
    rate: float | None = None
    fields: Mapping[str, Any] = {}
    limit: int | None = None
    shard: tuple[int, int] | None = None
    total: int | None = None
    tries: int = 5
    again: bool = False
    patience: float = 300.0
    progress: Callable[[BulkProgress], object] | None = None


def settings_of(options: BulkOptions, where: str) -> BulkSettings:
    """The options with their values.

    Raises:
        ConfigurationError: one is unknown or unfit; `where` is the operation.
    """
    values = dict(cast("Mapping[str, Any]", options))
    for name, value in values.items():
        fault = _CHECKS[name](value) if name in _CHECKS else f"is no option; there are {', '.join(_CHECKS)}"
        if fault:
            raise ConfigurationError(where, f"{name}= {fault}")
    return BulkSettings(**values)


def _count(value: object) -> str:
    return "" if type(value) is int and value > 0 else "must be a whole number above 0"


def _count_or_none(value: object) -> str:
    return f"{_count(value)}, or None" if value is not None and _count(value) else ""


def _whole_or_none(value: object) -> str:
    fit = value is None or (type(value) is int and value >= 0)
    return "" if fit else "must be a whole number, or None"


def _number(value: object) -> str:
    fit = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    return "" if fit else "must be a number above 0"


def _number_or_none(value: object) -> str:
    return f"{_number(value)}, or None" if value is not None and _number(value) else ""


def _mapping(value: object) -> str:
    fit = isinstance(value, Mapping) and all(isinstance(name, str) for name in value)
    return "" if fit else "must be a mapping of names to values"


def _shard(value: object) -> str:
    fit = value is None or (
        isinstance(value, tuple)
        and len(value) == 2
        and all(type(one) is int for one in value)
        and 1 <= value[0] <= value[1]
    )
    return "" if fit else "must be (number, of how many), such as (2, 8), or None"


def _truth(value: object) -> str:
    return "" if isinstance(value, bool) else "must be True or False"


def _function(value: object) -> str:
    return "" if value is None or callable(value) else "must be a function, or None"


_CHECKS: Final[Mapping[str, Callable[[object], str]]] = {
    "workers": _count,
    "batch_size": _count_or_none,
    "rate": _number_or_none,
    "fields": _mapping,
    "limit": _whole_or_none,
    "shard": _shard,
    "total": _whole_or_none,
    "tries": _count,
    "again": _truth,
    "patience": _number,
    "progress": _function,
}
"""What is wrong with the value of an option, in words; nothing if it is fit."""
