"""The JSON Schema of the file: up to date, kept by what is shipped, and never stricter than the reader."""

from __future__ import annotations

import copy
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zuora_invoices._runtime.codec import decode, encode
from zuora_invoices_sandbox.tenant import schema
from zuora_invoices_sandbox.tenant.findings import TenantError
from zuora_invoices_sandbox.tenant.source import DEFAULT, parse
from zuora_invoices_sandbox.tenant.tree import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zuora_invoices._runtime.values import Json
    from zuora_invoices_sandbox.tenant.findings import Path as Steps

SCHEMA = DEFAULT.with_name("tenant.schema.json").read_text(encoding="utf-8")
EXAMPLE = DEFAULT.with_name("example.yaml").read_text(encoding="utf-8")
DOCUMENT = cast("Any", decode(SCHEMA))  # JSON of a known shape
VALIDATOR = jsonschema_rs.validator_for(SCHEMA, validate_formats=True)
CASES = sorted(Path("tests/cases/tenants").glob("*/tenant.yaml"))
WRONG: list[Json] = [
    *(None, True, 0, -1, 5, 10**30, "", "x", "5", "true", "0.1", "2020-02-30", "x" * 300, "Ü" * 33),
    *cast("list[Json]", [[], {}, [None], ["x", "x"], {"x": 1}, [[]]]),
]


def steps_of(value: Json, path: Steps = ()) -> Iterator[Steps]:
    yield path
    members: list[tuple[str | int, Json]] = []
    if isinstance(value, dict):
        members = list(value.items())
    elif isinstance(value, list):
        members = list(enumerate(value))
    for key, member in members:
        yield from steps_of(member, (*path, key))


TREE = read(EXAMPLE, "example.yaml").value
STEPS = [path for path in steps_of(TREE) if path]


def holder_of(tree: Json, path: Steps) -> dict[str | int, Json]:
    found = cast("dict[str | int, Json]", tree)
    for step in path[:-1]:
        found = cast("dict[str | int, Json]", found[step])
    return found


def is_refused(tree: Json) -> bool:
    try:
        parse(encode(tree).decode())
    except TenantError:
        return True
    return False


def test_the_file_is_what_is_printed() -> None:
    command = [sys.executable, "-m", "zuora_invoices_sandbox.tenant.schema"]
    printed = subprocess.run(command, capture_output=True, check=True)
    assert printed.stdout.decode() == schema.text()
    assert schema.text() == SCHEMA, "run python -m zuora_invoices_sandbox.tenant.schema and keep what it prints"


def test_the_schema_is_one() -> None:
    assert jsonschema_rs.meta.is_valid(DOCUMENT)


@pytest.mark.parametrize("name", ["default.yaml", "example.yaml"])
def test_what_is_shipped_keeps_it(name: str) -> None:
    text = DEFAULT.with_name(name).read_text(encoding="utf-8")
    assert [error.message for error in VALIDATOR.iter_errors(read(text, name).value)] == []
    assert text.startswith("# yaml-language-server: $schema=tenant.schema.json\n")


def settings_of(part: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Path and description of every setting that the schema has below a part of it."""
    if "$ref" in part:
        part = DOCUMENT["$defs"][part["$ref"].rpartition("/")[2]]
    for name, setting in part.get("properties", {}).items():
        yield f"{path}/{name}", setting.get("description", "")
        yield from settings_of(setting, f"{path}/{name}")
    if "items" in part:
        yield from settings_of(part["items"], path)


def test_every_setting_has_a_description_and_stands_in_the_example() -> None:
    described = dict(settings_of(DOCUMENT))
    assert len(described) > 80
    assert [path for path, description in described.items() if not description] == []
    in_example = {"".join(f"/{step}" for step in path if isinstance(step, str)) for path in STEPS}
    assert set(described) == in_example


def test_every_choice_stands_in_the_example() -> None:
    enums = [choice for part in DOCUMENT["$defs"].values() for choice in part.get("enum", [])]
    assert len(enums) == 14
    assert [choice for choice in enums if choice not in EXAMPLE] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.parent.name)
def test_what_it_refuses_of_the_cases_the_reader_refuses(case: Path) -> None:
    try:
        tree = read(case.read_text(encoding="utf-8"), "x").value
    except TenantError:
        return  # not even a value
    if not VALIDATOR.is_valid(tree):
        assert is_refused(tree)


def test_it_refuses_many_of_the_cases() -> None:
    refused = 0
    for case in CASES:
        try:
            refused += not VALIDATOR.is_valid(read(case.read_text(encoding="utf-8"), "x").value)
        except TenantError:
            continue
    assert refused >= 20


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(STEPS), st.sampled_from(WRONG))
def test_what_it_refuses_the_reader_refuses(path: Steps, wrong: Json) -> None:
    tree = copy.deepcopy(TREE)
    holder_of(tree, path)[path[-1]] = wrong
    if not VALIDATOR.is_valid(tree):
        assert is_refused(tree)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(STEPS))
def test_what_it_misses_the_reader_misses(path: Steps) -> None:
    tree = copy.deepcopy(TREE)
    del holder_of(tree, path)[path[-1]]
    if not VALIDATOR.is_valid(tree):
        assert is_refused(tree)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from([path for path in STEPS if isinstance(path[-1], str)]))
def test_a_setting_that_there_is_not_is_refused_by_both(path: Steps) -> None:
    tree = copy.deepcopy(TREE)
    holder_of(tree, path)["noSuchSetting"] = 1
    assert not VALIDATOR.is_valid(tree)
    assert is_refused(tree)
