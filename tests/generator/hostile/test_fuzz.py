"""Documents that no author would write give a package that compiles and imports, or findings: never a traceback."""

from __future__ import annotations

import importlib
import json
import sys
from contextlib import suppress
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
from generator.document import load
from tests.corpus.documents import listed, sample
from tests.generator.hostile.mutations import Mutation, mutated, mutations, told
from tests.generator.law.clients import _imported
from tests.generator.sources import operations
from tests.public.files import PETSTORE, fetched

CASES: Final = Path(__file__).parents[2] / "cases" / "generate"
_PACKAGE: Final = "fuzzed"
_MOST: Final = 30_000
"""Bytes of a description that is generated and imported in about a second."""


def _read(file: Path) -> Any:
    """A description as plain JSON."""
    return json.loads(json.dumps(yaml.load(file.read_bytes(), yaml.CSafeLoader), default=str))


SMALL: Final = [_read(case / "openapi.yaml") for case in sorted(CASES.iterdir())]
OWN: Final = [*SMALL, _read(PETSTORE)]


def attempt(text: str, *overlays: str) -> bool:
    """Generates and imports; whether there is a package."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "api.json")
        file.write_text(text, encoding="utf-8")
        laid = [Path(folder, f"overlay{number}.json") for number in range(len(overlays))]
        for one, overlay in zip(laid, overlays, strict=True):
            one.write_text(overlay, encoding="utf-8")
        try:
            made = pipeline.generate(file, _PACKAGE, overlays=laid)
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


@pytest.mark.slow
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


TARGETS: Final = (
    *("$", "$..*", "$.*.*", "$..schema", "$.components.schemas.*", "$..['$ref']", "$..[0]", "$..[-1:]", "$.paths.*.*"),
    *("$..[?@.type]", "$..[?@.type == 'string']", "$..[?length(@) > 1]", "$..[?match(@, '(a+)+$')]", "$.a['b']", "@"),
    *("$..[?search(@.a, '(')]", "$..[?count(@..*) > 3]", "$[", "", "$..[?@ == @]", "$.info", "$..required", "$.x-new"),
)
UPDATE: Final = {"x-a": 1, "type": "object", "properties": {"b": {"type": "string"}}, "required": ["b"]}
OVERLAY: Final[dict[str, Any]] = {
    "overlay": "1.1.0",
    "info": {"title": "Mine", "version": "1"},
    "actions": [
        {"target": "$.components.schemas.*", "update": UPDATE},
        {"target": "$.paths.*.*.responses", "update": {"418": {"description": "A teapot."}}},
        {"target": "$.info", "copy": "$.info"},
        {"target": "$..[?@.readOnly]", "remove": True},
    ],
}


def overlays() -> st.SearchStrategy[str]:
    """The overlay with an action or two more, and mutated."""
    kinds: dict[str, Any] = {"update": UPDATE, "copy": "$.info", "remove": True}
    one = st.builds(
        lambda target, kind: {"target": target, kind: kinds[kind]}, st.sampled_from(TARGETS), st.sampled_from([*kinds])
    )
    return st.builds(
        lambda more, made: json.dumps(mutated({**OVERLAY, "actions": [*more, *OVERLAY["actions"]]}, made, SMALL)),
        st.lists(one, max_size=2),
        st.just([]) | mutations(),
    )


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from(SMALL), overlays())
def test_a_mutated_overlay_is_laid_over_a_description_or_refused(document: Any, overlay: str) -> None:
    note(overlay)
    with TemporaryDirectory() as folder:
        file, laid = Path(folder, "api.json"), Path(folder, "overlay.json")
        file.write_text(json.dumps(document), encoding="utf-8")
        laid.write_text(overlay, encoding="utf-8")
        with suppress(UnusableInputError):
            assert load(file, overlays=[laid]).root


@pytest.mark.slow
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from(SMALL), overlays())
def test_a_mutated_overlay_gives_a_package_or_findings(document: Any, overlay: str) -> None:
    note(overlay)
    attempt(json.dumps(document), overlay)


@pytest.mark.slow
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from(OWN), mutations(12))
def test_many_mutated_descriptions(document: Any, made: list[Mutation]) -> None:
    fuzz(document, made)


LARGE: Final = ("asana.com.json", "box.com.json")


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_mutated_large_public_descriptions(name: str) -> None:
    document = json.loads(fetched(name).read_text(encoding="utf-8"))

    @settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(mutations(12))
    def run(made: list[Mutation]) -> None:
        fuzz(document, made)

    run()


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_mutated_public_descriptions(part: int) -> None:
    """Of many providers, so that what is mutated is what others write."""
    fetched(LARGE[0])
    small = {name: file for name, file in listed().items() if file.stat().st_size < _MOST}
    documents = [json.loads(file.read_bytes()) for file in sample(small, 40, seed=part).values()]

    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(st.sampled_from(documents), st.sampled_from(documents), mutations(12))
    def run(document: Any, donor: Any, made: list[Mutation]) -> None:
        note(told(document, made, [donor]))
        attempt(json.dumps(mutated(document, made, [donor])))

    run()
