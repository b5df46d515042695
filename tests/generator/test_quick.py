"""The law of the quick path for the requests of all descriptions of cases: with it and without it the same happens."""

from __future__ import annotations

import importlib
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from tests import mutations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RUNTIME = Path(__file__).parents[2] / "generator" / "runtime"
CASES = Path(__file__).parents[1] / "cases" / "generate"
GENERATED = sorted(file.parents[1].name for file in CASES.glob("*/expected/models.py"))
# Any: classes of packages that are there while the tests run.
Kind = Any

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Kind]]:
    """The classes of requests in all packages."""
    folder = tmp_path_factory.mktemp("quick")
    found: list[Kind] = []
    sys.path.insert(0, str(folder))
    for name in GENERATED:
        shutil.copytree(CASES / name / "expected", folder / f"quick_{name}")
        shutil.copytree(RUNTIME, folder / f"quick_{name}" / "_runtime", ignore=shutil.ignore_patterns("__pycache__"))
        importlib.invalidate_caches()
        models = importlib.import_module(f"quick_{name}.models")
        base = runtime(f"quick_{name}.models", "model").RequestModel
        every: list[Kind] = [one for one in vars(models).values() if isinstance(one, type) and issubclass(one, base)]
        found += [one for one in every if one.model_fields and one.__module__ == models.__name__]
    yield found
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.startswith("quick_")]:
        del sys.modules[name]


def runtime(module: str, name: str) -> Any:
    return importlib.import_module(f"{module.partition('.')[0]}._runtime.{name}")


@contextmanager
def slowly(kind: Kind) -> Iterator[None]:
    """Let pydantic do all of it."""
    model, schemas = (runtime(kind.__module__, name) for name in ("model", "schemas"))
    request = runtime(kind.__module__, "request")
    with (
        patch.object(model, "fill", lambda *_: False),
        patch.object(model, "made", side_effect=schemas.UnsureError),
        patch.object(request, "sent", lambda *_: None),
    ):
        yield


def made(make: Callable[[], object]) -> object:
    try:
        return mutations.shown(make())
    except ValidationError as error:
        return str(error), repr(error.errors(include_url=False))


def sent(model: object, kind: Kind) -> object:
    request, errors, operation, options = (
        runtime(kind.__module__, name) for name in ("request", "errors", "operation", "options")
    )
    adding = operation.Operation("add", "POST", "/", body=operation.Body("application/json", kind))
    try:
        found = request.draft(adding, {}, model, options.Settings())
    except errors.RequestValidationError as error:
        return str(error), repr(error.violations)
    return found.content


@settings(max_examples=600)
@given(st.data())
def test_the_quick_path_is_never_seen(kinds: list[Kind], data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(kinds))
    fields = mutations.fields(data.draw, kind, {}, 2)
    ways: list[Callable[[], object]] = [lambda: kind(**fields), lambda: kind.model_validate(fields)]
    with slowly(kind):
        otherwise = [made(make) for make in ways]
    assert [made(make) for make in ways] == otherwise
    try:
        model = kind(**fields)
    except ValidationError:
        return
    assert isinstance(model, BaseModel)
    changed = mutations.mutated(data.draw, model)
    with slowly(kind):
        expected = sent(changed, kind)
    assert sent(changed, kind) == expected


def test_most_classes_are_understood(kinds: list[Kind]) -> None:
    """Else the law says little."""
    understood = 0
    for kind in kinds:
        kind.model_rebuild()
        twins, schemas = (runtime(kind.__module__, name) for name in ("twins", "schemas"))
        try:
            twins.kind_of(kind)
        except schemas.UnsureError:
            continue
        understood += 1
    assert understood > 0.8 * len(kinds)
