"""Why a call failed, as the body of a failure says it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

__all__ = ["Category", "Reason"]

_NUMBER: Final = r"[0-9]{1,18}"


class Category(Struct, frozen=True):
    """A kind of failure. After a `transient` one the same call can succeed.

    An `early` one is told before the call itself is looked at, so it says nothing of an earlier attempt.
    """

    number: int
    title: str
    transient: bool = False
    early: bool = False


class Reason(Struct, frozen=True):
    """One of the server's reasons for a failure; `category` is known where the description explains its code."""

    code: int | str | None = None
    message: str | None = None
    category: Category | None = None

    @property
    def transient(self) -> bool:
        """Whether the same call can succeed later."""
        return self.category is not None and self.category.transient

    def __str__(self) -> str:
        title = f" ({self.category.title})" if self.category else ""
        code = "" if self.code is None else f"{self.code}{title}"
        return ": ".join(filter(None, [code, self.message])) or "no reason given"


class FailureBody(Struct, frozen=True):
    """Where a body that says failure says why, as wire names: `reasons` is an array of objects with the next two.

    The category of a reason is its code modulo `modulo`.
    """

    reasons: str | None = None
    code: str | None = None
    message: str | None = None
    process_id: str | None = None
    modulo: int = 0
    categories: tuple[Category, ...] = ()


def reasons_in(described: FailureBody, body: object) -> tuple[Reason, ...]:
    """The reasons that a decoded body gives, as far as they can be read; without those that say nothing."""
    listed = body.get(described.reasons) if isinstance(body, Mapping) and described.reasons is not None else None
    found = [_reason(described, one) for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
    return tuple(one for one in found if one.code is not None or one.message)


def _reason(described: FailureBody, given: Mapping[str, object]) -> Reason:
    code = given.get(described.code or "")
    message = given.get(described.message or "")
    number = int(code) if isinstance(code, str) and re.fullmatch(_NUMBER, code) else code
    category = None
    if described.modulo and isinstance(number, int) and not isinstance(number, bool):
        rest = number % described.modulo
        category = next((one for one in described.categories if one.number == rest), None)
    return Reason(
        code if isinstance(code, int | str) and not isinstance(code, bool) else None,
        message if isinstance(message, str) else None,
        category,
    )
