"""What MONTH-END.md tells is what happens: its commands run in order, on a sandbox. `UPDATE_CASES=1` writes it anew."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from zuora_invoices.__main__ import PROGRAM
from zuora_invoices._runtime.cli import connection
from zuora_invoices._runtime.cli.application import application
from zuora_invoices._runtime.cli.profiles import load, path_of
from zuora_invoices_sandbox import Sandbox

if TYPE_CHECKING:
    import pytest

PAGE = Path(__file__).parents[2] / "MONTH-END.md"
UPDATE = os.environ.get("UPDATE_CASES") == "1"
PARTS = re.compile(
    r"^<!-- edit (?P<file>\S+): (?P<old>\S+) -> (?P<new>\S+) -->$"
    r"|^```console\n(?P<commands>.*?)^```$"
    r"|^<!-- file (?P<written>\S+) -->\n\n```csv\n.*?^```$",
    re.MULTILINE | re.DOTALL,
)
PROGRESS = re.compile(r"^[^ ]+: \d[^:]*: \d+ created.*/s.*\n", re.MULTILINE)


def test_the_page_tells_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    [lines] = re.findall(r"^```csv\n(Order;.*?)^```$", text, re.MULTILINE | re.DOTALL)[:1]
    (tmp_path / "november.csv").write_text(lines, encoding="utf-8")
    [profile] = re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    path = path_of(PROGRAM, None)
    path.parent.mkdir(parents=True)
    path.write_text(profile, encoding="utf-8")
    path.chmod(0o600)
    assert load(PROGRAM, None).base_url == "US Central Sandbox"
    with Sandbox(seed=1) as sandbox:
        monkeypatch.setattr(connection, "client", lambda **_: sandbox.client())
        told = PARTS.sub(lambda found: happened(found, tmp_path), text)
        numbers = [record.number for record in sandbox.invoices]
    if UPDATE:
        PAGE.write_text(told, encoding="utf-8", newline="\n")
    assert told == text
    assert numbers == ["INV00000001", "INV00000002", "INV00000003", "INV00000004"]


def happened(found: re.Match[str], folder: Path) -> str:
    """A part of the page, as it is when it is done."""
    if found["file"]:
        file = folder / found["file"]
        before = file.read_text(encoding="utf-8")
        assert found["old"] in before
        file.write_text(before.replace(found["old"], found["new"]), encoding="utf-8")
        return found[0]
    if found["written"]:
        return f"<!-- file {found['written']} -->\n\n```csv\n{(folder / found['written']).read_text('utf-8')}```"
    shown = [shown_by(line[2:], folder) for line in found["commands"].splitlines() if line.startswith("$ ")]
    return "```console\n" + "".join(shown) + "```"


def shown_by(command: str, folder: Path) -> str:
    """A command, and what a terminal shows then."""
    typed, _, target = command.partition(" > ")
    done = CliRunner().invoke(application(PROGRAM), shlex.split(typed)[1:])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    if target:
        (folder / target).write_bytes(done.stdout_bytes)
    output = done.stderr if target else done.output
    return f"$ {command}\n{PROGRESS.sub('', output)}"
