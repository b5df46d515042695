"""What speed there is, as ratios against peers in one run: `make bench`. Measures, and judges nothing.

Each pair of commands runs in turn, A B A B ..., so that a machine that slows down slows both.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from zuora_invoices import models

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
RUNS = 21


def main() -> None:
    """Print one line a measurement."""
    show(
        "import zuora_invoices / import pydantic, httpx2",
        *paired(lambda: python("import zuora_invoices"), lambda: python("import pydantic, httpx2")),
    )
    show(
        "from zuora_invoices import Client, models / from pydantic import BaseModel; import httpx2",
        *paired(
            lambda: python("from zuora_invoices import Client, models"),
            lambda: python("from pydantic import BaseModel; import httpx2"),
        ),
    )
    item = {"amount": 19.99, "serviceStartDate": "2026-11-21", "chargeName": "Set-up"}
    batch = {
        "invoices": [
            {"accountNumber": "A00000001", "invoiceDate": "2026-11-21", "invoiceItems": [item] * 20} for _ in range(50)
        ]
    }
    text = msgspec.json.encode(batch)
    loaded = msgspec.json.decode(text)
    made = models.PostInvoicesType.model_validate(loaded)
    show(
        "read a batch of 50 x 20, exact and checked / json.loads of it",
        *paired(lambda: models.PostInvoicesType.model_validate_json(text), lambda: msgspec.json.decode(text)),
    )
    show("write that batch / check it", *paired(made.to_wire, lambda: models.PostInvoicesType.model_validate(loaded)))


def python(code: str) -> None:
    """Run code in a fresh interpreter."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generated")}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def paired(first: Callable[[], object], second: Callable[[], object]) -> tuple[list[float], list[float]]:
    """Seconds of each run of the two, taken in turn after one run of both that does not count."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(RUNS + 1):
        for run, taken in zip((first, second), times, strict=True):
            started = time.perf_counter()
            run()
            taken.append(time.perf_counter() - started)
    return times[0][1:], times[1][1:]


def show(what: str, first: list[float], second: list[float]) -> None:
    """Medians in milliseconds, and the median of the ratios pair by pair."""
    ratio = statistics.median(a / b for a, b in zip(first, second, strict=True))
    ours, theirs = (statistics.median(taken) * 1000 for taken in (first, second))
    print(f"{what}: {ours:.1f} ms / {theirs:.1f} ms = {ratio:.2f}")  # noqa: T201 - a program


if __name__ == "__main__":
    main()
