"""The story of `make demo`: the one that the README shows."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys

import pytest

from tests.description import ROOT
from zuora_invoices_sandbox import demo

PAINT = re.compile(r"\x1b\[[0-9]+m")
COMMAND = (sys.executable, "-m", "zuora_invoices_sandbox.demo")
README = (ROOT / "README.md").read_text("utf-8")


def story(*, colour: bool = False) -> str:
    stream = io.StringIO()
    demo.tell(demo.Printer(stream, colour=colour))
    return stream.getvalue()


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM"}}
    return kept | {"TERM": "xterm"} | more


def seen_in_a_terminal(**more: str) -> str:
    """What the command prints where its output is a terminal."""
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        done = subprocess.run(COMMAND, env=environment(**more), stdout=theirs, stderr=theirs, check=False)
        os.close(theirs)
        text = b""
        try:
            while part := terminal.read(65_536):
                text += part
        except OSError:  # how Linux says that nobody writes any more
            pass
    assert done.returncode == 0, text
    return text.decode().replace("\r\n", "\n")


def test_the_readme_shows_what_is_told() -> None:
    (shown,) = re.findall(r"^    make demo\n.*?^```text\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert story() == shown


def test_what_is_piped_is_plain_and_says_nothing_else() -> None:
    done = subprocess.run(COMMAND, env=environment(), capture_output=True, encoding="utf-8", check=True)
    assert (done.stdout, done.stderr) == (story(), "")


def test_colour_changes_no_word() -> None:
    assert PAINT.search(story(colour=True))
    assert PAINT.sub("", story(colour=True)) == story()


@pytest.mark.slow
@pytest.mark.parametrize(("more", "painted"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_a_terminal_gets_colour_if_it_wants_it(more: dict[str, str], painted: bool) -> None:
    output = seen_in_a_terminal(**more)
    assert bool(PAINT.search(output)) == painted
    assert PAINT.sub("", output) == story()


def test_a_reader_that_goes_ends_it_without_a_word() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "zuora_invoices_sandbox.demo"]
    try:
        done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_story_is_true() -> None:
    text = story()
    assert "9007199254740993.30 EUR" in text
    assert re.search(r"^  2 attempts, 1 invoice  ", text, re.MULTILINE)
    assert re.findall(r"^  \[(\d)\] (\w+)", text, re.MULTILINE) == [
        ("0", "Invoice"),
        ("1", "InvoiceFailure"),
        ("2", "Invoice"),
    ]
