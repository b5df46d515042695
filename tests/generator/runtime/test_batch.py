"""Batches: every element with its request, none twice and none guessed."""

from __future__ import annotations

import copy
import pickle
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from generator.runtime.batch import Batch, BatchResult, MisfitError
from generator.runtime.errors import ApiError, BatchFailureError, BatchPart
from generator.runtime.model import RequestModel, ResponseModel
from generator.runtime.reasons import FailureBody
from generator.runtime.salvage import salvage


class Wish(RequestModel):
    name: str


class Wishes(RequestModel):
    wishes: list[Wish] | None = None


class Pet(ResponseModel):
    ok: Literal[True] = True
    name: str | None = None


class Refusal(ResponseModel):
    failure: ClassVar[bool] = True

    ok: Literal[False]
    place: Annotated[int | None, Field(validation_alias="at", serialization_alias="at")] = None
    reasons: list[object] | None = None


class Litter(BatchResult["Wish", "Pet", "Refusal"]):
    batch: ClassVar[Batch] = Batch(requests="wishes", results="pets", index="at")

    pets: list[Pet | Refusal] | None = None
    created_: Annotated[int | None, Field(validation_alias="created", serialization_alias="created")] = None


Wire: TypeAlias = "dict[str, object]"

EXPLAINED = FailureBody(reasons="reasons", code="code", message="message")
MADE: Wire = {"ok": True}


def wishes(count: int) -> Wishes:
    return Wishes(wishes=[Wish(name=str(number)) for number in range(count)])


def refused(at: object, *reasons: object) -> Wire:
    return {"ok": False, "at": at, "reasons": list(reasons)}


def litter(*pets: Wire) -> Litter:
    return Litter.model_validate({"pets": list(pets)})


def bound(*pets: Wire, explained: FailureBody = EXPLAINED) -> Litter:
    result = litter(*pets)
    result.belongs_to(wishes(len(pets)), "addPets", explained)
    return result


def failures_of(result: Litter) -> BatchFailureError:
    with pytest.raises(BatchFailureError) as caught:
        result.raise_for_failures()
    return caught.value


@given(st.lists(st.booleans(), max_size=60))
def test_each_request_has_one_outcome_in_order(fates: list[bool]) -> None:
    body = wishes(len(fates))
    result = litter(*({**MADE, "name": str(at)} if made else refused(at) for at, made in enumerate(fates)))
    result.belongs_to(body, "addPets")
    assert [part.object_index for part in result.created] == [at for at, made in enumerate(fates) if made]
    assert [part.object_index for part in result.failed] == [at for at, made in enumerate(fates) if not made]
    everything: list[BatchPart[Wish, Pet | Refusal]] = [*result.created, *result.failed]
    everything.sort(key=lambda part: part.object_index)
    assert [part.object_index for part in everything] == list(range(len(fates)))
    for part in everything:
        assert part.request is (body.wishes or [])[part.object_index]
        assert part.result is (result.pets or [])[part.object_index]
        assert isinstance(part.result, Pet) is fates[part.object_index]


@given(st.lists(st.booleans(), min_size=1, max_size=8), st.data())
def test_no_other_index_and_no_other_count_is_taken(fates: list[bool], data: st.DataObject) -> None:
    named = [data.draw(st.none() | st.integers(-2, 10)) if not made else None for made in fates]
    count = data.draw(st.integers(0, 9))
    result = litter(*(MADE if made else refused(at) for made, at in zip(fates, named, strict=True)))
    fits = count == len(fates) and all(made or named[at] in (at, None) for at, made in enumerate(fates))
    if fits:
        result.belongs_to(wishes(count), "addPets")
        return
    with pytest.raises(MisfitError):
        result.belongs_to(wishes(count), "addPets")


@pytest.mark.parametrize(
    ("pets", "count", "message"),
    [
        ([MADE], 2, "pets has 1 results for 2 wishes"),
        ([MADE, MADE], 1, "pets has 2 results for 1 wishes"),
        ([], 1, "pets has 0 results for 1 wishes"),
        ([MADE], 0, "pets has 1 results for 0 wishes"),
        ([MADE, refused(0)], 2, "pets[1].at is 0, and must be 1"),
        ([refused(0), refused(0)], 2, "pets[1].at is 0, and must be 1"),
        ([refused(1), refused(0)], 2, "pets[0].at is 1, and must be 0"),
        ([refused(7)], 1, "pets[0].at is 7, and must be 0"),
        ([refused(-1)], 1, "pets[0].at is -1, and must be 0"),
        ([refused(None), {"ok": False}, refused(0)], 3, "pets[2].at is 0, and must be 2"),
    ],
)
def test_what_does_not_fit_is_an_error(pets: list[Wire], count: int, message: str) -> None:
    result = litter(*pets)
    with pytest.raises(MisfitError) as caught:
        result.belongs_to(wishes(count), "addPets")
    assert str(caught.value) == message
    with pytest.raises(RuntimeError):
        _ = result.created


@pytest.mark.parametrize("failure", [refused(None), {"ok": False}], ids=["null", "absent"])
def test_where_a_failure_names_no_position_its_own_counts(failure: Wire) -> None:
    result = litter(failure, MADE, failure)
    result.belongs_to(body := wishes(3), "addPets")
    assert [(part.object_index, part.request) for part in result.failed] == [
        (at, (body.wishes or [])[at]) for at in (0, 2)
    ]
    assert [part.object_index for part in result.created] == [1]


def test_a_misfit_leaves_nothing_of_what_fitted_before() -> None:
    result = bound(MADE)
    with pytest.raises(MisfitError):
        result.belongs_to(wishes(2), "addPets")
    with pytest.raises(RuntimeError):
        _ = result.created


@pytest.mark.parametrize("answer", [{}, {"pets": None}, {"pets": []}])
@pytest.mark.parametrize("body", [None, Wishes(), Wishes(wishes=[])])
def test_an_empty_batch(answer: Wire, body: Wishes | None) -> None:
    result = Litter.model_validate(answer)
    result.belongs_to(body, "addPets")
    assert (result.created, result.failed) == ((), ())
    result.raise_for_failures()


def test_arrays_that_are_missing_are_no_elements() -> None:
    with pytest.raises(MisfitError, match=r"^pets has 0 results for 1 wishes$"):
        Litter.model_validate({}).belongs_to(wishes(1), "addPets")
    with pytest.raises(MisfitError, match=r"^pets has 1 results for 0 wishes$"):
        litter(MADE).belongs_to(None, "addPets")


def test_a_result_of_no_call_says_what_it_lacks() -> None:
    result = litter(MADE)
    for use in (lambda: result.created, lambda: result.failed, result.raise_for_failures):
        with pytest.raises(RuntimeError, match=r"^this Litter comes from no call: belongs_to\(\) has to tell it"):
            use()
    assert result.pets == [Pet(ok=True)]


def test_a_field_can_have_the_wire_name_of_what_the_base_has() -> None:
    result = Litter.model_validate({"pets": [], "created": 3})
    result.belongs_to(None, "addPets")
    assert (result.created, result.created_, result.to_wire()) == ((), 3, {"pets": [], "created": 3})


# --- it stays a model like any other


def test_what_it_belongs_to_is_no_part_of_it() -> None:
    plain, result = litter(MADE, refused(1)), bound(MADE, refused(1))
    assert result == plain
    assert plain == result
    assert result != bound(MADE, MADE)
    assert repr(result) == repr(plain)
    assert result.to_wire() == plain.to_wire()
    assert result.model_dump() == plain.model_dump()
    assert list(Litter.model_fields) == ["pets", "created_"]
    assert [base.__name__ for base in Litter.__mro__[:3]] == ["Litter", "BatchResult", "ResponseModel"]


def test_a_copy_belongs_where_the_original_does() -> None:
    result = bound(MADE, refused(1, {"code": 7}))
    copies = [
        copy.copy(result),
        copy.deepcopy(result),
        result.model_copy(),
        result.model_copy(deep=True),
        pickle.loads(pickle.dumps(result)),  # noqa: S301
    ]
    for back in copies:
        assert (back, back.created, back.failed) == (result, result.created, result.failed)
        assert back.failed[0].result is (back.pets or [])[1]
        assert str(failures_of(back)) == str(failures_of(result))


def test_a_part_is_a_value() -> None:
    (part,) = bound(refused(0)).failed
    assert part == BatchPart(0, Wish(name="0"), Refusal.model_validate(refused(0)))
    with pytest.raises(AttributeError):
        part.object_index = 1  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


# --- failures as an error


def test_nothing_failed() -> None:
    bound(MADE, MADE).raise_for_failures()


def test_failures_are_an_error_that_has_everything() -> None:
    result = bound(MADE, refused(1, {"code": 58, "message": "No such\n home."}), MADE, refused(3, {"code": 59}))
    error = failures_of(result)
    assert str(error) == "addPets: 2 of 4 failed: [1] 58: No such home.; [3] 59"
    assert (error.created, error.failed) == (result.created, result.failed)
    assert (error.operation, error.outcome) == ("addPets", "rejected")
    assert isinstance(error, ApiError)
    back = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (str(back), back.created, back.failed) == (str(error), error.created, error.failed)


def test_a_batch_can_fail_as_a_whole() -> None:
    error = failures_of(bound(refused(0, {"message": "a"}), refused(1, {"message": "b"}, {"code": "c"})))
    assert str(error) == "addPets: 2 of 2 failed: [0] a; [1] b; c"
    assert error.created == ()


def test_many_failures_are_said_in_short() -> None:
    error = failures_of(bound(*(refused(at, {"message": "x" * 300}) for at in range(50))))
    assert str(error).startswith(f"addPets: 50 of 50 failed: [0] {'x' * 197}...; [1] xxx")
    assert str(error).endswith("...; and 45 more, see `failed`")
    assert len(error.failed) == 50
    five = failures_of(bound(*(refused(at, {"code": at}) for at in range(5))))
    assert str(five) == "addPets: 5 of 5 failed: [0] 0; [1] 1; [2] 2; [3] 3; [4] 4"


@pytest.mark.parametrize("explained", [FailureBody(), FailureBody(reasons="causes"), FailureBody("reasons")])
def test_where_no_reason_is_known_the_answer_is_shown(explained: FailureBody) -> None:
    error = failures_of(bound(refused(0, {"code": 7}), explained=explained))
    assert str(error) == 'addPets: 1 of 1 failed: [0] {"ok":false,"reasons":[{"code":7}]}'


@pytest.mark.parametrize("reasons", [[], ["odd", None], [{}], [{"code": None, "message": ""}]])
def test_reasons_that_say_nothing(reasons: list[object]) -> None:
    assert str(failures_of(bound(refused(0, *reasons)))).startswith('addPets: 1 of 1 failed: [0] {"ok":false,')


class Reason(ResponseModel):
    code: int | None = None
    message: str | None = None


def test_reasons_may_be_objects() -> None:
    result = Litter(pets=[Refusal(ok=False, place=0, reasons=[Reason(code=0, message="No.")])])
    result.belongs_to(wishes(1), "addPets", EXPLAINED)
    assert str(failures_of(result)) == "addPets: 1 of 1 failed: [0] 0: No."


def test_a_result_that_cannot_be_read_is_of_no_known_outcome_and_costs_no_other() -> None:
    pets: Any = [MADE, 7, refused(2), {"name": "Rex"}, {"ok": "?", "name": 5}]
    result, _ = salvage(Litter, {"pets": pets})
    assert isinstance(result, Litter)
    body = wishes(5)
    result.belongs_to(body, "addPets", EXPLAINED)
    assert [part.object_index for part in result.created] == [0, 3]
    assert [part.object_index for part in result.failed] == [2]
    assert result.unknown == (
        BatchPart(1, (body.wishes or [])[1], 7),
        BatchPart(4, (body.wishes or [])[4], {"ok": "?", "name": 5}),
    )
    assert [type(one) for one in result.pets or []] == [Pet, type(None), Refusal, Pet, type(None)]
    error = failures_of(result)
    assert (error.outcome, error.unknown, len(error.created), len(error.failed)) == ("unknown", result.unknown, 2, 1)
    assert error.message == '1 of 5 failed: [2] {"ok":false,"reasons":[]}; 2 of 5 cannot be read, see `unknown`: [1, 4]'
    assert "`unknown` may be done" in error.advice
    assert pickle.loads(pickle.dumps(error)).unknown == error.unknown  # noqa: S301
    assert copy.deepcopy(result).unknown == result.unknown


def test_what_cannot_be_read_is_an_error_though_nothing_failed() -> None:
    pets: Any = [7, MADE]
    result, _ = salvage(Litter, {"pets": pets})
    assert isinstance(result, Litter)
    result.belongs_to(wishes(2), "addPets")
    assert failures_of(result).message == "1 of 2 cannot be read, see `unknown`: [0]"


def test_where_all_is_read_nothing_is_unknown() -> None:
    result = bound(MADE, refused(1))
    assert result.unknown == failures_of(result).unknown == ()
    assert "`unknown`" not in failures_of(result).advice
