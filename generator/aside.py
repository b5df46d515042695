"""Work for other processes, which load what it needs while this one reads the description.

Two libraries take longer to load than all else that most commands do. What they give is the same here and there: where
no process was started for a function, or it fails, this one calls it. A function is named as `module:function`; what it
takes and gives can be pickled, and `PRACTICE` beside it has arguments for a call that loads all that others need.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager, suppress
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
    """Has processes load what these functions need, for whoever asks within, where there is a processor for that.

    The first one begins at once, the others when they are asked: together they would keep each other waiting.
    """
    with ExitStack() as stack:
        for function in functions if (os.cpu_count() or 1) > 1 and sys.executable else ():
            _running[function] = process = _Process(function)
            stack.callback(process.end)
            stack.callback(_running.pop, function)
            if function is functions[0]:
                process.start()
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


class _Process:
    """One that loads a function. It is asked one thing after another; who asks goes on meanwhile."""

    def __init__(self, function: str) -> None:
        self._function = function
        self._process: subprocess.Popen[bytes] | None = None
        self._last: threading.Thread | None = None

    def start(self) -> None:
        """Have it load the function; where it cannot be started, nothing comes back."""
        with suppress(OSError):
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, self._function, *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pipesize=_ROOM,
            )

    def end(self) -> None:
        """Have it end, whatever it is at."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def ask(self, arguments: tuple[object, ...], called: Callable[[], Any]) -> Callable[[], Any]:
        if self._process is None:
            self.start()
        question, before = pickle.dumps((sys.getrecursionlimit(), arguments)), self._last
        answers: list[Any] = []

        def work() -> None:
            if before is not None:
                before.join()
            answers.extend(self._answers(question))

        self._last = thread = threading.Thread(target=work, daemon=True)  # who is interrupted waits for nothing
        thread.start()

        def given() -> Any:
            thread.join()
            if not answers:
                answers.append(called())
            return answers[0]

        return given

    def _answers(self, question: bytes) -> list[Any]:
        """What comes back, if anything does."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return []
        try:
            process.stdin.write(question)
            process.stdin.flush()
            return [pickle.load(process.stdout)]  # noqa: S301 - of a process that this one started
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):  # a closed pipe is a wrong value
            return []
