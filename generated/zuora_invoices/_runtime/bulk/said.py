"""What was said of an element, as a journal keeps it: JSON, with every number exact."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - `convert` looks at the types of fields
from datetime import date
from decimal import Decimal
from typing import Any, Final

import msgspec
from msgspec import Struct

from ..codec import decode, encode
from ..reasons import Reason  # noqa: TC001 - as above
from ..violations import Violation  # noqa: TC001 - as above

_PLAIN: Final = (Decimal, date)


class Said(Struct, frozen=True, omit_defaults=True):
    """What became of an element, without the element. `Any`: JSON."""

    result: Mapping[str, Any] | None = None
    reasons: tuple[Reason, ...] = ()
    violations: tuple[Violation, ...] = ()
    look_for: Mapping[str, Any] = {}

    def text(self) -> str:
        """The JSON of it."""
        return encode(msgspec.to_builtins(self, builtin_types=_PLAIN)).decode()


def said_in(text: str | None) -> Said:
    """What a journal kept."""
    return msgspec.convert(decode(text), Said, builtin_types=_PLAIN) if text else Said()


said_in("{}")  # msgspec finds out what the types say at the first use, and must not in two threads at once
