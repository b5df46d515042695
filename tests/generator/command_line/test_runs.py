"""Runs from the command line, while something changes around them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner

from tests.loopback import Answer, Asked, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from click import Group

HEADER = "to,postage,lines.text\n"


@pytest.mark.parametrize(
    ("result", "counted"),
    [('"success": true, "id": "1"', "1 created"), ('"success": false, "errors": []', "1 rejected")],
)
def test_a_file_that_is_saved_over_meanwhile_is_not_taken_for_the_one_that_was_sent(
    result: str, counted: str, commands: Callable[[], Group], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "lines.csv"
    file.write_text(f"{HEADER}Ana,1,Hello\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def answer(_: Asked) -> Answer:
        file.write_text(f"{HEADER}Ben,x,Hello\nCleo,2,Hello\n", encoding="utf-8")
        return Answer(body=f'{{"letters": [{{{result}}}]}}'.encode())

    with serving(answer) as server:
        given = ["letters", "send-letters", "--from", "lines.csv", "--journal", "run.db", "--base-url", server.url]
        done = CliRunner().invoke(commands(), given, env={"POST_OFFICE_TOKEN": "t"})
    assert done.exit_code == 1
    assert done.stdout.startswith(f"lines.csv: 1 element: {counted}\n")
    assert done.stderr.endswith(
        "Error: lines.csv was saved over while it was being read\n"
        "  Run the same command again: it reads all of it anew.\n"
    )
    assert not (tmp_path / "lines.failed.csv").exists()


def test_calls_that_fail_are_told_while_the_run_goes_on(
    commands: Callable[[], Group], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lines.csv").write_text(f"{HEADER}Ana,1,Hello\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    profile = tmp_path / "once.toml"
    profile.write_text("[options]\nmax_retries = 0\n", encoding="utf-8")
    profile.chmod(0o600)
    answers = [Answer(503), Answer(body=b'{"letters": [{"success": true, "id": "1"}]}')]
    with serving(lambda _: answers.pop(0)) as server:
        given = ["letters", "send-letters", "--from", "lines.csv", "--journal", "run.db", "--base-url", server.url]
        done = CliRunner().invoke(commands(), [*given, "--profile", str(profile)], env={"POST_OFFICE_TOKEN": "t"})
    assert done.exit_code == 0
    assert done.stdout.startswith("lines.csv: 1 element: 1 created\n")
    assert "A call failed, and what was in it goes out again: 503: no body\n" in done.stderr


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".xlsx"])
def test_failed_lines_that_somebody_has_mended_are_kept(
    suffix: str, commands: Callable[[], Group], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[list[object]] = [["Ana", 1, "Hello"], ["Ben", 2, "Hello"], ["Cleo", "=1+1", "Hello"]]
    written(tmp_path / f"lines{suffix}", HEADER.rstrip().split(","), rows)
    monkeypatch.chdir(tmp_path)
    refusal = b'{"success": false, "reasons": [{"code": 7, "message": "Nobody."}]}'
    failed = tmp_path / f"lines.failed{suffix}"

    def files() -> list[str]:
        done = CliRunner().invoke(commands(), given, env={"POST_OFFICE_TOKEN": "t"})
        assert done.exit_code == 1
        assert (" had been changed, and is kept as " in done.stderr) == (failed in mended)
        return sorted(one.name for one in tmp_path.glob("lines.failed*"))

    mended: list[Path] = []
    with serving(lambda _: Answer(body=b'{"letters": [%b, %b]}' % (refusal, refusal))) as server:
        given = ["letters", "send-letters", "--from", f"lines{suffix}", "--journal", "run.db", "--base-url", server.url]
        given += ["--partial"]
        assert files() == [failed.name]
        assert files() == [failed.name]
        mended.append(failed)
        for name in (f"lines.failed.mended{suffix}", f"lines.failed.mended-2{suffix}"):
            written(failed, [*HEADER.rstrip().split(","), "Failed line"], [["Ann", 1, "Hello", 2]])
            assert name in files()
        mended.clear()
        assert len(files()) == 3


def written(file: Path, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write a table."""
    every: list[Sequence[object]] = [headers, *rows]
    if file.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in every:
            book.worksheets[0].append([*row])
        book.save(file)
    elif file.suffix == ".jsonl":
        names = ["to", "postage", "lines", *headers[3:]]
        lines = ([to, postage, [{"text": text}], *origin] for to, postage, text, *origin in rows)
        file.write_text(
            "".join(json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in lines), encoding="utf-8"
        )
    else:
        file.write_text("".join(",".join(map(str, row)) + "\n" for row in every), encoding="utf-8")


def test_failed_lines_that_cannot_be_written_are_told_by_the_name_of_their_file(
    commands: Callable[[], Group], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "lines.csv", HEADER.rstrip().split(","), [["Ana", 1, "Hello"]])
    (tmp_path / "lines.failed.csv").mkdir()
    monkeypatch.chdir(tmp_path)
    with serving(lambda _: Answer(body=b'{"letters": [{"success": false, "reasons": []}]}')) as server:
        given = ["letters", "send-letters", "--from", "lines.csv", "--journal", "run.db", "--base-url", server.url]
        done = CliRunner().invoke(commands(), given, env={"POST_OFFICE_TOKEN": "t"})
    assert done.exit_code == 2
    assert done.stdout == "lines.csv: 1 element: 1 rejected\n"
    assert re.search(r"^Error: lines\.failed\.csv: ", done.stderr, re.MULTILINE)
