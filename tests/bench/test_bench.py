"""The bench: its table, its pairing, and a short run of it against the real server with what this environment has."""

from __future__ import annotations

import http.client
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.bench import environment, payload
from tests.bench.__main__ import main
from tests.bench.environment import Environment
from tests.bench.measurements import Settings, measure
from tests.bench.rounds import NotMeasuredError, Series, Worker, alternate, ratio, serving
from tests.bench.table import GREEN, Row, layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Environment(Path(sys.executable))
SHORT = Settings(rounds=2, budget=0.01, slow_rounds=1)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(HERE) as address:
        yield address


def test_the_table_is_aligned_and_says_whether_goals_are_met() -> None:
    rows = [
        Row("call", "raw", "us", 1234.5, 1000.0, 1.2345, goal=1.0),
        Row("call", "vendor", "us", 1234.5, 2000.0, 0.6, goal=1.0),
        Row("import", "floor", "ms", 5.0, None, None, goal=1.3, fault="no\nmodule"),
        Row("write", "plain", "us", 12.34, 9.87, 1.25),
    ]
    assert layout(rows).splitlines() == [
        "what        ours  peer      peer's  ratio  goal",
        "------  --------  ------  --------  -----  -------------------------------------",
        "call    1,234 us  raw     1,000 us   1.23  goal <= 1.00: not met",
        "call    1,234 us  vendor  2,000 us   0.60  goal <= 1.00: met",
        "",
        "import   5.00 ms  floor                 -  goal <= 1.30; not measured: no module",
        "",
        "write    12.3 us  plain    9.87 us   1.25",
    ]


def test_colour_is_for_terminals() -> None:
    rows = [Row("call", "raw", "us", 1.0, 2.0, 0.5, goal=1.0)]
    assert "\x1b" not in layout(rows)
    assert GREEN in layout(rows, colour=True)


def test_a_goal_is_met_up_to_its_very_limit() -> None:
    def row(value: float | None) -> Row:
        return Row("", "", "", None, None, value, goal=1.3)

    assert [row(value).met for value in (1.3, 1.31, None)] == [True, False, None]


def test_a_ratio_is_the_median_of_the_ratios_of_each_round() -> None:
    # The machine slowed down tenfold in the third round: of the medians the ratio would be 2/3.
    ours, theirs = Series([1.0, 2.0, 10.0]), Series([2.0, 4.0, 3.0])
    assert ratio(ours, theirs) == 0.5
    assert ours.median == 2.0


def test_rounds_of_one_alone_count_for_no_ratio() -> None:
    assert ratio(Series([1.0, None, 9.0]), Series([2.0, 5.0, None])) == 0.5
    assert ratio(Series([1.0]), Series([None])) is None
    assert Series([None]).median is None


def test_contestants_take_turns_and_the_first_time_does_not_count() -> None:
    order: list[str] = []

    def contestant(name: str) -> Callable[[], float]:
        def run() -> float:
            order.append(name)
            return float(len(order))

        return run

    found = alternate({name: contestant(name) for name in "abs"}, 2, {"s": 1})
    assert "".join(order) == "ab" + "abs" + "ab"
    assert found["a"].taken == [3.0, 6.0]
    assert found["s"].taken == [5.0, None]


def test_one_that_cannot_take_part_does_not_stop_the_others() -> None:
    def broken() -> float:
        raise NotMeasuredError("no such module")

    found = alternate({"good": lambda: 1.0, "bad": broken}, 2)
    assert found["bad"] == Series([None, None], "no such module")
    assert found["good"].taken == [1.0, 1.0]


def test_the_batch_is_as_large_as_real_ones() -> None:
    batch = payload.plain_batch()
    assert [len(one["invoiceItems"]) for one in batch["invoices"]] == [20] * 50
    assert 370_000 < len(payload.compact(batch)) < 400_000


def test_the_server_answers_by_path_and_keeps_the_connection(url: str) -> None:
    address = urlsplit(url)
    assert address.hostname is not None
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
    for path, body in {**payload.answers(), "/elsewhere": b'{"success":false}'}.items():
        connection.putrequest("POST", path)
        connection.putheader("Content-Length", "300000")
        connection.endheaders()
        for _ in range(3):
            connection.send(b"x" * 100_000)
        answer = connection.getresponse()
        assert answer.read() == body
        assert answer.status == (404 if path == "/elsewhere" else 200)
    connection.close()


@pytest.mark.slow
def test_ours_and_raw_httpx2_are_measured_end_to_end(url: str) -> None:
    rows = list(measure(HERE, url, SHORT, "call.*bytes alone|batch of.*bytes alone"))
    assert [row.what for row in rows] == [
        "import and first call",
        "single call",
        "batch of 50 x 20",
        "batch of 50 x 20, without `isal`",
        "single call, async, 32 at once",
    ]
    for row in rows:
        assert row.fault is None
        assert row.ours is not None
        assert row.theirs is not None
        assert row.ratio is not None


def test_our_own_writing_and_reading_is_measured(url: str) -> None:
    rows = list(measure(HERE, url, SHORT, "pydantic, our models|import zuora_invoices|the limit"))
    measured = {(row.what, row.peer): row for row in rows}
    assert measured["batch: write", "pydantic, our models"].ratio is not None
    assert measured["answer of 50: read", "pydantic, our models"].ratio is not None
    assert measured["import zuora_invoices", "pydantic, httpx2"].goal == 1.3


def test_a_peer_that_is_not_there_is_a_row_that_says_so(url: str) -> None:
    [row] = measure(HERE, url, SHORT, "single call / zuora-sdk")
    assert row.fault is not None
    assert "zuora_sdk" in row.fault
    assert row.ours is not None
    assert row.theirs is None


def test_a_task_that_is_not_there_is_said_to_be(url: str) -> None:
    with Worker("ours", url, HERE) as worker, pytest.raises(NotMeasuredError, match="nonsense"):
        worker.run("nonsense", 0.01)


def test_the_program_prints_its_table_and_writes_its_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.bench.__main__.QUICK", SHORT)
    file = tmp_path / "rows.json"
    main(["--no-peers", "--quick", "--only", "single call / httpx2", "--json", str(file)])
    shown = capsys.readouterr()
    assert shown.out.startswith("what ")
    assert "\x1b" not in shown.out
    assert shown.err == ""
    [row] = json.loads(file.read_text("utf-8"))["rows"]
    assert row["what"] == "single call"
    assert row["met"] in (True, False)


@pytest.mark.parametrize("npm", [None, "/usr/bin/npm"])
def test_the_environment_is_made_anew_only_after_a_change(
    npm: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    folder = tmp_path / "peers"

    def step(what: str, *_: object, **__: object) -> None:
        steps.append(what)
        (folder / "node_modules").mkdir(parents=True, exist_ok=True)

    requirements = tmp_path / "requirements.txt"
    requirements.write_text("one", "utf-8")
    document = tmp_path / "openapi.json"
    document.write_text("{}", "utf-8")
    lock = tmp_path / "package-lock.json"
    lock.write_text("{}", "utf-8")
    monkeypatch.setattr(environment, "_step", step)
    monkeypatch.setattr(environment, "REQUIREMENTS", requirements)
    monkeypatch.setattr(environment, "DOCUMENT", document)
    monkeypatch.setattr(environment, "PACKAGES", (lock,))
    monkeypatch.setattr("shutil.which", {"npm": npm}.get)

    def prepared() -> list[str]:
        steps.clear()
        made = environment.prepare(folder)
        assert made.modules == (folder / "node_modules" if npm else None)
        return list(steps)

    generating = ["generating with openapi-python-client", "generating with datamodel-codegen"]
    packages = ["installing the peers of Node.js"] if npm else []
    everything = ["making an environment for the peers", "installing the peers", *packages, *generating]
    assert prepared() == everything
    assert prepared() == []
    document.write_text("{ }", "utf-8")
    assert prepared() == generating
    lock.write_text("{ }", "utf-8")
    assert prepared() == packages
    requirements.write_text("two", "utf-8")
    assert prepared() == everything
