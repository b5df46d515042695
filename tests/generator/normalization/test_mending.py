"""Whatever is wrong with a description, it is read in one way, and what is changed for that is said.

A law, on damaged descriptions: what no finding says is mended comes out as it is, and what is mended once is right.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator import pipeline
from generator.diagnostics import Consequence, UnusableInputError, is_fatal
from generator.document.loader import load
from generator.document.upgrader import upgrade
from generator.normalization import mend
from generator.validation import validate
from tests.generator.sources import written
from tests.generator.validation.test_validator import JUNK, PETS, POINTERS, SCALARS

if TYPE_CHECKING:
    from pathlib import Path

    from generator.document.tree import Document

Path_ = tuple[str | int, ...]
LAW = settings(
    deadline=None,
    max_examples=120,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
CHANGES: Final = st.lists(
    st.tuples(st.sampled_from(POINTERS), st.none() | SCALARS | JUNK | st.sampled_from(POINTERS)), min_size=1, max_size=4
)
MENDING: Final = (Consequence.MENDED, Consequence.UNCHECKED)
OF_READING: Final = {"unchecked-pattern"}
"""What stays as it is: the client knows what it cannot check."""


def damaged(changes: list[tuple[Path_, object]], version: str) -> Any:
    tree = copy.deepcopy(PETS) | {"openapi": version}
    for path, change in changes:
        holder: Any = tree
        try:
            for step in path[:-1]:
                holder = holder[step]
            if change is None:
                del holder[path[-1]]
            elif isinstance(change, tuple):
                source: Any = PETS
                for step in change:
                    source = source[step]
                holder[path[-1]] = copy.deepcopy(source)
            else:
                holder[path[-1]] = change
        except (KeyError, IndexError, TypeError):
            continue
    return tree


def changing(document: Document) -> list[str]:
    """The rules whose findings say that the description is not taken as it is."""
    return [
        one.rule
        for one in validate(document, is_thorough=False)
        if one.consequence in MENDING and one.rule not in OF_READING
    ]


KEY: Final = ("components", "parameters", "Key")
USE: Final = ("paths", "/pets/{id}", "post", "parameters", 0)
NAME: Final = ("components", "schemas", "Pet", "properties", "name")


@LAW
@example(changes=[(("paths", "/pets/{id}", "post", "operationId"), " ")], version="3.0.3")
@example(changes=[(KEY, USE)], version="3.0.3")  # a parameter that is a reference to itself, and to which another leads
@example(changes=[((*KEY, "schema"), NAME)], version="3.1.1")  # a mark that something beside it speaks against
@given(changes=CHANGES, version=st.sampled_from(["3.0.3", "3.1.1"]))
def test_what_is_mended_is_said_and_mended_once(
    changes: list[tuple[Path_, object]], version: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    try:
        document = load(written(damaged(changes, version), tmp_path_factory.mktemp("law")))
    except UnusableInputError:
        return
    found = validate(document, is_thorough=False)
    mended = mend(document, found)
    if not changing(document) and not is_fatal(found):  # of what is fatal nothing is made
        assert mended is document
    upgraded = upgrade(replace(mended, diagnostics=()))  # to 3.1, which knows what 3.0 does not
    assert changing(upgraded) == []
    assert mend(upgraded) is upgraded


@LAW
@given(changes=CHANGES, version=st.sampled_from(["3.0.3", "3.1.1"]))
def test_any_damage_gives_a_client_or_a_fatal_finding(
    changes: list[tuple[Path_, object]], version: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    try:
        api, _, found = pipeline.inspect(written(damaged(changes, version), tmp_path_factory.mktemp("any")))
    except UnusableInputError:
        return
    assert (api is None) is is_fatal(found)


@pytest.mark.parametrize(
    "schema", [{"type": "string", "maxLength": 35}, {"allOf": [{"$ref": "#/components/schemas/Short"}]}]
)
def test_a_mark_of_a_key_without_room_for_one_is_not_heeded(schema: dict[str, Any], tmp_path: Path) -> None:
    tree = copy.deepcopy(PETS)
    tree["components"]["parameters"]["Key"]["schema"] = schema
    tree["components"]["schemas"]["Short"] = {"type": "string", "maxLength": 35}
    api, _, found = pipeline.inspect(written(tree, tmp_path))
    assert api is not None
    marked = [one.idempotency_key for each in api.resources for call in each.operations for one in call.parameters]
    assert marked
    assert not any(marked)
    (told,) = [one for one in found if one.rule == "invalid-x-idempotency-key"]
    assert (told.pointer, told.consequence) == ("/components/parameters/Key/x-idempotency-key", Consequence.MENDED)
