"""What goes wrong on demand: who orders it, how often, and what comes of it."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuora_invoices._runtime.codec import decode, encode
from zuora_invoices._runtime.retry import next_key
from zuora_invoices_sandbox.fault_kinds import Fault
from zuora_invoices_sandbox.faults import FaultPolicy, Faults, Order, after, before, changed, during
from zuora_invoices_sandbox.messages import Answer, Delivery, Headers, Request
from zuora_invoices_sandbox.refusal import Refused

EARLY = [
    Fault.DROP_BEFORE,
    Fault.TOO_MANY,
    Fault.TOO_MANY_RETRY_AFTER,
    Fault.INTERNAL,
    Fault.BAD_GATEWAY,
    Fault.UNAVAILABLE,
    Fault.UNAUTHORIZED,
]
KEPT = [Fault.LOCKED, Fault.TEMPORARY]
CHANGED = [Fault.ODD_FIELD]
LATE = [Fault.DROP_AFTER, Fault.CUT_BODY, Fault.SLOW]


def request(
    fault: str | None = None, key: str | None = None, path: str = "/v1/invoices", method: str = "POST"
) -> Request:
    headers = {"zuora-sandbox-fault": fault, "Idempotency-Key": key}
    return Request(method, path, headers=Headers((name, value) for name, value in headers.items() if value is not None))


def faults_of(faults: Faults, count: int, **of: str) -> list[Fault | None]:
    orders = [faults.decide(request(**of)) for _ in range(count)]
    return [None if order is None else order.fault for order in orders]


# -- policies ----------------------------------------------------------------------------------------------------------


@given(st.floats(0, 1), st.integers(), st.integers(0, 50), st.sets(st.sampled_from(Fault), min_size=1))
def test_a_policy_is_a_function_of_its_seed_and_the_number_of_the_call(
    rate: float, seed: int, count: int, some: set[Fault]
) -> None:
    policy = FaultPolicy(rate, some, seed)
    seen = faults_of(Faults(policy), count)
    assert seen == faults_of(Faults(FaultPolicy(rate, sorted(some, reverse=True), seed)), count)
    assert set(seen) <= {None, *some}
    if rate in (0, 1):
        assert (None in seen) is (rate == 0 and count > 0)


def test_a_policy_keeps_its_rate_and_chooses_evenly() -> None:
    seen = Counter(faults_of(Faults(FaultPolicy(0.2, seed=7)), 12_000))
    assert 9_300 < seen.pop(None) < 9_900
    assert set(seen) == set(Fault)
    assert min(seen.values()) > 130
    assert max(seen.values()) < 270


def test_other_seeds_choose_otherwise() -> None:
    assert faults_of(Faults(FaultPolicy(0.5, seed=1)), 40) != faults_of(Faults(FaultPolicy(0.5, seed=2)), 40)


def test_threads_share_the_count() -> None:
    policy = FaultPolicy(0.5)
    faults = Faults(policy)
    with ThreadPoolExecutor(8) as threads:
        seen = list(threads.map(lambda _: faults.decide(request()), range(2_000)))
    assert Counter(seen) == Counter(policy.order(number) for number in range(1, 2_001))


@pytest.mark.parametrize(("rate", "some", "seconds"), [(-0.1, list(Fault), 1), (1.1, list(Fault), 1), (0.5, [], 1)])
def test_a_policy_that_makes_no_sense_is_refused(rate: float, some: list[Fault], seconds: float) -> None:
    with pytest.raises(ValueError, match=r"rate|faults"):
        FaultPolicy(rate, some, seconds=seconds)


def test_a_policy_says_for_how_long() -> None:
    assert FaultPolicy(1, [Fault.SLOW], seconds=0.5).order(1) == Order(Fault.SLOW, 0.5)
    with pytest.raises(ValueError, match="seconds"):
        FaultPolicy(1, seconds=-1)


def test_setting_a_policy_begins_it_anew() -> None:
    policy = FaultPolicy(0.5)
    faults = Faults(policy)
    first = faults_of(faults, 30)
    faults.policy = policy
    assert faults_of(faults, 30) == first
    faults.policy = None
    assert faults_of(faults, 30) == [None] * 30


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/oauth/token"},
        {"path": "/"},
        {"path": "/v1/invoices/"},
        {"method": "GET"},
        {"method": "PUT", "path": "/v1/invoices/batch"},
    ],
)
def test_the_policy_and_the_queue_concern_the_two_operations_alone(other: dict[str, str]) -> None:
    faults = Faults(FaultPolicy(1, [Fault.SLOW]))
    faults.next(Fault.INTERNAL)
    assert faults_of(faults, 3, **other) == [None] * 3
    assert faults_of(faults, 2, path="/v1/invoices/batch") == [Fault.INTERNAL, Fault.SLOW]


# -- the queue ---------------------------------------------------------------------------------------------------------


def test_orders_come_one_after_the_other_and_then_the_policy() -> None:
    faults = Faults(FaultPolicy(1, [Fault.SLOW]))
    faults.next(Fault.LOCKED, times=2)
    faults.next("502")
    assert faults_of(faults, 5) == [Fault.LOCKED, Fault.LOCKED, Fault.BAD_GATEWAY, Fault.SLOW, Fault.SLOW]


def test_an_order_says_for_how_long() -> None:
    faults = Faults()
    faults.next(Fault.SLOW, seconds=2.5)
    assert faults.decide(request()) == Order(Fault.SLOW, 2.5)
    with pytest.raises(ValueError, match="no-fault"):
        faults.next("no-fault")
    with pytest.raises(ValueError, match="seconds"):
        faults.next(Fault.SLOW, seconds=-1)
    with pytest.raises(ValueError, match="once at least"):
        faults.next(Fault.SLOW, times=0)


def test_clearing_ends_all_and_resetting_begins_again() -> None:
    policy = FaultPolicy(0.5, seed=3)
    faults = Faults(policy)
    first = faults_of(faults, 20)
    faults.next(Fault.SLOW, times=99)
    faults.clear()
    assert faults_of(faults, 20) == [None] * 20
    faults.next(Fault.SLOW)
    faults.reset()
    assert faults_of(faults, 20) == first


# -- the header --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", Fault)
def test_a_header_orders_any_fault(fault: Fault) -> None:
    assert Faults().decide(request(fault)) == Order(fault)


def test_a_header_concerns_the_first_requests_with_a_key() -> None:
    faults = Faults()
    of = {"fault": "drop-after; times=2", "key": "order-1"}
    assert faults_of(faults, 3, **of) == [Fault.DROP_AFTER, Fault.DROP_AFTER, None]
    assert faults_of(faults, 2, fault="500", key="order-2") == [Fault.INTERNAL, None]
    assert faults_of(faults, 3, fault="500") == [Fault.INTERNAL] * 3
    faults.reset()
    assert faults_of(faults, 1, **of) == [Fault.DROP_AFTER]


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=255), st.integers(1, 5))
def test_keys_that_a_client_derives_count_as_the_first_one(key: str, times: int) -> None:
    faults = Faults()
    keys = [next_key(key, number, 255) if number > 1 else key for number in range(1, times + 2)]
    orders = [faults.decide(request(f"locked;times={times}", one)) for one in keys]
    assert orders == [*[Order(Fault.LOCKED)] * times, None]


def test_the_header_wins_over_queue_and_policy_and_uses_up_neither() -> None:
    faults = Faults(FaultPolicy(1, [Fault.SLOW]))
    faults.next(Fault.LOCKED)
    assert faults_of(faults, 2, fault="500", key="k") == [Fault.INTERNAL, None]
    assert faults_of(faults, 2) == [Fault.LOCKED, Fault.SLOW]


def test_requests_for_a_token_have_a_header_of_their_own() -> None:
    assert Faults().decide(request("503", path="/oauth/token")) is None
    headers = Headers([("zuora-sandbox-token-fault", "503")])
    assert Faults().decide(Request("POST", "/oauth/token", headers=headers)) == Order(Fault.UNAVAILABLE)
    assert Faults().decide(Request("POST", "/v1/invoices", headers=headers)) is None
    with pytest.raises(Refused, match="Zuora-Sandbox-Token-Fault is one of"):
        Faults().decide(Request("POST", "/oauth/token", headers=Headers([("Zuora-Sandbox-Token-Fault", "?")])))


def test_a_header_says_for_how_long() -> None:
    assert Faults().decide(request(" slow ; seconds = 0.25 ; times = 3 ")) == Order(Fault.SLOW, 0.25)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no-fault",
        "SLOW",
        "slow; often=1",
        "slow; seconds",
        "slow; seconds=nan",
        "slow; seconds=inf",
        "slow; seconds=-1",
        "slow; seconds=3601",
        "slow; times=0",
        "slow; times=1e99",
        "slow, 500",
        "slow;",
        "\x00",
        "'; drop table",
    ],
)
def test_what_is_no_order_is_refused(text: str) -> None:
    with pytest.raises(Refused) as caught:
        Faults().decide(request(text))
    assert caught.value.status == 400
    assert [reason.code for reason in caught.value.reasons] == [50000020]


def test_who_names_no_known_fault_is_told_which_ones_there_are() -> None:
    with pytest.raises(Refused, match=", ".join(Fault)):
        Faults().decide(request("explode"))


@given(st.text())
def test_any_text_is_an_order_or_refused(text: str) -> None:
    try:
        order = Faults().decide(request(text))
    except Refused as refused:
        assert refused.status == 400  # noqa: PT017 - both ends are fine
    else:
        assert order is not None
        assert text.strip().startswith(order.fault)


def test_memory_is_bounded() -> None:
    faults = Faults()
    for number in range(10_050):
        faults.decide(request("500", f"key-{number}"))
    assert len(faults._seen) == 10_000
    assert faults_of(faults, 1, fault="500", key="key-10049") == [None]


# -- what comes of it --------------------------------------------------------------------------------------------------

DONE = Answer(200, b"0123456789")


def test_each_fault_has_one_place_and_nothing_has_none() -> None:
    assert sorted([*EARLY, *KEPT, *CHANGED, *LATE]) == sorted(Fault)
    assert before(None) is None
    during(None)
    assert changed(None, DONE) == DONE
    assert after(None, DONE) == Delivery(DONE)


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_leaves_the_other_places_alone(fault: Fault) -> None:
    if fault not in EARLY:
        assert before(Order(fault)) is None
    if fault not in KEPT:
        during(Order(fault))
    if fault not in CHANGED:
        assert changed(Order(fault), DONE) == DONE
    if fault not in LATE:
        assert after(Order(fault), DONE) == Delivery(DONE)


def test_drops_bring_no_answer() -> None:
    assert before(Order(Fault.DROP_BEFORE)) == Delivery(None)
    assert after(Order(Fault.DROP_AFTER), DONE) == Delivery(None)


@pytest.mark.parametrize(("fault", "status", "code"), [("500", 500, 50000060), ("503", 503, 50000061)])
def test_answers_of_500_and_beyond_have_nothing_but_reasons(fault: str, status: int, code: int) -> None:
    delivery = before(Order(Fault(fault)))
    assert delivery is not None
    assert delivery.answer is not None
    assert delivery.answer.status == status
    body = decode(delivery.answer.body)
    assert isinstance(body, dict)
    assert list(body) == ["reasons"]
    assert f'"code":{code}'.encode() in delivery.answer.body


def test_a_bad_gateway_speaks_html() -> None:
    delivery = before(Order(Fault.BAD_GATEWAY))
    assert delivery is not None
    assert delivery.answer is not None
    assert (delivery.answer.status, delivery.answer.headers) == (502, (("Content-Type", "text/html"),))
    assert delivery.answer.body.startswith(b"<html>")


@pytest.mark.parametrize(
    ("order", "status", "code", "headers"),
    [
        (Order(Fault.TOO_MANY), 429, 50000070, ()),
        (Order(Fault.TOO_MANY_RETRY_AFTER, 1.2), 429, 50000070, (("Retry-After", "2"),)),
        (Order(Fault.TOO_MANY_RETRY_AFTER, 0), 429, 50000070, (("Retry-After", "0"),)),
        (Order(Fault.UNAUTHORIZED), 401, 90000011, (("WWW-Authenticate", "Bearer"),)),
    ],
)
def test_refusals_before_anything_is_done(
    order: Order, status: int, code: int, headers: tuple[tuple[str, str], ...]
) -> None:
    with pytest.raises(Refused) as caught:
        before(order)
    assert (caught.value.status, caught.value.headers) == (status, headers)
    assert [reason.code for reason in caught.value.reasons] == [code]


@pytest.mark.parametrize(("fault", "code"), [(Fault.LOCKED, 50000050), (Fault.TEMPORARY, 50000061)])
def test_transient_rejections_say_200(fault: Fault, code: int) -> None:
    with pytest.raises(Refused) as caught:
        during(Order(fault))
    assert (caught.value.status, [reason.code for reason in caught.value.reasons]) == (200, [code])


@pytest.mark.parametrize(
    ("body", "odd"),
    [
        ({"success": True, "invoiceDate": "2026-11-22"}, {"success": True, "invoiceDate": 0}),
        ({"success": False, "reasons": []}, {"success": False, "reasons": []}),
        (
            {"invoices": [{"success": False}, {"invoiceDate": "2026-11-22"}, {"invoiceDate": "2026-11-22"}]},
            {"invoices": [{"success": False}, {"invoiceDate": 0}, {"invoiceDate": "2026-11-22"}]},
        ),
    ],
)
def test_the_first_invoice_has_an_odd_field(body: dict[str, object], odd: dict[str, object]) -> None:
    made = changed(Order(Fault.ODD_FIELD), Answer(200, encode(body), (("X", "y"),)))
    assert (made.status, decode(made.body), made.headers) == (200, odd, (("X", "y"),))
    failed = Answer(500, encode(body))
    assert changed(Order(Fault.ODD_FIELD), failed) == failed


def test_late_and_cut_answers_are_the_answers_all_the_same() -> None:
    assert after(Order(Fault.SLOW, 3), DONE) == Delivery(DONE, delay=3)
    assert after(Order(Fault.CUT_BODY), DONE) == Delivery(DONE, cut=5)
    assert after(Order(Fault.CUT_BODY), Answer(200, b"1")) == Delivery(Answer(200, b"1"), cut=0)
