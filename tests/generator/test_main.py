"""The command line, in this process and in others: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.__main__ import main
from generator.diagnostics import Location
from generator.review import explain
from generator.review.change import Change, Place, Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.document.tree import Document
    from generator.review.change import Review

ROOT = Path(__file__).parents[2]
MINIMAL = """\
openapi: 3.1.1
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses:
        "200": {description: All., content: {application/json: {schema: {type: array, items: {type: string}}}}}
"""
FATAL = "openapi: 3.1.1\ninfo: {title: Pets, version: '1'}\npaths: {}\n"
BROKEN = (
    MINIMAL
    + """\
components:
  schemas:
    Late: {type: string, minLength: 5, maxLength: 2}
    Dead: {$ref: "#/components/schemas/Nothing"}
"""
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a description in it, and no settings above."""
    (tmp_path / "api.yaml").write_text(MINIMAL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def command(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes() if path.is_file() else b"", path.stat().st_mtime_ns)
        for path in folder.rglob("*")
    }


# -- generate ---------------------------------------------------------------------------------------------------------


def test_generate_writes_then_changes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["generate", "--spec", "api.yaml", "--package", "pets", "--output", "out/deep"]
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("out/deep/pets: ")
    before = snapshot(here)
    assert {"out/deep/pets/models.py", "out/deep/pets/py.typed", "out/deep/pets/resources/pets.py"} <= set(before)
    assert main(arguments) == 0
    assert "no change" in capsys.readouterr().out
    assert snapshot(here) == before


def test_generate_without_settings_names_the_package_client(here: Path) -> None:
    assert main(["generate", "--spec", "api.yaml"]) == 0
    assert (here / "generated" / "client" / "__init__.py").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("asked", [["check"], ["validate"], ["validate", "--format", "github"], ["review", "--base=."]])
def test_what_goes_to_a_file_has_the_same_bytes_in_every_locale(
    asked: list[str], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = BROKEN.replace("All.", "Sämtliche 🐕.").replace("Nothing", "Nützlich")
    (here / "api.yaml").write_text(
        text if asked[0] == "validate" else text.partition("components:")[0], encoding="utf-8"
    )
    (here / "old.yaml").write_text(MINIMAL, encoding="utf-8")
    arguments = [one.replace("base=.", "base=old.yaml") for one in asked] + ["--spec", "api.yaml"]
    usual = command(*arguments, cwd=here).stdout
    assert "ü" in usual if asked[0] == "validate" else "Sämtliche 🐕" in usual
    for name, value in {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}.items():
        monkeypatch.setenv(name, value)
    assert command(*arguments, cwd=here).stdout == usual


@pytest.mark.parametrize(
    ("text", "options", "place"),
    [(FATAL, [], "api.yaml:1:1: error[no-operation]"), (BROKEN, ["--strict"], "api.yaml:12:")],
)
def test_generate_that_is_stopped_writes_nothing(
    text: str, options: list[str], place: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", "--spec", "api.yaml", "--package", "pets"]) == 0
    before = snapshot(here / "generated")
    (here / "api.yaml").write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert main(["generate", "--spec", "api.yaml", "--package", "pets", *options]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert place in said.err
    assert "nothing written" in said.err
    assert snapshot(here / "generated") == before


def test_generate_says_first_what_the_findings_did(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = "".join(f"    A{number}: {{type: string, minLength: 5, maxLength: 2}}\n" for number in range(5))
    (here / "api.yaml").write_text(f"{BROKEN}    Twice: {{enum: [a, a], example: 5}}\n{wrong}", encoding="utf-8")
    assert main(["generate", "--spec", "api.yaml"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("generated/client: ")
    assert said.err == (
        "1 finding mended: read in the one sensible way\n"
        "  duplicate-enum: 1\n"
        '    api.yaml:14:23: "a" stands twice in the enum\n'
        "7 findings unchecked: passed through and not enforced\n"
        "  empty-range: 6\n"
        "    api.yaml:12:26: 'minLength' 5 leaves nothing below 'maxLength' 2\n"
        "    api.yaml:15:24: 'minLength' 5 leaves nothing below 'maxLength' 2\n"
        "    api.yaml:16:24: 'minLength' 5 leaves nothing below 'maxLength' 2\n"
        "    and 3 more\n"
        "  unresolvable-ref: 1\n"
        "    api.yaml:13:12: there is nothing at '#/components/schemas/Nothing'\n"
        "-v shows all of them, `validate` also what changes nothing, `explain RULE` what a rule means.\n"
    )
    assert main(["check", "--spec", "api.yaml", "-v"]) == 0
    said = capsys.readouterr()
    assert "    api.yaml:19:24: 'minLength' 5" in said.err
    assert "-v shows" not in said.err


def test_generate_tells_programs_its_findings(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "api.yaml").write_text(BROKEN, encoding="utf-8")
    assert main(["generate", "--spec", "api.yaml", "--format", "json"]) == 0
    said = capsys.readouterr()
    assert {one["consequence"] for one in json.loads(said.out)} == {"unchecked"}
    assert said.err.startswith("generated/client: ")


def test_generate_of_what_is_right_says_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "--spec", "api.yaml"]) == 0
    assert capsys.readouterr().err == ""


def test_wrong_examples_cost_generate_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def compared(*_: object) -> Iterator[None]:
        pytest.fail("examples and defaults were compared with their schemas")
        yield

    monkeypatch.setattr("generator.validation.rules.examples.mismatches", compared)
    monkeypatch.setattr("generator.validation.validator._last_word", compared)
    assert main(["generate", "--spec", "api.yaml"]) == 0


# -- strictness -------------------------------------------------------------------------------------------------------

MENDED = MINIMAL.replace("type: string}", "type: string, enum: [a, a]}")
AT = "/paths/~1pets/get/responses/200/content/application~1json/schema/items/enum/1"
SETTINGS = '[tool.generator]\nspec = "api.yaml"\nstrict = true\n'


def project(here: Path, settings: str, description: str = MENDED) -> None:
    (here / "pyproject.toml").write_text(settings, encoding="utf-8")
    (here / "api.yaml").write_text(description, encoding="utf-8")


def accepting(rule: str, pointer: str) -> str:
    return f'{SETTINGS}[[tool.generator.accept]]\nrule = "{rule}"\npointer = "{pointer}"\nreason = "So it is."\n'


@pytest.mark.parametrize("asked", ["generate", "check", "validate"])
def test_a_strict_project_is_stopped_by_what_changes_the_client(
    asked: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project(here, SETTINGS)
    assert main([asked]) == 1
    said = capsys.readouterr()
    assert "error[duplicate-enum]" in said.out + said.err


def test_a_strict_project_is_stopped_by_errors_that_change_nothing(here: Path) -> None:
    project(here, SETTINGS, MINIMAL.replace("type: string}", "type: string, example: 5}"))
    assert main(["generate"]) == 1


def test_a_strict_project_is_stopped_by_warnings_that_change_the_client(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = "requestBody: {content: {application/json: {schema: {type: string, pattern: '('}}}}"
    project(here, SETTINGS, MINIMAL.replace("      tags:", f"      {more}\n      tags:"))
    assert main(["validate"]) == 1
    capsys.readouterr()
    assert main(["generate"]) == 1
    assert "The project is strict: " in capsys.readouterr().err


def test_another_description_is_read_as_usual_in_a_strict_project(here: Path) -> None:
    project(here, SETTINGS)
    (here / "other.yaml").write_text(MENDED, encoding="utf-8")
    assert main(["generate", "--spec", "other.yaml"]) == 0
    assert main(["generate", "--spec", "other.yaml", "--strict"]) == 1


@pytest.mark.parametrize("asked", ["generate", "validate"])
def test_what_is_accepted_stops_nothing(asked: str, here: Path) -> None:
    project(here, accepting("duplicate-enum", AT))
    assert main([asked]) == 0


@pytest.mark.parametrize("asked", ["generate", "validate"])
def test_what_is_accepted_must_be_there(asked: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project(here, accepting("duplicate-enum", "/gone"), MINIMAL)
    assert main([asked]) == 1
    said = capsys.readouterr()
    assert "pyproject.toml:6:1: error[accept-unused]: there is no duplicate-enum at '/gone'" in said.out + said.err


# -- check ------------------------------------------------------------------------------------------------------------


def change_a_byte(package: Path) -> None:
    file = package / "models.py"
    file.write_bytes(file.read_bytes()[:-1] + b" ")


def add_a_file(package: Path) -> None:
    (package / "resources" / "stray.txt").write_text("x", encoding="utf-8")


def remove_a_file(package: Path) -> None:
    (package / "py.typed").unlink()


def remove_everything(package: Path) -> None:
    shutil.rmtree(package)


@pytest.mark.parametrize("drift", [change_a_byte, add_a_file, remove_a_file, remove_everything])
def test_check_prints_a_diff_and_writes_nothing(
    drift: Callable[[Path], None], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--spec", "api.yaml", "--package", "pets", "--output", "out"]
    assert main(["generate", *options]) == 0
    assert main(["check", *options]) == 0
    capsys.readouterr()
    drift(here / "out" / "pets")
    before = snapshot(here)
    assert main(["check", *options]) == 1
    said = capsys.readouterr()
    assert "--- " in said.out
    assert "+++ " in said.out
    assert said.err == "out/pets is not what api.yaml gives: regenerate\n"
    assert snapshot(here) == before
    assert main(["generate", *options]) == 0
    assert main(["check", *options]) == 0


def test_check_of_a_broken_description_lists_findings(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "api.yaml").write_text(BROKEN, encoding="utf-8")
    assert main(["check", "--spec", "api.yaml", "--strict"]) == 1
    assert "error[unresolvable-ref]" in capsys.readouterr().err


def test_a_reader_that_leaves_early_is_no_error(here: Path) -> None:
    """`python -m generator check | head -1`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "check", "--spec", "api.yaml"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    process.wait()
    assert b"Traceback" not in errors
    assert b"BrokenPipe" not in errors


@pytest.mark.parametrize("closed", [1, 2])
def test_what_goes_to_a_closed_stream_goes_nowhere(here: Path, closed: int) -> None:
    """`python -m generator review --format json 2>&-`."""
    program = f"import os, sys; os.close({closed}); os.execv(sys.executable, sys.argv[1:])"
    same = ["--base", "api.yaml", "--head", "api.yaml"]
    command = [sys.executable, "-m", "generator", "review", *same, "--format", "json"]
    done = subprocess.run(
        [sys.executable, "-c", program, *command],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0
    assert (done.stdout, done.stderr)[closed - 1] == ""
    assert "internal error" not in done.stderr
    if closed == 2:
        json.loads(done.stdout)


@pytest.mark.parametrize("command", ["validate", "generate", "review"])
def test_who_interrupts_it_sees_that_and_no_traceback(here: Path, command: str) -> None:
    os.mkfifo(here / "slow.yaml")
    arguments = ["--base", "api.yaml", "--head", "slow.yaml"] if command == "review" else ["--spec", "slow.yaml"]
    # A shell lets what it starts in the background ignore SIGINT, and so does all that is started there.
    program = "import os, signal, sys; signal.signal(2, signal.SIG_DFL); os.execv(sys.executable, sys.argv[1:])"
    process = subprocess.Popen(
        [sys.executable, "-c", program, sys.executable, "-m", "generator", command, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    told = None
    with (here / "slow.yaml").open("wb"):  # which waits until it is read
        while told is None:
            process.send_signal(signal.SIGINT)
            # Python sees one only after the read that came just then, and a second one ends that.
            with contextlib.suppress(subprocess.TimeoutExpired):
                told = process.communicate(timeout=30)
    assert (process.returncode, *told) == (-signal.SIGINT, b"", b"")


# -- check of this repository -----------------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the description, its settings and what it gives."""
    for name in ("spec", "generated"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_check_of_the_repository() -> None:
    done = command("check", cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_check_of_an_untouched_copy(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("drift", [change_a_byte, add_a_file, remove_a_file])
def test_check_sees_any_change_of_generated(drift: Callable[[Path], None], copy: Path) -> None:
    drift(copy / "generated" / "zuora_invoices")
    assert main(["check"]) == 1


def comment(spec: Path) -> None:
    with (spec / "openapi.yaml").open("a", encoding="utf-8") as file:
        file.write("# one remark more\n")


def space(spec: Path) -> None:
    with (spec / "openapi.yaml").open("a", encoding="utf-8") as file:
        file.write("\n")


def byte_of_an_example(spec: Path) -> None:
    example = min((spec / "examples").iterdir())
    example.write_bytes(example.read_bytes() + b"\n")


@pytest.mark.parametrize("change", [comment, space, byte_of_an_example])
def test_check_sees_any_change_of_the_description(change: Callable[[Path], None], copy: Path) -> None:
    change(copy / "spec")
    assert main(["check"]) == 1


# -- validate ---------------------------------------------------------------------------------------------------------


def test_validate_of_a_good_description(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--spec", "api.yaml"]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "api.yaml: no findings\n")


def test_findings_are_sorted_by_place(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "api.yaml").write_text(BROKEN, encoding="utf-8")
    assert main(["validate", "--spec", "api.yaml"]) == 1
    lines = capsys.readouterr().out.splitlines()
    places = [tuple(map(int, line.split(":")[1:3])) for line in lines]
    assert places == sorted(places)
    assert len(places) >= 2
    assert any(line.startswith("api.yaml:12:") and " error[empty-range]: " in line for line in lines)
    assert any(line.startswith("api.yaml:13:") and " error[unresolvable-ref]: " in line for line in lines)


def test_findings_of_later_stages_are_among_them(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In one run with those of the first ones, though these are errors."""
    (here / "api.yaml").write_text(BROKEN.replace("application/json", "application/xml"), encoding="utf-8")
    assert main(["validate", "--spec", "api.yaml"]) == 1
    said = capsys.readouterr().out
    assert "error[unresolvable-ref]" in said
    assert "warning[untyped-media-type]" in said


def test_validate_for_github(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "api.yaml").write_text(BROKEN, encoding="utf-8")
    assert main(["validate", "--spec", "api.yaml", "--format", "github"]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    assert all(line.startswith("::") for line in said.out.splitlines())
    assert "::error file=api.yaml,line=12,col=" in said.out


def test_validate_as_json(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "api.yaml").write_text(BROKEN, encoding="utf-8")
    assert main(["validate", "--spec", "api.yaml", "--format", "json"]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    keys = {"file", "line", "column", "pointer", "rule", "severity", "consequence", "message"}
    assert keys == set(json.loads(said.out)[0])


@pytest.mark.parametrize("form", ["github", "json"])
def test_unusable_input_is_said_in_the_form_asked_for(
    form: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", "--spec", "none.yaml", "--format", form]) == 2
    said = capsys.readouterr().out
    assert said.startswith("::error file=none.yaml" if form == "github" else "[")
    if form == "json":
        assert json.loads(said)[0]["file"] == "none.yaml"


# -- review -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def forms(monkeypatch: pytest.MonkeyPatch) -> list[Review]:
    """Forms that say their name alone, of reviews without a change; the reviews that they were given."""
    given: list[Review] = []

    def form(name: str) -> Callable[..., str]:
        def told(review: Review, *documents: Document, **more: object) -> str:
            given.append(review)
            return f"{name} {[document.files for document in documents]} {more} é\n"

        return told

    for name in ("text", "markdown", "github", "json"):
        monkeypatch.setattr(f"generator.review.forms.as_{name}", form(name))
    monkeypatch.setattr("generator.review.page.html.as_html", form("html"))
    monkeypatch.setattr("generator.review.comparison.compare", lambda *_, **__: ())
    return given


@pytest.fixture
def old(here: Path) -> Path:
    (here / "old.yaml").write_text(MINIMAL.replace("All.", "Each."), encoding="utf-8")
    return here / "old.yaml"


REVIEW = ["review", "--base", "old.yaml", "--head", "api.yaml"]


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("form", ["markdown", "html", "github", "json"])
def test_review_prints_the_form(form: str, forms: list[Review], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*REVIEW, "--format", form]) in (0, 1)
    said = capsys.readouterr()
    documents = "[('old.yaml',), ('api.yaml',)]" if form == "html" else "[]"
    assert said.out == f"{form} {documents} {{}} é\n"
    assert re.fullmatch(r"api\.yaml against old\.yaml: .* \(\d+\.\d s\)\n", said.err)
    (told,) = forms
    assert (told.base, told.head) == ("old.yaml", "api.yaml")


@pytest.mark.usefixtures("old", "forms")
@pytest.mark.parametrize(
    ("is_terminal", "settings", "told"),
    [
        (False, {"FORCE_COLOR": "1"}, "{'colour': False, 'width': 100}"),
        (True, {"COLUMNS": "70"}, "{'colour': True, 'width': 70}"),
        (True, {"COLUMNS": "70", "NO_COLOR": ""}, "{'colour': True, 'width': 70}"),
        (True, {"COLUMNS": "70", "NO_COLOR": "1"}, "{'colour': False, 'width': 70}"),
        (True, {"COLUMNS": "70", "TERM": "dumb"}, "{'colour': False, 'width': 70}"),
    ],
)
def test_review_is_in_colour_where_a_person_sees_it(
    is_terminal: bool,
    settings: dict[str, str],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in {"NO_COLOR": "", "TERM": "xterm", **settings}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    main(REVIEW)
    said = capsys.readouterr()
    assert said.out == f"text [] {told} é\n"
    assert bool(said.err) is not is_terminal


@pytest.mark.usefixtures("old", "forms")
@pytest.mark.parametrize(("breaks", "code"), [(True, 1), (False, 0)])
def test_review_fails_where_the_change_may_not_land(breaks: bool, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    wire = Wire.BREAKING if breaks else Wire.COMPATIBLE
    change = Change("property-removed", "It changed", wire)
    monkeypatch.setattr("generator.review.named", lambda *_: (change,))
    assert main(REVIEW) == code


def test_review_knows_the_project(old: Path, forms: list[Review], here: Path) -> None:
    settings = '[tool.generator]\nspec = "api.yaml"\npackage = "pets"\noutput = "out"\n[project]\nversion = "3.2.1"\n'
    (here / "pyproject.toml").write_text(settings, encoding="utf-8")
    assert main(["generate"]) == 0
    main(["review", "--base", "old.yaml"])
    (here / "out" / "pets" / "models.py").write_text("other", encoding="utf-8")
    (here / "out" / "pets" / "stray").touch()
    main(["review", "--base", "old.yaml", "--spec", "api.yaml"])
    main(["review", "--base", "api.yaml", "--head", "old.yaml"])
    shutil.rmtree(here / "out")
    main(["review", "--base", "old.yaml"])
    assert [told.drift for told in forms] == [(), ("models.py", "stray"), None, None]
    assert [told.versions.package for told in forms] == ["3.2.1", "3.2.1", None, "3.2.1"]
    assert [[one.path for one in told.generated or ()] for told in forms[:2]] == [["openapi.json"]] * 2


def test_review_names_the_file_of_facts_of_its_own_project(
    old: Path, forms: list[Review], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "pyproject.toml").write_text(
        '[tool.generator]\nspec = "api.yaml"\nfacts = "tests/facts.py"\n', encoding="utf-8"
    )
    change = Change(
        "property-removed",
        "It is gone",
        Wire.COMPATIBLE,
        before=Place("/components/schemas/Pet/properties/name", Location("api.yaml", 1, 1)),
    )
    monkeypatch.setattr("generator.review.named", lambda *_: (change,))
    (here / "below").mkdir()
    monkeypatch.chdir(here / "below")
    main(["review", "--base", "../old.yaml"])
    main(["review", "--base", "../api.yaml", "--head", "../old.yaml"])
    restated = "`../tests/facts.py` restates the facts of the description: change them there too for `Pet.name`"
    assert [[hint.message for hint in told.hints] for told in forms] == [[restated], []]


def test_the_version_is_that_of_the_nearest_project(
    old: Path, forms: list[Review], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "pyproject.toml").write_text(
        'project = {version = "1.0"}\ntool.generator.spec = "api.yaml"\n', encoding="utf-8"
    )
    for name, text in {"a": "project = {version = '2.0'}", "b": "project = 3", "c": "project.version = 3"}.items():
        (here / name).mkdir()
        (here / name / "pyproject.toml").write_text(text, encoding="utf-8")
        monkeypatch.chdir(here / name)
        main(["review", "--base", "../old.yaml"])
    assert [told.versions.package for told in forms] == ["2.0", "1.0", "1.0"]
    assert {told.head for told in forms} == {"../api.yaml"}


def test_review_reads_the_waivers(
    old: Path, forms: list[Review], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unused = "waivers: [{rule: property-removed, pointer: /a, reason: Agreed., expires: 2999-12-31}]\n"
    assert main(REVIEW) == main([*REVIEW, "--base", "api.yaml"]) == 0
    (here / "waivers.yaml").write_text(unused, encoding="utf-8")
    assert main(REVIEW) == 1
    (here / "none.yaml").write_text("waivers: []\n", encoding="utf-8")
    assert main([*REVIEW, "--waivers", "none.yaml"]) == 0
    assert [[one.rule for one in told.problems] for told in forms] == [[], [], ["waiver-unused"], []]
    capsys.readouterr()
    assert main([*REVIEW, "--waivers", "gone.yaml"]) == 2
    assert capsys.readouterr().err == "error: there is no file gone.yaml\n"


@pytest.mark.parametrize("name", ["empty", "binary", "not YAML", "a list", "version 2"])
@pytest.mark.parametrize("side", ["base", "head"])
def test_review_of_an_unusable_description(
    side: str, name: str, old: Path, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / ("old.yaml" if side == "base" else "api.yaml")).write_bytes(UNUSABLE[name])
    assert main(REVIEW) == 2
    said = capsys.readouterr()
    assert said.out == ""
    start = "error: the base, old.yaml, cannot be read\nold.yaml:" if side == "base" else "api.yaml:"
    assert said.err.startswith(start)
    assert "error[" in said.err
    assert main([*REVIEW, "--format", "github"]) == 2
    said = capsys.readouterr()
    assert said.out.startswith("" if side == "base" else "::error file=api.yaml,")
    assert main([*REVIEW, "--format", "json"]) == 2
    assert capsys.readouterr().out == ""


def test_review_where_a_side_has_errors(
    old: Path, forms: list[Review], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old.write_text(FATAL, encoding="utf-8")
    main(REVIEW)
    (here / "api.yaml").write_text(FATAL, encoding="utf-8")
    assert main(REVIEW) == 1
    assert [len(told.notes) for told in forms] == [1, 2]
    assert [told.generated for told in forms] == [None, None]
    assert ": No change in meaning. May not land: mend 1 error in the description (" in capsys.readouterr().err


def test_review_where_errors_are_mended(old: Path, forms: list[Review], here: Path) -> None:
    old.write_text(BROKEN, encoding="utf-8")
    assert main(REVIEW) == 0
    (here / "api.yaml").write_text(BROKEN, encoding="utf-8")
    assert main(REVIEW) == 1, "errors are the author's to mend, whatever the client makes of them"
    assert [told.notes for told in forms] == [(), ()]
    assert [told.generated is not None for told in forms] == [True, True]


# -- explain ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("here")
def test_explain_needs_no_description(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "property-removed", "openapi"]) == 0
    assert capsys.readouterr().out == explain.as_text(["property-removed", "openapi"])
    assert main(["explain"]) == 0
    assert capsys.readouterr().out == explain.as_text()
    assert main(["explain", "--format", "markdown"]) == 0
    assert capsys.readouterr().out == explain.as_markdown()


def test_explain_an_unknown_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "property-remove", "openapi", "zzzz"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: there is no rule 'property-remove'; near are property-removed, ")
    assert said.err.endswith("\nthere is no rule 'zzzz'\n")


# -- settings ---------------------------------------------------------------------------------------------------------


def test_settings_are_found_from_a_folder_below(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "pyproject.toml").write_text(
        '[tool.generator]\nspec = "api.yaml"\npackage = "pets"\noutput = "out"\n', encoding="utf-8"
    )
    below = here / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert main(["generate"]) == 0
    assert (here / "out" / "pets" / "models.py").is_file()
    assert capsys.readouterr().out.startswith("../../out/pets: ")
    assert main(["check"]) == 0
    assert main(["validate"]) == 0
    assert capsys.readouterr().err == "../../api.yaml: no findings\n"


def test_settings_are_of_the_nearest_file_that_has_any(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "pyproject.toml").write_text('[tool.generator]\nspec = "api.yaml"\noutput = "far"\n', encoding="utf-8")
    near = here / "near"
    near.mkdir()
    (near / "pyproject.toml").write_text("[tool.other]\nx = 1\n", encoding="utf-8")
    monkeypatch.chdir(near)
    assert main(["generate"]) == 0
    assert (here / "far" / "client").is_dir()


def test_options_go_before_settings(here: Path) -> None:
    (here / "pyproject.toml").write_text(
        '[tool.generator]\nspec = "none.yaml"\npackage = "no"\noutput = "no"\n', encoding="utf-8"
    )
    assert main(["generate", "--spec", "api.yaml", "--package", "pets", "--output", "yes"]) == 0
    assert (here / "yes" / "pets").is_dir()
    assert not (here / "no").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[tool.generator\n", "pyproject.toml"),
        ("[tool.generator]\nspec = 3\n", "spec"),
        ("[tool.generator]\nother = 'x'\n", "[tool.generator] takes spec"),
        ("[tool]\ngenerator = 3\n", "generator"),
        ("tool = 3\n", "tool"),
        ("[tool.generator]\nstrict = 'yes'\n", "strict of [tool.generator] must be true or false"),
        ("[tool.generator]\naccept = 'all'\n", "accept of [tool.generator] must be a list of tables"),
        ("[tool.generator]\naccept = [{rule = 'a', pointer = '/b'}]\n", "the texts rule, pointer, reason"),
        ("[tool.generator]\npackage = 'not a name'\nspec = 'api.yaml'\n", "not a name"),
        (b"\xff\xfe", "pyproject.toml"),
    ],
)
def test_bad_settings(text: str | bytes, said: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "pyproject.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    assert main(["generate"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("error: ")
    assert said in printed.err


def test_no_description_anywhere(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate"]) == 2
    assert "--spec FILE" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a-b", "1a", "a.b", "class", "../a", "a b"])
def test_bad_package_names(name: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "--spec", "api.yaml", "--package", name]) == 2
    assert repr(name) in capsys.readouterr().err
    assert not (here / "generated").exists()


# -- unusable input ---------------------------------------------------------------------------------------------------

UNUSABLE: dict[str, bytes] = {
    "empty": b"",
    "binary": bytes(range(256)),
    "not YAML": b"a: [",
    "not JSON": b'{"openapi": "3.1.1",',
    "a list": b"- a\n- b\n",
    "a word": b"hello\n",
    "no version": b"info: {title: x, version: '1'}\npaths: {}\n",
    "version 2": b"swagger: '2.0'\ninfo: {title: x, version: '1'}\npaths: {}\n",
    "version 4": b"openapi: 4.0.0\ninfo: {title: x, version: '1'}\npaths: {}\n",
    "version as number": b"openapi: 3\ninfo: {title: x, version: '1'}\npaths: {}\n",
}


@pytest.mark.parametrize("name", UNUSABLE)
@pytest.mark.parametrize("verb", ["generate", "check", "validate"])
def test_unusable_description(verb: str, name: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "api.yaml").write_bytes(UNUSABLE[name])
    assert main([verb, "--spec", "api.yaml"]) == 2
    said = capsys.readouterr()
    text = said.out if verb == "validate" else said.err
    assert text.startswith("api.yaml:"), text
    assert "error[" in text
    assert not (here / "generated").exists()


@pytest.mark.parametrize("verb", ["generate", "check", "validate"])
@pytest.mark.parametrize("path", ["none.yaml", ".", "api.yaml/below"])
def test_unreadable_description(verb: str, path: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb, "--spec", path]) == 2
    said = capsys.readouterr()
    assert "error[unreadable-file]" in said.out + said.err


def test_output_below_a_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "out").write_text("a file", encoding="utf-8")
    assert main(["generate", "--spec", "api.yaml", "--output", "out"]) == 2
    assert capsys.readouterr().err.startswith("error: ")
    assert (here / "out").read_text(encoding="utf-8") == "a file"


def test_output_that_may_not_be_written(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def forbidden(_: object, target: object) -> None:  # as the system does to all but root
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), target)

    monkeypatch.setattr(os, "replace", forbidden)
    assert main(["generate", "--spec", "api.yaml", "--output", "out"]) == 2
    assert capsys.readouterr().err.startswith("error: ")


def test_a_foreign_folder_stays(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = here / "generated" / "client" / "notes.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    assert main(["generate", "--spec", "api.yaml"]) == 2
    assert "not a generated package" in capsys.readouterr().err
    assert mine.read_text(encoding="utf-8") == "mine"


# -- as another process -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["--help"], ["generate", "--help"], ["check", "--help"], ["validate", "--help"]])
def test_help_has_examples(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(arguments)
    assert done.value.code == 0
    said = capsys.readouterr().out
    assert "examples:" in said
    assert "python -m generator generate" in said
    assert "python -m generator review --base" in said
    assert "python -m generator explain" in said
    assert "exit codes: 0" in said


@pytest.mark.parametrize(
    "arguments",
    [
        *([], ["paint"], ["generate", "--colour"], ["validate", "--format", "xml"]),
        *(["review", "--format", "xml"], ["review", "--base"], ["review", "more"], ["explain", "--format", "html"]),
    ],
)
def test_a_wrong_call_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(arguments)
    assert done.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_the_exit_code_is_that_of_main(here: Path) -> None:
    assert command("validate", "--spec", "api.yaml", cwd=here).returncode == 0
    (here / "api.yaml").write_text(BROKEN, encoding="utf-8")
    found = command("validate", "--spec", "api.yaml", cwd=here)
    assert found.returncode == 1
    assert "Traceback" not in found.stderr
    missing = command("generate", "--spec", "none.yaml", cwd=here)
    assert missing.returncode == 2
    assert missing.stderr.startswith("none.yaml:1:1: error[unreadable-file]: ")
    assert missing.stderr.count("\n") == 1
