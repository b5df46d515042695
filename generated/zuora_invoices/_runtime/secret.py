"""Text that must not be seen."""

from __future__ import annotations


class Secret(str):
    """A string that does not show itself: not in a repr, so neither in a container nor among a traceback's locals."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"

    def __reduce__(self) -> str:
        raise TypeError("a secret is not pickled")
