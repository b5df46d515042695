"""The bench of month end bills what its file says, in each of its ways."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from tests.bench import month_end, payload
from tests.bench.environment import Environment
from tests.bench.measurements import Settings
from tests.bench.month_end import LOOP, SQLITE, WAYS, measure_month_end
from tests.bench.rounds import serving
from tests.bench.sandboxes import STUB

HERE = Environment(Path(sys.executable))
SHORT = Settings(rounds=1, budget=0.01, slow_rounds=1)


def test_the_file_has_as_many_lines_as_the_rows_say(tmp_path: Path) -> None:
    orders = payload.write_month(tmp_path / "month.csv", month_end.BATCHES)
    with (tmp_path / "month.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) + 1 == 100_000
    assert len({line["Order"] for line in lines}) == orders == month_end.BATCHES * payload.INVOICES


@pytest.mark.slow
def test_each_way_bills_the_file_on_each_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(month_end, "FEW_BATCHES", 2)
    with serving(HERE) as stub:
        rows = list(measure_month_end(HERE, stub, SHORT))
    assert [row.fault for row in rows] == [None] * len(rows)
    assert all(row.ours and row.theirs and row.ratio for row in rows)
    ways = [way for way in WAYS if way != LOOP]
    peers = (LOOP, f"{LOOP}: processor", f"{LOOP}: peak memory")
    wanted = [(f"month end on {server}: {way}", peer) for server in (STUB, SQLITE) for way in ways for peer in peers]
    assert [(row.what, row.peer) for row in rows] == wanted


@pytest.mark.slow
def test_an_order_that_is_not_billed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(month_end, "FEW_BATCHES", 1)
    monkeypatch.setattr(payload, "MONTH_PREFIX", "/nowhere")
    with serving(HERE) as stub:
        rows = list(measure_month_end(HERE, stub, SHORT, f"{STUB}: 1 worker"))
    assert [row.ratio for row in rows] == [None] * 3
    assert all(row.fault for row in rows)


def test_rows_that_nobody_wants_are_not_measured() -> None:
    assert list(measure_month_end(HERE, "http://127.0.0.1:1", SHORT, "nothing")) == []
