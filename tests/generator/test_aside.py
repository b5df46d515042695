"""Work in other processes: what they give is what is given here, and what goes wrong on the way costs nothing."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
import time
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator import aside
from generator.aside import CLASSES, LAST_WORD
from generator.package.library import classes
from generator.validation.library import last_word

if TYPE_CHECKING:
    from collections.abc import Callable

# Those who run tests have threads; a command has none when it starts processes.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")

RIGHT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "paths": {"/pets/{id}": {"get": {"operationId": "get", "responses": {"200": {"description": "Fine."}}}}},
}
WRONG = copy.deepcopy(RIGHT)
WRONG["paths"]["/pets"] = WRONG["paths"]["/pets/{id}"]
SAID = last_word(WRONG, "3.1")
SCHEMAS = {"Pet": {"type": "string", "enum": ["cat", "dog"]}}
PRINTED = {"Pet": {"doc": "", "bounds": "", "bases": [], "lines": [], "fields": []}}


@pytest.fixture(autouse=True)
def processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)


@pytest.mark.parametrize("forks", [True, False])
def test_what_is_given_is_the_same_in_a_process_of_its_own(forks: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    made = classes(SCHEMAS, {"Pet": "request"}, PRINTED)
    assert SAID
    monkeypatch.setattr(aside, "_FORKS", forks)
    with aside.started(LAST_WORD, CLASSES):
        monkeypatch.setattr(aside, "_load", lambda _: pytest.fail("it was called here"))
        assert CLASSES in aside._running
        asked = [aside.ask(LAST_WORD, document, "3.1") for document in (WRONG, RIGHT, WRONG)]
        assert aside.ask(CLASSES, SCHEMAS, {"Pet": "request"}, PRINTED)() == made
        assert [given() for given in reversed(asked)] == [SAID, last_word(RIGHT, "3.1"), SAID]
    assert CLASSES not in aside._running


@pytest.mark.parametrize(
    ("function", "arguments"),
    [(LAST_WORD, (WRONG, "3.1")), (CLASSES, (SCHEMAS, {"Pet": "request"}, PRINTED))],
    ids=["last word", "classes"],
)
def test_practice_leaves_nothing_to_be_loaded(function: str, arguments: tuple[object, ...]) -> None:
    module, _, name = function.partition(":")
    program = f"""
import pickle, sys
from {module} import {name} as called, PRACTICE
called(*PRACTICE)
before = set(sys.modules)
called(*pickle.loads({pickle.dumps(arguments)!r}))
print(*set(sys.modules) - before)
"""
    assert not subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=True).stdout.strip()


def test_the_first_begins_at_once_and_the_others_when_they_are_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "_practise", lambda function: (tmp_path / function).touch())
    with aside.started(LAST_WORD, CLASSES):
        assert aside.ask(CLASSES, SCHEMAS, {"Pet": "request"}, PRINTED)()
        assert [aside.ask(LAST_WORD, WRONG, "3.1")() for _ in range(2)] == [SAID, SAID]
    assert [file.name for file in tmp_path.iterdir()] == [LAST_WORD]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all have the same priority")
def test_all_but_the_first_leave_the_processors_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_practise", lambda _: None)
    with aside.started("os:getpriority", "os:nice"):
        own = os.getpriority(os.PRIO_PROCESS, 0)
        assert aside.ask("os:getpriority", os.PRIO_PROCESS, 0)() == own
        assert aside.ask("os:nice", 0)() == min(own + 10, 19)
    assert os.getpriority(os.PRIO_PROCESS, 0) == own


def test_what_a_process_says_of_itself_is_no_output(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "_practise", lambda _: (os.write(1, b"out"), os.write(2, b"err"), os.read(0, 9)))
    with aside.started(LAST_WORD):
        assert aside.ask(LAST_WORD, WRONG, "3.1")() == SAID
    assert capfd.readouterr() == ("", "")


def test_who_asks_does_not_wait_for_what_was_asked_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_practise", lambda _: time.sleep(600))
    with aside.started(LAST_WORD):
        for _ in range(3):
            aside.ask(LAST_WORD, [str(place) * 100_000 for place in range(100)], "3.1")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_processes_end_with_the_one_that_started_them() -> None:
    program = f"""
import os, signal
from generator import aside
with aside.started({CLASSES!r}, {LAST_WORD!r}):
    print(*(one._process.pid for one in aside._running.values()), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, encoding="utf-8", check=False)
    left = done.stdout.split()
    assert len(left) == 2
    patience = time.monotonic() + 60
    while any(map(_runs, left)):
        assert time.monotonic() < patience
        time.sleep(0.05)


def _runs(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_what_no_process_was_started_for_is_called_here() -> None:
    assert aside.ask(LAST_WORD, WRONG, "3.1")() == SAID


def test_what_none_can_be_started_for_is_called_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_: object) -> None:
        raise OSError("there are too many already")

    monkeypatch.setattr(BaseProcess, "start", start)
    with aside.started(LAST_WORD):
        assert aside.ask(LAST_WORD, WRONG, "3.1")() == SAID


def test_what_nobody_wants_any_more_is_not_called_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_load", lambda _: pytest.fail("it was called here"))
    monkeypatch.setattr(aside, "_practise", lambda _: os._exit(0))
    with aside.started(LAST_WORD):
        asked = aside.ask(LAST_WORD, WRONG, "3.1")
    with pytest.raises(RuntimeError, match="nobody wants to know"):
        asked()


def fail(_: str) -> None:
    raise SystemExit(1)


def go_when_asked(_: str) -> None:
    pytest.MonkeyPatch().setattr(aside, "_load", lambda _: lambda *_: os._exit(0))  # in the copy alone


@pytest.mark.parametrize("practise", [lambda _: os._exit(0), fail, go_when_asked], ids=["gone", "error", "asked"])
def test_where_the_process_fails_it_is_called_here(
    practise: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "_practise", practise)
    with aside.started(LAST_WORD):
        assert aside.ask(LAST_WORD, WRONG, "3.1")() == SAID


def test_an_error_is_raised_where_the_answer_is_taken() -> None:
    with aside.started(LAST_WORD):
        given = aside.ask(LAST_WORD, WRONG)
        with pytest.raises(TypeError, match="version"):
            given()


def test_none_is_started_where_there_is_no_processor_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    monkeypatch.setattr(BaseProcess, "start", lambda _: pytest.fail("it was started"))
    with aside.started(LAST_WORD):
        assert aside.ask(LAST_WORD, WRONG, "3.1")() == SAID
