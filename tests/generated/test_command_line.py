"""The command `zuora-invoices`: single calls, against the sandbox that it finds by its entry point."""

from __future__ import annotations

import re
import shlex
import tomllib
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from zuora_invoices.__main__ import PROGRAM
from zuora_invoices._runtime.cli.application import application
from zuora_invoices._runtime.codec import decode

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).parents[2]
ONE = "create-standalone-invoice"
SEVERAL = "create-standalone-invoices"
ITEM = ("--set", "invoiceItems[0].serviceStartDate=2026-11-21", "--set", "invoiceItems[0].chargeName=Set-up")


def run(*arguments: str, given: str = "") -> Result:
    done = CliRunner().invoke(application(PROGRAM), ["invoices", *arguments], given)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done


def test_it_is_installed_under_its_name() -> None:
    [script] = entry_points(group="console_scripts", name=PROGRAM.name)
    assert script.load().func is not None
    assert script.load().args == (PROGRAM,)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {one.partition(">")[0] for one in project["optional-dependencies"]["cli"]} >= {"click", "rich"}


@pytest.mark.parametrize("amount", ["19.99", "9007199254740993.10"])
def test_an_amount_goes_there_and_back_exactly(amount: str) -> None:
    header = ("--set", "accountNumber=A00000001", "--set", "invoiceDate=2026-11-21")
    done = run(ONE, *header, "--set", f"invoiceItems[0].amount={amount}", *ITEM, "--sandbox")
    assert (done.exit_code, done.stderr) == (0, "")
    made = decode(done.stdout)
    assert isinstance(made, dict)
    assert made["invoiceNumber"] == "INV00000001"
    assert made["amount"] == decode(amount)


@pytest.mark.parametrize("operation", [ONE, SEVERAL])
def test_the_example_of_the_description_is_good(operation: str) -> None:
    example = run(operation, "--example").stdout
    done = run(operation, "-", "--sandbox", "--output", "table", given=example)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "INV00000001" in done.stdout


def test_the_commands_and_the_profile_of_the_readme_are_good(tmp_path: Path) -> None:
    section = (
        (ROOT / "README.md")
        .read_text(encoding="utf-8")
        .partition("## From the command line\n")[2]
        .partition("\n## ")[0]
    )
    [profile] = re.findall(r"^```toml\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    (tmp_path / "profile.toml").write_text(profile, encoding="utf-8")
    (tmp_path / "profile.toml").chmod(0o600)
    commands = re.findall(r"^    zuora-invoices invoices (.*)$", section, re.MULTILINE)
    assert len(commands) == 3
    order = tmp_path / "order.json"
    for command in commands:
        typed, _, target = command.partition(" > ")
        given = shlex.split(typed.replace("order.json", shlex.quote(str(order))))
        done = run(
            *given, *(["--profile", str(tmp_path / "profile.toml"), "--dry-run"] if "--base-url" in given else [])
        )
        assert (done.exit_code, done.stderr) == (0, "" if target else "Checked, and not sent.\n")
        if target:
            order.write_text(done.stdout, encoding="utf-8")


def test_a_part_of_a_batch_that_fails_is_told_with_its_line() -> None:
    example = run(SEVERAL, "--example").stdout
    done = run(SEVERAL, "-", "--set", "invoices[1].accountId=nobody", "--sandbox", given=example)
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: 1 of 2 failed\n  standard input:")
    assert "invoices[1]: " in done.stderr
