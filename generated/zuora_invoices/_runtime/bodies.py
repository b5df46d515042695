"""Which of several media types a body goes out in: what the caller names, else what its type says."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .operation import Body, Operation

CONTENT_TYPE = "content_type"
"""The argument that names one of several media types; no parameter has its name then."""


def body_of(operation: Operation[object], value: object, arguments: Mapping[str, object]) -> Body | None:
    """The body that a value is for; none if the operation has none, or none of the media type that was named.

    Without a name it is the first of a class that the value is of: a model, or bytes or text as they are. What is of
    none, as a dict, goes out in the media type that is listed first.
    """
    first = operation.body
    if first is None or not operation.bodies:
        return first
    listed = (first, *operation.bodies)
    if (named := arguments.get(CONTENT_TYPE)) is not None:
        return next((one for one in listed if one.media_type == named), None)
    kinds = (bytes,) if isinstance(value, bytearray) else type(value).__mro__[:-1]
    return next((one for one in listed if _is_one_of(kinds, one)), first)


def _is_one_of(kinds: tuple[type, ...], body: Body) -> bool:
    return any(kind is option for option in (body.type, *get_args(body.type)) for kind in kinds)


def media_types(operation: Operation[object]) -> str:
    """The media types that a body may have, in words."""
    return ", ".join(one.media_type for one in (operation.body, *operation.bodies) if one is not None)
