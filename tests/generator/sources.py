"""Small descriptions as text, read as the generator reads them. For the tests of single stages."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from generator import pipeline
from generator.api import build
from generator.document import load, upgrade
from generator.normalization import mend, normalize
from generator.package.renderer import RUNTIME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from types import ModuleType

    from generator.api.model import Api, Operation, Schema
    from generator.diagnostics import Diagnostic
    from generator.document.tree import Document

NO_CONTENT: dict[str, Any] = {"204": {"description": "Done."}}


def described(paths: dict[str, Any], **components: dict[str, Any]) -> dict[str, Any]:
    return {
        "openapi": "3.1.1",
        "info": {"title": "Pets", "version": "1"},
        "paths": paths,
        **({"components": components} if components else {}),
    }


def sending(root: dict[str, Any] | bool, **schemas: dict[str, Any] | bool) -> dict[str, Any]:
    """A description with one operation, whose body is the schema `Root`."""
    body = {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Root"}}}}
    operation = {"operationId": "send", "requestBody": body, "responses": NO_CONTENT}
    return described({"/": {"post": operation}}, schemas={"Root": root, **schemas})


def answering(root: dict[str, Any] | bool, **schemas: dict[str, Any] | bool) -> dict[str, Any]:
    """A description with one operation, whose answer is the schema `Root`."""
    answer = {"description": "It.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Root"}}}}
    operation = {"operationId": "read", "responses": {"200": answer}}
    return described({"/": {"get": operation}}, schemas={"Root": root, **schemas})


def getting(responses: dict[str, Any], parameters: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """A description with one operation, `GET /pets`."""
    operation = {"operationId": "read", "parameters": parameters or [], "responses": responses}
    return described({"/pets": {"get": operation}})


def written(description: dict[str, Any], folder: Path) -> Path:
    file = folder / "api.json"
    file.write_text(json.dumps(description), encoding="utf-8")
    return file


def normal(description: dict[str, Any], folder: Path) -> Document:
    return normalize(upgrade(mend(load(written(description, folder)))))


def built(description: dict[str, Any], folder: Path) -> tuple[Api, tuple[Diagnostic, ...]]:
    return build(normal(description, folder))


def operation(description: dict[str, Any], folder: Path) -> Operation:
    api, _ = built(description, folder)
    return api.resources[0].operations[0]


def schema(description: dict[str, Any], folder: Path, name: str = "Root") -> Schema:
    api, _ = built(description, folder)
    return next(one for one in api.schemas if one.name == name)


def findings(description: dict[str, Any], folder: Path) -> list[str]:
    """The ids of all that is found, in order."""
    _, _, found = pipeline.inspect(written(description, folder))
    return [one.rule for one in found]


def operations(package: str) -> list[Any]:
    """The operations of a package that can be imported, as data."""
    folder = importlib.import_module(f"{package}._operations")
    modules = [
        importlib.import_module(f"{folder.__name__}.{one.name}") for one in pkgutil.iter_modules(folder.__path__)
    ]
    return [one for module in modules for one in vars(module).values() if type(one).__name__ == "Operation"]


def placed(files: Mapping[str, str], package: Path) -> None:
    """Write a package into a folder. Its runtime is a link to ours, so that it is compiled once for all."""
    for path, text in files.items():
        if not path.startswith("_runtime/"):
            (package / path).parent.mkdir(parents=True, exist_ok=True)
            (package / path).write_text(text, encoding="utf-8")
    (package / "_runtime").symlink_to(RUNTIME, target_is_directory=True)


@contextmanager
def opened(description: Path, folder: Path, package: str) -> Iterator[ModuleType]:
    """The package of a description, which can be imported within."""
    placed(pipeline.generate(description, package).files, folder / package)
    sys.path.insert(0, str(folder))
    try:
        importlib.invalidate_caches()
        yield importlib.import_module(package)
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == package]:
            del sys.modules[name]


def imported(description: dict[str, Any], folder: Path, package: str) -> ModuleType:
    """The package of a description, written and imported; package names must differ between tests."""
    made = pipeline.generate(written(description, folder), package)
    assert made.files, made.diagnostics
    placed(made.files, folder / package)
    sys.path.insert(0, str(folder))
    try:
        importlib.invalidate_caches()
        importlib.import_module(f"{package}.resources")
        return importlib.import_module(package)
    finally:
        sys.path.remove(str(folder))
