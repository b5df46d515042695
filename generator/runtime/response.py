"""From a reply to the value that a call returns, or the error that it raises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TypeVar, cast, get_args, get_origin

from msgspec import Struct
from pydantic import ValidationError

from .codec import NotJsonError, decode
from .errors import RejectionError, StatusError, UndecodableResponseError
from .model import ResponseModel
from .request import wire_path

if TYPE_CHECKING:
    from .operation import Operation, Response

Result = TypeVar("Result")


class Reply(Struct, frozen=True):
    """What came over the wire; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def __repr__(self) -> str:
        return f"Reply({self.status})"

    @property
    def media_type(self) -> str:
        """The media type without its parameters, in lower case; empty if none is said."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class UnreadableError(Exception):
    """A body is not of the described type."""


def read(operation: Operation[Result], reply: Reply) -> Result:
    """The value of a successful reply.

    Raises:
        StatusError: the status says failure.
        RejectionError: the body says failure.
        UndecodableResponseError: the body is not of a described type.
    """
    if not 200 <= reply.status < 300:
        body = _read_anyhow(operation, reply)
        error = StatusError.for_status(reply.status)
        raise error(operation.id, _summary(body, reply), reply.status, reply.headers, body)
    try:
        value = _value(operation, reply)
    except UnreadableError as fault:
        if (refusal := _refusal(operation, reply)) is not None:
            raise RejectionError(operation.id, _summary(refusal, reply), reply.status, reply.headers, refusal) from None
        raise UndecodableResponseError(
            operation.id, f"cannot read the answer: {fault}", reply.status, reply.headers, reply.content
        ) from None
    if isinstance(value, ResponseModel) and value.failure:
        raise RejectionError(operation.id, _summary(value, reply), reply.status, reply.headers, value)
    return cast("Result", value)  # the generated annotation of the operation says which type its success has


def _value(operation: Operation[object], reply: Reply) -> object:
    if operation.method == "HEAD":
        return None  # it has no body, though descriptions often say that of GET
    described = operation.responses_for(reply.status)
    if not described:
        raise UnreadableError("the description does not know this status")
    response = next((one for one in described if _fits(one, reply)), described[0])
    if response.media_type is None:
        return None
    if response.type is bytes:
        return reply.content
    if not reply.content and any(one.media_type is None for one in described):
        return None
    if response.type is str and not _is_json(response.media_type):
        return reply.content.decode("utf-8", "replace")
    if not _is_json(response.media_type):
        raise UnreadableError(f"{response.media_type} is not a media type that this client reads")
    try:
        return response.adapter.validate_python(decode(reply.content))
    except NotJsonError as error:
        raise UnreadableError(f"not JSON: {error}") from None
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        raise UnreadableError("; ".join(f"{wire_path(one['loc'])}: {one['msg']}" for one in found)) from None


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


def _is_json(media_type: str) -> bool:
    kind = media_type.lower()
    return kind == "application/json" or kind.endswith("+json")


def _read_anyhow(operation: Operation[object], reply: Reply) -> object:
    """The body of a failure: the described type if it fits, else its JSON, else its text."""
    try:
        return _value(operation, reply)
    except UnreadableError:
        try:
            return decode(reply.content)
        except NotJsonError:
            return reply.content.decode("utf-8", "replace")


def _summary(body: object, reply: Reply) -> str:
    """What the server says, on one line of at most 300 characters."""
    said = body.model_dump_json(by_alias=True, exclude_unset=True) if isinstance(body, ResponseModel) else ""
    if not said and body:
        said = reply.content.decode("utf-8", "replace")
    said = " ".join(said.split()) or "no body"
    return said if len(said) <= 300 else said[:297] + "..."
