"""What the commands look like in a terminal: in colour, within its width, with nothing in it that moves the cursor."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.loopback import Answer, Asked, serving

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="has no pseudo-terminals")

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LETTERS = '[{"success": true, "id": "1", "to": "An\u009b31ma\U0001f600", "postage": 0.550, "note": "%s"}]' % ("x" * 90)
LINES = "to,postage,lines.text\nAna,1,Hello\nBob,x,Hello\nCleo,1,Hello\n"


def answer(asked: Asked) -> Answer:
    if asked.method == "GET":
        return Answer(body=LETTERS.encode())
    results = '{"success": true, "id": "1"}, {"success": false, "reasons": [{"code": 7, "message": "Nobody."}]}'
    return Answer(body=f'{{"letters": [{results}]}}'.encode())


def shown(packages: Path, folder: Path, *arguments: str, **variables: str) -> tuple[int, str]:
    """The exit code of a command, and everything that it writes to a terminal of 60 columns."""
    import pty  # which some systems lack

    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    with serving(answer) as server:
        own = {"POST_OFFICE_TOKEN": "t", "POST_OFFICE_BASE_URL": server.url, "PYTHONPATH": str(packages)}
        running = subprocess.Popen(
            [sys.executable, "-m", "post_office", "letters", *arguments],
            cwd=folder,
            env={**kept, **own, "TERM": "xterm-256color", "COLUMNS": "60", "PYTHONUTF8": "1", **variables},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        written = b""
        try:
            while part := os.read(ours, 65536):
                written += part
        except OSError:  # so Linux says that the other end is closed
            pass
        os.close(ours)
        return running.wait(), written.decode().replace("\r\n", "\n")


def test_json_is_in_colour_and_still_json(packages: Path, tmp_path: Path) -> None:
    code, text = shown(packages, tmp_path, "list-letters", "--to", "Ana")
    assert code == 0
    assert COLOUR.search(text)
    plain = COLOUR.sub("", text)
    assert '"to": "An\\u009b31ma\U0001f600",\n    "postage": 0.550,\n' in plain
    assert "\u009b" not in text


def test_no_colour_where_nobody_wants_it(packages: Path, tmp_path: Path) -> None:
    _, text = shown(packages, tmp_path, "list-letters", "--to", "Ana", NO_COLOR="1")
    assert not re.search(r"\x1b\[[0-9;]*[39][0-7]m", text)
    assert '"id": "1"' in COLOUR.sub("", text).replace('"id" ', '"id"')
    for variables in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        _, text = shown(packages, tmp_path, "send-letters", **variables)
        assert text.startswith("Error: ")


def test_a_table_keeps_to_the_width_and_says_what_is_not_in_it(packages: Path, tmp_path: Path) -> None:
    _, text = shown(packages, tmp_path, "list-letters", "--to", "Ana", "--output", "table")
    lines = COLOUR.sub("", text).splitlines()
    assert max(map(len, lines)) <= 60
    assert any(line.split() == ["success", "id", "to", "postage"] for line in lines)
    assert "and 1 column more: --output json has all of them" in lines


def test_a_run_has_plain_lines_where_nothing_can_move(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "lines.csv").write_text(LINES, encoding="utf-8")
    run = ["send-letters", "--from", "lines.csv", "--journal", "run.db", "--partial"]
    code, text = shown(packages, tmp_path, *run, TERM="dumb")
    assert code == 1
    assert "\nCleo" not in text
    assert "\n\n" not in text
    assert COLOUR.search(text) is None


def test_a_run_has_a_bar_with_what_fails_above_it(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "lines.csv").write_text(LINES, encoding="utf-8")
    code, text = shown(
        packages, tmp_path, "send-letters", "--from", "lines.csv", "--journal", "run.db", "--partial", COLUMNS="100"
    )
    assert code == 1
    plain = COLOUR.sub("", text)
    assert 'lines.csv:3, column "postage": must be a number' in plain
    assert "4: rejected: 7: Nobody." in plain
    assert re.search(r"lines\.csv .*2/2 1 created, 1 failed", plain)
    assert "\nlines.csv: 3 elements: 1 created, 1 rejected, 1 invalid\n" in plain.replace("\x1b[1A\x1b[2K", "\n")
