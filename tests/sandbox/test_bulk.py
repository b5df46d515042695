"""Bulk runs against the sandbox: killed at any moment, the server too, with a quarter of all calls going wrong."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.bulk_program import is_refused, orders
from tests.sandbox.program import ROOT, Program, program
from zuora_invoices import Journal
from zuora_invoices._runtime import keys
from zuora_invoices_sandbox import FaultPolicy, Sandbox

if TYPE_CHECKING:
    from pathlib import Path

COUNT = 400


def running(server: Program, journal: Path, count: int = COUNT) -> subprocess.Popen[str]:
    arguments = [server.url, server.client_id, server.client_secret, str(journal), str(count)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.sandbox.bulk_program", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment_each_order_is_billed_once(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - it keeps no secret
    journal, database = tmp_path / "november.db", str(tmp_path / "sandbox.db")
    port, kills = "0", 8
    told: dict[str, Any] = {"": ("unknown", None)}
    while any(outcome == "unknown" for outcome, _ in told.values()):
        with program(database, tmp_path, "--faults", "0.25", "--seed", str(seed + kills), "--port", port) as server:
            port = server.url.rpartition(":")[2]
            run = running(server, journal)
            if kills:
                kills -= 1
                time.sleep(0.5 + chance.random() * 1.5)
                if chance.random() < 0.3:
                    server.kill()
                    time.sleep(chance.random())
                run.kill()
                run.communicate()
            else:
                output, errors = run.communicate()
                assert run.returncode == 0, errors
                told = json.loads(output)
    with Sandbox(database=database) as sandbox:
        billed = list(sandbox.invoices)
    wanted = {reference for reference, _ in orders(COUNT) if not is_refused(reference)}
    assert Counter(str(one.document["comments"]) for one in billed) == Counter(wanted)
    numbers = {str(one.document["comments"]): one.number for one in billed}
    assert told == {one: ["created", numbers[one]] if one in wanted else ["rejected", None] for one, _ in orders(COUNT)}
    with Journal(journal) as opened:
        made = {one.reference: one.result for one in opened.parts("created")}
    assert {one: result["invoiceNumber"] for one, result in made.items() if result is not None} == numbers


@pytest.mark.slow
def test_a_second_process_is_refused_while_the_first_one_runs(tmp_path: Path) -> None:
    with program(str(tmp_path / "sandbox.db"), tmp_path) as server:
        first = running(server, tmp_path / "november.db", 2_000)
        while not (tmp_path / "november.db").exists():
            time.sleep(0.05)
        second = running(server, tmp_path / "november.db", 2_000)
        _, errors = second.communicate()
        assert second.returncode == 1
        assert "november.db is in use: another run has it. Wait for its end, or end it." in errors
        output, _ = first.communicate()
        assert len(json.loads(output)) == 2_000
    with Sandbox(database=str(tmp_path / "sandbox.db")) as sandbox:
        assert max(Counter(str(one.document["comments"]) for one in sandbox.invoices).values()) == 1


def test_a_run_against_the_sandbox_is_one_of_typed_models(tmp_path: Path) -> None:
    with Sandbox(seed=1, faults=FaultPolicy(0.25, seed=1)) as sandbox, sandbox.client(backoff=0.001) as client:
        with client.invoices.create_standalone_invoices_bulk(orders(40), journal=tmp_path / "november.db") as run:
            told = {part.reference: part for part in run}
        assert Counter(one.document["comments"] for one in sandbox.invoices) == Counter(
            one for one, part in told.items() if part.outcome == "created"
        )
    assert {one for one, part in told.items() if part.outcome == "rejected"} == set(filter(is_refused, told))
    part = told["order-1"]
    assert part.result is not None
    assert part.request is not None
    assert (part.result.comments, part.request.comments) == ("order-1", "order-1")


def test_after_the_day_of_a_key_what_to_look_for_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = tmp_path / "november.db"
    with Sandbox(seed=1) as sandbox, sandbox.client(backoff=0.001, max_retries=0) as client:
        bulk = client.invoices.create_standalone_invoices_bulk
        sandbox.faults.next("drop-after", times=3)
        with bulk(orders(2), journal=journal, tries=2) as run:
            assert [part.outcome for part in run] == ["unknown", "unknown"]
        count = len(sandbox.calls)
        sandbox.clock.move(25 * 3600)
        earlier = keys.now
        monkeypatch.setattr(keys, "now", lambda: earlier() + timedelta(hours=25))
        with bulk(orders(2), journal=journal) as run:
            [part, _] = sorted(run, key=lambda one: one.reference)
        assert len(sandbox.calls) == count
        assert part.look_for["amountWithoutTax"] == orders(1).__next__()[1].invoice_items[0].amount
        assert part.look_for["comments"] == "order-0"
        run.settle("order-0", done=True)
        run.settle("order-1", done=True)
        with bulk(orders(2), journal=journal) as run:
            assert {(part.outcome, part.earlier) for part in run} == {("created", True)}
        assert len(sandbox.invoices) == 2
