"""The client that openapi-python-client makes from our description; on httpx, with attrs models that check nothing.

Its models take no custom fields, as it does not read `patternProperties`: its items go without theirs, which is 30
bytes less to write for each.
"""

from __future__ import annotations

import importlib
from typing import Any

from tests.bench import payload
from tests.bench.worker import Loop, Tasks, expect, repeated


def prepare(url: str) -> Tasks:
    """Construct the client, and see that both calls are answered."""
    # By name, as the package exists in the environment of `make bench` alone; so all that is its own is Any.
    package = importlib.import_module("bench_opc")
    models = importlib.import_module("bench_opc.models")
    one = importlib.import_module("bench_opc.api.invoices.create_standalone_invoice")
    several = importlib.import_module("bench_opc.api.invoices.create_standalone_invoices")
    exclusive = models.PostInvoiceItemTypeTaxMode.TAXEXCLUSIVE
    items = [{**payload.item_fields(place, float), "tax_mode": exclusive} for place in range(1000)]
    invoices = [payload.invoice_fields(place) for place in range(payload.INVOICES)]

    def invoice(place: int = 0, count: int = 1) -> Any:
        lines = [models.PostInvoiceItemType(**items[each]) for each in payload.places(place, count)]
        return models.PostInvoiceType(**invoices[place], invoice_items=lines)

    def batch() -> Any:
        made = [invoice(place, payload.ITEMS) for place in range(payload.INVOICES)]
        return models.PostInvoicesType(invoices=made, use_single_transaction=False)

    # Two clients, as each keeps one pool of either kind.
    client = package.AuthenticatedClient(base_url=url, token="token")
    loop = Loop()
    asynchronous = package.AuthenticatedClient(base_url=url, token="token")

    def single() -> Any:
        return one.sync(client=client, body=invoice())

    def many() -> Any:
        return several.sync(client=client, body=batch())

    async def single_async() -> None:
        await one.asyncio(client=asynchronous, body=invoice())

    async def many_async() -> None:
        await several.asyncio(client=asynchronous, body=batch())

    expect(single().invoice_number, payload.FIRST_NUMBER)
    expect(len(many().invoices), payload.INVOICES)
    return {
        "build": repeated(batch),
        "single": repeated(single),
        "batch": repeated(many),
        "single async": loop.concurrent(single_async),
        "batch async": loop.concurrent(many_async),
    }
