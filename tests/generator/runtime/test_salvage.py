"""Answers of which one thing cannot be read: what else there is comes all the same."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping  # noqa: TC003 - pydantic reads it
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

import pytest
from pydantic import Field
from typing_extensions import TypeAliasType

from generator.runtime import salvage as salvaging
from generator.runtime.answered import AnsweredDate  # noqa: TC001 - pydantic reads it
from generator.runtime.batch import Batch, BatchResult
from generator.runtime.model import ResponseModel
from generator.runtime.salvage import UnfitError, salvage
from generator.runtime.spelling import Respelled
from generator.runtime.unread import Unread
from generator.runtime.values import Number  # noqa: TC001 - pydantic reads it


class Owner(ResponseModel):
    name: str
    born: AnsweredDate | None = None


class Visit(ResponseModel):
    price: Number | None = None
    vet: Owner | None = None


class Pet(ResponseModel):
    """One that stands alone: its status alone says that the call was done."""

    id: str
    kind: Literal["cat", "dog"] | str | None = None  # noqa: PYI051 - as it is generated
    weight: Number
    owner_: Annotated[Owner | None, Field(validation_alias="owner", serialization_alias="owner")] = None
    visits: list[Visit] | None = None
    tags: list[str] | None = None
    marks: list[int | None] | None = None
    prices: dict[str, Visit] | None = None
    sizes: dict[str, int] | None = None


class Made(Respelled):
    alternative_names: ClassVar[Mapping[str, str]] = {"petName": "name"}

    success: Literal[True]
    id: str
    name: str | None = None
    pet: Pet | None = None


class Failure(ResponseModel):
    failure: ClassVar[bool] = True

    success: Literal[False]
    why: str | None = None


class Litter(BatchResult["Any", "Made", "Failure"]):
    batch: ClassVar[Batch] = Batch(requests="wishes", results="pets", index="at")

    success: Literal[True]
    pets: list[Made | Failure]
    count: int | None = None


class Nameless(ResponseModel):
    note: str | None = None


class Cat(ResponseModel):
    kind: Literal["cat"]
    lives: int | None = None


class Dog(ResponseModel):
    kind: Literal["dog"]
    tricks: list[str] | None = None
    lives: int | None = None


Herd = TypeAliasType("Herd", dict[str, "Animal"])  # which comes later
Animal = TypeAliasType("Animal", Annotated[Cat | Dog, "any annotation"])


class Park(ResponseModel):
    gates: dict[str, Gate] | None = None  # which comes later


class Gate(ResponseModel):
    width: int | None = None
    parks: list[Park] | None = None


class Nested(ResponseModel):
    note: Nested | None = None
    kind: str | None = None


class Zoo(ResponseModel):
    star: Animal | None = None


PET: dict[str, Any] = {"id": "p1", "weight": Decimal("1.50"), "extra": [1]}
MADE: dict[str, Any] = {"success": True, "id": "m1"}


def unread(kind: Any, value: Any) -> list[tuple[str, object]]:
    """Path and raw value of what could not be read."""
    return [(one.below().path, one.value) for one in salvage(kind, value)[1]]


@pytest.mark.parametrize(
    ("odd", "path", "value"),
    [
        ({"kind": 5}, "kind", 5),
        ({"weight": "much"}, "weight", "much"),
        ({"weight": None}, "weight", None),
        ({"id": 7}, "id", 7),
        ({"owner": "Ann"}, "owner", "Ann"),
        ({"owner": {"name": "Ann", "born": 0}}, "owner.born", 0),
        ({"owner": {"name": 5}}, "owner.name", 5),
        ({"owner": {"born": None}}, "owner", {"born": None}),
        ({"visits": {}}, "visits", {}),
        ({"visits": [{}, {"price": [1]}]}, "visits[1].price", [1]),
        ({"visits": [{"vet": {"name": "Bo", "born": "soon"}}]}, "visits[0].vet.born", "soon"),
        ({"visits": [{}, 5]}, "visits", [{}, 5]),
        ({"tags": ["a", 5]}, "tags", ["a", 5]),
        ({"marks": [1, None, "?"]}, "marks", [1, None, "?"]),
        ({"prices": {"a": {"price": {}}, "b": {}}}, "prices.a.price", {}),
        ({"sizes": {"a": 1, "b": []}}, "sizes", {"a": 1, "b": []}),
    ],
)
def test_the_smallest_field_is_none_and_listed(odd: dict[str, Any], path: str, value: object) -> None:
    pet, found = salvage(Pet, {**PET, **odd})
    assert type(pet) is Pet
    [one] = found
    assert (one.below().path, one.value) == (path, value)
    assert pet.unread == (one.below(),)
    assert one.reason
    assert value is None or str(value) not in one.reason
    name = next(iter(odd))
    rest = Pet.model_validate({**PET, "id": "x", "weight": 1} | {key: PET[key] for key in PET.keys() - odd.keys()})
    assert {key: one for key, one in pet.to_wire().items() if key != name} == {
        key: one for key, one in rest.to_wire().items() if key in PET and key != name
    }
    if path == name:
        assert pet.to_wire()[name] is None


def test_what_is_beside_an_odd_field_is_read_as_ever() -> None:
    value = {**PET, "kind": 5, "visits": [{"price": Decimal("2.10")}, {"price": "?", "vet": {"name": "Bo"}}, {}]}
    pet, found = salvage(Pet, value)
    assert isinstance(pet, Pet)
    assert [one.below().path for one in found] == ["kind", "visits[1].price"]
    assert pet.weight.as_tuple() == Decimal("1.50").as_tuple()
    assert pet.model_extra == {"extra": [1]}
    assert pet.model_fields_set == {"id", "weight", "kind", "visits", "extra"}
    first, second, third = pet.visits or []
    assert (first.price, first.unread, third.unread) == (Decimal("2.10"), (), ())
    assert second.unread == (Unread("price", "?", "must be a number such as Decimal('19.99')"),)
    assert second.vet == Owner(name="Bo")
    assert list(pet.wire_fields()) == list(Pet.model_validate({**PET, "kind": None, "visits": []}).wire_fields())


def test_what_is_read_in_part_can_be_compared_copied_pickled_and_shown() -> None:
    pet, _ = salvage(Pet, {**PET, "id": 7, "owner": {"name": "Ann", "born": 0}})
    again, _ = salvage(Pet, {**PET, "id": 7, "owner": {"name": "Ann", "born": 0}})
    assert isinstance(pet, Pet)
    copies = [again, copy.copy(pet), copy.deepcopy(pet), pet.model_copy(), pickle.loads(pickle.dumps(pet))]  # noqa: S301
    for one in copies:
        assert one == pet
        assert (type(one), one.unread, one.owner_ and one.owner_.unread) == (
            Pet,
            pet.unread,
            pet.owner_ and pet.owner_.unread,
        )
    assert repr(pet).startswith("Pet(id=None, kind=None, weight=Decimal('1.50'), owner_=Owner(name='Ann', born=None)")
    assert pet.model_dump_json(by_alias=True, exclude_unset=True) == (
        '{"id":null,"weight":1.50,"owner":{"name":"Ann","born":null},"extra":[1]}'
    )
    assert Pet.model_validate(PET).unread == Pet(id="x", weight=Decimal(1)).unread == ()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Pet, []),
        (Pet, {"id": "p1"}),  # a name that must be there
        (list[Pet], [{**PET, "kind": 5}, {}]),
        (Made | Failure, {**MADE, "id": 5}),
        (Made | Failure, {**MADE, "id": None}),
        (Made | Failure, {**MADE, "success": "yes"}),
        (Made | Failure, {"success": True, "name": 5}),
        (Made, {**MADE, "success": 2, "name": 5}),
        (Failure, {"success": "no", "why": 5}),
        (Nameless | Failure, {"note": 5}),  # nothing in it tells of success
        (Zoo, 5),
        (str, 5),
        (bytes | None, 5),
    ],
)
def test_what_tells_what_an_answer_is_must_be_as_described(kind: Any, value: Any) -> None:
    with pytest.raises(UnfitError):
        salvage(kind, value)


@pytest.mark.parametrize(
    ("kind", "value", "made", "expected"),
    [
        (Made | Failure, {**MADE, "name": 5}, Made, [("name", 5)]),
        (Made | Failure, {"success": False, "why": 5}, Failure, [("why", 5)]),
        (Made | None, {**MADE, "name": 5}, Made, [("name", 5)]),
        (Made | Failure, {**MADE, "pet": {**PET, "weight": []}}, Made, [("pet.weight", [])]),
        (Made | Failure, {**MADE, "petName": "Rex", "pet": 5}, Made, [("pet", 5)]),
        (Nameless, {"note": 5}, Nameless, [("note", 5)]),
        (list[Pet], [PET, {**PET, "kind": 5}], list, [("[1].kind", 5)]),
        (dict[str, Pet], {"a": {**PET, "kind": 5}}, dict, [("a.kind", 5)]),
        (Herd, {"a": {"kind": "dog", "lives": []}}, dict, [("a.lives", [])]),
        (Gate, {"parks": [{"gates": {"a": {"width": "x"}}}]}, Gate, [("parks[0].gates.a.width", "x")]),
        (Zoo, {"star": {"kind": "dog", "lives": []}}, Zoo, [("star.lives", [])]),
        (Zoo, {"star": {"kind": "cow"}}, Zoo, [("star", {"kind": "cow"})]),
        (Zoo, {"star": {"kind": "dog", "lives": "x", "tricks": 5}}, Zoo, [("star.tricks", 5), ("star.lives", "x")]),
    ],
)
def test_of_several_types_the_one_that_is_told(kind: Any, value: Any, made: type, expected: list[Any]) -> None:
    assert type(salvage(kind, value)[0]) is made
    assert sorted(unread(kind, value), key=str) == sorted(expected, key=str)


def test_another_spelling_is_still_read() -> None:
    made, _ = salvage(Made | Failure, {**MADE, "petName": "Rex", "pet": 5})
    assert isinstance(made, Made)
    assert (made.name, made.pet) == ("Rex", None)
    assert made.to_wire() == {**MADE, "petName": "Rex", "pet": None}


def test_a_result_of_a_batch_that_cannot_be_read_costs_no_other() -> None:
    pets: list[Any] = [MADE, {**MADE, "name": 5}, {"success": True}, {"success": False, "why": []}, 7]
    result, found = salvage(Litter | Failure, {"success": True, "pets": pets, "count": "five"})
    assert isinstance(result, Litter)
    assert [type(one) for one in result.pets] == [Made, Made, type(None), Failure, type(None)]
    assert [(one.below().path, one.value) for one in found] == [
        ("pets[1].name", 5),
        ("pets[2]", {"success": True}),
        ("pets[3].why", []),
        ("pets[4]", 7),
        ("count", "five"),
    ]
    assert result.pets[1].unread[0].path == "name"
    assert result.unread == tuple(one.below() for one in found)
    dark: list[Any] = [{"0": MADE}, [7], [{"success": True}, None]]  # of which nothing is known at all
    for one in dark:
        with pytest.raises(UnfitError):
            salvage(Litter | Failure, {"success": True, "pets": one})


def test_the_place_for_a_log_has_no_keys_of_maps() -> None:
    [one] = salvage(Pet, {**PET, "prices": {"secret": {"price": "x"}}})[1]
    assert (one.place, one.below().path) == ("prices.*.price", "prices.secret.price")


def test_a_field_that_is_read_by_its_python_name() -> None:
    pet, found = salvage(Pet, {**PET, "owner_": 5})
    assert isinstance(pet, Pet)
    assert (pet.owner_, [one.below().path for one in found]) == (None, ["owner_"])


def test_the_search_for_what_is_odd_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salvaging, "_MOST_READ", 100)
    odd: list[Any] = [{"price": "?"}]
    assert len(unread(list[Visit], odd * 20)) == 20
    with pytest.raises(UnfitError):
        salvage(list[Visit], odd * 60)


def test_what_is_nested_without_end_is_not_searched() -> None:
    value: Any = {"note": 5}
    for _ in range(5000):
        value = {"note": value}
    with pytest.raises(UnfitError):
        salvage(Nested, value)
