"""Fields of answers with more than one wire name: read under one name in Python, written back as they came."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping  # noqa: TC003 - pydantic needs it when it runs
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ConfigDict, TypeAdapter
from pydantic.alias_generators import to_camel

from generator.runtime import model, spelling
from generator.runtime.answered import AnsweredDate, AnsweredNumber  # noqa: TC001 - as above
from generator.runtime.codec import decode


class ResponseModel(model.ResponseModel):
    model_config = ConfigDict(alias_generator=to_camel)


class Pet(ResponseModel, spelling.Respelled):
    alternative_names: ClassVar[Mapping[str, str]] = {"Weight": "weight", "mass": "weight", "born": "birthDay"}

    id: int
    weight: AnsweredNumber | None = None
    birth_day: AnsweredDate | None = None


class Litter(ResponseModel):
    pets: list[Pet] | None = None


NAMES = ["weight", "Weight", "mass"]


def exact(value: object) -> object:
    """With the types of numbers, as 1 equals 1.0."""
    if isinstance(value, dict):
        return [(name, exact(one)) for name, one in value.items()]
    return (type(value), str(value))


@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_read_and_comes_back(name: str) -> None:
    given = {"id": 1, name: Decimal("2.50"), "more": None}
    pet = Pet.model_validate(given)
    assert pet.weight == Decimal("2.50")
    assert pet.model_fields_set == {"id", "weight", "more"}
    assert [exact(pet.to_wire()), exact(dict(pet.wire_fields()))] == [exact(given)] * 2
    assert exact(pet.model_dump(exclude_unset=True)) == exact({"id": 1, "weight": Decimal("2.50"), "more": None})


@given(st.permutations(["id", *NAMES, "born", "birthDay", "other"]), st.integers(0, 7))
def test_whatever_came_goes_back(names: list[str], count: int) -> None:
    values: dict[str, Any] = {"born": "2026-01-02", "birthDay": "2026-01-03", "other": "x"}
    given = {name: values.get(name, 1) for name in ["id", *(one for one in names[:count] if one != "id")]}
    pet = Pet.model_validate(given)
    assert decode(pet.model_dump_json(by_alias=True, exclude_unset=True)) == given
    wanted = next((given[name] for name in ("birthDay", "born") if name in given), None)
    assert (str(pet.birth_day) if pet.birth_day else None) == wanted


def test_its_own_name_comes_first_and_then_the_first_that_is_listed() -> None:
    both = {"id": 1, "mass": Decimal(3), "Weight": Decimal(2)}
    assert Pet.model_validate(both).weight == Decimal(2)
    assert Pet.model_validate({**both, "weight": None}).weight is None
    assert Pet.model_validate({"id": 1, "birth_day": "2026-01-02", "born": "2026-01-03"}).birth_day == date(2026, 1, 2)


def test_what_does_not_fit_under_another_name_is_an_unknown_field() -> None:
    given = {"id": 1, "born": "last spring"}
    pet = Pet.model_validate(given)
    assert pet.birth_day is None
    assert pet.to_wire() == given
    with pytest.raises(ValueError, match="birthDay"):
        Pet.model_validate({"id": 1, "birthDay": "last spring"})


def test_inside_another_answer_and_from_json() -> None:
    text = '{"pets":[{"id":1,"mass":0.30},{"id":2,"weight":9007199254740993.10},{"id":3}]}'
    litter = Litter.model_validate_json(text)
    assert [pet.weight for pet in litter.pets or []] == [Decimal("0.30"), Decimal("9007199254740993.10"), None]
    assert litter.model_dump_json(by_alias=True, exclude_unset=True) == text
    union = TypeAdapter[object](Pet | Litter).validate_python(decode(text))
    assert isinstance(union, Litter)


def repickled(one: object) -> object:
    return pickle.loads(pickle.dumps(one))  # noqa: S301 - our own bytes


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, repickled])
def test_copies_keep_the_spelling(copied: Any) -> None:
    pet = Pet.model_validate({"id": 1, "mass": 2})
    assert copied(pet).to_wire() == {"id": 1, "mass": 2}
    assert copied(pet) == pet


def test_an_instance_is_taken_as_it_is_and_one_made_in_python_has_the_own_name() -> None:
    pet = Pet.model_validate({"id": 1, "mass": 2})
    assert Litter(pets=[pet]).to_wire() == {"pets": [{"id": 1, "mass": 2}]}
    assert Pet(id=1, weight=Decimal(2)).to_wire() == {"id": 1, "weight": 2}


def test_a_value_that_does_not_fit_costs_no_other_spelling() -> None:
    given = {"id": 1, "mass": "much", "born": "2026-01-02"}
    pet = Pet.model_validate(given)
    assert (pet.weight, pet.birth_day, pet.model_extra) == (None, date(2026, 1, 2), {"mass": "much"})
    assert decode(pet.model_dump_json(by_alias=True, exclude_unset=True)) == given
