"""Overlays are laid over a description before all else, and what they bring has its place in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from generator.__main__ import main
from generator.diagnostics import UnusableInputError
from generator.document import load

HEAD = 'overlay: 1.0.0\ninfo: {title: Mine, version: "1"}\n'
DESCRIPTION = """\
openapi: 3.1.1
info: {title: Pets, version: "1", tags: [a, b, c]}
paths:
  /pets:
    get: {operationId: findPets, x-internal: true, responses: {"204": {description: None.}}}
    post: {operationId: addPet, responses: {"204": {description: Added.}}}
  /dogs:
    $ref: other.yaml
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("api.yaml").write_text(DESCRIPTION, encoding="utf-8")
    Path("other.yaml").write_text(
        'get: {operationId: findDogs, responses: {"204": {description: None.}}}', encoding="utf-8"
    )
    return tmp_path


def overlaid(*overlays: str) -> Any:
    files = []
    for number, text in enumerate(overlays):
        files.append(Path(f"overlay{number}.yaml"))
        files[-1].write_text(text if text.startswith("overlay") else HEAD + text, encoding="utf-8")
    return json.loads(json.dumps(load(Path("api.yaml"), overlays=files).root))


def action(target: str, rest: str) -> str:
    return f'actions:\n  - target: "{target}"\n    {rest}\n'


@pytest.mark.parametrize(
    ("target", "rest", "where", "expected"),
    [
        ("$.info", "update: {title: Other}", ["info", "title"], "Other"),
        ("$.info", "update: {contact: {name: n}}", ["info", "contact"], {"name": "n"}),
        ("$", "update: {info: {title: Other}}", ["info", "version"], "1"),
        ("$.info.tags", "update: d", ["info", "tags"], ["a", "b", "c", "d"]),
        ("$.info.tags", "update: [d, e]", ["info", "tags"], ["a", "b", "c", "d", "e"]),
        ("$.info", "update: {tags: [d]}", ["info", "tags"], ["a", "b", "c", "d"]),
        ("$.info.title", "update: Other", ["info", "title"], "Other"),
        ("$.info.tags[?@ != 'b']", "remove: true", ["info", "tags"], ["b"]),
        ("$.info.tags[*]", "remove: true", ["info", "tags"], []),
        ("$.paths.*.*[?@ == true]", "remove: true", ["paths", "/pets", "get", "operationId"], "findPets"),
        ("$.paths['/pets'][?@['x-internal']]", "remove: true", ["paths", "/pets"], "only post"),
        ("$.paths['/pets'].post", "copy: $.paths['/pets'].get", ["paths", "/pets", "post", "x-internal"], True),
        ("$..operationId", "update: same", ["paths", "/pets", "post", "operationId"], "same"),
    ],
)
def test_actions(target: str, rest: str, where: list[str], expected: object, here: Path) -> None:
    found = overlaid(action(target, rest))
    for step in where:
        found = found[step]
    assert found == expected if expected != "only post" else list(found) == ["post"]


def test_actions_and_overlays_come_one_after_the_other(here: Path) -> None:
    first = action("$.info", "update: {x-a: {b: 1}}") + "  - target: $.info['x-a'].b\n    remove: true\n"
    second = action("$.info", "update: {x-a: {c: 2}}")
    assert overlaid(first, second)["info"]["x-a"] == {"c": 2}


def test_references_of_an_overlay_are_those_of_the_entry_file(here: Path) -> None:
    found = overlaid(action("$.paths", "update: {/cats: {$ref: other.yaml}}"))
    assert found["paths"]["/cats"]["get"]["operationId"] == "findDogs"


def test_findings_lead_to_the_overlay(here: Path) -> None:
    Path("mine.yaml").write_text(
        HEAD + action("$.paths['/pets'].get", 'update: {responses: {"200": {}}}'), encoding="utf-8"
    )
    _, _, found = pipeline.inspect(Path("api.yaml"), [Path("mine.yaml")])
    assert {str(one.location) for one in found if one.location.file == "mine.yaml"} == {"mine.yaml:5:26"}


def test_an_action_that_finds_nothing_is_told(here: Path) -> None:
    Path("mine.yaml").write_text(HEAD + action("$.paths['/none']", "remove: true"), encoding="utf-8")
    document = load(Path("api.yaml"), overlays=[Path("mine.yaml")])
    (told,) = document.diagnostics
    assert str(told) == "mine.yaml:4:5: warning[idle-overlay-action]: nothing is at $.paths['/none']"
    assert "mine.yaml" in document.files


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("overlay: 1.0.0\n- a", ["yaml-syntax"]),
        ("overlay", ["must be an object"]),
        ("overlay: 2.0.0\n", ["'2.0.0'", "`info` must have", "`actions` must be"]),
        ("actions: [3, {}]", ["an action must be an object", "`target` must be", "must have `update`"]),
        (action("''", "remove: true"), ["is no JSONPath of RFC 9535: expected"]),
        (action("$.a[", "remove: yes"), ["no JSONPath of RFC 9535", "`remove` must be", "must have `update`"]),
        (action("$.info", "replace: 1"), ["has no 'replace'", "must have `update`"]),
        (action("$.info", "update: [1]"), ["only an object can be merged into an object"]),
        (action("$", "remove: true"), ["nothing would be left"]),
        (action("$.info", "copy: $.paths.*"), ["must name one node, and names 2"]),
    ],
)
def test_what_is_no_overlay(text: str, said: list[str], here: Path) -> None:
    with pytest.raises(UnusableInputError) as error:
        overlaid(text)
    lines = str(error.value).splitlines()
    assert len(lines) == len(said)
    for part in said:
        assert any(part in line and line.startswith("overlay0.yaml:") for line in lines), lines


def test_the_command_takes_overlays(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine.yaml").write_text(HEAD + action("$.info", "update: {title: Other}"), encoding="utf-8")
    arguments = ["--spec", "api.yaml", "--overlay", "mine.yaml"]
    assert main(["generate", *arguments]) == 0
    assert main(["check", *arguments]) == 0
    assert main(["check", "--spec", "api.yaml"]) == 1
    assert "Other" in Path("generated/client/__init__.py").read_text("utf-8")
    assert main(["validate", *arguments, "--overlay", "none.yaml"]) == 2
    assert "none.yaml" in capsys.readouterr().out
    project = '[tool.generator]\nspec = "api.yaml"\noverlays = '
    Path("pyproject.toml").write_text(f'{project}["mine.yaml"]\n', encoding="utf-8")
    assert main(["check"]) == 0
    Path("pyproject.toml").write_text(f'{project}"mine.yaml"\n', encoding="utf-8")
    assert main(["check"]) == 2
    assert "overlays of [tool.generator] must be a list of files" in capsys.readouterr().err


def test_an_overlay_is_that_of_its_revision(here: Path, tmp_path: Path) -> None:
    Path("mine.yaml").write_text(HEAD + action("$.info", "update: {title: New}"), encoding="utf-8")
    old = tmp_path / "copy" / here.relative_to("/")
    old.mkdir(parents=True)
    for name in ("api.yaml", "other.yaml"):
        (old / name).write_text(Path(name).read_text("utf-8"), encoding="utf-8")
    file, mine = here / "api.yaml", here / "mine.yaml"
    assert load(file, tmp_path / "copy", [mine]).root["info"] == load(file).root["info"]
    (old / "mine.yaml").write_text(HEAD + action("$.info", "update: {title: Old}"), encoding="utf-8")
    assert dict(load(file, tmp_path / "copy", [mine]).root["info"])["title"] == "Old"  # type: ignore[arg-type] # an object
