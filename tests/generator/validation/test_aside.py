"""The library in a process of its own: it says what it says here, and what goes wrong on the way costs nothing."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from generator.validation import aside
from generator.validation.library import last_word

RIGHT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "paths": {"/pets/{id}": {"get": {"operationId": "get", "responses": {"200": {"description": "Fine."}}}}},
}
WRONG = copy.deepcopy(RIGHT)
WRONG["paths"]["/pets"] = WRONG["paths"]["/pets/{id}"]
SAID = list(last_word(WRONG, "3.1"))


@pytest.fixture(autouse=True)
def cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def test_it_says_the_same_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert SAID
    monkeypatch.setattr(aside, "_asked", lambda *_: pytest.fail("it was asked here"))
    with aside.started():
        first = aside.ask(WRONG, "3.1")
        assert first() == SAID
        assert aside.ask(RIGHT, "3.1")() == list(last_word(RIGHT, "3.1"))
        assert aside.ask(WRONG, "3.1")() == SAID


def test_it_is_asked_here_where_no_process_is() -> None:
    assert aside.ask(WRONG, "3.1")() == SAID


def test_it_is_asked_here_where_none_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with aside.started():
        assert aside.ask(WRONG, "3.1")() == SAID


@pytest.mark.parametrize("program", ["", "raise SystemExit(1)", "import os; os.read(0, 9); os.write(1, b'no answer')"])
def test_it_is_asked_here_where_the_process_fails(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_PROGRAM", program)
    with aside.started():
        assert aside.ask(WRONG, "3.1")() == SAID


def test_none_is_started_where_there_is_no_processor_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    monkeypatch.setattr("subprocess.Popen", lambda *_, **__: pytest.fail("it was started"))
    with aside.started():
        assert aside.ask(WRONG, "3.1")() == SAID
