"""`python -m generator review` in a repository of git: which base, which exit code, and no traceback whatever comes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.elsewhere import Elsewhere

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

pytestmark = pytest.mark.slow  # each runs the program as people do, in repositories of its own

ROOT = Path(__file__).parents[2]
SPEC = "spec/openapi.yaml"
PETS = """\
openapi: 3.1.1
info: {title: Pets, version: "1.0.0"}
servers: [{url: "https://pets.example"}]
paths:
  /pets:
    post:
      operationId: addPet
      summary: Adds a pet.
      tags: [pets]
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: "#/components/schemas/Pet"}
      responses:
        "201": {description: Added.}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string, maxLength: 40}
        age: {type: integer, minimum: 0}
"""
EDITED = PETS.replace("        age: {type: integer, minimum: 0}\n", "").replace("Adds a pet.", "Adds one pet.")
WIDENED = PETS.replace("maxLength: 40", "maxLength: 80")


class Repository:
    """A repository with one commit of pets on `main`, and on `feature` one that takes a property away."""

    def __init__(self, folder: Path, *, commits: bool = True) -> None:
        self.folder = folder
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        self.environment |= {
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "PYTHONPATH": str(ROOT),
            **{f"GIT_{role}_{key}": "a@b.c" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")},
        }
        folder.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")
        if commits:
            self._commit_pets()

    def _commit_pets(self) -> None:
        self.first = self.commit({SPEC: PETS, "README.md": "Pets.\n"})
        self.git("checkout", "--quiet", "-b", "feature")
        self.second = self.commit({SPEC: EDITED})

    def git(self, *arguments: str) -> str:
        command = ["git", *arguments]
        done = subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, check=True)
        return done.stdout.decode().strip()

    def write(self, files: Mapping[str, str | bytes]) -> None:
        for name, content in files.items():
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(self, files: Mapping[str, str | bytes]) -> str:
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "It.")
        return self.git("rev-parse", "--short=7", "HEAD")

    def review(self, *arguments: str, head: str = SPEC, below: str = ".") -> subprocess.CompletedProcess[str]:
        """Run it; whatever it is asked for, it writes nothing here and ends in words."""
        before = self.snapshot()
        command = [sys.executable, "-m", "generator", "review", "--head", head, *arguments]
        where = self.folder / below
        done = subprocess.run(
            command, cwd=where, env=self.environment, capture_output=True, encoding="utf-8", check=False
        )
        assert self.snapshot() == before
        assert "Traceback" not in done.stderr
        assert "internal error" not in done.stderr
        return done

    def snapshot(self) -> dict[str, tuple[bytes, int]]:
        return {
            path.relative_to(self.folder).as_posix(): (
                path.read_bytes() if path.is_file() else b"",
                path.stat().st_mtime_ns,
            )
            for path in self.folder.rglob("*")
        }


@pytest.fixture
def pets(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "pets")


# -- the base ---------------------------------------------------------------------------------------------------------


def test_the_base_is_where_the_branch_began(pets: Repository) -> None:
    assert pets.review().stderr.startswith(f"{SPEC} against main ({pets.first}): ")
    pets.git("checkout", "--quiet", "main")
    pets.commit({"README.md": "More pets.\n"})
    pets.git("checkout", "--quiet", "feature")
    assert pets.review().stderr.startswith(f"{SPEC} against merge base with main ({pets.first}): ")


def test_the_base_is_head_where_nothing_is_ahead(pets: Repository) -> None:
    pets.git("checkout", "--quiet", "main")
    pets.write({SPEC: EDITED})
    assert pets.review().stderr.startswith(f"{SPEC} against main ({pets.first}): ")


def test_the_base_is_the_revision_that_is_asked_for(pets: Repository) -> None:
    assert pets.review("--base", "HEAD").stderr.startswith(f"{SPEC} against HEAD ({pets.second}): ")
    assert pets.review("--base=HEAD~1").stderr.startswith(f"{SPEC} against HEAD~1 ({pets.first}): ")
    assert pets.review("--base", pets.first).stderr.startswith(f"{SPEC} against {pets.first}: ")


def test_the_base_is_the_file_that_is_asked_for(pets: Repository) -> None:
    pets.write({"old.yaml": PETS, "feature": PETS})
    assert pets.review("--base", "old.yaml").stderr.startswith(f"{SPEC} against old.yaml: ")
    assert pets.review("--base", "feature").stderr.startswith(f"{SPEC} against feature: ")


def test_a_description_in_a_folder_below(pets: Repository) -> None:
    done = pets.review(head="openapi.yaml", below="spec")
    assert done.stderr.startswith(f"openapi.yaml against main ({pets.first}): ")
    pets.write({"docs/x": ""})
    done = pets.review(head="../spec/openapi.yaml", below="docs")
    assert done.stderr.startswith(f"../spec/openapi.yaml against main ({pets.first}): ")


# -- exit codes -------------------------------------------------------------------------------------------------------


def test_no_change_passes(pets: Repository) -> None:
    done = pets.review("--base", "HEAD")
    assert (done.returncode, done.stderr.rpartition(" (")[0]) == (
        0,
        f"{SPEC} against HEAD ({pets.second}): No change in meaning. May land: nobody breaks",
    )


def test_a_wider_request_passes(pets: Repository) -> None:
    pets.write({SPEC: WIDENED})
    assert pets.review().returncode == 0


def test_a_break_does_not_pass(pets: Repository) -> None:
    done = pets.review()
    assert done.returncode == 1
    assert "Breaking: 1 change on the wire; needs version 2.0.0, info.version says 1.0.0. May not land" in done.stderr


def test_a_break_that_the_version_says_passes(pets: Repository) -> None:
    pets.write({SPEC: EDITED.replace("1.0.0", "2.0.0")})
    done = pets.review()
    assert done.returncode == 0
    assert "Breaking: 1 change on the wire; info.version 2.0.0 is enough. May land" in done.stderr


def test_a_waived_break_passes(pets: Repository) -> None:
    entry = {"rule": "property-removed", "pointer": "/components/schemas/Pet/properties/age"}
    waiver = {**entry, "reason": "Nobody sends it.", "expires": "2999-12-31"}
    pets.write({"spec/waivers.yaml": json.dumps({"waivers": [waiver]})})
    done = pets.review()
    assert done.returncode == 0
    assert "Breaking: 1 change on the wire (waived); asks for version 1.1.0" in done.stderr


@pytest.mark.parametrize(
    ("moment", "zone", "code"),
    [
        (datetime(2027, 1, 31, 12, tzinfo=UTC), "Pacific/Kiritimati", 0),  # where it is the first of February
        (datetime(2027, 2, 1, 1, tzinfo=UTC), "America/St_Johns", 1),  # where it is the last of January
    ],
)
def test_a_waiver_ends_with_its_day_in_utc(
    moment: datetime, zone: str, code: int, pets: Repository, tmp_path: Path
) -> None:
    entry = {"rule": "property-removed", "pointer": "/components/schemas/Pet/properties/age"}
    waiver = {**entry, "reason": "Nobody sends it.", "expires": "2027-01-31"}
    pets.write({"spec/waivers.yaml": json.dumps({"waivers": [waiver]})})
    pets.environment |= Elsewhere(moment, zone, "C").variables(tmp_path)
    assert pets.review().returncode == code


def test_a_waiver_that_nothing_needs_does_not_pass(pets: Repository) -> None:
    entry = {"rule": "property-added", "pointer": "/components/schemas/Pet", "reason": "No.", "expires": "2999-12-31"}
    pets.write({"spec/waivers.yaml": json.dumps({"waivers": [entry]})})
    assert pets.review("--base", "HEAD").returncode == 1
    pets.write({"none.yaml": "waivers: []\n"})
    assert pets.review("--base", "HEAD", "--waivers", "none.yaml").returncode == 0


def test_a_finding_that_is_an_error_does_not_pass(pets: Repository) -> None:
    pets.write({SPEC: EDITED + "        kind: {$ref: '#/components/schemas/Kind'}\n"})
    done = pets.review("--base", "HEAD")
    assert done.returncode == 1
    assert "May not land: mend 1 error in the description" in done.stderr


# -- forms ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "markdown", "html", "github", "json"])
def test_every_form_is_printed_the_same_each_time(form: str, pets: Repository) -> None:
    # An environment without any locale must not change a byte of it.
    done = pets.review("--format", form)
    assert done.returncode in (0, 1)
    if form != "github":  # nothing to annotate is nothing to say
        assert done.stdout
    if form == "json":
        json.loads(done.stdout)
    pets.environment |= {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONHASHSEED": "7"}
    assert pets.review("--format", form).stdout == done.stdout


# -- a pull request ---------------------------------------------------------------------------------------------------

PULL_REQUEST = ROOT / "tests" / "cases" / "pull-request"
EXPECTED = {"markdown": "comment.md", "github": "annotations.txt"}


@pytest.fixture
def pull_request(tmp_path: Path) -> Repository:
    """A project with its package on `main`, and a branch that edits the description and forgets to regenerate."""
    orders = Repository(tmp_path / "orders", commits=False)
    orders.commit(files_below(PULL_REQUEST / "base"))
    command = [sys.executable, "-m", "generator", "generate"]
    subprocess.run(command, cwd=orders.folder, env=orders.environment, capture_output=True, check=True)
    orders.commit({})
    orders.git("checkout", "--quiet", "-b", "vouchers")
    orders.commit(files_below(PULL_REQUEST / "head"))
    return orders


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


@pytest.mark.parametrize("form", EXPECTED)
def test_a_pull_request_gets_the_expected_comment(form: str, pull_request: Repository) -> None:
    done = pull_request.review("--format", form)
    # The generator itself is no part of the base, so its hash is not either: that of the commit depends on it.
    said = done.stdout.replace(pull_request.git("rev-parse", "--short=7", "main"), "0000000")
    file = PULL_REQUEST / EXPECTED[form]
    if os.environ.get("UPDATE_CASES") == "1":
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")
    assert done.returncode == 1


# -- several files ----------------------------------------------------------------------------------------------------

PET_FILE = """\
type: object
required: [name]
properties:
  name: {type: string, maxLength: 40}
  age: {type: integer, minimum: 0}
"""
SPLIT = PETS[: PETS.index("components:")].replace("#/components/schemas/Pet", "schemas/Pet.yaml")


def test_a_description_in_several_files_on_both_sides(pets: Repository) -> None:
    pets.git("checkout", "--quiet", "main")
    pets.commit({SPEC: SPLIT, "spec/schemas/Pet.yaml": PET_FILE})
    # What is edited is the file beside; were it read for the base as well, nothing would differ.
    pets.write({"spec/schemas/Pet.yaml": PET_FILE.replace("  age: {type: integer, minimum: 0}\n", "")})
    assert pets.review("--base", "HEAD").returncode in (0, 1)
    (pets.folder / "spec/schemas/Pet.yaml").unlink()
    done = pets.review("--base", "HEAD")
    assert done.returncode == 1
    assert "or waive them; mend 1 error in the description" in done.stderr


def test_a_file_is_split_into_several(pets: Repository) -> None:
    pets.git("checkout", "--quiet", "main")
    pets.write({SPEC: SPLIT, "spec/schemas/Pet.yaml": PET_FILE})
    done = pets.review()
    assert done.returncode == 0
    assert "No change in meaning. May land: nobody breaks" in done.stderr


# -- what cannot be used ----------------------------------------------------------------------------------------------


def base_that_is_no_yaml(pets: Repository) -> list[str]:
    pets.commit({SPEC: "a: ["})
    pets.write({SPEC: PETS})
    return ["--base", "HEAD"]


def head_that_is_no_yaml(pets: Repository) -> list[str]:
    pets.write({SPEC: "a: ["})
    return []


def head_that_is_binary(pets: Repository) -> list[str]:
    pets.write({SPEC: bytes(range(256)) * 9})
    return []


def base_that_is_binary(pets: Repository) -> list[str]:
    pets.write({"old.yaml": bytes(range(256)) * 9})
    return ["--base", "old.yaml"]


def head_that_is_not_there(pets: Repository) -> list[str]:
    (pets.folder / SPEC).unlink()
    return []


def base_without_the_file(pets: Repository) -> list[str]:
    pets.git("mv", SPEC, "spec/pets.yaml")
    return ["--head", "spec/pets.yaml"]


def no_repository(pets: Repository) -> list[str]:
    (pets.folder / ".git").rename(pets.folder.parent / "git")
    return []


def empty_repository(pets: Repository) -> list[str]:
    pets.git("update-ref", "-d", "refs/heads/feature")
    return []


def no_default_branch(pets: Repository) -> list[str]:
    pets.git("branch", "--move", "main", "trunk")
    return []


def broken_repository(pets: Repository) -> list[str]:
    for file in (pets.folder / ".git" / "objects").rglob("*"):
        if file.is_file():
            file.chmod(0o600)
            file.write_bytes(b"")
    return []


UNUSABLE: dict[str, tuple[Callable[[Repository], list[str]], str]] = {
    "a revision that is none": (lambda _: ["--base", "none"], "error: 'none' is neither a file nor a revision"),
    "an option for a revision": (lambda _: ["--base=--output=x"], "error: '--output=x' is neither a file nor"),
    "a folder for a revision": (lambda _: ["--base=spec"], "error: 'spec' is neither a file nor a revision"),
    "a base that is no YAML": (base_that_is_no_yaml, "error: the base, HEAD ("),
    "a head that is no YAML": (head_that_is_no_yaml, f"{SPEC}:2:1: error[yaml-syntax]: "),
    "a head that is binary": (head_that_is_binary, f"{SPEC}:2:118: error[unreadable-file]: byte 0x80"),
    "a base that is binary": (base_that_is_binary, "error: the base, old.yaml, cannot be read\nold.yaml:2:118: error["),
    "a head that is not there": (head_that_is_not_there, f"{SPEC}:1:1: error[unreadable-file]: "),
    "a base without the file": (base_without_the_file, "error: there is no spec/pets.yaml at main ("),
    "no repository": (no_repository, f"error: {SPEC} is in no repository that git can read; give --base FILE\n"),
    "an empty repository": (
        empty_repository,
        "error: HEAD is no commit that git can read, as where there is none yet; give --base FILE\n",
    ),
    "no default branch": (no_default_branch, "error: none of origin/main, origin/master, main, master is here"),
    "a broken repository": (broken_repository, "error: "),
    "no waivers": (lambda _: ["--waivers", "gone.yaml"], "error: there is no file gone.yaml\n"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_what_cannot_be_used_is_told_in_words(name: str, pets: Repository) -> None:
    arrange, said = UNUSABLE[name]
    done = pets.review(*arrange(pets))
    assert done.stderr.startswith(said), done.stderr
    assert done.returncode == 2
    assert done.stdout == ""


def test_a_base_with_errors_is_compared_all_the_same(pets: Repository) -> None:
    pets.commit({SPEC: EDITED + "        kind: {$ref: '#/components/schemas/Kind'}\n"})
    pets.write({SPEC: EDITED})
    assert pets.review("--base", "HEAD").returncode in (0, 1)


# -- on a terminal ----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize("where", ["terminal", "pipe", "file"])
def test_the_verdict_stands_once_on_a_terminal(where: str, pets: Repository, tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    file = tmp_path / "report.txt"
    with file.open("wb") as report:
        out = theirs if where == "terminal" else subprocess.PIPE if where == "pipe" else report
        command = [sys.executable, "-m", "generator", "review", "--head", SPEC]
        with subprocess.Popen(
            command,
            cwd=pets.folder,
            env={**pets.environment, "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=theirs,
        ) as process:
            os.close(theirs)
            piped = process.stdout.read() if process.stdout else b""  # a pager would write it to the terminal
            seen = piped + b"".join(iter(lambda: read(ours), b""))
    os.close(ours)
    assert seen.count(b"Breaking: 1 change on the wire") == 1
    assert file.read_bytes().count(b"Breaking: 1 change on the wire") == (where == "file")


def read(terminal: int) -> bytes:
    """What comes next on a terminal; nothing where its last writer has gone."""
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""
