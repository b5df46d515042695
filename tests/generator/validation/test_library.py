"""What the library loads, and what it is kept from loading."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from generator.validation.absent import absent

_SCRIPT = """
import sys
import generator.validation.library
print([name for name in ("requests", "urllib3", "jsonschema_path") if name in sys.modules])
import requests
"""


def test_what_fetches_is_not_loaded_and_can_be_by_others() -> None:
    """`requests` is here, as another library of the tests needs it."""
    run = [sys.executable, "-c", _SCRIPT]
    assert subprocess.run(run, capture_output=True, encoding="utf-8", check=True).stdout == "['jsonschema_path']\n"


def test_what_is_loaded_already_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "some_module", pytest)
    with absent("some_module"):
        import some_module  # type: ignore[import-not-found] # there is one while this test runs

        assert some_module is pytest


def test_what_is_not_loaded_yet_is_absent_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with absent("colorsys"), pytest.raises(ImportError):
        import_module("colorsys")
    assert import_module("colorsys") is sys.modules["colorsys"]
