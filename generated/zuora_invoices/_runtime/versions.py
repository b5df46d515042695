"""Fields that only newer versions of an API know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

_VERSION: Final = re.compile(r"[0-9]{1,9}([.-][0-9]{1,9}){0,9}")


class MinimumVersion(Struct, frozen=True):
    """A field may be sent if a header is absent, or names at least this version: `MinimumVersion("Api", "2.10")`."""

    header: str
    version: str

    def fault(self, headers: Mapping[str, str]) -> str | None:
        """What is wrong with sending the field in a call with these headers; `None` if nothing."""
        value = next((value for name, value in headers.items() if name.lower() == self.header.lower()), None)
        if value is None:
            return None
        version = _version(value)
        if version is not None and version >= (_version(self.version) or []):
            return None
        # What is no version is not shown: it can be anything.
        call = f"; the call says {value}" if version is not None else ""
        return f"needs {self.header} {self.version} or later, or no such header{call}"


def _version(text: str) -> list[int] | None:
    """The parts of a version as numbers, which compare as versions do: 2.9 < 2.10 = 2.10.0 < 2025-08-12."""
    if _VERSION.fullmatch(text) is None:
        return None
    parts = [int(part) for part in re.split("[.-]", text)]
    while parts and parts[-1] == 0:
        parts.pop()
    return parts
