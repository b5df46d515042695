"""zuora-sdk, the vendor's own: OpenAPI Generator's client on urllib3; it has no asynchronous side."""

from __future__ import annotations

import importlib
from typing import Any
from uuid import UUID

from tests.bench import payload
from tests.bench.worker import Tasks, expect, repeated


def prepare(url: str) -> Tasks:
    """Sign in as its documents say, and see that both calls are answered."""
    # By name, as the package exists in the environment of `make bench` alone; so all that is its own is Any.
    sdk = importlib.import_module("zuora_sdk")
    client = importlib.import_module("zuora_sdk.zuora_client").ZuoraClient(str(UUID(int=1)), "secret", None)
    client.set_base_url(url)
    client.initialize()
    api = client.invoices_api()
    # It writes Decimal as a string, which the API does not take, so it gets floats.
    items = [{**payload.item_fields(place, float), **payload.custom_fields(place)} for place in range(1000)]
    invoices = [payload.invoice_fields(place) for place in range(payload.INVOICES)]

    def invoice(place: int = 0, count: int = 1) -> Any:
        lines = [sdk.CreateInvoiceItem(**items[each]) for each in payload.places(place, count)]
        return sdk.CreateInvoiceRequest(**invoices[place], invoice_items=lines)

    def batch() -> Any:
        made = [invoice(place, payload.ITEMS) for place in range(payload.INVOICES)]
        return sdk.BulkCreateInvoicesRequest(invoices=made, use_single_transaction=False)

    def single() -> Any:
        return api.create_standalone_invoice(invoice())

    def many() -> Any:
        return api.bulk_create_standalone_invoices(batch())

    expect(single().invoice_number, payload.FIRST_NUMBER)
    expect(len(many().invoices), payload.INVOICES)
    return {"build": repeated(batch), "single": repeated(single), "batch": repeated(many)}
