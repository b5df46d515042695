"""Packages are put in their place as a whole or not at all."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from generator.package import writer
from generator.python.source import NOTICE

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "_operations.py": f"# {NOTICE}\n",
    "models.py": "# ü\n",
    "openapi.json": "{}\n",
    "py.typed": "",
    "resources/__init__.py": "",
    "resources/pets.py": "x\ny\n",
}


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in folder.rglob("*") if path.is_file()
    }


def times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in (folder, *folder.rglob("*"))}


def test_writes_exactly_the_files(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b" / "pets"
    assert writer.write(FILES, target) == tuple(sorted(FILES))
    assert contents(target) == FILES
    assert [path.name for path in target.parent.iterdir()] == ["pets"]


def test_others_may_read_what_is_written(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        writer.write(FILES, tmp_path / "pets")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "pets").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "pets" / "models.py").stat().st_mode) == 0o644


def test_an_unchanged_run_touches_nothing(tmp_path: Path) -> None:
    writer.write(FILES, tmp_path / "pets")
    before = times(tmp_path)
    assert writer.write(FILES, tmp_path / "pets") == ()
    assert times(tmp_path) == before


def test_stale_files_go_and_are_told(tmp_path: Path) -> None:
    writer.write(FILES, tmp_path / "pets")
    fewer = {path: text for path, text in FILES.items() if not path.startswith("resources/")} | {"models.py": "new\n"}
    assert writer.write(fewer, tmp_path / "pets") == ("models.py", "resources/__init__.py", "resources/pets.py")
    assert contents(tmp_path / "pets") == fewer
    assert not (tmp_path / "pets" / "resources").exists()


def test_caches_of_python_count_for_nothing(tmp_path: Path) -> None:
    writer.write(FILES, tmp_path / "pets")
    (tmp_path / "pets" / "__pycache__").mkdir()
    (tmp_path / "pets" / "__pycache__" / "models.pyc").write_bytes(b"\0")
    assert writer.write(FILES, tmp_path / "pets") == ()
    assert writer.diff(FILES, tmp_path / "pets") == ""


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "pets").mkdir()
    writer.write(FILES, tmp_path / "pets")
    assert contents(tmp_path / "pets") == FILES


def test_a_file_or_a_foreign_folder_or_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "models.py").write_text("mine", encoding="utf-8")
    writer.write(FILES, tmp_path / "elsewhere")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("file", "folder", "link"):
        with pytest.raises(writer.ForeignFolderError, match=name):
            writer.write({**FILES, "models.py": "other\n"}, tmp_path / name)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
    assert contents(tmp_path / "folder") == {"models.py": "mine"}
    assert contents(tmp_path / "elsewhere") == FILES


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt, MemoryError])
@pytest.mark.parametrize("failing", [1, 2])
def test_a_failure_midway_leaves_the_old_files_whole(
    failing: int, error: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first rename moves the old package away, the second the new one in: either may be cut short."""
    writer.write(FILES, tmp_path / "pets")
    rename, calls = os.replace, 0

    def cut_short(source: str | Path, destination: str | Path) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise error
        rename(source, destination)

    monkeypatch.setattr(os, "replace", cut_short)
    with pytest.raises(error):
        writer.write({**FILES, "models.py": "new\n"}, tmp_path / "pets")
    assert contents(tmp_path / "pets") == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["pets"]


def test_a_failure_while_writing_leaves_the_old_files_whole(tmp_path: Path) -> None:
    writer.write(FILES, tmp_path / "pets")
    with pytest.raises(OSError, match=r"models\.py"):
        writer.write({"models.py": "a file", "models.py/below": "cannot be"}, tmp_path / "pets")
    assert contents(tmp_path / "pets") == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["pets"]


def test_a_failure_before_there_was_a_package_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        writer.write(FILES, tmp_path / "pets")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_does_not_matter(tmp_path: Path) -> None:
    left = tmp_path / ".pets-x1y2z3" / "new"
    left.mkdir(parents=True)
    (left / "models.py").write_text("half", encoding="utf-8")
    writer.write(FILES, tmp_path / "pets")
    assert contents(tmp_path / "pets") == FILES
    assert writer.diff(FILES, tmp_path / "pets") == ""


# -- diff -------------------------------------------------------------------------------------------------------------


def test_diff_of_equal_folders_is_empty(tmp_path: Path) -> None:
    writer.write(FILES, tmp_path / "pets")
    assert writer.diff(FILES, tmp_path / "pets") == ""


def test_diff_is_unified_and_goes_from_what_is_to_what_should_be(tmp_path: Path) -> None:
    writer.write(FILES, tmp_path / "pets")
    name = (tmp_path / "pets" / "resources" / "pets.py").as_posix()
    assert writer.diff({**FILES, "resources/pets.py": "x\nz\n"}, tmp_path / "pets") == (
        f"--- {name}\n+++ {name}\n@@ -1,2 +1,2 @@\n x\n-y\n+z\n"
    )


def test_diff_names_new_and_stale_files(tmp_path: Path) -> None:
    writer.write(FILES, tmp_path / "pets")
    wanted = {**FILES, "new.py": "n\n"}
    del wanted["models.py"]
    said = writer.diff(wanted, tmp_path / "pets")
    assert f"--- {(tmp_path / 'pets' / 'models.py').as_posix()}\n+++ /dev/null\n" in said
    assert f"--- /dev/null\n+++ {(tmp_path / 'pets' / 'new.py').as_posix()}\n" in said


def test_diff_shows_empty_files_missing_newlines_and_bytes_that_are_no_text(tmp_path: Path) -> None:
    writer.write(FILES, tmp_path / "pets")
    (tmp_path / "pets" / "py.typed").unlink()
    (tmp_path / "pets" / "models.py").write_bytes(b"\xff\xfe")
    said = writer.diff(FILES, tmp_path / "pets")
    assert f"+++ {(tmp_path / 'pets' / 'py.typed').as_posix()}\n" in said
    assert "-\\xff\\xfe\n\\ No newline at end of file\n" in said


def test_a_change_of_line_ends_is_a_change(tmp_path: Path) -> None:
    writer.write(FILES, tmp_path / "pets")
    (tmp_path / "pets" / "resources" / "pets.py").write_bytes(b"x\r\ny\r\n")
    assert list(writer.changes(FILES, tmp_path / "pets")) == ["resources/pets.py"]


def test_diff_writes_nothing(tmp_path: Path) -> None:
    assert writer.diff(FILES, tmp_path / "pets")
    assert list(tmp_path.iterdir()) == []
