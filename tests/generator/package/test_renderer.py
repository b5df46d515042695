"""Templates are compiled once, and whatever is kept of that changes nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator import pipeline
from generator.package import renderer

if TYPE_CHECKING:
    from collections.abc import Iterator

SPEC = Path(__file__).parents[2] / "cases" / "generate" / "rules" / "openapi.yaml"


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    renderer._environment.cache_clear()
    yield
    renderer._environment.cache_clear()


def made() -> dict[str, str]:
    renderer._environment.cache_clear()
    return pipeline.generate(SPEC, "rules").files


@pytest.mark.parametrize("is_whole", [True, False])
def test_templates_are_compiled_once(is_whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = made()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(renderer, "_COMPILED", tmp_path)
    assert made() == expected
    kept = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert len(kept) == len({name.partition(".")[0] for name in kept}) > 5
    if is_whole:
        monkeypatch.setattr("jinja2.Environment.compile", lambda *_: pytest.fail("it is compiled again"))
    else:
        for file in tmp_path.iterdir():
            file.write_bytes(file.read_bytes()[: len(file.read_bytes()) // 2])
    assert made() == expected
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == kept


def test_a_template_that_changes_is_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(renderer, "_COMPILED", tmp_path / "compiled")
    monkeypatch.setattr(renderer, "_TEMPLATES", tmp_path)
    renderer._COMPILED.mkdir()
    for text in ("one", "two"):
        (tmp_path / "a.jinja").write_text(text, encoding="utf-8")
        renderer._environment.cache_clear()
        assert renderer._environment().get_template("a.jinja").render() == text


def test_where_nothing_can_be_kept_nothing_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = made()
    monkeypatch.setattr(renderer, "_COMPILED", tmp_path / "there is no such folder")
    for is_off in (True, False):
        monkeypatch.setattr(sys, "dont_write_bytecode", is_off)
        assert made() == expected
    assert not [*tmp_path.iterdir()]
