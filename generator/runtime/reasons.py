"""Why a call failed, as the body of a failure says it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from .errors import Reason

if TYPE_CHECKING:
    from .operation import FailureBody

_NUMBER: Final = re.compile(r"[0-9]{1,18}")


def reasons_in(described: FailureBody, body: object) -> tuple[Reason, ...]:
    """The reasons that a decoded body gives, as far as they can be read; without those that say nothing."""
    listed = body.get(described.reasons) if isinstance(body, Mapping) and described.reasons is not None else None
    given = [_reason(described, one) for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
    return tuple(one for one in given if one.code is not None or one.message)


def _reason(described: FailureBody, given: Mapping[str, object]) -> Reason:
    code = given.get(described.code or "")
    message = given.get(described.message or "")
    number = int(code) if isinstance(code, str) and _NUMBER.fullmatch(code) else code
    category = None
    if described.modulo and isinstance(number, int) and not isinstance(number, bool):
        rest = number % described.modulo
        category = next((one for one in described.categories if one.number == rest), None)
    return Reason(
        code if isinstance(code, int | str) and not isinstance(code, bool) else None,
        message if isinstance(message, str) else None,
        category,
    )
