"""Where to call, as whom and how: from options, the environment, and profiles, which are TOML files.

Credentials are never arguments: those are seen by whoever lists processes, and stay in the history of a shell.
"""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from ..options import Options
from .failures import misused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .program import Program

_DEFAULT: Final = "default"
_SUFFIX: Final = ".toml"
_OPTIONS: Final = tuple(name for name in Options.__annotations__ if name not in ("hooks", "make_key"))
"""Those of a client that a file can say."""


class Profile(NamedTuple):
    """What a profile says; nothing of what it does not say."""

    base_url: str | None = None
    credentials: Mapping[str, str] = {}
    options: Mapping[str, Any] = {}  # Any: those of a client, which checks them


def path_of(program: Program, name: str | None) -> Path:
    """The file of a profile, by default of the one named so: a name is one of the user's own folder, else a path."""
    name = name or _DEFAULT
    is_path = name.endswith(_SUFFIX) or os.sep in name or (os.altsep or os.sep) in name
    return Path(name) if is_path else Path(click.get_app_dir(program.name)) / f"{name}{_SUFFIX}"


def load(program: Program, name: str | None) -> Profile:
    """The profile of a name; without one the default, if there is such a file.

    Raises:
        Failure: it cannot be read, is open to others, or says something that no profile can say.
    """
    path = path_of(program, name)
    try:
        with path.open("rb") as file:
            _refuse_open(path, os.fstat(file.fileno()))
            said = tomllib.load(file)
    except FileNotFoundError:
        if name is None:
            return Profile()
        raise misused(f"there is no profile {path}") from None
    except OSError as error:
        raise misused(f"the profile {path} cannot be read: {error.strerror or type(error).__name__}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise misused(
            f'the profile {path} is no TOML: {error}; texts stand in quotes, as in base_url = "..."'
        ) from None
    return _checked(program, path, said)


def _refuse_open(path: Path, status: os.stat_result) -> None:
    """Refuse a file with secrets that others than its owner can read; Windows says that in another way, unread here."""
    if os.name != "nt" and status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise misused(f"the profile {path} is open to others: chmod 600 {path}")


def _checked(program: Program, path: Path, said: Mapping[str, Any]) -> Profile:
    known = ("base_url", *program.credentials)
    options = said.get("options", {})
    for name in options if isinstance(options, dict) else ():
        if name not in _OPTIONS:
            raise misused(f"the profile {path} has {name!r} in [options]; there are {', '.join(_OPTIONS)}")
    for name, value in said.items():
        if name == "options" and isinstance(value, dict):
            continue
        if name not in known:
            raise misused(f"the profile {path} has {name!r}; it can have {', '.join(known)} and a table [options]")
        if not isinstance(value, str):
            raise misused(f"the profile {path}: {name} must be a string")
    return Profile(
        said.get("base_url"),
        {name: said[name] for name in program.credentials if name in said},
        options,
    )
