"""The lines of the log: one an attempt, with no body, as what a server says may hold more than a log should."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .errors import AnsweredError
from .events import LOGGER
from .text import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .errors import ApiError
    from .salvage import Odd

_CODE: Final = "[0-9A-Za-z_.:-]{1,40}"


def succeeded(operation: str, attempt: int, status: int, seconds: float, key: str | None) -> None:
    """An attempt brought what was asked for."""
    LOGGER.info("%s attempt %d: %d in %.3f s; key %s", operation, attempt, status, seconds, key)


def failed(operation: str, attempt: int, error: ApiError, seconds: float, then: str, key: str | None) -> None:
    """An attempt failed; what is done then."""
    status = str(error.status) if isinstance(error, AnsweredError) else type(error).__name__
    codes = dict.fromkeys(str(one.code) for one in error.reasons)
    labels = " ".join([status, *[code for code in codes if re.fullmatch(_CODE, code)][:5]])
    line = "%s attempt %d: %s in %.3f s; %s; %s; key %s"
    LOGGER.warning(line, operation, attempt, labels, seconds, error.outcome, then, key)


def abandoned(operation: str, attempt: int, key: str | None) -> None:
    """A call was cancelled or interrupted: nobody else can say under which key it may have been carried out."""
    LOGGER.warning("%s: abandoned in attempt %d; key %s", operation, attempt, key)


def unread(operation: str, odd: Sequence[Odd], key: str | None) -> None:
    """Fields of an answer cannot be read."""
    if odd:
        places = shortened(", ".join(one.place for one in odd))
        LOGGER.warning("%s: fields of the answer that cannot be read: %s; key %s", operation, places, key)
