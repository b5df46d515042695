"""A package of a small API, made anew, with its commands."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator import pipeline
from tests.generator.sources import placed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click import Group

DESCRIPTION = Path(__file__).parents[2] / "cases" / "command-line" / "openapi.yaml"


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the package `post_office` is in."""
    folder = tmp_path_factory.mktemp("packages")
    placed(pipeline.generate(DESCRIPTION, "post_office").files, folder / "post_office")
    return folder


@pytest.fixture(scope="module")
def commands(packages: Path) -> Iterator[Callable[[], Group]]:
    """Makes the command line of the package; two attempts have no wait between them."""
    sys.path.insert(0, str(packages))
    importlib.invalidate_caches()
    vars(importlib.import_module("post_office._runtime.retry"))["wait"] = lambda *_: 0.0
    program = importlib.import_module("post_office.__main__").PROGRAM
    application = importlib.import_module("post_office._runtime.cli.application").application
    yield lambda: application(program)
    sys.path.remove(str(packages))
    for name in [name for name in sys.modules if name.partition(".")[0] == "post_office"]:
        del sys.modules[name]
