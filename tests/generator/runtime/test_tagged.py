"""Choices by a tag: read, checked, written and shown."""

from __future__ import annotations

import warnings
from typing import Annotated, Any, Literal, Union

import pytest
from pydantic import Field, TypeAdapter, ValidationError
from typing_extensions import TypeAliasType

from generator.runtime.model import RequestModel, ResponseModel
from generator.runtime.tagged import Tagged
from generator.runtime.violations import violations


class Cat(RequestModel):
    type_: Literal["cat"] = Field(validation_alias="type", serialization_alias="type")
    friend: Friend | None = None


class Dog(RequestModel):
    type_: Literal["dog", "pup"] = Field(validation_alias="type", serialization_alias="type")
    size: int | None = None


Friend = TypeAliasType(
    "Friend", Annotated[Union[Cat, "Dog"], Tagged("type", {"cat": "Cat", "dog": "Dog", "pup": "Dog"})]
)


class Car(RequestModel):
    kind: Literal["car"] = Field(validation_alias="type", serialization_alias="type")


Thing = TypeAliasType(
    "Thing", Annotated[Union["Car", Friend], Tagged("type", {"cat": "Friend", "dog": "Friend", "car": "Car"})]
)


class Paid(ResponseModel):
    state: str
    amount: int


class Open(ResponseModel):
    state: str
    due: int


class Unknown(ResponseModel):
    state: str | None = None


Answer = Annotated[Paid | Open | Unknown | None, Tagged("state", {"paid": "Paid", "open": "Open"}, unknown="Unknown")]


def said(type_: Any, value: object) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(type_).validate_python(value)
    return [str(one) for one in violations(caught.value)]


def test_objects_and_fields_by_any_name() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(Friend)
    for value in ({"type": "pup"}, {"type_": "pup"}, Dog(type_="pup")):
        assert adapter.validate_python(value) == Dog(type_="pup")
    nested = {"type": "cat", "friend": {"type": "cat", "friend": {"type": "dog"}}}
    assert adapter.validate_python(nested).to_wire() == nested


def test_a_choice_in_a_choice() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(Thing)
    for value in ({"type_": "dog"}, {"type": "dog"}, Dog(type_="dog")):
        assert adapter.validate_python(value) == Dog(type_="dog")
    assert adapter.validate_python({"kind": "car"}) == Car(kind="car")
    dog: Any = Dog(type_="dog")
    dog.type_ = "car"
    assert said(Thing, dog) == ["type: must be one of cat, dog in Friend"]


def test_one_of_a_class_of_the_callers_own() -> None:
    class Puppy(Dog):
        pass

    made: Any = TypeAdapter(Friend).validate_python(Puppy(type_="pup"))
    assert type(made) is Puppy


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"type": "cow"}, "type: must be one of cat, dog, pup"),
        ({"type": "{cow}"}, "type: must be one of cat, dog, pup"),
        ({}, "type: is required, and must be one of cat, dog, pup"),
        ({"type": None}, "type: must be one of cat, dog, pup"),
        ({"type": []}, "type: must be one of cat, dog, pup"),
        (None, "must be Cat or Dog or a dict of its fields"),
        ("cat", "must be Cat or Dog or a dict of its fields"),
        (Paid(state="cat", amount=1), "must be Cat or Dog or a dict of its fields"),
        ({"type": "cat", "friend": {"type": "cat", "friend": {}}},
         "friend.friend.type: is required, and must be one of cat, dog, pup"),
        ({"type": "dog", "size": "x"}, "size: must be a whole number"),
    ],
)  # fmt: skip
def test_one_finding_with_its_path(value: object, message: str) -> None:
    assert said(Friend, value) == [message]


def test_an_object_whose_tag_was_changed() -> None:
    dog: Any = Dog(type_="dog")
    dog.type_ = "cat"
    assert said(Friend, dog) == ["type: must be one of dog, pup in Dog"]


def test_the_rule_is_the_keyword() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Friend).validate_python({"type": "cow"})
    assert [one.rule for one in violations(caught.value)] == ["discriminator"]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"state": "paid", "amount": 1}, Paid),
        ({"state": "open", "due": 1}, Open),
        ({"state": "paid", "due": 1}, Open),
        ({"due": 1, "state": "void"}, Unknown),
        ({"state": "void", "more": [1]}, Unknown),
    ],
)
def test_answers_are_read_and_written_without_a_warning(value: dict[str, object], kind: type[ResponseModel]) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(Answer)
    made = adapter.validate_python(value)
    assert type(made) is kind
    assert TypeAdapter(list[Answer]).validate_python([value, None]) == [made, None]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert adapter.dump_python(made, exclude_unset=True) == value
        assert adapter.dump_python(None) is None


def test_an_answer_that_fits_nothing() -> None:
    assert said(Answer, {"state": "paid"}) == ["amount: is required"]
    assert said(Answer, {"more": 1}) == ["state: is required, and must be one of paid, open"]


def test_tags_within_tags_are_not_read_as_anything(recwarn: pytest.WarningsRecorder) -> None:
    """What fits by another option than its tag says does not loosen what is inside."""

    class Box(ResponseModel):
        state: str
        inner: Annotated[Paid | Open | Unknown, Tagged("state", {"paid": "Paid", "open": "Open"}, unknown="Unknown")]
        big: int

    kind = Annotated[Box | Paid | Unknown, Tagged("state", {"box": "Box", "paid": "Paid"}, unknown="Unknown")]
    made: Any = TypeAdapter(kind).validate_python({"state": "paid", "big": 1, "inner": {"state": "void", "amount": 1}})
    assert type(made) is Box
    assert type(made.inner) is Unknown
    assert not recwarn.list


def test_it_has_a_json_schema() -> None:
    shown = TypeAdapter(Friend).json_schema()
    assert [one["$ref"].rpartition("/")[2] for one in shown["$defs"]["Friend"]["oneOf"]] == ["Cat", "Dog"]
