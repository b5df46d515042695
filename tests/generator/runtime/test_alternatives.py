"""Which of several types was tried is a step of its own in an error's place, and no name is taken for one."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, GetCoreSchemaHandler, TypeAdapter, ValidationError
from typing_extensions import TypeAliasType

from generator.runtime.alternatives import ALTERNATIVE, marked, marked_adapter
from generator.runtime.groups import PropertyGroup
from generator.runtime.model import RequestModel, ResponseModel
from generator.runtime.values import Among
from generator.runtime.violations import violations

FIRST, SECOND = f"{ALTERNATIVE}0", f"{ALTERNATIVE}1"
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
        (Pet, {"size": []}, {("size", FIRST), ("size", SECOND)}),
        (Pet, {"sizes": {"int": ["x"]}}, {("sizes", "int", 0, FIRST), ("sizes", "int", 0, SECOND)}),
        (Pet, {"friend": {"friend": {"size": []}}}, {("friend", SECOND), ("friend", FIRST, "friend")}),
        (Pet, {"tree": {"dict": "x"}}, {("tree", SECOND), *(("tree", FIRST, "dict", one) for one in (FIRST, SECOND))}),
        (list[int | str], [[]], {(0, FIRST), (0, SECOND)}),
        (list[int], ["x"], {(0,)}),
        (Pet | int, {"size": []}, {(SECOND,), *((FIRST, "size", one) for one in (FIRST, SECOND))}),
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


class Card(ResponseModel):
    kind: Annotated[Literal["card", "debit"], Among("card", "debit")] = Field(alias="type")
    number: str
    parts: tuple[Cash | Card, ...] | None = None


class Cash(ResponseModel):
    kind: Annotated[Literal["cash"], Among("cash")] = Field(alias="type")
    sum: int


class Coin(ResponseModel):
    kind: Annotated[Literal["coin"], Among("coin")] = Field(alias="type")


class Note(ResponseModel):
    kind: Annotated[Literal["note"], Among("note")] = Field(alias="type")


class Debit(ResponseModel):
    kind: Annotated[Literal["debit"], Among("debit")] = Field(alias="type")
    account: str


class Open(ResponseModel):
    kind: Literal["open"] | None = Field(default=None, alias="type")


class Payment(RequestModel):
    others: ClassVar[PropertyGroup[ByCard | ByCash]] = PropertyGroup("__other", lambda: ByCard | ByCash)
    by: ByCard | ByCash


class ByCard(RequestModel):
    kind: Annotated[Literal["card"], Among("card")]
    number: str


class ByCash(RequestModel):
    kind: Annotated[Literal["cash"], Among("cash")]


First = TypeAliasType("First", Cash | Card)
Second = TypeAliasType("Second", Coin | Note | Debit)
CARD, CASH = {"type": "card", "number": "1"}, {"type": "cash", "sum": 1}


def said(kind: Any, value: object) -> list[str]:
    try:
        marked_adapter(kind).validate_python(value)
    except ValidationError as error:
        return [str(one) for one in violations(error)]
    return []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"type": "debit", "number": 1}, ["number: must be a string"]),
        ({"type": "cash"}, ["sum: is required"]),
        ({"number": "1", "sum": 1}, ["type: is required"]),
        ({**CARD, "parts": (CASH, {"type": "cash", "sum": "x"})}, ["parts[1].sum: must be a whole number"]),
        ({"type": "cash", "sum": 1, "kind": "card"}, []),
        (1, ["must be Card or a dict of its fields", "must be Cash or a dict of its fields"]),
    ],
)
def test_of_objects_that_a_field_tells_apart_the_one_that_is_meant_is_spoken_of(
    value: object, expected: list[str]
) -> None:
    assert said(Card | Cash, value) == expected


def test_choices_in_the_same_place_do_not_speak_for_each_other() -> None:
    assert said(First | Second, {"type": "debit"}) == ["number: is required", "account: is required"]


def test_what_is_none_of_them_may_be_meant_as_any() -> None:
    found = said(Card | Cash, {"type": "coin"})
    assert [one.partition(":")[0] for one in found] == ["type", "number", "type", "sum"]


@pytest.mark.parametrize(
    ("kind", "is_told_apart"),
    [(Cash | ByCard, False), (Card | Cash, True), (Cash | Open, False), (Cash | dict[str, int], False)],
)
def test_which_objects_a_field_tells_apart(kind: Any, is_told_apart: bool) -> None:
    assert ("'mode': 'left_to_right'" in str(marked_adapter(kind).core_schema)) is is_told_apart


@given(
    st.dictionaries(
        st.sampled_from(("type", "kind", "number", "sum", "more")),
        st.sampled_from(("card", "debit", "cash", "1", 1, True, None)),
    )
)
def test_what_is_told_apart_is_what_pydantic_would_choose(value: dict[str, object]) -> None:
    """No other order of the types, and no look at all of them, gives anything else."""

    def read(kind: Any) -> object:
        try:
            return TypeAdapter(kind).validate_python(value, strict=True)
        except ValidationError:
            return None

    both = [one for one in (read(Card), read(Cash)) if one is not None]
    try:
        chosen = marked_adapter(Cash | Card).validate_python(value, strict=True)
    except ValidationError:
        chosen = None
    assert [chosen] * len(both) == both
    assert len(both) == (chosen is not None)


@pytest.mark.parametrize("name", ["by", "__other"])
def test_of_a_request_too(name: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Payment.model_validate({"by": {"kind": "cash"}, name: {"kind": "card", "number": 1, "colour": "red"}})
    assert [str(one) for one in violations(caught.value)] == [
        f"{name}.number: must be a string",
        f"{name}.colour: is not a field here",
    ]
