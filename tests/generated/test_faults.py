"""What goes wrong between client and server, over real sockets: nothing is billed twice, and no outcome is made up.

Each test runs for the sync and the async client.
"""

from __future__ import annotations

import asyncio
import hashlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import zuora_invoices as z
from tests.faults import Fault, Server, failing
from zuora_invoices import AsyncClient, Client, models

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Calling: TypeAlias = "Callable[..., models.Invoice]"

FAST: dict[str, Any] = {"timeout": 5.0, "backoff": 0.001, "max_retries": 4, "deadline": 20.0}  # keywords of any type
IMPATIENT: dict[str, Any] = {"timeout": 0.5, "token": "t"}
"""For answers that are late. The token is at hand, so that nothing else can be."""
DIGEST = hashlib.sha256(b"order-1").hexdigest()[:16]
LOGIN: dict[str, Any] = {"client_id": "me", "client_secret": "a-secret-of-many-letters"}


def invoice(account: str = "A1") -> models.PostInvoiceType:
    item = models.PostInvoiceItemType(
        amount=Decimal("19.99"), service_start_date=date(2026, 11, 21), charge_name="Set-up"
    )
    return models.PostInvoiceType(account_number=account, invoice_date=date(2026, 11, 21), invoice_items=[item])


def blocking(server: Server, account: str = "A1", key: str | None = None, **options: Any) -> models.Invoice:
    """One call of a sync client."""
    with Client(base_url=server.url, **{**({} if "token" in options else LOGIN), **FAST, **options}) as client:
        return client.invoices.create_standalone_invoice(invoice(account), idempotency_key=key)


def awaiting(server: Server, account: str = "A1", key: str | None = None, **options: Any) -> models.Invoice:
    """One call of an async client."""

    async def run() -> models.Invoice:
        async with AsyncClient(
            base_url=server.url, **{**({} if "token" in options else LOGIN), **FAST, **options}
        ) as client:
            return await client.invoices.create_standalone_invoice(invoice(account), idempotency_key=key)

    return asyncio.run(run())


def patience(fault: Fault) -> dict[str, Any]:
    """How long to wait where this goes wrong."""
    return IMPATIENT if fault.startswith("late") else {}


CALLS: dict[str, Calling] = {"sync": blocking, "async": awaiting}


@pytest.fixture(params=sorted(CALLS))
def invoke(request: pytest.FixtureRequest) -> Calling:
    return CALLS[request.param]


@pytest.fixture
def server() -> Iterator[Server]:
    with failing() as one:
        yield one


# -- one fault, and no second attempt ----------------------------------------------------------------------------------

ALONE: list[tuple[Fault, type[z.ApiError], str, int]] = [
    ("refuse", z.ConnectionFailedError, "unknown", 0),
    ("reset", z.ConnectionFailedError, "unknown", 0),
    ("reset-after", z.ConnectionFailedError, "unknown", 1),
    ("cut-headers", z.ConnectionFailedError, "unknown", 1),
    ("cut-body", z.ConnectionFailedError, "unknown", 1),
    ("cut-gzip", z.UndecodableResponseError, "unknown", 1),
    ("html", z.UndecodableResponseError, "unknown", 1),
    ("late", z.CallTimeoutError, "unknown", 1),
    ("late-refusal", z.CallTimeoutError, "unknown", 0),
    ("running", z.ConflictError, "unknown", 1),
    ("429", z.RateLimitedError, "rejected", 0),
    ("429-after", z.RateLimitedError, "rejected", 0),
    ("429-reset", z.RateLimitedError, "rejected", 0),
    ("500", z.ServerError, "unknown", 0),
    ("500-done", z.ServerError, "unknown", 1),
    ("502", z.ServerError, "unknown", 0),
    ("502-done", z.ServerError, "unknown", 1),
    ("503", z.ServerError, "unknown", 0),
    ("504-done", z.ServerError, "unknown", 1),
    ("transient", z.RejectionError, "rejected", 0),
    ("limit", z.RejectionError, "rejected", 0),
    ("denied", z.RejectionError, "rejected", 0),
    ("rejected", z.RejectionError, "rejected", 0),
    ("400", z.BadRequestError, "rejected", 0),
]


@pytest.mark.parametrize(("fault", "kind", "outcome", "billed"), ALONE, ids=[row[0] for row in ALONE])
def test_a_fault_is_told_for_what_it_is(
    server: Server, invoke: Calling, fault: Fault, kind: type[z.ApiError], outcome: str, billed: int
) -> None:
    server.faults = [fault]
    began = time.monotonic()
    with pytest.raises(z.ApiError) as caught:
        invoke(server, key="order-1", max_retries=0, **patience(fault))
    took = time.monotonic() - began
    server.settle()
    error = caught.value
    assert type(error) is kind
    assert (error.outcome, error.idempotency_key, error.attempts) == (outcome, "order-1", 1)
    assert len(server.billed) == billed
    assert 0 < error.elapsed <= took
    assert "\n" not in str(error)
    assert "order-1" in str(error)
    assert ("may have been carried out" in error.advice) is (outcome == "unknown")


# -- one fault, and attempts until it is over --------------------------------------------------------------------------

SAME_KEY: list[Fault] = [
    row[0] for row in ALONE if row[0] not in ("transient", "limit", "denied", "rejected", "400", "500", "500-done")
]


@pytest.mark.parametrize("fault", [*SAME_KEY, "401"])
def test_the_same_key_is_used_again_while_the_outcome_is_unknown(server: Server, invoke: Calling, fault: Fault) -> None:
    server.faults = [fault] if fault == "401" else [fault, fault]
    assert invoke(server, key="order-1", **patience(fault)).id == "inv-1"
    server.settle()
    assert server.billed == ["A1"]
    assert set(server.keys) == {"order-1"}
    assert server.seen[fault] == len(server.keys) - 1 or fault == "refuse"


@pytest.mark.slow
def test_headers_that_drip_do_not_outlive_the_deadline(server: Server, invoke: Calling) -> None:
    server.faults = ["drip"] * 9
    with pytest.raises(z.CallTimeoutError) as caught:  # the server would go on for a minute, and then reset
        invoke(server, deadline=1.0, timeout=10.0, token="t")
    assert caught.value.outcome == "unknown"
    assert server.billed == ["A1"]


@pytest.mark.parametrize("fault", ["transient", "limit"])
def test_a_transient_refusal_needs_a_new_key(server: Server, invoke: Calling, fault: Fault) -> None:
    server.faults = [fault, fault]
    assert invoke(server, key="order-1").id == "inv-1"
    assert server.keys == ["order-1", f"order-1~{DIGEST}-2", f"order-1~{DIGEST}-3"]
    # Whoever repeats the whole call after a crash follows the same chain, to the same invoice; so does a derived key.
    if fault == "transient":
        assert invoke(server, key="order-1").id == "inv-1"
        assert server.keys[3:] == server.keys[:3]
        assert invoke(server, key=server.keys[1]).id == "inv-1"
        assert server.keys[6:] == server.keys[1:3]
    assert server.billed == ["A1"]


@pytest.mark.parametrize("unsure", ["reset-after", "late", "cut-body", "504-done"])
def test_a_transient_refusal_after_an_unknown_outcome_keeps_the_key(
    server: Server, invoke: Calling, unsure: Fault
) -> None:
    """It can come from a gate that never saw the key: a new key could bill a second time."""
    server.faults = [unsure, "limit", "limit"]
    assert invoke(server, key="order-1", **patience(unsure)).id == "inv-1"
    server.settle()
    assert server.billed == ["A1"]
    assert set(server.keys) == {"order-1"}


def test_a_transient_refusal_that_the_server_repeats_word_for_word_is_kept_and_settles_the_outcome(
    server: Server, invoke: Calling
) -> None:
    server.faults = ["reset", "transient"]
    assert invoke(server, key="order-1").id == "inv-1"
    assert server.keys == ["order-1", "order-1", "order-1", f"order-1~{DIGEST}-2"]
    assert server.billed == ["A1"]


@pytest.mark.parametrize("fault", ["rejected", "400"])
def test_a_refusal_for_good_is_final(server: Server, invoke: Calling, fault: Fault) -> None:
    server.faults = [fault]
    with pytest.raises(z.AnsweredError) as caught:
        invoke(server)
    assert (len(server.keys), caught.value.outcome, caught.value.attempts) == (1, "rejected", 1)


@pytest.mark.parametrize("fault", ["500", "500-done"])
def test_a_500_is_only_replayed(server: Server, invoke: Calling, fault: Fault) -> None:
    server.faults = [fault]
    with pytest.raises(z.ServerError) as caught:
        invoke(server, key="order-1", max_retries=2)
    assert (server.keys, caught.value.outcome) == (["order-1"] * 3, "unknown")


@pytest.mark.parametrize("last", ["401", "429", "limit", "denied", "503"])
def test_what_is_said_before_the_key_is_looked_at_does_not_settle_the_outcome(
    server: Server, invoke: Calling, last: Fault
) -> None:
    server.faults.append("reset-after")
    server.faults.extend(last for _ in range(9))
    with pytest.raises(z.ApiError) as caught:
        invoke(server, max_retries=2)
    assert caught.value.outcome == "unknown"
    assert server.billed == ["A1"]


def test_a_refusal_for_good_settles_the_outcome_of_all_attempts(server: Server, invoke: Calling) -> None:
    server.faults = ["reset", "rejected"]
    with pytest.raises(z.RejectionError) as caught:
        invoke(server)
    assert (caught.value.outcome, caught.value.attempts, server.billed) == ("rejected", 2, [])


def test_each_attempt_has_its_place_in_the_log_and_nothing_secret(
    server: Server, invoke: Calling, caplog: pytest.LogCaptureFixture
) -> None:
    server.faults = ["reset-after", "429", "html"]
    with caplog.at_level("INFO", logger="zuora_invoices"):
        invoke(server, key="order-1")
    lines = [record.getMessage() for record in caplog.records if record.name == "zuora_invoices"]
    assert len(lines) == 4
    assert all("order-1" in line for line in lines)
    assert not [line for line in lines if "secret" in line or "html" in line]


# -- any schedule of faults --------------------------------------------------------------------------------------------

ANY: list[Fault] = [
    *(row[0] for row in ALONE if row[0] not in ("late", "late-refusal")),  # which take half a second each
    "401",
    "none",
]


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(CALLS))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(faults=st.lists(st.sampled_from(ANY), max_size=7), retries=st.integers(0, 5))
def test_any_schedule_of_faults_bills_at_most_once_and_tells_no_lie(
    kind: str, faults: list[Fault], retries: int
) -> None:
    bills_at_most_once_and_tells_no_lie(kind, faults, retries, {})


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(CALLS))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(faults=st.lists(st.sampled_from([*ANY, *["late", "late-refusal"] * 6]), max_size=5), retries=st.integers(0, 4))
def test_so_does_any_schedule_with_answers_that_are_late(kind: str, faults: list[Fault], retries: int) -> None:
    # So little patience that on a busy machine any answer can be late: it must hold all the same.
    bills_at_most_once_and_tells_no_lie(kind, faults, retries, {"timeout": 0.1, "token": "t"})


def bills_at_most_once_and_tells_no_lie(kind: str, faults: list[Fault], retries: int, options: dict[str, Any]) -> None:
    with failing(faults) as server:
        outcome: str = "done"
        key: str | None = None
        try:
            made = CALLS[kind](server, key="order-1", max_retries=retries, **options)
        except z.ApiError as error:
            outcome, key = error.outcome, error.idempotency_key
        else:
            assert made.id == "inv-1"
        server.settle()
        billed = len(server.billed)
        assert billed <= 1
        assert outcome != "done" or billed == 1
        assert outcome not in ("not_sent", "rejected") or billed == 0
        if outcome == "unknown":
            # The advice holds: the same request with the key of the error is carried out once, all told.
            server.faults.clear()
            try:
                CALLS[kind](server, key=key, max_retries=0, **{**options, "timeout": 5.0})
            except z.ServerError:
                assert server.seen["500"] or server.seen["500-done"]  # the server keeps that answer for good
            except z.RejectionError:
                assert not server.billed
            else:
                assert len(server.billed) == 1
            assert len(server.billed) <= 1


# -- many calls at once ------------------------------------------------------------------------------------------------


def many(kind: str, server: Server, count: int, **options: Any) -> list[str]:
    """The ids of as many invoices, asked for at the same time over one client."""
    with_all = {**LOGIN, **FAST, "timeout": 10.0, **options}
    if kind == "sync":
        with Client(base_url=server.url, **with_all) as client, ThreadPoolExecutor(32) as threads:
            calls = [
                threads.submit(client.invoices.create_standalone_invoice, invoice(f"A{place}"))
                for place in range(count)
            ]
            return [call.result().id for call in calls]

    async def run() -> list[str]:
        async with AsyncClient(base_url=server.url, **with_all) as client:
            made = [client.invoices.create_standalone_invoice(invoice(f"A{place}")) for place in range(count)]
            return [one.id for one in await asyncio.gather(*made)]

    return asyncio.run(run())


@pytest.mark.parametrize("kind", sorted(CALLS))
def test_a_token_that_ends_amid_a_hundred_calls_is_renewed_once(kind: str, server: Server) -> None:
    ended = threading.Event()

    def end() -> None:
        while len(server.keys) < 40:
            time.sleep(0.001)
        with server.lock:
            server.token = "revoked"
        ended.set()

    threading.Thread(target=end, daemon=True).start()
    made = many(kind, server, 100)
    assert ended.is_set()
    assert len(set(made)) == 100
    assert sorted(server.billed) == sorted(f"A{place}" for place in range(100))
    assert server.tokens_made == 2


@pytest.mark.parametrize("kind", sorted(CALLS))
def test_a_storm_of_429_passes(kind: str, server: Server) -> None:
    storm: list[Fault] = ["429", "429-after", "429-reset"]
    server.faults = storm * 40
    made = many(kind, server, 50, max_retries=20)
    assert len(set(made)) == 50
    assert sorted(server.billed) == sorted(f"A{place}" for place in range(50))


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(CALLS))
def test_a_mixed_storm_bills_each_once(kind: str, server: Server) -> None:
    server.faults = [fault for fault in ANY if fault not in ("denied", "rejected", "400", "401", "500", "500-done")] * 8
    made = many(kind, server, 100, max_retries=30)
    server.settle()
    assert len(set(made)) == 100
    assert sorted(server.billed) == sorted(f"A{place}" for place in range(100))


def test_a_late_answer_is_not_taken_for_that_of_the_next_call(server: Server, invoke: Calling) -> None:
    server.faults = ["late"]
    assert invoke(server, account="A1", **IMPATIENT).id == "inv-1"
    assert invoke(server, account="A2", **IMPATIENT).id == "inv-2"
    assert server.billed == ["A1", "A2"]
