"""Ids that a seed decides: the same calls in the same order get the same ones."""

from __future__ import annotations

import secrets
import threading
from hashlib import blake2b
from uuid import UUID


class Ids:
    """Makes ids; threads may share it. Without a seed they are unpredictable.

    What is stored has an id derived from a number that the store counts, so that ids stay unique when a sandbox starts
    again with the same seed, and when several share a database.
    """

    def __init__(self, seed: int | None = None) -> None:
        self._key = blake2b(str(secrets.randbits(128) if seed is None else seed).encode(), digest_size=32).digest()
        self._lock = threading.Lock()
        self._calls = 0

    def derived(self, kind: str, *parts: str | int) -> str:
        """32 hexadecimal digits for a thing: the same ones for the same kind and parts."""
        text = "/".join([kind, *map(str, parts)])
        return blake2b(text.encode(), key=self._key, digest_size=16).hexdigest()

    def reset(self) -> None:
        """Count requests from the first one again."""
        with self._lock:
            self._calls = 0

    def request(self) -> str:
        """Id of one more request, 36 characters."""
        with self._lock:
            self._calls += 1
            number = self._calls
        return str(UUID(self.derived("request", number)))

    def process(self, *parts: str | int) -> str:
        """Id of the process that answers, 16 hexadecimal digits in capitals, for parts such as the request's id."""
        return self.derived("process", *parts)[:16].upper()
