"""Work for other processes, which load what it needs while this one reads the description.

Two libraries take longer to load than all else that most commands do. What they give is the same here and there: where
no process was started for a function, or it fails, this one calls it. A function is named as `module:function`; what it
takes and gives can be pickled, and beside it stand arguments to call it with for `PRACTICE`.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LAST_WORD: Final = "generator.validation.library:last_word"
"""What openapi-spec-validator says of a document."""
CLASSES: Final = "generator.package.library:classes"
"""What datamodel-code-generator makes of schemas."""
_PROGRAM: Final = (
    "import gc, sys; gc.disable(); sys.path[:] = sys.argv[2:]; from generator import aside; aside.serve(sys.argv[1])"
)
"""Without looking for garbage, as the command itself."""
_ROOM: Final = 1 << 20
"""Bytes that a pipe takes before the other side reads, where the system lets it: most descriptions have less."""
_running: dict[str, _Process] = {}


@contextmanager
def started(*functions: str) -> Iterator[None]:
    """Has processes load what these functions need, for whoever asks within, where there is a processor for that."""
    with ExitStack() as stack:
        for function in functions if (os.cpu_count() or 1) > 1 and sys.executable else ():
            stack.enter_context(_started(function))
        yield


def ask(function: str, *arguments: object) -> Callable[[], Any]:  # Any: what the function gives
    """What gives, when it is called, what the function gives; where no process was started for it, that is there."""

    def called() -> Any:
        return _load(function)(*arguments)

    def instead() -> Any:
        if function not in _running:
            raise RuntimeError("nobody wants to know any more")
        return called()

    if function in _running:
        return _running[function].ask(arguments, instead)
    given = called()
    return lambda: given


def serve(function: str) -> None:
    """Answer what the process that started this one asks, until it asks no more."""
    module, _, _ = function.partition(":")
    called = _load(function)
    called(*_load(f"{module}:PRACTICE"))  # a library loads most of itself at its first use, and that is now
    with os.fdopen(0, "rb") as asked, os.fdopen(1, "wb") as answers:
        while True:
            try:
                limit, arguments = pickle.load(asked)  # noqa: S301 - of the process that started this one
            except EOFError:
                return
            sys.setrecursionlimit(limit)
            pickle.dump(called(*arguments), answers)
            answers.flush()


def _load(what: str) -> Any:
    module, _, name = what.partition(":")
    return getattr(import_module(module), name)


@contextmanager
def _started(function: str) -> Iterator[None]:
    try:
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, function, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=_ROOM,
        )
    except OSError:
        yield
        return
    _running[function] = _Process(process)
    try:
        yield
    finally:
        del _running[function]
        process.kill()
        process.communicate()


class _Process:
    """One that was started. It is asked one thing after another: what it said before is read first."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._lock = threading.Lock()
        self._last: _Answer | None = None

    def ask(self, arguments: tuple[object, ...], called: Callable[[], Any]) -> Callable[[], Any]:
        with self._lock:
            if self._last is not None:
                self._last.read()
            self._last = _Answer(self._process, arguments, called)
        answer = self._last

        def given() -> Any:
            with self._lock:
                return answer.read()

        return given


class _Answer:
    """What comes back, or what is given here if nothing does."""

    def __init__(
        self, process: subprocess.Popen[bytes], arguments: tuple[object, ...], called: Callable[[], Any]
    ) -> None:
        self._process = process
        self._called = called
        self._given: list[Any] = []
        self._is_asked = True
        try:
            if process.stdin is not None:
                pickle.dump((sys.getrecursionlimit(), arguments), process.stdin)
                process.stdin.flush()
        except OSError:
            self._is_asked = False

    def read(self) -> Any:
        if not self._given:
            self._given.append(self._read())
        return self._given[0]

    def _read(self) -> Any:
        if self._is_asked and self._process.stdout is not None:
            try:
                return pickle.load(self._process.stdout)  # noqa: S301 - of a process that this one started
            except (OSError, EOFError, ValueError, pickle.UnpicklingError):  # a closed pipe is a wrong value
                pass
        return self._called()
