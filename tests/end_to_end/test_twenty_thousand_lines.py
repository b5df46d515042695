"""A month as it is: 20,000 lines with wrong ones among them, a server that fails, a process that is killed.

Everything is done by the command, as a program of its own, and what the server has is compared with the report.
"""

from __future__ import annotations

import csv
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.sandbox.program import Program, program

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ORDERS = 7_433
LINES = 20_000
HEADERS = ("Order", "Account", "Date", "Charge", "Amount", "From")
MAPPING = """
formats: {decimal: ",", thousands: ".", date: dd.mm.yyyy}
columns:
  Account: accountNumber
  Date: invoiceDate
  Charge: invoiceItems.chargeName
  Amount: invoiceItems.amount
  From: invoiceItems.serviceStartDate
group: [Order]
"""
WRONG_CELLS = {17: ("Amount", "12,3,4"), 4_000: ("Date", "31.11.2026"), 19_999: ("Charge", "x" * 200)}
"""Line of the file -> a column, and what stands there that cannot be."""
NOBODY = range(0, ORDERS, 500)
"""Orders of an account that nobody has."""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="has no SIGKILL")
def test_each_order_is_billed_once_whatever_happens(tmp_path: Path) -> None:
    rows = month()
    write(tmp_path / "november.csv", rows)
    (tmp_path / "map.yaml").write_text(MAPPING, encoding="utf-8")
    wrong = {rows[line - 2]["Order"] for line in WRONG_CELLS}
    nobody = {f"N-{number:05}" for number in NOBODY} - wrong
    with program(str(tmp_path / "sandbox.db"), tmp_path, "--faults", "0.1", "--seed", "7") as server:
        checked = run(server, tmp_path, "november.csv")
        assert checked.returncode == 1, checked.stderr
        for line, (column, _) in WRONG_CELLS.items():
            assert f'november.csv:{line}, column "{column}": ' in checked.stderr
        assert billed(tmp_path) == 0

        interrupt(server, tmp_path)
        assert 0 < billed(tmp_path) < ORDERS

        done = run_until_known(server, tmp_path, "november.csv", "--partial")
        assert done.returncode == 1, done.stdout + done.stderr
        failed = read(tmp_path / "november.failed.csv", ";")
        assert {row["Order"] for row in failed} == wrong | nobody
        lines = [row for row in rows if row["Order"] in wrong | nobody]
        assert [{name: row[name] for name in HEADERS} for row in failed] == lines
        assert [rows[int(row["Failed line"]) - 2] for row in failed] == lines
        assert billed(tmp_path) == ORDERS - len(wrong | nobody)

        for row in failed:
            row["Account"] = "A00000001"
            row["Amount"], row["Charge"] = row["Amount"].replace("12,3,4", "12,34"), row["Charge"][:100]
            row["Date"] = row["Date"].replace("31.11", "30.11")
        write(tmp_path / "november.failed.csv", failed)
        done = run_until_known(server, tmp_path, "november.failed.csv")
        assert done.returncode == 0, done.stdout + done.stderr
        assert billed(tmp_path) == ORDERS

        told = command(server, tmp_path, "report", "november.db", "--columns", "id,invoiceNumber,amount")
        report = list(csv.DictReader(told.stdout.splitlines()))
    assert sorted(row["reference"] for row in report) == [f"N-{number:05}" for number in range(ORDERS)]
    assert {row["outcome"] for row in report} == {"created"}
    assert sorted(row["invoiceNumber"] for row in report) == numbers(tmp_path)


def month() -> list[dict[str, str]]:
    """The lines: those of an order follow each other."""
    chance = random.Random(11)  # noqa: S311 - the same lines each time
    orders = sorted([*range(ORDERS), *(chance.randrange(ORDERS) for _ in range(LINES - ORDERS))])
    rows = []
    for line, order in enumerate(orders, 2):
        account = "A99999999" if order in NOBODY else "A00000001"
        amount = f"{chance.randint(1, 9)}.{chance.randint(0, 999):03},{chance.randint(0, 99):02}"
        cells = (f"N-{order:05}", account, "30.11.2026", f"Item {line}", amount, "01.11.2026")
        row: dict[str, str] = dict(zip(HEADERS, cells, strict=True))
        if line in WRONG_CELLS:
            column, text = WRONG_CELLS[line]
            row[column] = text
        rows.append(row)
    return rows


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def read(path: Path, delimiter: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def typed(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "zuora_invoices", *arguments]


def environment(server: Program, folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ZUORA_INVOICES_")}
    return {
        **kept,
        "ZUORA_INVOICES_BASE_URL": server.url,
        "ZUORA_INVOICES_CLIENT_ID": server.client_id,
        "ZUORA_INVOICES_CLIENT_SECRET": server.client_secret,
        "XDG_CONFIG_HOME": str(folder),
        "HOME": str(folder),
    }


def command(server: Program, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        typed(*arguments),
        cwd=folder,
        env=environment(server, folder),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def many(file: str, *more: str) -> list[str]:
    run = ["invoices", "create-standalone-invoices", "--from", file, "--map", "map.yaml", "--journal", "november.db"]
    return [*run, *more]


def run(server: Program, folder: Path, file: str, *more: str) -> subprocess.CompletedProcess[str]:
    return command(server, folder, *many(file, *more))


def run_until_known(server: Program, folder: Path, file: str, *more: str) -> subprocess.CompletedProcess[str]:
    """The run, again as long as something is unknown."""
    done = run(server, folder, file, *more)
    for _ in range(10):
        if done.returncode != 3:
            break
        done = run(server, folder, file, *more)
    return done


def interrupt(server: Program, folder: Path) -> None:
    """Begin the run, and kill it once some of it is done."""
    running = subprocess.Popen(
        typed(*many("november.csv", "--partial")),
        cwd=folder,
        env=environment(server, folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while billed(folder) < ORDERS // 5:
        assert running.poll() is None, "it ended before anything was done"
        time.sleep(0.1)
    running.send_signal(signal.SIGKILL)
    running.wait()


def query(folder: Path, text: str) -> Iterable[tuple[str]]:
    with closing(sqlite3.connect(f"file:{folder / 'sandbox.db'}?mode=ro", uri=True, timeout=60)) as connection:
        return connection.execute(text).fetchall()


def billed(folder: Path) -> int:
    [(count,)] = query(folder, "SELECT count(*) FROM sandbox_invoices")
    return int(count)


def numbers(folder: Path) -> list[str]:
    return [number for (number,) in query(folder, "SELECT number FROM sandbox_invoices ORDER BY number")]
