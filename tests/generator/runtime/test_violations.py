"""What is wrong with a value is the same where a model is made of it and where it is sent."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel
from typing_extensions import TypeAliasType

from generator.runtime import model
from generator.runtime.constraints import AnyOf, Condition, Inside, Not, Present, TotalItems, When
from generator.runtime.errors import RequestValidationError
from generator.runtime.groups import PropertyGroup
from generator.runtime.operation import Body, Operation, Parameter
from generator.runtime.options import Settings
from generator.runtime.request import draft
from generator.runtime.values import Among, AnyJson, Date, Matches, Number, Unique
from generator.runtime.violations import Violation, violations, wire_path

CAMEL = ConfigDict(alias_generator=to_camel)
Tree = TypeAliasType("Tree", "dict[str, Tree] | int")


class Cat(model.RequestModel):
    model_config = CAMEL

    tail_length: Annotated[int, Field(ge=1)]


class Dog(model.RequestModel):
    model_config = CAMEL
    constraints: ClassVar[tuple[Condition, ...]] = (AnyOf(Present("bark"), Present("barkVolume")),)

    bark: str | None = None
    bark_volume: Number | None = None


class Owner(model.RequestModel):
    model_config = CAMEL
    own: ClassVar[PropertyGroup[object]] = PropertyGroup("__x$", int | Annotated[str, Field(max_length=2)])
    constraints: ClassVar[tuple[Condition, ...]] = (
        Not(Present("firstPet", "otherPets")),
        When(Present("otherPets"), Inside("otherPets", Present("bark"))),
        TotalItems("otherPets", 2),
    )
    nullable: ClassVar[frozenset[str]] = frozenset({"lastSeen"})

    name: Annotated[str, Field(min_length=2)]
    kind: Literal["owner", "keeper"] | None = None
    last_seen: Date | None = None
    first_pet: Cat | Dog | None = None
    other_pets: list[Dog] | None = None
    any_pets: Annotated[list[Cat | Dog], Unique()] | None = None
    by_name: dict[str, Cat | list[Dog]] | None = None
    text_or_number: Annotated[str, Field(max_length=3)] | Annotated[int, Among(1, 2)] | None = None
    tree: Tree | None = None
    within: Owner | None = None
    meta: AnyJson | None = None
    code: Annotated[str, Matches("^[a-z]+$")] | None = None


def made(value: object, kind: type[model.RequestModel] = Owner) -> tuple[Violation, ...]:
    """What is wrong with a value of which a model is made."""
    try:
        kind.model_validate(value)
    except ValidationError as error:
        return violations(error)
    return ()


def made_of_arguments(arguments: dict[str, Any]) -> tuple[Violation, ...]:  # Any: whatever a caller gives
    try:
        Owner(**arguments)
    except ValidationError as error:
        return violations(error)
    return ()


def sent(value: object, kind: Any = Owner) -> tuple[Violation, ...]:
    """What is wrong with it where it is sent."""
    operation: Operation[object] = Operation("op", "POST", "/", body=Body("application/json", kind))
    try:
        draft(operation, {}, value, Settings())
    except RequestValidationError as error:
        return error.violations
    return ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"name": "Ana"}, []),
        ({}, ["name required is required"]),
        ({"name": "A"}, ["name minLength must have at least 2 characters"]),
        ({"name": "Ana", "kind": "x"}, ["kind enum must be one of 'owner', 'keeper'"]),
        ({"name": "Ana", "lastSeen": "soon"}, ["lastSeen format must be a date of the form yyyy-mm-dd"]),
        ({"name": "Ana", "last_seen": 5}, ["lastSeen type must be a date"]),
        ({"name": "Ana", "lastSeen": None, "code": None}, ["code type must not be null: leave the field out instead"]),
        ({"name": "Ana", "nam": 1}, ["nam additionalProperties is not a field here (names matching __x$ would be); "]),
        ({"name": "Ana", "a__x": 1.5}, ["a__x type must be a whole number", "a__x type must be a string"]),
        (
            {"name": "Ana", "other_pets": [{"bark": "w"}, {"barkVolume": 1}]},
            ["otherPets[1].bark constraint is required when otherPets is given"],
        ),
        (
            {"name": "Ana", "firstPet": {"bark": "w"}, "otherPets": [{"bark": "w"}] * 3},
            [
                "otherPets constraint excludes firstPet: give only one of them",
                "otherPets constraint has 3 items in otherPets; at most 2 are allowed over all of them together",
            ],
        ),
        (
            {"name": "Ana", "first_pet": {"tail_length": 0}},
            [
                "firstPet.tailLength minimum must be at least 1",
                "firstPet.bark constraint at least one of bark and barkVolume is required",
                "firstPet.tail_length additionalProperties is not a field here",
            ],
        ),
        (
            {"name": "Ana", "anyPets": [{"bark": 1}, 5]},
            [
                "anyPets[0].tailLength required is required",
                "anyPets[0].bark additionalProperties is not a field here",
                "anyPets[0].bark type must be a string",
                "anyPets[1] type must be Cat or a dict of its fields",
                "anyPets[1] type must be Dog or a dict of its fields",
            ],
        ),
        (
            {"name": "Ana", "byName": {"Rex": [{}]}},
            [
                "byName.Rex type must be Cat or a dict of its fields",
                "byName.Rex[0].bark constraint at least one of bark and barkVolume is required",
            ],
        ),
        (
            {"name": "Ana", "textOrNumber": "long"},
            ["textOrNumber maxLength must have at most 3 characters", "textOrNumber type must be a whole number"],
        ),
        (
            {"name": "Ana", "tree": {"a": {"b": "x"}}},
            [
                "tree.a.b type must be a dict",
                "tree.a.b type must be a whole number",
                "tree.a type must be a whole number",
                "tree type must be a whole number",
            ],
        ),
        (
            {"name": "Ana", "within": {"name": "Bo", "within": {"code": "4"}}},
            ["within.within.name required is required", "within.within.code pattern must match the pattern ^[a-z]+$"],
        ),
        (5, [" type must be Owner or a dict of its fields"]),
        (Cat(tail_length=1), [" type must be Owner or a dict of its fields, not Cat"]),
        (
            {"name": "Ana", "otherPets": [Cat(tail_length=1)]},
            ["otherPets[0] type must be Dog or a dict of its fields, not Cat"],
        ),
        ({"name": "Ana", "meta": {"a": object()}}, ["meta type must be a JSON value"]),
    ],
)
def test_paths_rules_and_messages(value: object, expected: list[str]) -> None:
    found = made(value)
    texts = [f"{one.path} {one.rule} {one.message}" for one in found]
    assert [text[: len(start)] for text, start in zip(texts, expected, strict=True)] == expected
    assert found == sent(value)


LEAVES = st.sampled_from(
    [None, 1, 0, "", "ab", "abcd", "Ana", "2026-11-21", 1.5, True, Cat(tail_length=2), Dog(bark="w")]
)
NAMES = [
    name
    for kind in (Owner, Cat, Dog)
    for field, info in kind.model_fields.items()
    for name in (field, str(info.serialization_alias or field))
]
VALUES: st.SearchStrategy[object] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from([*NAMES, "a__x", "odd"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*NAMES, "a__x", "b__x", "own", "odd"]), VALUES, max_size=5))
def test_making_and_sending_find_the_same(value: dict[str, object]) -> None:
    found = made(value)
    assert found == sent(value) == made_of_arguments(value)
    assert len(set(found)) == len(found)
    assert not any(set("(<") & set(one.path) for one in found), "no name of a type"


@given(VALUES)
def test_a_body_of_several_types_is_none_of_them_in_paths(value: object) -> None:
    for one in sent(value, Cat | list[Dog]) if value is not None else ():
        assert set("(<") & set(one.path) == set()


def test_a_parameter_of_several_types() -> None:
    parameter = Parameter("X-Pets", "pets", "header", list[int | bool])
    operation: Operation[object] = Operation("op", "GET", "/", (parameter,))
    with pytest.raises(RequestValidationError) as caught:
        draft(operation, {"pets": [1, "x"]}, None, Settings())
    assert {one.path for one in caught.value.violations} == {"X-Pets[1]"}


class Basket(BaseModel):
    """Of somebody else: its title and its fields are nothing that we know."""

    model_config = ConfigDict(title="a basket")

    pets: list[Cat]
    size: Annotated[int, Field(gt=0)]


def test_errors_of_models_of_others_are_read_too() -> None:
    with pytest.raises(ValidationError) as caught:
        Basket.model_validate({"pets": [{"tailLength": 1}, {"tail_length": 0, "odd": 1}], "size": 0})
    assert violations(caught.value) == (
        Violation("pets[1].tailLength", "must be at least 1", "minimum"),
        Violation("pets[1].odd", "is not a field here", "additionalProperties"),
        Violation("size", "must be greater than 0", "exclusiveMinimum"),
    )
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(list[Cat]).validate_python([{}])
    assert violations(caught.value) == (Violation("[0].tailLength", "is required", "required"),)
    renamed = ValidationError.from_exception_data("something else", [{"type": "missing", "loc": ("a", 0), "input": 1}])
    assert violations(renamed) == (Violation("a[0]", "is required", "required"),)


def test_what_was_given_is_in_no_message() -> None:
    found = made({"name": "Ana", "kind": "s3cret", "code": "s3cret", "lastSeen": "s3cret", "textOrNumber": "s3cret"})
    assert len(found) == 5
    assert "s3cret" not in str(found)


def test_where_an_error_stands_pydantic_says_it_too() -> None:
    with pytest.raises(ValidationError) as caught:
        Owner.model_validate({"name": "Ana", "anyPets": [{"bark": 1}]})
    assert {one["loc"][:2] for one in caught.value.errors()} == {("anyPets", 0)}
    assert all(len(one["loc"]) == 3 for one in caught.value.errors())


@pytest.mark.parametrize(
    ("steps", "path"),
    [((), ""), (("a",), "a"), (("a", 0, "b"), "a[0].b"), ((0, 1), "[0][1]"), (("a", "b", 2), "a.b[2]")],
)
def test_paths_as_people_write_them(steps: tuple[str | int, ...], path: str) -> None:
    assert wire_path(steps) == path
    assert wire_path(("x",), "head") == "head.x"
