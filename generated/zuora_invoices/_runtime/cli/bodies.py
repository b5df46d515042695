"""The body of a call: from a file or standard input, and from values that are set by their wire paths."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

import click

from ..codec import NotJsonError, decode
from .failures import REJECTED, Failure, misused
from .paths import lines_of, nearest, with_setting
from .values import from_text, inside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..operation import Body

_BYTE: Final = re.compile(r" ?\(byte (\d+)\)")
_STDIN: Final = "-"


class GivenBody:
    """A body, and where its values were given.

    Raises:
        Failure: it cannot be read, or what is to be set cannot be.
    """

    def __init__(self, body: Body, file: str | None, settings: Sequence[str]) -> None:
        self._name = "standard input" if file == _STDIN else file or ""
        self._text = ""
        self.value: object = None
        if file is not None:
            self.value = self._read(body, file)
        elif body.required and not settings:
            raise misused("this needs a body: name a file, - for standard input, or set its fields with --set")
        if settings and body.type in (str, bytes):
            raise misused(f"--set is for bodies with fields, and this one is {body.media_type}")
        for setting in settings:
            self.value = with_setting(self.value, setting, lambda text, at: from_text(text, inside(body.type, at)))

    def where(self, path: str) -> str:
        """File and line of the value at a wire path, or of what is to hold it, before a colon; nothing if unknown."""
        line = nearest(path, self._lines)
        return f"{self._name}:{line}: " if line is not None else ""

    @cached_property
    def _lines(self) -> dict[str, int]:
        return lines_of(self._text) if self._text else {}

    def _read(self, body: Body, file: str) -> object:
        try:
            with click.open_file(file, "rb") as stream:
                content = stream.read()
        except OSError as error:
            raise misused(f"{self._name} cannot be read: {error.strerror or type(error).__name__}") from None
        if body.type is bytes:
            return content
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = f"{self._name} is not text in UTF-8 (byte {error.start}), and nothing was sent"
            raise Failure(message, REJECTED) from None
        if body.type is str:
            return text
        try:
            value = decode(text)
        except NotJsonError as error:
            raise Failure(f"{_placed(self._name, text, str(error))}; nothing was sent", REJECTED) from None
        self._text = text
        return value


def _placed(name: str, text: str, message: str) -> str:
    """What is wrong with JSON text, with line and column in the place of a number of bytes."""
    found = _BYTE.search(message)
    if found is None:
        return f"{name}: {message}"
    before = text.encode()[: int(found[1])].decode(errors="ignore")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return f"{name}:{line}:{column}: {_BYTE.sub('', message)}"
