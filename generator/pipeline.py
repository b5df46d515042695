"""The stages in order: from the path of a description to the files of a package. Reads, and writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.builder import build
from generator.bundler import bundle
from generator.diagnostics import arrange, has_errors
from generator.formatter import format_sources
from generator.loader import load
from generator.models import render_models
from generator.normalizer import normalize
from generator.renderer import render, runtime_files
from generator.upgrade import upgrade
from generator.validator import validate

if TYPE_CHECKING:
    from pathlib import Path

    from generator.diagnostics import Diagnostic
    from generator.ir import Api


@dataclass(frozen=True, slots=True)
class Output:
    """The files of a package by their paths in it, none if there were errors; and what there is to say."""

    files: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]


def inspect(path: Path) -> tuple[Api | None, str, tuple[Diagnostic, ...]]:
    """The API as the templates get it, its bundled document, and every finding; no API if a finding is an error.

    Raises:
        UnusableInputError: the file is no OpenAPI description.
    """
    document = load(path)
    found = validate(document)
    if has_errors(found):
        return None, "", found
    normal = normalize(upgrade(document))
    api, unsaid = build(normal)
    found = arrange((*found, *normal.diagnostics, *unsaid))
    return (None if has_errors(found) else api), bundle(document), found


def generate(path: Path, package: str) -> Output:
    """The package that a description gives, named `package`.

    Raises:
        UnusableInputError: the file is no OpenAPI description.
    """
    api, bundled, found = inspect(path)
    if api is None:
        return Output({}, found)
    rendered = format_sources(render(api, render_models(api), package))
    files = {**rendered, **runtime_files(), "openapi.json": bundled, "py.typed": ""}
    return Output(dict(sorted(files.items())), found)
