"""Work in other processes: what they give is what is given here, and what goes wrong on the way costs nothing."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from typing import Any

import pytest

from generator import aside
from generator.aside import CLASSES, LAST_WORD
from generator.package.library import classes
from generator.validation.library import last_word

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


def test_what_is_given_is_the_same_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    made = classes(SCHEMAS, {"Pet": "request"}, PRINTED)
    assert SAID
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


def test_the_first_begins_at_once_and_the_others_when_they_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    real = subprocess.Popen

    def popen(command: list[str], **options: Any) -> object:
        begun.extend(one for one in command if one in (CLASSES, LAST_WORD))
        return real(command, **options)

    monkeypatch.setattr("subprocess.Popen", popen)
    with aside.started(CLASSES, LAST_WORD):
        assert begun == [CLASSES]
        assert [aside.ask(LAST_WORD, WRONG, "3.1")() for _ in range(2)] == [SAID, SAID]
        assert begun == [CLASSES, LAST_WORD]


def test_who_asks_does_not_wait_for_what_was_asked_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_PROGRAM", "import time; time.sleep(600)")
    with aside.started(LAST_WORD):
        for _ in range(3):
            aside.ask(LAST_WORD, [str(place) * 100_000 for place in range(100)], "3.1")


def test_what_no_process_was_started_for_is_called_here() -> None:
    assert aside.ask(LAST_WORD, WRONG, "3.1")() == SAID


def test_what_none_can_be_started_for_is_called_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with aside.started(LAST_WORD):
        assert aside.ask(LAST_WORD, WRONG, "3.1")() == SAID


def test_what_nobody_wants_any_more_is_not_called_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_load", lambda _: pytest.fail("it was called here"))
    monkeypatch.setattr(aside, "_PROGRAM", "import os; os.read(0, 9)")
    with aside.started(LAST_WORD):
        asked = aside.ask(LAST_WORD, WRONG, "3.1")
    with pytest.raises(RuntimeError, match="nobody wants to know"):
        asked()


@pytest.mark.parametrize("program", ["", "raise SystemExit(1)", "import os; os.read(0, 9); os.write(1, b'no answer')"])
def test_where_the_process_fails_it_is_called_here(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_PROGRAM", program)
    with aside.started(LAST_WORD):
        assert aside.ask(LAST_WORD, WRONG, "3.1")() == SAID


def test_an_error_is_raised_where_the_answer_is_taken() -> None:
    with aside.started(LAST_WORD):
        given = aside.ask(LAST_WORD, WRONG)
        with pytest.raises(TypeError, match="version"):
            given()


def test_none_is_started_where_there_is_no_processor_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    monkeypatch.setattr("subprocess.Popen", lambda *_, **__: pytest.fail("it was started"))
    with aside.started(LAST_WORD):
        assert aside.ask(LAST_WORD, WRONG, "3.1")() == SAID
