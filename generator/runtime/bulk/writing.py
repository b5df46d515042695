"""Requests of a run: elements and a key in, the exact bytes out; and the same bytes again, as a journal kept them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin
from uuid import uuid4

from annotated_types import MaxLen
from msgspec import Struct, structs
from pydantic import ValidationError

from ..batch import BatchResult
from ..codec import decode
from ..compression import decompressed
from ..errors import ConfigurationError, RequestValidationError
from ..flow import written_call
from ..model import RequestModel
from ..request import Draft, draft
from ..violations import Violation, found_under
from .batches import ENCODING, Batch
from .splitting import limits_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from ..address import Address
    from ..auth import Credentials
    from ..batch import Batch as Names
    from ..operation import Operation
    from ..options import Settings
    from ..steps import Flow
    from .batches import Kept
    from .elements import Element
    from .splitting import Limits

_MOST_UNPACKED: Final = 1 << 30


class Caller(Struct, frozen=True):
    """Calls of one operation, as one client makes them."""

    operation: Operation[Any]
    address: Address
    credentials: Credentials
    settings: Settings
    arguments: Mapping[str, object]
    """What all calls of a run have in common: names of arguments, and values."""

    def __repr__(self) -> str:
        return f"Caller({self.operation.id})"

    def draft(self, body: object, key: str, track_id: str | None) -> Draft:
        """One call, checked and written down.

        Raises:
            RequestValidationError: something breaks the description.
        """
        operation = self.operation
        own: dict[str, object] = {}
        for parameter in operation.parameters:
            if parameter.idempotency_key:
                own[parameter.name] = key
            elif parameter.correlation_id:
                own[parameter.name] = track_id
        return draft(operation, {**self.arguments, **own}, body, self.settings)

    def shared_arguments(self) -> dict[str, object]:
        """What is said in each call, as an argument or as a header of the client: by names of arguments."""
        headers = {name.lower(): value for name, value in self.settings.headers.items()}
        said = {
            one.name: headers.get(one.wire_name.lower()) if value is None and one.where == "header" else value
            for one in self.operation.parameters
            if not (one.idempotency_key or one.correlation_id)
            for value in [self.arguments.get(one.name)]
        }
        return {name: value for name, value in said.items() if value is not None}

    def flow(self, written: Draft, since: datetime, *, unsure: bool, settings: Settings) -> Flow[Any]:
        """The call itself; `unsure` if it may have been carried out before."""
        return written_call(self.operation, self.address, self.credentials, settings, written, since, unsure=unsure)


class UnfitError(Exception):
    """Elements that cannot go out: places among those that were given, and what is wrong with each."""

    def __init__(self, found: Mapping[int, tuple[Violation, ...]]) -> None:
        super().__init__(found)
        self.found = found


class UnwritableError(Exception):
    """A request that a journal kept is none of this client's description."""


class Writer:
    """Makes batches of elements.

    Raises:
        ConfigurationError: the operation takes no batches.
    """

    def __init__(self, caller: Caller, fields: Mapping[str, object], wanted: int | None) -> None:
        self.caller = caller
        self._fields = fields
        operation = caller.operation
        body = operation.body
        names = names_of(operation)
        if body is None or names is None or not (isinstance(body.type, type) and issubclass(body.type, RequestModel)):
            raise ConfigurationError(operation.id, "takes no batches")
        self._kind: Any = body.type  # a RequestModel
        self._array = names.requests
        self._place = re.compile(re.escape(names.requests) + r"\[(\d+)\]\.?")
        self._python, info = next(
            ((name, one) for name, one in _fields_of(self._kind) if (one.serialization_alias or name) == self._array),
            ("", None),
        )
        if info is None:
            raise ConfigurationError(operation.id, f"has no {self._array} in its body")
        if not fields.keys().isdisjoint((self._array, self._python)):
            raise ConfigurationError(operation.id, f"fields= must be without {self._array}: the elements go there")
        self.element_type = _element_of(info.annotation)
        most = next((one.max_length for one in info.metadata if isinstance(one, MaxLen)), None)
        self.limits: Limits = limits_of(self._array, most, self._kind.constraints, wanted)

    def batch(self, elements: Sequence[Element], now: datetime) -> Batch:
        """A request for these elements, with a key that nothing else has.

        Raises:
            UnfitError: some of them cannot go out, or not together.
            RequestValidationError: it is not the elements that are wrong, but what all requests have in common.
        """
        key = str(uuid4())
        try:
            body = self._kind.model_validate({**self._fields, self._python: [one.request for one in elements]})
            written = self.caller.draft(body, key, self._track_id(key))
        except ValidationError as error:
            found = found_under("", error)
        except RequestValidationError as error:
            found = error.violations
        else:
            return Batch(tuple(elements), key, written.track_id, now, written)
        raise self._unfit(found, len(elements))

    def again(self, kept: Kept) -> Batch:
        """The request that a journal kept, byte for byte.

        Raises:
            UnwritableError: this client cannot write such a request.
        """
        try:
            text = decompressed(kept.content, kept.encoding, _MOST_UNPACKED)
            body = self._kind.model_validate(decode(text), extra="allow")
            written = self.caller.draft(body, kept.key, kept.track_id)
            requests = getattr(body, self._python)
            elements = tuple(
                structs.replace(one, request=request, sizes=self.limits.sizes(request))
                for one, request in zip(kept.elements, requests, strict=True)
            )
        except (ValueError, RequestValidationError) as error:
            raise UnwritableError(
                f"the request with the idempotency key {kept.key} was written by a client of another description, and "
                f"this one cannot send it: go on with that one, before the key expires ({error})"
            ) from None
        headers = {name: value for name, value in written.headers.items() if name != ENCODING}
        headers |= {ENCODING: kept.encoding} if kept.encoding else {}
        exact = structs.replace(written, content=kept.content, headers=headers)
        return Batch(elements, kept.key, kept.track_id, kept.began, exact, unsure=True)

    def _track_id(self, key: str) -> str | None:
        """The key itself, where the API takes such a text as the id of a call."""
        parameter = next((one for one in self.caller.operation.parameters if one.correlation_id), None)
        if parameter is None:
            return None
        try:
            parameter.adapter.validate_python(key, strict=True)
        except ValidationError:
            return None
        return key

    def _unfit(self, found: Sequence[Violation], count: int) -> UnfitError | RequestValidationError:
        """Whose fault it is: that of some elements, of all together, or of what all requests have in common."""
        single: dict[int, list[Violation]] = {}
        shared: list[Violation] = []
        for one in found:
            if match := self._place.match(one.path):
                own = structs.replace(one, path=one.path[match.end() :])
                single.setdefault(int(match[1]), []).append(own)
            elif one.path not in ("", self._array):
                shared.append(one)
        if shared:
            return RequestValidationError(self.caller.operation.id, shared)
        if not single and count == 1:
            single[0] = list(found)
        return UnfitError({place: tuple(listed) for place, listed in single.items()})


def names_of(operation: Operation[Any]) -> Names | None:
    """Where the elements of requests and answers are; `None` if the operation takes no batches."""
    kinds = (kind for one in operation.responses for kind in get_args(one.type) or (one.type,))
    return next((kind.batch for kind in kinds if isinstance(kind, type) and issubclass(kind, BatchResult)), None)


def made_by(operation: Operation[Any]) -> Any:  # a type form
    """The type of what is made of an element: that of results, without failures."""
    for one in operation.responses:
        for kind in get_args(one.type) or (one.type,):
            if isinstance(kind, type) and issubclass(kind, BatchResult):
                fields = ((info.serialization_alias or name, info) for name, info in _fields_of(kind))
                return next((_element_of(info.annotation) for name, info in fields if name == kind.batch.results), Any)
    return Any


def _fields_of(kind: Any) -> list[tuple[str, Any]]:  # a model, and pydantic's FieldInfo
    if not kind.__pydantic_fields_complete__:
        kind.model_rebuild()
    return list(kind.model_fields.items())


def _element_of(annotation: Any) -> Any:  # type forms
    """What an array has elements of; it may be optional."""
    if get_origin(annotation) is list:
        return get_args(annotation)[0]
    options = [_element_of(one) for one in get_args(annotation)]
    return next((one for one in options if one is not Any), Any)
