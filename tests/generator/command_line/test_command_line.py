"""The command line of a package: every case of `tests/cases/command-line/`, through the command, against a server.

A case is a folder with `case.toml`: the `command`, or `commands` in order, the `answers` of the server in order, what
comes on `stdin`, and variables of the `environment` besides those below; its other files stand in the folder that the
command runs in. `expected.txt` has what was written, into the `files` that are named too, what was asked of the server,
and the exit codes. `UPDATE_CASES=1` writes it anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click import get_app_dir
from click.testing import CliRunner

from tests.loopback import Answer, Asked, Loopback, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click import Group

CASES = Path(__file__).parents[2] / "cases" / "command-line"
NAMES = sorted(case.name for case in CASES.iterdir() if case.is_dir())
UPDATE = os.environ.get("UPDATE_CASES") == "1"
VARIABLES = ("BASE_URL", "PROFILE", "OUTPUT", "TOKEN", "CLIENT_ID", "CLIENT_SECRET")
CHANGING = (
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "A-FRESH-KEY"),
    (r"127\.0\.0\.1:\d+", "127.0.0.1:PORT"),
    (r"in \d+\.\d+ s", "in 0.0 s"),
    (r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", "2026-11-21 10:00:00 UTC"),
)
PROGRESS = r"^[^ ]+: \d[^:]*: \d+ created.*/s.*\n"
"""How far a run has come: how often that is told depends on how long it takes."""


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    with serving(lambda _: Answer(204)) as loopback:
        yield loopback


@pytest.mark.parametrize("name", NAMES)
def test_case(
    name: str, server: Loopback, commands: Callable[[], Group], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tomllib.loads((CASES / name / "case.toml").read_text(encoding="utf-8"))
    shutil.copytree(CASES / name, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    written = run(said, server, commands, tmp_path, monkeypatch)
    expected = CASES / name / "expected.txt"
    if UPDATE:
        expected.write_text(written, encoding="utf-8", newline="\n")
    assert written == expected.read_text(encoding="utf-8")


def run(
    said: dict[str, Any], server: Loopback, commands: Callable[[], Group], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """What a command writes, asks and ends with."""
    answers = iter(said.get("answers", []))

    def answer(_: Asked) -> Answer:
        one = next(answers)
        headers = {"Content-Type": "application/json", **one.get("headers", {})}
        return Answer(one.get("status", 200), one.get("body", "").encode(), headers, drop=one.get("drop", False))

    server.answer = answer
    server.asked.clear()
    for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(folder))
    variables = {"BASE_URL": server.url, "TOKEN": "not-to-be-seen", **said.get("environment", {})}
    environment = {f"POST_OFFICE_{name}": variables.get(name) for name in VARIABLES}
    parts: list[str] = []
    for command in said.get("commands") or [said["command"]]:
        parts += [f"$ {command}\n"] if "commands" in said else []
        done = CliRunner().invoke(commands(), shlex.split(command), said.get("stdin", ""), environment)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.output
        parts.append(f"exit code {done.exit_code}\n")
        written = ("stdout", done.stdout), ("stderr", re.sub(PROGRESS, "", done.stderr, flags=re.MULTILINE))
        parts += [f"--- {title}\n{text}" for title, text in written if text]
        parts += [f"--- asked\n{asked(one)}" for one in server.asked]
        server.asked.clear()
    parts += [f"--- {name}\n{(folder / name).read_bytes().decode()}" for name in said.get("files", [])]
    text = "".join(parts).replace(get_app_dir("post-office"), "FOLDER/post-office").replace(str(folder), "FOLDER")
    assert "not-to-be-seen" not in text
    for pattern, stable in CHANGING:
        text = re.sub(pattern, stable, text)
    return text


def asked(one: Asked) -> str:
    named = [f"{name}: {one.headers[name]}\n" for name in ("content-type", "request-key") if name in one.headers]
    return f"{one.method} {one.target}\n{''.join(named)}{one.body.decode()}\n"
