"""What a command works on: options of the command line, else `[tool.generator]` of the nearest pyproject.toml."""

from __future__ import annotations

import keyword
import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from generator.diagnostics import Location
from generator.policy import LENIENT, Acceptance, Policy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TEXTS: Final = ("spec", "package", "output", "facts")
_ACCEPTED: Final = ("rule", "pointer", "reason")


class UsageError(Exception):
    """A command cannot be carried out as it was asked for; `str()` says why."""


class Settings(msgspec.Struct, frozen=True):
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
    policy: Policy = LENIENT
    """Which findings stop a run; the project's is for its own description alone."""
    overlays: tuple[Path, ...] = ()
    """What to lay over the description, in order; the project's are for its own description alone."""

    @property
    def target(self) -> Path:
        """The folder of the package."""
        return self.output / self.package


def settings(
    spec: Path | None,
    package: str | None,
    output: Path | None,
    *,
    is_strict: bool = False,
    overlays: Sequence[Path] | None = None,
) -> Settings:
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
    package = package or str(defaults.get("package", "client"))
    if not package.isidentifier() or keyword.iskeyword(package):
        raise UsageError(f"{package!r} cannot be the name of a Python package")
    output = output or _near(folder / defaults.get("output", "generated"))
    is_own = own is None or os.path.realpath(own) == os.path.realpath(spec)
    facts = _near(folder / defaults["facts"]) if is_own and "facts" in defaults else None
    policy = _policy(defaults if is_own else {}, folder / "pyproject.toml", is_strict)
    if overlays is None:
        overlays = [_near(folder / one) for one in defaults.get("overlays", [])] if is_own else []
    return Settings(spec, package, output, is_own, version, facts, policy, tuple(overlays))


def _policy(defaults: dict[str, Any], file: Path, is_strict: bool) -> Policy:  # Any: what TOML holds
    accepted = defaults.get("accept", [])
    if not accepted:
        return Policy(is_strict or defaults.get("strict", False))
    lines = file.read_text(encoding="utf-8").splitlines()
    place = _near(file).as_posix()
    made = []
    for entry in accepted:
        # TOML's reader tells no places; the first line with the pointer is where a person would look.
        line = next((number for number, text in enumerate(lines, 1) if entry["pointer"] in text), 1)
        made.append(Acceptance(entry["rule"], entry["pointer"], entry["reason"], Location(place, line, 1)))
    return Policy(is_strict or defaults.get("strict", False), tuple(made))


def _defaults() -> tuple[dict[str, Any], Path, str | None]:  # Any: what TOML holds
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
        _refuse_wrong(found, file)
        return found, file.parent, version
    return {}, Path.cwd(), version


def _refuse_wrong(found: dict[str, Any], file: Path) -> None:  # Any: what TOML holds
    """Settings of other names, or of other types than they are to have."""
    known = (*_TEXTS, "strict", "accept", "overlays")
    if wrong := [key for key in found if key not in known]:
        raise UsageError(f"{file}: [tool.generator] takes {', '.join(known)}, not {', '.join(wrong)}")
    if wrong := [key for key in found if key in _TEXTS and not isinstance(found[key], str)]:
        raise UsageError(f"{file}: [tool.generator] takes {', '.join(_TEXTS)} as strings, not {', '.join(wrong)}")
    if not isinstance(found.get("strict", False), bool):
        raise UsageError(f"{file}: strict of [tool.generator] must be true or false")
    overlays = found.get("overlays", [])
    if not isinstance(overlays, list) or not all(isinstance(one, str) for one in overlays):
        raise UsageError(f"{file}: overlays of [tool.generator] must be a list of files")
    if not _are_acceptances(found.get("accept", [])):
        keys = ", ".join(_ACCEPTED)
        raise UsageError(f"{file}: accept of [tool.generator] must be a list of tables, each with the texts {keys}")


def _are_acceptances(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict) and set(one) == set(_ACCEPTED) and all(isinstance(text, str) for text in one.values())
        for one in value
    )


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
