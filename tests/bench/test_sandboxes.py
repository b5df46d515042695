"""The bench of the sandbox measures what it says, on databases that are what they seem."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import postgres
from tests.bench import sandboxes
from tests.bench.environment import Environment
from tests.bench.filling import fill
from tests.bench.measurements import Settings
from tests.bench.rounds import serving
from tests.bench.sandboxes import START, measure_sandboxes
from zuora_invoices import models
from zuora_invoices_sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

ORDER = models.PostInvoiceType.model_validate(
    {
        "accountNumber": "A00000001",
        "invoiceDate": "2026-11-22",
        "invoiceItems": [{"amount": 5, "serviceStartDate": "2026-11-22", "chargeName": "Set-up"}],
    }
)
SHORT = Settings(rounds=1, budget=0.01, slow_rounds=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(tmp_path / "sandbox.db")
        return
    with postgres.required() as server, server.fresh() as url:
        yield url


def test_a_filled_database_is_one_that_the_sandbox_made(database: str) -> None:
    with (
        Sandbox(database=database) as sandbox,
        sandbox.client() as client,
    ):
        first = client.invoices.create_standalone_invoice(ORDER, idempotency_key="order-1")
        fill(database, 500)
        there = sandbox.store.invoices(sandbox.tenant.id, limit=1000)
        assert len(there) == 500
        assert len({record.number for _, record in there}) == len({record.id for _, record in there}) == 500
        assert {record.amount for _, record in there} == {first.amount}
        assert all(len(record.items) == 1 for _, record in there)
        # It goes on from there.
        second = client.invoices.create_standalone_invoice(ORDER, idempotency_key="order-2")
        again = client.invoices.create_standalone_invoice(ORDER, idempotency_key="order-1")
        assert (first.invoice_number, second.invoice_number) == ("INV00000001", "INV00000002")
        assert again == first
        assert sandbox.store.invoices(sandbox.tenant.id, limit=1)[0][1].id == second.id


@pytest.mark.slow
def test_every_row_has_its_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandboxes, "STORED", (200, 1000))
    environment = Environment(Path(sys.executable))
    with serving(environment) as stub:
        rows = list(measure_sandboxes(environment, stub, SHORT))
    assert [row.fault for row in rows] == [None] * len(rows)
    assert all(row.ours and row.theirs and row.ratio for row in rows)
    named = [row.what for row in rows]
    for kind in ("SQLite", "PostgreSQL"):
        for what in ("single calls", "single calls, 32 at once", "batches of 50 x 20", "single calls, 200 stored"):
            assert f"sandbox on {kind}: {what}" in named
    assert named[-1] == START


def test_rows_that_nobody_wants_are_not_measured() -> None:
    assert list(measure_sandboxes(Environment(Path(sys.executable)), "http://127.0.0.1:1", SHORT, "nothing")) == []
