"""What people are told about changes to the spec is so: its worked examples run, in a copy of the spec.

`UPDATE_CASES=1 pytest tests/project/test_contributing.py` writes their output into CONTRIBUTING.md: read the diff.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.document import loader
from generator.document.parser import parse
from generator.review import waivers

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
FILE = ROOT / "CONTRIBUTING.md"
TEXT = FILE.read_text(encoding="utf-8")
SPEC = ROOT / "spec" / "openapi.yaml"
UPDATE = os.environ.get("UPDATE_CASES") == "1"
OUTPUT = re.compile(r"(<!-- output: (.*?) -->\n\n)(.*?)(\n<!-- end of output -->)", re.DOTALL)
MOST_LINES = 30
"""An example is there to be read."""


def block(beginning: str) -> str:
    """The indented block of the text whose first line is this."""
    found = re.search(rf"^( +){re.escape(beginning)}\n(?:\1.*\n|\n)*", TEXT, re.MULTILINE)
    assert found is not None
    return textwrap.dedent(found[0])


# -- the worked examples ----------------------------------------------------------------------------------------------


class Copy:
    """A repository that holds the spec and the package, and nothing to run: that is taken from here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.spec = folder / "spec" / "openapi.yaml"
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        self.environment |= {
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "PYTHONPATH": str(ROOT),
            **{f"GIT_{role}_{key}": "a@b.c" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")},
        }

    def fill(self) -> None:
        """Lay the files out, with the versions of the examples, whichever the project has come to, and no waiver."""
        shutil.copytree(ROOT / "spec", self.folder / "spec")
        shutil.copytree(ROOT / "generated", self.folder / "generated", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", self.folder)
        self.edit("spec/openapi.yaml", r"(?m)^  version: .*$", '  version: "0.1.0"')
        self.edit("pyproject.toml", r'(?m)^version = ".*"$', 'version = "0.1.0"')
        (self.folder / "spec" / "waivers.yaml").unlink(missing_ok=True)
        self.regenerate()
        self.run("git", "init", "--quiet", "--initial-branch=main")
        self.run("git", "add", "--all")
        self.run("git", "commit", "--quiet", "--message", "It.")

    def edit(self, name: str, pattern: str, by: str, start: int = 0) -> None:
        """Replace what is found first; the text has to be there."""
        file = self.folder / name
        text = file.read_text(encoding="utf-8")
        edited, count = re.subn(pattern, lambda _: by, text[start:], count=1)
        assert count == 1, pattern
        file.write_text(text[:start] + edited, encoding="utf-8")

    def edit_field(self, field: str, pattern: str, by: str) -> None:
        """The same in a field of the schema that the examples are about, or after it."""
        text = self.spec.read_text(encoding="utf-8")
        start = text.index(f"\n        {field}:\n", text.index("\n    PostInvoiceType:\n"))
        self.edit("spec/openapi.yaml", pattern, by, start)

    def run(self, *command: str) -> str:
        """What a command that succeeds says."""
        done = self.start(*command)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, encoding="utf-8", check=False
        )

    def regenerate(self) -> None:
        self.run(sys.executable, "-m", "generator", "generate")

    def review(self) -> subprocess.CompletedProcess[str]:
        return self.start(sys.executable, "-m", "generator", "review")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copies") / "original"
    folder.mkdir()
    Copy(folder).fill()
    return folder


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Copy:
    return Copy(shutil.copytree(original, tmp_path / "copy"))


def add_a_field(copy: Copy) -> None:
    field = textwrap.indent(block("costCenter:").rstrip(), " " * 8)
    copy.edit_field("comments", r"\n        currency:\n", f"\n{field}\n        currency:\n")


def lower_a_limit(copy: Copy) -> None:
    copy.edit_field("invoiceNumber", r"maxLength: 32\n", "maxLength: 20\n")


EXAMPLES: dict[str, tuple[Callable[[Copy], None], int]] = {
    "an optional property added": (add_a_field, 0),
    "maxLength of a request lowered": (lower_a_limit, 1),
}


def words(output: str) -> list[str]:
    """The words of a report: without places and hashes, which any change of the spec moves, and the breaks of lines
    that follow from them."""
    return re.sub(r"(?<=\.yaml):\d+:\d+|\([0-9a-f]{7,40}\)", "", output).split()


def test_every_output_of_the_text_is_of_an_example_here() -> None:
    assert [name for _, name, *_ in OUTPUT.findall(TEXT)] == list(EXAMPLES)


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_gives_what_the_text_says(name: str, copy: Copy) -> None:
    edit, code = EXAMPLES[name]
    edit(copy)
    copy.regenerate()
    done = copy.review()
    assert (done.returncode, len(done.stdout.splitlines()) <= MOST_LINES) == (code, True), done.stdout + done.stderr
    if UPDATE:
        shown = textwrap.indent(done.stdout, " " * 4)
        text = FILE.read_text(encoding="utf-8")
        FILE.write_text(
            OUTPUT.sub(lambda found: f"{found[1]}{shown}{found[4]}" if found[2] == name else found[0], text),
            encoding="utf-8",
        )
    [said] = [output for _, other, output, _ in OUTPUT.findall(FILE.read_text(encoding="utf-8")) if other == name]
    assert words(said) == words(done.stdout), "write it anew: UPDATE_CASES=1 make test"
    assert not re.search(r"Traceback|internal error", done.stderr)


@pytest.mark.slow
def test_the_waiver_of_the_example_lets_its_break_land(copy: Copy) -> None:
    lower_a_limit(copy)
    later = re.sub(r"(?m)expires: .*$", "expires: 2999-12-31", block("waivers:"))
    (copy.folder / "spec" / "waivers.yaml").write_text(later, encoding="utf-8")
    done = copy.review()
    assert done.returncode == 0, done.stdout
    assert "1 change on the wire (waived)" in done.stderr


@pytest.mark.slow
def test_the_version_of_the_example_lets_its_break_land(copy: Copy) -> None:
    lower_a_limit(copy)
    copy.edit("spec/openapi.yaml", r'  version: "0\.1\.0"', '  version: "0.2.0"')
    assert copy.review().returncode == 0


# -- what the text says of the spec -----------------------------------------------------------------------------------


def test_the_waiver_of_the_example_is_sound_and_names_a_field_that_there_is(tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text(block("waivers:"), encoding="utf-8")
    [waiver], findings = waivers.load(file)
    assert findings == ()
    field = loader.load(SPEC).find(waiver.pointer)
    assert field is not None
    assert field["maxLength"].value == 32  # as the example says
    assert "in place of 32" in TEXT


def test_the_new_field_of_the_example_is_not_there_yet_and_could_be() -> None:
    value, findings = parse(block("costCenter:"), "CONTRIBUTING.md")
    assert findings == []
    assert isinstance(value, dict)
    properties = loader.load(SPEC).find("/components/schemas/PostInvoiceType/properties")
    assert properties is not None
    assert properties.child("costCenter") is None
    assert value["costCenter"] == {
        "type": "string",
        "maxLength": 40,
        "description": "Cost centre that the invoice is booked to, as the customer's books call it.",
    }


# -- around it --------------------------------------------------------------------------------------------------------


def test_owners_are_named_by_whoever_takes_the_repository_over() -> None:
    lines = (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    assert all(not line or line.startswith("# ") for line in lines)
    rules = [line.removeprefix("# ").split() for line in lines if line.startswith("# /")]
    assert [path for path, *_ in rules if not (ROOT / path.strip("/")).exists()] == []
    assert {path for path, *_ in rules} >= {"/spec/", "/generator/", "/generated/", "/.github/"}
    assert all(owner.startswith("@TODO-") for _, *owners in rules for owner in owners)


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
@pytest.mark.parametrize(
    ("base", "word"),
    [
        ("", ""),
        ("v0.1.0", "--base='v0.1.0'"),
        ("a b;c#$HOME`d`", "--base='a b;c#$HOME`d`'"),
        ("it's", r"--base='it'\''s'"),
        ("$(shell touch made)", "--base='$(shell touch made)'"),
    ],
)
def test_make_takes_any_base_as_one_word(base: str, word: str, tmp_path: Path) -> None:
    # Nothing is run: make says what it would do.
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements.txt").touch()
    (tmp_path / "pyproject.toml").touch()
    done = subprocess.run(
        [shutil.which("make") or "make", "--dry-run", "--silent", "review", f"BASE={base}", "ARGS=--format json"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines()[-1] == f".venv/bin/python -m generator review {word} --format json"
    assert not (tmp_path / "made").exists()


def test_make_does_not_repeat_the_command_of_a_review() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    [recipe] = re.findall(r"^review:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert all(line.startswith("\t@") for line in recipe.splitlines())
