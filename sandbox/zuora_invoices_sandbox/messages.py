"""What goes in and out: requests and answers as data, apart from any HTTP library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

JSON: Final = "application/json;charset=utf-8"


class Headers(Mapping[str, str]):
    """Header names, whatever their case, and values; the values of a name given twice are joined with a comma."""

    def __init__(self, items: Iterable[tuple[str, str]] = ()) -> None:
        self._items = tuple(items)
        self._found: dict[str, list[str]] = {}
        for name, value in self._items:
            self._found.setdefault(name.lower(), []).append(value)

    def __getitem__(self, name: str) -> str:
        return ", ".join(self._found[name.lower()])

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __repr__(self) -> str:
        return f"Headers({sorted(self._found)})"  # values can be secrets

    def all(self, name: str) -> Sequence[str]:
        """The values of a name, one for each time that it is given."""
        return self._found.get(name.lower(), ())

    def raw(self) -> tuple[tuple[str, str], ...]:
        """Names and values as they were given."""
        return self._items


@dataclass(frozen=True, slots=True)
class Request:
    """One request, its body whole and as it came: perhaps compressed."""

    method: str
    path: str
    query: str = ""
    headers: Headers = field(default_factory=Headers)
    body: bytes = field(default=b"", repr=False)
    peer: str = "127.0.0.1"
    """The address that it came from, without the port."""

    @property
    def target(self) -> str:
        """Path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; Content-Length follows from the body."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """How an answer gets to the caller."""

    answer: Answer | None
    """`None`: the connection ends without one."""
    delay: float = 0.0
    """Seconds until the answer begins."""
    cut: int | None = None
    """So many bytes of the body come, and then the connection ends."""
