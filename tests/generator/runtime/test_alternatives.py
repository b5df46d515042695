"""Which of several types was tried is a step of its own in an error's place, and no name is taken for one."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field, GetCoreSchemaHandler, ValidationError
from typing_extensions import TypeAliasType

from generator.runtime.alternatives import ALTERNATIVE, marked, marked_adapter

Tree = TypeAliasType("Tree", "dict[str, Tree] | int")
DEFAULT = {"type": "union", "choices": [{"type": "int"}]}


class Pet(BaseModel):
    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> Any:
        return marked(handler(source), handler)

    size: int | str | None = None
    sizes: dict[str, list[int | bool]] = {}
    tree: Tree = 0
    friend: Pet | int | None = None
    schema_: Annotated[dict[str, Any] | None, Field(alias="schema")] = DEFAULT


def places(kind: Any, value: object) -> set[tuple[int | str, ...]]:
    with pytest.raises(ValidationError) as caught:
        marked_adapter(kind).validate_python(value, strict=True)
    return {one["loc"] for one in caught.value.errors()}


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (Pet, {"size": []}, {("size", ALTERNATIVE)}),
        (Pet, {"sizes": {"int": ["x"]}}, {("sizes", "int", 0, ALTERNATIVE)}),
        (Pet, {"friend": {"friend": {"size": []}}}, {("friend", ALTERNATIVE), ("friend", ALTERNATIVE, "friend")}),
        (Pet, {"tree": {"dict": "x"}}, {("tree", ALTERNATIVE), ("tree", ALTERNATIVE, "dict", ALTERNATIVE)}),
        (list[int | str], [[]], {(0, ALTERNATIVE)}),
        (list[int], ["x"], {(0,)}),
        (Pet | int, {"size": []}, {(ALTERNATIVE,), (ALTERNATIVE, "size", ALTERNATIVE)}),
    ],
)
def test_the_places_of_errors(kind: Any, value: object, expected: set[tuple[int | str, ...]]) -> None:
    found = places(kind, value)
    assert {one[: max(map(len, expected))] for one in found} == expected


def test_values_that_look_like_schemas_are_left_alone() -> None:
    assert Pet().schema_ == {"type": "union", "choices": [{"type": "int"}]}
    assert DEFAULT == {"type": "union", "choices": [{"type": "int"}]}


def test_types_are_chosen_as_before() -> None:
    pet = Pet.model_validate({"size": "1", "sizes": {"a": [1, True]}, "tree": {"a": {"b": 1}}, "friend": {"size": 1}})
    assert (pet.size, pet.sizes, pet.tree, pet.friend) == ("1", {"a": [1, True]}, {"a": {"b": 1}}, Pet(size=1))
    assert pet.sizes["a"][1] is True
    assert "anyOf" in Pet.model_json_schema()["$defs"]["Pet"]["properties"]["size"]
