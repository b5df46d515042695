"""Ten thousand invoices through troubles, with callers who do as the README says: none is lost, and none is twice.

Sync callers come over real connections, async ones in this process.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

import zuora_invoices
from zuora_invoices import AsyncClient, Client, models
from zuora_invoices_sandbox import Fault, FaultPolicy, Sandbox
from zuora_invoices_sandbox.http.server import running

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.slow
Bill: TypeAlias = "Counter[tuple[str, Decimal]]"
"""Comments and amounts, and how often there are both."""
Answer: TypeAlias = "models.Invoice | models.InvoicesResult"

SIZES = [1] * 1_500 + [2, 5, 13, 30, 50] * 85
"""How many invoices each call makes."""
TROUBLES = FaultPolicy(0.2, seed=7, seconds=0.005)
PACE: dict[str, Any] = {"max_retries": 2, "backoff": 0.01}  # keywords of any type
"""So few retries that some calls fail for their callers too."""


@dataclass
class Errand:
    """One call, until it is answered; `together` is a batch in one transaction, `None` no batch."""

    name: str
    orders: list[models.PostInvoiceType]
    together: bool | None
    key: str = ""
    repeats: int = 0
    made: list[models.Invoice] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = self.name

    @property
    def batch(self) -> models.PostInvoicesType:
        """The body of a batch."""
        return models.PostInvoicesType(invoices=self.orders, use_single_transaction=bool(self.together))

    def done(self, answer: Answer) -> None:
        """Note what was made."""
        if isinstance(answer, models.Invoice):
            self.made = [answer]
            return
        assert not answer.failed
        self.made = [part.result for part in answer.created]

    def failed(self, error: zuora_invoices.ApiError) -> None:
        """Note under which key to call again, as the README has it."""
        self.repeats += 1
        if error.outcome == "rejected" and error.transient and not error.early:
            self.key = f"{self.name}-{self.repeats}"
        else:
            assert error.outcome == "unknown" or error.early or error.outcome == "not_sent"
            self.key = error.idempotency_key or self.key


def errands() -> list[Errand]:
    """All that there is to bill, each invoice with its own number in its comments."""
    chance = Random(11)  # noqa: S311 - it keeps no secret
    sizes = chance.sample(SIZES, len(SIZES))
    numbers = iter(range(sum(sizes)))
    made: list[Errand] = []
    for place, size in enumerate(sizes):
        together = chance.choice((True, False)) if size > 1 else None
        made.append(Errand(f"call-{place}", [order(next(numbers), chance) for _ in range(size)], together))
    return made


def order(number: int, chance: Random) -> models.PostInvoiceType:
    """What one invoice is to be made of."""
    items = [
        models.PostInvoiceItemType(
            amount=Decimal(chance.randint(1, 10**12)).scaleb(-2),
            service_start_date=date(2026, 11, 21),
            charge_name=f"Part {place}",
        )
        for place in range(chance.randint(1, 3))
    ]
    return models.PostInvoiceType(
        account_number=f"A0000000{chance.randint(1, 3)}",
        invoice_date=date(2026, 11, 21),
        comments=f"order {number}",
        invoice_items=items,
    )


def total(order: models.PostInvoiceType) -> Decimal:
    """What an order comes to."""
    return sum((item.amount for item in order.invoice_items or ()), Decimal(0))


def ordered(all_errands: Sequence[Errand]) -> Bill:
    """What there has to be in the end."""
    orders = [one for errand in all_errands for one in errand.orders]
    return Counter((str(one.comments), total(one)) for one in orders)


def reported(all_errands: Sequence[Errand]) -> Bill:
    """What callers were told that there is."""
    return Counter((str(one.comments), one.amount or Decimal(0)) for errand in all_errands for one in errand.made)


def check(sandbox: Sandbox, all_errands: Sequence[Errand]) -> None:
    invoices = list(sandbox.invoices)
    assert len(invoices) == sum(SIZES) == 10_000
    assert Counter((str(one.document["comments"]), one.amount) for one in invoices) == ordered(all_errands)
    assert reported(all_errands) == ordered(all_errands)
    assert {one.id for one in invoices} == {one.id for errand in all_errands for one in errand.made}
    assert len({one.number for one in invoices}) == len(invoices)
    # Every kind of trouble was met, and some calls met more of it than the client takes upon itself.
    assert {call.fault for call in sandbox.calls} == {None, *Fault}
    assert any(errand.repeats for errand in all_errands)


def test_sync_callers_in_threads() -> None:
    todo = errands()
    with (
        Sandbox(faults=TROUBLES) as sandbox,
        running(sandbox) as url,
        Client(base_url=url, client_id=sandbox.client_id, client_secret=sandbox.client_secret, **PACE) as client,
        ThreadPoolExecutor(8) as pool,
    ):

        def run(errand: Errand) -> None:
            create = client.invoices
            while not errand.made:
                try:
                    errand.done(
                        create.create_standalone_invoice(errand.orders[0], idempotency_key=errand.key)
                        if errand.together is None
                        else create.create_standalone_invoices(errand.batch, idempotency_key=errand.key)
                    )
                except zuora_invoices.ApiError as error:
                    errand.failed(error)

        list(pool.map(run, todo))
        check(sandbox, todo)


def test_async_callers() -> None:
    todo = errands()

    async def run(client: AsyncClient, waiting: list[Errand]) -> None:
        create = client.invoices
        while waiting:
            errand = waiting.pop()
            while not errand.made:
                try:
                    errand.done(
                        await create.create_standalone_invoice(errand.orders[0], idempotency_key=errand.key)
                        if errand.together is None
                        else await create.create_standalone_invoices(errand.batch, idempotency_key=errand.key)
                    )
                except zuora_invoices.ApiError as error:
                    errand.failed(error)

    async def run_all() -> None:
        waiting = list(todo)
        async with AsyncClient(
            base_url="https://sandbox",
            client_id=sandbox.client_id,
            client_secret=sandbox.client_secret,
            http_client=sandbox.async_transport(),
            **PACE,
        ) as client:
            await asyncio.gather(*(run(client, waiting) for _ in range(16)))

    with Sandbox(faults=TROUBLES) as sandbox:
        asyncio.run(run_all())
        check(sandbox, todo)
