"""openapi-spec-validator in a process of its own, which loads it while this one reads the description.

To load it takes longer than all else that most commands do, and needs nothing that they have. What it says is the same:
where no such process was started, or it fails, this one asks the library itself.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Said: TypeAlias = "list[tuple[tuple[str, ...], str]]"
"""Paths and messages."""

_PROGRAM: Final = "import sys; sys.path[:] = sys.argv[1:]; from generator.validation import aside; aside.serve()"
_ROOM: Final = 1 << 20
"""Bytes that a pipe takes before the other side reads, where the system lets it: most descriptions have less."""
_running: list[subprocess.Popen[bytes]] = []


@contextmanager
def started() -> Iterator[None]:
    """Has the library loaded meanwhile, for whoever asks within, where there is a processor for it."""
    if (os.cpu_count() or 1) == 1 or not sys.executable:
        yield
        return
    try:
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=_ROOM,
        )
    except OSError:
        yield
        return
    _running.append(process)
    try:
        yield
    finally:
        _running.remove(process)
        process.kill()
        process.communicate()


def ask(document: dict[str, Any], version: str) -> Callable[[], Said]:
    """What gives, when it is called, what the library says of a document; see `library.last_word`.

    It is called before the next document is asked about.
    """
    process = _running[-1] if _running else None
    if process is not None:
        try:
            _write(process, (sys.getrecursionlimit(), document, version))
        except OSError:
            process = None

    def said() -> Said:
        try:
            return _read(process) if process is not None else _asked(document, version)
        except (OSError, EOFError, pickle.UnpicklingError):
            return _asked(document, version)

    return said


def serve() -> None:
    """Answer what the process that started this one asks, until it asks no more."""
    from generator.validation.library import last_word

    with os.fdopen(0, "rb") as asked, os.fdopen(1, "wb") as answers:
        while True:
            try:
                limit, document, version = pickle.load(asked)  # noqa: S301 - of the process that started this one
            except EOFError:
                return
            sys.setrecursionlimit(limit)
            pickle.dump(list(last_word(document, version)), answers)
            answers.flush()


def _write(process: subprocess.Popen[bytes], value: object) -> None:
    if process.stdin is not None:
        pickle.dump(value, process.stdin)
        process.stdin.flush()


def _read(process: subprocess.Popen[bytes]) -> Said:
    if process.stdout is None:
        raise EOFError
    said: Said = pickle.load(process.stdout)  # noqa: S301 - of a process that this one started
    return said


def _asked(document: dict[str, Any], version: str) -> Said:
    from generator.validation.library import last_word  # it takes long, and is not asked where something is wrong

    return list(last_word(document, version))
