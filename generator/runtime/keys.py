"""Idempotency keys of callers: what went out under each, for as long as the server keeps its answer.

Under a key that was used before, with another body, the server answers for the first one: a caller would take an answer
for what it is not. So the second body is not sent.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from .steps import Lock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

MOST: Final = 50_000
"""Keys that are remembered; each is two digests and a time, some 400 bytes in all. The oldest are forgotten first."""


def now() -> datetime:
    """The time of day, in UTC."""
    return datetime.now(UTC)


def fingerprint(*parts: bytes) -> bytes:
    """32 bytes that stand for some texts, in their order, and for nothing else."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


class Use(Struct):
    """What goes out under a key, in one call or several: its fingerprint, and when the first of them began."""

    what: bytes
    since: datetime
    left: bool = False
    """It may have reached the server."""
    calls: int = 0
    """How many of them have not ended."""


class KeyMemory:
    """What went out under the keys of callers. A client and its copies have one, which threads and tasks share."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._uses: OrderedDict[bytes, Use] = OrderedDict()  # a dict is slow to find its first ones

    def __len__(self) -> int:
        return len(self._uses)

    def __repr__(self) -> str:
        return f"KeyMemory({len(self)})"

    def begin(self, key: str, what: bytes, lifetime: timedelta) -> Use:
        """Say what is about to go out under a key, and what will `end`. If something else did, that is what comes."""
        moment, name = now(), fingerprint(key.encode())
        with self._lock.threads:
            use = self._uses.get(name)
            if use is None or use.since + lifetime <= moment:
                self._uses.pop(name, None)  # so that the new one is the last in the order of time
                self._uses[name] = use = Use(what, moment)
                self._forget(list(self._outlived(moment - lifetime)))
            if use.what == what:
                use.calls += 1
            return use

    def end(self, key: str, use: Use) -> None:
        """Say that a call has ended. Where none has left, the key is as good as new."""
        name = fingerprint(key.encode())
        with self._lock.threads:
            use.calls -= 1
            if not use.left and not use.calls and self._uses.get(name) is use:
                del self._uses[name]

    def _outlived(self, end: datetime) -> Iterable[bytes]:
        """The first keys, as far as they are of before a time or too many."""
        surplus = len(self._uses) - self._most
        for place, (name, use) in enumerate(self._uses.items()):
            if use.since > end and place >= surplus:
                return
            yield name

    def _forget(self, names: Iterable[bytes]) -> None:
        for name in names:
            del self._uses[name]
