"""Calls a sandbox with the vendor's own SDK, set up as its documents say, and prints what it shows, as JSON.

    python program.py BASE_URL CLIENT_ID CLIENT_SECRET

It runs in an environment of its own, with the SDK and without us. Nothing of the SDK is changed but the host.
"""

from __future__ import annotations

import importlib
import json
import sys
from datetime import date
from typing import Any

# Any: the SDK exists in its own environment alone, so nothing of it has a type here.
SDK: Any = importlib.import_module("zuora_sdk")
ZUORA_CLIENT: Any = importlib.import_module("zuora_sdk.zuora_client")
DAY = date(2026, 11, 21)


def order(account: str, *amounts: float, **fields: object) -> Any:
    """An order of one item for each amount."""
    items = [
        SDK.CreateInvoiceItem(charge_name=f"Part {place}", amount=amount, service_start_date=DAY)
        for place, amount in enumerate(amounts)
    ]
    return SDK.CreateInvoiceRequest(account_number=account, invoice_date=DAY, invoice_items=items, **fields)


def shown(invoice: Any) -> dict[str, Any]:
    """What the SDK shows of an invoice, or of one that was refused."""
    return {
        "success": invoice.success,
        "id": invoice.id,
        "number": invoice.invoice_number,
        "account": invoice.account_id,
        "amount": str(invoice.amount),
        "tax": str(invoice.tax_amount),
        "status": invoice.status,
        "date": str(invoice.invoice_date),
        "comments": invoice.comments,
        "process": invoice.process_id,
        "reasons": [[reason.code, reason.message] for reason in invoice.reasons or []],
        "index": invoice.additional_properties.get("objectIndex"),
        "more": sorted(invoice.additional_properties),
    }


def refused(call: Any, *arguments: Any, **more: Any) -> dict[str, Any]:
    """What the SDK shows of a call that is answered 4XX."""
    try:
        call(*arguments, **more)
    except SDK.ApiException as error:
        return {"status": error.status, "body": json.loads(error.body), "request": error.get_zuora_request_id()}
    raise AssertionError("it was not refused")


def main(url: str, client_id: str, client_secret: str) -> dict[str, Any]:
    """Call the sandbox in every way that there is; returns what came of it."""
    client = ZUORA_CLIENT.ZuoraClient(client_id, client_secret, None)
    client.set_base_url(url)
    client.initialize()
    api = client.invoices_api()
    single, batch = api.create_standalone_invoice, api.bulk_create_standalone_invoices

    def many(*orders: Any, together: bool) -> Any:
        return batch(SDK.BulkCreateInvoicesRequest(invoices=list(orders), use_single_transaction=together))

    good = order("A00000001", 19.99, 0.01, comments="By the vendor's own SDK", status="Posted")
    bad = order("NO-SUCH", 5)
    details = api.create_standalone_invoice_with_http_info(
        order("A00000002", *([1.25] * 40)), accept_encoding="gzip", zuora_track_id="track-1"
    )
    partial = many(order("A00000001", 1), bad, order("A00000003", 3), together=False)
    together = many(order("A00000001", 10), order("A00000002", 20), together=True)
    nothing = many(order("A00000001", 10), bad, together=True)
    found = {
        "token": client.get_token_info(),
        "version": client.get_zuora_version(None),
        "single": shown(single(good, idempotency_key="vendor-1")),
        "replayed": shown(single(good, idempotency_key="vendor-1")),
        "details": {"status": details.status_code, "headers": dict(details.headers), "invoice": shown(details.data)},
        "partial": {"success": partial.success, "invoices": [shown(each) for each in partial.invoices]},
        "together": {"success": together.success, "invoices": [shown(each) for each in together.invoices]},
        "nothing": {
            "success": nothing.success,
            "reasons": [[reason.code, reason.message] for reason in nothing.reasons],
            "invoices": nothing.invoices,
        },
        "rejected": shown(single(bad)),
        "not-a-batch": refused(batch, SDK.BulkCreateInvoicesRequest(invoices=[good]), idempotency_key="vendor-1"),
    }
    client.add_default_header("Authorization", "Bearer nonsense")
    return {**found, "token-refused": refused(single, good)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:]), default=str))
