"""The check of what is about to be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import TypeAdapter

    from .origins import Origins


class Sending(Struct, frozen=True):
    """The context of pydantic's validation of what is about to be sent: models are checked as if made anew.

    A model may have been changed since it was made, so each one, at any depth, is read like a dict of its fields into
    a fresh model. No other thread can change that one.
    """

    headers: Mapping[str, str]
    """Those of the call, as far as they are fit: fields can depend on them."""
    origins: Origins | None = None
    """Where to say which model a fresh one was made of, if anybody wants to know."""


def revalidated(
    adapter: TypeAdapter[object],
    value: object,
    headers: Mapping[str, str],
    *,
    strict: bool | None = None,
    origins: Origins | None = None,
) -> object:
    """The value as it would be if every model in it were made anew now, for a call with these headers.

    What `adapter.dump_python(result, by_alias=True, exclude_unset=True)` makes of the result may go out.

    Raises:
        pydantic.ValidationError: something breaks the description; names everything that does.
        RecursionError: the value holds itself.
    """
    return adapter.validate_python(value, strict=strict, context=Sending(headers, origins))
