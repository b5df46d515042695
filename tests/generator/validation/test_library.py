"""What the library loads, and what it is kept from loading."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from generator.validation.library import PRACTICE, DefaultSettings, last_word
from generator.validation.loading import loaded_as

_SCRIPT = """
import sys
from generator.validation import library
library.last_word(*library.PRACTICE)
print([name for name in ("requests", "urllib3", "pydantic", "jsonschema_path") if name in sys.modules])
import requests, openapi_schema_validator.settings, openapi_spec_validator.settings
print(openapi_spec_validator.settings.OpenAPISpecValidatorSettings.__name__)
"""


def test_what_nobody_asks_for_is_not_loaded_and_can_be_by_others() -> None:
    """`requests` is here, as another library of the tests needs it."""
    run = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.splitlines() == ["['jsonschema_path']", "OpenAPISpecValidatorSettings"]


@pytest.mark.parametrize("module", ["openapi_schema_validator.settings", "openapi_spec_validator.settings"])
def test_the_settings_are_those_of_the_libraries(module: str) -> None:
    settings = import_module(module)
    (theirs,) = [
        one for name, one in vars(settings).items() if name.endswith("ValidatorSettings") and isinstance(one, type)
    ]
    defaults = {name: field.default for name, field in theirs.model_fields.items()}  # type: ignore[attr-defined] # a class of pydantic's
    assert defaults
    assert {name: getattr(DefaultSettings, name) for name in defaults} == defaults


def test_the_environment_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAPI_SPEC_VALIDATOR_SCHEMA_VALIDATOR_BACKEND", "none")
    monkeypatch.setenv("OPENAPI_SCHEMA_VALIDATOR_COMPILED_VALIDATOR_CACHE_MAX_SIZE", "many")
    assert last_word(*PRACTICE) == []


def test_what_is_loaded_already_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "some_module", pytest)
    with loaded_as("some_module", None):
        import some_module  # type: ignore[import-not-found] # there is one while this test runs

        assert some_module is pytest


def test_what_is_not_loaded_yet_is_absent_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with loaded_as("colorsys", None), pytest.raises(ImportError):
        import_module("colorsys")
    assert import_module("colorsys") is sys.modules["colorsys"]


def test_another_stands_in_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with loaded_as("colorsys", pytest):
        assert import_module("colorsys") is pytest
    assert import_module("colorsys") is not pytest
