"""A bulk run as a program of its own, which a test can kill.

    python -m tests.sandbox.bulk_program URL CLIENT_ID CLIENT_SECRET JOURNAL COUNT

It prints what became of each element as JSON, once all is known.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from zuora_invoices import Client, models

if TYPE_CHECKING:
    from collections.abc import Iterator


def orders(count: int) -> Iterator[tuple[str, models.PostInvoiceType]]:
    """Orders with references, which their comments have too; the account of some does not exist."""
    for number in range(count):
        reference = f"order-{number}"
        yield (
            reference,
            models.PostInvoiceType(
                account_number="NO-SUCH" if is_refused(reference) else "A00000001",
                invoice_date=date(2026, 11, 21),
                comments=reference,
                invoice_items=[
                    models.PostInvoiceItemType(
                        amount=Decimal(number + 1).scaleb(-2),
                        service_start_date=date(2026, 11, 21),
                        charge_name="Set-up",
                    )
                    for _ in range(1 + number % 3)
                ],
            ),
        )


def is_refused(reference: str) -> bool:
    """Whether an order is of an account that does not exist."""
    return int(reference.removeprefix("order-")) % 20 == 7


def main(url: str, client_id: str, client_secret: str, journal: str, count: str) -> None:
    """Run to the end."""
    logging.disable()
    told = {}
    with Client(
        base_url=url, client_id=client_id, client_secret=client_secret, timeout=10, backoff=0.01, max_retries=3
    ) as client:
        run = client.invoices.create_standalone_invoices_bulk(
            orders(int(count)), journal=journal, batch_size=5, tries=50, patience=3
        )
        with run:
            for part in run:
                told[part.reference] = part.outcome, part.result.invoice_number if part.result is not None else None
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
