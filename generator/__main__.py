"""The command line: generate, check, validate, review, explain. The only place that prints and exits."""

from __future__ import annotations

import gc
import os

if __name__ == "__main__":
    gc.disable()  # what a command makes, it needs to its end: to look for garbage takes a tenth of its time
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # none has anything to see here, and to look for some takes long

import argparse
import io
import shutil
import signal
import stat
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from generator import aside, package, review
from generator.diagnostics import (
    UnusableInputError,
    as_github,
    as_json,
    as_text,
    has_errors,
)
from generator.settings import Settings, UsageError, settings
from generator.summary import summary
from generator.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator import pipeline
    from generator.review import Review, Revision

FINE: Final = 0
FINDINGS: Final = 1
UNUSABLE: Final = 2

_FORMATS: Final = {"text": as_text, "github": as_github, "json": as_json}
_REVIEW_FORMATS: Final = ("text", "markdown", "html", "github", "json")
_EPILOG: Final = """\
examples:
  python -m generator generate                          write the package named in pyproject.toml
  python -m generator check                             say, as a diff, how it differs from the description
  python -m generator validate --spec api.yaml          list every finding
  python -m generator generate --spec api.yaml --package my_api --output build
  python -m generator generate --overlay mine.yaml      the package with changes of your own
  python -m generator review                            what changes, and breaks, since the default branch
  python -m generator review --base v1.2.0 --format html > review.html
  python -m generator review --base old.yaml --head new.yaml
  python -m generator explain property-removed          what a rule means

exit codes: 0 fine, 1 findings, drift, or a review that does not pass, 2 unusable input

Defaults come from [tool.generator] (spec, overlays, package, output, strict, accept) of the nearest pyproject.toml."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed, and what is printed to none goes to the other one
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - it stays open
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name in a description may be beyond this terminal
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        # A file says what its encoding is, or is taken for UTF-8, wherever it was written.
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    options = _parser().parse_args(arguments)
    try:
        if options.command == "explain":
            return _explain(options)
        found = settings(
            options.spec,
            getattr(options, "package", None),
            getattr(options, "output", None),
            is_strict=getattr(options, "strict", False),
            overlays=options.overlay,
        )
        # Who calls this from Python loads what it needs once for all.
        libraries = (aside.CLASSES, aside.LAST_WORD) if arguments is None and options.command in _MAKING else ()
        with aside.started(*libraries):
            return _COMMANDS[options.command](found, options)
    except UnusableInputError as error:
        form = getattr(options, "format", "text")
        # Annotations are read from there, and so is what programs read.
        is_output = options.command == "validate" or form == "github" or (form, options.command) == ("json", "generate")
        _say(_FORMATS[form if is_output else "text"](error.diagnostics), sys.stdout if is_output else sys.stderr)
        return UNUSABLE
    except BrokenPipeError:
        # The reader has gone, as `head` does; nor can the interpreter flush to it when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINDINGS
    except (UsageError, OSError) as error:
        _say(f"error: {error}\n", sys.stderr)
        return UNUSABLE
    except Exception as error:  # noqa: BLE001 - whatever a description brings about, it is told in a line
        _say(f"internal error, please report it: {type(error).__name__}: {error}\n", sys.stderr)
        return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--spec", metavar="FILE", type=Path, help="the OpenAPI description, YAML or JSON")
    laid = argparse.ArgumentParser(add_help=False)
    laid.add_argument(
        "--overlay",
        metavar="FILE",
        type=Path,
        action="append",
        help="an OpenAPI Overlay to lay over the description first; may be given several times, in order",
    )
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
        ("generate", [common, laid, place], "write the package"),
        ("check", [common, laid, place], "compare the package with the description; writes nothing"),
        ("validate", [common, laid], "list what is wrong with the description"),
        ("review", [laid], "say what changes from one state of the description to another, and whom it breaks"),
        ("explain", [], "say what rules mean: those of changes and those of validation"),
    ):
        command = commands.add_parser(
            name,
            parents=parents,
            help=text,
            description=text[0].upper() + text[1:] + ".",
            epilog=_EPILOG,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if name in ("generate", "check", "validate"):
            command.add_argument(
                "--strict",
                action="store_true",
                help="stop at every finding that changes the client, and at every error",
            )
        if name in ("generate", "check"):
            command.add_argument("-v", "--verbose", action="store_true", help="show each finding, not the first ones")
        if name in ("generate", "validate"):
            _add_format(command, sorted(_FORMATS))
        elif name == "review":
            _add_review(command)
        elif name == "explain":
            command.add_argument("rules", metavar="RULE", nargs="*", help="the id of a rule; all of them without one")
            _add_format(command, ["text", "markdown"])
    return parser


def _add_format(command: argparse.ArgumentParser, choices: Sequence[str]) -> None:
    command.add_argument("--format", choices=choices, default="text", help="how to print (text)")


def _add_review(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--base",
        metavar="REV|FILE",
        help="the description as it was: a file if there is one of that name (./NAME can be nothing else), else a "
        "revision of git; by default the merge base of HEAD with the default branch",
    )
    command.add_argument(
        "--head", "--spec", dest="spec", metavar="FILE", type=Path, help="the description as it will be"
    )
    command.add_argument(
        "--waivers",
        metavar="FILE",
        type=Path,
        help="the breaks that may land, and until when (waivers.yaml beside the description)",
    )
    _add_format(command, _REVIEW_FORMATS)


def _generate(settings: Settings, options: argparse.Namespace) -> int:
    from generator import pipeline  # loaded by who needs it, and after what is started before

    started = time.perf_counter()
    output = pipeline.generate(settings.spec, settings.package, settings.policy, settings.overlays)
    if options.format != "text":
        _say(_FORMATS[options.format](output.diagnostics), sys.stdout)
    if not output.files:
        if options.format == "text":
            _say(_stopping(output), sys.stderr)
        _say(f"nothing written: {_counted(output.diagnostics)}\n", sys.stderr)
        return FINDINGS
    if options.format == "text":
        _say(summary(output.diagnostics, is_whole=options.verbose), sys.stderr)
    changed = package.write(output.files, settings.target)
    what = (
        f"{len(changed)} of {len(output.files)} files changed" if changed else f"{len(output.files)} files, no change"
    )
    told = f"{settings.target.as_posix()}: {what} ({time.perf_counter() - started:.1f} s)\n"
    _say(told, sys.stdout if options.format == "text" else sys.stderr)
    return FINE


def _stopping(output: pipeline.Output) -> str:
    """The findings of a run that made no package; why it stopped, where they say it not."""
    return as_text(output.diagnostics) + (
        ""
        if has_errors(output.diagnostics)
        else "The project is strict: what changes the client is to be mended, or accepted with a reason.\n"
    )


def _check(settings: Settings, options: argparse.Namespace) -> int:
    from generator import pipeline

    output = pipeline.generate(settings.spec, settings.package, settings.policy, settings.overlays)
    if not output.files:
        _say(_stopping(output), sys.stderr)
        return FINDINGS
    _say(summary(output.diagnostics, is_whole=options.verbose), sys.stderr)
    difference = package.diff(output.files, settings.target)
    _say(difference, sys.stdout)
    if difference:
        _say(f"{settings.target.as_posix()} is not what {settings.spec.as_posix()} gives: regenerate\n", sys.stderr)
    return FINDINGS if difference else FINE


def _validate(settings: Settings, options: argparse.Namespace) -> int:
    from generator import pipeline

    form = options.format
    _, _, found = pipeline.inspect(settings.spec, settings.overlays)
    found = (*found, *settings.policy.unused(found))
    _say(_FORMATS[form](found), sys.stdout)
    if form == "text":
        _say(f"{settings.spec.as_posix()}: {_counted(found)}\n", sys.stderr)
    is_bad = any(map(settings.policy.stops, found)) if settings.policy.is_strict else has_errors(found)
    return FINDINGS if is_bad else FINE


def _review(settings: Settings, options: argparse.Namespace) -> int:
    from generator import pipeline

    started = time.perf_counter()
    waived = options.waivers or settings.spec.with_name("waivers.yaml")
    if options.waivers is not None and not waived.is_file():
        raise UsageError(f"there is no file {waived}")
    base_survey = _base_survey(settings, options.base)  # first, as there may be no such revision
    survey = pipeline.begin_survey(
        settings.spec, settings.package, settings.spec.as_posix(), overlays=settings.overlays
    )
    changes = review.changes(base_survey.document, survey.document)  # while other programs are at work on both
    changes = review.named(changes, base_survey.draft(), survey.draft())  # while these bring files into form
    head, base = survey.revision(), base_survey.revision()
    is_kept = settings.is_own and not options.overlay and settings.target.is_dir()
    report = review.compare(
        base,
        head,
        changes=changes,
        waived=waived,
        today=datetime.now(UTC).date(),
        package_version=settings.version if settings.is_own else None,
        drift=tuple(package.changes(head.files, settings.target)) if is_kept else None,
        facts=settings.facts.as_posix() if settings.facts is not None else None,
    )
    _say(_rendered(report, base, head, options.format), sys.stdout)
    if not _is_seen(options.format):
        from generator.review.forms import headline  # the other commands do without

        _say(f"{headline.summary(report)} ({time.perf_counter() - started:.1f} s)\n", sys.stderr)
    return FINE if report.passes else FINDINGS


def _is_seen(form: str) -> bool:
    """Whether people see the report, with the verdict at its top: on a terminal, or through a pipe that ends there."""
    if sys.stdout.isatty() or form in ("html", "json"):
        return sys.stdout.isatty()
    try:
        return sys.stderr.isatty() and stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode)
    except OSError:
        return False


def _base_survey(settings: Settings, asked: str | None) -> pipeline.Survey:
    from generator import pipeline

    with review.sources.base(asked, settings.spec) as source:
        try:
            # Whatever else was wrong with it is the past.
            return pipeline.begin_survey(
                source.path, settings.package, source.label, source.root, settings.overlays, is_thorough=False
            )
        except UnusableInputError as error:
            raise review.sources.SourceError(f"the base, {source.label}, cannot be read\n{error}") from None


def _rendered(report: Review, base: Revision, head: Revision, form: str) -> str:
    match form:
        case "html":
            from generator.review.page.html import as_html  # the other forms do without

            return as_html(report, base.document, head.document)
        case "text":
            is_seen = sys.stdout.isatty()
            colour = is_seen and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
            width = shutil.get_terminal_size().columns if is_seen else 100
            return review.forms.as_text(report, colour=colour, width=width)
        case "markdown":
            return review.forms.as_markdown(report)
        case "github":
            return review.forms.as_github(report)
        case _:
            return review.forms.as_json(report)


def _explain(options: argparse.Namespace) -> int:
    form = review.explain.as_markdown if options.format == "markdown" else review.explain.as_text
    _say(form(options.rules), sys.stdout)
    return FINE


_MAKING: Final = frozenset(("generate", "check", "review"))
"""The commands that make packages, and read descriptions while other processes load the libraries for that."""
_COMMANDS: Final = {"generate": _generate, "check": _check, "validate": _validate, "review": _review}


def _counted(found: Sequence[object]) -> str:
    return counted(len(found), "finding") if found else "no findings"


def _say(text: str, stream: TextIO) -> None:
    print(text, end="", file=stream, flush=True)


if __name__ == "__main__":
    try:
        code = main()
    except KeyboardInterrupt:  # who started this sees by what it ended, and needs no traceback
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.raise_signal(signal.SIGINT)
        raise
    gc.freeze()  # nor is any looked for at the end
    sys.exit(code)
