"""Where the base of a review comes from: a file, or the description's folder as it was at a revision of git.

Git is asked for names and objects alone, so nothing in a repository is run: no hook, no filter of a checkout, no shell.
Files are laid out in a folder that the caller gives, and nothing is written into the repository.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

import msgspec

from generator.settings import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEFAULTS: Final = (
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
)
_OF_ONE_REPOSITORY: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_PREFIX")
"""What git tells its hooks: meant for the folder that the hook begins in, wrong below it."""
_HASH: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_ENTRY: Final = re.compile(rb"(\d+) blob ([0-9a-f]+)\t(.+)", re.DOTALL)
"""Mode, hash and path of a file, as `git ls-tree` lists it."""
_SHALLOW: Final = (
    "; this clone holds only a part of the history: `git fetch --unshallow` brings the rest, "
    "as does `fetch-depth: 0` of actions/checkout"
)


class SourceError(UsageError):
    """The base cannot be had; `str()` says why, and how to mend it."""


class Source(msgspec.Struct, frozen=True):
    """A description to be loaded, as `loader.load` wants it."""

    label: str
    """What people call it: `origin/main (1a2b3c4)`, or a file."""
    path: Path
    root: Path = Path()
    """The folder that holds the copy of it; the current one where it is no copy."""


@contextmanager
def base(asked: str | None, file: Path) -> Iterator[Source]:
    """The base that was asked for, to compare `file` with, for as long as the context lasts.

    A file if there is one of that name, else a revision; by default the merge base with the default branch.

    Raises:
        SourceError: it is neither, or cannot be had.
        OSError: there is no folder for temporary files.
    """
    if asked is not None and Path(asked).exists() and not Path(asked).is_dir():
        yield Source(Path(asked).as_posix(), Path(asked))
        return
    with tempfile.TemporaryDirectory(prefix="review-") as folder:
        yield checkout(asked, file, Path(folder))


def checkout(revision: str | None, file: Path, folder: Path) -> Source:
    """Lay out below `folder` what the folder of `file` held at a revision, or at the merge base by default.

    Links are kept as long as they stay in it, as the loader demands of them; submodules are left out.

    Raises:
        SourceError: there is no git, no repository, no such revision, or no such file at it.
    """
    repository = _Repository(file)
    label, commit = repository.merge_base() if revision is None else repository.revision(revision)
    path = PurePath(os.path.normpath(file))
    inner = path.relative_to(path.anchor)
    # A path that goes up goes up in the copy too, where there is something to go up from.
    root = folder.joinpath(*["up" for part in inner.parts if part == ".."])
    root.mkdir(parents=True, exist_ok=True)
    copy = Path(os.path.normpath(root / inner))
    if not repository.holds(commit, file.name):
        raise SourceError(
            f"there is no {file.as_posix()} at {label}; if it had another name, give a copy of it as --base FILE"
        )
    _lay_out(repository.files(commit), copy.parent)
    if not copy.is_file():
        raise SourceError(f"{file.as_posix()} is no file at {label}, or a link that leads out of its folder")
    return Source(label, file, root)


class _Repository:
    """The repository that a file is in, and the file's folder in it."""

    def __init__(self, file: Path) -> None:
        program = shutil.which("git")
        if program is None:
            raise SourceError("git is not installed, or not on the PATH; without it, give --base FILE")
        self._program = program
        self._folder = Path(os.path.realpath(file.parent))
        if not self._folder.is_dir():
            raise SourceError(f"there is no folder {file.parent.as_posix()}")
        self._environment = {key: value for key, value in os.environ.items() if key not in _OF_ONE_REPOSITORY}
        found = self._run("rev-parse", "--show-toplevel")
        if found.returncode and "GIT_DIR" in os.environ:
            self._environment, self._folder = dict(os.environ), Path.cwd()
            found = self._run("rev-parse", "--show-toplevel")
        if found.returncode:
            raise SourceError(
                f"{file.as_posix()} is in no repository that git can read; give --base FILE\n{_error_text(found)}"
            )
        top = os.path.realpath(_text(found))
        path = PurePath(os.path.relpath(os.path.realpath(file.parent), top))
        if ".." in path.parts:
            raise SourceError(f"{file.as_posix()} is not in the repository {top}")
        self._path = "/".join(path.parts)

    def revision(self, name: str) -> tuple[str, str]:
        """The label and the hash of the commit that somebody means."""
        commit = self._commit(name)
        if commit is None:
            raise SourceError(f"{name!r} is neither a file nor a revision that git knows here{self._hint()}")
        return (commit[:7] if commit.startswith(name) else f"{name} ({commit[:7]})"), commit

    def merge_base(self) -> tuple[str, str]:
        """The label and the hash of the commit from which HEAD and the default branch went their ways.

        On the default branch that is what of it was pushed, or else HEAD: what is not committed is left to compare.
        """
        head = self._commit("HEAD")
        if head is None:
            raise SourceError("HEAD is no commit that git can read, as where there is none yet; give --base FILE")
        named = _text(self._run("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"))
        tips = ((name, self._commit(name)) for name in (named, *_DEFAULTS) if name)
        name, tip = next(((name, tip) for name, tip in tips if tip is not None), ("", ""))
        if not tip:
            names = ", ".join(map(_short, _DEFAULTS))
            raise SourceError(f"none of {names} is here to compare with; give --base REV or FILE{self._hint()}")
        commit = _text(self._run("merge-base", head, tip)).partition("\n")[0]
        if not _HASH.fullmatch(commit):
            raise SourceError(f"HEAD and {_short(name)} have no history in common{self._hint()}")
        kind = "" if commit == tip else "merge base with "
        return f"{kind}{_short(name)} ({commit[:7]})", commit

    def holds(self, commit: str, name: str) -> bool:
        """Whether the folder had a member of a name."""
        path = f"{self._path}/{name}" if self._path else name
        return self._object(f"{commit}:{path}") is not None

    def files(self, commit: str) -> Iterator[tuple[PurePath, bool, bytes]]:
        """Each file below the folder, in order: its path there, whether it is a link, and what it holds."""
        listed = self._must("ls-tree", "-r", "-z", "--full-tree", f"{commit}:{self._path}")
        entries = [_ENTRY.fullmatch(entry) for entry in listed.split(b"\0")]
        blobs = [(entry[3], entry[1] == b"120000", entry[2]) for entry in entries if entry]
        held = io.BytesIO(self._must("cat-file", "--batch", given=b"".join(name + b"\n" for *_, name in blobs)))
        for path, is_link, name in blobs:
            header = held.readline().split()
            if header[:2] != [name, b"blob"]:
                raise SourceError(f"git has not what {os.fsdecode(path)} held at {commit[:7]}{self._hint()}")
            yield PurePath(os.fsdecode(path)), is_link, held.read(int(header[2]))
            held.readline()

    def _commit(self, name: str) -> str | None:
        found = self._object(name)
        return found and self._object(f"{found}^{{commit}}")

    def _object(self, name: str) -> str | None:
        """The hash of an object; `None` where there is none, or where a name such as `^main` means something else."""
        if "\0" in name:
            return None
        text = _text(self._run("rev-parse", "--verify", "--quiet", "--end-of-options", name))
        return text if _HASH.fullmatch(text) else None

    def _hint(self) -> str:
        return _SHALLOW if _text(self._run("rev-parse", "--is-shallow-repository")) == "true" else ""

    def _must(self, *arguments: str, given: bytes = b"") -> bytes:
        done = self._run(*arguments, given=given)
        if done.returncode:
            raise SourceError(f"git {arguments[0]} fails{self._hint()}\n{_error_text(done)}")
        return done.stdout

    def _run(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        # A folder that a stranger made to look like a bare repository could bring a configuration that runs programs.
        command = [self._program, "-c", "safe.bareRepository=explicit", *arguments]
        environment = {**self._environment, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
        return subprocess.run(command, cwd=self._folder, env=environment, input=given, capture_output=True, check=False)


def _lay_out(files: Iterator[tuple[PurePath, bool, bytes]], folder: Path) -> None:
    """Write files below a folder. No name and no link of theirs leads out of it."""
    folder.mkdir(parents=True, exist_ok=True)
    inside = os.path.realpath(folder)
    links = []
    for path, is_link, content in files:
        if path.anchor or ".." in path.parts:
            raise SourceError(f"the revision holds a file that no checkout would have: {str(path)!r}")
        if is_link:
            links.append((Path(inside, path), os.fsdecode(content)))
        else:
            Path(inside, path).parent.mkdir(parents=True, exist_ok=True)
            Path(inside, path).write_bytes(content)
    made = [place for place, target in links if _link(place, target)]
    for place in [one for one in made if os.path.commonpath([os.path.realpath(one), inside]) != inside]:
        place.unlink()


def _link(place: Path, target: str) -> bool:
    """Make a link, when all files are there, so that none is written through it; tells whether it could be made."""
    if os.path.realpath(place.parent) != str(place.parent):
        return False  # it would be made through another one
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(target)
    except (OSError, ValueError):  # what is no path, a system without links
        return False
    return True


def _text(done: subprocess.CompletedProcess[bytes]) -> str:
    """What git printed, without the end of the line; nothing where it failed."""
    return "" if done.returncode else os.fsdecode(done.stdout).removesuffix("\n")


def _error_text(done: subprocess.CompletedProcess[bytes]) -> str:
    return os.fsdecode(done.stderr).strip()


def _short(name: str) -> str:
    return name.removeprefix("refs/remotes/").removeprefix("refs/heads/")
