"""Answers to batches: each element belongs to one of the request."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeVar

from msgspec import Struct
from pydantic import PrivateAttr

from .codec import encode
from .comparison import differences, in_words
from .errors import BatchFailureError, BatchPart
from .model import ResponseModel
from .origins import Origins
from .reasons import FailureBody, reasons_in
from .text import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import BaseModel

    from .echo import Difference
    from .sent import Sent
    from .wire import WireModel

Given = TypeVar("Given")
Made = TypeVar("Made")
Failed = TypeVar("Failed")

_SHOWN: Final = 5  # failed parts in a message
_WIDTH: Final = 200  # characters that each has there
_UNEXPLAINED: Final = FailureBody()


class Batch(Struct, frozen=True):
    """Wire names: the array of the request, that of the answer, and the field in which a failure says its position."""

    requests: str
    results: str
    index: str


class MisfitError(ValueError):
    """An answer does not fit the request that it should answer, so nothing can be said of any part of it.

    `differences` are what it says differently than what was sent, where that is why.
    """

    def __init__(self, message: str, differences: Sequence[Difference] = ()) -> None:
        super().__init__(message)
        self.differences = tuple(differences)


class _Bound(Struct, frozen=True, eq=False):
    """What an answer belongs to, and its elements told apart."""

    operation: str
    circumstances: Mapping[str, object]
    created: tuple[BatchPart[Any, Any], ...]  # Any: BatchResult, which knows the types, gives them out
    failed: tuple[BatchPart[Any, Any], ...]
    unknown: tuple[BatchPart[Any, Any], ...] = ()

    def __eq__(self, other: object) -> bool:
        """Answers are equal if their fields are, as everywhere: what they belong to is no part of what they say."""
        return other is None or isinstance(other, _Bound)

    __hash__ = None  # type: ignore[assignment]  # models have none either


class BatchResult(ResponseModel, Generic[Given, Made, Failed]):
    """An answer with one element for each element of the request, in the same order; elements can fail alone."""

    batch: ClassVar[Batch]
    """Where the elements are."""

    _bound: _Bound | None = PrivateAttr(default=None)

    def __class_getitem__(cls, typevar_values: object) -> type[BaseModel]:
        """The class itself: the parameters are for type checkers, and pydantic would make a class of each set."""
        return cls

    @property
    def created(self) -> tuple[BatchPart[Given, Made], ...]:
        """The parts that succeeded, in order, each with the request it belongs to."""
        return self._known.created

    @property
    def failed(self) -> tuple[BatchPart[Given, Failed], ...]:
        """The parts that failed, in order, each with the request it belongs to: what may be sent again."""
        return self._known.failed

    @property
    def unknown(self) -> tuple[BatchPart[Given, object], ...]:
        """The parts whose result cannot be read, in order: each may have succeeded. `result` is what came, as JSON.

        In the array itself they are `None`. There are none with `strict_answers`, where the whole is an error.
        """
        return self._known.unknown

    def raise_for_failures(self) -> None:
        """Let failed parts be an error, and those whose result cannot be read.

        Raises:
            BatchFailureError: at least one part is not known to have succeeded.
        """
        bound = self._known
        if bound.failed or bound.unknown:
            error = BatchFailureError(
                bound.operation, _message(self.batch, bound), bound.created, bound.failed, bound.unknown
            )
            vars(error).update(bound.circumstances)
            raise error

    def belongs_to(
        self,
        body: WireModel | Sent | None,
        operation: str,
        explained: FailureBody = _UNEXPLAINED,
        circumstances: Mapping[str, object] = MappingProxyType({}),
        origins: Origins | None = None,
    ) -> None:
        """Tell the elements apart, given the request that this answers; a call does it before it returns.

        `operation` is the operation's id, and `explained` where a failure says why, and
        `circumstances` are attributes of the error that `raise_for_failures` raises. `origins` knows which objects the
        elements of the request were made of: a part has that one.

        Raises:
            MisfitError: there are not as many results as requests, one is not at the position that it names, or one
                says something else than its request.
        """
        self._bound = None
        names = self.batch
        requests, results = _listed(body, names.requests), _listed(self, names.results)
        if len(results) != len(requests):
            raise MisfitError(f"{names.results} has {len(results)} results for {len(requests)} {names.requests}")
        origin = (origins or Origins()).of_all(requests)
        gaps = {one.path: one.value for one in self.unread}
        created: list[BatchPart[Any, Any]] = []
        failed: list[BatchPart[Any, Any]] = []
        unknown: list[BatchPart[Any, Any]] = []
        differ: list[Difference] = []
        for position, (request, result) in enumerate(zip(requests, results, strict=True)):
            index = result.wire_field(names.index) if isinstance(result, ResponseModel) else None
            failure = result if isinstance(result, ResponseModel) and result.failure else None
            # With the order promised, an index out of range or given twice is one that is not the position; without an
            # index, the position alone counts.
            if index is not None and (index != position or isinstance(index, bool)):
                raise MisfitError(f"{names.results}[{position}].{names.index} is {index}, and must be {position}")
            if (place := f"{names.results}[{position}]") in gaps:
                unknown.append(BatchPart(position, origin[position], gaps[place]))
            elif failure is None:
                differ += differences(request, result, f"{place}.")
                created.append(BatchPart(position, origin[position], result))
            else:
                failed.append(BatchPart(position, origin[position], failure, reasons_in(explained, failure.to_wire())))
        if differ:
            raise MisfitError(in_words(differ), differ)
        self._bound = _Bound(operation, dict(circumstances), tuple(created), tuple(failed), tuple(unknown))

    @property
    def _known(self) -> _Bound:
        if self._bound is None:
            raise RuntimeError(
                f"this {type(self).__name__} comes from no call: belongs_to() has to tell it what request it answers"
            )
        return self._bound


def _listed(model: WireModel | Sent | None, name: str) -> list[object]:
    """The elements of an array; of one that is not there, none."""
    value = model.wire_field(name) if model is not None else None
    return value if isinstance(value, list) else []


def _message(names: Batch, bound: _Bound) -> str:
    """How many failed, and of the first few why; which cannot be read."""
    count, dark = len(bound.failed), [part.object_index for part in bound.unknown]
    of_all = f"of {count + len(dark) + len(bound.created)}"
    shown = (f"[{part.object_index}] {shortened(_why(part, names), _WIDTH)}" for part in bound.failed[:_SHOWN])
    more = f"; and {count - _SHOWN} more, see `failed`" if count > _SHOWN else ""
    failed = f"{count} {of_all} failed: {'; '.join(shown)}{more}" if count else ""
    unread = f"{len(dark)} {of_all} cannot be read, see `unknown`: {shortened(str(dark))}" if dark else ""
    return "; ".join(filter(None, (failed, unread)))


def _why(part: BatchPart[Any, Any], names: Batch) -> str:
    """The server's reasons; where they are not to be found, all that it says."""
    reasons = "; ".join(map(str, part.reasons))
    return reasons or encode({name: one for name, one in part.result.to_wire().items() if name != names.index}).decode()
