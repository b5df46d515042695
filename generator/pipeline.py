"""The stages in order: from the path of a description to the files of a package, or to what a review compares.

Reads, and writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator import package, review
from generator.api import build
from generator.diagnostics import arrange, has_errors
from generator.document import bundle, load, upgrade
from generator.normalization import normalize
from generator.validation import validate

if TYPE_CHECKING:
    from generator.api.model import Api
    from generator.diagnostics import Diagnostic
    from generator.document.tree import Document
    from generator.review import Revision


@dataclass(frozen=True, slots=True)
class Output:
    """The files of a package by their paths in it, none if there were errors; and what there is to say."""

    files: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the first stages make of a description."""

    document: Document
    """As the author wrote it."""
    upgraded: Document
    api: Api | None
    """As the templates get it; `None` where a finding is an error."""
    findings: tuple[Diagnostic, ...]


def inspect(path: Path) -> tuple[Api | None, str, tuple[Diagnostic, ...]]:
    """The API as the templates get it, its bundled document, and every finding; no API if a finding is an error.

    Raises:
        UnusableInputError: the file is no OpenAPI description.
    """
    reading = _read(path)
    return reading.api, "" if reading.api is None else bundle(reading.document), reading.findings


def generate(path: Path, package: str) -> Output:
    """The package that a description gives, named `package`.

    Raises:
        UnusableInputError: the file is no OpenAPI description.
    """
    reading = _read(path)
    return Output(_files(reading, package), reading.findings)


def survey(path: Path, package: str, label: str, root: Path = Path()) -> Revision:
    """A description as a review wants it, with all that is made from it; `root` as :func:`loader.load` takes it.

    Raises:
        UnusableInputError: the file is no OpenAPI description.
    """
    reading = _read(path, root)
    return review.Revision(label, reading.upgraded, reading.api, _files(reading, package), reading.findings)


def _read(path: Path, root: Path = Path()) -> _Reading:
    document = load(path, root)
    found = validate(document)
    upgraded = upgrade(document)
    if has_errors(found):
        return _Reading(document, upgraded, None, found)
    normal = normalize(upgraded)
    api, unsupported = build(normal)
    found = arrange((*found, *normal.diagnostics, *unsupported))
    return _Reading(document, upgraded, None if has_errors(found) else api, found)


def _files(reading: _Reading, name: str) -> dict[str, str]:
    """The package by path, in order; empty where there is no API."""
    if reading.api is None:
        return {}
    files = {**package.render(reading.api, name), "openapi.json": bundle(reading.document)}
    return dict(sorted(files.items()))
