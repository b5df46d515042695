"""Answers that say something else than their requests, by what values mean, and nothing that nobody said."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import Field

from generator.runtime import quick, values
from generator.runtime.batch import Batch, BatchResult
from generator.runtime.comparison import differences, in_words
from generator.runtime.echo import Difference, Echo, Sum
from generator.runtime.errors import MismatchedResponseError, UndecodableResponseError
from generator.runtime.model import RequestModel, ResponseModel
from generator.runtime.operation import Body, Operation, Response
from generator.runtime.origins import Origins
from generator.runtime.spelling import Respelled
from tests.generator.runtime.flows import KEY, PET, Script, called, failed, reply

if TYPE_CHECKING:
    from collections.abc import Mapping

TOTALS = Sum(
    "total",
    ("fee", "lines[*].amount", "lines[*].parts[*].amount"),
    unless={"lines[*].kind": ("gift", 7), "lines[*].product": True},
    rounded=True,
)


class Part(RequestModel):
    amount: values.Number


class Line(RequestModel):
    amount: values.Number
    kind: str | int | None = None
    product: str | None = None
    parts: list[Part] | None = None


class NewOrder(RequestModel):
    name: str | None = None
    day: values.Date | None = None
    count: int | None = None
    fee: values.Number | None = None
    lines: list[Line] | None = None


class Order(Respelled):
    echo: ClassVar[Echo | None] = Echo(same=("name", "day", "count"), sums=(TOTALS,))
    alternative_names: ClassVar[Mapping[str, str]] = {"title": "name"}

    ok: Literal[True] = True
    name: str | None = None
    day: values.Date | None = None
    count: values.Number | int | None = None
    total: values.Number | None = None


class Refusal(ResponseModel):
    failure: ClassVar[bool] = True

    ok: Literal[False]


class Orders(BatchResult["NewOrder", "Order", "Refusal"]):
    batch: ClassVar[Batch] = Batch(requests="orders", results="made", index="at")

    made: list[Order | Refusal]


class NewOrders(RequestModel):
    orders: list[NewOrder]


def found(sent: dict[str, Any], answered: dict[str, Any]) -> list[str]:
    """In words: the same of a model, and of what the quick path sends of it."""
    model, answer = NewOrder.model_validate(sent), Order.model_validate(answered)
    differ = list(map(str, differences(model, answer)))
    quickly = quick.sent(model, {}, Origins())
    assert quickly is None or list(map(str, differences(quickly, answer))) == differ
    return differ


def lines(*amounts: str, **more: object) -> dict[str, Any]:
    return {"lines": [{"amount": Decimal(one), **more} for one in amounts]}


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        ({"name": "a"}, {"name": "a"}),
        ({"name": "a"}, {}),
        ({"name": "a"}, {"name": None}),
        ({}, {"name": "a"}),
        ({"name": "a"}, {"title": "a"}),
        ({"day": "2026-11-21"}, {"day": "2026-11-21"}),
        ({"count": 1}, {"count": Decimal("1.00")}),
        ({"count": 1}, {"count": Decimal("1E+0")}),
        (lines("1.50", "2"), {"total": Decimal("3.500")}),
        (lines("1.50", "2"), {}),
        ({**lines("1"), "fee": 2}, {"total": 3}),
        ({}, {"total": 3}),
        ({"lines": []}, {"total": 3}),
        (lines("1", parts=[{"amount": Decimal("0.5")}, {"amount": Decimal("-0.25")}]), {"total": Decimal("1.25")}),
        (
            {"lines": [{"amount": 1, "parts": [{"amount": 2}]}, {"amount": 3, "kind": "b", "parts": [{"amount": 4}]}]},
            {"total": 10},
        ),
        (lines("9007199254740993.10", "0.20"), {"total": Decimal("9007199254740993.3")}),
        (lines("1" * 64 + "." + "1" * 64), {"total": Decimal("1" * 64 + "." + "1" * 64)}),
        # Nothing is said of these.
        (lines("1", kind="gift"), {"total": 9}),
        (lines("1", kind=7), {"total": 9}),
        (lines("1", product="any"), {"total": 9}),
        (lines("1E+999999999", "1"), {"total": 9}),
    ],
)  # fmt: skip
def test_what_is_the_same(sent: dict[str, Any], answered: dict[str, Any]) -> None:
    assert found(sent, answered) == []


LINES = "the sum of fee and lines[*].amount and lines[*].parts[*].amount"


@pytest.mark.parametrize(
    ("sent", "answered", "expected"),
    [
        ({"name": "a"}, {"name": "A"}, 'name is "A", and "a" was sent'),
        ({"name": "a"}, {"name": ""}, 'name is "", and "a" was sent'),
        ({"name": "a"}, {"title": "b"}, 'name is "b", and "a" was sent'),
        ({"day": "2026-11-21"}, {"day": "2026-11-22"}, "day is 2026-11-22, and 2026-11-21 was sent"),
        ({"count": 1}, {"count": Decimal("1.01")}, "count is 1.01, and 1 was sent"),
        (lines("3"), {"total": 40}, f"total is 40, and 3 was sent, {LINES}"),
        (lines("3", kind="other"), {"total": 40}, f"total is 40, and 3 was sent, {LINES}"),
        (lines("3", parts=[{"amount": Decimal(1)}]), {"total": 3}, f"total is 3, and 4 was sent, {LINES}"),
        (lines("0.1", "0.2"), {"total": Decimal("0.31")}, f"total is 0.31, and 0.3 was sent, {LINES}"),
        (lines("1"), {"total": 10**30}, f"total is 1{'0' * 30}, and 1 was sent, {LINES}"),
        (lines("1"), {"total": Decimal("1E+999999999999")}, f"total is 1E+999999999999, and 1 was sent, {LINES}"),
        (lines("1"), {"total": Decimal("1E-999999999999")}, f"total is 1E-999999999999, and 1 was sent, {LINES}"),
        ({"name": "a" * 99}, {"name": "b"}, f'name is "b", and "{"a" * 56}... was sent'),
    ],
)
def test_what_is_not(sent: dict[str, Any], answered: dict[str, Any], expected: str) -> None:
    assert found(sent, answered) == [expected]


def test_every_difference_is_told_with_its_values() -> None:
    sent = NewOrder.model_validate({"name": "a", "day": "2026-11-21", "count": 1, **lines("3")})
    answer = Order.model_validate({"name": "b", "day": "2026-11-22", "count": 2, "total": 40})
    listed = list(differences(sent, answer, "orders[1]."))
    assert listed == [
        Difference("orders[1].name", "a", "b"),
        Difference("orders[1].day", date(2026, 11, 21), date(2026, 11, 22)),
        Difference("orders[1].count", 1, 2),
        Difference("orders[1].total", Decimal(3), Decimal(40), TOTALS.of),
    ]
    assert in_words(listed * 2).endswith("; and 3 more, see `differences`")
    assert "more" not in in_words(listed)


# --- rounding


@pytest.mark.parametrize(
    ("amounts", "total", "fits"),
    [
        (["1.005"], "1.01", True),
        (["1.005"], "1", True),
        (["1.005"], "1.02", False),
        (["0.4", "0.4"], "0", True),
        (["0.5", "0.5"], "2", True),
        (["0.5", "0.5"], "3", False),  # one of them moved by a whole unit
        (["0.5", "0.5", "1"], "3", True),
        (["1.10", "2"], "3.2", False),  # nothing that could be rounded to a decimal
        (["1.100", "2.00"], "3.1", True),
        (["19.99"], "20", True),  # a currency without decimals: nobody says
        (["19.99"], "20.00", True),
        (["19.99"], "20.98", False),
        (["3"], "40", False),
        (["0.001"] * 4, "0", True),
        (["1E-400", "1"], "1", True),
    ],
)
def test_numbers_can_have_been_rounded(amounts: list[str], total: str, fits: bool) -> None:
    assert (found(lines(*amounts), {"total": Decimal(total)}) == []) is fits


MODES = [
    "ROUND_HALF_UP",
    "ROUND_HALF_EVEN",
    "ROUND_HALF_DOWN",
    "ROUND_UP",
    "ROUND_DOWN",
    "ROUND_CEILING",
    "ROUND_FLOOR",
]


@given(
    st.lists(st.decimals(-(10**9), 10**9, allow_nan=False, places=4), min_size=1, max_size=6),
    st.integers(0, 4),
    st.sampled_from(MODES),
)
@example([Decimal("0.5"), Decimal("0.5")], 0, "ROUND_UP")
def test_no_way_to_round_is_a_difference(amounts: list[Decimal], places: int, mode: str) -> None:
    unit = Decimal(1).scaleb(-places)
    total = sum((one.quantize(unit, mode) for one in amounts), Decimal(0))
    assert found(lines(*map(str, amounts)), {"total": total}) == []
    assert found(lines(*map(str, amounts)), {"total": total.normalize()}) == []


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=6), st.integers(1, 10**6))
def test_whole_amounts_leave_no_room(amounts: list[int], off: int) -> None:
    assert found(lines(*map(str, amounts)), {"total": sum(amounts) + Decimal(off) / 100}) != []


@pytest.mark.parametrize(
    ("paths", "total"),
    [
        (("a", "b"), 5),
        (("a", "a"), 4),
        (("a", "a.b"), 2),
        (("c.d", "a", "c.e"), 13),
        (("c.d", "c.d"), 10),
        (("c", "c.d"), 5),
        (("f[*].d", "f[*].g[*]", "f[*].g[*].h", "f[*].d"), 24),
        (("c[*].d",), 5),
        (("f[*]",), 9),
        (("g[*].h", "g[*]"), 17),
    ],
)
def test_a_sum_goes_along_all_of_its_paths(paths: tuple[str, ...], total: int) -> None:
    class Total(ResponseModel):
        echo: ClassVar[Echo | None] = Echo(sums=(Sum("total", paths),))

        total: Any = None

    inner = [{"d": 3, "g": [1, {"h": 2}]}, {"d": 4, "g": 7}, 9]
    sent = {"a": 2, "b": 3, "c": {"d": 5, "e": 6}, "f": inner, "g": [17]}
    assert list(differences(sent, Total(total=total))) == []
    assert list(differences(sent, Total(total=total + 1))) != []


def test_without_rounding_a_sum_is_exact() -> None:
    class Exact(ResponseModel):
        echo: ClassVar[Echo | None] = Echo(sums=(Sum("total", ("fee",)),))

        total: values.Number

    sent = NewOrder(fee=Decimal("1.005"))
    assert list(differences(sent, Exact(total=Decimal("1.0050")))) == []
    assert len(list(differences(sent, Exact(total=Decimal("1.01"))))) == 1


# --- values of other types


class Loose(ResponseModel):
    echo: ClassVar[Echo | None] = Echo(same=("value",))

    value: Any = None


CET = timezone(timedelta(hours=1))
NOON = datetime(2026, 11, 21, 12)


@pytest.mark.parametrize(
    ("sent", "received", "same"),
    [
        (1, True, False),
        (0, False, False),
        (Decimal("1.0"), 1, True),
        ("1.50", Decimal("1.5"), True),
        ("1.5", Decimal("1.6"), False),
        (7, "7", True),
        ("x", 7, False),
        (date(2026, 11, 21), "2026-11-21", True),
        ("2026-11-21", date(2026, 11, 22), False),
        (NOON.replace(tzinfo=UTC), NOON.replace(hour=13, tzinfo=CET), True),
        (NOON.replace(tzinfo=UTC), NOON.replace(tzinfo=CET), False),
        (NOON, NOON.replace(hour=13), False),
        (NOON, NOON.replace(hour=13, tzinfo=UTC), True),  # whose noon is not known
        (date(2026, 11, 21), NOON, True),  # nor where the day is one
        ([1, {"a": 2}], [Decimal("1.0"), {"a": 2}], True),
        ([1, 2], [2, 1], False),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ([Part(amount=Decimal(1))], [{"amount": 1}], True),
        ("NaN", Decimal(7), False),
        ("sNaN", 7, False),
        ("7", True, False),
        ("true", True, True),
        ("1", Decimal("1E+999999999999"), False),
        ("7" * 2000, Decimal("7" * 2000), True),
        ("[1]", [1], True),
        ("[1]", [Part(amount=Decimal(1))], False),
    ],
)
def test_values_are_compared_by_what_they_mean(sent: object, received: object, same: bool) -> None:
    assert (list(differences({"value": sent}, Loose(value=received))) == []) is same


def test_models_are_told_as_they_are_on_the_wire() -> None:
    [one] = differences({"value": [Part(amount=Decimal(1))]}, Loose(value=2))
    assert one == Difference("value", [{"amount": Decimal(1)}], 2)
    assert str(one) == 'value is 2, and [{"amount":1}] was sent'
    assert str(Difference("value", 1j, 2)) == "value is 2, and 1j was sent"


@pytest.mark.parametrize("sent", [None, "text", 3, [1], NewOrder(name="b")])
def test_what_has_nothing_in_common_is_not_compared(sent: object) -> None:
    assert list(differences(sent, Refusal(ok=False))) == []
    assert list(differences(sent, Loose(value=3))) == []
    assert list(differences(NewOrder(name="b"), {"name": "a"})) == []


def test_a_sum_of_what_is_no_number_is_none() -> None:
    class Total(ResponseModel):
        echo: ClassVar[Echo | None] = Echo(sums=(Sum("total", ("a.b", "c")),))

        total: Any = None

    for sent in ({"a": "x"}, {"a": {"b": "1"}}, {"c": True}, {"c": [1]}, {"a": None}, {}):
        assert list(differences(sent, Total(total=9))) == []
    for total in ("9", True, None, [9]):
        assert list(differences({"c": 1}, Total(total=total))) == []
    assert list(differences({"a": {"b": 4}, "c": 5}, Total(total=9))) == []


# --- in calls


ADD: Operation[Any] = Operation(
    "addOrder",
    "POST",
    "/orders",
    (KEY,),
    Body("application/json", NewOrder, required=True),
    (Response("200", "application/json", Order | Refusal),),
)
ADD_ALL: Operation[Any] = Operation(
    "addOrders",
    "POST",
    "/orders/batch",
    (KEY,),
    Body("application/json", NewOrders, required=True),
    (Response("200", "application/json", Orders | Refusal),),
)


def mismatch(operation: Operation[Any], body: object, answer: object, **arguments: object) -> MismatchedResponseError:
    script = Script(reply(200, answer))
    error = failed(script, operation, body=body, **arguments)
    assert isinstance(error, MismatchedResponseError)
    assert isinstance(error, UndecodableResponseError)
    assert (len(script.sends), error.outcome, error.status, error.resend) == (1, "unknown", 200, "never")
    for back in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301
        assert (vars(back), str(back), back.advice) == (vars(error), str(error), error.advice)
    return error


def test_an_answer_to_another_request_is_an_error() -> None:
    error = mismatch(ADD, NewOrder(name="a"), {"ok": True, "name": "b"}, key="order-1")
    assert str(error) == (
        'addOrder: 200: the answer is for another request: name is "b", and "a" was sent '
        "[outcome unknown; 1 attempt in 0.0 s; idempotency key order-1]"
    )
    assert error.differences == (Difference("name", "a", "b"),)
    assert error.body == b'{"ok":true,"name":"b"}'
    assert error.advice.startswith("If the idempotency key 'order-1' was used before, for another request")


def test_in_a_batch_nothing_is_paired_by_guess() -> None:
    orders = [NewOrder(name=name, fee=fee) for name, fee in (("a", Decimal(1)), ("b", Decimal(3)))]
    made = [{"ok": True, "name": "a", "total": 1}, {"ok": True, "name": "b", "total": 40}]
    error = mismatch(ADD_ALL, NewOrders(orders=orders), {"made": made}, key="k")
    assert [(one.path, one.sent, one.received) for one in error.differences] == [("made[1].total", 3, 40)]
    assert "made[1].total is 40, and 3 was sent" in error.message


@pytest.mark.parametrize("made", [[], [{"ok": True}] * 2, [{"ok": False, "at": 1}]])
def test_another_number_of_results_is_the_answer_to_another_request(made: list[object]) -> None:
    class Placed(Refusal):
        at: int | None = None

    class Results(BatchResult["NewOrder", "Order", "Placed"]):
        batch: ClassVar[Batch] = Batch(requests="orders", results="made", index="at")

        made: list[Order | Placed]

    answered = (Response("200", "application/json", Results),)
    operation: Operation[Any] = Operation("addOrders", "POST", "/o", (KEY,), ADD_ALL.body, answered)
    error = mismatch(operation, NewOrders(orders=[NewOrder()]), {"made": made})
    assert error.differences == ()
    assert error.message.startswith("the answer is for another request: made")


def test_it_is_compared_with_what_went_out_and_not_with_what_became_of_it() -> None:
    order = NewOrder(name="a")

    class Changing(Script):
        def done(self, step: object) -> object:
            order.name = "b"
            return super().done(step)

    value = called(Changing(reply(200, {"ok": True, "name": "a"})), ADD, body=order)
    assert isinstance(value, Order)
    assert order.name == "b"


def test_a_difference_holds_no_secret() -> None:
    secret = "t0ken-value"
    error = mismatch(ADD, NewOrder(name=f"a {secret}"), {"ok": True, "name": f"b {secret}"})
    assert error.differences == (Difference("name", "a ***", "b ***"),)
    assert secret not in f"{error} {vars(error)}"


def test_an_answer_without_echo_is_as_it_is() -> None:
    assert called(Script(PET)) is not None


class Renamed(Respelled):
    echo: ClassVar[Echo | None] = Echo(same=("isOk",))
    alternative_names: ClassVar[Mapping[str, str]] = {"okay": "isOk"}

    is_ok: Annotated[bool | None, Field(validation_alias="isOk", serialization_alias="isOk")] = None


def test_wire_names_count() -> None:
    for name in ("isOk", "okay", "is_ok"):
        answer = Renamed.model_validate({name: True})
        assert list(differences({"isOk": True}, answer)) == []
        assert [one.path for one in differences({"isOk": False}, answer, "at.")] == ["at.isOk"]
