"""What a command works on: options of the command line, else `[tool.generator]` of the nearest pyproject.toml."""

from __future__ import annotations

import keyword
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEYS: Final = ("spec", "package", "output", "facts")


class UsageError(Exception):
    """A command cannot be carried out as it was asked for; `str()` says why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What to read and where to write."""

    spec: Path
    package: str
    output: Path
    is_own: bool
    """Whether the description is that of the project here, so that its package and its version are of this one."""
    version: str | None
    """The version of the project, as `[project]` says it; `None` where it does not."""
    facts: Path | None = None
    """A file that restates what the description says of its properties, as a test may do; a review names it."""

    @property
    def target(self) -> Path:
        """The folder of the package."""
        return self.output / self.package


def settings(spec: Path | None, package: str | None, output: Path | None) -> Settings:
    """The settings, those that were given before those of the project.

    Raises:
        UsageError: there is no description, or a setting is no good.
        OSError: a pyproject.toml cannot be read.
    """
    defaults, folder, version = _defaults()
    own = _near(folder / defaults["spec"]) if "spec" in defaults else None
    spec = spec or own
    if spec is None:
        raise UsageError("no description: give --spec FILE, or set spec in [tool.generator] of pyproject.toml")
    package = package or defaults.get("package", "client")
    if not package.isidentifier() or keyword.iskeyword(package):
        raise UsageError(f"{package!r} cannot be the name of a Python package")
    output = output or _near(folder / defaults.get("output", "generated"))
    is_own = own is None or os.path.realpath(own) == os.path.realpath(spec)
    facts = _near(folder / defaults["facts"]) if is_own and "facts" in defaults else None
    return Settings(spec, package, output, is_own, version, facts)


def _defaults() -> tuple[dict[str, str], Path, str | None]:
    """The settings of the nearest project that has any, the folder that they are relative to, the nearest version."""
    version = None
    for file, project in _projects():
        about = project.get("project")
        stated = about.get("version") if isinstance(about, dict) else None
        version = version or (stated if isinstance(stated, str) else None)
        tool = project.get("tool", {})
        found = tool.get("generator") if isinstance(tool, dict) else None
        if found is None:
            continue
        if not isinstance(found, dict):
            raise UsageError(f"{file}: [tool.generator] must be a table")
        if wrong := [key for key, value in found.items() if key not in _KEYS or not isinstance(value, str)]:
            raise UsageError(f"{file}: [tool.generator] takes {', '.join(_KEYS)} as strings, not {', '.join(wrong)}")
        return found, file.parent, version
    return {}, Path.cwd(), version


def _projects() -> Iterator[tuple[Path, dict[str, Any]]]:  # Any: what TOML holds
    """Each pyproject.toml from here up."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        file = folder / "pyproject.toml"
        if not file.is_file():
            continue
        try:
            yield file, tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{file}: {error}") from None


def _near(path: Path) -> Path:
    """The path as a person in this folder would write it."""
    return Path(os.path.relpath(path))
