"""The command line: generate, check, validate. The only place that prints and exits."""

from __future__ import annotations

import argparse
import io
import keyword
import os
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from generator import writer
from generator.diagnostics import (
    UnusableInputError,
    as_github,
    as_json,
    as_text,
    has_errors,
)
from generator.pipeline import generate, inspect

if TYPE_CHECKING:
    from collections.abc import Sequence

FINE: Final = 0
FINDINGS: Final = 1
UNUSABLE: Final = 2

_KEYS: Final = ("spec", "package", "output")
_FORMATS: Final = {"text": as_text, "github": as_github, "json": as_json}
_EPILOG: Final = """\
examples:
  python -m generator generate                          write the package named in pyproject.toml
  python -m generator check                             say, as a diff, how it differs from the description
  python -m generator validate --spec api.yaml          list every finding
  python -m generator generate --spec api.yaml --package my_api --output build

exit codes: 0 fine, 1 findings or drift, 2 unusable input

Defaults come from [tool.generator] (spec, package, output) of the nearest pyproject.toml."""


class UsageError(Exception):
    """The settings cannot be used."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What to read and where to write."""

    spec: Path
    package: str
    output: Path

    @property
    def target(self) -> Path:
        """The folder of the package."""
        return self.output / self.package


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name in a description may be beyond this terminal
    options = _parser().parse_args(arguments)
    try:
        settings = _settings(options)
        if options.command == "validate":
            return _validate(settings, options.format)
        return _check(settings) if options.command == "check" else _generate(settings)
    except UnusableInputError as error:
        form = _FORMATS[options.format if options.command == "validate" else "text"]
        _say(form(error.diagnostics), sys.stdout if options.command == "validate" else sys.stderr)
        return UNUSABLE
    except BrokenPipeError:
        # The reader has gone, as `head` does; nor can the interpreter flush to it when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINDINGS
    except (UsageError, writer.ForeignFolderError, OSError) as error:
        _say(f"error: {error}\n", sys.stderr)
        return UNUSABLE
    except Exception as error:  # noqa: BLE001 - whatever a description brings about, it is told in a line
        _say(f"internal error, please report it: {type(error).__name__}: {error}\n", sys.stderr)
        return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--spec", metavar="FILE", type=Path, help="the OpenAPI description, YAML or JSON")
    place = argparse.ArgumentParser(add_help=False)
    place.add_argument("--package", metavar="NAME", help="the name of the package")
    place.add_argument("--output", metavar="DIR", type=Path, help="the folder that holds the package")
    parser = argparse.ArgumentParser(
        prog="python -m generator",
        description="Turns an OpenAPI description into a typed Python client.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, parents, text in (
        ("generate", [common, place], "write the package"),
        ("check", [common, place], "compare the package with the description; writes nothing"),
        ("validate", [common], "list what is wrong with the description"),
    ):
        command = commands.add_parser(
            name,
            parents=parents,
            help=text,
            description=text[0].upper() + text[1:] + ".",
            epilog=_EPILOG,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if name == "validate":
            command.add_argument("--format", choices=sorted(_FORMATS), default="text", help="how to print (text)")
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    defaults, folder = _defaults()
    spec = options.spec or (_near(folder / defaults["spec"]) if "spec" in defaults else None)
    if spec is None:
        raise UsageError("no description: give --spec FILE, or set spec in [tool.generator] of pyproject.toml")
    package = getattr(options, "package", None) or defaults.get("package", "client")
    if not package.isidentifier() or keyword.iskeyword(package):
        raise UsageError(f"{package!r} cannot be the name of a Python package")
    output = getattr(options, "output", None) or _near(folder / defaults.get("output", "generated"))
    return Settings(spec, package, output)


def _defaults() -> tuple[dict[str, str], Path]:
    """The settings of the nearest pyproject.toml that has any, and the folder that their paths are relative to."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        file = folder / "pyproject.toml"
        if not file.is_file():
            continue
        try:
            tool = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {})
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{file}: {error}") from None
        found = tool.get("generator") if isinstance(tool, dict) else None
        if found is None:
            continue
        if not isinstance(found, dict):
            raise UsageError(f"{file}: [tool.generator] must be a table")
        if wrong := [key for key, value in found.items() if key not in _KEYS or not isinstance(value, str)]:
            raise UsageError(f"{file}: [tool.generator] takes {', '.join(_KEYS)} as strings, not {', '.join(wrong)}")
        return found, folder
    return {}, here


def _near(path: Path) -> Path:
    """The path as a person in this folder would write it."""
    return Path(os.path.relpath(path))


def _generate(settings: Settings) -> int:
    started = time.perf_counter()
    output = generate(settings.spec, settings.package)
    _say(as_text(output.diagnostics), sys.stderr)
    if has_errors(output.diagnostics):
        _say(f"nothing written: {_counted(output.diagnostics)}\n", sys.stderr)
        return FINDINGS
    changed = writer.write(output.files, settings.target)
    what = (
        f"{len(changed)} of {len(output.files)} files changed" if changed else f"{len(output.files)} files, no change"
    )
    _say(f"{settings.target.as_posix()}: {what} ({time.perf_counter() - started:.1f} s)\n", sys.stdout)
    return FINE


def _check(settings: Settings) -> int:
    output = generate(settings.spec, settings.package)
    _say(as_text(output.diagnostics), sys.stderr)
    if has_errors(output.diagnostics):
        return FINDINGS
    difference = writer.diff(output.files, settings.target)
    _say(difference, sys.stdout)
    if difference:
        _say(f"{settings.target.as_posix()} is not what {settings.spec.as_posix()} gives: regenerate\n", sys.stderr)
    return FINDINGS if difference else FINE


def _validate(settings: Settings, form: str) -> int:
    _, _, found = inspect(settings.spec)
    _say(_FORMATS[form](found), sys.stdout)
    if form == "text":
        _say(f"{settings.spec.as_posix()}: {_counted(found)}\n", sys.stderr)
    return FINDINGS if has_errors(found) else FINE


def _counted(found: Sequence[object]) -> str:
    return f"{len(found)} finding{'' if len(found) == 1 else 's'}" if found else "no findings"


def _say(text: str, stream: TextIO) -> None:
    print(text, end="", file=stream, flush=True)


if __name__ == "__main__":
    sys.exit(main())
