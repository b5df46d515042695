"""The command line, as a user runs it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import TYPE_CHECKING

import httpx2
import pytest

from zuora_invoices import Client, models
from zuora_invoices_sandbox import Fault
from zuora_invoices_sandbox.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """A sandbox in a process of its own, at a free port, and what it said before it served; killed if it still runs."""
    started = subprocess.Popen(
        [sys.executable, "-m", "zuora_invoices_sandbox", "--port", "0", *arguments],
        cwd=folder,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert started.stdout is not None
        banner = {"": started.stdout.readline().strip()}
        while (line := started.stdout.readline()) and line.startswith(" "):
            name, _, value = line.strip().partition("  ")
            banner[name] = value.strip()
        yield started, banner
    finally:
        started.kill()
        started.communicate()


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one message of a command that cannot run."""
    assert main(arguments) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("error: ")
    assert "Traceback" not in output.err
    return output.err


def misused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    return capsys.readouterr().err.splitlines()[-1]


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_stopped(tmp_path: Path, stop: signal.Signals) -> None:
    with running(tmp_path) as (process, banner):
        assert re.fullmatch(r"zuora-invoices-sandbox \S+: .+, its invoices in zuora-sandbox\.db", banner[""])
        assert re.fullmatch(r"http://127\.0\.0\.1:[1-9][0-9]*", banner["base URL"])
        assert len(banner["client id"]) == 36
        assert banner["client secret"]
        assert banner["page"] == banner["base URL"] + "/"
        assert httpx2.get(banner["page"]).status_code == 200
        process.send_signal(stop)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (0, "stopped\n", "")
    assert (tmp_path / "zuora-sandbox.db").stat().st_size > 0


def test_what_was_asked_for_is_said(tmp_path: Path) -> None:
    asked = ["--database", ":memory:", "--seed", "7", "--faults", "0.2", "--frozen-time", "2026-11-22T12:00+01:00"]
    with running(tmp_path, *asked) as (_, banner):
        assert banner[""].endswith("its invoices in :memory:")
        assert banner["faults"] == "0.2 of the calls"
        assert banner["time"] == "stands at 2026-11-22 11:00:00 UTC"
        assert httpx2.post(f"{banner['page']}_sandbox/reset", json={}).status_code == 200
        state = httpx2.get(f"{banner['page']}_sandbox/state").json()
        assert state["clock"] == {"now": "2026-11-22T11:00:00.000Z", "frozen": True}
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_an_old_database_is_told_of(tmp_path: Path) -> None:
    with running(tmp_path) as (process, banner):
        assert "old database" not in banner
        process.send_signal(signal.SIGINT)
        process.wait(30)
    order = models.PostInvoiceType(
        account_number="A00000001",
        invoice_date=date(2026, 11, 22),
        invoice_items=[
            models.PostInvoiceItemType(amount=Decimal(1), service_start_date=date(2026, 11, 22), charge_name="Set-up")
        ],
    )
    for count in ("0 invoices", "1 invoice"):
        with running(tmp_path) as (_, banner):
            assert banner["old database"] == f"goes on with {count}; Reset on the page forgets all"
            with Client(
                base_url=banner["base URL"], client_id=banner["client id"], client_secret=banner["client secret"]
            ) as client:
                client.invoices.create_standalone_invoice(order)


def test_kinds_of_faults_are_chosen(tmp_path: Path) -> None:
    chosen = ["--database", ":memory:", "--faults", "1", "--fault-kinds", "503,slow"]
    with running(tmp_path, *chosen) as (_, banner):
        assert banner["faults"] == "1 of the calls: 503, slow"
        state = httpx2.get(f"{banner['base URL']}/_sandbox/state").json()
        assert state["faults"]["policy"] == {"rate": "1.0", "faults": ["503", "slow"], "seed": 0}


def test_nothing_but_plain_text_is_piped(tmp_path: Path) -> None:
    with running(tmp_path) as (process, banner):
        assert all(line.isprintable() for line in banner.values())
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def test_a_reader_that_goes_does_not_stop_it(tmp_path: Path) -> None:
    with running(tmp_path) as (process, banner):
        assert process.stdout is not None
        process.stdout.close()
        assert httpx2.get(banner["page"]).status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def test_another_address_than_loopback_is_warned_of(tmp_path: Path) -> None:
    with running(tmp_path, "--host", "0.0.0.0") as (process, banner):  # noqa: S104 - what is warned of
        assert banner["client id"]
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert err.startswith("warning: on 0.0.0.0, other machines may reach this sandbox")


def test_a_port_in_use(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        output = refused(capsys, "--database", ":memory:", "--port", port)
    assert output.startswith(f"error: cannot listen on 127.0.0.1, port {port}: ")
    assert output.endswith("; --port 0 takes a port that is free\n")


@pytest.mark.parametrize("host", ["192.0.2.1", "no host", f"{'x' * 64}.invalid"])
def test_an_address_that_this_machine_does_not_have(capsys: pytest.CaptureFixture[str], host: str) -> None:
    assert main(["--database", ":memory:", "--port", "0", "--host", host]) == 1
    warning, error = capsys.readouterr().err.splitlines()
    assert warning.startswith(f"warning: on {host}, ")
    assert error.startswith(f"error: cannot listen on {host}")


def test_no_tenant_at_the_path(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = str(tmp_path / "none.yaml")
    assert path in refused(capsys, "--database", ":memory:", "--tenant", path)


def test_a_tenant_that_is_no_yaml(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "tenant.yaml"
    path.write_text("id: {", "utf-8")
    assert str(path) in refused(capsys, "--database", ":memory:", "--tenant", str(path))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:passw0rd@127.0.0.1:1/none",
        "mysql://me:passw0rd@127.0.0.1/none",
        "postgresql://me:passw0rd@127.0.0.1:port/none",
        "",
        ".",
        "none/none.db",
    ],
)
def test_a_database_that_cannot_be_opened(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "passw0rd" not in refused(capsys, "--database", url)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--port", "65536"], "65536 is no port: it is a number from 0 to 65535"),
        (["--port=-1"], "-1 is no port: it is a number from 0 to 65535"),
        (["--port", "http"], "http is no port: it is a number from 0 to 65535"),
        (["--faults", "1.5"], "1.5 is no rate: it is a number from 0 to 1"),
        (["--faults", "nan"], "nan is no rate: it is a number from 0 to 1"),
        (["--faults", "some"], "some is no rate: it is a number from 0 to 1"),
        (["--faults", "1", "--fault-kinds", "503,often"], "often is no kind of fault: drop-before, "),
        (["--faults", "1", "--fault-kinds", "503,"], "nothing is no kind of fault: drop-before, "),
        (["--fault-kinds", "503"], "--fault-kinds needs --faults: how many of the calls go wrong"),
        (["--frozen-time", "noon"], "noon is no time such as 2026-11-22T12:00"),
        (["--frozen-time", "0001-01-01T00:00+10:00"], "is no time such as"),
        (["--seed", "x"], "invalid int value: 'x'"),
        (["--print", "all"], "invalid choice: 'all'"),
        (["--nothing"], "unrecognized arguments: --nothing"),
    ],
)
def test_bad_usage(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    assert message in misused(capsys, *arguments)


def test_help_has_examples_that_can_be_run(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    output = capsys.readouterr().out
    assert "exit codes: " in output
    assert all(f"  {kind} " in output and kind.effect in output for kind in Fault)
    examples = re.findall(r"^  zuora-invoices-sandbox(.*?)(?:  .*)?$", output, re.MULTILINE)
    assert len(examples) >= 5
    shown = set(re.findall(r"--[a-z-]+", " ".join(examples)))
    assert shown <= set(re.findall(r"^  (--[a-z-]+)", output, re.MULTILINE))


def test_a_tenant_is_printed_that_it_can_be_run_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for what in ("tenant", "example"):
        assert main(["--print", what]) == 0
        (tmp_path / f"{what}.yaml").write_text(capsys.readouterr().out, "utf-8")
        with running(tmp_path, "--database", ":memory:", "--tenant", f"{what}.yaml") as (_, banner):
            assert banner["client id"]


@pytest.mark.parametrize("what", ["tenant", "example", "schema"])
def test_what_is_printed_to_a_file_has_the_same_bytes_in_every_locale(what: str) -> None:
    command = [sys.executable, "-m", "zuora_invoices_sandbox", "--print", what]
    nowhere = os.environ | {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = subprocess.run(command, env=nowhere, capture_output=True, check=True)
    name = {"tenant": "default.yaml", "example": "example.yaml", "schema": "tenant.schema.json"}[what]
    assert done.stdout == resources.files("zuora_invoices_sandbox").joinpath("tenant", name).read_bytes()


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--print", "schema"]) == 0
    assert capsys.readouterr().out.startswith("{")


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith("zuora_invoices_sandbox.store")]:
        monkeypatch.delitem(sys.modules, name)
    for name in [name for name in sys.modules if name.partition(".")[0] == "sqlalchemy"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    output = refused(capsys, "--database", ":memory:")
    assert output == 'error: sqlalchemy is not installed: pip install "zuora-invoices[sandbox]"\n'


def test_without_the_extra_the_package_says_so_too() -> None:
    code = "import sys; sys.modules['sqlalchemy'] = None; from zuora_invoices_sandbox import Sandbox"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last == 'ModuleNotFoundError: sqlalchemy is not installed: pip install "zuora-invoices[sandbox]"'
