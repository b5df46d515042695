"""What the generator knows of the runtime, which it may not import, is what stands there."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

from generator.api import parameters, security
from generator.python import naming
from generator.runtime import batch, bulk, core, model, options, versions
from generator.validation.rules import extensions

CASES = Path(__file__).parents[2] / "cases" / "generate"


def public(*classes: type) -> set[str]:
    return {
        name
        for one in classes
        for base in one.__mro__
        for name in (*vars(base), *inspect.get_annotations(base))
        if not name.startswith("_")
    }


def test_arguments_of_a_client() -> None:
    own = {"base_url", "http_client", "client_id", "client_secret"}
    assert own | set(options.Options.__annotations__) == security.CLIENT_ARGUMENTS


def test_headers_of_the_client() -> None:
    """A caller may give a `User-Agent` among the headers of a client, and as no argument of a method."""
    assert options._OWN | {"user-agent"} == parameters.OWN_HEADERS


def test_names_of_headers() -> None:
    assert options._TOKEN.pattern == security.TOKEN.pattern


def test_versions() -> None:
    assert versions._VERSION.pattern == extensions.VERSION.pattern


def test_keys() -> None:
    assert len(options.fresh_key()) == extensions.UUID_LENGTH


def test_names_of_models() -> None:
    classes = (model.RequestModel, model.ResponseModel)
    names = public(*classes, *map(type, classes))
    assert {name for name in names if not name.startswith("model_")} <= naming._TAKEN_BY_MODELS


def test_names_of_batches() -> None:
    assert public(batch.BatchResult) - public(model.ResponseModel) == naming.TAKEN_BY_BATCHES


def test_names_of_clients() -> None:
    assert public(core.SyncClient, core.AsyncClient) | {"cached_property"} == naming.TAKEN_BY_CLIENTS


def test_arguments_of_runs() -> None:
    assert {"elements", "journal", "bulk", *bulk.BulkOptions.__annotations__} == naming.TAKEN_BY_BULK


def imported(*patterns: str) -> set[str]:
    """The types that files of the cases' packages import, by the names that they have there."""
    names = {
        name.asname or name.name
        for pattern in patterns
        for file in CASES.glob(f"*/expected/{pattern}")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module != "resources"
        for name in node.names
    }
    return {name for name in names if name[0].isupper() and not name.isupper()}


def test_types_in_the_files_of_models() -> None:
    types = imported("models.py", "models/[!_]*.py")
    assert {"Annotated", "Number", "Optional"} <= types <= naming.TAKEN_BY_CLASSES


def test_types_in_the_files_of_clients_and_resources() -> None:
    types = imported("client.py", "resources/[!_]*.py")
    assert types - naming.TAKEN_BY_CLASSES == naming.TAKEN_BY_RESOURCES
