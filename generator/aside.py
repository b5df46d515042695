"""Work for other processes, which load what it needs while this one reads the description.

Two libraries take longer to load than all else that most commands do. What they give is the same here and there: where
no process was started for a function, or it fails, this one calls it. A function is named as `module:function`; what it
takes and gives can be pickled, and `PRACTICE` beside it has arguments for a call that loads all that others need.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

LAST_WORD: Final = "generator.validation.library:last_word"
"""What openapi-spec-validator says of a document."""
CLASSES: Final = "generator.package.library:classes"
"""What datamodel-code-generator makes of schemas."""
_FORKS: Final = sys.platform == "linux"
"""A copy of this process has loaded a tenth of it already. Elsewhere the libraries of the system cannot take it."""
_NICER: Final = 10
"""By so much the priority of all but the first is lower: they get a tenth where everyone wants the processor."""
_running: dict[str, _Process] = {}


@contextmanager
def started(*functions: str) -> Iterator[None]:
    """Has processes load what these functions need, for whoever asks within, where there is a processor for that.

    The first one begins at once, the others when they are asked, with what the rest leave them of the processors: what
    they give is waited for last. All are there from the beginning, as this process may have threads later, and a copy
    of one that has is not sound.
    """
    with ExitStack() as stack:
        for function in functions if (os.cpu_count() or 1) > 1 else ():
            _running[function] = process = _Process(function, is_first=function is functions[0])
            stack.callback(process.end)
            stack.callback(_running.pop, function)
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


def _load(what: str) -> Any:
    module, _, name = what.partition(":")
    return getattr(import_module(module), name)


def _serve(function: str, questions: Connection, others: Connection, *, is_first: bool) -> None:
    """Answer what the process that started this one asks, until it asks no more."""
    others.close()  # their end, of which this process has one too: else it would never see that they are gone
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):  # what a library says of itself is no output of ours
        os.dup2(nothing, stream)
    if is_first:
        _practise(function)
    elif _FORKS:
        os.nice(_NICER)
    with suppress(EOFError):
        while True:
            limit, arguments = questions.recv()
            sys.setrecursionlimit(limit)
            questions.send(_load(function)(*arguments))


def _practise(function: str) -> None:
    """A library loads most of itself at its first use, and that is now."""
    module, _, _ = function.partition(":")
    _load(function)(*_load(f"{module}:PRACTICE"))


class _Process:
    """One that loads a function. It is asked one thing after another; who asks goes on meanwhile."""

    def __init__(self, function: str, *, is_first: bool) -> None:
        """Where it cannot be started, nothing comes back."""
        from multiprocessing import get_context  # here, as it takes a while itself, and other commands do without

        context = get_context("fork") if _FORKS else get_context("spawn")
        self._questions, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(function, theirs, self._questions), kwargs={"is_first": is_first}, daemon=True
        )
        with suppress(OSError):
            self._process.start()
        theirs.close()
        self._last: threading.Thread | None = None

    def end(self) -> None:
        """Have it end, whatever it is at."""
        if self._process.pid is not None:
            self._process.kill()
            self._process.join()
        if self._last is not None:
            self._last.join()  # it comes to an end with the process, and has to before the pipe is closed
        self._questions.close()

    def ask(self, arguments: tuple[object, ...], called: Callable[[], Any]) -> Callable[[], Any]:
        # Not in the thread, which may have no room for what nests deeply.
        question, before = pickle.dumps((sys.getrecursionlimit(), arguments)), self._last
        answers: list[Any] = []

        def work() -> None:
            if before is not None:
                before.join()
            with suppress(OSError, EOFError):  # it is gone
                self._questions.send_bytes(question)
                answers.append(self._questions.recv())

        self._last = thread = threading.Thread(target=work, daemon=True)  # who is interrupted waits for nothing
        thread.start()

        def given() -> Any:
            thread.join()
            if not answers:
                answers.append(called())
            return answers[0]

        return given
