"""Our client again, with the credentials that a sandbox asks for."""

from __future__ import annotations

from tests.bench.programs.ours import batch, invoice
from tests.bench.worker import Loop, Tasks, expect, repeated
from zuora_invoices import AsyncClient, Client, models
from zuora_invoices_sandbox.tenant.source import default


def prepare(url: str) -> Tasks:
    """Construct the clients, and see that both calls make invoices."""
    known = default().clients[0]
    client = Client(base_url=url, client_id=known.client_id, client_secret=known.client_secret)
    asynchronous = AsyncClient(base_url=url, client_id=known.client_id, client_secret=known.client_secret)
    loop = Loop()
    order = batch()

    def single() -> models.Invoice:
        return client.invoices.create_standalone_invoice(invoice())

    def many() -> models.InvoicesResult:
        return client.invoices.create_standalone_invoices(order)

    async def single_async() -> None:
        await asynchronous.invoices.create_standalone_invoice(invoice())

    expect(single().success, answered=True)
    expect(many().failed, answered=())
    return {"single": repeated(single), "batch": repeated(many), "single async": loop.concurrent(single_async)}
