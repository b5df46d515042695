"""YAML with the place of every value, read by PyYAML, which the extra `cli` installs.

Scalars are those of YAML 1.2: `Yes` and `2026-11-30` are text, numbers are exact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from .faults import Fault, TableError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Scalar: TypeAlias = str | bool | int | Decimal | None
_NULL: Final = ("", "~", "null", "Null", "NULL")
_BOOLEAN: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]{1,4000}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?")
_DEPTH: Final = 10
_MOST: Final = 100_000  # values, aliases followed


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a mapping, with its place."""

    name: str
    line: int
    character: int


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its place: a scalar, the members of a mapping, or the elements of a list."""

    value: Scalar | tuple[tuple[Key, Node], ...] | list[Node]
    line: int
    character: int
    text: str = ""
    """Of a scalar, as it stands in the file: `00123` is not 123 where text is meant."""

    @property
    def members(self) -> Mapping[str, tuple[Key, Node]] | None:
        """Of a mapping, by their names; `None` if it is none."""
        return {key.name: (key, node) for key, node in self.value} if isinstance(self.value, tuple) else None


def read_yaml(path: Path) -> Node:
    """The one document of a file.

    Raises:
        TableError: PyYAML is not installed, or the file is not YAML, has a key twice or no end.
    """
    try:
        import yaml  # here, as it is an extra
    except ImportError:
        raise TableError([Fault(path.name, "reading YAML needs PyYAML: install the extra cli")]) from None
    try:
        root = yaml.compose(path.read_bytes(), Loader=yaml.SafeLoader)
    except OSError as error:
        raise TableError([Fault(path.name, f"cannot be read: {error.strerror}")]) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        words = getattr(error, "problem", None) or "it is no text that can be read: save it as UTF-8"
        lines = () if mark is None else (mark.line + 1,)
        raise TableError(
            [Fault(path.name, f"is not YAML: {words}", lines, character=mark and mark.column + 1)]
        ) from None
    if root is None:
        return Node((), 1, 1)
    reader = _Reader(path.name)
    found = reader.read(root, 0)
    if reader.faults:
        raise TableError(reader.faults)
    return found


class _Reader:
    def __init__(self, file: str) -> None:
        self.faults: list[Fault] = []
        self._file = file
        self._count = 0

    def read(self, node: Any, depth: int) -> Node:  # Any: of the library, which is imported where it is needed
        """A node of the library, with all in it."""
        line, character = node.start_mark.line + 1, node.start_mark.column + 1
        self._count += 1
        if depth > _DEPTH or self._count > _MOST:
            raise TableError([Fault(self._file, "is nested too deep", (line,), character=character)])
        if node.id == "scalar":
            return Node(_scalar(node), line, character, node.value)
        if node.id == "sequence":
            return Node([self.read(one, depth + 1) for one in node.value], line, character)
        members: dict[str, tuple[Key, Node]] = {}
        for name, value in node.value:
            mark = name.start_mark
            key = Key(name.value if name.id == "scalar" else "", mark.line + 1, mark.column + 1)
            if name.id != "scalar" or key.name in members:
                wrong = f'"{key.name}" stands here twice' if name.id == "scalar" else "a key must be a text"
                self.faults.append(Fault(self._file, wrong, (key.line,), character=key.character))
            members[key.name] = (key, self.read(value, depth + 1))
        return Node(tuple(members.values()), line, character)


def _scalar(node: Any) -> Scalar:
    text: str = node.value
    if node.style is not None:  # in quotes, or a block
        return text
    if text in _NULL:
        return None
    if text in _BOOLEAN:
        return _BOOLEAN[text]
    if _NUMBER.fullmatch(text):
        number = Decimal(text)
        return int(number) if re.fullmatch("[-+]?[0-9]+", text) else number
    return text
