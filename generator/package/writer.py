"""The sole owner of output: puts a package in its place as a whole, or says how what is there differs."""

from __future__ import annotations

import difflib
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from generator.python.source import NOTICE
from generator.settings import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NOT_OURS: Final = ("__pycache__",)


class ForeignFolderError(UsageError):
    """The place for the package holds something that the generator did not make."""


def write(files: Mapping[str, str], target: Path) -> tuple[str, ...]:
    """Make `target` hold exactly these files; returns the paths that changed. A failure leaves it as it was.

    Raises:
        ForeignFolderError: there is a folder that the generator did not make, or a file.
        OSError: the folder cannot be written.
    """
    if not _is_replaceable(target):
        raise ForeignFolderError(
            f"{target} holds files that are not a generated package; remove it or choose another place"
        )
    changed = tuple(changes(files, target))
    if not changed:
        return ()
    target.parent.mkdir(parents=True, exist_ok=True)
    # A new folder beside the old one and two renames: nobody ever sees half of a package.
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        package = fresh / "new"
        for path, text in files.items():
            file = package / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        old = fresh / "old"
        if target.exists():
            os.replace(target, old)
        try:
            os.replace(package, target)
        except BaseException:
            if old.exists():
                os.replace(old, target)
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return changed


def changes(files: Mapping[str, str], target: Path) -> Iterator[str]:
    """The paths whose text differs from what is there, in order; those that should not be there too."""
    present = _present(target)
    for path in sorted({*files, *present}):
        if path not in files or path not in present or present[path] != files[path].encode():
            yield path


def diff(files: Mapping[str, str], target: Path) -> str:
    """A unified diff from what is there to what should be; empty when they are the same."""
    present = _present(target)
    lines: list[str] = []
    for path in changes(files, target):
        before = present.get(path, b"").decode("utf-8", "backslashreplace")
        after = files.get(path, "")
        name = (target / path).as_posix()
        from_name = name if path in present else "/dev/null"
        to_name = name if path in files else "/dev/null"
        compared = list(
            difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), from_name, to_name)
        )
        lines += compared or [f"--- {from_name}\n", f"+++ {to_name}\n"]
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _present(target: Path) -> dict[str, bytes]:
    found = {}
    for path in target.rglob("*") if target.is_dir() else ():
        if path.is_file() and not any(part in _NOT_OURS for part in path.relative_to(target).parts):
            found[path.relative_to(target).as_posix()] = path.read_bytes()
    return found


def _is_replaceable(target: Path) -> bool:
    if target.is_symlink() or target.is_file():
        return False
    with suppress(OSError):
        if not target.exists() or not any(target.iterdir()):
            return True
    texts = (file.read_text(encoding="utf-8", errors="replace") for file in target.glob("*.py"))
    return any(f"# {NOTICE}" in text.splitlines() for text in texts)
