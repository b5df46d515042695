"""Our client, by what README.md promises of it."""

from __future__ import annotations

from tests.bench import payload
from tests.bench.worker import Loop, Tasks, expect, repeated
from zuora_invoices import AsyncClient, Client, models

ITEM = {place: {**payload.item_fields(place), **payload.custom_fields(place)} for place in range(1000)}
INVOICE = {place: payload.invoice_fields(place) for place in range(payload.INVOICES)}


def invoice(place: int = 0, items: int = 1) -> models.PostInvoiceType:
    """One invoice."""
    return models.PostInvoiceType(
        **INVOICE[place],
        invoice_items=[models.PostInvoiceItemType(**ITEM[each]) for each in payload.places(place, items)],
    )


def batch() -> models.PostInvoicesType:
    """The batch."""
    return models.PostInvoicesType(
        invoices=[invoice(place, payload.ITEMS) for place in range(payload.INVOICES)], use_single_transaction=False
    )


def codec_tasks() -> Tasks:
    """Writing and reading alone.

    Imports of what is private stand in the tasks: where a name is gone, one row of the table says so.
    """
    made = batch()
    answer = payload.answers()[payload.BATCH_PATH]

    def write() -> bytes:
        from zuora_invoices._runtime.codec import encode

        return encode(made.to_wire())

    def write_lossy() -> bytes:
        # What pydantic alone would write: model_dump_json of ours is another.
        written: bytes = made.__pydantic_serializer__.to_json(made, by_alias=True, exclude_unset=True)
        return written

    def read() -> models.InvoicesResult:
        return models.InvoicesResult.model_validate_json(answer)

    def read_lossy() -> models.InvoicesResult:
        # What pydantic alone would read: model_validate_json of ours is another.
        result: models.InvoicesResult = models.InvoicesResult.__pydantic_validator__.validate_json(answer)
        return result

    def check_and_write() -> object:
        # All that a call does before it is signed and sent, compression included.
        from zuora_invoices._operations import invoices as _operations
        from zuora_invoices._runtime.options import Settings
        from zuora_invoices._runtime.request import draft

        return draft(_operations.CREATE_STANDALONE_INVOICES, {}, made, Settings())

    expect(len(read().invoices), payload.INVOICES)
    return {
        "write": repeated(write),
        "write lossy": repeated(write_lossy),
        "check and write": repeated(check_and_write),
        "read": repeated(read),
        "read lossy": repeated(read_lossy),
    }


def prepare(url: str) -> Tasks:
    """Construct the clients, and see that both calls are answered."""
    client = Client(base_url=url, token="token")
    loop = Loop()
    asynchronous = AsyncClient(base_url=url, token="token")

    def single() -> models.Invoice:
        return client.invoices.create_standalone_invoice(invoice())

    def many() -> models.InvoicesResult:
        return client.invoices.create_standalone_invoices(batch())

    async def single_async() -> None:
        await asynchronous.invoices.create_standalone_invoice(invoice())

    async def many_async() -> None:
        await asynchronous.invoices.create_standalone_invoices(batch())

    expect(single().invoice_number, payload.FIRST_NUMBER)
    expect(len(many().invoices), payload.INVOICES)
    return {
        **codec_tasks(),
        "build": repeated(batch),
        "single": repeated(single),
        "batch": repeated(many),
        "single async": loop.concurrent(single_async),
        "batch async": loop.concurrent(many_async),
    }
