"""The command line as a program: how it starts, what it loads, and how it is ended."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from tests.loopback import Answer, Asked, serving

if TYPE_CHECKING:
    from collections.abc import Callable

    import click

INTERRUPTIBLE = (
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.executable, sys.argv[1:])"
)
"""A shell lets what it starts in the background ignore SIGINT, and so does all that is started there."""
SENT = b'{"success": true, "id": "1"}'
FULL = Path("/dev/full")
BODY = '{"to": "Ana", "postage": 1, "lines": [{"text": "Hello"}]}'


def program(packages: Path, script: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("POST_OFFICE_", "PYTHON"))}
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=packages,
        env=kept,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_without_its_libraries_it_says_what_to_install(packages: Path) -> None:
    done = program(packages, "import sys; sys.modules['click'] = None; from post_office.__main__ import main; main()")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "post-office: click is not installed: pip install click rich pyyaml\n"


def test_it_lists_commands_without_loading_the_client(packages: Path) -> None:
    script = (
        "import sys\nfrom post_office.__main__ import main\ntry:\n    main(['letters', '--help'])\n"
        "finally:\n    print(sorted({'pydantic', 'httpx2', 'rich', 'post_office.models'} & set(sys.modules)))"
    )
    done = program(packages, script)
    assert done.stderr == ""
    assert done.stdout.endswith("\n[]\n")


def test_docstrings_may_be_left_out(packages: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-OO", "-m", "post_office", "letters", "send-letter", "--help"],
        cwd=packages,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Send a letter" in done.stdout
    assert "--request-key TEXT" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="has no SIGINT of that kind")
def test_who_interrupts_it_is_told_how_to_send_it_again(packages: Path, tmp_path: Path) -> None:
    arrived, over = threading.Event(), threading.Event()

    def answer(_: Asked) -> Answer:
        arrived.set()
        over.wait()
        return Answer(drop=True)

    (tmp_path / "letter.json").write_text(BODY, encoding="utf-8")
    with serving(answer) as server:
        variables = {"POST_OFFICE_TOKEN": "t", "POST_OFFICE_BASE_URL": server.url, "PYTHONPATH": str(packages)}
        command = [sys.executable, "-m", "post_office", "letters", "send-letter", "letter.json"]
        running = subprocess.Popen(
            [sys.executable, "-c", INTERRUPTIBLE, *command],
            cwd=tmp_path,
            env={**os.environ, **variables},
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert arrived.wait(60)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate()
        over.set()
    assert running.returncode == 3
    key = server.last.headers["request-key"]
    assert said == (
        "Error: sendLetter: interrupted; it may have been carried out\n"
        "  To send it again, or get the answer to it: "
        f"python -m post_office letters send-letter letter.json --request-key {key}\n"
    )


@pytest.mark.skipif(not FULL.exists(), reason="has no disk that is always full")
def test_what_cannot_be_shown_is_told_and_what_was_done_all_the_same(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.json").write_text(BODY, encoding="utf-8")
    with serving(lambda asked: Answer(body=b"[]" if asked.method == "GET" else SENT)) as server:
        variables = {"POST_OFFICE_TOKEN": "t", "POST_OFFICE_BASE_URL": server.url, "PYTHONPATH": str(packages)}

        def shown(*given: str) -> tuple[int, str]:
            with FULL.open("wb") as full:
                done = subprocess.run(
                    [sys.executable, "-m", "post_office", "letters", *given],
                    cwd=tmp_path,
                    env={**os.environ, **variables},
                    stdout=full,
                    stderr=subprocess.PIPE,
                    encoding="utf-8",
                    check=False,
                )
            return done.returncode, done.stderr

        reading, sending = shown("list-letters", "--to", "Ana"), shown("send-letter", "letter.json")
    assert reading == (2, "Error: standard output cannot be written: No space left on device\n")
    again = f"python -m post_office letters send-letter letter.json --request-key {server.last.headers['request-key']}"
    message = "sendLetter: standard output cannot be written: No space left on device; it was carried out"
    assert sending == (3, f"Error: {message}\n  To send it again, or get the answer to it: {again}\n")


def test_nothing_need_be_attached_to_standard_output(packages: Path) -> None:
    given = ["letters", "list-letters", "--to", "Ana"]
    script = f"import sys; sys.stdout = None; from post_office.__main__ import main; main({given})"
    with serving(lambda _: Answer(body=b"[]")) as server:
        variables = f"import os; os.environ.update(POST_OFFICE_TOKEN='t', POST_OFFICE_BASE_URL='{server.url}'); "
        done = program(packages, variables + script)
    assert (done.returncode, done.stderr) == (0, "")


def test_completion_knows_commands_options_and_servers(commands: Callable[[], click.Group]) -> None:
    complete = ShellComplete(commands(), {}, "post-office", "_POST_OFFICE_COMPLETE")

    def found(*begun: str) -> list[str]:
        return [one.value for one in complete.get_completions([*begun[:-1]], begun[-1])]

    assert found("l") == ["letters"]
    assert found("letters", "send") == ["send-letter", "send-letters"]
    assert found("letters", "list-letters", "--sta") == ["--state", "--stamped"]
    assert found("letters", "list-letters", "--base-url", "https://t") == ["https://trial.post.example"]
    assert found("letters", "list-letters", "--output", "") == ["json", "table"]


@pytest.mark.usefixtures("commands")
def test_a_sandbox_is_found_by_its_entry_point(
    commands: Callable[[], click.Group], monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = importlib.import_module("post_office._runtime.cli.connection")
    assert connection.SANDBOX == "post_office.sandbox"

    class Without:
        def load(self) -> Callable[[], object]:
            return self.missing

        def missing(self) -> object:
            raise ModuleNotFoundError("No module named 'shelves'", name="shelves")

    monkeypatch.setattr(connection, "entry_points", lambda **_: [Without()])
    done = CliRunner().invoke(commands(), ["letters", "list-letters", "--to", "Ana", "--sandbox"])
    assert done.exit_code == 2
    assert done.stderr == "Error: the sandbox needs shelves, which is not installed: pip install shelves\n"


@pytest.mark.skipif(os.name == "nt", reason="has no SIGINT of that kind")
def test_a_run_that_is_interrupted_finishes_what_is_under_way_and_goes_on_later(packages: Path, tmp_path: Path) -> None:
    arrived, go_on = threading.Event(), threading.Event()

    def answer(asked: Asked) -> Answer:
        arrived.set()
        go_on.wait()
        count = asked.body.count(b'"to"')
        results = ", ".join(['{"success": true, "id": "1"}'] * count)
        return Answer(body=f'{{"letters": [{results}]}}'.encode())

    lines = ["to,postage,lines.text", *(f"Ana,{number},Hello" for number in range(1, 10))]
    (tmp_path / "lines.csv").write_text("\n".join(lines), encoding="utf-8")
    with serving(answer) as server:
        variables = {"POST_OFFICE_TOKEN": "t", "POST_OFFICE_BASE_URL": server.url, "PYTHONPATH": str(packages)}
        command = [sys.executable, "-m", "post_office", "letters", "send-letters"]
        command += ["--from", "lines.csv", "--journal", "run.db", "--workers", "1"]
        environment = {**os.environ, **variables}
        running = subprocess.Popen(
            command,
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert arrived.wait(60)
        running.send_signal(signal.SIGINT)
        assert running.stderr is not None
        said = ""
        while "Stopping: " not in said:
            line = running.stderr.readline()
            assert line, said
            said += line
        go_on.set()
        shown, _ = running.communicate()
        assert running.returncode == 1, shown
        assert shown.startswith(
            "lines.csv: 9 elements: 3 created, 6 not sent\nTo go on: python -m post_office letters "
        )
        again = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        )
    assert again.returncode == 0, again.stderr
    assert again.stdout.startswith("lines.csv: 9 elements: 9 created\n")
    assert [one.body.count(b'"to"') for one in server.asked] == [3, 3, 3]


def test_a_run_whose_journal_cannot_be_written_any_more_ends_as_one_that_may_have_done_something(
    commands: Callable[[], click.Group], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = commands()
    bulk = importlib.import_module("post_office._runtime.bulk")

    def full(*_: object, **__: object) -> None:
        raise bulk.JournalError("the disk is full")

    def answer(_: Asked) -> Answer:
        store = importlib.import_module("post_office._runtime.bulk.store")
        monkeypatch.setattr(store.Store, "commit", full)
        return Answer(body=b'{"letters": [{"success": true, "id": "1"}]}')

    (tmp_path / "lines.csv").write_text("to,postage,lines.text\nAna,1,Hello", encoding="utf-8")
    command = ["letters", "send-letters", "--from", str(tmp_path / "lines.csv"), "--journal", str(tmp_path / "run.db")]
    with serving(answer) as server:
        variables = {"POST_OFFICE_TOKEN": "t", "POST_OFFICE_BASE_URL": server.url}
        done = CliRunner().invoke(group, command, env=variables)
        assert (done.exit_code, "the disk is full" in done.stderr) == (3, True)
        monkeypatch.undo()
        done = CliRunner().invoke(group, command, env=variables)
        assert (done.exit_code, len({one.headers["request-key"] for one in server.asked})) == (3, 1)


@pytest.mark.usefixtures("commands")
def test_a_resource_keeps_its_name_where_a_command_for_runs_has_it_too() -> None:
    cli = importlib.import_module("post_office._runtime.cli")
    application = importlib.import_module("post_office._runtime.cli.application")
    many = cli.Command("send_all", "SEND_ALL", "Send", bulk="send_all_bulk")
    resources = (cli.Resource("status", "Status", "", (many,)), cli.Resource("letters", "Letters", "", ()))
    program = cli.Program("post-office", "Post office", "POST_OFFICE", (), (), resources)
    assert sorted(application.application(program).commands) == [
        "init-map",
        "letters",
        "report",
        "run-status",
        "settle",
        "status",
    ]
