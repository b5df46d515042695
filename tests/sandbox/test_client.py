"""Our client against the sandbox, while everything goes wrong that can: billed at most once, and no outcome made up.

Each test runs for the sync and the async client, in process and over a real socket.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import zuora_invoices as z
from zuora_invoices import AsyncClient, Client, models
from zuora_invoices_sandbox import Fault, FaultPolicy, Sandbox
from zuora_invoices_sandbox.http.server import running
from zuora_invoices_sandbox.tenant.source import default

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zuora_invoices_sandbox.tenant.model import Tenant

WAYS: Final = ["sync in process", "async in process", "sync over a socket", "async over a socket"]
FAST: Final[dict[str, Any]] = {"timeout": 10.0, "backoff": 0.001, "max_retries": 4, "deadline": 60.0}  # of any type
IMPATIENT: Final[dict[str, Any]] = {"timeout": 0.3}
DIGEST: Final = hashlib.sha256(b"order-1").hexdigest()[:16]
KEPT: Final = (Fault.LOCKED, Fault.TEMPORARY)


def tenant() -> Tenant:
    """The default one, with as many tokens as anybody wants: here they end all the time."""
    limits = default().limits.model_copy(update={"tokens_per_minute": 1_000_000})
    return default().model_copy(update={"limits": limits})


@dataclass(frozen=True)
class Caller:
    """One way to call a sandbox."""

    sandbox: Sandbox
    way: str
    url: str = "http://127.0.0.1"

    def invoice(self, comments: str = "one") -> models.PostInvoiceType:
        day = self.sandbox.clock.now().date()
        item = models.PostInvoiceItemType(amount=Decimal("19.99"), service_start_date=day, charge_name="Set-up")
        account = self.sandbox.tenant.accounts[0].number
        return models.PostInvoiceType(account_number=account, invoice_date=day, invoice_items=[item], comments=comments)

    def create(self, key: str | None = None, **options: Any) -> models.Invoice:
        """One call of a client of its own."""
        order = self.invoice()
        if self.way.startswith("sync"):
            with self.client(**options) as client:
                return client.invoices.create_standalone_invoice(order, idempotency_key=key)

        async def run() -> models.Invoice:
            async with self.async_client(**options) as client:
                return await client.invoices.create_standalone_invoice(order, idempotency_key=key)

        return asyncio.run(run())

    def batch(self, count: int, key: str) -> list[str]:
        """The ids of as many invoices, of one call."""
        orders = models.PostInvoicesType(invoices=[self.invoice(str(place)) for place in range(count)])
        if self.way.startswith("sync"):
            with self.client() as client:
                made = client.invoices.create_standalone_invoices(orders, idempotency_key=key)
        else:

            async def run() -> models.InvoicesResult:
                async with self.async_client() as client:
                    return await client.invoices.create_standalone_invoices(orders, idempotency_key=key)

            made = asyncio.run(run())
        made.raise_for_failures()
        return [part.result.id for part in made.created]

    def client(self, **options: Any) -> Client:
        own = None if self.way.endswith("socket") else self.sandbox.transport()
        return Client(**self._access(), http_client=own, **{**FAST, **options})

    def async_client(self, **options: Any) -> AsyncClient:
        own = None if self.way.endswith("socket") else self.sandbox.async_transport()
        return AsyncClient(**self._access(), http_client=own, **{**FAST, **options})

    def _access(self) -> dict[str, Any]:
        of = self.sandbox
        return {"base_url": self.url, "client_id": of.client_id, "client_secret": of.client_secret}

    @property
    def keys(self) -> list[str | None]:
        """The key of each request that came, in order."""
        return [call.idempotency_key for call in self.sandbox.calls if call.target != "/oauth/token"]


@contextmanager
def calling(way: str) -> Iterator[Caller]:
    with ExitStack() as stack:
        sandbox = stack.enter_context(Sandbox(tenant(), seed=1))
        url = stack.enter_context(running(sandbox)) if way.endswith("socket") else "http://127.0.0.1"
        yield Caller(sandbox, way, url)


@pytest.fixture(scope="module", params=WAYS)
def lasting(request: pytest.FixtureRequest) -> Iterator[Caller]:
    with calling(request.param) as caller:
        yield caller


@pytest.fixture
def caller(lasting: Caller) -> Caller:
    lasting.sandbox.reset()
    return lasting


# -- one fault, and no second attempt ----------------------------------------------------------------------------------

ALONE: Final = {
    Fault.DROP_BEFORE: (z.ConnectionFailedError, "unknown", 0),
    Fault.DROP_AFTER: (z.ConnectionFailedError, "unknown", 1),
    Fault.CUT_BODY: (z.ConnectionFailedError, "unknown", 1),
    Fault.SLOW: (z.CallTimeoutError, "unknown", 1),
    Fault.TOO_MANY: (z.RateLimitedError, "rejected", 0),
    Fault.TOO_MANY_RETRY_AFTER: (z.RateLimitedError, "rejected", 0),
    Fault.INTERNAL: (z.ServerError, "unknown", 0),
    Fault.BAD_GATEWAY: (z.ServerError, "unknown", 0),
    Fault.UNAVAILABLE: (z.ServerError, "unknown", 0),
    Fault.UNAUTHORIZED: (z.AuthenticationError, "rejected", 0),
    Fault.LOCKED: (z.RejectionError, "rejected", 0),
    Fault.TEMPORARY: (z.RejectionError, "rejected", 0),
}


def patience(fault: Fault) -> dict[str, Any]:
    """How long to wait where this goes wrong."""
    return IMPATIENT if fault is Fault.SLOW else {}


@pytest.mark.parametrize("fault", ALONE)
def test_a_fault_is_told_for_what_it_is(caller: Caller, fault: Fault) -> None:
    kind, outcome, billed = ALONE[fault]
    # Once a token is refused, the client comes back with a new one, whatever it is told of retries.
    caller.sandbox.faults.next(fault, times=2 if fault is Fault.UNAUTHORIZED else 1)
    with pytest.raises(z.ApiError) as caught:
        caller.create("order-1", max_retries=0, **patience(fault))
    assert type(caught.value) is kind
    assert (caught.value.outcome, caught.value.idempotency_key) == (outcome, "order-1")
    assert len(caller.sandbox.invoices) == billed
    assert caller.sandbox.calls[-1].fault == fault


def test_an_odd_field_is_told_and_the_invoice_is_returned(caller: Caller) -> None:
    caller.sandbox.faults.next(Fault.ODD_FIELD)
    with z.answers() as answers:
        made = caller.create("order-1", max_retries=0)
    [one] = caller.sandbox.invoices
    assert (made.id, made.amount, made.invoice_date) == (one.id, one.amount, None)
    assert [(odd.path, odd.value) for odd in made.unread] == [("invoiceDate", 0)]
    assert answers[0].unread == made.unread
    caller.sandbox.faults.next(Fault.ODD_FIELD)
    with pytest.raises(z.UndecodableResponseError) as caught:
        caller.create("order-2", max_retries=0, strict_answers=True)
    assert caught.value.outcome == "unknown"
    again = caller.create("order-2", strict_answers=True)
    assert (again.unread, again.id) == ((), caller.sandbox.invoices[1].id)


# -- one fault, and attempts until it is over --------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [fault for fault in ALONE if fault not in KEPT])
def test_the_same_key_is_used_again_and_bills_once(caller: Caller, fault: Fault) -> None:
    times = 1 if fault is Fault.UNAUTHORIZED else 2
    caller.sandbox.faults.next(fault, times=times, seconds=0 if fault is Fault.TOO_MANY_RETRY_AFTER else 1)
    made = caller.create("order-1", **patience(fault))
    assert [one.id for one in caller.sandbox.invoices] == [made.id]
    assert caller.keys == ["order-1"] * (times + 1)
    assert caller.sandbox.calls[-1].replayed is (ALONE[fault][2] == 1)


@pytest.mark.parametrize("fault", KEPT)
def test_a_transient_refusal_is_kept_and_needs_a_new_key(caller: Caller, fault: Fault) -> None:
    caller.sandbox.faults.next(fault, times=2)
    made = caller.create("order-1")
    assert caller.keys == ["order-1", f"order-1~{DIGEST}-2", f"order-1~{DIGEST}-3"]
    # Whoever repeats the whole call after a crash follows the same chain, to the same invoice.
    assert caller.create("order-1").id == made.id
    assert caller.keys[3:] == caller.keys[:3]
    assert [one.id for one in caller.sandbox.invoices] == [made.id]


@pytest.mark.parametrize("fault", Fault)
def test_a_header_orders_it_for_one_call(caller: Caller, fault: Fault) -> None:
    text = f"{fault}; seconds=0" if fault is Fault.TOO_MANY_RETRY_AFTER else str(fault)
    made = caller.create("order-1", headers={"Zuora-Sandbox-Fault": text}, **patience(fault))
    assert [one.id for one in caller.sandbox.invoices] == [made.id]
    assert [call.fault for call in caller.sandbox.calls if call.fault] == [fault]


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.SLOW])
def test_a_batch_is_billed_once(caller: Caller, fault: Fault) -> None:
    caller.sandbox.faults.next(fault, seconds=0)
    made = caller.batch(3, "batch-1")
    assert [one.id for one in caller.sandbox.invoices] == made
    assert len(set(made)) == 3


def test_a_fault_that_there_is_not_is_told(caller: Caller) -> None:
    with pytest.raises(z.BadRequestError, match="Zuora-Sandbox-Fault is one of drop-before, drop-after") as caught:
        caller.create(headers={"Zuora-Sandbox-Fault": "explode"})
    assert (caught.value.outcome, caught.value.attempts) == ("rejected", 1)


# One event loop cannot be left and come back to.
@pytest.mark.parametrize("lasting", [way for way in WAYS if way.startswith("sync")], indirect=True)
def test_a_token_that_is_revoked_is_renewed(caller: Caller) -> None:
    with caller.client() as client:
        client.invoices.create_standalone_invoice(caller.invoice())
        caller.sandbox.revoke_tokens()
        client.invoices.create_standalone_invoice(caller.invoice())
    assert len(caller.sandbox.invoices) == 2
    assert [call.status for call in caller.sandbox.calls] == [200, 200, 401, 200, 200]


# -- any schedule of faults --------------------------------------------------------------------------------------------

ANY: Final = [None, *[fault for fault in Fault if fault is not Fault.SLOW]]


@pytest.mark.slow
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(faults=st.lists(st.sampled_from(ANY), max_size=7), retries=st.integers(0, 5))
def test_any_schedule_of_faults_bills_at_most_once_and_tells_no_lie(
    lasting: Caller, faults: list[Fault | None], retries: int
) -> None:
    caller = lasting
    caller.sandbox.reset()
    for fault in faults:
        # An answer that is late by nothing is one to which nothing happens.
        caller.sandbox.faults.next(fault or Fault.SLOW, seconds=0)
    outcome: str = "done"
    key: str | None = "order-1"
    try:
        made = caller.create(key, max_retries=retries)
    except z.ApiError as error:
        outcome, key = error.outcome, error.idempotency_key
    else:
        assert [one.id for one in caller.sandbox.invoices] == [made.id]
    billed = len(caller.sandbox.invoices)
    assert billed <= 1
    assert outcome not in ("not_sent", "rejected") or billed == 0
    if outcome == "unknown":
        # The advice holds: the same request with the key of the error is carried out once, all told.
        caller.sandbox.faults.clear()
        try:
            made = caller.create(key, max_retries=0)
        except z.RejectionError:
            assert not caller.sandbox.invoices  # a transient refusal is kept under that key
        else:
            assert [one.id for one in caller.sandbox.invoices] == [made.id]


# -- many calls at once ------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_a_storm(way: str) -> None:
    """A fifth of all calls goes wrong; nothing is lost, and nothing is there twice. `test_many.py` has more of it."""
    with calling(way) as caller:
        storm(caller, 1_000)


def storm(caller: Caller, count: int) -> None:
    caller.sandbox.faults.policy = FaultPolicy(0.2, seed=count, seconds=0)
    ids = many(caller, count)
    assert {call.fault for call in caller.sandbox.calls} >= set(Fault)
    there = {one.id: one.document["comments"] for one in caller.sandbox.invoices}
    assert len(caller.sandbox.invoices) == count
    assert there == {one: f"order {place}" for place, one in enumerate(ids)}
    assert Counter(there.values()).most_common(1)[0][1] == 1


def many(caller: Caller, count: int) -> list[str]:
    """The ids of as many invoices. A call that fails all the same is repeated with its key, as its error advises."""
    orders = [(f"order {place}", f"key-{place}") for place in range(count)]
    if caller.way.startswith("sync"):
        with caller.client(max_retries=20) as client, ThreadPoolExecutor(8) as threads:

            def create(order: tuple[str, str]) -> str:
                body, key = caller.invoice(order[0]), order[1]
                while True:
                    try:
                        return client.invoices.create_standalone_invoice(body, idempotency_key=key).id
                    except z.AuthenticationError as error:  # two tokens in a row were refused
                        key = error.idempotency_key or key

            return list(threads.map(create, orders))

    async def run() -> list[str]:
        turns = asyncio.Semaphore(32)
        async with caller.async_client(max_retries=20) as client:

            async def create(order: tuple[str, str]) -> str:
                body, key = caller.invoice(order[0]), order[1]
                async with turns:
                    while True:
                        try:
                            made = await client.invoices.create_standalone_invoice(body, idempotency_key=key)
                        except z.AuthenticationError as error:  # as above
                            key = error.idempotency_key or key
                        else:
                            return made.id

            return list(await asyncio.gather(*[create(order) for order in orders]))

    return asyncio.run(run())
