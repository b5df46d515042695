"""From a reply to the value that a call returns, or the error that it raises."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, cast, get_args, get_origin

from msgspec import structs
from pydantic import ValidationError

from .batch import BatchResult
from .codec import NotJsonError, decode
from .errors import MismatchedResponseError, RejectionError, StatusError, UndecodableResponseError
from .http import hidden_in
from .model import ResponseModel
from .reasons import reasons_in
from .retry import retry_after
from .secret import hidden
from .text import shortened
from .violations import found_under

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .echo import Difference
    from .http import Reply
    from .operation import Operation, Response
    from .salvage import Odd
    from .values import Json

Result = TypeVar("Result")

_SHOWN: Final = 5  # findings in a message
_LONGEST: Final = 1000  # characters of a message on how an answer differs


class UnreadableError(Exception):
    """A body is not of the described type; `cut` if it is not even of its media type, as where it ends early."""

    def __init__(self, message: str, *, cut: bool = False) -> None:
        super().__init__(message)
        self.cut = cut


class _MisshapenError(UnreadableError):
    """A body is JSON, and not of the described type."""

    def __init__(self, kind: Any, body: Json, found: ValidationError) -> None:  # Any: a type form
        faults = found_under("", found)
        more = f"; and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        super().__init__(shortened("; ".join(map(str, faults[:_SHOWN]))) + more)
        self.kind = kind
        self.body = body


def read(operation: Operation[Result], reply: Reply, unread: list[Odd] | None = None) -> Result:
    """The value of a successful reply.

    Fields that cannot be read, beside those that tell of success, are added to `unread`; where there is no such list,
    the body has to be as described.

    Raises:
        StatusError: the status says failure.
        RejectionError: the body says failure.
        UndecodableResponseError: the body is not of a described type.
    """
    if not 200 <= reply.status < 300:
        body = _read_anyhow(operation, reply)
        keyed = operation.idempotency_key is not None
        raise _explained(operation, reply, StatusError.for_status(reply.status, keyed=keyed), body)
    try:
        value = _value(operation, reply)
    except UnreadableError as fault:
        if (refusal := _refusal(operation, reply)) is not None:
            raise _explained(operation, reply, RejectionError, refusal) from None
        if unread is None or not isinstance(fault, _MisshapenError):
            raise unreadable(operation, reply, str(fault), cut=fault.cut) from None
        from .salvage import UnfitError, salvage  # here, as few answers need it

        try:
            value, odd = salvage(fault.kind, fault.body)
        except UnfitError:
            raise unreadable(operation, reply, str(fault)) from None
        unread += odd
    if isinstance(value, ResponseModel) and value.failure:
        if _has_parts(operation, reply):
            raise unreadable(operation, reply, "it says that the call failed, and that parts of it did not")
        raise _explained(operation, reply, RejectionError, value)
    return cast("Result", value)  # the generated annotation of the operation says which type its success has


def unreadable(
    operation: Operation[object], reply: Reply, fault: str, *, cut: bool = False
) -> UndecodableResponseError:
    """The error for an answer that is not what the description promises."""
    message = shortened(f"cannot read the answer: {fault}")
    error = UndecodableResponseError(operation.id, message, reply.status, reply.headers, reply.content)
    error.cut = cut
    return error


def mismatched(
    operation: Operation[object],
    reply: Reply,
    fault: str,
    differences: Sequence[Difference],
    secrets: Sequence[str],
) -> MismatchedResponseError:
    """The error for an answer to another request; it holds no secret, though server or caller may name some."""
    message = shortened(hidden(f"the answer is for another request: {fault}", secrets), _LONGEST)
    shown = reply.without(secrets)
    found = tuple(
        structs.replace(one, sent=hidden_in(one.sent, secrets), received=hidden_in(one.received, secrets))
        for one in differences
    )
    return MismatchedResponseError(operation.id, message, shown.status, shown.headers, shown.content, found)


def _explained(
    operation: Operation[object], reply: Reply, kind: type[StatusError | RejectionError], body: object
) -> StatusError | RejectionError:
    """An error with everything that the answer says of it."""
    try:
        plain = decode(reply.content)
    except NotJsonError:
        plain = None
    described = operation.failure
    reasons = reasons_in(described, plain)
    message = shortened("; ".join(map(str, reasons))) if reasons else _summary(body, reply)
    error = kind(operation.id, message, reply.status, reply.headers, body)
    error.reasons = reasons
    process = plain.get(described.process_id or "") if isinstance(plain, Mapping) else None
    error.process_id = shortened(process) if isinstance(process, str) and process else None
    error.retry_after = retry_after(reply.status, reply.headers, time.time())
    return error


def _has_parts(operation: Operation[object], reply: Reply) -> bool:
    """Whether a body that says failure has results of parts all the same."""
    body = decode(reply.content)
    kinds = [kind for one in operation.responses_for(reply.status) for kind in get_args(one.type) or (one.type,)]
    names = {kind.batch.results for kind in kinds if isinstance(kind, type) and issubclass(kind, BatchResult)}
    return isinstance(body, Mapping) and any(body.get(name) for name in names)


def _value(operation: Operation[object], reply: Reply) -> object:
    if operation.method == "HEAD":
        return None  # it has no body, though descriptions often say that of GET
    described = operation.responses_for(reply.status)
    if not described and not operation.describes_success:
        return None  # nobody says what a success brings, so it is one that brings nothing
    if not described:
        raise UnreadableError("the description does not know this status")
    response = next((one for one in described if _fits(one, reply)), described[0])
    if reply.media_type in operation.accepts and not _fits(response, reply):
        raise UnreadableError(f"{reply.media_type} came, which has to be chosen by `accept=`")
    if response.media_type is None:
        return None
    if response.type is bytes:
        return reply.content
    if not reply.content and any(one.media_type is None for one in described):
        return None
    if response.elements:
        came = reply.media_type or "nothing that says what it is"
        raise UnreadableError(f"{response.media_type} was to come, and {came} did")
    if response.type is str and not response.is_json:
        try:
            return reply.text()
        except UnicodeError as error:
            raise UnreadableError(f"not text: {error}") from None
    if not response.is_json:
        raise UnreadableError(f"{response.media_type} is not a media type that this client reads")
    try:
        body = decode(reply.content)
    except NotJsonError as error:
        raise UnreadableError(f"not JSON: {error}", cut=True) from None
    try:
        return response.adapter.validate_python(body, strict=True)
    except ValidationError as error:
        raise _MisshapenError(response.type, body, error) from None


def _refusal(operation: Operation[object], reply: Reply) -> object:
    """A body that says failure, though it is not of the described shape: what it says for certain is still said."""
    try:
        body = decode(reply.content)
    except NotJsonError:
        return None
    for response in operation.responses_for(reply.status):
        for kind in get_args(response.type) or (response.type,):
            marks = _marks(kind) if isinstance(kind, type) and issubclass(kind, ResponseModel) and kind.failure else {}
            if marks and isinstance(body, Mapping) and all(body.get(name) is value for name, value in marks.items()):
                return body
    return None


def _marks(kind: type[ResponseModel]) -> dict[str, object]:
    """Wire name -> value of the fields that can have but one value, by which a shape is told from others."""
    return {
        info.serialization_alias or name: get_args(info.annotation)[0]
        for name, info in kind.model_fields.items()
        if get_origin(info.annotation) is Literal and len(get_args(info.annotation)) == 1
    }


def _fits(response: Response, reply: Reply) -> bool:
    return response.media_type is not None and response.media_type.lower() == reply.media_type


def _read_anyhow(operation: Operation[object], reply: Reply) -> object:
    """The body of a failure: the described type if it fits, else its JSON, else its text."""
    try:
        return _value(operation, reply)
    except UnreadableError:
        try:
            return decode(reply.content)
        except NotJsonError:
            return reply.text("replace")


def _summary(body: object, reply: Reply) -> str:
    """What the server says, on one line of at most 300 characters."""
    if isinstance(body, ResponseModel):
        return shortened(body.model_dump_json(by_alias=True, exclude_unset=True))
    return shortened(reply.text("replace")) or "no body"
