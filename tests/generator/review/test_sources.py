"""What git gives for a base: which commit by default, which files, and one clear sentence where it gives none."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.document.loader import load
from generator.review import sources
from generator.review.sources import Source, SourceError, checkout

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = 'openapi: 3.1.1\ninfo: {title: Pets, version: "1"}\n'
SPEC = Path("spec/openapi.yaml")
UMLAUT = os.fsdecode("ä".encode())
"""As names of files have it in every locale."""


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository without a commit, the current folder; the machine's own settings of git have no say."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Ann")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "ann@example.com")
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    git("init", "--quiet", "--initial-branch=main")
    return folder


def git(*arguments: str, given: bytes = b"") -> str:
    done = subprocess.run(["git", *arguments], input=given, capture_output=True, check=True)  # noqa: S607 - the git that is there
    return done.stdout.decode().strip()


def write(files: Mapping[str, str]) -> None:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")


def commit(files: Mapping[str, str]) -> str:
    """Write files and commit all there is; gives the hash."""
    write(files)
    git("add", "--all")
    git("commit", "--quiet", "--message", "It.")
    return git("rev-parse", "HEAD")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): bytes(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def refusal(revision: str | None, folder: Path, file: Path = SPEC) -> str:
    with pytest.raises(SourceError) as caught:
        checkout(revision, file, folder)
    return str(caught.value)


# -- which files ------------------------------------------------------------------------------------------------------


def test_the_folder_is_as_it_was(tmp_path: Path) -> None:
    odd = f"spec/a b\n'\"{UMLAUT}.yaml"
    files = {"spec/openapi.yaml": HEAD, "spec/schemas/pet.yaml": "type: object\n", odd: "{}"}
    first = commit({**files, "other/x.yaml": "x"})
    write({"spec/openapi.yaml": "edited", "spec/new.yaml": "new"})
    Path("spec/schemas/pet.yaml").unlink()
    source = checkout(first, SPEC, tmp_path / "copy")
    assert source == Source(first[:7], SPEC, tmp_path / "copy")
    assert tree(tmp_path / "copy") == {name: text.encode() for name, text in files.items()}


def test_bytes_are_those_of_the_commit(tmp_path: Path) -> None:
    Path("spec").mkdir()
    Path("spec/any.bin").write_bytes(content := bytes(range(256)) * 99)
    Path("spec/empty").touch()
    commit({"spec/openapi.yaml": HEAD + "x-a: 1\r\n", ".gitattributes": "* text eol=crlf ident\n*.bin -text\n"})
    checkout("HEAD", SPEC, tmp_path / "copy")
    assert tree(tmp_path / "copy" / "spec") == {
        "any.bin": content,
        "empty": b"",
        "openapi.yaml": HEAD.encode() + b"x-a: 1\n",
    }


def test_a_description_beside_the_repository_itself(tmp_path: Path) -> None:
    commit({"openapi.yaml": HEAD, "paths/a.yaml": "get: {}\n"})
    checkout("main", Path("openapi.yaml"), tmp_path / "copy")
    assert set(tree(tmp_path / "copy")) == {"openapi.yaml", "paths/a.yaml"}


@pytest.mark.parametrize("name", [".github", "-rf", ":(top)spec", "*", "a\tb", UMLAUT, "..."])
def test_odd_folders(name: str, tmp_path: Path) -> None:
    commit({f"{name}/openapi.yaml": HEAD, "spec/openapi.yaml": "other"})
    source = checkout("main", Path(name, "openapi.yaml"), tmp_path / "copy")
    assert tree(tmp_path / "copy") == {f"{name}/openapi.yaml": HEAD.encode()}
    assert load(source.path, source.root).files == (f"{name}/openapi.yaml",)


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        (".", "./a/../spec/openapi.yaml"),
        ("spec", "openapi.yaml"),
        ("spec/schemas", "../openapi.yaml"),
        ("spec/schemas", "../../spec/openapi.yaml"),
        ("a", "../spec/openapi.yaml"),
        (".", "/spec/openapi.yaml"),
    ],
)
def test_wherever_one_stands_the_copy_has_the_names_of_the_original(
    folder: str, name: str, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = "paths: {/pets: {$ref: schemas/pets.yaml}}\n"
    commit({"a/keep": "", "spec/openapi.yaml": HEAD + reference, "spec/schemas/pets.yaml": "get: {}\n"})
    monkeypatch.chdir(folder)
    path = Path(f"{repository}{name}" if name.startswith("/") else name)
    source = checkout("main", path, tmp_path / "copy")
    copied, original = load(source.path, source.root), load(path)
    assert copied == original
    assert not copied.diagnostics
    assert not set(tree(tmp_path / "copy")) & {"a/keep"}
    assert copied.node["paths"]["/pets"].location == original.node["paths"]["/pets"].location


def test_links_are_kept_where_they_stay_inside(repository: Path, tmp_path: Path) -> None:
    (repository / "secret.yaml").write_text("secret", encoding="utf-8")
    write({"spec/openapi.yaml": HEAD, "spec/common/pet.yaml": "{}"})
    for name, target in {
        "near.yaml": "common/pet.yaml",
        "folder": "common",
        "through.yaml": "folder/pet.yaml",
        "common/up.yaml": "../openapi.yaml",
        "out.yaml": "../secret.yaml",
        "absolute.yaml": str(repository / "secret.yaml"),
        "outer": "..",
        "chain.yaml": "outer/secret.yaml",
        "loop": "loop",
    }.items():
        Path("spec", name).symlink_to(target)
    commit({})
    checkout("main", SPEC, tmp_path / "copy")
    links = {
        path for path, content in tree(tmp_path / "copy" / "spec").items() if content not in (HEAD.encode(), b"{}")
    }
    assert links == {"near.yaml", "folder", "through.yaml", "common/up.yaml", "loop"}
    assert (tmp_path / "copy/spec/through.yaml").read_text(encoding="utf-8") == "{}"


def test_a_description_that_is_a_link_out_of_its_folder(tmp_path: Path) -> None:
    write({"api.yaml": HEAD})
    Path("spec").mkdir()
    SPEC.symlink_to("../api.yaml")
    commit({})
    assert refusal("main", tmp_path / "copy").startswith("spec/openapi.yaml is no file at main (")


def test_a_folder_that_is_a_link(tmp_path: Path) -> None:
    write({"api/openapi.yaml": HEAD})
    Path("spec").symlink_to("api")
    commit({})
    checkout("main", SPEC, tmp_path / "copy")
    assert tree(tmp_path / "copy") == {"spec/openapi.yaml": HEAD.encode()}


def raw_tree(*entries: tuple[str, str, str]) -> str:
    """A tree as bytes, with no check at all; gives its hash."""
    content = b"".join(mode.encode() + b" " + name.encode() + b"\0" + bytes.fromhex(sha) for mode, name, sha in entries)
    return git("hash-object", "-w", "--literally", "-t", "tree", "--stdin", given=content)


def blob(text: str) -> str:
    return git("hash-object", "-w", "--stdin", given=text.encode())


def commit_of(spec: str) -> str:
    return git("commit-tree", "-m", "It.", raw_tree(("40000", "spec", spec)))


@pytest.mark.parametrize("name", ["..", "../x", "/x", "a/../../x"])
def test_a_tree_with_a_name_that_leads_out(name: str, tmp_path: Path) -> None:
    write({"spec/openapi.yaml": HEAD})
    evil = ("40000", "..", raw_tree(("100644", "x", blob("x")))) if name == ".." else ("100644", name, blob("x"))
    crafted = commit_of(raw_tree(evil, ("100644", "openapi.yaml", blob(HEAD))))
    assert "no checkout would have" in refusal(crafted, tmp_path / "deep" / "copy")
    assert not list(tmp_path.rglob("x"))
    assert not Path("/x").exists()


def test_a_tree_with_a_link_and_a_folder_of_one_name(tmp_path: Path) -> None:
    write({"spec/openapi.yaml": HEAD})
    (tmp_path / "outside").mkdir()
    link = blob(str(tmp_path / "outside"))
    inner = raw_tree(("100644", "file", blob("evil")), ("120000", "link", blob("evil")))
    links = raw_tree(("120000", "link", blob("evil")))
    for entries in (
        [("120000", "a", link), ("40000", "a", links)],
        [("40000", "a", links), ("120000", "a", link)],
        [("120000", "a", link), ("40000", "a", inner)],
    ):
        crafted = commit_of(raw_tree(*entries, ("100644", "openapi.yaml", blob(HEAD))))
        with contextlib.suppress(SourceError, OSError):
            checkout(crafted, SPEC, tmp_path / crafted)
        assert (tmp_path / crafted).is_dir()
        assert not list((tmp_path / "outside").iterdir())


def test_submodules_are_left_out(tmp_path: Path) -> None:
    write({"spec/openapi.yaml": HEAD})
    first = commit({"a": "a"})
    crafted = commit_of(raw_tree(("160000", "module", first), ("100644", "openapi.yaml", blob(HEAD))))
    checkout(crafted, SPEC, tmp_path / "copy")
    assert set(tree(tmp_path / "copy")) == {"spec/openapi.yaml"}


# -- which commit -----------------------------------------------------------------------------------------------------


def test_by_default_a_branch_is_compared_with_where_it_began() -> None:
    first = commit({"spec/openapi.yaml": HEAD})
    git("checkout", "--quiet", "-b", "feature")
    commit({"spec/openapi.yaml": HEAD + "x-a: 1\n"})
    with sources.base(None, SPEC) as source:
        assert source.label == f"main ({first[:7]})"
        assert (source.root / SPEC).read_text(encoding="utf-8") == HEAD
    assert not source.root.exists()
    git("checkout", "--quiet", "main")
    commit({"spec/openapi.yaml": HEAD + "x-b: 1\n"})
    git("checkout", "--quiet", "feature")
    with sources.base(None, SPEC) as source:
        assert source.label == f"merge base with main ({first[:7]})"
        assert (source.root / SPEC).read_text(encoding="utf-8") == HEAD


def test_by_default_the_default_branch_is_compared_with_what_was_pushed(tmp_path: Path) -> None:
    first = commit({"spec/openapi.yaml": HEAD})
    with sources.base(None, SPEC) as source:
        assert source.label == f"main ({first[:7]})"
    git("update-ref", "refs/remotes/origin/main", first)
    commit({"spec/openapi.yaml": HEAD + "x-a: 1\n"})
    with sources.base(None, SPEC) as source:
        assert source.label == f"origin/main ({first[:7]})"
        assert (source.root / SPEC).read_text(encoding="utf-8") == HEAD


def test_the_default_branch_is_what_the_remote_says() -> None:
    first = commit({"spec/openapi.yaml": HEAD})
    second = commit({"spec/openapi.yaml": HEAD + "x-a: 1\n"})
    git("update-ref", "refs/remotes/origin/main", first)
    git("update-ref", "refs/remotes/origin/trunk", second)
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    with sources.base(None, SPEC) as source:
        assert source.label == f"origin/trunk ({second[:7]})"
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone")
    with sources.base(None, SPEC) as source:
        assert source.label == f"origin/main ({first[:7]})"


def test_no_default_branch(tmp_path: Path) -> None:
    commit({"spec/openapi.yaml": HEAD})
    git("branch", "--move", "feature")
    said = refusal(None, tmp_path / "copy")
    assert said == "none of origin/main, origin/master, main, master is here to compare with; give --base REV or FILE"


def test_no_common_history(tmp_path: Path) -> None:
    commit({"spec/openapi.yaml": HEAD})
    git("checkout", "--quiet", "--orphan", "other")
    commit({"spec/openapi.yaml": HEAD + "x-a: 1\n"})
    assert refusal(None, tmp_path / "copy") == "HEAD and main have no history in common"


@pytest.mark.parametrize("name", ["main", "v1", "HEAD", "HEAD~0", "refs/heads/main", "main^0", ":/It"])
def test_names_of_revisions(name: str, tmp_path: Path) -> None:
    first = commit({"spec/openapi.yaml": HEAD})
    git("tag", "--annotate", "--message", "One.", "v1")
    assert checkout(name, SPEC, tmp_path / "copy").label == f"{name} ({first[:7]})"


@pytest.mark.parametrize(
    "name",
    [
        *("none", "", " ", "-", "--", "--help", "--output=x", "-q", "--all", "--branches", "main..main", "^main"),
        *("main...main", "main main", "main\nmain", "main\0", "\udcff", "HEAD:spec", "@{upstream}", "HEAD@{", ":/none"),
        *("0" * 40, "main^{tree}", "$(touch x)", "; touch x", "../x", "x" * 9999),
    ],
)
def test_what_is_no_revision(name: str, tmp_path: Path) -> None:
    commit({"spec/openapi.yaml": HEAD})
    before = tree(Path())
    assert refusal(name, tmp_path / "copy") == f"{name!r} is neither a file nor a revision that git knows here"
    assert tree(Path()) == before


# -- no base ----------------------------------------------------------------------------------------------------------


def test_no_commit_yet(tmp_path: Path) -> None:
    write({"spec/openapi.yaml": HEAD})
    assert (
        refusal(None, tmp_path / "copy")
        == "HEAD is no commit that git can read, as where there is none yet; give --base FILE"
    )
    assert "neither a file nor a revision" in refusal("HEAD", tmp_path / "copy")


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write({"spec/openapi.yaml": HEAD})
    assert refusal(None, tmp_path / "copy").startswith(
        "spec/openapi.yaml is in no repository that git can read; give --base FILE\nfatal: not a git repository"
    )


def test_no_folder(tmp_path: Path) -> None:
    commit({"a": "a"})
    assert refusal(None, tmp_path / "copy") == "there is no folder spec"


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit({"spec/openapi.yaml": HEAD})
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refusal(None, tmp_path / "copy").startswith("git is not installed")


@pytest.mark.parametrize("there", ["spec/other.yaml", "openapi.yaml", "spec/openapi.yaml/x"])
def test_no_such_file_at_the_revision(there: str, tmp_path: Path) -> None:
    first = commit({there: HEAD})
    git("rm", "-r", "--quiet", ".")
    commit({"spec/openapi.yaml": HEAD})
    said = refusal("HEAD~1", tmp_path / "copy")
    if there == "spec/openapi.yaml/x":
        assert said.startswith(f"spec/openapi.yaml is no file at HEAD~1 ({first[:7]})")
    else:
        assert said.startswith(f"there is no spec/openapi.yaml at HEAD~1 ({first[:7]}); ")


def test_a_shallow_clone_says_how_to_mend_it(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = commit({"spec/openapi.yaml": HEAD})
    git("checkout", "--quiet", "-b", "feature")
    commit({"spec/openapi.yaml": HEAD + "x-a: 1\n"})
    git("checkout", "--quiet", "main")
    clone = tmp_path / "clone"
    git("clone", "--quiet", "--depth=1", "--branch=feature", f"file://{repository}", str(clone))
    monkeypatch.chdir(clone)
    for revision in (None, first, "origin/main"):
        assert "fetch-depth: 0" in refusal(revision, tmp_path / "copy")
    git("remote", "set-branches", "origin", "*")
    git("fetch", "--quiet", "--depth=1")
    assert checkout("origin/main", SPEC, tmp_path / "copy").label == f"origin/main ({first[:7]})"
    said = refusal(None, tmp_path / "copy")
    assert said.startswith("HEAD and origin/main have no history in common; ")
    assert "fetch-depth: 0" in said
    git("fetch", "--quiet", "--unshallow")
    assert checkout(None, SPEC, tmp_path / "copy").label == f"origin/main ({first[:7]})"


# -- the state of git -------------------------------------------------------------------------------------------------


def test_a_worktree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = commit({"spec/openapi.yaml": HEAD})
    git("worktree", "add", "--quiet", "-b", "feature", str(tmp_path / "tree"))
    monkeypatch.chdir(tmp_path / "tree")
    commit({"spec/openapi.yaml": HEAD + "x-a: 1\n"})
    assert checkout(None, SPEC, tmp_path / "copy").label == f"main ({first[:7]})"


def test_in_a_hook_below_the_top(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = commit({"spec/openapi.yaml": HEAD})
    monkeypatch.setenv("GIT_PREFIX", "")
    for folder in (".git", str(repository / ".git")):
        monkeypatch.setenv("GIT_DIR", folder)
        for name in (SPEC, repository / SPEC):
            assert checkout(None, name, tmp_path / "copy").label == f"main ({first[:7]})"
    monkeypatch.chdir("spec")
    assert checkout(None, Path("openapi.yaml"), tmp_path / "copy").label == f"main ({first[:7]})"


def test_a_repository_that_lies_elsewhere(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = commit({"spec/openapi.yaml": HEAD})
    (repository / ".git").rename(tmp_path / "hidden")
    assert "no repository" in refusal(None, tmp_path / "copy")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "hidden"))
    assert checkout(None, SPEC, tmp_path / "copy").label == f"main ({first[:7]})"
    other = tmp_path / "other.yaml"
    other.write_text(HEAD, encoding="utf-8")
    assert "is not in the repository" in refusal(None, tmp_path / "copy", other)


def test_a_folder_that_looks_like_a_repository_is_not_taken_for_one(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    config = f'[core]\n\trepositoryformatversion = 0\n\tbare = true\n\tfsmonitor = "touch {ran}; false"\n'
    bare = {"spec/HEAD": "ref: refs/heads/main\n", "spec/config": config}
    write({"spec/openapi.yaml": HEAD, **bare, "spec/objects/keep": "", "spec/refs/keep": ""})
    git("-c", "safe.bareRepository=explicit", "add", "--all")
    git("commit", "--quiet", "--message", "It.")
    assert "safe.bareRepository" in refusal(None, tmp_path / "copy")
    assert not ran.exists()


def test_nothing_of_the_repository_runs_and_nothing_is_written(repository: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    git("config", "filter.odd.smudge", f"touch {ran}; cat")
    git("config", "core.fsmonitor", f"touch {ran}; false")
    git("config", "diff.odd.textconv", f"touch {ran}; cat")
    commit({"spec/openapi.yaml": HEAD, ".gitattributes": "*.yaml filter=odd diff=odd\n"})
    for name in ("post-checkout", "reference-transaction", "post-index-change"):
        hook = repository / ".git" / "hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch {ran}\n", encoding="utf-8")
        hook.chmod(0o755)
    ran.unlink(missing_ok=True)
    before = tree(repository)
    checkout(None, SPEC, tmp_path / "copy")
    assert not ran.exists()
    assert tree(repository) == before


# -- files ------------------------------------------------------------------------------------------------------------


def test_a_file_goes_before_a_revision_of_its_name() -> None:
    first = commit({"spec/openapi.yaml": HEAD, "main": "a file"})
    with sources.base("main", SPEC) as source:
        assert source == Source("main", Path("main"))
    with sources.base("heads/main", SPEC) as source:
        assert source.label == f"heads/main ({first[:7]})"
    Path("main").unlink()
    Path("main").mkdir()
    with sources.base("main", SPEC) as source:
        assert source.label == f"main ({first[:7]})"


def test_a_file_needs_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    (tmp_path / "old.yaml").write_text(HEAD, encoding="utf-8")
    with sources.base(str(tmp_path / "old.yaml"), SPEC) as source:
        assert source == Source((tmp_path / "old.yaml").as_posix(), tmp_path / "old.yaml")


def test_a_file_that_is_not_there_is_said_to_be_neither() -> None:
    commit({"spec/openapi.yaml": HEAD})
    with (
        pytest.raises(SourceError, match=re.escape("'./main' is neither a file nor a revision")),
        sources.base("./main", SPEC),
    ):
        pass
