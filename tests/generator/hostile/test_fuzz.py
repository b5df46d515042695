"""Documents that no author would write give a package that compiles and imports, or findings: never a traceback."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
import yaml
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from generator import pipeline
from generator.diagnostics import Consequence, UnusableInputError
from tests.generator.hostile.mutations import Mutation, mutated, mutations, told
from tests.generator.law.clients import _imported
from tests.generator.sources import operations
from tests.public.files import PETSTORE, fetched

CASES: Final = Path(__file__).parents[2] / "cases" / "generate"
_PACKAGE: Final = "fuzzed"


def _read(file: Path) -> Any:
    """A description as plain JSON."""
    return json.loads(json.dumps(yaml.load(file.read_bytes(), yaml.CSafeLoader), default=str))


SMALL: Final = [_read(case / "openapi.yaml") for case in sorted(CASES.iterdir())]
OWN: Final = [*SMALL, _read(PETSTORE)]


def attempt(text: str) -> bool:
    """Generates and imports; whether there is a package."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "api.json")
        file.write_text(text, encoding="utf-8")
        try:
            made = pipeline.generate(file, _PACKAGE)
        except UnusableInputError:
            return False
        if not made.files:
            assert any(one.consequence is Consequence.FATAL for one in made.diagnostics)
            return False
        for path, source in made.files.items():
            if path.endswith(".py") and not path.startswith("_runtime/"):
                compile(source, path, "exec", dont_inherit=True)
        try:
            _imported(made.files, _PACKAGE, Path(folder))
            _build_types()
        finally:
            for name in [name for name in sys.modules if name.partition(".")[0] == _PACKAGE]:
                del sys.modules[name]
    return True


def _build_types() -> None:
    models = importlib.import_module(f"{_PACKAGE}.models")
    for name in models.__all__:
        assert TypeAdapter(getattr(models, name)).core_schema, name
    for operation in operations(_PACKAGE):
        for part in (*operation.parameters, *operation.responses, *([operation.body] if operation.body else [])):
            assert part.adapter.core_schema, part


def fuzz(document: Any, made: list[Mutation]) -> None:
    note(told(document, made, OWN))
    attempt(json.dumps(mutated(document, made, OWN)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from(SMALL), mutations())
def test_a_mutated_description_is_a_package_or_findings(document: Any, made: list[Mutation]) -> None:
    fuzz(document, made)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from(SMALL), st.integers(0, 2**20), st.sampled_from(list('{}[]",:\\\x00\x7f\u2028 1')))
def test_a_text_with_another_character_is_a_package_or_findings(document: Any, place: int, character: str) -> None:
    text = json.dumps(document)
    place %= len(text)
    attempt(text[:place] + character + text[place + 1 :])
    attempt(text[:place])


@pytest.mark.slow
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from(OWN), mutations(12))
def test_many_mutated_descriptions(document: Any, made: list[Mutation]) -> None:
    fuzz(document, made)


PUBLIC: Final = ("asana.com.json", "box.com.json")


@pytest.mark.slow
@pytest.mark.parametrize("name", PUBLIC)
def test_mutated_public_descriptions(name: str) -> None:
    file = fetched(name)
    document = json.loads(file.read_text(encoding="utf-8"))

    @settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(mutations(12))
    def run(made: list[Mutation]) -> None:
        fuzz(document, made)

    run()
