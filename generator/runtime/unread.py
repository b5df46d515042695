"""What of an answer could not be read, though the answer as a whole could."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Unread"]


class Unread(Struct, frozen=True):
    """A field of an answer whose value is not as described, and that is `None` for that.

    `path` is its wire path from the object that lists it, such as `lines[3].amount`, `value` what came, as decoded JSON
    with exact numbers, and `reason` what it must be; no reason holds anything of the value.
    """

    path: str
    value: object
    reason: str
