"""The workflows on GitHub: what they may do, and what the review of a pull request says there.

Their scripts run here as they stand in the files: the review and the release with a `make` that plays ours, the comment
with a `gh` that plays GitHub, publishing with a `python` that plays the one that installs what publishes.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator.document.parser import parse
from generator.review.forms import MARKER

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[2] / ".github" / "workflows"
SHA = "0123456789abcdef0123456789abcdef01234567"

# Any: what YAML holds
Workflow = dict[str, Any]


def read(file: Path) -> Workflow:
    value, findings = parse(file.read_text(encoding="utf-8"), file.name)
    assert findings == []
    assert isinstance(value, dict)
    return value


WORKFLOWS = {file.stem: read(file) for file in sorted(FOLDER.iterdir())}
JOBS = {f"{name}: {job}": body for name, workflow in WORKFLOWS.items() for job, body in workflow["jobs"].items()}
STEPS = [step for job in JOBS.values() for step in job["steps"]]


def permissions(workflow: str) -> Iterator[tuple[str, dict[str, str]]]:
    """What each job may do: its own permissions, else those of the workflow."""
    for name, job in WORKFLOWS[workflow]["jobs"].items():
        yield name, job.get("permissions", WORKFLOWS[workflow]["permissions"])


def writing(allowed: dict[str, str]) -> set[str]:
    return {what for what, how in allowed.items() if how != "read"}


def test_every_workflow_is_known_here() -> None:
    assert set(WORKFLOWS) == {"ci", "release", "spec-comment", "spec-review"}
    assert {name: workflow["name"] for name, workflow in WORKFLOWS.items()} == {name: name for name in WORKFLOWS}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_workflow_may_do_more_than_read_unless_a_job_says_so(name: str) -> None:
    assert WORKFLOWS[name]["permissions"] in ({}, {"contents": "read"})


def test_two_jobs_may_more_than_read_one_comments_and_one_publishes() -> None:
    may_write = {f"{name}/{job}": writing(own) for name in WORKFLOWS for job, own in permissions(name) if writing(own)}
    assert may_write == {"spec-comment/comment": {"pull-requests"}, "release/publish": {"id-token"}}


def test_the_job_that_may_write_runs_nothing_of_the_pull_request() -> None:
    workflow = WORKFLOWS["spec-comment"]
    assert set(workflow["on"]) == {"workflow_run"}
    [job] = workflow["jobs"].values()
    [step] = job["steps"]
    assert "uses" not in step  # no checkout, no cache, no action
    assert not re.search(r"\bgit\b|\bmake\b|extract|importlib|exec\(|eval\(", step["run"])


def test_the_job_that_runs_the_pull_request_knows_no_secret() -> None:
    workflow = WORKFLOWS["spec-review"]
    assert set(workflow["on"]) == {"pull_request"}
    assert "spec/**" in workflow["on"]["pull_request"]["paths"]
    assert dict(permissions("spec-review")) == {"review": {"contents": "read"}}


@pytest.mark.parametrize("file", sorted(FOLDER.iterdir()), ids=lambda file: file.name)
def test_no_workflow_touches_secrets_or_runs_with_the_rights_of_the_target(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "secrets" not in text
    assert "pull_request_target" not in text
    assert ("github.token" in text) == (file.stem == "spec-comment")


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.get("name") or step.get("uses") or step.get("run"))
def test_no_value_is_pasted_into_a_script(step: Workflow) -> None:
    assert "${{" not in step.get("run", "")
    assert "${{" not in step.get("shell", "")
    assert "github-script" not in step.get("uses", "")


@pytest.mark.parametrize("step", [step for step in STEPS if "uses" in step], ids=lambda step: step["uses"])
def test_actions_are_those_of_github_in_a_known_version(step: Workflow) -> None:
    assert re.fullmatch(r"actions/[a-z-]+@v[0-9]+", step["uses"])
    if step["uses"].startswith("actions/checkout@"):
        assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("job", JOBS)
def test_every_job_ends(job: str) -> None:
    assert JOBS[job]["timeout-minutes"] <= 20


def test_the_two_workflows_mean_the_same_review() -> None:
    review, comment = WORKFLOWS["spec-review"], WORKFLOWS["spec-comment"]
    assert comment["on"]["workflow_run"]["workflows"] == [review["name"]]
    [left] = [step for step in STEPS if step.get("with", {}).get("name") == "spec-review-comment"]
    assert left["with"]["path"] == "report/review.md"
    script = step_named("spec-comment", "Write the comment anew")["run"]
    assert 'name="spec-review-comment"' in script
    assert 'open("review.md")' in script
    assert f'MARKER = "{MARKER}"' in script


def step_named(workflow: str, name: str) -> Workflow:
    [found] = [
        step for job in WORKFLOWS[workflow]["jobs"].values() for step in job["steps"] if step.get("name") == name
    ]
    assert isinstance(found, dict)
    return found


def program(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!{sys.executable}\n{text}", encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


# -- the review ------------------------------------------------------------------------------------------------------

MAKE = """
import os, sys
silent, review, base, form = sys.argv[1:]
assert (silent, review, base) == ("--silent", "review", "BASE=origin/a $(b)"), sys.argv
form = form.removeprefix("ARGS=--format ")
print(f"<{form}>")
sys.exit(2 if form in os.environ["FAILING"].split() else 0)
"""


@pytest.mark.parametrize(
    "failing", ["", "text", "markdown", "html", "json", "github", "text markdown html json github"]
)
def test_the_review_leaves_every_form_and_fails_at_the_end(failing: str, tmp_path: Path) -> None:
    program(tmp_path / "bin" / "make", MAKE)
    step = step_named("spec-review", "Review")
    assert step["env"] == {"BASE": "origin/${{ github.base_ref }}"}
    summary = tmp_path / "summary.md"
    done = subprocess.run(
        [shutil.which("bash") or "bash", "-e", "-c", step["run"]],
        cwd=tmp_path,
        env={
            "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "BASE": "origin/a $(b)",
            "FAILING": failing,
            "GITHUB_STEP_SUMMARY": str(summary),
        },
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == (1 if failing else 0)
    assert done.stdout == "<text>\n<github>\n"
    assert summary.read_text(encoding="utf-8") == "<markdown>\n"
    left = {file.name: file.read_text(encoding="utf-8") for file in (tmp_path / "report").iterdir()}
    assert left == {
        "review.txt": "<text>\n",
        "review.md": "<markdown>\n",
        "review.html": "<html>\n",
        "review.json": "<json>\n",
    }


def test_the_report_is_left_even_if_the_review_fails() -> None:
    [job] = WORKFLOWS["spec-review"]["jobs"].values()
    uploads = [step for step in job["steps"] if step.get("uses", "").startswith("actions/upload-artifact@")]
    assert [step["if"] for step in uploads] == ["${{ !cancelled() }}"] * 2
    [checkout] = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"]["fetch-depth"] == 0


# -- the release -----------------------------------------------------------------------------------------------------


def test_a_release_is_made_of_a_tag_alone_in_this_order() -> None:
    workflow = WORKFLOWS["release"]
    assert workflow["on"] == {"push": {"tags": ["v*"]}}
    assert {name: job.get("needs") for name, job in workflow["jobs"].items()} == {
        "build": None,
        "try": "build",
        "publish": "try",
    }


def test_what_is_published_is_what_was_tried_and_was_made_once() -> None:
    artifacts = [
        (name, step["uses"].partition("@")[0], step["with"]["name"], step["with"]["path"])
        for name, job in WORKFLOWS["release"]["jobs"].items()
        for step in job["steps"]
        if "artifact" in step.get("uses", "")
    ]
    assert artifacts == [
        ("build", "actions/upload-artifact", "dist", "dist/"),
        ("try", "actions/download-artifact", "dist", "dist/"),
        ("publish", "actions/download-artifact", "dist", "dist/"),
    ]
    assert step_named("release", "Try it in empty environments")["run"] == "make try"


def test_the_job_that_publishes_waits_for_people_and_runs_nothing_of_ours() -> None:
    job = WORKFLOWS["release"]["jobs"]["publish"]
    assert job["environment"] == "release"
    assert [step["name"] for step in job["steps"] if "run" in step] == ["Publish"]
    assert not re.search(r"\bmake\b|\bgenerator\b|\btests\b|requirements\.txt", step_named("release", "Publish")["run"])


ECHO = """
import json, os, sys
from pathlib import Path
with Path(os.environ["LOG"]).open("a", encoding="utf-8") as log:
    log.write(json.dumps([Path(sys.argv[0]).name, *sys.argv[1:]]) + "\\n")
"""
MAKES_AN_ENVIRONMENT = f"""{ECHO}
import shutil
tools = Path(sys.argv[-1]) / "bin"
tools.mkdir(parents=True)
for name in ("pip", "uv"):
    shutil.copy(Path(__file__).with_name("echo"), tools / name)
"""


def commands(script: str, folder: Path, **variables: str) -> list[list[str]]:
    """What a script runs, of programs that only write down what they are told."""
    program(folder / "bin" / "echo", ECHO)
    program(folder / "bin" / "make", ECHO)
    program(folder / "bin" / "python", MAKES_AN_ENVIRONMENT)
    log = folder / "log"
    subprocess.run(
        [shutil.which("bash") or "bash", "-e", "-c", script],
        cwd=folder,
        env={"PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}", "LOG": str(log), **variables},
        check=True,
    )
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def test_the_tag_and_the_repository_are_words_to_make(tmp_path: Path) -> None:
    step = step_named("release", "Build and check")
    assert step["env"] == {
        "TAG": "${{ github.ref_name }}",
        "REPOSITORY": "${{ github.server_url }}/${{ github.repository }}",
    }
    tag, repository = "v1 $(b)'\"", "https://h/o w/n"
    assert commands(step["run"], tmp_path, TAG=tag, REPOSITORY=repository) == [
        ["make", "build", f"TAG={tag}", f"REPOSITORY={repository}"]
    ]


def test_what_publishes_is_installed_by_its_hash_and_asks_for_no_secret(tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    for name in ("it-1.tar.gz", "it-1.whl"):
        (tmp_path / "dist" / name).touch()
    ran = commands(step_named("release", "Publish")["run"], tmp_path, RUNNER_TEMP=str(tmp_path / "a b"))
    assert ran == [
        ["python", "-m", "venv", str(tmp_path / "a b" / "uv")],
        ["pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "-r", ".github/uv.txt"],
        ["uv", "publish", "--trusted-publishing", "always", "dist/it-1.tar.gz", "dist/it-1.whl"],
    ]


# -- the comment -----------------------------------------------------------------------------------------------------

GH = """
import json, os, sys
from pathlib import Path
api, flag, method, path, *rest = sys.argv[1:]
assert (api, flag) == ("api", "--method"), sys.argv
assert os.environ["GH_TOKEN"] == "token"
folder = Path(os.environ["GITHUB"])
state = json.loads((folder / "state.json").read_text())
query = dict(word.split("=", 1) for word in rest if "=" in word)
path = path.removeprefix("repos/owner/pets/")
def page(found):
    start, size = (int(query["page"]) - 1) * int(query["per_page"]), int(query["per_page"])
    sys.stdout.write(json.dumps(found[start:start + size]))
if method == "GET" and path == "actions/runs/17/artifacts":
    assert query == {"name": "spec-review-comment"}
    sys.stdout.write(json.dumps({"artifacts": state["artifacts"]}))
elif method == "GET" and path.startswith("actions/artifacts/"):
    sys.stdout.buffer.write((folder / path.split("/")[2]).read_bytes())
elif method == "GET" and path == "pulls":
    assert query["state"] == "open"
    page([pull for pull in state["pulls"] if pull["branch"] == query["head"]])
elif method == "GET" and path == "issues/5/comments":
    page(state["comments"])
elif method in ("POST", "PATCH"):
    assert rest == ["--input", "-"]
    state["written"].append([method, path, json.load(sys.stdin)["body"]])
    (folder / "state.json").write_text(json.dumps(state))
else:
    sys.exit(f"unexpected: {sys.argv}")
"""
REPORT = f"{MARKER}\n## Breaks: ätsch\n"
NOTE = f"\n\n<sub>Made by [the run](https://h/runs/17) of the code of this pull request at {SHA}.</sub>\n"


class GitHub:
    """A folder that plays GitHub for the script, and what the script wrote there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.artifacts: list[dict[str, int]] = []
        self.pulls: list[Any] = [pull(5)]
        self.comments: list[Any] = []
        program(folder / "bin" / "gh", GH)
        self.leave(REPORT)

    def leave(self, text: str | bytes, number: int = 70, name: str = "review.md") -> None:
        """An artifact of the review."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, text)
        (self.folder / str(number)).write_bytes(packed.getvalue())
        self.artifacts.append({"id": number, "size_in_bytes": len(packed.getvalue())})

    def run(self, **variables: str) -> tuple[int, list[tuple[str, str, str]], str]:
        """Run the script; its exit code, what it wrote to GitHub, and what it said."""
        state = {"artifacts": self.artifacts, "pulls": self.pulls, "comments": self.comments, "written": []}
        (self.folder / "state.json").write_text(json.dumps(state), encoding="utf-8")
        step = step_named("spec-comment", "Write the comment anew")
        given = {
            "GH_TOKEN": "token",
            "RUN_ID": "17",
            "RUN_URL": "https://h/runs/17",
            "HEAD_SHA": SHA,
            "HEAD_OWNER": "fork",
            "HEAD_BRANCH": "new=field",
            **variables,
        }
        assert set(given) == set(step["env"])
        assert step["shell"] == "python3 {0}"
        script = self.folder / "script"
        script.write_text(step["run"], encoding="utf-8")
        runner = {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "GITHUB": str(self.folder),
            "GITHUB_REPOSITORY": "owner/pets",
        }
        done = subprocess.run(
            [sys.executable, script],
            env={**runner, **given},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        written = json.loads((self.folder / "state.json").read_text(encoding="utf-8"))["written"]
        return done.returncode, [tuple(one) for one in written], done.stdout


@pytest.fixture
def github(tmp_path: Path) -> GitHub:
    return GitHub(tmp_path)


def pull(number: int, sha: str = SHA, branch: str = "fork:new=field") -> dict[str, Any]:
    return {"number": number, "branch": branch, "head": {"sha": sha}}


def comment(number: int, body: str | None = REPORT, login: str | None = "github-actions[bot]") -> dict[str, Any]:
    return {"id": number, "body": body, "user": None if login is None else {"login": login}}


def test_the_first_report_makes_a_comment(github: GitHub) -> None:
    code, written, said = github.run()
    assert (code, said) == (0, "")
    assert written == [("POST", "issues/5/comments", REPORT.rstrip() + NOTE)]


def test_the_next_report_takes_its_place(github: GitHub) -> None:
    others = [comment(1, "Fine."), comment(2, f"See {MARKER}"), comment(3, REPORT, "someone"), comment(4, None, None)]
    github.comments = [*others, comment(9), comment(10)]
    code, written, _ = github.run()
    assert (code, written) == (0, [("PATCH", "issues/comments/9", REPORT.rstrip() + NOTE)])


@pytest.mark.parametrize("before", [99, 100, 101, 250])
def test_the_comment_is_found_on_any_page(github: GitHub, before: int) -> None:
    github.comments = [*(comment(number, "Fine.") for number in range(before)), comment(999)]
    _, written, _ = github.run()
    assert [(method, path) for method, path, _ in written] == [("PATCH", "issues/comments/999")]


def test_a_hundred_comments_of_others_are_no_report(github: GitHub) -> None:
    github.comments = [comment(number, "Fine.") for number in range(100)]
    _, written, _ = github.run()
    assert [(method, path) for method, path, _ in written] == [("POST", "issues/5/comments")]


@pytest.mark.parametrize(
    "pulls",
    [
        [],
        [pull(5, "f" * 40)],  # the branch has moved on: the next run will say it
        [pull(5, branch="owner:new=field")],
        [pull(5), pull(6)],
    ],
)
def test_nothing_is_said_where_it_is_not_sure_whom_it_is_about(github: GitHub, pulls: list[Any]) -> None:
    github.pulls = pulls
    code, written, said = github.run()
    assert (code, written) == (0, [])
    assert "there must be one" in said


def test_the_report_of_the_last_attempt_counts(github: GitHub) -> None:
    github.leave(f"{MARKER}\nlater", 72)
    github.leave(f"{MARKER}\nearlier", 71)
    _, [(_, _, body)], _ = github.run()
    assert body == f"{MARKER}\nlater{NOTE}"


def test_no_report_is_said_to_be_none(github: GitHub) -> None:
    github.artifacts = []
    code, written, said = github.run()
    assert (code, written) == (1, [])
    assert "left no report" in said


@pytest.mark.parametrize("text", ["", "## Fine", f" {MARKER}", f"x{MARKER}"])
def test_what_has_no_marker_is_no_report(github: GitHub, text: str) -> None:
    github.artifacts = []
    github.leave(text)
    code, written, said = github.run()
    assert (code, written) == (1, [])
    assert "does not begin" in said


@pytest.mark.parametrize(("length", "whole"), [(65_000, True), (65_536, False), (1_000_000_000, False)])
def test_a_report_that_is_too_long_is_linked(github: GitHub, length: int, *, whole: bool) -> None:
    github.artifacts = []
    github.leave(MARKER + "x" * min(length, 50_000_000))  # a little zip, whatever it holds
    code, [(_, _, body)], _ = github.run()
    assert code == 0
    assert body.startswith(MARKER)
    assert len(body) <= 65_536
    assert ("is too long" not in body) == whole
    assert "[the run](https://h/runs/17)" in body


def test_a_large_archive_is_not_fetched(github: GitHub) -> None:
    github.artifacts = [{"id": 70, "size_in_bytes": 4 * 65_536 + 1}]
    (github.folder / "70").unlink()
    code, written, said = github.run()
    assert (code, written) == (1, [])
    assert "too large" in said


def test_a_report_under_another_name_is_none(github: GitHub) -> None:
    github.artifacts = []
    github.leave(REPORT, name="../review.md")
    code, written, _ = github.run()
    assert (code, written) == (1, [])
    assert not (github.folder.parent / "review.md").exists()


def test_what_a_report_holds_is_never_carried_out(github: GitHub) -> None:
    hostile = f"{MARKER}\n$(touch x) `touch x` ::error::x\n{{{{ x }}}}\0\xff"
    github.artifacts = []
    github.leave(hostile.encode("latin-1"))
    code, [(_, _, body)], _ = github.run()
    assert code == 0
    assert body == hostile.replace("\xff", "\ufffd") + NOTE


def test_a_branch_by_any_name_is_a_word_to_github(github: GitHub) -> None:
    branch = "a&state=closed;$(x)#"
    github.pulls = [pull(5, branch=f"fork:{branch}")]
    code, written, _ = github.run(HEAD_BRANCH=branch)
    assert (code, len(written)) == (0, 1)
