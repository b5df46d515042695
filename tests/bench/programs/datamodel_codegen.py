"""The client that `datamodel-codegen --generate-client httpx2` makes from our description.

Its models hold numbers as floats, and refuse custom fields, as it does not read `patternProperties`: its items go
without theirs, which is 30 bytes less to write for each.
"""

from __future__ import annotations

import importlib
from typing import Any

from tests.bench import payload
from tests.bench.worker import Loop, Tasks, expect, repeated


def prepare(url: str) -> Tasks:
    """Construct the clients, and see that both calls are answered."""
    # By name, as the packages exist in the environment of `make bench` alone; so all that is theirs is Any.
    package = importlib.import_module("bench_dmcg")
    models = importlib.import_module("bench_dmcg_models")
    names = payload.wire_name  # its fields have no Python names
    items = [{names(name): value for name, value in payload.item_fields(place, float).items()} for place in range(1000)]
    invoices = [
        {names(name): value for name, value in payload.invoice_fields(place).items()}
        for place in range(payload.INVOICES)
    ]

    def invoice(place: int = 0, count: int = 1) -> Any:
        lines = [models.PostInvoiceItemType(**items[each]) for each in payload.places(place, count)]
        return models.PostInvoiceType(**invoices[place], invoiceItems=lines)

    def batch() -> Any:
        made = [invoice(place, payload.ITEMS) for place in range(payload.INVOICES)]
        return models.PostInvoicesType(invoices=made, useSingleTransaction=False)

    client = package.Client(base_url=url, bearer="token")
    loop = Loop()
    asynchronous = package.AsyncClient(base_url=url, bearer="token")

    def single() -> Any:
        return client.invoices.create_standalone_invoice(body=invoice())

    def many() -> Any:
        return client.invoices.create_standalone_invoices(body=batch())

    async def single_async() -> None:
        await asynchronous.invoices.create_standalone_invoice(body=invoice())

    async def many_async() -> None:
        await asynchronous.invoices.create_standalone_invoices(body=batch())

    expect(single().root.invoiceNumber, payload.FIRST_NUMBER)
    expect(len(many().root.invoices), payload.INVOICES)
    # Its models are also what plain pydantic models of our description look like, numbers through float and all.
    made, answer = batch(), payload.answers()[payload.BATCH_PATH]
    return {
        "write": repeated(lambda: made.model_dump_json(exclude_unset=True)),
        "read": repeated(lambda: models.InvoicesResult.model_validate_json(answer)),
        "build": repeated(batch),
        "single": repeated(single),
        "batch": repeated(many),
        "single async": loop.concurrent(single_async),
        "batch async": loop.concurrent(many_async),
    }
