"""A bulk run over many elements, with canned answers: `python -m tests.generated.many JOURNAL COUNT`.

It prints counts, seconds, and the most memory that the process ever took, in MiB.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2

from zuora_invoices import Client
from zuora_invoices._runtime.bulk import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

MADE = json.dumps({"success": True, "id": "8a90f3b9" * 4, "invoiceNumber": "INV00000155", "comments": None})
DAY = date(2026, 11, 21)


class Canned(httpx2.BaseTransport):
    """Creates whatever it is asked for."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer."""
        count = request.content.count(b'"invoiceDate"')
        body = f'{{"success": true, "invoices": [{", ".join([MADE] * count)}]}}'
        return httpx2.Response(200, headers={"Content-Type": "application/json"}, content=body.encode())


def orders(count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Orders as a file would bring them: wire data, with references."""
    for number in range(count):
        item = {"amount": Decimal(number).scaleb(-2), "serviceStartDate": DAY, "chargeName": "Set-up"}
        yield f"order-{number}", {"accountNumber": f"A{number:08}", "invoiceDate": DAY, "invoiceItems": [item]}


def main(journal: str, count: int) -> None:
    """Run to the end."""
    schema.SYNCHRONOUS = "OFF"  # type: ignore[misc]  # the disk is not what is measured
    began = time.perf_counter()
    with (
        Client(base_url="http://127.0.0.1:9", token="t", http_client=Canned(), compress_above=None) as client,
        client.invoices.create_standalone_invoices_bulk(orders(count), journal=journal) as run,
    ):
        counts = Counter(part.outcome for part in run)
    seconds = time.perf_counter() - began
    memory = _peak()
    sys.stdout.write(json.dumps({"counts": counts, "seconds": seconds, "memory": memory}))


def _peak() -> float:
    """MiB. Linux keeps in `ru_maxrss` what the program before exec had."""
    try:
        with Path("/proc/self/status").open(encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
