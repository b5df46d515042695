"""Nothing is written outside of the output folder, nothing is read outside of the description's, nothing is fetched."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any

import pytest

from generator import pipeline
from generator.__main__ import main
from generator.diagnostics import UnusableInputError
from tests.generator.sources import NO_CONTENT, described, sending, written

if TYPE_CHECKING:
    from pathlib import Path

STRING = {"type": "string"}
SECRET = "kept-to-itself"
AWAY = (
    *("../secret.json", "sub/../../secret.json", "%2e%2e/secret.json", "..%2Fsecret.json", "link.json"),
    *("link/secret.json", "./../spec/../secret.json#/a"),
)
REMOTE = (
    *("http://127.0.0.1:9/x.json", "https://localhost/x.json#/a", "//127.0.0.1/x.json", "ftp://127.0.0.1/x"),
    *("file:///etc/passwd", "FILE:../secret.json", "data:application/json,{}", "jar:http://a!/b"),
)


@pytest.fixture
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for a description; beside it lies a file that is none of its business, and no socket can be opened."""

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("something is fetched")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    (tmp_path / "secret.json").write_text(json.dumps({"type": "string", "title": SECRET}), encoding="utf-8")
    folder = tmp_path / "spec"
    folder.mkdir()
    (folder / "link.json").symlink_to(tmp_path / "secret.json")
    (folder / "link").symlink_to(tmp_path, target_is_directory=True)
    return folder


def referring(reference: str) -> dict[str, Any]:
    """The reference in every place that takes one, and in such as look like it."""
    ref = {"$ref": reference}
    media = {"application/json": {"schema": ref, "examples": {"a": {"externalValue": reference}, "b": ref}}}
    told = {"propertyName": "kind", "mapping": {"a": reference}}
    operation = {
        "operationId": "read",
        "externalDocs": {"url": reference},
        "parameters": [ref, {"name": "a", "in": "query", **media["application/json"]}],
        "requestBody": {"content": media},
        "responses": {"200": {"description": "It.", "content": media, "headers": {"X": ref}}, "400": ref},
        "callbacks": {"c": ref},
    }
    schemas = {
        "A": ref,
        "B": {"oneOf": [ref, STRING], "discriminator": told},
        "C": {"type": "object", "properties": {"a": ref}, "$id": reference, "$schema": reference},
        "D": {"allOf": [ref, {"$dynamicRef": reference}], "not": ref, "if": ref, "additionalProperties": ref},
    }
    rest = {kind: {"A": ref} for kind in ("parameters", "responses", "examples", "headers", "requestBodies", "links")}
    return described({"/a": {"get": operation}, "/b": ref}, schemas=schemas, **rest, securitySchemes={"s": ref})


@pytest.mark.parametrize(
    "reference", [*AWAY, *REMOTE, "x" * 5_000 + ".json", "a\0b.json", "sub", ".", "", "?.json", "~"]
)
def test_what_a_reference_names_elsewhere_is_not_read(reference: str, spec: Path) -> None:
    (spec / "sub").mkdir()
    made = pipeline.generate(written(referring(reference), spec), "apart")
    said = " ".join([*(one.message for one in made.diagnostics), *made.files.values()])
    assert SECRET not in said
    assert "root:x:" not in said
    assert made.diagnostics


@pytest.mark.parametrize("reference", AWAY)
def test_what_a_reference_of_an_overlay_names_elsewhere_is_not_read(reference: str, spec: Path) -> None:
    laid = spec.parent / "own" / "overlay.yaml"
    laid.parent.mkdir()
    action = {"target": "$.components.schemas.Root", "update": {"properties": {"b": {"$ref": reference}}}}
    text = {"overlay": "1.0.0", "info": {"title": "Mine", "version": "1"}, "actions": [action]}
    laid.write_text(json.dumps(text), encoding="utf-8")
    file = written(sending({"type": "object", "properties": {"a": STRING}}), spec)
    made = pipeline.generate(file, "apart", overlays=[laid])
    assert SECRET not in " ".join(made.files.values())
    assert "outside-ref" in {one.rule for one in made.diagnostics}


def test_an_overlay_that_multiplies_what_is_there_is_refused(spec: Path) -> None:
    laid = spec / "overlay.yaml"
    actions: list[dict[str, Any]] = [{"target": "$.x-all", "update": {f"a{n}": {}}} for n in range(40)]
    actions = [one for n, made in enumerate(actions) for one in (made, {"target": f"$.x-all.a{n}", "copy": "$.x-all"})]
    text = {"overlay": "1.1.0", "info": {"title": "Mine", "version": "1"}, "actions": actions}
    laid.write_text(json.dumps(text), encoding="utf-8")
    file = written({**sending(STRING), "x-all": {"z": [1, 2, 3]}}, spec)
    with pytest.raises(UnusableInputError, match=r"too-large|too-deep"):
        pipeline.generate(file, "apart", overlays=[laid])


NAMES = (
    "../../out",
    "/etc/out",
    "..\\..\\out",
    "a/b",
    "con",
    "a\0b",
    "~/out",
    "$(touch out)",
    "`out`",
    "__init__",
    ".",
)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_things_are_called_files_are_written_in_the_package(name: str, spec: Path) -> None:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name.replace('/', '~1')}"}}}
    operation = {
        "operationId": name,
        "tags": [name],
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "It.", "content": content}, **NO_CONTENT},
    }
    root = {"type": "object", "title": name, "properties": {name: STRING}}
    description = described({f"/{name}": {"post": operation}}, schemas={name: root})
    file = written({**description, "tags": [{"name": name}], "info": {"title": name, "version": name}}, spec)
    output = spec.parent / "output"
    output.mkdir()
    before = {one: one.lstat().st_mtime_ns for one in spec.parent.rglob("*") if not one.is_dir()}
    assert main(["generate", "--spec", str(file), "--package", "apart", "--output", str(output)]) == 0
    after = {one: one.lstat().st_mtime_ns for one in spec.parent.rglob("*") if not one.is_dir()}
    assert {one: after[one] for one in before} == before
    made = after.keys() - before.keys()
    assert made
    assert all(one.is_relative_to(output / "apart") and not one.is_symlink() for one in made)


@pytest.mark.parametrize("package", ["../out", "/out", "a/b", "a.b", "class", "..", "a b"])
def test_a_package_has_a_name_of_one_word(package: str, spec: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(sending({"type": "object", "properties": {"a": STRING}}), spec)
    output = spec.parent / "output"
    assert main(["generate", "--spec", str(file), "--package", package, "--output", str(output)]) == 2
    assert "internal error" not in capsys.readouterr().err
    assert not output.exists()
